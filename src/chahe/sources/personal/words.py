"""The words around a number: the field it stands in, and whether that field is for personal data, for something else, or open."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache


class Word(Enum):
    """What a field's name says of the numbers in it."""

    PERSONAL = "personal"
    OTHER = "other"
    """Order numbers, sequence numbers, digests, clock readings."""
    OPEN = "open"


_FIELD = re.compile(r"""([A-Za-z0-9_.\-\u4e00-\u9fff]{1,40})["'\])）]{0,2}\s{0,2}[=:：>]\s{0,2}["'\[(（]{0,2}\s?$""")
_WORD = re.compile(r"""([A-Za-z_]{1,24}|[\u4e00-\u9fff]{1,16})[\s"'(（#]{0,3}$""")
_BACK = 64
"""Characters before a number in which its field's name is looked for."""
_CELLS = 3
"""Signs of one kind from which on a line is taken for a row of cells."""

_PERSONAL = {
    "national_id": re.compile(r"身[分份]證|統一證號|居留證|證號|id_?no|national|citizen|(?:^|_)pid$", re.IGNORECASE),
    "mobile": re.compile(r"手機|行動|電話|聯絡|mobile|phone|(?:^|_)tel|cell|msisdn", re.IGNORECASE),
    "card": re.compile(r"卡號|信用卡|card|(?:^|_)pan$", re.IGNORECASE),
    "bank_account": re.compile(
        r"(?:銀行|扣款|匯款|撥款|交割|轉帳|存款|入帳|約定)[^\s,]{0,4}(?:帳號|帳戶|戶號)|bank_?(?:account|acct|acc)|iban",
        re.IGNORECASE,
    ),
    "trading_account": re.compile(
        r"(?:證券|交易|客戶|委託|集保|買賣|投資人)(?:帳號|帳戶|戶號)|(?:trading|customer|securities|client)_?(?:account|acct)",
        re.IGNORECASE,
    ),
}
_PERSONAL["landline"] = _PERSONAL["mobile"]
_OTHER = re.compile(
    r"單號|序號|書號|流水|批號|文號|編號|代碼|委託|訂單|成交|時間|雜湊|工作階段|(?:^|[_.\-])(?:cl)?ord(?:er)?|seq|serial|trace|txn|trans"
    r"|(?:^|[_.\-])(?:id|no|ref|req|request|hash|md5|sha\d*|token|nonce|epoch|time|ts|uuid|guid|digest|session|msg_?id|timestamp)$",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"姓名|戶名|客戶|聯絡人|收件人|持卡人|申請人|本人|住家|宅電|家用|\b(?:customer|holder|contact)\b", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:姓名|戶名|客戶|聯絡人|收件人|持卡人|申請人)[\"'\s:：=,，\t]{0,4}[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff○〇*Ｏ])"
)
_SURNAMES = (
    "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬董"
    "溫唐藍蔣石古紀姚連馮歐程湯田康姜白汪鄒尤巫涂龔嚴韓袁金童陸夏柳邵錢伍倪溫于譚駱熊任甘秦顧毛章史官萬俞雷粘"
)
_CELL_NAME = re.compile(rf"(?:^|[,\t;|\"])\s*[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}\s*(?:$|[,\t;|\"])")


def key_before(text: str, start: int, headings: Sequence[str] = ()) -> str:
    """The field a number stands in: the name before it, or the heading or number of its column, or the word before it."""
    before = text[max(0, start - _BACK) : start]
    field = _FIELD.search(before)
    if field is not None:
        return field[1].lower()
    sign = _delimiter(text, headings)
    if sign:
        column = text.count(sign, 0, start)
        return headings[column].lower() if column < len(headings) else f"#{column + 1}"
    word = _WORD.search(before)
    return word[1].lower() if word else ""


@lru_cache(maxsize=4096)
def word_for(kind: str, key: str) -> Word:
    """What a field's name says of a number that looks like one of this kind."""
    asked = _PERSONAL["national_id" if kind == "resident_id" else kind]
    if asked.search(key):
        return Word.PERSONAL
    return Word.OTHER if _OTHER.search(key) else Word.OPEN


def holder_word(text: str) -> bool:
    """Does a line speak of a person who holds, or can be reached?"""
    return _HOLDER.search(text) is not None


def address_has_name(text: str) -> bool:
    """Does a line name a person: under a word for it, or as a cell that begins with a surname and is not masked?"""
    return _NAMED.search(text) is not None or _CELL_NAME.search(text) is not None


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a heading line, if it is one: all words, no numbers."""
    sign = _delimiter(line, ())
    cells = tuple(cell.strip().strip('"') for cell in line.split(sign)) if sign else ()
    return (
        cells
        if all(re.search(r"[A-Za-z\u4e00-\u9fff]", cell) and not re.search(r"\d{4}", cell) for cell in cells)
        else ()
    )


def tells_accounts(headings: Sequence[str]) -> bool:
    """Is there a column for accounts, which nothing but its heading gives away?"""
    return any(_PERSONAL[kind].search(one) for one in headings for kind in ("bank_account", "trading_account"))


def _delimiter(text: str, headings: Sequence[str]) -> str:
    if headings and "\t" in text:
        return "\t"
    sign = max(",\t|;", key=text.count)
    return sign if text.count(sign) >= (1 if headings else _CELLS) else ""
