"""Scenarios of what firewalls let through: rules too open, too old or nobody's; and what only looks so."""

from datetime import date

from chahe.simulate.cast import FirewallRule
from chahe.simulate.company import Firm
from chahe.simulate.days import DAY
from chahe.simulate.truth import Truth

_VENDOR = "198.51.100.77"


def near_misses(firm: Firm, truth: Truth) -> None:
    _add(firm, _from_outside(firm, "25", "弱掃複測", firm.as_of))
    truth.silent(
        "important-system-exposed",
        "對外服務清冊核准的網路下單",
        system="web-order",
        address="10.10.2.21",
        device="fg-hq",
        policy="policy",
        rule="21",
        translation=None,
    )
    truth.silent("firewall-rule-too-open", "臨時規則今天是最後一天", device="fg-hq", policy="policy", rule="25")


def breaches(firm: Firm, truth: Truth) -> None:
    _add(firm, _from_outside(firm, "31", "廠商遠端維護", firm.as_of - 40 * DAY))
    truth.planted(
        "firewall-rule-too-open",
        "temporary_rule_expired",
        "廠商遠端維護的臨時規則過期四十天仍啟用",
        device="fg-hq",
        policy="policy",
        rule="31",
    )
    _add(firm, FirewallRule("fg-dr", "30", "放行", "任意", "任意", "ALL", firm.as_of, "切換測試"))
    truth.planted(
        "firewall-rule-too-open", "any_to_any", "異地備援防火牆全部放行", device="fg-dr", policy="policy", rule="30"
    )
    opened = _from_outside(firm, "33", "結算系統廠商支援", None)
    opened.destination, opened.service = "10.10.3.41", "RDP"
    _add(firm, opened)
    truth.planted(
        "important-system-exposed",
        "remote_desktop_from_outside",
        "廠商可由網際網路以遠端桌面連入結算交割系統",
        system="settle",
        address="10.10.3.41",
        device="fg-hq",
        policy="policy",
        rule="33",
        translation=None,
    )


def _add(firm: Firm, rule: FirewallRule) -> None:
    """A rule made before the last review."""
    rule.changed = next(one.changed for one in firm.firewall_rules if one.device == rule.device)
    firm.firewall_rules.append(rule)


def _from_outside(firm: Firm, number: str, purpose: str, expires: date | None) -> FirewallRule:
    """A rule of the headquarters' firewall for the vendor, until a day or for good."""
    return FirewallRule(
        "fg-hq", number, "放行", _VENDOR, "10.10.9.40", "SSH", firm.as_of, purpose,
        expires=expires, source_zone="wan1", destination_zone="lan",
    )  # fmt: skip
