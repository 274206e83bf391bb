"""FortiGate rule bases: everything a rule can hold."""

from datetime import date
from io import BytesIO

import pytest

from chahe.sources.firewall_rules.fortios_config import reader
from chahe.sources.model import Head
from reading import Reading, read

HEAD = '#config-version=FG100F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=keeper\nconfig system global\n set hostname "fg-1"\nend\n'
OBJECTS = """config firewall address
 edit "all"
 next
 edit "lan"
  set subnet 10.20.0.9 255.255.0.0
 next
 edit "range"
  set type iprange
  set start-ip 10.30.1.4
  set end-ip 10.30.1.9
 next
 edit "web"
  set type fqdn
  set fqdn "www.example.tw"
 next
 edit "tagged"
  set type dynamic
 next
 edit "tw"
  set type geography
  set country "TW"
 next
end
config firewall service custom
 edit "HTTPS"
  set tcp-portrange 443
 next
 edit "ALL"
  set protocol IP
 next
 edit "mixed"
  set tcp-portrange 80 8000-8099:1024-65535
  set udp-portrange 53
 next
 edit "PING"
  set protocol ICMP
  set icmptype 8
 next
 edit "GRE"
  set protocol IP
  set protocol-number 47
 next
end
"""


def policy(body: str, objects: str = OBJECTS, table: str = "policy") -> dict[str, object]:
    reading = rules(f"config firewall {table}\n edit 7\n{body}\n next\nend\n", objects)
    [row] = reading.rows["firewall_rules"]
    return row


def rules(text: str, objects: str = OBJECTS) -> Reading:
    return read(reader, (HEAD + objects + text).encode())


def source(words: str, objects: str = OBJECTS) -> tuple[object, object]:
    row = policy(f"  set srcaddr {words}", objects)
    return row.get("source_addresses"), row.get("source_any")


def service(words: str) -> tuple[object, object]:
    row = policy(f"  set service {words}")
    return row.get("services"), row.get("service_any")


def test_a_rule_has_all_its_columns() -> None:
    row = policy(
        '  set name "out"\n  set uuid 0f6c\n  set srcintf "lan" "dmz"\n  set dstintf "any"\n  set action accept\n'
        '  set srcaddr "lan"\n  set dstaddr "all"\n  set schedule "always"\n  set service "HTTPS"\n'
        '  set logtraffic all\n  set groups "desk"\n  set comments "asked for\nby settlement"'
    )

    assert row == {
        "place": len((HEAD + OBJECTS).splitlines()) + 2,
        "device": "fg-1",
        "policy": "policy",
        "position": 1,
        "rule": "7",
        "rule_name": "out",
        "rule_uid": "0f6c",
        "enabled": True,
        "action": "allow",
        "source_zone": "lan, dmz",
        "destination_zone": "any",
        "source": "lan",
        "destination": "all",
        "service": "HTTPS",
        "source_addresses": "10.20.0.0/16",
        "destination_addresses": "0.0.0.0/0",
        "services": "tcp/443",
        "source_any": False,
        "destination_any": True,
        "service_any": False,
        "users": "desk",
        "schedule": "always",
        "logged": True,
        "comment": "asked for\nby settlement",
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"all"', ("0.0.0.0/0", True)),
        ('"lan" "range"', ("10.20.0.0/16 10.30.1.4-10.30.1.9", False)),
        ('"web" "tw"', ("fqdn:www.example.tw geo:TW", False)),
        ('"tagged"', ("dynamic:tagged", None)),
        ('"lan" "nowhere at all"', ("10.20.0.0/16 unknown:nowhere_at_all", None)),
        ('"tagged" "all"', ("dynamic:tagged 0.0.0.0/0", True)),
    ],
)
def test_sources_are_expanded_and_never_made_narrower(words: str, expected: tuple[object, object]) -> None:
    assert source(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"ALL"', ("any", True)),
        ('"mixed"', ("tcp/80 tcp/8000-8099:1024-65535 udp/53", False)),
        ('"PING" "GRE"', ("icmp/8 gre", False)),
        ('"HTTPS" "nowhere"', ("tcp/443 unknown:nowhere", None)),
    ],
)
def test_services_are_expanded_and_never_made_narrower(words: str, expected: tuple[object, object]) -> None:
    assert service(words) == expected


