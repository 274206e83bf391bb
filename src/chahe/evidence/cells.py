"""One cell of a register, spreadsheet or query result as a typed value of its column, or the reason why it is none.

What counts as blank (and becomes None) is the same for every kind: nothing, blanks, `-`, `--`, `－`, `—`, `無`, `N/A`, `NULL`, `(null)`,
`\\N`. Free text is no exception: a purpose of 「無」 states no purpose. Two kinds differ: a CHOICE may have such a wording of its
own, and in a BOOLEAN 無 could mean either "no" or "not filled in", so it is refused.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from chahe.evidence.addresses import canonical_address
from chahe.evidence.model import Column, Kind
from chahe.rules.roc import UnreadableDay, UnreadableMoment, moment_of, read_day, read_moment
from chahe.wording import Text

_BLANK = frozenset({"", "-", "--", "—", "–", "無", "n/a", "null", "(null)", "\\n"})
_YES = frozenset({"是", "y", "yes", "v", "✓", "✔", "true", "1", "啟用"})
_NO = frozenset({"否", "n", "no", "false", "0", "停用"})
_FORMULA_ERROR = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|UNKNOWN!)"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_INTEGER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOUR_DECIMALS = Decimal("0.0001")
_LARGEST_DECIMAL = Decimal(10) ** 14
_SHOWN = 80
"""Characters of a value that a message shows."""

_REFUSED = Text(
    "「{heading}」的值「{value}」無法讀取：{expected_zh}",
    "{name} ({heading}): “{value}” cannot be read: {expected_en}",
)
EXPECTED = {
    Kind.INTEGER: Text("應為整數，例如 12 或 1,000", "a whole number is expected, such as 12 or 1,000"),
    Kind.DECIMAL: Text(
        "應為最多四位小數的數字，例如 78.35 或 1,000",
        "a number with at most four decimals is expected, such as 78.35 or 1,000",
    ),
    Kind.BOOLEAN: Text(
        "應為「是」或「否」（或 Y／N、V、true／false、1／0、啟用／停用）",
        "yes or no is expected (是／否, Y/N, V, true/false, 1/0, 啟用／停用)",
    ),
    Kind.ADDRESS: Text(
        "應為 IP 位址，例如 192.0.2.7 或 2001:db8::7", "an IP address is expected, such as 192.0.2.7 or 2001:db8::7"
    ),
    Kind.DATE: Text("應為日期，例如 2026-11-22 或 115/11/22", "a day is expected, such as 2026-11-22 or 115/11/22"),
    Kind.MOMENT: Text(
        "應為日期加時刻，例如 2026-11-22 09:00:00", "a day with a time of day is expected, such as 2026-11-22 09:00:00"
    ),
    Kind.TEXT: Text("應為文字", "text is expected"),
    Kind.NAME: Text("應為名稱或代號", "a name or number is expected"),
}
"""What a value of each kind looks like; a CHOICE is told with its choices."""
_ERROR_VALUE = Text(
    "這是 Excel 公式的錯誤值；請修正公式，或改填實際的值",
    "this is the error value of an Excel formula; mend the formula, or fill in the value itself",
)
_NUL = Text(
    "含有 NUL 字元，檔案可能損壞；請重新匯出", "it holds a NUL character, so the file may be damaged; export it again"
)
_NO_TEXT = Text(
    "含有不成字的位元組，檔案可能損壞；請重新匯出",
    "it holds bytes that are no character, so the file may be damaged; export it again",
)
_DIGITS_LOST = Text(
    "Excel 的數字只保留 15 位，後面的已經遺失；請把該欄設成文字格式後重填",
    "Excel keeps 15 digits of a number and the rest are lost; format the column as text and fill it in again",
)
_TOO_LARGE = Text("數字太大", "the number is too large")


class UnreadableCell(ValueError):
    """A value that is not what its column holds. `why` names heading, value and what is expected; `value` is what was written."""

    def __init__(self, column: Column, raw: object, expected: Text) -> None:
        self.column = column
        self.value = _shown(raw)
        self.why = _REFUSED.fill(
            heading=column.heading, name=column.name, value=self.value, expected_zh=expected.zh, expected_en=expected.en
        )
        super().__init__(self.why.en)


def _shown(raw: object) -> str:
    return str(raw)[:_SHOWN].encode("utf-8", "backslashreplace").decode("utf-8")


class _Refused(ValueError):
    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


def read_cell(column: Column, raw: object, zone: str) -> object:
    """The typed value of a cell: str, int, bool, Decimal (four decimals), date, microseconds UTC; None where it is blank.

    `raw` is text or what a spreadsheet or database driver gives; `zone` is the zone of moments that name none.
    Raises UnreadableCell.
    """
    if raw is None:
        return None
    try:
        if isinstance(raw, str):
            raw = _plain(raw)
            if _is_blank(column, raw):
                return None
        return _READ[column.kind](column, raw, zone)
    except _Refused as refusal:
        raise UnreadableCell(column, raw, refusal.expected) from refusal
    except (UnreadableDay, UnreadableMoment) as refusal:
        raise UnreadableCell(column, raw, refusal.text) from refusal


def is_blank(raw: object) -> bool:
    """Does a cell hold nothing at all? (A dash or 無 is something: a person wrote it.)"""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _plain(raw: str) -> str:
    if "\0" in raw:
        raise _Refused(_NUL)
    if not raw.isascii() and _LONE_SURROGATE.search(raw):
        raise _Refused(_NO_TEXT)
    text = raw.strip()
    if text.startswith("#") and _FORMULA_ERROR.fullmatch(text):
        raise _Refused(_ERROR_VALUE)
    return text


def _is_blank(column: Column, text: str) -> bool:
    folded = _fold(text)
    if folded not in _BLANK:
        return False
    if column.kind is Kind.CHOICE and folded in _wordings(column.name, tuple(column.choices.items())):
        return False
    return not (column.kind is Kind.BOOLEAN and folded == "無")


def _fold(text: str) -> str:
    if text.isascii():
        return text.strip().casefold()
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _text(_column: Column, raw: object, _zone: str) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float | int):
        return _number_as_text(raw)
    if isinstance(raw, Decimal):
        return f"{_bounded(raw):f}"
    if isinstance(raw, datetime):
        midnight = raw.time() == time() and raw.tzinfo is None
        return raw.date().isoformat() if midnight else raw.isoformat(" ")
    if isinstance(raw, date | time | timedelta):
        return str(raw)
    raise _Refused(EXPECTED[Kind.TEXT])


def _number_as_text(raw: float) -> str:
    """A number typed into a text column; one that Excel had to round has lost its last digits and is refused."""
    if isinstance(raw, int):
        return str(raw)
    if raw != raw or abs(raw) >= 1e15:  # noqa: PLR0124 - only NaN differs from itself
        raise _Refused(_DIGITS_LOST)
    return str(int(raw)) if raw == int(raw) else format(raw, ".15g")


def _bounded(raw: Decimal) -> Decimal:
    """A decimal that no column can hold is refused before its digits are written out."""
    if raw.is_finite() and not -100 < raw.adjusted() < 100:
        raise _Refused(_TOO_LARGE)
    return raw


def _name(column: Column, raw: object, zone: str) -> str:
    name = unicodedata.normalize("NFKC", _text(column, raw, zone)).strip().lower()
    if not name:
        raise _Refused(EXPECTED[Kind.NAME])
    return name


def _address(_column: Column, raw: object, _zone: str) -> str:
    address = canonical_address(unicodedata.normalize("NFKC", raw)) if isinstance(raw, str) else None
    if address is None:
        raise _Refused(EXPECTED[Kind.ADDRESS])
    return address


@lru_cache(maxsize=256)
def _wordings(name: str, choices: tuple[tuple[str, Text], ...]) -> dict[str, str]:
    """Every accepted wording of a column's choices, folded, with the code it stands for; the code itself comes first."""
    wordings = {_fold(code): code for code, _ in choices}
    for code, text in choices:
        for wording in text:
            if wordings.setdefault(_fold(wording), code) != code:
                raise ValueError(f"{name}: {wording!r} is a wording of two choices")
    return wordings


