"""Promises and their twins, one step apart, by two authors: told apart where the grammar was mended for them, measured where it was not.

The families of the part `held` are never used to mend the grammar. The first author wrote pairs, grammar and mends. The second wrote 243 pairs
in 22 families without having read the grammar or the first's rows, in the manner of chats: clipped, misspelled, in slang and zhuyin, with
pictures, of elderly customers, of lawyers. Families in alphabetical order are tuned and held in turn, set before the first look.

At first sight, the second's pairs (promises told plainly + in doubt / of; twins taken for a promise, in doubt):

    kind              tuned                  held
    profit_guarantee   9 + 3 / 31;  1, 0     10 + 0 / 29;  3, 0
    loss_sharing       7 + 1 / 26;  0, 0      7 + 0 / 24;  2, 0
    discretionary      5 + 2 / 22;  0, 2      2 + 1 / 22;  0, 0
    lending            5 + 1 / 22;  0, 1      2 + 2 / 21;  0, 0
    custody            3 + 0 / 22;  0, 0      3 + 0 / 24;  0, 0
    all               29 + 7 / 123; 1, 3     24 + 3 / 120; 5, 0

A quarter, then (63 of 243), where the first author's held families gave 84 of 105, with two twins taken wrongly. Mended with the tuned half,
whose promises are all told since and whose twins are silent, the grammar finds 43 of the second's held 120 and 89 of the first's 105, with the
same seven twins taken wrongly. Who mended knew the second's held words, having written them, but not which of them fail: 43 is, if
anything, too many.
"""

import csv
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest

from chahe.derivations.message_phrases import derive
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
TUNED = [one for one in PAIRS if one.part == "tuned"]
HELD = [one for one in PAIRS if one.part == "held"]


def told(text: str, kind: str) -> str:
    found = {stance for sentence in sentences(text) for name, stance in stances(sentence).items() if name == kind}
    return "promised" if "promised" in found else "doubtful" if found else "nothing"


def test_the_corpus_is_whole_and_its_families_are_apart() -> None:
    assert len(PAIRS) >= 515
    assert len({(one.kind, text) for one in PAIRS for text in (one.promise, one.twin)}) > 1000
    assert not {one.family for one in TUNED} & {one.family for one in HELD}
    for author in ("first", "second"):
        for part in (TUNED, HELD):
            assert {one.kind for one in part if one.author == author} == set(WORDS) == set(PHRASES)


@pytest.mark.parametrize("pair", TUNED, ids=lambda pair: pair.promise)
def test_a_promise_is_told_from_its_twin(pair: Pair) -> None:
    assert told(pair.promise, pair.kind) in ("promised", pair.least)
    assert told(pair.twin, pair.kind) == "nothing"


def test_the_second_author_s_families_are_held_and_tuned_in_turn() -> None:
    written = [one for one in PAIRS if one.author == "second"]
    families = sorted({one.family for one in written})

    assert not set(families) & {one.family for one in PAIRS if one.author == "first"}
    assert {one.family: one.part for one in written} == {
        family: ("tuned", "held")[place % 2] for place, family in enumerate(families)
    }


@pytest.mark.parametrize(
    ("author", "found", "plainly", "wrong", "unclear"), [("first", 89, 88, 2, 2), ("second", 43, 39, 5, 0)]
)
def test_of_families_it_was_not_made_for_it_finds_what_was_seen(
    author: str, found: int, plainly: int, wrong: int, unclear: int
) -> None:
    held = [one for one in HELD if one.author == author]
    promises = [told(one.promise, one.kind) for one in held]
    twins = [told(one.twin, one.kind) for one in held]

    assert len(promises) - promises.count("nothing") >= found
    assert promises.count("promised") >= plainly
    assert twins.count("promised") <= wrong
    assert twins.count("doubtful") <= unclear


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
        for text in (one.promise, one.twin)
        if told(voice(text), one.kind) != told(text, one.kind)
    ]

    assert changed == []


@pytest.mark.parametrize("denial", ["我不能說", "沒有人可以", "公司不准我", "誰敢", "從來沒有"])
@pytest.mark.parametrize(
    "promise", ["保證獲利", "保證你賺", "絕對不會賠", "穩賺不賠", "包你贏", "虧損算我的", "幫你代操"]
)
def test_a_denial_in_front_takes_a_promise_back(promise: str, denial: str) -> None:
    assert "promised" in stances(promise).values()
    assert "promised" not in stances(denial + promise).values()