def test_a_group_holds_groups_and_leaves_members_out() -> None:
    groups = (
        'config firewall addrgrp\n edit "inner"\n  set member "lan"\n  set exclude enable\n  set exclude-member "part"\n next\n'
        ' edit "outer"\n  set member "inner" "range" "outer"\n next\nend\n'
        'config firewall address\n edit "part"\n  set subnet 10.20.128.0/17\n next\nend\n'
    )

    assert source('"outer"', OBJECTS + groups) == ("10.20.0.0/17 10.30.1.4-10.30.1.9", False)


def test_a_negated_source_is_everything_else() -> None:
    row = policy('  set srcaddr "lan"\n  set srcaddr-negate enable')

    assert row["source_addresses"] == "0.0.0.0-10.19.255.255 10.21.0.0-255.255.255.255"
    assert row["source_any"] is False


def test_a_negated_unknown_may_be_anything() -> None:
    row = policy('  set srcaddr "nowhere"\n  set srcaddr-negate enable')

    assert row["source_addresses"] == "0.0.0.0/0 except:nowhere"
    assert "source_any" not in row


def test_ipv6_sources_stand_beside_ipv4() -> None:
    six = 'config firewall address6\n edit "all"\n next\n edit "net6"\n  set ip6 2001:db8:20::9/48\n next\nend\n'
    row = policy('  set srcaddr "lan"\n  set srcaddr6 "net6"\n  set dstaddr6 "all"', OBJECTS + six)

    assert row["source_addresses"] == "10.20.0.0/16 2001:db8:20::/48"
    assert row["destination_addresses"] == "::/0"
    assert row["destination_any"] is True


VIP = """config firewall vip
 edit "published"
  set extip 203.0.113.20-203.0.113.21
  set mappedip "10.30.2.20-10.30.2.21"
  set extintf "wan1"
 next
 edit "one port"
  set extip 203.0.113.30
  set mappedip "10.30.2.30"
  set portforward enable
  set extport 443
  set mappedport 8443
 next
 edit "balanced"
  set type server-load-balance
  set extip 203.0.113.40
  set extport 80
  config realservers
   edit 1
    set ip 10.30.2.41
   next
   edit 2
    set ip 10.30.2.42
   next
  end
 next
end
config firewall vipgrp
 edit "both"
  set member "published" "one port"
 next
end
"""


def test_a_published_address_shows_outside_and_inside() -> None:
    row = policy('  set dstaddr "published"\n  set service "ALL"', OBJECTS + VIP)

    assert row["destination_addresses"] == "203.0.113.20/31"
    assert row["mapped_addresses"] == "10.30.2.20/31"
    assert (row["services"], row["service_any"]) == ("any", True)


def test_of_a_published_port_only_the_port_is_reached() -> None:
    row = policy('  set dstaddr "one port"\n  set service "ALL"', OBJECTS + VIP)

    assert (row["services"], row["mapped_services"]) == ("tcp/443", "tcp/8443")
    assert row["service_any"] is False


def test_a_group_of_published_addresses_and_a_balanced_one() -> None:
    group = policy('  set dstaddr "both"\n  set service "ALL"', OBJECTS + VIP)
    balanced = policy('  set dstaddr "balanced"', OBJECTS + VIP)

    assert group["mapped_addresses"] == "10.30.2.20/31 10.30.2.30/32"
    assert group["services"] == "any"
    assert balanced["mapped_addresses"] == "10.30.2.41/32 10.30.2.42/32"


def test_a_one_time_schedule_ends_and_a_recurring_one_narrows() -> None:
    schedules = (
        'config firewall schedule onetime\n edit "once"\n  set start 08:00 2026/03/01\n  set end 18:00 2026/06/30\n next\nend\n'
        'config firewall schedule recurring\n edit "office"\n  set start 08:00\n  set end 18:00\n  set day monday\n next\nend\n'
    )
    once = policy('  set schedule "once"', OBJECTS + schedules)
    office = policy('  set schedule "office"', OBJECTS + schedules)

    assert (once["starts_on"], once["expires_on"]) == (date(2026, 3, 1), date(2026, 6, 30))
    assert "conditions" not in once
    assert office["conditions"] == "schedule office"
    assert "expires_on" not in office


def test_a_rule_may_expire_by_itself() -> None:
    row = policy("  set policy-expiry enable\n  set policy-expiry-date 2026-12-31 23:59:59")

    assert row["expires_on"] == date(2026, 12, 31)


