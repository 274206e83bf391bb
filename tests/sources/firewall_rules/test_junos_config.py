"""Security policies of Junos in both forms, zones' and global address books, clusters, groups and stateless filters."""

from datetime import date
from io import BytesIO

import pytest

from chahe.sources.firewall_rules.junos_config import reader
from chahe.sources.model import Head
from reading import Reading, read

HEAD = "set system host-name srx-1\n"
OBJECTS = """set security address-book global address lan 10.20.0.9/16
set security address-book global address web dns-name www.example.tw
set security address-book global address range range-address 10.30.1.4 to 10.30.1.9
set security address-book global address odd wildcard-address 10.0.1.0/255.0.255.0
set security address-book global address-set inner address lan
set security address-book global address-set outer address-set inner
set security address-book global address-set outer address nowhere
set security address-book dmz-book address lan 10.99.0.0/16
set security address-book dmz-book attach zone dmz
set security zones security-zone old address-book address lan 10.88.0.0/16
set applications application t1 protocol tcp
set applications application t1 destination-port 8000-8099
set applications application t1 source-port 1024-65535
set applications application two term a protocol tcp
set applications application two term a destination-port 80
set applications application two term b protocol icmp
set applications application two term b icmp-type 8
set applications application-set both application t1
set applications application-set both application junos-https
set schedulers scheduler till start-date 2026-03-01.08:00 stop-date 2026-06-30.18:00
set schedulers scheduler office daily start-time 08:00 stop-time 18:00
"""


def rules(*settings: str, zones: str = "from-zone lan to-zone core", more: str = "") -> Reading:
    lines = "".join(f"set security policies {zones} policy p1 {setting}\n" for setting in settings)
    return read(reader, (HEAD + OBJECTS + lines + more).encode())


def rule(*settings: str, zones: str = "from-zone lan to-zone core") -> dict[str, object]:
    [row] = rules(*settings, zones=zones).rows["firewall_rules"]
    return dict(row)


def test_a_policy_has_all_its_columns() -> None:
    row = rule(
        'description "asked for by settlement"', "match source-address lan", "match destination-address any",
        "match application junos-https", "match source-identity desk", "match dynamic-application junos:LINE", "then permit",
        "then log session-close", "scheduler-name till",
    )  # fmt: skip

    assert row == {
        "place": len((HEAD + OBJECTS).splitlines()) + 1,
        "device": "srx-1",
        "policy": "lan to core",
        "position": 1,
        "rule": "p1",
        "enabled": True,
        "action": "allow",
        "source_zone": "lan",
        "destination_zone": "core",
        "source": "lan",
        "destination": "any",
        "service": "junos-https",
        "applications": "junos:LINE",
        "users": "desk",
        "source_addresses": "10.20.0.0/16",
        "destination_addresses": "0.0.0.0/0 ::/0",
        "services": "tcp/443",
        "source_any": False,
        "destination_any": True,
        "service_any": False,
        "schedule": "till",
        "starts_on": date(2026, 3, 1),
        "expires_on": date(2026, 6, 30),
        "logged": True,
        "comment": "asked for by settlement",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("any", ("0.0.0.0/0 ::/0", True)),
        ("any-ipv4", ("0.0.0.0/0", True)),
        ("outer", ("unknown:nowhere 10.20.0.0/16", None)),
        ("[ web range ]", ("fqdn:www.example.tw 10.30.1.4-10.30.1.9", False)),
        ("odd", ("wildcard:10.0.1.0/255.0.255.0", False)),
    ],
)
def test_addresses_are_expanded_and_never_made_narrower(name: str, expected: tuple[str, object]) -> None:
    row = rule(f"match source-address {name}")

    assert (row["source_addresses"], row.get("source_any")) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("any", ("any", True)),
        ("both", ("tcp/8000-8099:1024-65535 tcp/443", False)),
        ("two", ("tcp/80 icmp/8", False)),
        ("[ junos-cifs junos-ping ]", ("tcp/139 tcp/445 icmp/8", False)),
        ("nowhere", ("unknown:nowhere", None)),
    ],
)
def test_applications_are_expanded_and_never_made_narrower(name: str, expected: tuple[str, object]) -> None:
    row = rule(f"match application {name}")

    assert (row["services"], row.get("service_any")) == expected


@pytest.mark.parametrize(
    ("zone", "expected"), [("dmz", "10.99.0.0/16"), ("old", "10.88.0.0/16"), ("core", "10.20.0.0/16")]
)
def test_a_zone_looks_in_its_own_book_first(zone: str, expected: str) -> None:
    assert (
        rule("match destination-address lan", zones=f"from-zone x to-zone {zone}")["destination_addresses"] == expected
    )


def test_an_excluded_address_is_everything_else() -> None:
    row = rule("match source-address lan", "match source-address-excluded")

    assert row["source_addresses"] == "0.0.0.0-10.19.255.255 10.21.0.0-255.255.255.255 ::/0"


def test_a_recurring_scheduler_narrows() -> None:
    assert rule("scheduler-name office", "then deny")["conditions"] == "scheduler office"


def test_global_and_default_policies_are_rules_too() -> None:
    more = "set security policies global policy g match source-address any\nset security policies global policy g match from-zone a\nset security policies default-policy permit-all\n"
    _, everywhere, last = rules("then deny", more=more).rows["firewall_rules"]

    assert (everywhere["policy"], everywhere["source_zone"], everywhere["destination_zone"]) == ("global", "a", "any")
    assert (last["policy"], last["rule"], last["action"], last["source_any"]) == (
        "default-policy",
        "permit-all",
        "allow",
        True,
    )


