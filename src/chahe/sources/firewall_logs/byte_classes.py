"""Kinds of bytes and the last of some bits, beside what `byte_blocks` has: sixty-four bytes in one step. Compiled. No reader of its own."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir  # type: ignore[import-untyped] # Numba's own, without types
from numba.core import types
from numba.extending import intrinsic

from chahe.sources.scanning.byte_blocks import BLOCK
from chahe.sources.scanning.compiled import inlined

Bytes = npt.NDArray[np.uint8]

_NONE = np.uint64(0)


def _within_code(_typing: Any, data: Any, _place: Any, _least: Any, _span: Any) -> Any:  # noqa: ANN401 - Numba's own types of types
    byte = ir.IntType(8)
    block = ir.VectorType(byte, BLOCK)

    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        start = context.make_array(data)(context, builder, given[0]).data
        place = builder.bitcast(builder.gep(start, [given[1]]), block.as_pointer())
        above = builder.sub(builder.load(place, align=1), _everywhere(builder, block, given[2]))
        return builder.bitcast(
            builder.icmp_unsigned("<=", above, _everywhere(builder, block, given[3])), ir.IntType(64)
        )

    return types.uint64(data, types.intp, types.uint8, types.uint8), code


def _everywhere(builder: Any, block: Any, byte: Any) -> Any:  # noqa: ANN401 - llvmlite is without types
    nothing, index = ir.Constant(block, ir.Undefined), ir.IntType(32)
    first = builder.insert_element(nothing, byte, ir.Constant(index, 0))
    return builder.shuffle_vector(first, nothing, ir.Constant(ir.VectorType(index, BLOCK), None))


def _leading_code(_typing: Any, _bits: Any) -> Any:  # noqa: ANN401 - as above
    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        return builder.ctlz(given[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), code


_within = cast("Callable[[Bytes, int, np.uint8, np.uint8], np.uint64]", intrinsic(_within_code))
_leading = cast("Callable[[np.uint64], np.uint64]", intrinsic(_leading_code))


@inlined
def within(data: Bytes, place: int, least: np.uint8, most: np.uint8) -> np.uint64:
    """The bits of the block at `place` where a byte from `least` to `most` stands. The data must have a block's length at least."""
    start = min(place, len(data) - BLOCK)
    bits = _within(data, start, least, np.uint8(most - least))
    if start == place:
        return bits
    return bits >> np.uint64(place - start) if place - start < BLOCK else _NONE


@inlined
def highest(bits: np.uint64) -> int:
    """The index of the last bit set, of at least one."""
    return 63 - int(_leading(bits))
