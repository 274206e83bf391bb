"""The disk that the fault tests use does what a real one does, as long as the power is on; then it loses what it may."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.vault.storing.files import Files
from vault_disk import Crash, Disk, Process

PATHS = [Path(text) for text in ("a", "b", "a/c", "a/d", "b/c", "a/c/e")]
CALLS = ["create", "open_lock", "link", "rename", "unlink", "make_folder", "remove_folder", "stream", "size", "list"]
STEPS = st.lists(st.tuples(st.sampled_from(CALLS), st.sampled_from(PATHS), st.sampled_from(PATHS)), max_size=25)


def told(files: Files, root: Path, call: str, paths: tuple[Path, Path]) -> object:
    """What a call returns, or how it fails."""
    act: Callable[..., object] = getattr(files, call)
    arguments = [root / path for path in (paths if call in ("link", "rename") else paths[:1])]
    try:
        found = act(*arguments)
        if call == "stream":
            with found:
                return found.read()
        if call == "list":
            return sorted(found)
        if call in ("create", "open_lock"):
            files.lock(found)
            written = files.write(found, b"some bytes"[: len(str(paths[1])) * 2]) if call == "create" else 0
            files.sync(found)
            linked = files.linked(found)
            files.close(found)
            return written, linked
    except OSError as error:
        return type(error)
    return found


def outside_the_model(files: Files, root: Path, call: str, paths: tuple[Path, Path]) -> bool:
    """What the storage never does: rename or link folders, or over folders, or open anything but its own lock twice."""
    source, target = (root / path for path in paths)

    def kind(path: Path) -> str:
        try:
            files.list(path)
        except NotADirectoryError:
            return "file"
        except OSError:
            return "none"
        return "folder"

    return (call in ("link", "rename") and "folder" in (kind(source), kind(target))) or (
        call in ("open_lock", "unlink", "stream", "rename") and (kind(source) == "folder" or source == target)
    )


@settings(max_examples=200)
@given(STEPS)
def test_while_the_power_is_on_the_model_does_what_a_disk_does(steps: list[tuple[str, Path, Path]]) -> None:
    model = Process(Disk())
    with tempfile.TemporaryDirectory() as place:
        for call, *paths in steps:
            pair = (paths[0], paths[1])
            if outside_the_model(model, Path("/"), call, pair):
                continue
            expected = told(Files(), Path(place), call, pair)
            assert told(model, Path("/"), call, pair) == expected, (call, pair)


def written(process: Process, path: Path, *, sync: bool) -> None:
    handle = process.create(path)
    process.write(handle, b"0123456789")
    if sync:
        process.sync(handle)
    process.close(handle)


def outcomes(disk: Disk, look: Callable[[Process], object]) -> list[object]:
    """What may be found after a loss of power, every choice tried."""
    found = list[object]()
    todo: list[list[int]] = [[]]
    while todo:
        taken = todo.pop()
        asked = list[int]()

        def choose(options: list[object], taken: list[int] = taken, asked: list[int] = asked) -> object:
            asked.append(len(options))
            return options[taken[len(asked) - 1] if len(asked) <= len(taken) else 0]

        result = look(Process(disk.after_power_loss(choose)))
        if result not in found:
            found.append(result)
        for at in range(len(taken), len(asked)):
            todo += [[*taken, *[0] * (at - len(taken)), choice] for choice in range(1, asked[at])]
    return found


def read(process: Process) -> bytes | None:
    try:
        return process.stream(Path("/a")).read()
    except FileNotFoundError:
        return None


@pytest.mark.parametrize(
    ("sync_file", "sync_folder", "possible"),
    [
        (True, True, [b"0123456789"]),
        (True, False, [None, b"0123456789"]),
        (False, True, [b"", bytes(10), b"01234", b"01234" + bytes(5), b"0123456789"]),
        (False, False, [None, b"", bytes(10), b"01234", b"01234" + bytes(5), b"0123456789"]),
    ],
)
def test_what_was_not_synced_may_be_lost_in_part(
    sync_file: bool, sync_folder: bool, possible: list[bytes | None]
) -> None:
    process = Process(Disk())
    written(process, Path("/a"), sync=sync_file)
    if sync_folder:
        process.sync_folder(Path("/"))

    assert sorted(outcomes(process.disk, read), key=repr) == sorted(possible, key=repr)


def test_each_change_of_a_name_survives_or_not_for_itself() -> None:
    process = Process(Disk())
    written(process, Path("/old"), sync=True)
    process.sync_folder(Path("/"))
    process.rename(Path("/old"), Path("/new"))

    found = outcomes(process.disk, lambda after: sorted(after.list(Path("/"))))
    assert sorted(map(str, found)) == sorted(
        map(str, [[], [("new", False)], [("old", False)], [("new", False), ("old", False)]])
    )


def test_a_process_that_died_does_nothing_more_and_holds_no_lock() -> None:
    disk = Disk()
    first = Process(disk, lambda number, _: Crash if number == 1 else None)
    handle = first.create(Path("/a"))
    first.lock(handle)
    second = Process(disk)
    with pytest.raises(BlockingIOError):
        second.lock(second.open(Path("/a")))

    with pytest.raises(Crash):
        first.unlink(Path("/a"))
    with pytest.raises(Crash):
        first.make_folder(Path("/b"))
    assert second.list(Path("/")) == []
    second.create(Path("/a"))
