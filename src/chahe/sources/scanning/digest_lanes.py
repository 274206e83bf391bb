"""Code for blocks of SHA-256 of sixteen texts at once, in vectors of 512 bits, to be put into compiled functions. No reader of its own."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir  # type: ignore[import-untyped] # Numba's own, without types
from numba.core import types
from numba.extending import intrinsic

from chahe.sources.scanning.digest_blocks import ROUND

Words = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

LANES = 16
_NUMBER, _WIDE, _BYTES = ir.IntType(32), ir.VectorType(ir.IntType(32), LANES), ir.VectorType(ir.IntType(8), 64)
_XOR, _CHOICE, _MAJORITY = 0x96, 0xCA, 0xE8
"""What three bits make one, as the processor's instruction for it numbers them."""


def _code(_typing: Any, states: Any, ats: Any) -> Any:  # noqa: ANN401 - Numba's own types of types
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        begins = [
            context.make_array(kind)(context, builder, array).data
            for kind, array in zip(signature.args, given, strict=True)
        ]
        at_states = builder.bitcast(begins[0], _WIDE.as_pointer())
        pointers = [
            builder.inttoptr(builder.load(_place(builder, begins[1], lane)), _WIDE.as_pointer())
            for lane in range(LANES)
        ]
        _Lanes(builder).run(at_states, pointers)
        return context.get_dummy_value()

    return types.void(states, ats), code


def _place(builder: Any, pointer: Any, nth: int) -> Any:  # noqa: ANN401 - llvmlite is without types
    return builder.gep(pointer, [ir.Constant(_NUMBER, nth)])


class _Lanes:
    """FIPS 180-4 §6.2.2, each word in sixteen lanes."""

    def __init__(self, builder: Any) -> None:  # noqa: ANN401 - as above
        self.builder = builder
        three = ir.FunctionType(_WIDE, [_WIDE] * 3)
        self.turn = self._instruction("llvm.fshr.v16i32", three)
        self.bits = self._instruction("llvm.x86.avx512.pternlog.d.512", ir.FunctionType(_WIDE, [*[_WIDE] * 3, _NUMBER]))

    def _instruction(self, name: str, kind: Any) -> Any:  # noqa: ANN401 - as above
        module = self.builder.module
        return module.globals.get(name) or ir.Function(module, kind, name)

    def run(self, at_states: Any, pointers: Sequence[Any]) -> None:  # noqa: ANN401 - as above
        builder = self.builder
        before = [builder.load(_place(builder, at_states, nth), align=4) for nth in range(8)]
        state, words = before, self._words(pointers)
        for nth in range(64):
            if nth >= LANES:
                words.append(self._word(words[-LANES:]))
            state = self._round(state, builder.add(words[nth], _same(ROUND[nth])))
        for nth, (one, other) in enumerate(zip(state, before, strict=True)):
            builder.store(builder.add(one, other), _place(builder, at_states, nth), align=4)

    def _round(self, state: Sequence[Any], added: Any) -> list[Any]:  # noqa: ANN401 - as above
        a, b, c, d, e, f, g, h = state
        one = self._sum(added, h, self._three(_CHOICE, e, f, g), self._turned(e, 6, 11, 25))
        other = self.builder.add(self._turned(a, 2, 13, 22), self._three(_MAJORITY, a, b, c))
        return [self.builder.add(one, other), a, b, c, self.builder.add(d, one), e, f, g]

    def _word(self, earlier: Sequence[Any]) -> Any:  # noqa: ANN401 - as above
        one = self._turned(earlier[1], 7, 18, shifted=3)
        other = self._turned(earlier[14], 17, 19, shifted=10)
        return self._sum(earlier[0], one, earlier[9], other)

    def _sum(self, first: Any, *more: Any) -> Any:  # noqa: ANN401 - as above
        for one in more:
            first = self.builder.add(first, one)
        return first

    def _turned(self, word: Any, *by: int, shifted: int | None = None) -> Any:  # noqa: ANN401 - as above
        """The word turned by so many bits to the right, or shifted, the three put together."""
        turned = [self.builder.call(self.turn, [word, word, _same(bits)]) for bits in by]
        if shifted is not None:
            turned.append(self.builder.lshr(word, _same(shifted)))
        return self._three(_XOR, *turned)

    def _three(self, table: int, *words: Any) -> Any:  # noqa: ANN401 - as above
        return self.builder.call(self.bits, [*words, ir.Constant(_NUMBER, table)])

    def _words(self, pointers: Sequence[Any]) -> list[Any]:
        """The first sixteen words of each lane's block: what stood in one lane's vector comes into one lane of all."""
        builder = self.builder
        swap = ir.Constant(ir.VectorType(_NUMBER, 64), [nth ^ 3 for nth in range(64)])
        rows = []
        for pointer in pointers:
            read = builder.bitcast(builder.load(pointer, align=1), _BYTES)
            rows.append(builder.bitcast(builder.shuffle_vector(read, read, swap), _WIDE))
        for apart in (8, 4, 2, 1):
            for row in [row for row in range(LANES) if not row & apart]:
                rows[row], rows[row + apart] = self._exchanged(rows[row], rows[row + apart], apart)
        return rows

    def _exchanged(self, one: Any, other: Any, apart: int) -> tuple[Any, Any]:  # noqa: ANN401 - as above
        """Each the words that the other has at its place: one step of turning rows into columns."""
        kind = ir.VectorType(_NUMBER, LANES)
        low = [LANES + nth - apart if nth & apart else nth for nth in range(LANES)]
        high = [LANES + nth if nth & apart else nth + apart for nth in range(LANES)]
        return (
            self.builder.shuffle_vector(one, other, ir.Constant(kind, low)),
            self.builder.shuffle_vector(one, other, ir.Constant(kind, high)),
        )


def _same(number: int) -> Any:  # noqa: ANN401 - as above
    return ir.Constant(_WIDE, [number] * LANES)


sixteen_blocks = cast("Callable[[Words, Places], None]", intrinsic(_code))
"""Take sixteen blocks, by their addresses, into states: eight rows of words, a column a lane."""
