"""SHA-256 of every line of a chunk at once, by the processor's own instructions. Compiled. No reader of its own.

What `hashlib.sha256` gives for each line without its line end (FIPS 180-4); where the processor has no such instructions,
hashlib itself is asked, line by line.
"""

import hashlib
import itertools
from collections.abc import Callable
from functools import cache
from typing import Any, cast

import llvmlite.binding as llvm  # type: ignore[import-untyped] # Numba's own, without types
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba.core import config, types
from numba.extending import intrinsic

from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint32]

WORDS = 8
"""Words of 32 bits in a digest, the first the most significant."""
_BLOCK = 64
_FEED, _RETURN = np.uint8(ord("\n")), np.uint8(ord("\r"))
_BEGIN = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
_ROUND = (
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
)  # fmt: skip
_NUMBER, _FOUR = ir.IntType(32), ir.VectorType(ir.IntType(32), 4)


@cache
def has_instructions() -> bool:
    """Does code compiled here know the processor's instructions for SHA-256?"""
    narrowed = config.CPU_NAME is not None or config.CPU_FEATURES is not None  # type: ignore[attr-defined] # set as it is imported
    return not narrowed and bool(llvm.get_host_cpu_features().get("sha", False))


def line_digests(data: Bytes, offsets: Ints) -> Words:
    """The digests of lines, a row of `WORDS` numbers each; `offsets` says where each line begins and the last one ends."""
    if not has_instructions():
        return _by_library(data, offsets)
    found = np.empty((len(offsets) - 1, WORDS), np.uint32)
    _fill(data, offsets, np.array(_BEGIN, np.uint32), found)
    return found


def _by_library(data: Bytes, offsets: Ints) -> Words:
    text, ends = data.tobytes(), offsets.tolist()
    lines = (text[begin:end].rstrip(b"\r\n") for begin, end in itertools.pairwise(ends))
    digests = b"".join(hashlib.sha256(line).digest() for line in lines)
    return np.frombuffer(digests, ">u4").astype(np.uint32).reshape(-1, WORDS)


def _block_code(_typing: Any, state: Any, _row: Any, data: Any, _place: Any) -> Any:  # noqa: ANN401 - Numba's own types of types
    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        at_state = _pointer(context, builder, state, given[0], builder.mul(given[1], ir.Constant(given[1].type, WORDS)))
        at_data = _pointer(context, builder, data, given[2], given[3])
        _Block(builder).run(at_state, at_data)
        return context.get_dummy_value()

    return types.void(state, types.intp, data, types.intp), code


def _pointer(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:  # noqa: ANN401 - as above
    """Where the array's elements from the place on are, as a vector of four words."""
    start = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(start, [place]), _FOUR.as_pointer())


class _Block:
    """The code for one block, as Intel's "SHA Extensions" (2013) lays it out: two rounds an instruction, four words a register."""

    def __init__(self, builder: Any) -> None:  # noqa: ANN401 - llvmlite is without types
        self.builder = builder
        self.rounds = self._instruction("llvm.x86.sha256rnds2", 3)
        self.first = self._instruction("llvm.x86.sha256msg1", 2)
        self.second = self._instruction("llvm.x86.sha256msg2", 2)
        self.swap = self._instruction("llvm.bswap.v4i32", 1)

    def _instruction(self, name: str, arguments: int) -> Any:  # noqa: ANN401 - as above
        module = self.builder.module
        known = module.globals.get(name)
        return known or ir.Function(module, ir.FunctionType(_FOUR, [_FOUR] * arguments), name)

    def _picked(self, one: Any, other: Any, *places: int) -> Any:  # noqa: ANN401 - as above
        return self.builder.shuffle_vector(one, other, ir.Constant(ir.VectorType(_NUMBER, 4), list(places)))

    def _quarter(self, pointer: Any, nth: int) -> Any:  # noqa: ANN401 - as above
        return self.builder.gep(pointer, [ir.Constant(_NUMBER, nth)])

    def run(self, at_state: Any, at_data: Any) -> None:  # noqa: ANN401 - as above
        builder = self.builder
        abcd = builder.load(self._quarter(at_state, 0), align=4)
        efgh = builder.load(self._quarter(at_state, 1), align=4)
        # The instructions want f, e, b, a and h, g, d, c, the first the least significant.
        abef, cdgh = self._picked(abcd, efgh, 5, 4, 1, 0), self._picked(abcd, efgh, 7, 6, 3, 2)
        abef_before, cdgh_before = abef, cdgh
        words = [builder.call(self.swap, [builder.load(self._quarter(at_data, nth), align=1)]) for nth in range(4)]
        for nth in range(16):
            if nth >= 4:
                words.append(self._word(words[nth - 4 :]))
            added = builder.add(words[nth], ir.Constant(_FOUR, list(_ROUND[4 * nth : 4 * nth + 4])))
            cdgh = builder.call(self.rounds, [cdgh, abef, added])
            abef = builder.call(self.rounds, [abef, cdgh, self._picked(added, added, 2, 3, 0, 0)])
        abef, cdgh = builder.add(abef, abef_before), builder.add(cdgh, cdgh_before)
        builder.store(self._picked(abef, cdgh, 3, 2, 7, 6), self._quarter(at_state, 0), align=4)
        builder.store(self._picked(abef, cdgh, 1, 0, 5, 4), self._quarter(at_state, 1), align=4)

    def _word(self, earlier: list[Any]) -> Any:  # noqa: ANN401 - as above
        """The next four words of the schedule from the sixteen before."""
        builder = self.builder
        begun = builder.call(self.first, [earlier[0], earlier[1]])
        added = builder.add(begun, self._picked(earlier[2], earlier[3], 1, 2, 3, 4))
        return builder.call(self.second, [added, earlier[3]])


_block = cast("Callable[[Words, int, Bytes, int], None]", intrinsic(_block_code))


@compiled
def _fill(data: Bytes, offsets: Ints, start: Words, found: Words) -> None:
    rest = np.zeros(2 * _BLOCK, np.uint8)
    for line in range(len(offsets) - 1):
        begin, end = int(offsets[line]), int(offsets[line + 1])
        while end > begin and (data[end - 1] == _FEED or data[end - 1] == _RETURN):
            end -= 1
        for word in range(WORDS):
            found[line, word] = start[word]
        at = begin
        while end - at >= _BLOCK:
            _block(found, line, data, at)
            at += _BLOCK
        # FIPS 180-4 §5.1.1: a one bit, zeros, and the length in bits at the end of a block.
        left, bits = end - at, 8 * (end - begin)
        padded = _BLOCK if left < _BLOCK - 8 else 2 * _BLOCK
        for place in range(padded):
            rest[place] = data[at + place] if place < left else np.uint8(0)
        rest[left] = np.uint8(0x80)
        for place in range(8):
            rest[padded - 1 - place] = np.uint8((bits >> (8 * place)) & 255)
        for place in range(0, padded, _BLOCK):
            _block(found, line, rest, place)
