"""What leaves a store after its period leaves for good, with its entry; what must stay stays."""

from datetime import date
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from chahe.engine import expiry
from chahe.engine.expiry import expire, finish, holds, items
from chahe.engine.ingest import Ingest, ingest
from chahe.engine.ready import Ready
from chahe.engine.store import Store
from chahe.engine.vaults import store_to_write
from chahe.sources.catalogue import readers
from chahe.vault.entries import Kind
from chahe.vault.errors import Missing
from chahe.vault.keeping.retention import Hold, Item, NotTwoPeople, TooEarly, check_may_go
from chahe.vault.raw.objects import Objects, key_of
from chahe.vault.raw.shredding import LOCKED, Shredder, WrappingKey
from chahe.vault.tlog.merkle import leaf_hash, verify_inclusion
from chahe.vault.vault import Vault
from chahe.workspace import Workspace, open_workspace
from workspaces import CHAHE_TOML, FIREWALLS_CSV, NOW_US, fortigate_line

OLD = "2020-01-05"
FREE = date(2023, 1, 6)
"""Three years after the old log's only day, and a day."""
TODAY = date(2026, 11, 22)
BOTH = ("王小明", "林小美")


class Firm:
    """A workspace with a vault: an old log, a new one, and a list."""

    def __init__(self, folder: Path) -> None:
        (folder / "records").mkdir(parents=True)
        (folder / "chahe.toml").write_text(CHAHE_TOML, "utf-8")
        self.folder = folder
        self.write("old.log", "".join(fortigate_line(number, OLD) for number in range(20)))
        self.write("new.log", "".join(fortigate_line(number) for number in range(20)))
        self.write("firewalls.csv", FIREWALLS_CSV)
        self.ingest()

    def write(self, name: str, text: str) -> None:
        (self.folder / "records" / name).write_text(text, "utf-8")

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.folder)

    @property
    def store(self) -> Store:
        return store_to_write(self.workspace, at_us=NOW_US, random=Random(1).randbytes)  # noqa: S311 - a test's own chance

    @property
    def vault(self) -> Vault:
        journal = self.store.journal
        assert journal is not None
        return journal.vault

    def ingest(self, now_us: int = NOW_US) -> Ingest:
        done = ingest(self.workspace, self.store, readers(), now_us=now_us, environment={}, progress=lambda *_: None)
        assert not done.refused
        return done

    def item(self, name: str) -> Item:
        return next(item for item in items(self.store) if item.path == f"records/{name}")

    def expire(self, *names: str, day: date = TODAY, by: tuple[str, ...] = BOTH) -> None:
        expire(self.store, self.vault, [self.item(name) for name in names], day=day, by=by, at_us=NOW_US)


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path / "firm")


def test_a_log_stays_three_calendar_years_from_its_newest_record(firm: Firm) -> None:
    item = firm.item("old.log")
    assert [(duty.rule, duty.since, duty.until) for duty in item.duties] == [
        ("firewall_events", date(2020, 1, 5), date(2023, 1, 5))
    ]
    assert item.free_from == FREE
    with pytest.raises(TooEarly):
        check_may_go(item, [], date(2023, 1, 5))
    check_may_go(item, [], FREE)


def test_of_what_could_not_be_read_nobody_knows_the_day(firm: Firm) -> None:
    firm.write("odd.log", fortigate_line(1, OLD) + fortigate_line(2, OLD).replace("date=2020", "date=20x0"))
    [load] = firm.ingest().loaded
    assert load.rejects == 1
    [duty] = firm.item("odd.log").duties
    assert duty.since == date(2026, 11, 22)


def test_the_newest_version_of_a_list_stays_and_an_older_one_counts_from_the_newer(firm: Firm) -> None:
    before = firm.item("firewalls.csv")
    assert before.in_use
    text = CHAHE_TOML.replace("observed = 2026-11-22T12:00:00+08:00", "observed = 2026-12-01")
    assert text != CHAHE_TOML
    (firm.folder / "chahe.toml").write_text(text, "utf-8")
    firm.write("firewalls.csv", FIREWALLS_CSV + "fg-two,2026-11-02\n")
    firm.ingest()
    older = next(item for item in items(firm.store) if item.object == before.object)
    newer = next(item for item in items(firm.store) if item.path == older.path and item.object != before.object)
    assert (older.in_use, newer.in_use) == (False, True)
    assert [(duty.rule, duty.since) for duty in older.duties] == [("firewalls", date(2026, 12, 1))]


