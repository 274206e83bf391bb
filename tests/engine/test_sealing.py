"""Files with personal data are sealed as they come in, opened where the key is, and gone for good once they are let go."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import zstandard

from chahe.engine.backups import Occasion, Origin, export, export_apart, record_restore, restore
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.expiry import expire, items
from chahe.engine.loads import Load
from chahe.engine.ready import Ready
from chahe.engine.sealing import NoWrappingKey
from chahe.engine.show import raw_record
from chahe.engine.vaults import store_to_read, store_to_write, vault_of, verification, verifier_of
from chahe.evidence.catalogue import tables
from chahe.vault.entries import Kind
from chahe.vault.errors import Destroyed, Occupied
from chahe.vault.raw.shredding import LOCKED
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.merkle import leaf_hash, verify_inclusion
from workspaces import CHAHE_TOML, FIREWALLS_CSV, NOW_US, Small, fortigate_line

NAME = "林密封"
EMPLOYEES = f"員工編號,姓名,到職日\ne001,{NAME},2020-01-02\n"
TODAY = date(2026, 11, 22)
LATER = date(2040, 1, 1)
BOTH = ("王小明", "林小美")


@pytest.fixture
def firm(tmp_path: Path) -> Small:
    """A log, a list of firewalls, and a list of employees of which there is a newer version already."""
    made = Small(tmp_path / "firm")
    made.write("fg.log", "".join(fortigate_line(number) for number in range(20)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.write("people.csv", EMPLOYEES)
    assert not made.ingest().refused
    return made


def people(firm: Small) -> Load:
    return next(load for load in firm.store.loads() if load.path == "records/people.csv")


def forms(firm: Small) -> dict[str, str]:
    told = {str(entry["path"]): entry["object"] for _, entry in vault_of(firm.store).entries(Kind.INGEST)}
    return {path: object_["stored"]["form"] for path, object_ in told.items()}  # type: ignore[index] # JSON


def readable(folder: Path) -> Iterator[bytes]:
    """Everything below a folder as whoever finds it could read it: unpacked, and Parquet as text."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        yield data
        if path.suffix == ".parquet":
            yield str(pq.read_table(path).to_pylist()).encode()
        elif path.suffix == ".zst":
            yield zstandard.ZstdDecompressor().decompressobj().decompress(data)


def without_files(firm: Small) -> None:
    """The firm's own copies go: what is left is what the workspace keeps of them."""
    shutil.rmtree(firm.folder / "records")


def holds_name(folder: Path) -> bool:
    return any(NAME.encode() in data for data in readable(folder))


def test_only_files_that_may_hold_personal_rows_are_sealed_and_each_opens_again(firm: Small) -> None:
    load = people(firm)
    assert forms(firm) == {
        "records/fg.log": "zst",
        "records/firewalls.csv": "zst",
        "records/people.csv": "zst+gcm",
    }
    key = firm.workspace.vault_settings.wrapping_key
    assert key.stat().st_mode & 0o777 == 0o600
    reading = store_to_read(firm.workspace)
    with reading.objects.open(load.object) as stream:
        assert stream.read().decode() == EMPLOYEES
    assert NAME in raw_record(reading, f"{load.object}#2").text
    found = verification(vault_of(reading), deep=True).run()
    assert (found.unopened, found.withheld) == (0, 0)


def test_a_list_whose_table_is_declared_is_sealed_by_that_table_alone(tmp_path: Path) -> None:
    text = CHAHE_TOML + 'set = { table = "firewalls" }\n'
    (tmp_path / "firm").mkdir()
    (tmp_path / "firm" / "chahe.toml").write_text(text, "utf-8")
    made = Small(tmp_path / "firm")
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.ingest()
    assert forms(made) == {"records/firewalls.csv": "zst"}
    assert not made.workspace.vault_settings.wrapping_key.exists()


