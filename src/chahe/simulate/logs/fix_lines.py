"""Lines of FIX logs as columns of text: the moment, the direction, and a message with its length and its sum."""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.days import HOUR_US
from chahe.simulate.logs.texts import Column, Ints, hours, joined, listed, micros_of, minutes_and_seconds

SOH: Final = "\x01"
CUSTOMER_VERSION: Final = "FIX.4.2"
EXCHANGE_VERSION: Final = "FIX.4.4"
_UTC: Final = 8 * HOUR_US
_LONGEST: Final = 1_000


class Moments(NamedTuple):
    """Moments as logs write them (on the Taipei clock) and as FIX wants them (UTC)."""

    logged: Column
    stamped: Column


def moments(micros: Ints) -> Moments:
    hour, rest = hours(micros, "%Y%m%d-%H:")
    fine = joined(minutes_and_seconds(rest), ".", micros_of(rest))
    return Moments(joined(hour, fine), joined(hours(micros - _UTC, "%Y%m%d-%H:")[0], fine))


def listed_moments(micros: Ints) -> Column:
    """As lists write them."""
    hour, rest = hours(micros, "%Y-%m-%d %H:")
    return joined(hour, minutes_and_seconds(rest), ".", micros_of(rest))


def framed(logged: Column, direction: str, version: str, body: Column) -> Column:
    """The lines with their ends, each of a message whose body begins with its type; with BodyLength (9) and CheckSum (10)."""
    lengths = np.asarray(pc.binary_length(body).to_numpy(zero_copy_only=False), dtype=np.int64)
    heads, sums = _heads(version)
    total = (sums[lengths] + _sums(body)) % 256
    return joined(logged, f" {direction}", listed(heads, lengths), body, "10=", listed(_ends(), total))


def _sums(texts: Column) -> Ints:
    """Of each text the sum of its bytes, as far as it tells the rest of a division by 256."""
    if not len(texts):
        return np.empty(0, dtype=np.int64)
    starts = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(texts.buffers()[2], dtype=np.uint8)[: starts[-1]]
    return np.add.reduceat(signs, starts[:-1], dtype=np.uint8).astype(np.int64)


@cache
def _heads(version: str) -> tuple[Column, Ints]:
    """For each length of a body what stands before it, and the sum of that."""
    texts = [f"8={version}{SOH}9={length}{SOH}" for length in range(_LONGEST)]
    return pa.array(texts), np.array([sum(one.encode()) for one in texts])


@cache
def _ends() -> Column:
    return pa.array([f"{one:03}{SOH}\n" for one in range(256)])