def test_what_leaves_leaves_its_entry_and_nothing_else(firm: Firm) -> None:
    item = firm.item("old.log")
    [load] = [load for load in firm.store.loads() if load.path == "records/old.log"]
    before = firm.vault.checkpoint
    proof = firm.vault.log.inclusion(0, before.size)
    firm.expire("old.log")
    [(_, entry)] = firm.vault.entries(Kind.DELETION)
    assert (entry["object"], entry["by"], entry["rule"]) == (item.object, list(BOTH), "firewall_events")
    assert f"tables/firewall_events/{load.load}.parquet" in entry["parts"]
    assert f"hours/firewall_events/{load.load}.parquet" in entry["parts"]
    assert not any("ledgers/" in name for name in entry["parts"])
    with pytest.raises(Missing):
        firm.store.objects.open(item.object)
    assert not any((firm.store.folder / str(name)).exists() for name in entry["parts"])
    verify_inclusion(leaf_hash(firm.vault.log.entry(0)), 0, before.size, path=proof, root=before.root)
    assert firm.store.ledger(load.load).exists()
    assert [one.path for one in items(firm.store)] == ["records/firewalls.csv", "records/new.log"]


def test_what_left_is_known_and_not_loaded_again(firm: Firm) -> None:
    firm.expire("old.log")
    assert firm.ingest(NOW_US + 1).loaded == []


def test_an_audit_afterwards_rests_on_other_loads(firm: Firm) -> None:
    from chahe.engine.binding import Span  # noqa: PLC0415 - beside its use
    from chahe.engine.embedded import Embedded  # noqa: PLC0415

    def loads() -> list[str]:
        with Embedded() as engine:
            ready = Ready(engine, firm.store, Span(TODAY, TODAY, TODAY), firm.workspace.sources)
            return [load.path for load in ready.loads(["firewall_events"])]

    assert sorted(loads()) == ["records/new.log", "records/old.log"]
    firm.expire("old.log")
    assert loads() == ["records/new.log"]


def test_one_person_deletes_nothing(firm: Firm) -> None:
    with pytest.raises(NotTwoPeople):
        firm.expire("old.log", by=("王小明", "王小明 "))
    assert list(firm.vault.entries(Kind.DELETION)) == []
    assert firm.item("old.log")


def test_nothing_leaves_where_one_of_many_must_stay(firm: Firm) -> None:
    with pytest.raises(TooEarly, match="2029-11-22"):
        firm.expire("old.log", "new.log")
    assert list(firm.vault.entries(Kind.DELETION)) == []


def test_a_hold_in_the_log_keeps_what_it_covers_until_it_is_released(firm: Firm) -> None:
    held = Hold(name="case", why="lawsuit", by="Lin", sources=frozenset({"records"}))
    firm.vault.record(NOW_US, [(Kind.HOLD, held.described())])
    assert holds(firm.vault).keys() == {"case"}
    with pytest.raises(TooEarly, match="hold case"):
        firm.expire("old.log")
    firm.vault.record(NOW_US, [(Kind.RELEASE, {"hold": "case", "why": "over", "by": list(BOTH)})])
    firm.expire("old.log")


def test_a_deletion_that_a_crash_cut_short_is_carried_out(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    item = firm.item("old.log")
    with monkeypatch.context() as patched:
        patched.setattr(expiry, "finish", lambda *_: 0)
        firm.expire("old.log")
    assert firm.store.objects.open(item.object).read()
    assert finish(firm.store, firm.vault) == 1
    assert finish(firm.store, firm.vault) == 0
    with pytest.raises(Missing):
        firm.store.objects.open(item.object)


def test_a_sealed_object_leaves_with_its_key(firm: Firm) -> None:
    """The copy that somebody made of its bytes is worth nothing then."""
    vault = firm.vault
    seal = Shredder(vault.storage, WrappingKey(b"w" * 32), random=Random(2).randbytes)  # noqa: S311 - as above
    item = firm.item("old.log")
    with firm.store.objects.open(item.object) as stream:
        raw = stream.read()
    firm.store.objects.delete(item.object)
    sealed = Objects(vault.storage, seal=seal)
    path = firm.folder / "raw"
    path.write_bytes(raw)
    kept = sealed.keep(lambda: path.open("rb"), sealed=True)
    vault.record(NOW_US, [(Kind.INGEST, {"object": kept.described(), "source": "records", "path": item.path})])
    copy = vault.storage.read(key_of(item.object, "zst+gcm"))
    [locked] = vault.storage.keys(LOCKED)

    firm.expire("old.log")

    [(_, entry)] = firm.vault.entries(Kind.DELETION)
    assert entry["keys"] == [locked.removeprefix(LOCKED)]
    assert list(vault.storage.keys(LOCKED)) == []
    with vault.storage.draft() as draft:
        draft.write(copy)
        draft.publish(key_of(item.object, "zst+gcm"))
    with pytest.raises(Missing, match="destroyed"):
        sealed.open(item.object)


def test_the_days_of_a_part_are_those_of_its_records(firm: Firm) -> None:
    item = firm.item("new.log")
    [load] = [load for load in firm.store.loads() if load.path == "records/new.log"]
    days = pq.read_table(firm.store.part("firewall_events", load.load))["happened_on"].to_pylist()
    assert (item.tables["firewall_events"].first, item.tables["firewall_events"].last) == (min(days), max(days))
