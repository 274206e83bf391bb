"""Phrases: what each hole takes, which phrase a line has, and that no line takes for ever."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.scanning.phrase_scan import Phrase, book_of, said

SLOTS = ("a", "b", "c")


def found(text: str, *messages: str) -> list[dict[str, str] | None]:
    """What one phrase takes out of messages; None for one it does not fit."""
    return [None if number < 0 else holes for number, holes in by((text,), *messages)]


def by(texts: tuple[str, ...], *messages: str) -> list[tuple[int, dict[str, str]]]:
    book = book_of([Phrase(text) for text in texts], SLOTS, [range(len(texts))])
    data = np.frombuffer("".join(messages).encode() + b"\0", np.uint8)
    ends = np.cumsum([len(message.encode()) for message in messages], dtype=np.int32)
    begins = np.concatenate(([0], ends[:-1])).astype(np.int32)
    told = said(book, data, (begins, ends), np.zeros(len(messages), np.int32))
    return [
        (
            int(told.phrases[line]),
            {
                slot: data[starts[line] : starts[line] + sizes[line]].tobytes().decode()
                for slot, (starts, sizes) in ((slot, told.of(slot)) for slot in SLOTS)
                if sizes[line]
            },
        )
        for line in range(len(messages))
    ]


@pytest.mark.parametrize(
    ("text", "message", "holes"),
    [
        ("user {a} in", "user mei in", {"a": "mei"}),
        ("user {a} in", "user mei  in", None),
        ("user {a} in", "user  in", None),
        ("user {a:word?} in", "user  in", {}),
        ("from {a:word but :}:{b:number}", "from 10.1.1.7:22", {"a": "10.1.1.7", "b": "22"}),
        ("from {a:word but :}:{b:number}", "from 10.1.1.7:x", None),
        ("Group = {a:all but ,}, IP", "Group = our vpn, IP", {"a": "our vpn"}),
        ("Group = {a:all? but ,}, IP", "Group = , IP", {}),
        ("{a:address} is", "10.1.1.7 is", {"a": "10.1.1.7"}),
        ("{a:address} is", "2001:db8::9 is", {"a": "2001:db8::9"}),
        ("{a:address} is", "10.1.1 is", None),
        ("{:first}{a:address}", "of abcd:12 10.1.1.7: x", {"a": "10.1.1.7"}),
        ("for {a:first} from {b}", "for x from 6.6.6.6 from 10.1.1.7", {"a": "x", "b": "6.6.6.6"}),
        ("for {a:last} from {b}", "for x from 6.6.6.6 from 10.1.1.7", {"a": "x from 6.6.6.6", "b": "10.1.1.7"}),
        ("for {a:last} from {b} port {c:number}", "for x from a port 1: y from b", {"a": "x", "b": "a", "c": "1"}),
        ("for {a:first} from", "for  from", {}),
        ("for {a:first}{$}", "for all of it", {"a": "all of it"}),
        ("for {a:last}", "for all of it", {"a": "all of it"}),
        ("{a|:built|torn} down", "torn down", {"a": "torn"}),
        ("{a|:fail|failures}; x", "failures; x", {"a": "failures"}),
        ("{|:on|off} {a}", "off mei", {"a": "mei"}),
        ("{|:on|off} {a}", "of mei", None),
        ("up{?: port {a:number}}{$}", "up port 22", {"a": "22"}),
        ("up{?: port {a:number}}{$}", "up", {}),
        ("up{?: port {a:number}}{$}", "up port 22x", None),
        ("up{?: {a}}{?: {b}} x", "up one x", {"a": "one"}),
        ("{a:first}{?:(uid={:number})} by", "mei(uid=7) by", {"a": "mei"}),
        ("={_}{a}", "=   7", {"a": "7"}),
        ("{{{a}}}", "{x}", None),
        ("{{{a:word but }}}", "{x}", None),
        ("a{$}", "ab", None),
        ("名 {a}", "名 王", {"a": "王"}),
        ("", "anything", {}),
    ],
)
def test_each_hole_takes_what_it_says(text, message, holes):
    assert found(text, message) == [holes]


def test_the_first_phrase_that_fits_is_the_lines_and_nothing_stays_of_those_before():
    texts = ("in {a} as {b} ok", "in {a}{$}", "in {:first}")

    assert by(texts, "in x as y ok", "in x", "in x as y", "out") == [
        (0, {"a": "x", "b": "y"}),
        (1, {"a": "x"}),
        (2, {}),
        (-1, {}),
    ]


def test_what_an_untaken_choice_found_is_forgotten():
    assert found("x{?: {a} {b}} y{$}", "x y") == [{}]


def test_a_hole_never_reaches_into_the_next_message():
    assert found("for {a:first} from", "for x", " from y") == [None, None]


def test_only_the_phrases_of_a_lines_group_are_tried():
    book = book_of([Phrase("a{:first}", {"is": "one"}), Phrase("{:first}", {"is": "two"})], (), [(0, 1), (1,), ()])
    data = np.frombuffer(b"abc", np.uint8)
    spans = (np.zeros(3, np.int32), np.full(3, 3, np.int32))
    told = said(book, data, spans, np.arange(3, dtype=np.int32))

    assert told.column("is").to_pylist() == ["one", "two", None]


def test_a_phrase_that_is_not_well_written_is_refused():
    with pytest.raises(ValueError, match="no kind of hole: 'wrod'"):
        book_of([Phrase("{a:wrod}")], SLOTS, [(0,)])
    with pytest.raises(ValueError, match="index"):
        book_of([Phrase("{z}")], SLOTS, [(0,)])


def test_a_line_made_to_take_long_is_given_up():
    """Sixty-four thousand places, each of which fits for sixty-four thousand bytes, were four thousand million steps."""
    assert found("{:first}a{:all but b}b", "a" * (1 << 16)) == [None]
    assert found("{a:last} from {b} port {c:number}", "x" + " from y" * 3000 + " port 7") == [
        {"a": "x" + " from y" * 2999, "b": "y", "c": "7"}
    ]


TOKENS = st.lists(st.sampled_from(["for ", " from ", "x", " ", " port ", "7", "in ", "user "]), max_size=14).map(
    "".join
)


@settings(max_examples=200, deadline=None)
@given(TOKENS)
def test_holes_are_those_of_regular_expressions(message):
    first = re.match(r"for (?:in )?(?P<a>.*?) from (?P<b>\S+)(?: port (?P<c>\d+))?", message)
    last = re.match(r"for (?P<a>.*) from (?P<b>\S+) port (?P<c>\d+)", message)

    for text, match in (
        ("for {?:in }{a:first} from {b}{?: port {c:number}}", first),
        ("for {a:last} from {b} port {c:number}", last),
    ):
        holes = None if match is None else {name: value for name, value in match.groupdict().items() if value}
        assert found(text, message) == [holes]
