"""Check Point rule bases: every member of a rule, every kind of object, pages and layers, and a real export compared member by member."""

import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from chahe.sources.firewall_rules.checkpoint_rulebase import reader
from chahe.sources.model import Head
from reading import read, shared_data

ANY = "97aeb369-9aea-11d5-bd16-0090272ccb30"
ACCEPT = "6c488338-8eec-4103-ad21-cd461ac2c472"
EXPORT = ("firewall_config", "batfish", "vendor", "check_point_gateway", "grammar", "snapshots", "parsetest", "checkpoint_management",
          "cp_mgmt", "Parent")  # fmt: skip
OBJECTS: list[dict[str, Any]] = [
    {"uid": "lan", "name": "lan", "type": "network", "subnet4": "10.20.0.0", "mask-length4": 16, "subnet6": "2001:db8::", "mask-length6": 32},
    {"uid": "host", "name": "web", "type": "host", "ipv4-address": "10.30.2.20"},
    {"uid": "range", "name": "range", "type": "address-range", "ipv4-address-first": "10.30.1.4", "ipv4-address-last": "10.30.1.9"},
    {"uid": "group", "name": "ours", "type": "group", "members": ["lan", {"uid": "inner", "name": "inner", "type": "group", "members": ["host"]}, "gone"]},
    {"uid": "but", "name": "but", "type": "group-with-exclusion", "include": {"uid": "lan"}, "except": {"uid": "part", "name": "part", "type": "network", "subnet4": "10.20.0.0", "mask-length4": 17}},
    {"uid": "empty", "name": "members not exported", "type": "group"},
    {"uid": "wild", "name": "wild", "type": "wildcard", "ipv4-address": "10.0.1.0", "ipv4-mask-wildcard": "0.255.0.255"},
    {"uid": "dns", "name": ".example.tw", "type": "dns-domain", "is-sub-domain": True},
    {"uid": "dyn", "name": "cloud vms", "type": "data-center-object"},
    {"uid": "zone", "name": "DMZ zone", "type": "security-zone"},
    {"uid": "role", "name": "desk", "type": "access-role", "networks": "any"},
    {"uid": "nat", "name": "published", "type": "host", "ipv4-address": "10.30.2.30", "nat-settings": {"auto-rule": True, "method": "static", "ipv4-address": "203.0.113.30"}},
    {"uid": "https", "name": "https", "type": "service-tcp", "port": "443"},
    {"uid": "high", "name": "high", "type": "service-udp", "port": ">1023", "source-port": "<1024"},
    {"uid": "ping", "name": "ping", "type": "service-icmp", "icmp-type": 8, "icmp-code": 0},
    {"uid": "gre", "name": "gre", "type": "service-other", "ip-protocol": 47},
    {"uid": "rpc", "name": "rpc", "type": "service-dce-rpc", "interface-uuid": "x"},
    {"uid": "services", "name": "services", "type": "service-group", "members": ["https", "ping"]},
    {"uid": "line", "name": "LINE", "type": "application-site"},
    {"uid": "till", "name": "till", "type": "time", "start-now": False, "start": {"iso-8601": "2026-03-01T08:00+0800"}, "end-never": False, "end": {"iso-8601": "2026-06-30T18:00+0800"}},
    {"uid": "office", "name": "office", "type": "time", "start-now": True, "end-never": True, "hours-ranges": [{"enabled": True, "from": "08:00", "to": "18:00"}]},
    {"uid": "gw", "name": "cp-1", "type": "simple-gateway", "ipv4-address": "203.0.113.1"},
    {"uid": "inform", "name": "Inform", "type": "RulebaseAction"},
    {"uid": "layer", "name": "Inner Layer", "type": "RulebaseAction"},
    {"uid": "orders layer", "name": "orders layer", "type": "access-layer"},
]  # fmt: skip


def answer(*rules: Mapping[str, Any], **more: object) -> bytes:
    whole = [
        {"type": "access-rule", "uid": f"r{n}", "rule-number": n, "action": ACCEPT, "install-on": ["gw"], **one}
        for n, one in enumerate(rules, 1)
    ]
    return json.dumps(
        {"uid": "u", "name": "Network", "rulebase": whole, "objects-dictionary": OBJECTS, **more}
    ).encode()


def rule(**members: object) -> dict[str, object]:
    [row] = read(reader, answer({key.replace("_", "-"): value for key, value in members.items()})).rows[
        "firewall_rules"
    ]
    return dict(row)


