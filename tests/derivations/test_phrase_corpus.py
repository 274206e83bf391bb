"""Promises and their twins, one word apart: told apart where the grammar was made for them, and measured where it was not.

The families of the part `held` were written after the grammar and are never used to mend it: what the test states is what it did at first
sight. One author wrote both, so the figures say nothing about other people's words.
"""

import csv
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from chahe.derivations.phrase_sentences import stances
from chahe.derivations.phrase_text import folded, sentences
from chahe.derivations.phrase_words import WORDS
from chahe.evidence.message_phrases import PHRASES


class Pair(NamedTuple):
    part: str
    family: str
    kind: str
    promise: str
    twin: str
    author: str
    least: str
    """How plainly the promise must be told: `doubtful` where a person would have to ask, too."""


with (Path(__file__).parent / "phrase_corpus.tsv").open(encoding="utf-8", newline="") as lines:
    PAIRS = [Pair(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
TUNED = [one for one in PAIRS if one.part == "tuned" and one.author == "first"]
HELD = [one for one in PAIRS if one.part == "held" and one.author == "first"]
SECOND = [one for one in PAIRS if one.author == "second"]


def told(text: str, kind: str) -> str:
    found = {stance for sentence in sentences(text) for name, stance in stances(sentence).items() if name == kind}
    return "promised" if "promised" in found else "doubtful" if found else "nothing"


def test_the_corpus_is_whole_and_its_families_are_apart() -> None:
    assert len(PAIRS) >= 272
    assert len({(one.kind, text) for one in PAIRS for text in (one.promise, one.twin)}) > 520
    assert not {one.family for one in TUNED} & {one.family for one in HELD}
    assert {one.kind for one in TUNED} == {one.kind for one in HELD} == set(WORDS) == set(PHRASES)


@pytest.mark.parametrize("pair", TUNED, ids=lambda pair: pair.promise)
def test_a_promise_is_told_from_its_twin(pair: Pair) -> None:
    assert told(pair.promise, pair.kind) == "promised"
    assert told(pair.twin, pair.kind) == "nothing"


def test_the_second_author_s_families_are_held_and_tuned_in_turn() -> None:
    families = sorted({one.family for one in SECOND})

    assert {one.family: one.part for one in SECOND} == {
        family: ("tuned", "held")[place % 2] for place, family in enumerate(families)
    }


def test_of_families_it_was_not_made_for_it_finds_four_fifths_and_names_few_wrongly() -> None:
    found = [told(one.promise, one.kind) for one in HELD]
    wrong = [one.twin for one in HELD if told(one.twin, one.kind) == "promised"]

    assert sum(one != "nothing" for one in found) / len(HELD) >= 0.8
    assert found.count("promised") / (found.count("promised") + len(wrong)) >= 0.95


def _blanks(text: str) -> str:
    return " ".join(text)


def _pictures(text: str) -> str:
    return "😊".join(text)


def _stars(text: str) -> str:
    return "".join(f"{sign}*" for sign in text)


def _addressed(text: str) -> str:
    return f"王姐，{text}"


def _full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@pytest.mark.parametrize("voice", [_blanks, _pictures, _stars, _addressed, _full_width])
def test_another_spelling_or_a_name_in_front_changes_nothing(voice: Callable[[str], str]) -> None:
    chosen = [one for one in TUNED if not any(sign.isdigit() or sign == "\n" for sign in one.promise + one.twin)]

    changed = [
        text
        for one in chosen
        for text, meant in ((one.promise, "promised"), (one.twin, "nothing"))
        if told(voice(text), one.kind) != meant
    ]

    assert changed == []


@pytest.mark.parametrize("denial", ["我不能說", "沒有人可以", "公司不准我", "誰敢", "從來沒有"])
@pytest.mark.parametrize(
    "promise", ["保證獲利", "保證你賺", "絕對不會賠", "穩賺不賠", "包你贏", "虧損算我的", "幫你代操"]
)
def test_a_denial_in_front_takes_a_promise_back(promise: str, denial: str) -> None:
    assert "promised" in stances(promise).values()
    assert "promised" not in stances(denial + promise).values()


def test_sentences_of_futures_with_margin_promise_nothing() -> None:
    before = (
        "期貨",
        "選擇權賣方",
        "台指大台",
        "小型台指",
        "今天",
        "客戶",
        "您的",
        "盤後",
        "原油期貨",
        "隔日沖",
        "公司",
        "我幫您查了",
    )
    middle = (
        "原始保證金",
        "維持保證金",
        "保證金",
        "超額保證金",
        "保證金專戶",
        "風險指標與保證金",
        "保證金餘額",
        "加收保證金",
    )
    behind = (
        "調高三成", "不足要補", "已匯入", "會被追繳", "不夠請賺錢再補", "低於標準就強制平倉", "一口要十八萬四千", "獲利可以出金", "一定要在中午前入帳", "賠完會收盤中高風險通知",
        "每月公告一次", "可以用有價證券抵繳", "利息不另計算", "退回交割戶",
    )  # fmt: skip
    tails = ("", "。", "喔", "，請留意", "，謝謝", "，有問題再打給我", "，賺賠都一樣", "，請盡快處理")
    spoken = ["".join(words) for words in product(before, middle, behind, tails)]

    assert len(spoken) > 10_000
    assert [text for text in spoken if stances(text)] == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("保 證–獲·利！", "保證獲利!"),
        ("稳赚不赔", "穩賺不賠"),
        ("１００％，1.5 萬、2,000元", "100%,1點5萬2000元"),
        ("說“好”", "說「好「"),
        ("寶證ㄅㄠˇㄓㄥˋ", "保證保證"),
    ],
)
def test_text_is_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_short_lines_go_on_and_long_ones_end() -> None:
    assert list(sentences("保\n證\n獲利\n今天的大盤開高\n好。收到")) == ["保\n證\n獲利\n今天的大盤開高", "好。", "收到"]
    assert list(sentences("\n\n")) == []
