"""A whole real capture of a FortiGate against its parsed truth: every setting, and the rules made of them."""

import json
from typing import Any

from chahe.sources.firewall_rules.fortios_config import reader
from chahe.sources.firewall_rules.fortios_tree import Entry, tree
from reading import read, shared_data

CAPTURE = ("firewall_config", "fortios-xutils", "tests", "res")


def capture() -> bytes:
    return shared_data(*CAPTURE, "show_configs", "fortigate_cli_show_sample_0.txt").read_bytes()


def truth() -> list[dict[str, Any]]:
    path = shared_data(*CAPTURE, "parsed", "fortigate-01", "all.json")
    configs: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["configs"]
    return [config for config in configs if "config" in config]


def test_every_setting_of_the_real_capture_is_as_its_truth_has_it() -> None:
    """The truth keeps backslashes doubled, as the file has them."""
    found = tree(enumerate(capture().decode().split("\n"), 1))

    assert sum(compared(config, "", found.entries) for config in truth()) == 1781


def compared(config: dict[str, Any], above: str, entries: list[Entry]) -> int:
    """How many settings of a config, and of those inside it, were found equal."""
    table = f"{above} / {config['config']}".removeprefix(" / ").replace('"', "")
    count = 0
    for edit in config.get("edits") or [config]:
        settings = {key: value for key, value in edit.items() if key not in ("config", "configs", "edit", "edits")}
        inside = edit.get("configs") or []
        mine = [entry for entry in entries if (entry.table, entry.name) == (table, edit.get("edit", ""))]
        if settings:
            count += same(mine[0], settings)
        # What stands inside a config without edits belongs to the entry around it.
        below = mine[0].nested if "edit" in edit else entries
        count += sum(compared(one, table, below) for one in inside)
    return count


def same(entry: Entry, settings: dict[str, Any]) -> int:
    for name, value in settings.items():
        expected = [] if value is None else value if isinstance(value, list) else [value]
        assert [text.replace("\\", "\\\\") for text in entry.settings.get(name, [])] == expected, (entry.name, name)
    return len(settings)


def test_the_rules_of_the_real_capture_are_as_its_truth_has_them() -> None:
    reading = read(reader, capture())
    found = reading.rows["firewall_rules"]
    expected = [
        (c["config"], e)
        for c in truth()
        if c["config"] in ("firewall policy", "firewall proxy-policy")
        for e in c["edits"]
    ]

    def listed(value: object) -> str | None:
        return ", ".join(value) if isinstance(value, list) else value  # type: ignore[return-value]  # text or null

    assert [(f"firewall {row['policy']}", row["rule"]) for row in found] == [
        (name, edit["edit"]) for name, edit in expected
    ]
    for row, (_, edit) in zip(found, expected, strict=True):
        for column, key in {
            "rule_name": "name", "rule_uid": "uuid", "source_zone": "srcintf", "destination_zone": "dstintf", "source": "srcaddr",
            "destination": "dstaddr", "service": "service", "schedule": "schedule", "comment": "comments",
        }.items():  # fmt: skip
            assert row.get(column) == listed(edit.get(key)), (edit["edit"], column)
        assert row["action"] == {"accept": "allow"}[edit["action"]]
    assert [row["services"] for row in found] == [
        "any",
        "tcp/161-162 udp/161-162 icmp tcp/443 tcp/80",
        "tcp/443 tcp/80",
        "any",
    ]
    assert found[1]["source_addresses"] == "192.168.122.1/32 192.168.2.1-192.168.2.3"
    assert found[2]["destination_addresses"] == "192.168.122.0/24"
    assert {row["device"] for row in found} == {"fortigate-01"}
    assert (len(reading.skips), reading.rejects) == (4250, [])
