"""From where the fields of many records stand to columns: texts, words looked at once each, numbers. No reader of its own.

fields = Fields(data, {"act": 0, "spt": 1}, begins, sizes)
fields.words("act").said(action)        a column: the action of each record, by what is said of its word
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import BAD, GOOD, Spans, Texts, coded, numbers, texts

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

PORT = 65535
COUNT = 10**18
"""The most that a port and a count of bytes can be."""


@dataclass(frozen=True, slots=True)
class Words:
    """A column of texts, of each record one or none, and what is said of them."""

    texts: Texts

    def column(self) -> pa.DictionaryArray:
        """As they were written."""
        return self.texts.column()

    def said(self, of: Callable[[str], str | None]) -> pa.DictionaryArray:
        """What is said of each; null where nothing is, or no word was written."""
        return coded(self.texts.codes, pa.array([of(word) for word in self.texts.values.to_pylist()], pa.string()))

    def are(self, of: Callable[[str], bool], *, absent: bool = False) -> Flags:
        """Of which records that holds; `absent` for those without a word."""
        by_code = np.array([*(of(word) for word in self.texts.values.to_pylist()), absent])
        flags: Flags = by_code[self.texts.codes]
        return flags

    def instead(self, others: "Words") -> Self:
        """These, and where there is none the others."""
        codes = np.where(self.texts.codes < 0, others.texts.codes + len(self.texts.values), self.texts.codes)
        codes = np.where((self.texts.codes < 0) & (others.texts.codes < 0), -1, codes).astype(np.int32)
        return type(self)(Texts(codes, pa.concat_arrays([self.texts.values, others.texts.values])))

    def or_else(self, word: str | None) -> Self:
        """These, and that word where there is none."""
        if word is None:
            return self
        codes = np.where(self.texts.codes < 0, np.int32(len(self.texts.values)), self.texts.codes).astype(np.int32)
        return type(self)(Texts(codes, pa.concat_arrays([self.texts.values, pa.array([word])])))

    def rewritten(self, to: Callable[[str], str | None]) -> Self:
        """Each word put otherwise; one that is put as nothing is no word any more."""
        written = [to(word) or None for word in self.texts.values.to_pylist()]
        gone = np.array([*(word is None for word in written), True])
        codes = np.where(gone[self.texts.codes], np.int32(-1), self.texts.codes).astype(np.int32)
        return type(self)(Texts(codes, pa.array([word or "" for word in written], pa.string())))


class Fields(NamedTuple):
    """For each field, by record, where its value stands in `data`. A size of 0 is none."""

    data: Bytes
    order: Mapping[str, int]
    begins: Ints
    sizes: Ints

    def of(self, name: str) -> Spans:
        """A field's spans, by record."""
        index = self.order[name]
        return self.begins[index], self.sizes[index]

    def has(self, name: str) -> Flags:
        """Which records have the field."""
        present: Flags = self.sizes[self.order[name]] > 0
        return present

    def words(self, name: str) -> Words:
        """A field's texts."""
        return words(self.data, self.of(name))

    def written(self, name: str, record: int) -> str | None:
        """A field of one record."""
        begins, sizes = self.of(name)
        return words(self.data, (begins[record : record + 1], sizes[record : record + 1])).column()[0].as_py()  # type: ignore[no-any-return] # PyArrow is untyped

    def number(self, name: str, most: int, fates: LineFates, why: str = "number") -> pa.Array:
        """A field's whole numbers; records with something else there are rejected for that reason."""
        values, states = numbers(self.data, *self.of(name), most)
        bad = states == BAD
        if bad.any():
            fates.say(bad, why, column=name, value=lambda record: self.written(name, record))
        return nullable(values, states == GOOD)


def words(data: Bytes, spans: Spans) -> Words:
    """The texts of spans (see `spans.texts`)."""
    return Words(texts(data, *spans))


def joined(fields: Fields, where: npt.NDArray[np.int64], data: Bytes) -> Fields:
    """Fields of which those of some records were found in other bytes: these are put behind those of the others."""
    fields.begins[:, where] += np.int32(len(fields.data))
    return fields._replace(data=np.concatenate([fields.data, data]) if len(fields.data) else data)


def either(first: Spans, second: Spans) -> Spans:
    """The first spans, and the second where the first are empty."""
    empty = first[1] == 0
    return np.where(empty, second[0], first[0]), np.where(empty, second[1], first[1])


def nullable(values: Longs, valid: Flags) -> pa.Array:
    """Whole numbers for Arrow, null where not valid."""
    mask = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(pa.int64(), len(values), [mask, pa.py_buffer(np.ascontiguousarray(values))])
