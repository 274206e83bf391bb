"""Access lists of an ASA: every form of an entry, and real listings against their parsed truth."""

import re
from datetime import date
from io import BytesIO

import pytest

from chahe.sources.firewall_rules.asa_entries import Entry, entry
from chahe.sources.firewall_rules.asa_objects import Objects
from chahe.sources.firewall_rules.cisco_asa_config import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

HEAD = "ASA Version 9.18(4)\nhostname asa-1\n"
OBJECTS = """names
name 10.30.2.20 web-order
object network lan
 subnet 10.20.0.0 255.255.0.0
object network matching
 range 10.30.1.4 10.30.1.9
object network site
 fqdn v4 www.example.tw
object-group network orders
 network-object object matching
 network-object host web-order
 network-object 10.31.0.0 255.255.0.0
object-group network wide
 group-object orders
 network-object 2001:db8::/32
object service high
 service tcp source gt 1023 destination eq https
object-group service web tcp
 port-object eq https
 port-object range 8000 8099
object-group service either tcp-udp
 port-object eq domain
object-group service any-of
 service-object tcp destination eq ssh
 service-object icmp echo
 service-object object high
object-group protocol carriers
 protocol-object gre
 protocol-object esp
object-group icmp-type pings
 icmp-object echo
 icmp-object echo-reply
"""
LISTINGS = ("", "_update", "3", "_4", "_numeric")


def rules(lists: str, objects: str = OBJECTS) -> Reading:
    return read(reader, f"{HEAD}{objects}{lists}\n".encode())


def rule(ace: str, more: str = "") -> dict[str, object]:
    [row] = rules(f"access-list acl extended {ace}\n{more}").rows["firewall_rules"]
    return dict(row)


@pytest.mark.parametrize(
    ("ace", "source", "destination", "services"),
    [
        ("permit ip any any", "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", "any"),
        ("permit tcp any4 host web-order eq www", "0.0.0.0/0", "10.30.2.20/32", "tcp/80"),
        ("permit tcp any6 2001:db8::/32 range 20 ftp", "::/0", "2001:db8::/32", "tcp/20-21"),
        ("deny udp 10.1.2.3 255.255.0.0 lt 1024 object lan gt 1023", "10.1.0.0/16", "10.20.0.0/16", "udp/1024-65535:0-1023"),
        ("permit tcp object lan object-group orders neq 443", "10.20.0.0/16", "10.30.1.4-10.30.1.9 10.30.2.20/32 10.31.0.0/16", "tcp/0-442 tcp/444-65535"),
        ("permit tcp object-group wide any4 object-group web", "10.30.1.4-10.30.1.9 10.30.2.20/32 10.31.0.0/16 2001:db8::/32", "0.0.0.0/0", "tcp/443 tcp/8000-8099"),
        ("permit udp object lan object-group either object-group orders", "10.20.0.0/16", "10.30.1.4-10.30.1.9 10.30.2.20/32 10.31.0.0/16", "udp:53"),
        ("permit object high object lan object site", "10.20.0.0/16", "fqdn:www.example.tw", "tcp/443:1024-65535"),
        ("permit object-group any-of object lan any4", "10.20.0.0/16", "0.0.0.0/0", "tcp/22 icmp/8 tcp/443:1024-65535"),
        ("permit object-group carriers object lan any4", "10.20.0.0/16", "0.0.0.0/0", "gre esp"),
        ("permit icmp any4 object lan object-group pings", "0.0.0.0/0", "10.20.0.0/16", "icmp/8 icmp/0"),
        ("permit icmp any4 object lan unreachable 4", "0.0.0.0/0", "10.20.0.0/16", "icmp/3/4"),
        ("permit 57 any4 interface outside", "0.0.0.0/0", "interface:outside", "ip/57"),
        ("permit tcp any4 object nowhere eq 443", "0.0.0.0/0", "unknown:nowhere", "tcp/443"),
        ("permit tcp any4 object lan object-group nowhere", "0.0.0.0/0", "10.20.0.0/16", "unknown:nowhere"),
    ],
)  # fmt: skip
def test_an_entry_is_expanded(ace: str, source: str, destination: str, services: str) -> None:
    row = rule(ace)

    assert (row["source_addresses"], row["destination_addresses"], row["services"]) == (source, destination, services)


