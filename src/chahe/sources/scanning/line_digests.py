"""SHA-256 of every line of a chunk at once, by the processor's own instructions. Compiled. No reader of its own.

What `hashlib.sha256` gives for each line without its line end (FIPS 180-4); where the processor has no such instructions,
hashlib itself is asked, line by line.
"""

import hashlib
import itertools
from functools import cache

import llvmlite.binding as llvm  # type: ignore[import-untyped] # Numba's own, without types
import numpy as np
import numpy.typing as npt
from numba.core import config

from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.digest_blocks import address, last_blocks, one_block, two_blocks
from chahe.sources.scanning.digest_lanes import sixteen_blocks

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint32]
Lanes = npt.NDArray[np.int64]

WORDS = 8
"""Words of 32 bits in a digest, the first the most significant."""
_BLOCK = 64
_LANES = 16
_FEED, _RETURN = np.uint8(ord("\n")), np.uint8(ord("\r"))
_BEGIN = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
_LINE, _AT, _BLOCKS, _LEFT, _SIZE = range(5)
"""Of a lane: its line, the address of its next block, how many blocks follow there, the bytes behind them (-1: none due) and the line's size."""


@cache
def has_instructions() -> bool:
    """Does code compiled here know the processor's instructions for SHA-256?"""
    narrowed = config.CPU_NAME is not None or config.CPU_FEATURES is not None  # type: ignore[attr-defined] # set as it is imported
    return not narrowed and bool(llvm.get_host_cpu_features().get("sha", False))


@cache
def has_wide_vectors() -> bool:
    """Has it vectors of 512 bits as well (AVX-512 F and BW)?"""
    known = llvm.get_host_cpu_features()
    return has_instructions() and all(known.get(name, False) for name in ("avx512f", "avx512bw"))


def line_digests(data: Bytes, offsets: Ints) -> Words:
    """The digests of lines, a row of `WORDS` numbers each; `offsets` says where each line begins and the last one ends."""
    if has_wide_vectors():
        return _by_lanes(data, offsets)
    return _by_pairs(data, offsets) if has_instructions() else _by_library(data, offsets)


def _by_lanes(data: Bytes, offsets: Ints) -> Words:
    found = np.empty((len(offsets) - 1, WORDS), np.uint32)
    _fill_wide(data, offsets, found, np.array(_BEGIN, np.uint32))
    return found


def _by_pairs(data: Bytes, offsets: Ints) -> Words:
    found = np.tile(np.array(_BEGIN, np.uint32), (len(offsets) - 1, 1))
    _fill(data, offsets, found)
    return found


def _by_library(data: Bytes, offsets: Ints) -> Words:
    text, ends = data.tobytes(), offsets.tolist()
    lines = (text[begin:end].rstrip(b"\r\n") for begin, end in itertools.pairwise(ends))
    digests = b"".join(hashlib.sha256(line).digest() for line in lines)
    return np.frombuffer(digests, ">u4").astype(np.uint32).reshape(-1, WORDS)


@inlined
def _take(data: Bytes, offsets: Ints, lanes: Lanes, lane: int, line: int) -> None:
    """Give a lane its next line."""
    begin, end = int(offsets[line]), int(offsets[line + 1])
    while end > begin and (data[end - 1] == _FEED or data[end - 1] == _RETURN):
        end -= 1
    size = end - begin
    lanes[lane, _LINE], lanes[lane, _AT] = line, address(data, begin)
    lanes[lane, _BLOCKS], lanes[lane, _LEFT], lanes[lane, _SIZE] = size // _BLOCK, size % _BLOCK, size


