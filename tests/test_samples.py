"""Every real sample file, once, from its bytes through the store to an audit: each one loaded or refused with a reason.

What cannot be compared with the counts that came with the samples, and why:

* windows_evtx/plaso/…/System2.evtx: its counts list 194 records, those of the two whole chunks; the reader also takes the 89 records
  of the chunk that was cut off, and rejects four times where records are missing (194 + 89 + 4 = 287).
* fix/…/delimitertest.log: its counts know 7 messages; two more lines are messages whose delimiter (`^`) or missing BodyLength
  (9) the count did not take for one. All nine are units here.
* vuln_scan: the counts of other scanners than Nessus and OpenVAS are compared with their readers' rows in tests/sources/scans.
* The JSON of jc's chage has one key per line of the block, and that block names no account: without the setting `account` the
  one unit is rejected, as it should be.
* directory_ldif, accounts/net_user, windows_events/sekoia and the login lines of loghub came without counts of records that
  belong to our tables; field by field they are compared in tests/sources.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from format_pages import pinned

from chahe.cli.main import group
from chahe.cli.steps import exit_code
from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.ingest import Ingest, unloaded
from chahe.engine.loads import Load
from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord
from chahe.engine.runs import keep
from chahe.engine.show import raw_record
from chahe.engine.store import Store
from chahe.workspace import Workspace
from reading import SHARED_DATA, shared_data
from sample_workspace import OWN, REGISTERS, SOURCES, became, below, sample_workspace, take_in

AS_OF = date(2026, 11, 22)


@dataclass
class Samples:
    """The workspace over the samples after one ingest and one audit."""

    workspace: Workspace
    store: Store
    ingested: Ingest
    loads: dict[str, Load]
    """By path below the samples; the registers this test wrote are left out."""
    record: AuditRecord


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    for _, paths, _ in SOURCES:
        for path in paths:
            shared_data(path)
    workspace = sample_workspace(tmp_path_factory.mktemp("samples"))
    store = Store(workspace.vault)
    ingested = take_in(workspace, store)
    # What the files beside the samples hold (truth tables, captures) is known to be no evidence.
    request = Request(
        workspace=workspace,
        store=store,
        controls=tuple(controls().values()),
        span=Span(AS_OF, date(2025, 11, 23), AS_OF),
    )
    with Embedded() as engine:
        record = audit(engine, request, lambda control, outcome: None)
    keep(workspace.audits, record)
    loads = {below(load.path): load for load in ingested.loaded if Path(load.path).is_absolute()}
    return Samples(workspace, store, ingested, loads, record)


def _counts(*parts: str) -> dict[str, dict[str, int]]:
    """A counts.json of the samples, by path below them."""
    raw: dict[str, dict[str, int]] = json.loads(shared_data(*parts).read_text("utf-8"))
    return {name.removeprefix("dev/"): counted for name, counted in raw.items()}


def test_every_file_is_loaded_or_refused_and_none_of_it_is_our_fault(samples: Samples) -> None:
    given = {
        path.relative_to(SHARED_DATA).as_posix()
        for _, paths, _ in SOURCES
        for part in paths
        for path in [SHARED_DATA / part, *(SHARED_DATA / part).rglob("*")]
        if path.is_file() and not path.name.startswith(".")
    }
    refused = [below(refusal.path) for refusal in samples.ingested.refused]

    assert not [refusal for refusal in samples.ingested.refused if refusal.ours]
    assert all(refusal.why.zh.strip() and refusal.why.en.strip() for refusal in samples.ingested.refused)
    assert sorted([*samples.loads, *refused]) == sorted(given)


def test_every_register_is_loaded_whole(samples: Samples) -> None:
    registers = [load for load in samples.ingested.loaded if load.source == OWN]

    assert len(registers) == len(REGISTERS)
    assert sum(load.rejects for load in registers) == 0


def test_what_became_of_each_file_is_as_pinned(samples: Samples) -> None:
    assert became(samples.ingested) == [tuple(one) for one in pinned()]


def test_captures_about_firewall_logs_are_no_firewall_logs(samples: Samples) -> None:
    """JSON and ini files that quote log lines are documents about logs: read as logs they would be rejects only."""
    logs = [path for path in samples.loads if path.startswith("firewall_logs/")]
    loaded = [path for path in logs if path.endswith((".json", ".ini", ".tsv"))]

    assert loaded == []


def test_units_are_rows_skips_and_rejects(samples: Samples) -> None:
    for path, load in samples.loads.items():
        assert load.with_rows + load.skips + load.rejects == load.units, path
        assert sum(count for _, count in load.skipped_because.values()) == load.skips, path
        kept = [len(samples.store.read_fates(load.load, fate)) for fate in ("skip", "reject")]
        assert kept[1] == load.rejects, path


def test_windows_records_are_as_many_as_counted(samples: Samples) -> None:
    counted = _counts("windows_evtx", "counts.json")
    got = {path: samples.loads[path].units for path in counted}
    cut_off = next(path for path in counted if path.endswith("System2.evtx"))

    assert got.pop(cut_off) == counted.pop(cut_off)["records"] + 89 + samples.loads[cut_off].rejects
    assert got == {path: one["records"] for path, one in counted.items()}


def test_fix_messages_are_as_many_as_counted(samples: Samples) -> None:
    counted = _counts("fix", "counts.json")
    no_message = {"a blank line", "a log line without a FIX message"}
    got = {}
    for path in counted:
        load = samples.loads[path]
        got[path] = load.units - sum(count for why, (_, count) in load.skipped_because.items() if why in no_message)
    loose = next(path for path in counted if path.endswith("delimitertest.log"))

    assert got.pop(loose) == counted.pop(loose)["messages"] + 2
    assert got == {path: one["messages"] for path, one in counted.items()}


def test_weaknesses_and_scanned_hosts_are_as_many_as_counted(samples: Samples) -> None:
    counted = _counts("vuln_scan", "counts.json")
    scans = {path: load.rows for path, load in samples.loads.items() if load.reader in ("nessus", "openvas")}

    assert len(scans) == 8
    for path, rows in scans.items():
        assert rows["vulnerabilities"] == counted[path]["records"], path
        assert rows["vulnerability_scans"] == counted[path]["hosts"], path


@pytest.mark.parametrize("name", ["shadow", "passwd", "group"])
def test_account_files_have_as_many_units_as_jc_found_entries(samples: Samples, name: str) -> None:
    entries = json.loads(shared_data("accounts", "jc", "centos-7.7", f"{name}.json").read_text("utf-8"))

    assert samples.loads[f"accounts/jc/centos-7.7/{name}.out"].units == len(entries)


def test_syslog_has_as_many_lines_as_jc_found_and_the_blank_ones(samples: Samples) -> None:
    entries = json.loads(shared_data("auth_linux", "jc", "generic", "syslog-3164.json").read_text("utf-8"))
    load = samples.loads["auth_linux/jc/generic/syslog-3164.out"]

    assert load.units - load.skipped_because["a blank line"][1] == len(entries)


def test_log_lines_are_as_many_as_their_truth_tables_hold(samples: Samples) -> None:
    compared = 0
    for path, load in samples.loads.items():
        truth = SHARED_DATA / path.replace(".lines.log", ".truth.tsv")
        if path.endswith(".lines.log") and truth.exists():
            compared += 1
            assert load.units == len(truth.read_text("utf-8").rstrip("\n").split("\n")) - 1, path
    assert compared == 22


def test_every_windows_event_of_the_xml_samples_is_one_unit(samples: Samples) -> None:
    events = [load for path, load in samples.loads.items() if load.reader == "windows_event_xml"]

    assert len(events) == len(list(shared_data("windows_events", "wazuh_engine").rglob("*_input.xml")))
    assert {load.units for load in events} == {1}


def test_a_second_ingest_finds_everything_known(samples: Samples) -> None:
    again = take_in(samples.workspace, samples.store)

    assert again.loaded == []
    assert {load.load for load in again.known} == {load.load for load in samples.store.loads()}
    assert len(again.refused) == len(samples.ingested.refused)


def test_what_is_refused_is_what_is_said_to_wait(samples: Samples) -> None:
    waiting = unloaded(samples.workspace, samples.store.loads())

    assert {one.path: one.why for one in waiting} == {one.path: one.why for one in samples.ingested.refused}


def test_the_audit_breaks_nowhere_and_finds_what_the_samples_show(samples: Samples) -> None:
    found = {result.control: result for result in samples.record.results}

    assert [result.control for result in samples.record.results if result.outcome is Outcome.ERROR] == []
    assert exit_code(samples.record) == 1
    for control in ("firewall-log-retention", "password-age", "leaver-account-active"):
        assert found[control].outcome is Outcome.DEFICIENT, control
        assert found[control].findings
    devices = {finding.row["device"] for finding in found["firewall-log-retention"].findings}
    assert devices == {"my-device", "fw-never-seen"}
    assert ("quote-gw", "root") in {
        (finding.row["system"], finding.row["account"]) for finding in found["password-age"].findings
    }


def test_every_finding_leads_to_the_raw_records_behind_it(samples: Samples) -> None:
    checked = 0
    for result in samples.record.results:
        for finding in result.findings:
            rows = {name: value for name, value in finding.row.items() if name.endswith("_row") and value}
            assert rows, finding.finding
            for name, row_id in rows.items():
                raw = raw_record(samples.store, str(row_id))
                assert raw.text.strip(), (finding.finding, name)
                checked += 1
                if name == "account_row":
                    assert str(finding.row["account"]) in raw.text.lower(), finding.finding
    assert checked >= 20


def test_no_password_hash_of_the_samples_is_shown(samples: Samples) -> None:
    hashes = [
        secret
        for path in ("accounts/jc/centos-7.7/shadow.out", "accounts/chage/root.shadow")
        for line in (SHARED_DATA / path).read_text("utf-8").splitlines()
        if len(secret := line.split(":")[1]) > 20
    ]
    shown = [
        raw_record(samples.store, str(value)).text
        for result in samples.record.results
        for finding in result.findings
        for name, value in finding.row.items()
        if name.endswith("_row") and value
    ]

    assert hashes
    assert not [secret for secret in hashes for text in shown if secret in text]


def test_show_and_audit_work_as_commands(samples: Samples) -> None:
    folder = str(samples.workspace.folder)
    finding = next(one for one in samples.record.results if one.control == "password-age").findings[0]
    runner = CliRunner()

    shown = runner.invoke(group, ["show", finding.finding, "-w", folder])
    audited = runner.invoke(group, ["audit", "-w", folder, "--control", "firewall-log-retention"])
    listed = runner.invoke(group, ["sources", "-w", folder, "--lang", "en"])

    assert (shown.exit_code, audited.exit_code, listed.exit_code) == (0, 1, 0)
    assert "".join(finding.message.zh.split()) in "".join(shown.output.split())
    assert "CC-18000" in shown.output
    assert "my-device" in audited.output
    assert "my-device" in listed.output
