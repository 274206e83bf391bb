"""How records come in changes nothing: the order of files, files in pieces, files twice, and files exported anew give the same findings."""

import gzip
import os
from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.ingest import ingest
from chahe.engine.outcome import Outcome
from chahe.engine.store import Store
from chahe.engine.vaults import store_to_write
from chahe.findings.identity import finding_id
from chahe.simulate.firm import made
from chahe.simulate.life.chats import write_talk
from chahe.simulate.life.company import Firm
from chahe.simulate.life.payments import write_money
from chahe.simulate.logs.orders import write_orders
from chahe.simulate.registers.credit import write_credit_registers
from chahe.simulate.registers.customers import write_client_registers
from chahe.simulate.registers.desk import write_desk
from chahe.simulate.registers.office import write_registers
from chahe.simulate.settings import settings
from chahe.simulate.truth import Truth
from chahe.sources.catalogue import readers
from chahe.workspace import open_workspace

AS_OF = date(2026, 11, 22)
NOW_US = 1_795_363_200_000_000
CONTROLS = (
    "credit-assessment-missing",
    "customer-data-query-unapproved",
    "money-between-staff-and-customer",
    "pre-trade-check-missing",
    "profit-guaranteed",
)
"""Over order logs, checks, limits, statements, look-ups and chats; registers beside them."""
LOOK_UPS = "lookups/客戶資料查詢紀錄.csv"
STAFF = "registers/員工名冊.csv"
STATEMENT = "bank/員工申報帳戶明細.csv"
CHAT = "talk/LINE_K10263.txt"

Found = dict[str, tuple[Outcome, set[str], set[str]]]


@pytest.fixture(scope="module")
def told() -> tuple[Firm, Truth]:
    return made(7, AS_OF)


REGISTERS = {"員工名冊.csv", "員工關係人.csv", "員工利害關係登記.csv", "工作指派紀錄.csv", "客戶資料.xlsx", "客戶徵信與額度.xlsx",
             "客戶資料查詢申請單.xlsx"}  # fmt: skip


def written(firm: Firm, workspace: Path) -> Path:
    """The part of the firm's files that these controls need, not ingested yet."""
    folder = workspace / "records"
    write_registers(firm, folder / "registers")
    write_client_registers(firm, folder / "registers")
    write_credit_registers(firm, folder / "registers")
    write_money(firm, folder / "bank")
    write_desk(firm, folder)
    write_talk(firm, folder / "talk")
    write_orders(firm, folder / "orders")
    for path in (*(folder / "registers").iterdir(), *(folder / "orders").iterdir()):
        if path.name not in REGISTERS and not path.name.startswith(("customer_", "exchange_", "checks_")):
            path.unlink()
    (workspace / "chahe.toml").write_text(settings(firm), "utf-8")
    return folder


@pytest.fixture
def records(told: tuple[Firm, Truth], tmp_path: Path) -> Path:
    return written(told[0], tmp_path)


def take_in(records: Path, at_us: int = NOW_US) -> Store:
    workspace = open_workspace(records.parent)
    store = store_to_write(workspace, at_us=at_us, random=os.urandom)
    done = ingest(workspace, store, readers(), now_us=at_us, environment={}, progress=lambda path, stage: None)
    assert not [one.path for one in done.refused if one.ours]
    return store


def audited(records: Path, store: Store) -> Found:
    chosen = tuple(controls()[name] for name in CONTROLS)
    span = Span(AS_OF, date(2025, 11, 23), AS_OF)
    request = Request(workspace=open_workspace(records.parent), store=store, controls=chosen, span=span)
    with Embedded() as engine:
        record = audit(engine, request, lambda control, outcome: None)
    return {
        one.control: (
            one.outcome,
            {f"{found.finding} {found.message.en}" for found in one.findings},
            {str(row) for row in one.undetermined},
        )
        for one in record.results
    }


