"""Chat text made comparable: one way of writing each character, without what is put between characters to hide them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_SIMPLIFIED: Final = str.maketrans(
    "证証稳赚赔亏损获润报担负责绝对补贴给让还钱账户单买卖帮们说吗会应该为个这没问题险风进场码贷资汇转存鉴权动盘妳祢"
    "恒赢输稅开关后来时间样么种谁写讲实际书长门"
    "别无万两块几边当连续图办现银领笔随涨头准处决与须从约听财总额换请师电话发见过难锁记签钥仓库带养顾觉认垫将托尽费规违险连边阶",
    "證證穩賺賠虧損獲潤報擔負責絕對補貼給讓還錢帳戶單買賣幫們說嗎會應該為個這沒問題險風進場碼貸資匯轉存鑑權動盤你你"
    "恆贏輸稅開關後來時間樣麼種誰寫講實際書長門"
    "別無萬兩塊幾邊當連續圖辦現銀領筆隨漲頭準處決與須從約聽財總額換請師電話發見過難鎖記簽鑰倉庫帶養顧覺認墊將託盡費規違險連邊階",
)
"""Simplified characters, variants and the feminine you, for the words that are looked for."""
_SOUNDS: Final = tuple(
    (re.compile(written), meant)
    for written, meant in (
        ("ㄅㄠˇㄓㄥˋ|ㄅㄠˇ證|保ㄓㄥˋ|ㄅ證|(?:寶|飽|褓)(?:證|正|政|掙)|保(?:zheng|政|掙)|baozheng|bao證", "保證"),
        ("[吻穩](?:專|賺)(?=[不ㄅ][培陪])|吻賺|穩專", "穩賺"), ("(?<=穩賺)[不ㄅ][培陪]", "不賠"),
        ("抱(?=你(?:賺|贏|不賠))", "包"), ("(?<!栽)培(?=了|錢|掉|光|多少)", "賠"),
        ("ㄆㄟˊ", "賠"), ("ㄓㄨㄢˋ", "賺"), ("ㄨㄣˇ", "穩"), ("ㄐㄧㄝˋ", "借"), ("ㄓㄜ", "著"), ("ㄗㄞˋ", "在"), ("ㄏㄨˋ", "戶"), ("ㄘㄠ", "操"),
        ("ㄅ(?=保|要|能|會|用|可|敢|是|行|準|必|幫|借|收)", "不"), ("ㄇ(?=有|辦|法)", "沒"),
        ("ㄌ", "了"), ("ㄉ|(?<![a-z])der(?![a-z])", "的"), ("ㄇ", "嗎"), ("ㄋ", "你"), ("ㄅ", "吧"), ("ㄛ", "喔"), ("ㄚ", "啊"), ("ㄧ", "一"),
        ("蒜(?=我|你|窩|的)", "算"), ("(?<=[歸算由給跟向])窩|窩(?=來|賠|出|補|付|幫|借|收|顧)", "我"), ("(?<=我來)步(?!驟|調)|步(?=給你|差額)", "補"),
        ("(?<=[幫跟替給借向])[泥尼妮](?!龍)|(?<![水台亞嘉東環])泥(?=去|自己|不用|就|先|別|睡)", "你"), ("[袋帶戴代](?:操(?!場|課|練)|槽)", "代操"), ("下丹(?!田)", "下單"),
        ("[掌漲障]密|帳蜜", "帳密"), ("[蜜秘]碼", "密碼"), ("存[則折哲]", "存摺"), ("硬章", "印章"), ("[寶飽]管", "保管"),
        ("(?<=你)[繼寄]著", "記著"), ("[接戒介](?=[你我]?[0-9一二兩三四五六七八九十幾]+萬)", "借"), ("(?<=再|要|會|就|底|天)環(?=你|我)", "還"),
    )
)  # fmt: skip
"""Sounds and typing errors that stand for a word looked for, in this order. Zhuyin letters of chats (ㄅ for 不 before a verb, else 吧) too."""
_ANY_SOUND: Final = re.compile("|".join(f"(?:{written.pattern})" for written, _ in _SOUNDS))
_QUOTES: Final = re.compile('["“”]')
_POINT: Final = re.compile(r"(?<=\d)[.](?=\d)")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3})")
_LEFT_OUT: Final = re.compile(r"[^一-鿿㐀-䶿\u3105-\u3129ˊˇˋ˙a-z0-9%,。!?;:「」『』〇()\[\]<>]")
_STOPS: Final = "。!?;！？；\n"
_SHORT: Final = 4
"""A line of so few characters without a stop goes on in the next: words written down the screen."""


def folded(text: str) -> str:
    """Letters small, NFKC, traditional characters, blanks, signs and pictures between them taken out; points of numbers stay."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_SIMPLIFIED)
    plain = _QUOTES.sub("「", plain)
    plain = _POINT.sub("點", plain)
    plain = _THOUSANDS.sub("", plain)
    plain = _LEFT_OUT.sub("", plain)
    # Few sentences hold any of the sounds: one look spares forty.
    if _ANY_SOUND.search(plain):
        for written, meant in _SOUNDS:
            plain = written.sub(meant, plain)
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