def test_without_the_wrapping_key_records_stay_closed_and_the_vault_verifies_what_it_can(firm: Small) -> None:
    load = people(firm)
    firm.workspace.vault_settings.wrapping_key.rename(firm.folder / "elsewhere")
    reading = store_to_read(firm.workspace)
    with pytest.raises(NoWrappingKey) as raised:
        raw_record(reading, f"{load.object}#1")
    assert raised.value.path == firm.workspace.vault_settings.wrapping_key
    assert raised.value.object == load.object
    assert verification(vault_of(reading), deep=True).run().unopened == 1
    assert verification(vault_of(reading)).run().unopened == 0


def test_a_lost_wrapping_key_is_not_replaced_by_a_new_one(firm: Small) -> None:
    key = firm.workspace.vault_settings.wrapping_key
    key.unlink()
    firm.write("more.csv", EMPLOYEES.replace("e001", "e002"))
    firm.store = store_to_write(firm.workspace, at_us=NOW_US, random=os.urandom)
    with pytest.raises(NoWrappingKey):
        firm.ingest()
    assert not key.exists()


def test_what_was_kept_before_sealing_stays_readable_as_it_is(tmp_path: Path) -> None:
    made = Small(tmp_path / "firm")
    path = made.write("people.csv", EMPLOYEES)
    kept = made.store.objects.keep(lambda: path.open("rb"))
    made.ingest()
    assert forms(made) == {"records/people.csv": "zst"}
    with store_to_read(made.workspace).objects.open(kept.digest) as stream:
        assert stream.read().decode() == EMPLOYEES
    verification(vault_of(made.store), deep=True).run()


def let_go(firm: Small) -> str:
    """A newer list takes the place of the employees', whose period then ends."""
    load = people(firm)
    (firm.folder / "chahe.toml").write_text(CHAHE_TOML.replace("2026-11-22T12", "2026-11-22T13"), "utf-8")
    firm.write("people.csv", "員工編號,姓名,到職日\ne009,陳新人,2021-01-02\n")
    assert [one.path for one in firm.ingest().loaded if one.path == load.path]
    item = next(one for one in items(firm.store) if one.object == load.object)
    expire(firm.store, vault_of(firm.store), [item], day=LATER, by=BOTH, at_us=NOW_US)
    return load.object


def test_once_let_go_no_row_and_no_raw_byte_is_left_and_every_proof_holds(firm: Small) -> None:
    vault = vault_of(firm.store)
    before, path = vault.checkpoint, vault.log.inclusion(1, vault.checkpoint.size)
    assert holds_name(firm.folder / "vault" / "tables")

    digest = let_go(firm)
    without_files(firm)

    assert not holds_name(firm.folder)
    with pytest.raises(Exception, match=digest):
        firm.store.objects.open(digest)
    verify_inclusion(leaf_hash(vault.log.entry(1)), 1, before.size, path=path, root=before.root)
    found = verification(vault_of(firm.store), deep=True).run()
    assert (found.deleted, found.unopened, found.withheld) == (1, 0, 0)


def test_a_data_key_that_went_without_an_entry_is_told(firm: Small) -> None:
    storage = LocalStorage(firm.folder / "vault")
    for key in list(storage.keys(LOCKED)):
        storage.delete(key)
    assert verification(vault_of(store_to_read(firm.workspace))).run().unopened == 1
    with pytest.raises(ExceptionGroup, match="1 faults"):
        verification(vault_of(store_to_read(firm.workspace)), deep=True).run()


def back(firm: Small, backup: Path, *, sealed: Path | None) -> Small:
    """The vault restored into the firm's emptied workspace, as the command does it."""
    shutil.rmtree(firm.folder / "vault")
    apart = LocalStorage(sealed) if sealed else None
    origin = Origin(LocalStorage(backup), apart, firm.workspace.vault_settings.wrapping_key)
    key = verifier_of(firm.workspace)
    done = restore(origin, firm.folder / "vault", key, progress=lambda _key: None)
    assert done.faults is None
    firm.store = store_to_write(firm.workspace, at_us=NOW_US, random=os.urandom)
    occasion = Occasion("backup", "Lin", drill=False, seconds=1)
    record_restore(vault_of(firm.store), done, occasion, at_us=NOW_US)
    return firm