def test_what_cannot_be_expanded_is_undetermined() -> None:
    row = rule("permit object-group nowhere object-group nobody any4")

    assert "source_any" not in row
    assert "service_any" not in row
    assert row["destination_any"] is True


def test_a_rule_has_all_its_columns() -> None:
    row = rule(
        "permit tcp object lan host web-order eq https log 5 interval 60 time-range till inactive",
        "time-range till\n absolute start 08:00 01 March 2026 end 18:00 30 June 2026\n"
        "access-group acl in interface inside\naccess-group acl in interface dmz",
    )

    assert row == {
        "place": len((HEAD + OBJECTS).splitlines()) + 1,
        "device": "asa-1",
        "policy": "acl",
        "position": 1,
        "rule": "1",
        "enabled": False,
        "action": "allow",
        "source_zone": "inside, dmz",
        "source": "object lan",
        "destination": "host web-order",
        "service": "tcp eq https",
        "source_addresses": "10.20.0.0/16",
        "destination_addresses": "10.30.2.20/32",
        "services": "tcp/443",
        "source_any": False,
        "destination_any": False,
        "service_any": False,
        "schedule": "till",
        "starts_on": date(2026, 3, 1),
        "expires_on": date(2026, 6, 30),
        "logged": True,
    }


def test_a_recurring_time_range_narrows_and_does_not_end() -> None:
    row = rule("permit ip any any time-range office", "time-range office\n periodic weekdays 8:00 to 18:00")

    assert row["conditions"] == "time-range office"
    assert "expires_on" not in row


def test_remarks_are_the_comment_of_the_rule_behind_them_and_count_as_lines() -> None:
    found = rules(
        "access-list a remark one\naccess-list a remark two\naccess-list a extended permit ip any any\naccess-list a extended deny ip any any"
    )
    first, second = found.rows["firewall_rules"]

    assert (first["rule"], first["comment"]) == ("3", "one\ntwo")
    assert (second["rule"], second.get("comment")) == ("4", None)


def test_bindings_say_where_a_list_is_applied() -> None:
    lists = "".join(
        f"access-list {name} extended permit ip any any\n" for name in ("in", "out", "all", "both", "box", "none")
    )
    bound = (
        "access-group in in interface inside\naccess-group out out interface outside\naccess-group all global\n"
        "access-group both in interface a\naccess-group both out interface b\naccess-group box in interface outside control-plane\n"
    )
    found = rules(lists + bound).rows["firewall_rules"]
    zones = [(row["policy"], row.get("source_zone"), row.get("destination_zone"), row["enabled"]) for row in found]

    assert zones == [
        ("in", "inside", None, True),
        ("out", None, "outside", True),
        ("all", "any", "any", True),
        ("both (in)", "a", None, True),
        ("both (out)", None, "b", True),
        ("box", "outside", "control-plane", True),
        ("none", None, None, False),
    ]
    assert found[-1]["conditions"] == "no access-group"


def test_firepowers_rules_name_interfaces_and_have_a_number() -> None:
    text = (
        "NGFW Version 7.2.5\nhostname ftd-1\nobject network lan\n subnet 10.20.0.0 255.255.0.0\n"
        "access-group CSM_FW_ACL_ global\naccess-list CSM_FW_ACL_ remark rule-id 268437505: L7 RULE: to the web\n"
        "access-list CSM_FW_ACL_ advanced permit tcp ifc inside object lan ifc outside any4 eq https rule-id 268437505 event-log flow-end\n"
        "access-list CSM_FW_ACL_ advanced trust ip object lan any4 rule-id 268437506\n"
        "access-list CSM_FW_ACL_ advanced deny ip any any rule-id 268434432 event-log flow-start\n"
    )
    web, trusted, last = read(reader, text.encode()).rows["firewall_rules"]

    assert (web["device"], web["rule_uid"], web["source_zone"], web["destination_zone"]) == (
        "ftd-1",
        "268437505",
        "inside",
        "outside",
    )
    assert (web["services"], web["logged"], web["comment"]) == (
        "tcp/443",
        True,
        "rule-id 268437505: L7 RULE: to the web",
    )
    assert (trusted["action"], trusted["source_zone"], "logged" in trusted) == ("allow", "any", False)
    assert (last["action"], last["service_any"]) == ("deny", True)


