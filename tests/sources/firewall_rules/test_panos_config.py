"""PAN-OS rule bases in all their forms: set commands, braces, XML, API answers, the running policy, Panorama."""

import re
from datetime import date
from io import BytesIO

import pytest

from chahe.sources.firewall_rules.panos_config import reader
from chahe.sources.model import Head
from reading import Reading, read

HEAD = "set deviceconfig system hostname pa-1\n"
OBJECTS = """set address lan ip-netmask 10.20.0.9/16
set address range ip-range 10.30.1.4-10.30.1.9
set address web fqdn www.example.tw
set address odd ip-wildcard 10.5.1.1/0.127.248.2
set address-group inner static [ lan range ]
set address-group outer static [ inner nowhere outer ]
set address-group tagged dynamic filter "'a' and 'b'"
set external-list feed type ip url example.tw
set service t1 protocol tcp port 443,8000-8099
set service t2 protocol udp port 53 source-port 1024-65535
set service-group both members [ t1 t2 ]
set application-group chat members [ line slack ]
set schedule till schedule-type non-recurring [ 2026/03/01@08:00-2026/06/30@18:00 ]
set schedule office schedule-type recurring daily 08:00-18:00
"""
WHOLE = (
    "from lan",
    "to [ dmz core ]",
    "source lan",
    "destination any",
    "application any",
    "service t1",
    "action allow",
)


def rules(*settings: str, objects: str = OBJECTS) -> Reading:
    lines = "".join(f'set rulebase security rules "rule one" {setting}\n' for setting in settings)
    return read(reader, (HEAD + objects + lines).encode())


def rule(*settings: str) -> dict[str, object]:
    [row] = rules(*settings).rows["firewall_rules"]
    return dict(row)


def test_a_rule_has_all_its_columns() -> None:
    row = rule(
        *WHOLE, "source-user desk", "schedule till", "tag [ a b ]", 'description "asked for\nby settlement"', "log-end no",
        "disabled yes", "uuid 0f6c",
    )  # fmt: skip

    assert row == {
        "place": len((HEAD + OBJECTS).splitlines()) + 1,
        "device": "pa-1",
        "policy": "rulebase",
        "position": 1,
        "rule": "rule one",
        "rule_uid": "0f6c",
        "enabled": False,
        "action": "allow",
        "source_zone": "lan",
        "destination_zone": "dmz, core",
        "source": "lan",
        "destination": "any",
        "service": "t1",
        "applications": "any",
        "users": "desk",
        "source_addresses": "10.20.0.0/16",
        "destination_addresses": "0.0.0.0/0 ::/0",
        "services": "tcp/443 tcp/8000-8099",
        "source_any": False,
        "destination_any": True,
        "service_any": False,
        "schedule": "till",
        "starts_on": date(2026, 3, 1),
        "expires_on": date(2026, 6, 30),
        "logged": False,
        "comment": "asked for\nby settlement",
        "tags": "a, b",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("any", ("0.0.0.0/0 ::/0", True)),
        ("outer", ("10.20.0.0/16 10.30.1.4-10.30.1.9 unknown:nowhere", None)),
        ("tagged", ("dynamic:tagged", None)),
        ("feed", ("dynamic:feed", None)),
        ("web", ("fqdn:www.example.tw", False)),
        ("odd", ("wildcard:10.0.1.1/255.128.7.253", False)),
        ("TW", ("geo:TW", False)),
        ("192.0.2.7", ("192.0.2.7/32", False)),
        ("[ 192.0.2.0/24 2001:db8::1-2001:db8::9 ]", ("192.0.2.0/24 2001:db8::1-2001:db8::9", False)),
        ("mystery", ("unknown:mystery", None)),
    ],
)
def test_sources_are_expanded_and_never_made_narrower(name: str, expected: tuple[str, object]) -> None:
    row = rule(f"source {name}")

    assert (row["source_addresses"], row.get("source_any")) == expected


