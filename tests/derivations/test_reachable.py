"""What rule bases let in: each way a rule can open or shut a system, and a packet-by-packet reading beside it."""

from collections.abc import Mapping
from datetime import date
from random import Random

import pytest

from chahe.derivations.exposures import derivation
from chahe.evidence.catalogue import tables
from chahe.sources.firewall_rules.cisco_asa_config import reader as asa
from chahe.sources.firewall_rules.fortios_config import reader as fortios
from chahe.sources.firewall_rules.network_sets import without
from reading import read

WEB = {"system": "web", "important": True, "firewall": "fw1"}
HOST = {"system": "web", "host": "w1", "address": "10.1.1.1"}
Row = dict[str, object]


def rule(number: int, action: str = "allow", **more: object) -> Row:
    given = {
        "device": "fw1",
        "policy": "policy",
        "position": number,
        "rule": str(number),
        "action": action,
        "source_addresses": "0.0.0.0/0 ::/0",
        "destination_addresses": "10.1.1.1/32",
        "services": "tcp/443",
        "source_zone": "wan1",
    }
    return given | more


def exposed(*rules: Mapping[str, object], **others: list[Row]) -> list[Row]:
    rows: dict[str, list[Row]] = {
        "systems": [WEB],
        "system_hosts": [HOST],
        "firewall_rules": [dict(one) for one in rules],
    }
    rows |= others
    given = {}
    for table in derivation.reads:
        blank = dict.fromkeys(table.names)
        given[table.name] = [
            blank | {"row_id": f"{table.name}#{nth}", "observed_at_us": 0} | row
            for nth, row in enumerate(rows.get(table.name, []), 1)
        ]
    return [dict(row) for row in derivation.derive(given)]


def told(rows: list[Row]) -> list[tuple[object, ...]]:
    return [(row["rule"], row["outside_addresses"], row["services"]) for row in rows]


def declared(services: str = "tcp/443", **more: object) -> Row:
    return {"service_id": "D1", "system": "web", "services": services, "approved_on": date(2020, 1, 1)} | more


def last(rows: list[Row]) -> Row:
    return next(row for row in rows if row["holds_until"] is None)


def test_a_permit_from_anywhere_is_an_exposure_that_names_its_rows() -> None:
    [row] = exposed(rule(1))

    assert row | {"row_id": "firewall_rules#1"} == row
    assert set(row) <= {*tables()["exposures"].names, "row_id"}
    assert (row["system"], row["address"], row["device"], row["policy"]) == ("web", "10.1.1.1", "fw1", "policy")
    assert (row["outside_addresses"], row["services"]) == ("any", "tcp/443")
    assert (row["undeclared_addresses"], row["undeclared_services"], row["unsure"]) == ("any", "tcp/443", None)
    assert (row["rule_row"], row["host_row"], row["system_row"]) == ("firewall_rules#1", "system_hosts#1", "systems#1")


@pytest.mark.parametrize(
    "more",
    [
        {"enabled": False},
        {"source_addresses": "10.0.0.0/8 192.168.1.0/24"},
        {"destination_addresses": "10.1.1.2/32"},
        {"action": "deny"},
        {"policy": "root/local-in-policy"},
        {"policy": "filter/INPUT"},
        {"policy": "mangle/FORWARD"},
        {"conditions": "ctstate RELATED,ESTABLISHED"},
        {"conditions": "no access-group"},
        {"device": "fw9", "destination_addresses": "0.0.0.0/0"},
    ],
)
def test_no_exposure_comes_of(more: dict[str, object]) -> None:
    assert exposed(rule(1) | more) == []


@pytest.mark.parametrize(
    "more",
    [
        {"conditions": "schedule nights"},
        {"conditions": "! ctstate ESTABLISHED"},
        {"users": "staff"},
        {"source_zone": None},
        {"source_zone": "lan, wan2"},
        {"device": "fw9", "destination_addresses": "10.1.0.0/16"},
    ],
)
def test_an_exposure_comes_of(more: dict[str, object]) -> None:
    [row] = exposed(rule(1) | more)

    assert (row["services"], row["unsure"]) == ("tcp/443", None)


