"""Rules of pfSense and OPNsense: every element of a rule, aliases and interfaces, and real configurations compared element by element."""

from datetime import date
from io import BytesIO

import pytest
from lxml import etree

from chahe.sources.firewall_rules.pfsense_config import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

SYSTEM = "<system><hostname>pf-1</hostname></system>"
INTERFACES = (
    "<interfaces><wan><if>igb0</if><ipaddr>dhcp</ipaddr></wan>"
    "<lan><if>igb1</if><ipaddr>10.20.0.1</ipaddr><subnet>16</subnet><ipaddrv6>2001:db8:20::1</ipaddrv6><subnetv6>64</subnetv6></lan></interfaces>"
)
ALIASES = """<aliases>
<alias><name>orders</name><type>host</type><address>10.30.1.4 10.30.1.5-10.30.1.9 www.example.tw</address></alias>
<alias><name>ours</name><type>network</type><address>orders 10.40.0.0/16 nowhere</address></alias>
<alias><name>feed</name><type>urltable</type><url>https://example.tw/list</url></alias>
<alias><name>web</name><type>port</type><address>443 8000:8099</address></alias>
</aliases>"""
REAL = [
    ("pfsense_alias_config.xml", (39, 1, 18)),
    ("pfsense_rule_config.xml", (56, 1, 19)),
    ("pfsense_syslog_config.xml", (0, 0, 0)),
    ("pfsense_user_config.xml", (2, 0, 0)),
]


def rules(*parts: str) -> Reading:
    body = "".join(f"<rule>{part}</rule>" for part in parts)
    text = f"<pfsense>{SYSTEM}{INTERFACES}<filter>{body}</filter>{ALIASES}</pfsense>"
    return read(reader, text.encode())


def rule(part: str) -> dict[str, object]:
    [row] = rules(part).rows["firewall_rules"]
    return dict(row)


def test_a_rule_has_all_its_columns() -> None:
    row = rule(
        "<tracker>1699</tracker><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><protocol>tcp</protocol>"
        "<source><network>lan</network></source><destination><address>orders</address><port>web</port></destination><sched>office</sched>"
        "<log/><descr>asked for</descr><tag>t</tag><disabled/><created><time>1759280400</time><username>a@b</username></created>"
        "<updated><time>1763600000</time><username>Keeper@10.20.0.9</username></updated>"
    )

    assert row == {
        "place": 1,
        "device": "pf-1",
        "policy": "lan",
        "position": 1,
        "rule": "1",
        "rule_uid": "1699",
        "enabled": False,
        "action": "allow",
        "source_zone": "lan",
        "destination_zone": "any",
        "source": "lan",
        "destination": "orders",
        "service": "tcp, web",
        "source_addresses": "10.20.0.0/16 2001:db8:20::/64",
        "destination_addresses": "10.30.1.4/32 10.30.1.5-10.30.1.9 fqdn:www.example.tw",
        "services": "tcp/443 tcp/8000-8099",
        "source_any": False,
        "destination_any": False,
        "service_any": False,
        "schedule": "office",
        "conditions": "schedule office",
        "logged": True,
        "comment": "asked for",
        "tags": "t",
        "created_on": date(2025, 10, 1),
        "changed_on": date(2025, 11, 20),
        "changed_by": "Keeper@10.20.0.9",
    }


@pytest.mark.parametrize(
    ("source", "family", "expected"),
    [
        ("<any/>", "inet", ("0.0.0.0/0", True)),
        ("<any/>", "inet6", ("::/0", True)),
        ("<any/>", "inet46", ("0.0.0.0/0 ::/0", True)),
        ("<network>wan</network>", "inet", ("interface:wan", False)),
        ("<network>lanip</network>", "inet", ("10.20.0.1/32 2001:db8:20::1/128", False)),
        ("<network>(self)</network>", "inet", ("interface:wan 10.20.0.1/32 2001:db8:20::1/128 interface:self", False)),
        ("<address>ours</address>", "inet", ("10.30.1.4/32 10.30.1.5-10.30.1.9 fqdn:www.example.tw 10.40.0.0/16 unknown:nowhere", None)),
        ("<address>feed</address>", "inet", ("dynamic:feed", None)),
        ("<address>192.0.2.9</address><not/>", "inet", ("0.0.0.0-192.0.2.8 192.0.2.10-255.255.255.255", False)),
    ],
)  # fmt: skip
def test_sources_are_expanded(source: str, family: str, expected: tuple[str, object]) -> None:
    row = rule(f"<ipprotocol>{family}</ipprotocol><source>{source}</source>")

    assert (row["source_addresses"], row.get("source_any")) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("", ("any", True)),
        ("<protocol>tcp/udp</protocol><destination><any/><port>53</port></destination>", ("tcp/53 udp/53", False)),
        ("<protocol>udp</protocol><source><any/><port>1024-65535</port></source>", ("udp:1024-65535", False)),
        ("<protocol>icmp</protocol><icmptype>echoreq,unreach</icmptype>", ("icmp/8 icmp/3", False)),
        ("<protocol>icmp</protocol>", ("icmp", False)),
        ("<protocol>esp</protocol>", ("esp", False)),
        ("<protocol>tcp</protocol><destination><any/><port>nowhere</port></destination>", ("unknown:nowhere", None)),
    ],
)
def test_services_are_expanded(part: str, expected: tuple[str, object]) -> None:
    row = rule(part)

    assert (row["services"], row.get("service_any")) == expected