@pytest.mark.parametrize(
    ("application", "service", "expected"),
    [
        ("any", "any", ("any", True)),
        ("ssl", "any", ("any", False)),
        ("any", "both", ("tcp/443 tcp/8000-8099 udp/53:1024-65535", False)),
        ("any", "service-http", ("tcp/80 tcp/8080", False)),
        ("any", "application-default", ("application-default", None)),
        ("ssl", "application-default", ("application-default", False)),
        ("any", "nowhere", ("unknown:nowhere", None)),
    ],
)
def test_services_are_expanded_and_applications_narrow_them(
    application: str, service: str, expected: tuple[str, object]
) -> None:
    row = rule(f"application {application}", f"service {service}")

    assert (row["services"], row.get("service_any")) == expected


def test_groups_of_applications_are_spelled_out() -> None:
    assert rule("application [ chat ssl ]")["applications"] == "line, slack, ssl"


def test_a_negated_destination_is_everything_else() -> None:
    row = rule("destination lan", "negate-destination yes")

    assert row["destination_addresses"] == "0.0.0.0-10.19.255.255 10.21.0.0-255.255.255.255 ::/0"


def test_what_else_narrows_a_rule_stands_in_conditions() -> None:
    row = rule("category gambling", "rule-type intrazone", "schedule office", "target devices 007")

    assert row["conditions"] == "category gambling, rule-type intrazone, target 007, schedule office"


def test_commands_that_delete_and_move_are_obeyed() -> None:
    text = (
        "set rulebase security rules a source any\nset rulebase security rules b source any\nset rulebase security rules c source any\n"
        "move rulebase security rules c top\nmove rulebase security rules a after b\ndelete rulebase security rules a source any\n"
        "set rulebase security rules a source 192.0.2.1\ndelete rulebase security rules b\n"
    )
    found = read(reader, (HEAD + text).encode()).rows["firewall_rules"]

    assert {str(row["rule"]): (row["position"], row["source"]) for row in found} == {
        "c": (1, "any"),
        "a": (2, "192.0.2.1"),
    }


def test_settings_on_one_line_are_settings_side_by_side() -> None:
    row = rule("from lan to dmz source lan destination any application ssl service t1 action allow")

    assert (row["source_zone"], row["destination_zone"], row["source"], row["action"]) == ("lan", "dmz", "lan", "allow")
    assert (row["services"], row["applications"], row["destination_any"]) == ("tcp/443 tcp/8000-8099", "ssl", True)


def test_an_object_that_cannot_be_read_is_a_reject_and_its_rule_undetermined() -> None:
    reading = rules("source torn", objects=OBJECTS + "set address torn ip-netmask 10.20.0.300/16\n")

    assert (reading.rejects[0].column, reading.rejects[0].value) == ("source_addresses", "10.20.0.300/16")
    assert reading.rows["firewall_rules"][0]["source_addresses"] == "unknown:torn"


@pytest.mark.parametrize(
    ("setting", "value"),
    [("action perhaps", "perhaps"), ("source [ a b", 'set rulebase security rules "rule one" source [ a b')],
)
def test_a_line_of_policy_that_is_not_understood_is_a_reject(setting: str, value: str) -> None:
    assert [reject.value for reject in rules("from lan", setting).rejects] == [value]


BRACES = """admin@pa-2> show config merged
devices {
  localhost.localdomain {
    vsys {
      vsys1 {
        address {
          lan {
            ip-netmask 10.20.0.0/16;
          }
        }
        rulebase {
          security {
            rules {
              "rule one" {
                source [ lan 192.0.2.1 ];
                destination any;
                application any;
                service any;
                action allow;
              }
            }
          }
        }
      }
    }
  }
}
"""


def test_braces_are_read_like_commands() -> None:
    reading = read(reader, BRACES.encode())
    [row] = reading.rows["firewall_rules"]

    assert (row["device"], row["policy"], row["place"]) == ("pa-2", "vsys1/rulebase", 14)
    assert row["source_addresses"] == "10.20.0.0/16 192.0.2.1/32"
    assert row["service_any"] is True


def test_a_file_cut_inside_a_brace_says_so() -> None:
    cut = BRACES[: BRACES.index("action allow")]

    assert "ends inside a bracket" in read(reader, cut.encode()).rejects[-1].why.en