def test_earlier_rules_shadow_later_ones_and_only_what_they_match() -> None:
    rules = [
        rule(1, "deny", source_addresses="198.51.100.0/24", services="any"),
        rule(2, services="tcp/443"),
        rule(3, source_addresses="198.51.100.7/32", services="tcp/22"),
        rule(4, services="tcp/443"),
        rule(5, source_addresses="192.0.2.0/24", services="tcp/443 tcp/22"),
    ]

    found = exposed(*reversed(rules))

    assert [row["rule"] for row in found] == ["2", "5"]
    assert "198.51.100.0" not in str(found[0]["outside_addresses"])
    assert told(found)[1] == ("5", "192.0.2.0/24", "tcp/22")


@pytest.mark.parametrize(
    "more",
    [
        {"users": "staff"},
        {"conditions": "schedule nights"},
        {"services": "tcp/443:1-1023"},
        {"source_zone": "dmz"},
        {"destination_zone": "dmz"},
        {"source_addresses": "unknown:bad"},
        {"destination_addresses": "10.1.1.2/32"},
        {"enabled": False},
        {"policy": "other"},
        {"mapped_addresses": "10.1.1.1/32"},
    ],
)
def test_a_refusal_that_may_not_match_takes_nothing_away(more: dict[str, object]) -> None:
    assert told(exposed(rule(1, "deny") | more, rule(2))) == [("2", "any", "tcp/443")]


def test_interfaces_on_record_decide_whether_a_rule_leads_in_from_outside() -> None:
    lan = rule(1, source_zone="lan")

    [unknown] = exposed(lan)
    assert (unknown["services"], unknown["unsure"]) == (None, "zone")
    assert exposed(lan, network_zones=[{"device": "fw1", "zone": "lan", "outside": False}]) == []
    [outside] = exposed(lan, network_zones=[{"device": "fw1", "zone": "lan", "outside": True}])
    assert outside["services"] == "tcp/443"
    assert exposed(rule(1), network_zones=[{"device": "fw1", "zone": "wan1", "outside": False}]) == []


@pytest.mark.parametrize(
    ("more", "why", "services"),
    [
        ({"source_addresses": "10.0.0.0/8 unknown:partner"}, "addresses", None),
        ({"source_addresses": "geo:TW"}, "addresses", None),
        ({"destination_addresses": "dynamic:servers"}, "addresses", None),
        ({"services": "tcp/443 unknown:app"}, "services", "tcp/443"),
        ({"services": "application-default"}, "services", None),
    ],
)
def test_what_cannot_be_expanded_is_told_as_unsure(more: dict[str, object], why: str, services: str | None) -> None:
    [row] = exposed(rule(1) | more)

    assert (row["unsure"], row["services"]) == (why, services)


def test_what_is_declared_for_the_asker_is_no_surplus() -> None:
    row = last(exposed(rule(1, services="tcp/443 tcp/22"), declared_services=[declared()]))
    assert (row["services"], row["undeclared_services"], row["undeclared_addresses"]) == (
        "tcp/22 tcp/443",
        "tcp/22",
        "any",
    )

    row = last(exposed(rule(1), declared_services=[declared(from_addresses="192.0.2.0/24")]))
    assert (row["undeclared_services"], "192.0.2.0/24" in str(row["undeclared_addresses"])) == ("tcp/443", False)

    row = last(
        exposed(rule(1, source_addresses="192.0.2.8/32"), declared_services=[declared(from_addresses="192.0.2.0/24")])
    )
    assert (row["undeclared_services"], row["unsure"]) == (None, None)

    row = last(exposed(rule(1, source_addresses="unknown:x"), declared_services=[declared()]))
    assert (row["services"], row["unsure"]) == (None, None)


@pytest.mark.parametrize(
    "entry",
    [
        {"system": "other"},
        {"approved_on": None},
        {"services": "HTTPS, 某服務"},
        {"services": None},
        {"from_addresses": "合作廠商"},
        {"services": "tcp/22"},
        {"ended_on": date(2021, 1, 1)},
    ],
)
def test_what_is_not_approved_or_not_understood_declares_nothing(entry: dict[str, object]) -> None:
    row = last(exposed(rule(1), declared_services=[declared() | entry]))

    assert row["undeclared_services"] == "tcp/443"