def test_floating_rules_have_interfaces_and_a_direction() -> None:
    found = rules(
        "<floating>yes</floating><interface>wan,lan</interface><direction>out</direction><type>match</type>", "<interface>lan</interface>",
        "<interface>lan</interface><type>reject</type>",
    ).rows["firewall_rules"]  # fmt: skip

    assert [(row["policy"], row["rule"], row["action"], row["destination_zone"]) for row in found] == [
        ("floating", "1", "continue", "wan, lan"),
        ("lan", "1", "allow", "any"),
        ("lan", "2", "deny", "any"),
    ]


def test_rules_in_opnsenses_newer_place_are_read() -> None:
    text = (
        f"<opnsense>{SYSTEM}<OPNsense><Firewall><Alias><aliases><alias uuid='a'><name>orders</name><type>host</type>"
        "<content>10.30.1.4\n10.30.1.5</content></alias></aliases></Alias>"
        "<Filter><rules><rule uuid='0f6c'><enabled>0</enabled><action>block</action><interface>lan</interface><ipprotocol>inet</ipprotocol>"
        "<protocol>TCP</protocol><source_net>any</source_net><destination_net>orders</destination_net><destination_not>1</destination_not>"
        "<destination_port>443</destination_port><log>1</log><description>d</description></rule></rules></Filter></Firewall></OPNsense></opnsense>"
    )
    [row] = read(reader, text.encode()).rows["firewall_rules"]

    assert (row["rule_uid"], row["enabled"], row["action"], row["services"], row["logged"]) == (
        "0f6c",
        False,
        "deny",
        "tcp/443",
        True,
    )
    assert row["destination_addresses"] == "0.0.0.0-10.30.1.3 10.30.1.6-255.255.255.255"


def test_an_unknown_action_is_a_reject() -> None:
    reading = rules("<type>perhaps</type>")

    assert [(reject.column, reject.value) for reject in reading.rejects] == [("action", "perhaps")]


def test_a_document_type_is_refused() -> None:
    assert "DOCTYPE" in read(reader, b'<!DOCTYPE pfsense [<!ENTITY a "b">]><pfsense/>').rejects[0].why.en


def test_the_raw_rule_is_shown_with_its_firewall() -> None:
    text = f"<pfsense>{SYSTEM}<filter><rule><tracker>1</tracker></rule></filter></pfsense>".encode()

    assert reader.excerpt is not None
    assert reader.excerpt(BytesIO(text), 1, None) == "<hostname>pf-1</hostname>\n<rule><tracker>1</tracker></rule>"


def texts(element: etree._Element, path: str) -> str | None:
    found = (element.findtext(path) or "").strip()
    return found or None


@pytest.mark.parametrize(("name", "expected"), REAL)
def test_every_element_of_a_real_configuration_is_in_its_row(name: str, expected: tuple[int, int, int]) -> None:
    """There is no truth beside these files: each element of each rule is compared with the column it belongs to."""
    path = shared_data("firewall_config", "pfsensible", name)
    reading = read(reader, path.read_bytes(), device="pf-9")
    rows = reading.rows.get("firewall_rules", [])
    elements = etree.parse(path).getroot().findall("filter/rule")

    assert (len(rows), len(reading.rows.get("address_translations", [])), len(reading.skips)) == expected
    assert len(elements) == len(rows)
    for row, element in zip(rows, elements, strict=True):
        assert row.get("comment") == texts(element, "descr")
        assert row.get("rule_uid") == texts(element, "tracker")
        assert row["enabled"] == (element.find("disabled") is None)
        assert row["logged"] == (element.find("log") is not None)
        assert row["action"] == {"pass": "allow", "block": "deny", "reject": "deny"}[texts(element, "type") or "pass"]
        assert row["policy"] == ("floating" if element.find("floating") is not None else texts(element, "interface"))
        for side in ("source", "destination"):
            below = element.find(side)
            assert below is not None
            negated = "!" if below.find("not") is not None else ""
            assert row[side] == negated + (texts(below, "address") or texts(below, "network") or "any")
        assert row.get("schedule") == texts(element, "sched")


def test_aliases_of_a_real_configuration_are_expanded() -> None:
    path = shared_data("firewall_config", "pfsensible", "pfsense_rule_config.xml")
    found = {row["comment"]: row for row in read(reader, path.read_bytes()).rows["firewall_rules"]}

    assert found["ads_to_ads_tcp_4_3"]["source_addresses"] == "192.168.1.3/32"
    assert found["ads_to_ads_tcp_4_3"]["services"] == "tcp/636"
    assert found["ping_from_poc3_1"]["source_addresses"] == "192.168.3.0/24"
    assert {row["device"] for row in found.values()} == {"pfSense"}


def test_it_knows_its_files() -> None:
    assert reader.recognise(Head("a", b'<?xml version="1.0"?>\n<opnsense>', whole=False)) is not None
    assert reader.recognise(Head("a", b"<pfsenselike/>", whole=True)) is None
