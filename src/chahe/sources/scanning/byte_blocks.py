"""Sixty-four bytes looked at in one step, for scanners: where in them a sign stands, as bits. Compiled. No reader of its own.

    bits = where(data, place, EQUALS)       bit i is set where data[place + i] is "=", for i from 0 to 63
    bits &= below(end - place)              only those before `end`, that of the line
    while bits:
        found = place + lowest(bits)        the first, the second …
        bits &= bits - ONE

About thirty times as fast as a loop over bytes where the sign is rare, ten times where it is every fifth. Nothing is asked of
what stands behind `data`: past its end no bit is set. Bits are unsigned; mixed with a signed number they would become floats,
so the signs looked for are given as `np.uint8`, and places as the compiled code's own integers.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir  # type: ignore[import-untyped] # Numba's own, without types
from numba.core import types
from numba.extending import intrinsic

from chahe.sources.scanning.compiled import inlined

Bytes = npt.NDArray[np.uint8]

BLOCK = 64
ONE = np.uint64(1)
_NONE = np.uint64(0)
_ALL = np.uint64(2**64 - 1)
_BYTE, _LONG = ir.IntType(8), ir.IntType(64)


def _equal_code(_typing: Any, data: Any, _place: Any, _sign: Any) -> Any:  # noqa: ANN401 - Numba's own types of types
    block = ir.VectorType(_BYTE, BLOCK)

    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        found = builder.load(_pointer(context, builder, data, given, block), align=1)
        first = builder.insert_element(ir.Constant(block, ir.Undefined), given[2], ir.Constant(ir.IntType(32), 0))
        nowhere = ir.Constant(ir.VectorType(ir.IntType(32), BLOCK), None)
        same = builder.shuffle_vector(first, ir.Constant(block, ir.Undefined), nowhere)
        return builder.bitcast(builder.icmp_unsigned("==", found, same), _LONG)

    return types.uint64(data, types.intp, types.uint8), code


def _of_few_code(_typing: Any, data: Any, _place: Any, _sign: Any) -> Any:  # noqa: ANN401 - as above
    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        array = context.make_array(data)(context, builder, given[0])
        return builder.call(_byte_by_byte(builder.module), [array.data, array.nitems, given[1], given[2]])

    return types.uint64(data, types.intp, types.uint8), code


def _byte_by_byte(module: Any) -> Any:  # noqa: ANN401 - llvmlite is without types
    """For data shorter than a block; never put into the loops of callers, where it would keep them from being fast."""
    name = "chahe.byte_blocks.of_few"
    if name in module.globals:
        return module.globals[name]
    function = ir.Function(module, ir.FunctionType(_LONG, [_BYTE.as_pointer(), _LONG, _LONG, _BYTE]), name)
    function.linkage = "internal"
    function.attributes.add("noinline")
    letters, size, place, sign = function.args
    entry, loop, body, done = (function.append_basic_block(block) for block in ("entry", "loop", "body", "done"))
    ir.IRBuilder(entry).branch(loop)
    head = ir.IRBuilder(loop)
    index, bits = head.phi(_LONG), head.phi(_LONG)
    head.cbranch(head.icmp_signed("<", index, size), body, done)
    inner = ir.IRBuilder(body)
    same = inner.zext(inner.icmp_unsigned("==", inner.load(inner.gep(letters, [index])), sign), _LONG)
    more = inner.or_(bits, inner.shl(same, inner.sub(index, place)))
    following = inner.add(index, ir.Constant(_LONG, 1))
    inner.branch(loop)
    for phi, first, next_one in ((index, place, following), (bits, ir.Constant(_LONG, 0), more)):
        phi.add_incoming(first, entry)
        phi.add_incoming(next_one, body)
    ir.IRBuilder(done).ret(bits)
    return function


def _high_code(_typing: Any, data: Any, _place: Any) -> Any:  # noqa: ANN401 - as above
    block = ir.VectorType(_BYTE, BLOCK)

    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        found = builder.load(_pointer(context, builder, data, given, block), align=1)
        return builder.bitcast(builder.icmp_signed("<", found, ir.Constant(block, None)), _LONG)

    return types.uint64(data, types.intp), code


def _loaded_code(_typing: Any, data: Any, _place: Any) -> Any:  # noqa: ANN401 - as above
    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        return builder.load(_pointer(context, builder, data, given, _LONG), align=1)

    return types.uint64(data, types.intp), code


def _stored_code(_typing: Any, data: Any, _place: Any, _word: Any) -> Any:  # noqa: ANN401 - as above
    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        builder.store(given[2], _pointer(context, builder, data, given, ir.IntType(64)), align=1)
        return context.get_dummy_value()

    return types.void(data, types.intp, types.uint64), code


def _prefetch_code(_typing: Any, data: Any, _place: Any) -> Any:  # noqa: ANN401 - as above
    def code(context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [_BYTE.as_pointer(), number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [_BYTE.as_pointer()], kind)
        place = _pointer(context, builder, data, given, _BYTE)
        builder.call(fetch, [place, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(data, types.intp), code


def _trailing_code(_typing: Any, _bits: Any) -> Any:  # noqa: ANN401 - as above
    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401 - as above
        return builder.cttz(given[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), code


def _pointer(context: Any, builder: Any, data: Any, given: Any, kind: ir.Type) -> Any:  # noqa: ANN401 - as above
    """Where the array's bytes from the place on are, as one of `kind`."""
    start = context.make_array(data)(context, builder, given[0]).data
    return builder.bitcast(builder.gep(start, [given[1]]), kind.as_pointer())


