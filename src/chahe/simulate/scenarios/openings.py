"""Scenarios of what firewalls let through: rules too open, too old or nobody's; and what only looks so."""

from datetime import date
from typing import Final

from chahe.simulate.cast.staff_and_systems import FirewallRule
from chahe.simulate.days import DAY
from chahe.simulate.life.company import Firm
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text

_VENDOR = "198.51.100.77"


def near_misses(firm: Firm, truth: Truth) -> None:
    add_rule(firm, from_outside(firm, "25", "弱掃複測", firm.as_of))
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


def _expired(firm: Firm, truth: Truth, dial: Dial) -> None:
    days = dial.whole(40, 400, 1)
    add_rule(firm, from_outside(firm, "31", "廠商遠端維護", firm.as_of - days * DAY))
    truth.planted(
        "firewall-rule-too-open",
        "temporary_rule_expired",
        f"廠商遠端維護的臨時規則過期{in_words(days)}天仍啟用",
        device="fg-hq",
        policy="policy",
        rule="31",
    )


def _any_to_any(firm: Firm, truth: Truth, dial: Dial) -> None:
    service, purpose = dial.pick(("ALL", "切換測試"), [("ALL", "演練暫開"), ("ALL", "備援上線")])
    add_rule(firm, FirewallRule("fg-dr", "30", "放行", "任意", "任意", service, firm.as_of, purpose))
    truth.planted(
        "firewall-rule-too-open", "any_to_any", "異地備援防火牆全部放行", device="fg-dr", policy="policy", rule="30"
    )


def _remote_desktop(firm: Firm, truth: Truth, dial: Dial) -> None:
    opened = from_outside(firm, "33", "結算系統廠商支援", None)
    inside, told = dial.pick(("10.10.3.41", "settle"), [("10.10.3.41", "settle"), ("10.10.1.11", "order-gw")])
    opened.destination, opened.service = inside, "RDP"
    add_rule(firm, opened)
    truth.planted(
        "important-system-exposed",
        "remote_desktop_from_outside",
        "廠商可由網際網路以遠端桌面連入" + ("結算交割系統" if told == "settle" else "下單閘道"),
        system=told,
        address=inside,
        device="fg-hq",
        policy="policy",
        rule="33",
        translation=None,
    )


SCENARIOS: Final = (
    Scenario(
        "temporary_rule_expired",
        "firewall-rule-too-open",
        _expired,
        Text("臨時規則過期四百天…一天", "a temporary rule 400 days … one day past its end"),
    ),
    Scenario(
        "any_to_any",
        "firewall-rule-too-open",
        _any_to_any,
        none("規則放行全部或不是；換的是理由", "a rule lets everything through or not; the purpose varies"),
    ),
    Scenario(
        "remote_desktop_from_outside",
        "important-system-exposed",
        _remote_desktop,
        none("重要系統對外開放或沒有；換的是系統", "an important system is open to outside or not; which one varies"),
    ),
)


def add_rule(firm: Firm, rule: FirewallRule) -> None:
    """A rule made before the last review."""
    rule.changed = next(one.changed for one in firm.firewall_rules if one.device == rule.device)
    firm.firewall_rules.append(rule)


def from_outside(firm: Firm, number: str, purpose: str, expires: date | None) -> FirewallRule:
    """A rule of the headquarters' firewall for the vendor, until a day or for good."""
    return FirewallRule(
        "fg-hq", number, "放行", _VENDOR, "10.10.9.40", "SSH", firm.as_of, purpose,
        expires=expires, source_zone="wan1", destination_zone="lan",
    )  # fmt: skip