def test_users_narrow_a_rule() -> None:
    row = rule("permit ip user-group EXAMPLE\\\\desk object lan any4")

    assert row["users"] == "user-group EXAMPLE\\\\desk"
    assert row["source_addresses"] == "10.20.0.0/16"


@pytest.mark.parametrize(
    "ace",
    [
        "permit tcp any4 host web-order eq",
        "perhaps ip any any",
        "permit tcp any4 10.1.1.1 255.0.0 eq 1",
        "permit tcp any any eq 70000",
    ],
)
def test_an_entry_that_cannot_be_read_is_a_reject_with_its_line(ace: str) -> None:
    reading = rules(f"access-list acl extended {ace}\naccess-list acl extended permit ip any any")

    assert [reject.value for reject in reading.rejects] == [f"access-list acl extended {ace}"]
    assert [row["rule"] for row in reading.rows["firewall_rules"]] == ["2"]


def test_an_object_that_cannot_be_read_is_a_reject_and_its_rules_undetermined() -> None:
    reading = rules(
        "access-list acl extended permit ip object torn any4", "object network torn\n subnet 10.20.0.300 255.255.0.0\n"
    )

    assert reading.rejects[0].value == "subnet 10.20.0.300 255.255.0.0"
    assert reading.rows["firewall_rules"][0]["source_addresses"] == "unknown:torn"


def test_a_group_of_an_unknown_kind_makes_what_names_it_unknown() -> None:
    reading = read(
        reader,
        (
            HEAD + "object-group etwork orders\n network-object object lan\n group-object wide\n"
            "access-list acl extended permit ip object-group orders any4\n"
        ).encode(),
    )

    assert reading.rows["firewall_rules"][0]["source_addresses"] == "unknown:orders"


def test_a_line_that_spells_a_rule_out_and_cannot_be_read_does_not_narrow_it() -> None:
    text = (
        "asa-2# show access-list\naccess-list a; 2 elements; name hash: 0x1\n"
        "access-list a line 1 extended permit tcp object-group g any4 eq ssh (hitcnt=5) 0x2\n"
        "  access-list a line 1 extended permit tcp host 10.1.1.1 any4 eq ssh (hitcnt=5) 0x3\n"
        "  access-list a line 1 extended permit tcp hosts any4 eq ssh (hitcnt=0) 0x4\n"
    )
    reading = read(reader, text.encode())
    [row] = reading.rows["firewall_rules"]

    assert row["source_addresses"] == "10.1.1.1/32 unknown:line-1"
    assert (row["device"], row["hit_count"], row["rule_uid"]) == ("asa-2", 5, "0x2")
    assert len(reading.rejects) == 1


def test_the_raw_rule_is_shown_with_its_firewall_and_without_secrets() -> None:
    text = f"{HEAD}{OBJECTS}access-list a remark password: hunter2hunter2\naccess-list a extended permit ip any any\n".encode()
    [row] = read(reader, text).rows["firewall_rules"]

    assert reader.excerpt is not None
    assert reader.excerpt(BytesIO(text), int(str(row["place"])), None) == (
        "hostname asa-1\naccess-list a remark password: …\naccess-list a extended permit ip any any"
    )


def test_it_knows_its_files() -> None:
    for text in (
        HEAD,
        "access-list a extended permit ip any any\n",
        "access-list a line 1 extended permit ip any any (hitcnt=0) 0x1\n",
    ):
        assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is not None
    assert reader.recognise(Head("a.txt", b"access-list 10 permit 10.0.0.0 0.255.255.255\n", whole=True)) is None


def records(name: str) -> list[dict[str, str]]:
    text = shared_data("firewall_config", "ntc-templates", "cisco_asa", "show_access-list", f"{name}.yml").read_text(
        "utf-8"
    )
    return [dict(re.findall(r'(\w+): "(.*)"', record)) for record in text.split("\n  - ")[1:]]


