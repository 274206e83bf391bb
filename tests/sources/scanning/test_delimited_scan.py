"""Lists of values cut by compiled code, against Python's own reading of the same grammar."""

import csv

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.scanning.delimited_scan import Cut, cut, lines_of, plans_of

WANTED = range(6)


def cut_of(lines: list[str], *, delimiter: str = ",", quotes: bool = True, wanted: range = WANTED) -> Cut:
    data, begins, ends = lines_of(pa.array(lines, pa.string()))
    plans = plans_of([{position: position for position in wanted}])
    kinds = np.zeros(len(lines), np.int32)
    return cut(data, begins, ends, delimiter=delimiter, plans=plans, kinds=kinds, slots=len(WANTED), quotes=quotes)


def told(found: Cut, line: int) -> list[str]:
    spans = ((found.begins[slot, line], found.sizes[slot, line]) for slot in WANTED)
    return [found.data[begin : begin + size].tobytes().decode() for begin, size in spans]


def padded(values: list[str]) -> list[str]:
    return [*values, *[""] * len(WANTED)][: len(WANTED)]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("a,b,c", ["a", "b", "c"]),
        ("a,,c,", ["a", "", "c"]),
        ("", []),
        (",", []),
        ('"a,b",c', ["a,b", "c"]),
        ('"a ""b"" c",d', ['a "b" c', "d"]),
        ('"""",x', ['"', "x"]),
        ('"",x', ["", "x"]),
        ('a"b,c"d', ['a"b', 'c"d']),
        ('"a"b,c', ['"a"b', "c"]),
        ("中文,é", ["中文", "é"]),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_values_in_quotes_may_hold_the_delimiter(line: str, values: list[str], end: str) -> None:
    assert told(cut_of(["before,it", line + end, "behind,it"]), 1) == padded(values)


def test_a_quote_that_is_not_closed_breaks_its_line_only() -> None:
    found = cut_of(["a,b", 'a,"b,c', "a,b"])
    assert found.broken.tolist() == [False, True, False]
    assert [told(found, line)[:2] for line in range(3)] == [["a", "b"], ["a", ""], ["a", "b"]]


def test_quotes_are_signs_like_others_where_they_mean_nothing() -> None:
    assert told(cut_of(['"a,b'], quotes=False), 0) == padded(['"a', "b"])


def test_it_counts_the_values_it_looked_at() -> None:
    assert cut_of(["a,b,c", "", "a,b,c,d,e,f,g,h"]).counts.tolist() == [3, 1, 6]


def test_each_line_has_the_plan_of_its_kind() -> None:
    data, begins, ends = lines_of(pa.array(["a,b,c", "d,e,f", "g,h,i", "j,k,l"]))
    plans = plans_of([{0: 0}, {2: 0, 1: 1}, {}])
    kinds = np.array([0, 1, 2, -1], np.int32)
    found = cut(data, begins, ends, delimiter=",", plans=plans, kinds=kinds, slots=2)
    assert [told_two(found, line) for line in range(4)] == [["a", ""], ["f", "e"], ["", ""], ["", ""]]


def told_two(found: Cut, line: int) -> list[str]:
    spans = ((found.begins[slot, line], found.sizes[slot, line]) for slot in range(2))
    return [found.data[begin : begin + size].tobytes().decode() for begin, size in spans]


def test_no_lines_give_nothing() -> None:
    assert cut_of([]).begins.shape == (len(WANTED), 0)


VALUES = st.lists(st.lists(st.text('ab,"| é\t', max_size=90), min_size=1, max_size=9), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_it_agrees_with_pythons_reader_of_csv(records: list[list[str]]) -> None:
    lines = []
    for record in records:
        holder = Held()
        csv.writer(holder, lineterminator="\n").writerow(record)
        lines.append(holder.text)
    found = cut_of(lines)
    assert [told(found, line) for line in range(len(lines))] == [padded(record) for record in records]
    assert not found.broken.any()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text('a,"|', max_size=200), max_size=6), st.sampled_from([",", "|"]))
def test_without_quotes_it_is_a_split(lines: list[str], delimiter: str) -> None:
    found = cut_of(lines, delimiter=delimiter, quotes=False)
    assert [told(found, line) for line in range(len(lines))] == [padded(line.split(delimiter)) for line in lines]


class Held:
    """Keeps what is written to it."""

    text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)
