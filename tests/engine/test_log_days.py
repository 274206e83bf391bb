"""Logs that are read again: each day held against what the same file had held before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chahe.engine.ingest import Ingest, ingest
from chahe.engine.loads import Load
from chahe.engine.store import Store
from chahe.sources.catalogue import readers
from chahe.vault.keeping.ledger import MODULUS, Day, Ledger
from chahe.workspace import open_workspace
from workspaces import CHAHE_TOML, NOW_US, fortigate_line

FIRST, SECOND, THIRD = "2026-11-19", "2026-11-20", "2026-11-21"


def lines(day: str, count: int, begin: int = 0) -> list[str]:
    return [fortigate_line(number, day) for number in range(begin, begin + count)]


@dataclass
class Firm:
    """A workspace of one firewall log, read again and again."""

    folder: Path
    readings: int = 0

    def read(self, given: Sequence[str] | bytes, name: str = "fg.log") -> Ingest:
        data = given if isinstance(given, bytes) else "".join(given).encode()
        (self.folder / "records").mkdir(exist_ok=True)
        (self.folder / "records" / name).write_bytes(data)
        self.readings += 1
        workspace = open_workspace(self.folder)
        done = ingest(
            workspace,
            Store(workspace.vault),
            readers(),
            now_us=NOW_US + self.readings,
            environment={},
            progress=lambda path, stage: None,
        )
        assert not done.refused
        return done

    def load(self, given: Sequence[str] | bytes, name: str = "fg.log") -> Load:
        [load] = self.read(given, name).loaded
        return load

    def days(self, load: Load) -> dict[tuple[str, str | None], tuple[int, int | None, int | None]]:
        """By day and earlier load: records, records before, and how many of those are lost."""
        rows = pq.read_table(self.store.days(load.load)).to_pylist()
        return {
            (row["happened_on"].isoformat(), row["before_load"]): (row["records"], row["before_records"], row["lost"])
            for row in rows
        }

    def ledger(self, load: Load) -> Ledger:
        return Ledger.decode(self.store.ledger(load.load).read_bytes())

    @property
    def store(self) -> Store:
        return Store(open_workspace(self.folder).vault)


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    (tmp_path / "chahe.toml").write_text(CHAHE_TOML, "utf-8")
    return Firm(tmp_path)


def test_the_digest_of_a_day_is_the_sum_of_the_sha256_of_its_lines(firm: Firm) -> None:
    written = lines(FIRST, 5) + lines(SECOND, 3)
    counted = firm.ledger(firm.load(written)).streams["firewall_events"].days
    for day, part in ((FIRST, written[:5]), (SECOND, written[5:])):
        count = counted[Day(day, "fg-test")]
        by_hand = sum(int.from_bytes(sha256(line.rstrip("\n").encode()).digest(), "big") for line in part)
        assert (count.records, count.digest) == (len(part), by_hand % MODULUS)


def test_a_first_reading_is_held_against_nothing(firm: Firm) -> None:
    load = firm.load(lines(FIRST, 5) + lines(SECOND, 3))
    assert firm.days(load) == {(FIRST, None): (5, None, None), (SECOND, None): (3, None, None)}


def test_records_that_were_added_have_a_ledger_of_their_own(firm: Firm) -> None:
    """The count of a day that was committed is never mixed with what came late."""
    written = lines(FIRST, 5)
    firm.load(written)
    late = firm.load([*written, *lines(FIRST, 2, begin=50)])
    assert late.continues is not None
    assert firm.days(late) == {(FIRST, None): (2, None, None)}


def test_the_same_records_in_another_order_and_with_other_line_ends_are_the_same(firm: Firm) -> None:
    written = lines(FIRST, 5) + lines(SECOND, 3)
    before = firm.load(written)
    again = firm.load("".join(reversed(written)).replace("\n", "\r\n").encode())
    assert firm.days(again) == {(FIRST, before.load): (5, 5, 0), (SECOND, before.load): (3, 3, 0)}


def test_a_loss_is_told_although_the_day_grew(firm: Firm) -> None:
    written = lines(FIRST, 30)
    before = firm.load(written)
    again = firm.load([*written[:10], *written[12:], *lines(FIRST, 9, begin=100)])
    assert firm.days(again) == {(FIRST, before.load): (37, 30, 2)}
    [row] = pq.read_table(firm.store.days(again.load)).to_pylist()
    assert row["lost_row"] == f"{before.object}#11"
    assert row["before_row"] == f"{before.object}#1"


def test_one_of_two_equal_records_can_be_lost(firm: Firm) -> None:
    written = lines(FIRST, 3)
    before = firm.load([*written, written[1]])
    again = firm.load([written[0], written[1], written[2], *lines(FIRST, 4, begin=20)])
    assert firm.days(again) == {(FIRST, before.load): (7, 4, 1)}


def test_a_day_that_is_gone_is_told_with_no_records(firm: Firm) -> None:
    before = firm.load(lines(FIRST, 5) + lines(SECOND, 3) + lines(THIRD, 4))
    again = firm.load(lines(FIRST, 5) + lines(THIRD, 4))
    assert firm.days(again) == {
        (FIRST, before.load): (5, 5, 0),
        (SECOND, before.load): (0, 3, 3),
        (THIRD, before.load): (4, 4, 0),
    }


def test_what_was_added_to_a_log_is_owed_as_well(firm: Firm) -> None:
    """The bytes go on from the first reading; what the second had added is not all there."""
    written = lines(FIRST, 5)
    firm.load(written)
    second = firm.load([*written, *lines(FIRST, 5, begin=50)])
    third = firm.load([*written, *lines(FIRST, 4, begin=50)])
    assert third.continues == second.continues
    assert firm.days(third) == {(FIRST, second.load): (9, 10, 1)}


def test_a_log_that_grew_after_a_loss_is_held_against_nothing_more(firm: Firm) -> None:
    written = lines(FIRST, 30)
    before = firm.load(written)
    second = firm.load(written[2:])
    third = firm.load([*written[2:], *lines(SECOND, 2)])
    assert third.continues == second.load
    assert firm.days(third) == {(SECOND, None): (2, None, None)}
    fourth = firm.load([*written[3:], *lines(SECOND, 2)])
    assert firm.days(fourth) == {
        (FIRST, third.load): (27, 28, 1),
        (FIRST, before.load): (27, 30, 3),
        (SECOND, third.load): (2, 2, 0),
    }


def test_a_loss_is_not_forgotten_by_the_next_reading(firm: Firm) -> None:
    written = lines(FIRST, 30)
    before = firm.load(written)
    second = firm.load(written[2:])
    third = firm.load([*written[2:], *lines(FIRST, 2, begin=70)][::-1])
    assert firm.days(third) == {(FIRST, second.load): (30, 28, 0), (FIRST, before.load): (30, 30, 2)}


def test_what_is_there_again_is_told_so(firm: Firm) -> None:
    written = lines(FIRST, 30)
    before = firm.load(written)
    second = firm.load(written[2:])
    third = firm.load([*written, *lines(FIRST, 1, begin=70)])
    assert firm.days(third) == {(FIRST, second.load): (31, 28, 0), (FIRST, before.load): (31, 30, 0)}


def test_a_log_that_took_the_name_of_a_rotated_one_owes_nothing(firm: Firm) -> None:
    firm.load(lines(FIRST, 5) + lines(SECOND, 3))
    following = firm.load(lines(SECOND, 2, begin=600) + lines(THIRD, 4))
    assert firm.days(following) == {(SECOND, None): (2, None, None), (THIRD, None): (4, None, None)}


def test_another_file_is_held_against_nothing(firm: Firm) -> None:
    firm.load(lines(FIRST, 5))
    other = firm.load(lines(FIRST, 4), name="fg-2.log")
    assert firm.days(other) == {(FIRST, None): (4, None, None)}


def test_records_that_are_no_lines_are_counted_by_what_was_read_of_them(firm: Firm) -> None:
    heading = "發生時間,設備名稱,來源位址\n"
    rows = [f"{FIRST} 09:0{number}:00,fg-test,10.0.0.{number}\n" for number in range(4)]
    before = firm.load([heading, *rows], name="events.csv")
    again = firm.load([heading, rows[3], rows[1], rows[0]], name="events.csv")
    assert before.reader == again.reader
    assert firm.ledger(before).streams["firewall_events"].over.value == "row"
    assert firm.days(again) == {(FIRST, before.load): (3, 4, 1)}


def test_without_the_rows_of_then_only_the_counts_are_held_against_each_other(firm: Firm) -> None:
    before = firm.load(lines(FIRST, 30))
    firm.store.part("firewall_events", before.load).unlink()
    again = firm.load(lines(FIRST, 28))
    assert firm.days(again) == {(FIRST, before.load): (28, 30, None)}


def test_the_ledger_is_of_the_days_in_taipei(firm: Firm) -> None:
    load = firm.load(lines(FIRST, 1))
    [row] = pq.read_table(firm.store.days(load.load)).to_pylist()
    assert row["happened_on"] == date.fromisoformat(FIRST)