_equal = cast("Callable[[Bytes, int, np.uint8], np.uint64]", intrinsic(_equal_code))
_of_few = cast("Callable[[Bytes, int, np.uint8], np.uint64]", intrinsic(_of_few_code))
_high = cast("Callable[[Bytes, int], np.uint64]", intrinsic(_high_code))
_loaded = cast("Callable[[Bytes, int], np.uint64]", intrinsic(_loaded_code))
_stored = cast("Callable[[Bytes, int, np.uint64], None]", intrinsic(_stored_code))
_prefetch = cast("Callable[[npt.NDArray[Any], int], None]", intrinsic(_prefetch_code))
_trailing = cast("Callable[[np.uint64], np.uint64]", intrinsic(_trailing_code))


@inlined
def where(data: Bytes, place: int, sign: np.uint8) -> np.uint64:
    """The bits of the block at `place` where `sign` stands."""
    last = len(data) - BLOCK
    if last < 0:
        return _of_few(data, place, sign)
    # Near the end of the data the last whole block is looked at, and what stands before the place shifted out.
    start = min(place, last)
    bits = _equal(data, start, sign)
    return bits if start == place else _shifted(bits, place - start)


@inlined
def above_ascii(data: Bytes, place: int) -> np.uint64:
    """The bits of the bytes above 127 in the block at `place`, all of which must be within the data."""
    return _high(data, place)


@inlined
def _shifted(bits: np.uint64, count: int) -> np.uint64:
    return bits >> np.uint64(count) if count < BLOCK else _NONE


@inlined
def below(count: int) -> np.uint64:
    """The bits of the first `count` bytes of a block."""
    if count >= BLOCK:
        return _ALL
    return (ONE << np.uint64(count)) - ONE if count > 0 else _NONE


@inlined
def lowest(bits: np.uint64) -> int:
    """The index of the first bit set, of at least one."""
    return int(_trailing(bits))


@inlined
def find(data: Bytes, begin: int, end: int, sign: np.uint8) -> int:
    """The first place of a sign from `begin`, or `end` where none stands before it."""
    for place in range(begin, end, BLOCK):
        bits = where(data, place, sign) & below(end - place)
        if bits:
            return place + lowest(bits)
    return end


@inlined
def between(bits: np.uint64, inside: np.uint64) -> np.uint64:
    """The bits from each one set up to before the next but one: what stands within quotes, the opening one with it.

    `inside` is one where the block begins within quotes, else zero.
    """
    for step in (1, 2, 4, 8, 16, 32):
        bits ^= bits << np.uint64(step)
    return bits ^ (_NONE - inside)


@inlined
def eight(data: Bytes, place: int) -> np.uint64:
    """Eight bytes as one number, the first the least; all must be within the data."""
    return _loaded(data, place)


@inlined
def put_eight(data: Bytes, place: int, word: np.uint64) -> None:
    """The same written; all eight must be within the data."""
    _stored(data, place, word)


@inlined
def soon(data: npt.NDArray[Any], place: int) -> None:
    """Have what stands at a place of an array brought near that will be looked at some rows later; any place will do."""
    _prefetch(data, place)