@pytest.mark.parametrize("written", ["tcp/443", "443/tcp", "TCP 443", "HTTPS", "TCP 80、443", "tcp/400-500", "任意"])
def test_services_are_understood_as_people_write_them(written: str) -> None:
    row = last(exposed(rule(1), declared_services=[declared(written)]))

    assert row["undeclared_services"] is None


def test_rules_and_declarations_hold_for_their_days_only() -> None:
    found = exposed(
        rule(1, "deny", expires_on=date(2026, 3, 31)),
        rule(2, starts_on=date(2026, 2, 1)),
        declared_services=[declared(ended_on=date(2026, 12, 31))],
    )

    assert [(row["holds_from"], row["holds_until"], row["undeclared_services"]) for row in found] == [
        (date(2026, 4, 1), date(2026, 12, 31), None),
        (date(2027, 1, 1), None, "tcp/443"),
    ]


def test_published_addresses_lead_to_the_host_behind_them() -> None:
    """Rules that match before translation name the address outside; the translation says what stands behind it."""
    nat = {
        "device": "fw1",
        "policy": "nat",
        "rule": "web-pub",
        "kind": "publish",
        "outside_addresses": "203.0.113.9/32",
        "outside_services": "tcp/8443",
        "inside_addresses": "10.1.1.1/32",
        "inside_services": "tcp/443",
        "from_addresses": "192.0.2.0/24",
    }
    open_rule = rule(1, destination_addresses="203.0.113.0/24", services="tcp")

    [row] = exposed(open_rule, address_translations=[nat])
    assert told([row]) == [("1", "192.0.2.0/24", "tcp/443")]
    assert (row["translation"], row["translation_row"]) == ("web-pub", "address_translations#1")
    shut = rule(0, "deny", destination_addresses="203.0.113.9/32", services="tcp/8443")
    assert exposed(shut, open_rule, address_translations=[nat]) == []
    for more in ({"enabled": False}, {"kind": "hide"}, {"inside_addresses": "10.1.1.2/32"}, {"device": "fw2"}):
        assert exposed(open_rule, address_translations=[nat | more]) == []
    assert exposed(rule(1, destination_addresses="203.0.113.10/32"), address_translations=[nat]) == []


def test_a_fortigate_publishes_by_a_vip_that_a_refusal_of_all_does_not_shut() -> None:
    config = """#config-version=FG100F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=keeper
config system global
 set hostname "fw1"
end
config firewall vip
 edit "web"
  set extip 203.0.113.9
  set mappedip "10.1.1.1"
  set extintf "wan1"
  set portforward enable
  set extport 8443
  set mappedport 443
 next
end
config firewall policy
 edit 1
  set srcintf "any"
  set dstintf "any"
  set srcaddr "all"
  set dstaddr "all"
  set service "ALL"
 next
 edit 2
  set srcintf "wan1"
  set dstintf "dmz"
  set action accept
  set srcaddr "all"
  set dstaddr "web"
  set service "ALL"
 next
end
"""
    found = read(fortios, config.encode())

    assert told(exposed(*found.rows["firewall_rules"])) == [("2", "any", "tcp/443")]


def test_an_asa_lets_in_what_its_outside_list_permits() -> None:
    config = (
        "ASA Version 9.18(4)\nhostname fw1\n"
        "access-list in extended permit tcp any host 10.1.1.1\n"
        "access-list out extended deny tcp host 198.51.100.7 any\n"
        "access-list out extended permit tcp 198.51.100.0 255.255.255.248 host 10.1.1.1 eq ssh\n"
        "access-list out extended permit tcp any host 10.1.1.1 eq telnet inactive\n"
        "access-group in in interface inside\naccess-group out in interface outside\n"
    )
    rules = read(asa, config.encode()).rows["firewall_rules"]

    found = exposed(*rules, network_zones=[{"device": "fw1", "zone": "inside", "outside": False}])

    assert told(found) == [("2", "198.51.100.0-198.51.100.6", "tcp/22")]


