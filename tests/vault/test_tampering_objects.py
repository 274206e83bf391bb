"""Every change to an object or its index is found and placed to the block: sampled through each form, with counts."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from chahe.vault.raw.blocks import BLOCK
from chahe.vault.raw.object_check import Named, ObjectCheck, named
from chahe.vault.raw.objects import Objects, key_of
from chahe.vault.storing.local import LocalStorage

LINES = b"".join(b"line %06d of a log that goes on\n" % (at * 7919 % 10**6) for at in range(80_000))
FORMS: dict[str, bytes] = {
    "one block": LINES[:900],
    "frames": LINES,
    "as it came": b"BZh" + Random(3).randbytes(100_000),  # noqa: S311 - the same bytes each time
}
FLIPS = (0x01, 0x10, 0x80, 0xFF)


def kept(folder: Path, data: bytes) -> Named:
    objects = Objects(LocalStorage(folder))
    return named(objects.keep(lambda: BytesIO(data)).described(), 17)


def check(folder: Path) -> ObjectCheck:
    return ObjectCheck(LocalStorage(folder), Objects(LocalStorage(folder)))


def flipped(data: bytes, at: int, mask: int) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


@pytest.mark.parametrize(("form", "samples"), [("one block", 60), ("frames", 60), ("as it came", 60)])
def test_an_altered_byte_of_an_object_is_placed_to_its_block(tmp_path: Path, form: str, samples: int) -> None:
    object_ = kept(tmp_path, FORMS[form])
    data, tried = (tmp_path / object_.key).read_bytes(), 0

    for number, at in enumerate(range(0, len(data), max(1, len(data) // samples))):
        (tmp_path / object_.key).write_bytes(flipped(data, at, FLIPS[number % 4]))

        [fault] = check(tmp_path).faults(object_)

        assert (fault.place.key, fault.place.entry) == (object_.key, 17)
        assert fault.place.first == at // BLOCK * BLOCK
        assert fault.place.last == min(len(data), fault.place.first + BLOCK) - 1
        tried += 1
    assert tried >= samples


@pytest.mark.parametrize(("form", "samples"), [("frames", 40), ("as it came", 40)])
def test_an_altered_byte_of_an_index_is_placed_to_the_byte(tmp_path: Path, form: str, samples: int) -> None:
    object_ = kept(tmp_path, FORMS[form])
    key = key_of(object_.digest, "index")
    data, tried = (tmp_path / key).read_bytes(), 0

    for number, at in enumerate(range(0, len(data), max(1, len(data) // samples))):
        (tmp_path / key).write_bytes(flipped(data, at, FLIPS[number % 4]))

        [fault] = check(tmp_path).faults(object_)

        assert (fault.place.key, fault.place.entry, fault.place.first, fault.place.last) == (key, 17, at, at)
        tried += 1
    assert tried >= samples


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "cut by a byte": lambda data: data[:-1],
    "cut by half": lambda data: data[: len(data) // 2],
    "empty": lambda _data: b"",
    "grown": lambda data: data + b"\0",
    "grown by itself": lambda data: data + data,
    "begun later": lambda data: data[1:],
    "turned round": lambda data: data[::-1],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("file", ["object", "index"])
def test_a_file_that_has_another_length_or_order_is_found(tmp_path: Path, form: str, change: str, file: str) -> None:
    object_ = kept(tmp_path, FORMS[form])
    key = object_.key if file == "object" else key_of(object_.digest, "index")
    if not (tmp_path / key).exists():
        assert form == "one block"
        return
    data = (tmp_path / key).read_bytes()
    changed = CHANGES[change](data)
    (tmp_path / key).write_bytes(changed)

    [fault] = check(tmp_path).faults(object_)

    assert fault.place.key == key
    first, last = fault.place.first, fault.place.last
    assert first is not None
    assert last is not None
    apart = next(
        (at for at, (one, other) in enumerate(zip(data, changed, strict=False)) if one != other),
        min(len(data), len(changed)),
    )
    assert first <= apart <= last


def test_where_the_index_was_altered_too_the_object_is_still_found_as_a_whole(tmp_path: Path) -> None:
    object_ = kept(tmp_path, LINES)
    for key in (object_.key, key_of(object_.digest, "index")):
        data = (tmp_path / key).read_bytes()
        (tmp_path / key).write_bytes(flipped(data, len(data) // 2, 1))

    faults = check(tmp_path).faults(object_)

    assert [fault.place.key for fault in faults] == [object_.key, key_of(object_.digest, "index")]
    assert (faults[0].place.first, faults[0].place.last) == (0, object_.stored_size - 1)