def exported(firm: Small, backup: Path) -> None:
    export(vault_of(firm.store), LocalStorage(backup), to="backup", by="Lin", at_us=NOW_US, progress=lambda _key: None)


def exported_apart(firm: Small, place: Path) -> tuple[int, int]:
    vault, target = vault_of(firm.store), LocalStorage(place)
    return export_apart(vault, target, to="apart", by="Lin", at_us=NOW_US, progress=lambda _key: None)


def test_a_backup_has_neither_keys_nor_rows_of_sealed_files_and_says_so_when_it_is_back(
    firm: Small, tmp_path: Path
) -> None:
    exported(firm, tmp_path / "backup")
    assert not holds_name(tmp_path / "backup")
    assert not list(LocalStorage(tmp_path / "backup").keys(LOCKED))

    back(firm, tmp_path / "backup", sealed=None)

    found = verification(vault_of(store_to_read(firm.workspace)), deep=True).run()
    assert found.unopened == 1
    assert found.withheld == 3, "the rows, the fates and what was found in the one sealed file"
    with pytest.raises(Destroyed):
        raw_record(store_to_read(firm.workspace), f"{people(firm).object}#1")


def test_what_a_copy_is_without_makes_its_table_undetermined_and_not_smaller(firm: Small, tmp_path: Path) -> None:
    exported(firm, tmp_path / "backup")
    back(firm, tmp_path / "backup", sealed=None)
    with Embedded() as engine:
        ready = Ready(engine, firm.store, Span(TODAY, TODAY, TODAY), firm.workspace.sources)
        standing, other = ready.standing(tables()["employees"]), ready.standing(tables()["firewalls"])
    assert (standing.loaded, standing.withheld) == (False, ("records/people.csv",))
    assert (other.loaded, other.withheld) == (True, ())


def test_with_the_keys_from_their_own_place_all_is_back(firm: Small, tmp_path: Path) -> None:
    exported(firm, tmp_path / "backup")
    assert exported_apart(firm, tmp_path / "apart")[0] > 1
    assert exported_apart(firm, tmp_path / "apart") == (0, 0)

    back(firm, tmp_path / "backup", sealed=tmp_path / "apart")

    found = verification(vault_of(store_to_read(firm.workspace)), deep=True).run()
    assert (found.unopened, found.withheld) == (0, 0)
    assert NAME in raw_record(store_to_read(firm.workspace), f"{people(firm).object}#2").text


def test_what_left_leaves_the_place_of_the_keys_too(firm: Small, tmp_path: Path) -> None:
    exported(firm, tmp_path / "backup")
    exported_apart(firm, tmp_path / "apart")
    let_go(firm)
    exported(firm, tmp_path / "backup")

    copied, removed = exported_apart(firm, tmp_path / "apart")

    assert copied > 0, "what was read from the newer list"
    assert removed > 1
    assert not holds_name(tmp_path / "apart")
    assert not holds_name(tmp_path / "backup")
    back(firm, tmp_path / "backup", sealed=tmp_path / "apart")
    assert verification(vault_of(firm.store), deep=True).run().deleted == 1


def test_keys_are_not_laid_beside_the_sealed_files_of_a_backup(firm: Small, tmp_path: Path) -> None:
    exported(firm, tmp_path / "backup")
    with pytest.raises(Occupied, match="place of their own"):
        exported_apart(firm, tmp_path / "backup")


def test_rows_that_are_gone_from_a_vault_that_was_never_restored_are_a_fault(firm: Small) -> None:
    firm.store.part("employees", people(firm).load).unlink()
    with pytest.raises(ExceptionGroup, match="1 faults"):
        verification(vault_of(firm.store)).run()
