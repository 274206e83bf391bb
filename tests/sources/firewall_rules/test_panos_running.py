"""What PAN-OS' `show running` prints, against its parsed truth: rules, rules that a test matched, translations."""

import re
from io import BytesIO

import pytest

from chahe.sources.firewall_rules.panos_config import reader
from reading import Reading, read, shared_data

POLICIES = {
    ("show_running_security-policy", "paloalto_panos_show_running_security-policy"): (7, 101),
    ("test_security-policy-match", "paloalto_panos_test_security-policy-match"): (3, 47),
}


def truth(folder: str, name: str) -> list[dict[str, str]]:
    text = shared_data("firewall_config", "ntc-templates", "paloalto_panos", folder, f"{name}.yml").read_text("utf-8")
    records: list[dict[str, str]] = []
    for key, value in re.findall(r'(\w+): "((?:[^"\\]|\\.)*)"', text):
        if key == "name":
            records.append({})
        records[-1][key] = value.replace('\\"', "").strip("[] ")
    return records


def shown(folder: str, name: str) -> Reading:
    path = shared_data("firewall_config", "ntc-templates", "paloalto_panos", folder, f"{name}.raw")
    return read(reader, path.read_bytes(), device="pa-9")


@pytest.mark.parametrize("which", sorted(POLICIES))
def test_every_rule_is_as_its_truth_has_it(which: tuple[str, str]) -> None:
    reading, records = shown(*which), truth(*which)
    found = reading.rows["firewall_rules"]

    assert (len(found), len(reading.skips), reading.rejects) == (*POLICIES[which], [])
    for row, record in zip(found, records, strict=True):
        name, _, index = record["name"].partition("; index: ")
        assert row["rule"] == name
        assert not index or row["position"] == int(index)
        for column, key in {"source_zone": "from", "destination_zone": "to", "action": "action"}.items():
            assert row[column] == record[key]
        for column, key in {"source": "source", "destination": "destination", "service": "application_service"}.items():
            assert row[column] == ", ".join(record[key].split())
        kind = record.get("type")
        assert row.get("conditions") == (f"rule-type {kind}" if kind else None)
        assert row.get("users") is None


def test_services_are_taken_out_of_applications() -> None:
    found = shown("show_running_security-policy", "paloalto_panos_show_running_security-policy").rows["firewall_rules"]

    assert [(row["services"], row["applications"], row["service_any"]) for row in found[:3]] == [
        ("tcp/8000 tcp/80 tcp/8080", "any", False),
        ("icmp", "icmp, ping", False),
        ("udp/53", "dns", False),
    ]
    assert found[4]["service_any"] is True


def test_every_translation_is_as_its_truth_has_it() -> None:
    which = ("show_running_nat-policy", "paloalto_panos_show_running_nat-policy2")
    [row], [record] = shown(*which).rows["address_translations"], truth(*which)

    assert f"{row['rule']}; index: {row['position']}" == record["name"]
    assert row["kind"] == "hide"
    assert row["inside_zone"] == ", ".join(record["from"].split())
    assert row["outside_zone"] == ", ".join(record["to"].split())
    assert row["inside_addresses"] == record["source"]
    assert row["outside_addresses"] == record["translate_to"].split()[1] + "/32"


PUBLISHED = """admin@pa-2> show running nat-policy

"web; index: 3" {
        nat-type ipv4;
        from outside;
        source 198.51.100.0/24;
        to outside;
        destination 203.0.113.20;
        service 0:tcp/any/443;
        translate-to "dst: 10.30.2.20:8443";
        terminal no;
}
"""


def test_a_published_address_is_said_with_its_source_and_service() -> None:
    [row] = read(reader, PUBLISHED.encode()).rows["address_translations"]

    assert (row["device"], row["policy"], row["position"], row["kind"]) == ("pa-2", "running/nat", 3, "publish")
    assert (row["outside_addresses"], row["outside_services"]) == ("203.0.113.20/32", "tcp/443")
    assert (row["inside_addresses"], row["inside_services"]) == ("10.30.2.20/32", "tcp/8443")
    assert row["from_addresses"] == "198.51.100.0/24"
    assert reader.excerpt is not None
    assert "pa-2" in reader.excerpt(BytesIO(PUBLISHED.encode()), 3, None)


def test_a_line_that_is_no_setting_is_a_reject_and_not_dropped() -> None:
    torn = PUBLISHED.replace("        terminal no;\n", "        --More--\n").replace(
        "        translate-to", "        action allow;\n        translate-to"
    )

    assert [reject.value for reject in read(reader, torn.encode()).rejects] == ["--More--"]