def test_a_rule_has_all_its_columns() -> None:
    row = rule(
        name="out", enabled=False, source=["lan"], destination=[ANY], service=["https"], vpn=[ANY], time=["till"], comments="asked for",
        track={"type": "598ead32-aa42-4615-90ed-f51a5928d41d"}, hits={"value": 12, "last-date": {"iso-8601": "2026-11-19T17:02+0800"}},
        custom_fields={"field-1": "ticket 4711", "field-2": ""},
        meta_info={"last-modify-time": {"iso-8601": "2026-10-01T09:00+0800"}, "last-modifier": "keeper", "creation-time": {"iso-8601": "2025-01-02T09:00+0800"}},
    )  # fmt: skip

    assert row == {
        "place": 1,
        "device": "cp-1",
        "policy": "Network",
        "position": 1,
        "rule": "1",
        "rule_name": "out",
        "rule_uid": "r1",
        "enabled": False,
        "action": "allow",
        "source_zone": "any",
        "destination_zone": "any",
        "source": "lan",
        "destination": "Any",
        "service": "https",
        "source_addresses": "10.20.0.0/16 2001:db8::/32",
        "destination_addresses": "0.0.0.0/0 ::/0",
        "services": "tcp/443",
        "source_any": False,
        "destination_any": True,
        "service_any": False,
        "schedule": "till",
        "starts_on": date(2026, 3, 1),
        "expires_on": date(2026, 6, 30),
        "logged": True,
        "hit_count": 12,
        "last_hit_on": date(2026, 11, 19),
        "comment": "asked for",
        "tags": "ticket 4711",
        "created_on": date(2025, 1, 2),
        "changed_on": date(2026, 10, 1),
        "changed_by": "keeper",
    }


@pytest.mark.parametrize(
    ("uids", "expected"),
    [
        (["group"], ("10.20.0.0/16 2001:db8::/32 10.30.2.20/32 unknown:gone", None)),
        (["range", "wild"], ("10.30.1.4-10.30.1.9 wildcard:10.0.1.0/255.0.255.0", False)),
        (["but"], ("10.20.128.0/17 2001:db8::/32", False)),
        (["empty"], ("unknown:members_not_exported", None)),
        (["dns"], ("fqdn:*.example.tw", False)),
        (["dyn"], ("dynamic:cloud_vms", None)),
        (["nowhere"], ("unknown:nowhere", None)),
        ([{"uid": "x", "name": "given whole", "type": "host", "ipv4-address": "192.0.2.1"}], ("192.0.2.1/32", False)),
    ],
)
def test_sources_are_expanded_and_never_made_narrower(uids: list[object], expected: tuple[str, object]) -> None:
    row = rule(source=uids)

    assert (row["source_addresses"], row.get("source_any")) == expected


@pytest.mark.parametrize(
    ("uids", "expected"),
    [
        ([ANY], ("any", True)),
        (["services", "gre"], ("tcp/443 icmp/8/0 gre", False)),
        (["high"], ("udp/1024-65535:0-1023", False)),
        (["rpc"], ("rpc:rpc", False)),
        (["line"], ("application-default", False)),
        (["nowhere"], ("unknown:nowhere", None)),
    ],
)
def test_services_are_expanded_and_never_made_narrower(uids: list[str], expected: tuple[str, object]) -> None:
    row = rule(service=uids)

    assert (row["services"], row.get("service_any")) == expected


def test_negation_is_everything_else() -> None:
    row = rule(source=["range"], source_negate=True, service=["https"], service_negate=True)

    assert row["source_addresses"] == "0.0.0.0-10.30.1.3 10.30.1.10-255.255.255.255 ::/0"
    assert (row["source"], row["services"]) == ("!range", "except:tcp/443")
    assert "service_any" not in row


def test_an_object_translated_statically_is_met_under_both_addresses() -> None:
    row = rule(destination=["nat"])

    assert (row["destination_addresses"], row["mapped_addresses"]) == ("10.30.2.30/32 203.0.113.30/32", "10.30.2.30/32")


def test_zones_and_roles_are_said_beside_addresses() -> None:
    row = rule(source=["role"], destination=["zone"])

    assert (row["users"], row["source_any"], row["destination_zone"]) == ("desk", True, "DMZ zone")
    assert "destination_any" not in row


def test_what_else_narrows_a_rule_stands_in_conditions() -> None:
    row = rule(vpn=["gw"], content=["line"], time=["office"])

    assert row["conditions"] == "vpn cp-1, content LINE, time office"
    assert "expires_on" not in row