def _choice(column: Column, raw: object, _zone: str) -> str:
    wordings = _wordings(column.name, tuple(column.choices.items()))
    folded = _fold(raw if isinstance(raw, str) else str(raw))
    if folded not in wordings:
        listed = column.choices.values()
        raise _Refused(
            Text(
                f"應為{'、'.join(f'「{text.zh}」' for text in listed)}之一",
                f"one of {', '.join(f'{text.zh} ({text.en})' for text in listed)} is expected",
            )
        )
    return wordings[folded]


def _integer(_column: Column, raw: object, _zone: str) -> int:
    expected = EXPECTED[Kind.INTEGER]
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise _Refused(expected)
    if isinstance(raw, float):
        if not raw.is_integer():
            raise _Refused(expected)
        if abs(raw) >= 1e15:
            raise _Refused(_DIGITS_LOST)
    elif isinstance(raw, Decimal):
        if not raw.is_finite() or _bounded(raw) != raw.to_integral_value():
            raise _Refused(expected)
    elif isinstance(raw, str):
        text = unicodedata.normalize("NFKC", raw)
        if len(text) > _SHOWN or not _INTEGER.fullmatch(text):
            raise _Refused(expected)
        raw = text.partition(".")[0].replace(",", "")
    number = int(raw)
    if not -(1 << 63) <= number < 1 << 63:
        raise _Refused(_TOO_LARGE)
    return number


