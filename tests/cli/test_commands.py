"""Each command as its user calls it: as a process, with its exit code and its words."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

import chahe
from chahe.cli import exits
from commands import call
from workspaces import CHAHE_TOML, FIREWALLS_CSV, Small, fortigate_line


def _small(folder: Path) -> Small:
    made = Small(folder)
    made.write("fg.log", "".join(fortigate_line(number) for number in range(200)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    return made


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return _small(tmp_path / "firm")


@pytest.fixture(scope="module")
def audited_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = _small(tmp_path_factory.mktemp("audited") / "firm")
    assert call("ingest", "-w", made.folder).returncode == exits.FINE
    assert call("audit", "-w", made.folder, "--control", "firewall-log-retention").returncode == exits.DEFICIENT
    return made.folder


@pytest.fixture
def audited(audited_once: Path, tmp_path: Path) -> Small:
    """A copy of its own for each test: taking in and auditing take seconds."""
    shutil.copytree(audited_once, tmp_path / "firm")
    return Small(tmp_path / "firm")


def test_help_names_every_command() -> None:
    told = call("--help")

    for path in (Path(chahe.__file__).parent / "cli").glob("*.py"):
        if "\ndef command(" in path.read_text("utf-8"):
            assert f"  {path.stem} " in told.stdout


def test_init_writes_a_file_that_can_be_used_and_never_writes_over_it(tmp_path: Path) -> None:
    first = call("init", "-w", tmp_path, "--name", "新證券", "--internet-orders", "--no-colocation")
    second = call("init", "-w", tmp_path, "--name", "別的")

    assert first.returncode == exits.FINE
    assert "colocation = false" in (tmp_path / "chahe.toml").read_text("utf-8")
    assert second.returncode == exits.USAGE
    assert "已經存在" in second.stderr


def test_without_a_workspace_it_says_to_make_one(tmp_path: Path) -> None:
    told = call("audit", "-w", tmp_path, "--lang", "en")

    assert told.returncode == exits.USAGE
    assert "run chahe init first" in told.stderr


def test_without_records_it_says_to_load_some(small: Small) -> None:
    told = call("audit", "-w", small.folder, "--lang", "en")

    assert told.returncode == exits.USAGE
    assert "run chahe ingest first" in told.stderr


def test_ingest_tells_of_a_file_it_refuses(small: Small) -> None:
    small.write("letter.txt", "Dear colleague\n")

    told = call("ingest", "-w", small.folder, "--lang", "en")

    assert told.returncode == exits.UNEVIDENCED
    assert "Dear colleague" in told.stdout


def test_sources_shows_what_is_waiting_and_what_is_covered(small: Small) -> None:
    before = call("sources", "-w", small.folder, "--lang", "en")
    call("ingest", "-w", small.folder)
    after = json.loads(call("sources", "-w", small.folder, "--json").stdout)

    assert "not loaded yet" in before.stdout
    assert after["waiting"] == []
    [covered] = after["coverage"]
    assert (covered["subject"], covered["records"]) == ("fg-test", 200)


def test_audit_then_show_leads_to_the_raw_line(audited: Small) -> None:
    told = call("show", "firewall-log-retention", "-w", audited.folder, "--lang", "en")

    assert told.returncode == exits.FINE
    assert fortigate_line(0).strip()[:60] in told.stdout.replace("\n", "")
    assert "records/firewalls.csv" in told.stdout
    assert "三年" in call("show", "firewall-log-retention", "-w", audited.folder).stdout


def test_a_finding_is_shown_with_how_far_its_control_can_be_trusted(audited: Small) -> None:
    plain = json.loads(call("show", "firewall-log-retention", "--json", "-w", audited.folder).stdout)
    told = call("audit", "--canaries", "--control", "firewall-log-retention", "--lang", "en", "-w", audited.folder)
    planted = call("show", "firewall-log-retention", "-w", audited.folder)

    assert "變異" in plain["result"]["assurance"] or "SQL" in plain["result"]["assurance"]
    assert told.returncode == exits.DEFICIENT
    assert "all caught, the firm's own findings unchanged" in told.stdout
    assert "全部查出" in planted.stdout


def test_show_of_a_finding_that_is_not_there_says_so(audited: Small) -> None:
    told = call("show", "password-age-123", "-w", audited.folder)

    assert told.returncode == exits.USAGE
    assert "password-age-123" in told.stderr


def test_audit_of_everything_is_unevidenced_where_little_was_loaded(audited: Small) -> None:
    told = call("audit", "-w", audited.folder, "--json")
    record = json.loads(told.stdout)

    outcomes = {result["control"]: result["outcome"] for result in record["results"]}
    assert told.returncode == exits.DEFICIENT
    assert outcomes["password-age"] == "unevidenced"
    assert "conforming" not in {outcomes[name] for name in ("audit-log-retention", "vendor-top-privilege")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--control", "pasword-age"), "did you mean password-age"),
        (("--engine", "oracle"), "unknown engine"),
        (("--from", "2026-12-01"), "makes no sense"),
    ],
)
def test_audit_refuses_what_cannot_be(audited: Small, words: tuple[str, ...], said: str) -> None:
    told = call("audit", "-w", audited.folder, "--lang", "en", *words)

    assert told.returncode == exits.USAGE
    assert said in told.stderr


def test_a_looser_parameter_is_refused_by_name(audited: Small) -> None:
    toml = audited.folder / "chahe.toml"
    toml.write_text(toml.read_text("utf-8") + "\n[parameters.password-age]\nmax_age = 4\n", "utf-8")

    told = call("audit", "-w", audited.folder, "--lang", "en")

    assert told.returncode == exits.USAGE
    assert "max_age" in told.stderr


@pytest.mark.parametrize("name", ["audit.xlsx", "audit.html"])
def test_reports_hold_the_finding_and_are_the_same_twice(audited: Small, name: str) -> None:
    one, two = audited.folder / f"1-{name}", audited.folder / f"2-{name}"
    for path in (one, two):
        assert call("report", "-w", audited.folder, "-o", path).returncode == exits.FINE

    assert one.read_bytes() == two.read_bytes()
    if name.endswith("xlsx"):
        sheets = openpyxl.load_workbook(one)
        text = "".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    else:
        text = one.read_text("utf-8")
    assert "fg-test" in text
    assert "FG100E0000000001" in text


def test_controls_and_templates_are_listed_and_shown(tmp_path: Path) -> None:
    assert "password-age" in call("controls").stdout
    assert "max_age_since" in call("controls", "password-age").stdout
    assert "員工名冊" in call("template").stdout
    made = call("template", "employees", "-o", tmp_path / "staff.xlsx")
    assert made.returncode == exits.FINE
    assert (tmp_path / "staff.xlsx").stat().st_size > 0
    assert call("template", "employes").returncode == exits.USAGE


def test_audit_says_which_files_no_result_speaks_of(audited: Small) -> None:
    quiet = call("audit", "-w", audited.folder, "--lang", "en", "--control", "firewall-log-retention")
    audited.write("letter.txt", "Dear colleague\n")
    told = call("audit", "-w", audited.folder, "--lang", "en", "--control", "firewall-log-retention")

    assert "were not read" not in quiet.stdout
    assert "records/letter.txt" in told.stdout.replace("\n", "")


def test_ingest_and_sources_tell_of_a_mapped_column_that_no_record_fills(tmp_path: Path) -> None:
    source = (
        '\n[[source]]\nname = "portal"\npaths = ["portal.log"]\n[source.map]\ntable = "auth_events"\nform = "json"\n'
        'columns = { happened_at_us = "ts", host = "host", account = "usr", activity = "what" }\n'
    )
    (tmp_path / "chahe.toml").write_text(CHAHE_TOML + source, "utf-8")
    (tmp_path / "portal.log").write_text('{"ts": 1795309200, "host": "portal", "user": "mei", "what": "logon"}\n')
    Small(tmp_path)

    for command in ("ingest", "sources"):
        said = call(command, "-w", tmp_path, "--lang", "en").stdout
        assert "portal.log: no record has a value for account (mapped from usr)" in " ".join(said.split())