@inlined
def _is_ready(lanes: Lanes, lane: int, rest: Bytes) -> bool:
    """Has the lane a block to take? Once its line has no whole ones left, the last are made in its half of `rest`."""
    if lanes[lane, _BLOCKS] == 0 and lanes[lane, _LEFT] >= 0:
        to = address(rest, 2 * _BLOCK * lane)
        lanes[lane, _BLOCKS] = last_blocks(to, lanes[lane, _AT], lanes[lane, _LEFT], lanes[lane, _SIZE])
        lanes[lane, _AT], lanes[lane, _LEFT] = to, -1
    return bool(lanes[lane, _BLOCKS] > 0)


@inlined
def _finish(lanes: Lanes, lane: int, rest: Bytes, found: Words) -> None:
    """Take what is left of a lane's line, block by block."""
    while _is_ready(lanes, lane, rest):
        one_block(found, lanes[lane, _LINE], lanes[lane, _AT])
        lanes[lane, _AT] += _BLOCK
        lanes[lane, _BLOCKS] -= 1


@compiled
def _fill(data: Bytes, offsets: Ints, found: Words) -> None:
    """Lines go through two lanes, block by block at once; a lane whose line is done takes the next."""
    rest, lanes = np.empty(2 * 2 * _BLOCK, np.uint8), np.zeros((2, 5), np.int64)
    lanes[:, _LEFT] = -1
    line, lines = 0, len(offsets) - 1
    while True:
        for lane in range(2):
            if not _is_ready(lanes, lane, rest) and line < lines:
                _take(data, offsets, lanes, lane, line)
                _is_ready(lanes, lane, rest)
                line += 1
        together = min(lanes[0, _BLOCKS], lanes[1, _BLOCKS])
        if together == 0:
            break
        at, other_at = lanes[0, _AT], lanes[1, _AT]
        for _ in range(together):
            two_blocks(found, lanes[0, _LINE], at, lanes[1, _LINE], other_at)
            at += _BLOCK
            other_at += _BLOCK
        lanes[0, _AT], lanes[1, _AT] = at, other_at
        lanes[:, _BLOCKS] -= together
    for lane in range(2):
        _finish(lanes, lane, rest, found)


@inlined
def _give_back(lanes: Lanes, lane: int, states: Words, found: Words) -> None:
    """What the lane has of its line, if it ever had one."""
    line = lanes[lane, _LINE]
    if line >= 0:
        for word in range(WORDS):
            found[line, word] = states[word, lane]


@inlined
def _together(lanes: Lanes, ats: Lanes) -> int:
    """How many blocks all lanes have, and where these begin."""
    together = lanes[0, _BLOCKS]
    for lane in range(_LANES):
        ats[lane] = lanes[lane, _AT]
        together = min(together, lanes[lane, _BLOCKS])
    return int(together)


@compiled
def _fill_wide(data: Bytes, offsets: Ints, found: Words, start: Words) -> None:
    """As `_fill`, in sixteen lanes, whose states stand beside one another; once a lane has no line left, the others' are taken one by one."""
    rest, lanes = np.empty(2 * _LANES * _BLOCK, np.uint8), np.zeros((_LANES, 5), np.int64)
    states, ats = np.empty((WORDS, _LANES), np.uint32), np.empty(_LANES, np.int64)
    lanes[:, _LEFT] = lanes[:, _LINE] = -1
    line, lines = 0, len(offsets) - 1
    while True:
        for lane in range(_LANES):
            if not _is_ready(lanes, lane, rest):
                _give_back(lanes, lane, states, found)
                if line < lines:
                    _take(data, offsets, lanes, lane, line)
                    _is_ready(lanes, lane, rest)
                    for word in range(WORDS):
                        states[word, lane] = start[word]
                    line += 1
        together = _together(lanes, ats)
        if together == 0:
            break
        for _ in range(together):
            sixteen_blocks(states, ats)
            ats += _BLOCK
        for lane in range(_LANES):
            lanes[lane, _AT] = ats[lane]
            lanes[lane, _BLOCKS] -= together
    for lane in range(_LANES):
        _give_back(lanes, lane, states, found)
        _finish(lanes, lane, rest, found)