TURNED = (
    ("profit_guarantee", "我保你不賠", "我不保你不賠", None),
    ("profit_guarantee", "本金拿得回來", "本金拿不回來", None),
    ("profit_guarantee", "這檔一定還本", "這檔不一定還本", None),
    ("profit_guarantee", "保證噴", "不保證噴", None),
    ("loss_sharing", "損失我認", "損失我不認", "損失你認"),
    ("loss_sharing", "賠了算我的", "賠了不算我的", "賠了算你的"),
    ("loss_sharing", "跌的我貼你一半", "跌的我不貼你一半", "跌的你貼我一半"),
    ("loss_sharing", "賺的分我三成", "賺的不分我三成", "賺的分你三成"),
    ("discretionary", "我幫你進出", "我不幫你進出", "你幫我進出"),
    ("discretionary", "我看準了就替你買", "我看準了也不替你買", "你看準了就替我買"),
    ("discretionary", "交給我操", "不交給我操", "交給你操"),
    ("lending", "我先借你", "我先不借你", None),
    ("lending", "跟你借十萬", "不跟你借十萬", None),
    ("lending", "交割款不夠我先墊", "交割款不夠我不墊", "交割款不夠你先墊"),
    ("custody", "印章我收著", "印章我不收著", "印章你收著"),
    ("custody", "密碼我幫你記著", "密碼我不幫你記著", "密碼你幫我記著"),
    ("custody", "錢轉到我戶頭", "錢不轉到我戶頭", "錢轉到你戶頭"),
)


@pytest.mark.parametrize(("kind", "promise", "denied", "swapped"), TURNED)
def test_a_not_inside_or_the_roles_swapped_take_a_promise_back(
    kind: str, promise: str, denied: str, swapped: str | None
) -> None:
    assert told(promise, kind) == "promised"
    assert told(denied, kind) == "nothing"
    assert swapped is None or told(swapped, kind) == "nothing"


@pytest.mark.parametrize(("role", "heard"), [("staff", True), ("customer", False), ("other", False)])
def test_promises_of_the_corpus_are_heard_of_staff_alone(role: str, heard: bool) -> None:
    said = [one.promise for one in TUNED]
    found = pa.Table.from_pylist(
        [
            {"row_id": f"a#{line}", "said_at_us": line, "conversation": "a", "sender": "b", "sender_role": role, "kind": "text", "text": text, "offset_seconds": 0}
            for line, text in enumerate(said)
        ]
    )  # fmt: skip

    assert len({row["message_row"] for row in derive(found)}) == (len(said) if heard else 0)


EVERYDAY = """
我哪有錢借您
跌了公司不會賠您，風險要自己評估
您去忙，我幫您看一下額度
我幫您下單了，您看一下回報
您先休息，我下午再打給您報價
印章我收到了，文件今天送審
對帳單我這邊寄給您
文章我存著，晚點傳您
現金股利我留著再投資，您的會匯入交割戶
這檔股票我放著領息，個人看法
帳號給我，我幫您查
密碼我記得是您自己設的
額度不夠我幫您調高，要附財力證明
券不夠我幫您借券看看
張數不夠我再出通知
缺的資料我會補回來
賺錢的方法我跟您分享，講座週三
盤後我會做報告給您
股票我會做功課再跟您說
領股利的部分我保證會寄通知
手續費只會多不會少
沒賺我頭很痛，您也是吧
股利每季自動入帳
月配息每個月自動入帳
這個知識我會吸收，謝謝您
我認識一個朋友借錢被騙
台泥去年配息還不錯
水泥就先觀察
栽培了我這麼久，謝謝您
名片卡片我放桌上
保證金不足我先通知您
跌了我再補單給您看報價
跟您借一下資料影本
我先轉給您看研究報告
您沒接電話的話我晚點再打
您不用打來，線上就能買賣
系統不會斷，我保證準時開盤前通知
資料放我這邊櫃台，您來再拿
您不用設停損，系統有提供條件單
融資成數不足，您要自己補
他跟你定存一樣嗎
這季獲利五五波，看不出來
賺賠您自己承擔，我只負責下您給的單
我幫您掛35塊買進兩張，成交再回報
您說的我照下，成交回您
存摺要刷新請帶來臨櫃，刷完還您
章請您自己蓋，我不能代蓋
虧損的對帳單我再補給您
跌這麼多我也賠很多
我借您看一下公開說明書
跌停的那張我照您說的掛出
您不用看盤，到價系統會通知
不用管大盤，您想買哪檔再跟我說
賠錢的時候我陪您檢討
這檔我看會跌，您自己決定
獲利了結的稅我拿試算表給您
匯款三萬元的手續費我查一下再還您收據
您的融資還差三萬元要還給公司
跌到三十我再通知您
我看完報告再跟您說
您這筆我再幫您看一次額度
虧損扣抵我請稅務同仁負責說明
借您五分鐘，說明一下風險預告書
我借您這支筆簽名
"""
"""What staff write every day with words of a promise in it."""


@pytest.mark.parametrize("text", EVERYDAY.split())
def test_everyday_talk_promises_nothing(text: str) -> None:
    assert [stances(sentence) for sentence in sentences(text) if stances(sentence)] == []


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
