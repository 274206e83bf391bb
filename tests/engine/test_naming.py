"""Names brought together over all evidence, so that controls join across makers; what cannot be told is said."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from chahe.cli.main import group
from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.outcome import Outcome
from chahe.engine.ready import Ready
from chahe.engine.record import AuditRecord
from chahe.engine.show import Raws
from chahe.reports.page import write_page
from chahe.reports.workbook import write_workbook
from workspaces import Small

SPAN = Span(date(2026, 11, 22), date(2026, 11, 20), date(2026, 11, 22))
SYSTEMS = "系統名稱,重要系統,啟用日\ndb1,是,2026-11-20\n"
SIGN_IN = (
    "{day}T01:{minute:02}:00+08:00 {host} sshd[1]: Accepted password for {account} from 192.0.2.7 port 5022 ssh2\n"
)


def sign_ins(host: str, account: str = "mei") -> str:
    days = ("2026-11-20", "2026-11-21", "2026-11-22")
    return "".join(SIGN_IN.format(day=day, minute=n, host=host, account=account) for day in days for n in range(5))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    made = Small(tmp_path)
    made.write("systems.csv", SYSTEMS)
    made.write("auth.log", sign_ins("db1.corp.example"))
    return made


def seen(small: Small, engine: Engine, table: str, columns: str) -> list[dict[str, object]]:
    ready = Ready(engine, small.store, SPAN, small.workspace.sources)
    ready.prepare([table])
    found: list[dict[str, object]] = engine.rows(f"SELECT DISTINCT {columns} FROM {table} ORDER BY ALL").to_pylist()
    return found


def audited(small: Small, engine: Engine, *names: str) -> AuditRecord:
    chosen = tuple(controls()[name] for name in names)
    request = Request(workspace=small.workspace, store=small.store, controls=chosen, span=SPAN)
    return audit(engine, request, lambda control, outcome: None)


def test_a_log_that_writes_the_fqdn_speaks_of_the_system_in_the_register(small: Small) -> None:
    small.ingest()
    with Embedded() as engine:
        assert seen(small, engine, "auth_events", "host") == [{"host": "db1"}]
        assert seen(small, engine, "log_hours", "subject") == [{"subject": "db1"}]


def test_both_engines_bring_the_same_names_together(small: Small, cluster: Engine) -> None:
    small.ingest()
    with Embedded() as engine:
        here = audited(small, engine, "audit-log-retention", "audit-log-incomplete")

    there = audited(small, cluster, "audit-log-retention", "audit-log-incomplete")

    assert there.digest == here.digest
    assert [(one.written, one.means, one.rule) for one in here.names] == [("db1.corp.example", ("db1",), "fqdn")]
    assert AuditRecord.from_json(here.to_json()) == here


def test_a_name_of_two_hosts_leaves_no_verdict_until_it_is_declared(small: Small) -> None:
    small.write("khh.log", sign_ins("db1.khh.example"))
    small.ingest()
    with Embedded() as engine:
        before = audited(small, engine, "audit-log-incomplete")
    small.write("identities.csv", "種類,別名,正式名稱\n主機,db1.corp.example,db1\n主機,db1.khh.example,DB-KHH\n")
    small.ingest()
    with Embedded() as engine:
        after = audited(small, engine, "audit-log-incomplete")
        hosts = seen(small, engine, "auth_events", "host")

    assert before.results[0].outcome is Outcome.UNEVIDENCED
    assert any("db1.corp.example or db1.khh.example" in reason.en for reason in before.results[0].reasons)
    assert [(one.written, one.means) for one in before.names] == [("db1", ("db1.corp.example", "db1.khh.example"))]
    assert not any("could mean" in reason.en for reason in after.results[0].reasons)
    assert hosts == [{"host": "db-khh"}, {"host": "db1"}]


def test_a_scan_by_address_joins_the_host_that_has_it(small: Small) -> None:
    small.write(
        "vulnerability_scans.csv",
        "掃描編號,掃描工具,主機,主機位址,掃描時間,完成\ns1,nessus,db1,192.0.2.10,2026-11-21 10:00,是\n"
        "s2,openvas,192.0.2.10,192.0.2.10,2026-11-22 10:00,是\n",
    )
    small.ingest()
    with Embedded() as engine:
        assert seen(small, engine, "vulnerability_scans", "host") == [{"host": "db1"}]


def test_accounts_of_a_known_domain_lose_it_and_lists_merge(small: Small) -> None:
    small.write("auth.log", sign_ins("db1", "CORP\\mei") + sign_ins("db1", "mei@corp.example"))
    small.write("user_accounts.csv", "系統名稱,帳號,啟用,SID\ncorp.example,mei,是,S-1-5-21-1-2-3-1104\n")
    small.write(
        "account_rights.csv", "系統名稱,帳號,權限,最高權限\ncorp.example,S-1-5-21-1-2-3-1104,Domain Admins,是\n"
    )
    small.ingest()
    with Embedded() as engine:
        assert seen(small, engine, "auth_events", "account") == [{"account": "mei"}]
        assert seen(small, engine, "account_rights", "account") == [{"account": "mei"}]


def test_two_lists_of_one_host_under_two_names_are_one_list(small: Small) -> None:
    small.write("a.csv", "系統名稱,帳號,啟用\ndb1,root,是\n")
    small.write("b.csv", "系統名稱,帳號,啟用,密碼變更日\ndb1.corp.example,root,是,2026-11-01\n")
    small.ingest()
    with Embedded() as engine:
        rows = seen(small, engine, "user_accounts", "system, account, password_changed_on")

    assert rows == [{"system": "db1", "account": "root", "password_changed_on": date(2026, 11, 1)}]


def test_the_names_stand_in_the_reports_and_in_the_command(small: Small, tmp_path: Path) -> None:
    small.write("khh.log", sign_ins("db1.khh.example"))
    small.ingest()
    with Embedded() as engine:
        record = audited(small, engine, "audit-log-incomplete")
    write_page(record, Raws(small.store), tmp_path / "report.html", "zh")
    write_workbook(record, Raws(small.store), tmp_path / "report.xlsx", "zh")

    shown = CliRunner().invoke(group, ["names", "-w", str(small.folder), "--lang", "en"])

    assert "無法判定的名稱" in (tmp_path / "report.html").read_text("utf-8")
    assert shown.exit_code == 0
    assert "db1.khh.example" in shown.output
    assert "cannot be told" in shown.output
