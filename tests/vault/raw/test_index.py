"""An object's index says where a place lies; what is no index is called so, whatever it holds."""

from collections.abc import Iterator
from itertools import count

import pytest

from chahe.vault.errors import Malformed
from chahe.vault.parallel import in_order
from chahe.vault.raw.blocks import BLOCK, BlockTree
from chahe.vault.raw.frames import FRAME
from chahe.vault.raw.index import Index, Nodes

NODES = tuple(bytes([at]) * 32 for at in range(3))
INDEX = Index(Nodes(2 * FRAME + 5, 6, NODES), Nodes(20_000, 0, NODES[:2]), (9_000, 10_000, 1_000))


def test_an_index_is_read_as_it_was_written() -> None:
    assert Index.of(INDEX.to_bytes(), "key") == INDEX


@pytest.mark.parametrize(
    ("place", "frame"),
    [(0, (0, 0)), (FRAME - 1, (0, 0)), (FRAME, (9_000, FRAME)), (2 * FRAME + 4, (19_000, 2 * FRAME))],
)
def test_the_frame_of_a_place_is_known(place: int, frame: tuple[int, int]) -> None:
    assert INDEX.frame_at(place) == frame


def test_without_frames_an_object_is_read_from_its_beginning() -> None:
    assert Index(INDEX.raw, INDEX.stored, ()).frame_at(FRAME) == (0, 0)
    assert Index(INDEX.raw, INDEX.stored, ()).frames_within(0, 5) is None


@pytest.mark.parametrize(
    ("stored", "raw"),
    [
        ((0, 8_999), (0, FRAME - 1)),
        ((8_999, 9_000), (0, 2 * FRAME - 1)),
        ((9_000, 18_999), (FRAME, 2 * FRAME - 1)),
        ((19_000, 40_000), (2 * FRAME, 2 * FRAME + 4)),
    ],
)
def test_stored_bytes_are_told_as_raw_ones(stored: tuple[int, int], raw: tuple[int, int]) -> None:
    assert INDEX.frames_within(*stored) == raw


def test_what_is_small_needs_no_index() -> None:
    tree = BlockTree()
    tree.update(bytes(BLOCK))
    one = Nodes.of(tree.finish(), BLOCK)

    assert not Index(one, one, ()).needed
    assert INDEX.needed


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\n",
        b"{}\n",
        b"[" * 100_000 + b"\n",
        INDEX.to_bytes()[:-1],
        INDEX.to_bytes() + b"\0",
        INDEX.to_bytes().replace(b"index 1", b"index 2"),
        INDEX.to_bytes().replace(b'"frames":3', b'"frames":-3'),
        INDEX.to_bytes().replace(b'"frames":3', b'"frames":"3"'),
    ],
)
def test_what_is_no_index_is_called_so(data: bytes) -> None:
    with pytest.raises(Malformed) as raised:
        Index.of(data, "objects/ab/abcd.index")
    assert raised.value.place.key == "objects/ab/abcd.index"


def test_work_on_threads_comes_back_in_order_and_takes_no_more_than_it_needs() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for at in count():
            taken.append(at)
            yield at

    results = in_order(lambda at: at * at, items(), threads=2)

    assert [next(results) for _ in range(50)] == [at * at for at in range(50)]
    assert len(taken) <= 55
    results.close()  # type: ignore[attr-defined]  # it is a generator


def test_what_goes_wrong_on_a_thread_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda at: 1 // (3 - at), range(9), threads=2))