def test_chains_are_worked_through_where_they_are_jumped_to() -> None:
    rules = [
        rule(1, "continue", policy="filter/FORWARD", goes_to="from-net", services="tcp", source_zone="wan1"),
        rule(
            1, "deny", policy="filter/from-net", source_addresses="198.51.100.0/24", source_zone="any", services="any"
        ),
        rule(2, policy="filter/from-net", source_zone="any", services="any", source_addresses="198.51.0.0/16"),
        rule(2, "continue", policy="filter/from-net", position=3, goes_to="from-net"),
    ]
    [row] = exposed(*rules)
    assert (row["policy"], row["services"]) == ("filter/from-net", "tcp")
    assert str(row["outside_addresses"]).startswith("198.51.0.0-198.51.99.255")

    early = rule(0, "continue", policy="filter/from-net", goes_to="RETURN", services="tcp/22")
    [row] = exposed(early, *rules)
    assert row["outside_addresses"] == "198.51.0.0/16"


def test_a_list_kept_by_hand_counts_where_the_device_has_no_export() -> None:
    listed = {
        "device": "fw1",
        "rule": "7",
        "action": "allow",
        "source": "任意",
        "destination": "10.1.1.1",
        "service": "TCP 22",
    }

    assert told(exposed(listed)) == [("7", "any", "tcp/22")]
    assert told(exposed(listed, rule(1))) == [("1", "any", "tcp/443")]
    [row] = exposed(listed | {"destination": "網路下單主機"})
    assert row["unsure"] == "addresses"


def test_only_addresses_of_important_systems_are_followed() -> None:
    assert exposed(rule(1), systems=[WEB | {"important": False}]) == []
    assert exposed(rule(1), system_hosts=[HOST | {"address": None}]) == []
    assert len(exposed(rule(1), system_hosts=[HOST, HOST | {"host": "w2"}])) == 1


def test_rules_in_order_give_what_each_packet_would_meet() -> None:
    """Four senders, four ports, rules at random: the first that matches decides, and the exposures say the same."""
    senders = {"192.0.2.1": "192.0.2.1/32", "192.0.2.2": "192.0.2.2/32", "198.51.100.9": "198.51.100.9/32"}
    networks = [*senders.values(), "192.0.2.0/30", "0.0.0.0/0"]
    services = ["tcp/22", "tcp/80", "tcp/22-80", "udp/53", "any", "tcp"]
    packets = {"tcp/22": {"tcp/22", "tcp/22-80", "any", "tcp"}, "tcp/80": {"tcp/80", "tcp/22-80", "any", "tcp"}}
    packets |= {"udp/53": {"udp/53", "any"}, "tcp/9": {"any", "tcp"}}
    chance = Random(11)  # noqa: S311 - a test's dice, the same each time
    for _ in range(150):
        rules = [
            rule(
                nth,
                chance.choice(["allow", "deny"]),
                source_addresses=chance.choice(networks),
                services=chance.choice(services),
            )
            for nth in range(1, 7)
        ]
        found = exposed(*rules)
        for sender, own in senders.items():
            near = {own, "0.0.0.0/0"} | ({"192.0.2.0/30"} if sender.startswith("192.") else set())
            for packet, meaning in packets.items():
                first = next(
                    (one for one in rules if one["source_addresses"] in near and one["services"] in meaning), None
                )
                allowed = first is not None and first["action"] == "allow"
                assert _undeclared(rules, own, packet) is allowed
                assert not allowed or first is None or first["rule"] in {row["rule"] for row in found}


def _undeclared(rules: list[Row], sender: str, packet: str) -> bool:
    """Is anything left of this sender's packet, all else narrowed away by a rule base that refuses all others first?"""
    port = packet
    fence = [
        rule(-2, "deny", source_addresses=_all_but(sender), services="any"),
        rule(-1, "deny", source_addresses="0.0.0.0/0", services=_others(port)),
    ]
    return bool(exposed(*fence, *rules))


def _all_but(sender: str) -> str:
    return " ".join(without(["0.0.0.0/0"], [sender]))


def _others(port: str) -> str:
    name, _, number = port.partition("/")
    rest = f"{name}/0-{int(number) - 1} {name}/{int(number) + 1}-65535"
    return f"{rest} {'udp' if name == 'tcp' else 'tcp'} " + " ".join(f"ip/{n}" for n in range(256) if n not in (6, 17))
