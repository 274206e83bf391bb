"""Chat text made comparable: one way of writing each character, without what is put between characters to hide them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_SIMPLIFIED: Final = str.maketrans(
    "证証稳赚赔亏损获润报担负责绝对补贴给让还钱账户单买卖帮们说吗会应该为个这没问题险风进场码贷资汇转存鉴权动盘妳祢"
    "恒赢输稅开关后来时间样么种谁写讲实际书长门",
    "證證穩賺賠虧損獲潤報擔負責絕對補貼給讓還錢帳戶單買賣幫們說嗎會應該為個這沒問題險風進場碼貸資匯轉存鑑權動盤你你"
    "恆贏輸稅開關後來時間樣麼種誰寫講實際書長門",
)
"""Simplified characters, variants and the feminine you, for the words that are looked for."""
_SOUNDS: Final = (
    ("ㄅㄠˇㄓㄥˋ", "保證"), ("ㄅㄠˇ證", "保證"), ("保ㄓㄥˋ", "保證"), ("ㄅ證", "保證"), ("寶證", "保證"), ("飽證", "保證"),
    ("保zheng", "保證"), ("baozheng", "保證"), ("bao證", "保證"), ("保政", "保證"), ("穩賺不培", "穩賺不賠"), ("穩專", "穩賺"),
    ("ㄆㄟˊ", "賠"), ("ㄓㄨㄢˋ", "賺"), ("ㄨㄣˇ", "穩"), ("歸窩", "歸我"), ("算窩", "算我"), ("ㄌ", "了"), ("ㄉ", "的"), ("ㄇ", "嗎"),
    ("帳ㄏㄨˋ", "帳戶"), ("代ㄘㄠ", "代操"), ("袋操", "代操"), ("代槽", "代操"),
)  # fmt: skip
_KEPT: Final = re.compile(r"[一-鿿㐀-䶿\u3105-\u3129ˊˇˋ˙a-z0-9%,。!?;:「」『』〇()\[\]<>]")
_STOPS: Final = "。!?;！？；\n"
_SHORT: Final = 4
"""A line of so few characters without a stop goes on in the next: words written down the screen."""


def folded(text: str) -> str:
    """Letters small, NFKC, traditional characters, blanks, signs and pictures between them taken out; points of numbers stay."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_SIMPLIFIED)
    plain = re.sub(r"[\"“”]", "「", plain)
    plain = re.sub(r"(?<=\d)[.](?=\d)", "點", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    plain = "".join(sign for sign in plain if _KEPT.match(sign))
    for written, meant in _SOUNDS:
        plain = plain.replace(written, meant)
    return plain


def sentences(text: str) -> Iterator[str]:
    """The sentences of a message as they stand, each with its stop. Short lines go on in the next."""
    begins = 0
    for place, sign in enumerate(text):
        if sign not in _STOPS:
            continue
        piece = text[begins : place + 1]
        if sign == "\n" and len(folded(piece.rsplit("\n", 2)[-2])) <= _SHORT:
            continue
        if piece.strip():
            yield piece.strip()
        begins = place + 1
    if text[begins:].strip():
        yield text[begins:].strip()
