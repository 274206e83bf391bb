"""Chance by place: the nth number of a subject is the same however many are asked for, in whatever order or blocks."""

from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_ALL: Final = 2**64 - 1


class Chance:
    """One subject's numbers.

    A generator that is drawn from in turn would give other numbers to other blocks, and could not be asked for the numbers of
    some customers alone; so each number is made of its place by SplitMix64's finaliser (Steele, Lea and Flood, OOPSLA 2014).
    """

    def __init__(self, seed: int, subject: str) -> None:
        self._key = np.uint64(int.from_bytes(sha256(f"{seed} {subject}".encode()).digest()[:8], "big"))

    def bits(self, places: Ints) -> NDArray[np.uint64]:
        """Sixty-four even bits for each place."""
        mixed = self._key + (places.astype(np.uint64) + np.uint64(1)) * _GOLDEN
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        return mixed ^ (mixed >> np.uint64(31))

    def share(self, places: Ints) -> Floats:
        """Evenly from 0 up to, never at, 1."""
        return (self.bits(places) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, places: Ints, limit: int | Ints) -> Ints:
        """Evenly from 0 up to, never at, the limit."""
        return (self.share(places) * limit).astype(np.int64)

    def one(self, place: int, limit: int) -> int:
        """`below` for a single place, without a column of one."""
        mixed = (int(self._key) + (place + 1) * int(_GOLDEN)) & _ALL
        mixed = ((mixed ^ (mixed >> 30)) * int(_FIRST)) & _ALL
        mixed = ((mixed ^ (mixed >> 27)) * int(_SECOND)) & _ALL
        return int(((mixed ^ (mixed >> 31)) >> 11) * 2.0**-53 * limit)


class Numbering:
    """Serial numbers spread over all numbers of as many digits: no two alike, and nothing to be told from their order."""

    def __init__(self, seed: int, subject: str, digits: int) -> None:
        self.domain: int = 10**digits
        chance = Chance(seed, f"numbering {subject}")
        # A multiplier that neither 2 nor 5 divides meets every number below a power of ten once.
        step = chance.one(0, self.domain // 10) * 10 + (1, 3, 7, 9)[chance.one(1, 4)]
        self._step: int = step
        self._first: int = chance.one(2, self.domain)

    def of(self, serial: int) -> int:
        """The number of a serial number below the domain."""
        return (serial * self._step + self._first) % self.domain

    def all_of(self, serials: Ints) -> Ints:
        """`of` for many; the domain has nine digits at most, so that the product stays within 64 bits."""
        return (serials * self._step + self._first) % self.domain