def side(record: dict[str, str], which: str) -> str:
    """A source or destination of the truth, as the listing writes it."""
    for prefix in (which, f"entry_{which}"):
        said = {key: record.get(f"{prefix}_{key}", "") for key in
                ("any", "host", "network", "mask", "object", "object_grp", "intfc", "range_start", "range_end", "fqdn")}  # fmt: skip
        for key, form in (("any", "{any}"), ("host", "host {host}"), ("network", "{network} {mask}"), ("object", "object {object}"),
                          ("object_grp", "object-group {object_grp}"), ("intfc", "interface {intfc}"),
                          ("range_start", "range {range_start} {range_end}"), ("fqdn", "fqdn {fqdn}")):  # fmt: skip
            if said[key]:
                return form.format(**said)
    return ""


def port(record: dict[str, str], prefix: str) -> str:
    forms = (("port", "eq"), ("port_greater_than", "gt"), ("port_less_than", "lt"))
    for key, word in forms:
        if value := record.get(f"{prefix}{key}"):
            return f"{word} {value}"
    if start := record.get(f"{prefix}port_range_start"):
        return f"range {start} {record[f'{prefix}port_range_end']}"
    return f"object-group {record[f'{prefix}port_grp']}" if record.get(f"{prefix}port_grp") else ""


def written(record: dict[str, str]) -> str:
    """The service of the truth, as the rule writes it."""
    parts = [record.get("protocol") or record.get("entry_protocol") or record.get("entry_protocol_icmp") or ""]
    parts += [f"object {record['svc_object']}"] if record.get("svc_object") else []
    parts += [f"object-group {record['svc_object_grp']}"] if record.get("svc_object_grp") else []
    here = port(record, "src_") or port(record, "entry_src_")
    parts += [f"from {here}"] if here else []
    parts += [
        port(record, "dst_") or port(record, "entry_"),
        record.get("entry_icmp_type", ""),
        record.get("entry_icmp_code", ""),
    ]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("which", LISTINGS)
def test_every_line_of_a_real_listing_is_as_its_truth_has_it(which: str) -> None:
    name = f"cisco_asa_show_access-list{which}"
    raw = shared_data("firewall_config", "ntc-templates", "cisco_asa", "show_access-list", f"{name}.raw").read_text(
        "utf-8"
    )
    for line, record in zip(raw.strip("\n").split("\n"), records(name), strict=True):
        found = entry(line, Objects())
        if record.get("acl_tot_elem"):
            assert found is None
            continue
        assert found is not None
        assert (found.acl, str(found.line)) == (record["acl_name"], record["line_num"])
        if record.get("remark"):
            assert found.remark == record["remark"].strip()
        else:
            compare(found, record)


def compare(found: Entry, record: dict[str, str]) -> None:
    assert (found.kind, found.action) == (record["type"], record["action"])
    assert found.hash == (record.get("line_hash") or record.get("entry_hash"))
    hits = record.get("hit_count") or record.get("entry_hit_count")
    assert (None if found.hits is None else str(found.hits)) == (hits or None)
    assert found.inactive == bool(record.get("state") or record.get("entry_state"))
    if not found.expanded:  # The truth says nothing of the log of lines that spell a rule out.
        assert (found.log_level, found.log_interval) == (record.get("log_level", ""), record.get("log_interval", ""))
    assert found.destination is not None
    if found.kind == "standard":
        assert found.destination.written == side(record, "src")
        return
    assert found.source is not None
    assert (found.source.written, found.destination.written) == (side(record, "src"), side(record, "dst"))
    assert found.service == written(record)


@pytest.mark.parametrize(
    ("which", "expected"), [("", (33, 36)), ("_update", (37, 41)), ("3", (4, 6)), ("_4", (3, 7)), ("_numeric", (1, 0))]
)
def test_each_rule_of_a_real_listing_is_a_row_and_each_line_has_a_fate(which: str, expected: tuple[int, int]) -> None:
    path = shared_data(
        "firewall_config", "ntc-templates", "cisco_asa", "show_access-list", f"cisco_asa_show_access-list{which}.raw"
    )
    reading = read(reader, path.read_bytes(), device="asa-9")

    assert (len(reading.rows["firewall_rules"]), len(reading.skips), reading.rejects) == (*expected, [])