XML = """<?xml version="1.0"?>
<config version="10.2.0"><shared><address><entry name="web"><ip-netmask>10.30.2.20</ip-netmask></entry></address></shared>
<devices><entry name="localhost.localdomain"><deviceconfig><system><hostname>pa-3</hostname></system></deviceconfig>
<vsys><entry name="vsys1"><address-group><entry name="ours"><static><member>web</member><member>192.0.2.9</member></static></entry></address-group>
<rulebase><security><rules>
<entry name="rule one" uuid="0f6c"><from><member>lan</member></from><to><member>any</member></to><source><member>ours</member></source>
<destination><member>any</member></destination><service><member>any</member></service><application><member>any</member></application>
<action>allow</action><disabled>yes</disabled><option><disable-server-response-inspection>no</disable-server-response-inspection></option></entry>
<entry name="rule two"><action>reset-both</action></entry>
</rules></security></rulebase></entry></vsys></entry></devices></config>
"""


def test_xml_gives_the_same_rules_by_entries() -> None:
    reading = read(reader, XML.encode())
    first, second = reading.rows["firewall_rules"]

    assert (first["place"], first["device"], first["policy"], first["rule_uid"]) == (
        3,
        "pa-3",
        "vsys1/rulebase",
        "0f6c",
    )
    assert (first["enabled"], first["source_addresses"]) == (False, "10.30.2.20/32 unknown:192.0.2.9")
    assert (second["action"], second["position"]) == ("deny", 2)
    assert len(reading.skips) == 2


def test_the_raw_entry_is_shown_with_its_firewall() -> None:
    assert reader.excerpt is not None
    shown = reader.excerpt(BytesIO(XML.encode()), 4, None)

    assert shown == '<hostname>pa-3</hostname>\n<entry name="rule two"><action>reset-both</action></entry>'


def test_an_answer_of_the_api_holds_rules_alone() -> None:
    rule_entry = re.search(r"<entry name=\"rule two\">.*?</entry>", XML)
    assert rule_entry is not None
    answer = f'<response status="success" code="19"><result total-count="1"><rules>{rule_entry[0]}</rules></result></response>'
    [row] = read(reader, answer.encode(), device="pa-4").rows["firewall_rules"]

    assert (row["device"], row["policy"], row["rule"]) == ("pa-4", "rulebase", "rule two")


def test_a_document_type_is_refused() -> None:
    bomb = XML.replace("<config", '<!DOCTYPE config [<!ENTITY a "b">]><config', 1)

    assert "DOCTYPE" in read(reader, bomb.encode()).rejects[-1].why.en


def test_of_a_panorama_each_firewall_of_the_group_has_the_rule() -> None:
    text = (
        "set deviceconfig system hostname panorama-1\nset shared address a ip-netmask 192.0.2.1\n"
        "set device-group parent devices 001\nset device-group child devices [ 002 003 ]\n"
        "set device-group child address a ip-netmask 192.0.2.2\n"
        "set readonly devices localhost.localdomain device-group child parent-dg parent\n"
        "set shared pre-rulebase security rules s source a\nset device-group parent pre-rulebase security rules p source a\n"
        "set device-group child post-rulebase security rules c source a\n"
    )
    found = read(reader, text.encode()).rows["firewall_rules"]

    assert [(row["policy"], row["rule"], row["device"], row["source_addresses"]) for row in found] == [
        *(("shared/pre-rulebase", "s", one, "192.0.2.1/32") for one in ("001", "002", "003")),
        *(("parent/pre-rulebase", "p", one, "192.0.2.1/32") for one in ("001", "002", "003")),
        *(("child/post-rulebase", "c", one, "192.0.2.2/32") for one in ("002", "003")),
    ]


def test_it_knows_its_files() -> None:
    for text in (HEAD + OBJECTS, BRACES, XML, "set vsys vsys1 rulebase security rules a action allow\n"):
        assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is not None, text[:40]
    for text in (
        "set system host-name srx\nset security zones\n",
        "<config><a/></config>",
        "set interface eth0 state on\n",
    ):
        assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is None, text