def _decimal(_column: Column, raw: object, _zone: str) -> Decimal:
    expected = EXPECTED[Kind.DECIMAL]
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise _Refused(expected)
    if isinstance(raw, float):
        raw = format(raw, ".15g")  # what Excel shows; digits beyond are the machine's, not the writer's
        if "e" in raw:
            raw = f"{Decimal(raw):f}"
    elif not isinstance(raw, str):
        raw = f"{_bounded(raw):f}" if isinstance(raw, Decimal) else str(raw)
    text = unicodedata.normalize("NFKC", raw)
    if len(text) > _SHOWN or not _DECIMAL.fullmatch(text):
        raise _Refused(expected)
    number = Decimal(text.replace(",", ""))
    if abs(number) >= _LARGEST_DECIMAL:
        raise _Refused(_TOO_LARGE)
    rounded = number.quantize(_FOUR_DECIMALS)
    if rounded != number:
        raise _Refused(expected)
    return rounded


def _boolean(_column: Column, raw: object, _zone: str) -> bool:
    if isinstance(raw, bool):
        return raw
    # A signalling NaN raises when it is compared.
    countable = raw.is_finite() if isinstance(raw, Decimal) else isinstance(raw, int | float)
    if countable and raw in (0, 1):
        return raw == 1
    folded = _fold(raw) if isinstance(raw, str) else ""
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise _Refused(EXPECTED[Kind.BOOLEAN])


def _date(_column: Column, raw: object, zone: str) -> date:
    if isinstance(raw, datetime):
        return raw.date() if raw.tzinfo is None else _day_of(moment_of(raw, zone), zone)
    if isinstance(raw, date):
        return raw
    text = _digits(raw, EXPECTED[Kind.DATE])
    try:
        return read_day(text)
    except UnreadableDay as no_day:
        # A list taken from a system often gives a moment where a day is asked for; its day in the zone is meant.
        try:
            moment = read_moment(text, zone)
        except UnreadableMoment:
            raise no_day from None
    return _day_of(moment, zone)


def _day_of(moment_us: int, zone: str) -> date:
    try:
        return (_EPOCH + timedelta(microseconds=moment_us)).astimezone(ZoneInfo(zone)).date()
    except OverflowError as problem:
        raise _Refused(EXPECTED[Kind.DATE]) from problem


def _moment(_column: Column, raw: object, zone: str) -> int:
    if isinstance(raw, datetime):
        return moment_of(raw, zone)
    if isinstance(raw, date):
        raw = raw.isoformat()
    return read_moment(_digits(raw, EXPECTED[Kind.MOMENT]), zone)


def _digits(raw: object, expected: Text) -> str:
    """Text as it is; a whole number as its digits, since spreadsheets keep 1151122 as a number."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not float(raw).is_integer():
        raise _Refused(expected)
    return str(int(raw))


_READ: dict[Kind, Callable[[Column, object, str], object]] = {
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.ADDRESS: _address,
    Kind.CHOICE: _choice,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
}
