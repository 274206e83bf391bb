"""Every sample configuration of a firewall: read, or refused with a reason. What parsers were made to stumble over is among them."""

from pathlib import Path

import pytest

from chahe.engine.streams import head
from chahe.sources.catalogue import readers
from chahe.sources.model import RecordReader
from chahe.sources.registry import Unrecognised, recognise
from reading import Reading, read, shared_data

NO_RULES = "holds no security rule"
OBJECTS = "objects only and no rules"
GAIA = "Gaia"
BATFISH = {
    "grammar/cisco_asa/testconfigs": ("cisco_asa_config", 33),
    "grammar/fortios/testconfigs": ("fortios_config", 27),
    "grammar/iptables/testconfigs": ("iptables_save", 2),
    "grammar/juniper/testconfigs": ("junos_config", 18),
    "grammar/palo_alto/testconfigs": ("panos_config", 93),
    "parsing-tests": (None, 8),
    "vendor/check_point_gateway": ("checkpoint_rulebase", 35),
}
"""By folder: whose files they are, and how many."""
NOT_RECOGNISED = {"ospf-network-types"}
"""Nothing in it tells an ASA from other Cisco devices, and nothing in it is a rule."""


def folder(name: str) -> list[Path]:
    return sorted(
        path for path in shared_data("firewall_config", "batfish", *name.split("/")).rglob("*") if path.is_file()
    )


def reading_of(path: Path) -> tuple[str, Reading] | None:
    """The reader that takes a file as its own, and what it reads; null where none does."""
    try:
        found = recognise(head(path.name, lambda: path.open("rb")), readers()).reader
    except Unrecognised:
        return None
    return found.name, read(found, path.read_bytes(), device="gw")


@pytest.mark.parametrize("name", sorted(BATFISH))
def test_every_file_is_read_or_refused_with_a_reason(name: str) -> None:
    owner, count = BATFISH[name]
    paths = folder(name)

    assert len(paths) == count
    for path in paths:
        found = reading_of(path)
        if found is None:
            assert path.name in NOT_RECOGNISED, path
            continue
        assert found[0] == (owner or found[0]), path
        rows = sum(len(some) for some in found[1].rows.values())
        reasons = [reject.why.en for reject in found[1].rejects]
        assert rows or any(
            why in reason for reason in reasons for why in (NO_RULES, OBJECTS, GAIA, "cannot be read")
        ), path


EXPECTED = {
    "cisco_asa/testconfigs/aclAsa": [("acl", "1", "allow", "1.2.3.0/24", "4.3.0.0/16", "any")],
    "cisco_asa/testconfigs/asa-security-level-permit-tracing": [
        ("FILTER_OUT", "1", "allow", "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", "tcp/123"),
        ("FILTER_OUT", "2", "deny", "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", "tcp/22"),
        ("FILTER_IN", "1", "allow", "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", "any"),
    ],
    "fortios/testconfigs/firewall_policy_addrgrp": [
        ("policy", "1", "allow", "10.0.1.0/26 10.0.1.72-10.0.1.255", "10.0.2.0/24", "tcp/11")
    ],
    "fortios/testconfigs/policy": [
        ("policy", "1", "deny", "0.0.0.0/0", "0.0.0.0/0", "tcp/1234 tcp/1235"),
        ("policy", "2", "allow", "0.0.0.0/0", "0.0.0.0/0", "tcp"),
    ],
    "juniper/testconfigs/firewall-zone-address-book-global-loses": [
        ("trust to untrust", "PNAME", "allow", "2.2.2.2/32", "0.0.0.0/0 ::/0", "any")
    ],
    "palo_alto/testconfigs/match-vsys-address-over-shared": [
        ("vsys1/rulebase", "rule1", "allow", "0.0.0.0/0 ::/0", "10.0.2.2/32", "any"),
        ("vsys1/rulebase", "rule2", "deny", "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", "any"),
    ],
    "palo_alto/testconfigs/rulebase-service": [
        ("rulebase", "RULE1", "allow", "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", "tcp/1 tcp/443")
    ],
    "palo_alto/testconfigs/delete-and-move-lines": [
        ("rulebase", "RULE1", None, "2.2.2.2/32", "0.0.0.0/0 ::/0", None),
        ("rulebase", "RULE2", None, "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", None),
    ],
    "palo_alto/testconfigs/security-rule-tag": [("rulebase", "RULE1", None, "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", None)],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_rules_of_samples_mean_what_their_makers_say(name: str) -> None:
    """Expected from the samples' own comments and from the makers' manuals."""
    found = reading_of(shared_data("firewall_config", "batfish", "grammar", *name.split("/")))

    assert found is not None
    columns = ("policy", "rule", "action", "source_addresses", "destination_addresses", "services")
    assert [tuple(row.get(column) for column in columns) for row in found[1].rows["firewall_rules"]] == EXPECTED[name]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (("cisco_asa", "show_access-list_brief", "cisco_asa_show_access-list_brief.raw"), NO_RULES),
        (
            ("cisco_asa", "show_running-config_object_network", "cisco_asa_show_running-config_object_network.raw"),
            NO_RULES,
        ),
        (
            ("cisco_asa", "show_running-config_object_service", "cisco_asa_show_running-config_object_service.raw"),
            NO_RULES,
        ),
        (
            ("cisco_asa", "show_running-config_object-group_service", "show_running-config_object-group_service.raw"),
            NO_RULES,
        ),
    ],
)
def test_output_without_rules_is_refused_with_a_reason(parts: tuple[str, ...], why: str) -> None:
    found = reading_of(shared_data("firewall_config", "ntc-templates", *parts))

    assert found is not None
    assert why in found[1].rejects[-1].why.en


def test_every_reader_of_rule_bases_shows_every_row_of_every_sample() -> None:
    """The raw text of each row begins with, or holds, the name of its firewall where the file has one."""
    for name in sorted(BATFISH):
        for path in folder(name):
            found = reading_of(path)
            if found is None:
                continue
            reader = readers()[found[0]]
            assert isinstance(reader, RecordReader)
            assert reader.excerpt is not None
            for row in [row for rows in found[1].rows.values() for row in rows][:3]:
                with path.open("rb") as stream:
                    shown = reader.excerpt(stream, int(str(row["place"])), None)
                assert shown.strip(), path
                assert row["device"] == "gw" or str(row["device"]).lower() in shown.lower(), path