def test_what_is_not_written_has_its_default() -> None:
    row = policy("  set srcaddr all")

    assert (row["enabled"], row["action"]) == (True, "deny")
    assert policy("  set srcaddr all", table="multicast-policy")["action"] == "allow"
    assert policy("  set status disable")["enabled"] is False


def test_an_internet_service_is_named_and_not_any() -> None:
    row = policy('  set internet-service enable\n  set internet-service-name "Google-DNS"')

    assert row["destination_addresses"] == row["services"] == "service:Google-DNS"
    assert (row["destination_any"], row["service_any"]) == (False, False)


def test_each_vdom_has_its_own_objects_and_rules() -> None:
    text = (
        HEAD + "config vdom\nedit root\nnext\nedit branch\nnext\nend\n"
        'config vdom\nedit root\nconfig firewall address\nedit "a"\nset subnet 10.1.0.0/16\nnext\nend\n'
        'config firewall policy\nedit 1\nset srcaddr "a"\nnext\nend\nend\n'
        'config vdom\nedit branch\nconfig firewall address\nedit "a"\nset subnet 10.2.0.0/16\nnext\nend\n'
        'config firewall policy\nedit 1\nset srcaddr "a"\nnext\nend\nend\n'
    )
    found = read(reader, text.encode()).rows["firewall_rules"]

    assert [(row["policy"], row["rule"], row["source_addresses"]) for row in found] == [
        ("root/policy", "1", "10.1.0.0/16"),
        ("branch/policy", "1", "10.2.0.0/16"),
    ]


def test_an_object_that_cannot_be_read_is_a_reject_and_its_rule_undetermined() -> None:
    bad = 'config firewall address\n edit "torn"\n  set subnet 10.20.0.300 255.255.0.0\n next\nend\n'
    reading = rules('config firewall policy\n edit 7\n  set srcaddr "torn"\n next\nend\n', OBJECTS + bad)
    [row], [reject] = reading.rows["firewall_rules"], reading.rejects

    assert row["source_addresses"] == "unknown:torn"
    assert "source_any" not in row
    assert (reject.column, reject.value) == ("source_addresses", "10.20.0.300")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("  move 7 before 3", "move 7 before 3"),
        (" edit not_a_number", "not_a_number"),
        ("  set action perhaps", "perhaps"),
    ],
)
def test_a_line_of_policy_that_is_not_understood_is_a_reject(line: str, value: str) -> None:
    reading = rules(f"config firewall policy\n edit 7\n{line}\n next\nend\n")

    assert [reject.value for reject in reading.rejects] == [value]


def test_an_open_quote_spoils_its_own_line_only() -> None:
    reading = rules('config firewall policy\n edit 7\n  set name "out\n  set srcaddr all\n next\n edit 8\n next\nend\n')

    assert [(row["rule"], row.get("source_any")) for row in reading.rows["firewall_rules"]] == [
        ("7", True),
        ("8", None),
    ]
    assert len(reading.rejects) == 1


def test_a_configuration_without_rules_says_so() -> None:
    reading = read(reader, (HEAD + OBJECTS).encode())

    assert not reading.rows
    assert "holds no security rule" in reading.rejects[-1].why.en


def test_a_file_without_a_name_asks_for_the_device() -> None:
    text = b"config firewall policy\n edit 1\n  set srcaddr all\n next\nend\n"

    assert "device" in read(reader, text).rejects[0].why.en
    assert read(reader, text, device="fg-9").rows["firewall_rules"][0]["device"] == "fg-9"


def test_the_raw_rule_is_shown_with_its_firewall() -> None:
    text = (HEAD + OBJECTS + 'config firewall policy\n edit 7\n  set name "out"\n next\nend\n').encode()
    place = read(reader, text).rows["firewall_rules"][0]["place"]

    assert reader.excerpt is not None
    assert (
        reader.excerpt(BytesIO(text), int(str(place)), None) == ' set hostname "fg-1"\n edit 7\n  set name "out"\n next'
    )


def test_it_knows_its_files() -> None:
    match = reader.recognise(Head("a.txt", (HEAD + OBJECTS).encode(), whole=True))

    assert match is not None
    assert match.sureness == 95
    assert reader.recognise(Head("a.txt", b"config setup\n  charondebug=all\n", whole=True)) is None