def test_actions_let_through_refuse_or_go_on() -> None:
    assert rule(action="inform")["action"] == "allow"
    inner = rule(action="layer", inline_layer="orders layer")
    assert (inner["action"], inner["goes_to"]) == ("continue", "orders layer")


def test_a_rule_for_policy_targets_asks_for_the_device() -> None:
    data = answer({"install-on": ["6c488338-8eec-4103-ad21-cd461ac2c476"]})

    assert "device" in read(reader, data).rejects[-1].why.en
    assert read(reader, data, device="cp-9").rows["firewall_rules"][0]["device"] == "cp-9"


def test_sections_are_skips_and_their_rules_rows() -> None:
    section = {
        "type": "access-section",
        "name": "Orders",
        "rulebase": [{"type": "access-rule", "rule-number": 5, "action": ACCEPT, "install-on": ["gw"]}],
    }
    reading = read(
        reader,
        json.dumps([{"name": "A", "rulebase": [section]}, {"name": "B", "objects-dictionary": OBJECTS}]).encode(),
    )

    assert [(row["place"], row["policy"], row["rule"]) for row in reading.rows["firewall_rules"]] == [(2, "A", "5")]
    assert len(reading.skips) == 1 + len(OBJECTS)


@pytest.mark.parametrize("broken", [{"action": None}, {"action": "no such action"}, {"type": "mystery"}])
def test_a_rule_that_is_not_understood_is_a_reject(broken: dict[str, object]) -> None:
    reading = read(reader, answer(broken, {}))

    assert len(reading.rejects) == 1
    assert [row["rule"] for row in reading.rows["firewall_rules"]] == ["2"]


def test_missing_pages_leave_the_file_unfinished() -> None:
    reading = read(reader, answer({}, total=3))

    assert "has 3 rules and the file holds 1" in reading.rejects[-1].why.en


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'[{"rulebase": [', "line 1"),
        (b"[" * 20000, "nested too deeply"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"set hostname gw\nset interface eth0 state on\n", "Gaia"),
        (b'{"objects": [{"uid": "a", "type": "host"}]}', "objects only and no rules"),
    ],
)
def test_what_is_no_rule_base_is_refused_with_a_reason(data: bytes, why: str) -> None:
    assert why in read(reader, data).rejects[-1].why.en


def test_the_raw_rule_is_shown_with_what_its_identifiers_stand_for() -> None:
    assert reader.excerpt is not None
    shown = reader.excerpt(BytesIO(answer({"source": ["lan"]})), 1, None)

    assert '"rule-number": 1' in shown
    assert '"install-on": ["cp-1"]' in shown


def real() -> bytes:
    return shared_data(*EXPORT, "Standard", "show-access-rulebase.json").read_bytes()


def test_every_rule_of_a_real_export_is_as_the_export_has_it() -> None:
    """There is no truth beside this file: each member of each rule is compared with the column it belongs to."""
    reading = read(reader, real(), device="cp_gw1")
    layers = json.loads(real())
    names = {thing["uid"]: thing["name"] for layer in layers for thing in layer["objects-dictionary"]}
    expected = [(layer["name"], one) for layer in layers for one in layer["rulebase"]]

    assert (len(reading.skips), reading.rejects) == (14, [])
    for row, (layer, one) in zip(reading.rows["firewall_rules"], expected, strict=True):
        assert (row["policy"], row["rule"], row["rule_name"], row["rule_uid"]) == (
            layer,
            str(one["rule-number"]),
            one["name"],
            one["uid"],
        )
        assert (row["enabled"], row["action"]) == (
            one["enabled"],
            {"Accept": "allow", "Drop": "deny"}[names[one["action"]]],
        )
        for side in ("source", "destination", "service"):
            assert row[side] == ", ".join(names[uid] for uid in one[side])
        assert row["logged"] == (names[one["track"]["type"]] != "None")
        assert row["changed_by"] == one["meta-info"]["last-modifier"]
        assert str(row["changed_on"]) == one["meta-info"]["last-modify-time"]["iso-8601"][:10]
    assert reading.rows["firewall_rules"][0]["source_addresses"] == "10.1.1.1/32"


def test_it_knows_its_files() -> None:
    for data in (
        real(),
        answer({}),
        b"set hostname gw\nset interface eth0 state on\nset static-route default nexthop gateway address 10.0.0.1 on\n",
    ):
        assert reader.recognise(Head("a", data[:65536], whole=len(data) <= 65536)) is not None
    for data in (b'{"input": "x", "expected": {}}', b"set system host-name a\n", b"[]"):
        assert reader.recognise(Head("a", data, whole=True)) is None
