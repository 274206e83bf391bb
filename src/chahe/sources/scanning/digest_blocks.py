"""Code for blocks of SHA-256 in the processor's own instructions, to be put into compiled functions. No reader of its own.

One block after another of one text waits for the block before: the instructions need some four steps each, and the
processor can begin one every two. So two texts are worked on at once.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir  # type: ignore[import-untyped] # Numba's own, without types
from numba.core import cgutils, types
from numba.extending import intrinsic

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint32]

WORDS = 8
"""Words of 32 bits in a digest, the first the most significant."""
BLOCK = 64
"""Bytes of a block."""
ROUND = (
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
)  # fmt: skip
_memory = cast("Any", cgutils)  # untyped
_NUMBER, _FOUR = ir.IntType(32), ir.VectorType(ir.IntType(32), 4)


def _one_code(_typing: Any, states: Any, row: Any, at: Any) -> Any:  # noqa: ANN401 - Numba's own types of types
    return types.void(states, row, at), _code


def _two_code(_typing: Any, states: Any, row: Any, at: Any, other_row: Any, other_at: Any) -> Any:  # noqa: ANN401 - as above
    return types.void(states, row, at, other_row, other_at), _code


def _code(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
    """Of states, and for each lane the row of its state and the address of its block."""
    states = context.make_array(signature.args[0])(context, builder, given[0]).data
    lanes = []
    for row, at in zip(given[1::2], given[2::2], strict=True):
        state = builder.gep(states, [builder.mul(row, ir.Constant(row.type, WORDS))])
        pointers = builder.bitcast(state, _FOUR.as_pointer()), builder.inttoptr(at, _FOUR.as_pointer())
        lanes.append(_Lane(builder, *pointers))
    _run(lanes)
    return context.get_dummy_value()


class _Lane:
    """One block of one text, as Intel's "SHA Extensions" (2013) lays it out: two rounds an instruction, four words a register."""

    def __init__(self, builder: Any, at_state: Any, at_data: Any) -> None:  # noqa: ANN401 - llvmlite is without types
        self.builder = builder
        self.at_state = at_state
        self.at_data = at_data
        self.rounds = self._instruction("llvm.x86.sha256rnds2", 3)
        self.first = self._instruction("llvm.x86.sha256msg1", 2)
        self.second = self._instruction("llvm.x86.sha256msg2", 2)
        self.swap = self._instruction("llvm.bswap.v4i32", 1)
        self.words: list[Any] = []

    def _instruction(self, name: str, arguments: int) -> Any:  # noqa: ANN401 - as above
        module = self.builder.module
        known = module.globals.get(name)
        return known or ir.Function(module, ir.FunctionType(_FOUR, [_FOUR] * arguments), name)

    def _picked(self, one: Any, other: Any, *places: int) -> Any:  # noqa: ANN401 - as above
        return self.builder.shuffle_vector(one, other, ir.Constant(ir.VectorType(_NUMBER, 4), list(places)))

    def _quarter(self, pointer: Any, nth: int) -> Any:  # noqa: ANN401 - as above
        return self.builder.gep(pointer, [ir.Constant(_NUMBER, nth)])

    def begin(self) -> None:
        builder = self.builder
        abcd = builder.load(self._quarter(self.at_state, 0), align=4)
        efgh = builder.load(self._quarter(self.at_state, 1), align=4)
        # The instructions want f, e, b, a and h, g, d, c, the first the least significant.
        self.abef, self.cdgh = self._picked(abcd, efgh, 5, 4, 1, 0), self._picked(abcd, efgh, 7, 6, 3, 2)
        self.abef_before, self.cdgh_before = self.abef, self.cdgh
        read = (builder.load(self._quarter(self.at_data, nth), align=1) for nth in range(4))
        self.words = [builder.call(self.swap, [words]) for words in read]

    def four(self, nth: int) -> None:
        """Rounds 4 * nth to 4 * nth + 3."""
        builder = self.builder
        if nth >= 4:
            self.words.append(self._word(self.words[nth - 4 :]))
        added = builder.add(self.words[nth], ir.Constant(_FOUR, list(ROUND[4 * nth : 4 * nth + 4])))
        self.cdgh = builder.call(self.rounds, [self.cdgh, self.abef, added])
        self.abef = builder.call(self.rounds, [self.abef, self.cdgh, self._picked(added, added, 2, 3, 0, 0)])

    def end(self) -> None:
        builder = self.builder
        abef, cdgh = builder.add(self.abef, self.abef_before), builder.add(self.cdgh, self.cdgh_before)
        builder.store(self._picked(abef, cdgh, 3, 2, 7, 6), self._quarter(self.at_state, 0), align=4)
        builder.store(self._picked(abef, cdgh, 1, 0, 5, 4), self._quarter(self.at_state, 1), align=4)

    def _word(self, earlier: list[Any]) -> Any:  # noqa: ANN401 - as above
        """The next four words of the schedule from the sixteen before."""
        builder = self.builder
        begun = builder.call(self.first, [earlier[0], earlier[1]])
        added = builder.add(begun, self._picked(earlier[2], earlier[3], 1, 2, 3, 4))
        return builder.call(self.second, [added, earlier[3]])


def _run(lanes: Sequence[_Lane]) -> None:
    for lane in lanes:
        lane.begin()
    for nth in range(16):
        for lane in lanes:
            lane.four(nth)
    for lane in lanes:
        lane.end()


def _address_code(_typing: Any, data: Any, place: Any) -> Any:  # noqa: ANN401 - as above
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        start = context.make_array(signature.args[0])(context, builder, given[0]).data
        return builder.ptrtoint(builder.gep(start, [given[1]]), context.get_value_type(types.intp))

    return types.intp(data, place), code


def _last_code(_typing: Any, to: Any, at: Any, left: Any, size: Any) -> Any:  # noqa: ANN401 - as above
    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        to, at, left, size = given
        byte, long = ir.IntType(8), ir.IntType(64)
        target = builder.inttoptr(to, byte.as_pointer())
        fits = builder.icmp_signed("<", left, ir.Constant(long, BLOCK - 8))
        blocks = builder.select(fits, ir.Constant(long, 1), ir.Constant(long, 2))
        _memory.memset(builder, target, ir.Constant(long, 2 * BLOCK), 0)
        _memory.raw_memcpy(builder, target, builder.inttoptr(at, byte.as_pointer()), left, 1)
        builder.store(ir.Constant(byte, 0x80), builder.gep(target, [left]))
        length = builder.sub(builder.mul(blocks, ir.Constant(long, BLOCK)), ir.Constant(long, 8))
        bits = builder.bswap(builder.mul(size, ir.Constant(long, 8)))
        builder.store(bits, builder.bitcast(builder.gep(target, [length]), long.as_pointer()), align=1)
        return blocks

    return types.int64(to, at, left, size), code


one_block = cast("Callable[[Words, int, int], None]", intrinsic(_one_code))
"""Take a block, by its address, into a row of states."""
two_blocks = cast("Callable[[Words, int, int, int, int], None]", intrinsic(_two_code))
"""Take two blocks into two rows, at once."""
address = cast("Callable[[Bytes, int], int]", intrinsic(_address_code))
"""Where a place of an array is in memory."""
last_blocks = cast("Callable[[int, int, int, int], int]", intrinsic(_last_code))
"""Write a text's last block or two, by address: from where on, its last bytes and how many of them, the size of the text.

FIPS 180-4 §5.1.1: a one bit, zeros, and the length in bits at the end of a block. 128 bytes are written; how many blocks count is returned.
"""
