"""The first of some words in a message, whole words alone."""

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.word_scan import first_words, numbers_behind

WORDS = ("deny", "denied", "drop tcp", "discard", "discarded")


def found(message: str, words: tuple[str, ...] = WORDS) -> str:
    data = np.frombuffer(f"denied {message} denied".encode(), np.uint8)
    span = (np.array([7], np.int32), np.array([7 + len(message.encode())], np.int32))
    begins, sizes = first_words(data, span, np.ones(1, np.bool_), words)
    return data[begins[0] : begins[0] + sizes[0]].tobytes().decode()


def test_the_first_word_counts_in_any_case():
    assert found("Connection DENIED, deny") == "DENIED"
    assert found("IPS requested to drop TCP packet") == "drop TCP"


def test_a_part_of_a_word_is_none():
    assert found("undenied denying deny_it discards") == ""
    assert found("discarded") == "discarded"
    assert found("deny") == "deny"


def test_messages_that_are_not_asked_have_none():
    data = np.frombuffer(b"deny", np.uint8)
    span = (np.zeros(1, np.int32), np.full(1, 4, np.int32))

    assert first_words(data, span, np.zeros(1, np.bool_), WORDS)[1].tolist() == [0]


def test_a_number_stands_behind_its_word():
    data = np.frombuffer(b"by protocol x, protocol 47 src", np.uint8)
    span = (np.zeros(1, np.int32), np.full(1, len(data), np.int32))
    begins, sizes = numbers_behind(data, span, np.ones(1, np.bool_), np.frombuffer(b"protocol", np.uint8))

    assert data[begins[0] : begins[0] + sizes[0]].tobytes() == b"47"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["deny", "Denied", "drop ", "tcp", "discard", "ed", " ", "_", "x", "9", "-", "王"])).map(
        "".join
    )
)
def test_it_agrees_with_regular_expressions(message):
    match = re.search(r"(?ai)\b(deny|denied|drop tcp|discard|discarded)\b", message)

    assert found(message) == (match[0] if match else "")