def test_what_is_deactivated_is_not_enabled() -> None:
    one = rules("then permit", more="deactivate security policies from-zone lan to-zone core policy p1\n")
    above = rules("then permit", more="deactivate security policies from-zone lan\n")

    assert [reading.rows["firewall_rules"][0]["enabled"] for reading in (one, above)] == [False, False]


BRACES = """admin@srx-2> show configuration
## Last commit: 2026-11-20 09:12:44 CST by keeper
security {
    policies {
        from-zone lan to-zone dmz {
            /* asked for */
            inactive: policy p1 {
                match {
                    source-address [ any 192.0.2.1 ];
                    application junos-ssh;
                }
                then {
                    reject;
                }
            }
        }
    }
}
"""


def test_braces_are_read_like_commands() -> None:
    reading = read(reader, BRACES.encode())
    [row] = reading.rows["firewall_rules"]

    assert (row["device"], row["policy"], row["place"], row["enabled"], row["action"]) == (
        "srx-2",
        "lan to dmz",
        7,
        False,
        "deny",
    )
    assert (row["source_addresses"], row["services"]) == ("0.0.0.0/0 ::/0 unknown:192.0.2.1", "tcp/22")
    assert reading.rejects == []


def test_the_raw_policy_is_shown_with_its_firewall() -> None:
    assert reader.excerpt is not None
    shown = reader.excerpt(BytesIO(BRACES.encode()), 7, None).splitlines()

    assert shown[0] == "admin@srx-2> show configuration"
    assert [line.strip() for line in shown[1:3]] == ["inactive: policy p1 {", "match {"]


def test_of_a_cluster_each_node_has_the_rule() -> None:
    text = (
        "set groups node0 system host-name srx-a\nset groups node1 system host-name srx-b\nset apply-groups ${node}\n"
        "set security policies global policy p then deny\n"
    )
    found = read(reader, text.encode()).rows["firewall_rules"]

    assert [row["device"] for row in found] == ["srx-a", "srx-b"]


def test_an_applied_group_gives_rules_and_one_with_wildcards_is_a_reject() -> None:
    text = HEAD + OBJECTS + (
        "set groups g security policies global policy shared match source-address lan\nset apply-groups g\nset apply-groups w\n"
        "set groups w security policies from-zone <*> to-zone <*> policy last then deny\n"
        "set groups unused security policies global policy other then deny\n"
    )  # fmt: skip
    reading = read(reader, text.encode())

    assert [(row["rule"], row["source_addresses"]) for row in reading.rows["firewall_rules"]] == [
        ("shared", "10.20.0.0/16")
    ]
    assert ["display inheritance" in reject.why.en for reject in reading.rejects] == [True]


def test_a_logical_system_has_rules_of_its_own() -> None:
    text = HEAD + "set logical-systems branch security policies global policy p then permit\n"
    [row] = read(reader, text.encode()).rows["firewall_rules"]

    assert row["policy"] == "branch/global"


def test_terms_of_filters_are_rules_where_they_are_applied() -> None:
    text = HEAD + (
        "set firewall family inet filter edge term web from source-address 10.0.0.0/8\n"
        "set firewall family inet filter edge term web from source-address 10.20.0.0/16 except\n"
        "set firewall family inet filter edge term web from protocol tcp\nset firewall family inet filter edge term web from tcp-established\n"
        "set firewall family inet filter edge term web from destination-port [ https 8000-8099 ]\n"
        "set firewall family inet filter edge term web then accept\nset firewall family inet filter edge term web then syslog\n"
        "set firewall family inet6 filter loose term all then discard\n"
        "set interfaces ge-0/0/0 unit 0 family inet filter input edge\n"
    )
    web, loose = read(reader, text.encode()).rows["firewall_rules"]

    assert (web["policy"], web["rule"], web["enabled"], web["source_zone"], web["logged"]) == (
        "filter edge",
        "web",
        True,
        "ge-0/0/0.0",
        True,
    )
    assert (web["source_addresses"], web["services"]) == (
        "10.0.0.0-10.19.255.255 10.21.0.0-10.255.255.255",
        "tcp/443 tcp/8000-8099",
    )
    assert web["conditions"] == "tcp-established"
    assert (loose["enabled"], loose["action"], loose["source_addresses"], loose["service_any"]) == (
        False,
        "deny",
        "::/0",
        True,
    )


def test_an_object_that_cannot_be_read_is_a_reject_and_its_rule_undetermined() -> None:
    more = "set security address-book global address torn 10.20.0.300/16\nset applications application bad protocol tcp\nset applications application bad destination-port 99999\n"
    reading = rules("match source-address torn", "match application bad", more=more)
    [row] = reading.rows["firewall_rules"]

    assert (row["source_addresses"], row["services"]) == ("unknown:torn", "unknown:bad")
    assert [(reject.column, reject.value) for reject in reading.rejects] == [
        ("source_addresses", "10.20.0.300/16"),
        ("services", "99999"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "set security policies global policy p match application [ a b",
        "rename security policies global policy p to policy q",
    ],
)
def test_a_line_that_is_not_understood_is_a_reject(line: str) -> None:
    assert [reject.value for reject in rules("then deny", more=line + "\n").rejects] == [line]


def test_a_file_cut_inside_a_brace_says_so() -> None:
    assert "ends inside a bracket" in read(reader, BRACES[:-8].encode()).rejects[-1].why.en


def test_it_knows_its_files() -> None:
    for text in (HEAD + OBJECTS, BRACES, "version 22.4R3-S2.11;\nsystem {\n host-name a;\n}\n"):
        assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is not None, text[:40]
    for text in ("set deviceconfig system hostname a\n", "server {\n listen 80;\n}\n", "set interface eth0 state on\n"):
        assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is None, text