@pytest.fixture(scope="module")
def first(told: tuple[Firm, Truth], tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What is found when every file comes once, whole and in order."""
    records = written(told[0], tmp_path_factory.mktemp("first"))
    return audited(records, take_in(records))


def test_what_is_compared_is_what_was_planted(first: Found, told: tuple[Firm, Truth]) -> None:
    planted = {finding_id(one.control, one.key) for one in told[1].findings if one.control in CONTROLS}

    assert {name.split(" ")[0] for _, found, _ in first.values() for name in found} == planted
    assert {outcome for outcome, _, _ in first.values()} == {Outcome.DEFICIENT}


def test_files_in_two_pieces_and_in_the_opposite_order_change_nothing(records: Path, first: Found) -> None:
    """Logs before registers, the later quarters before the earlier, the sources turned about."""
    for path in sorted((records / "orders").glob("*.log.gz")):
        _halve(path, [], gzip.decompress(path.read_bytes()).splitlines(keepends=True))
    lists = [*sorted((records / "orders").glob("checks_*")), *(records / name for name in (LOOK_UPS, STATEMENT, STAFF))]
    for path in lists:
        data = path.read_bytes()
        heading, *lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines(keepends=True)
        _halve(path, [heading], lines)
    toml = records.parent / "chahe.toml"
    head, *sources = toml.read_text("utf-8").split("[[source]]\n")
    toml.write_text("[[source]]\n".join([head, *reversed(sources)]), "utf-8")
    later = [records / "registers", *sorted((records / "orders").glob("*Q[12]*"))]
    for path in later:
        path.rename(records.parent / path.name)
    take_in(records)
    for path in later:
        (records.parent / path.name).rename(path)

    assert audited(records, take_in(records, NOW_US + 1)) == first


def test_the_same_file_again_changes_nothing(records: Path, first: Found) -> None:
    """Ingested twice, touched in between; logs also under another name, unpacked."""
    take_in(records)
    for path in sorted(records.rglob("*")):
        if path.is_file():
            os.utime(path, ns=(NOW_US * 1000, NOW_US * 1000))
    for path in sorted((records / "orders").glob("*.gz")):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
    for name in (LOOK_UPS, STATEMENT):
        path = records / name
        path.with_stem(path.stem + "-複本").write_bytes(path.read_bytes())

    assert audited(records, take_in(records, NOW_US + 1)) == first


def test_an_export_made_anew_counts_as_it_is_now(records: Path, first: Found) -> None:
    """First logs without a line in their midst or at their end, and lists with a row too many; then as they ought to be."""
    orders = max((records / "orders").glob("exchange_*"))
    whole = {records / name: (records / name).read_bytes() for name in (LOOK_UPS, STAFF, STATEMENT, CHAT)}
    for path, data in whole.items():
        lines = data.splitlines(keepends=True)
        stranger = lines[-1].replace(b"E", b"X")
        wrong = (
            [*lines, stranger] if path.name in (Path(STAFF).name, Path(STATEMENT).name) else lines[: len(lines) // 2]
        )
        path.write_bytes(b"".join(wrong))
    whole[orders] = orders.read_bytes()
    sent = gzip.decompress(whole[orders]).splitlines(keepends=True)
    orders.write_bytes(gzip.compress(b"".join([*sent[:40], *sent[41:]]), mtime=0))
    take_in(records)
    for path, data in whole.items():
        path.write_bytes(data)

    store = take_in(records, NOW_US + 1)

    assert len([load for load in store.loads() if load.supersedes]) == 3
    assert audited(records, store) == first


def _halve(path: Path, heading: list[bytes], lines: list[bytes]) -> None:
    middle = len(lines) // 2
    stem, dot, rest = path.name.partition(".")
    for nth, half in enumerate((lines[:middle], lines[middle:])):
        data = b"".join([*heading, *half])
        path.with_name(f"{stem}-{nth}{dot}{rest}").write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    path.unlink()
