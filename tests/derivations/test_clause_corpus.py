"""A corpus of contract sentences of our own wording: what is agreed plainly is seen, and nothing else ever passes for it."""

from pathlib import Path

import pytest

from chahe.derivations.clause_sentences import Roles, limits_the_one_before, sentences, stances
from chahe.derivations.clause_words import WORDS

LABELLED = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "clause_corpus.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
AGREED = [(clause, text) for label, clause, text in LABELLED if label == "yes"]
NOT_PLAIN = [(clause, text) for label, clause, text in LABELLED if label in ("no", "read")]


def test_the_corpus_is_large_and_has_both_sides_of_every_clause() -> None:
    assert len(LABELLED) >= 200
    assert len({text for *_, text in LABELLED}) == len(LABELLED)
    assert {clause for clause, _ in AGREED} == {clause for clause, _ in NOT_PLAIN} == set(WORDS)


@pytest.mark.parametrize(("clause", "text"), NOT_PLAIN, ids=[text for _, text in NOT_PLAIN])
def test_no_sentence_that_does_not_agree_plainly_passes(clause: str, text: str) -> None:
    assert stances(text).get(clause) != "granted"


@pytest.mark.parametrize(("clause", "text"), AGREED, ids=[text for _, text in AGREED])
def test_a_plain_sentence_is_understood(clause: str, text: str) -> None:
    assert stances(text)[clause] == "granted"


@pytest.mark.parametrize(("clause", "text"), AGREED, ids=[text for _, text in AGREED])
def test_a_plain_sentence_stops_being_plain_by_any_restriction(clause: str, text: str) -> None:
    """The same sentence, turned by what contracts turn sentences by."""
    bare = text.rstrip("。")
    for turned in (
        f"{bare}，但乙方另有考量者不在此限。",
        f"除乙方書面反對外，{bare}。",
        f"{bare}之約定自始不生效力。",
        f"雙方尚未同意{bare}。",
        f"{bare}（本項刪除）。",
        f"□{bare}。",
    ):
        assert stances(turned).get(clause) != "granted", turned


@pytest.mark.parametrize(("clause", "text"), AGREED, ids=[text for _, text in AGREED])
def test_without_knowing_who_is_who_nothing_is_sure(clause: str, text: str) -> None:
    assert stances(text, Roles(None)).get(clause) != "granted"


def test_where_the_vendor_is_party_a_the_rights_are_read_the_other_way_round() -> None:
    assert stances("甲方得對乙方進行資安稽核。", Roles("乙方"))["right_to_audit"] != "granted"
    assert stances("乙方得對甲方進行資安稽核。", Roles("乙方"))["right_to_audit"] == "granted"


def test_plain_denials_are_told_from_doubts() -> None:
    assert stances("甲方不得對乙方進行任何稽核。")["right_to_audit"] == "denied"
    assert stances("經乙方同意後，甲方得對乙方進行稽核。")["right_to_audit"] == "unsure"
    assert stances("第八條 稽核")["right_to_audit"] == "mentioned"
    assert "right_to_audit" not in stances("乙方應按月開立統一發票。")
    assert "information_security" not in stances("第四條 資安事件通報")


def test_sentences_keep_their_places() -> None:
    text = "　甲方得稽核。 乙方應配合；\n但有例外"
    found = [(one.begins, one.text, one.ended) for one in sentences(text)]

    assert found == [(1, "甲方得稽核。", True), (8, "乙方應配合;".replace(";", "；"), True), (15, "但有例外", False)]
    assert all(text[begins : begins + len(words)] == words for begins, words, _ in found)


def test_only_a_sentence_that_takes_back_limits_the_one_before() -> None:
    assert limits_the_one_before("但乙方得拒絕之。")
    assert limits_the_one_before("前項規定不適用於備援機房。")
    assert not limits_the_one_before("前項稽核費用由甲方負擔。")
    assert not limits_the_one_before("乙方不得拒絕。")
