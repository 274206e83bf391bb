"""What one record of T30 says, as rows of `securities` and `disposition_securities`. No reader of its own."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from chahe.sources.model import Row
from chahe.wording import Text

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MEASURES = {"0": "none", "1": "disposition", "2": "further", "3": "flexible"}
_METHODS = {"0": "normal", "1": "full_delivery", "2": "full_delivery_call"}
_DAY_TRADES = {"X": "both", "Y": "buy_first", " ": "none"}
_FLAGS = {"0": False, "1": True, " ": None}
_FIELD = Text(
    "第 {at} 位元組起的「{field}」不合 T30 格式；請確認檔案沒有錯位或改版",
    "“{field}” from byte {at} is not as T30 has it; check that the record is in place and the format not revised",
)


class BadField(Exception):
    """A field that cannot be read: its place, its heading, its column, its value."""

    def __init__(self, at: int, heading: str, column: str, value: str) -> None:
        super().__init__(heading)
        self.why = _FIELD.fill(at=at, field=heading)
        self.column = column
        self.value = value


def rows(record: str, name: str, market: str, day: date) -> Iterator[Row]:
    """The rows of a record of 100 characters, its bytes as Latin-1, whose `name` is read by the caller. Raises BadField."""
    begins = datetime.combine(day, time(), ZoneInfo("Asia/Taipei"))
    known = {
        "effective_at_us": (begins - _EPOCH) // timedelta(microseconds=1),
        "market": market,
        "symbol": _symbol(record),
        "name": name or None,
    }
    yield Row("securities", {**known, "trading_day": day, **_security(record, market)})
    measures = _measures(record)
    if measures is not None:
        yield Row("disposition_securities", {**known, "begins_on": day, "ends_on": day, **measures})


def _symbol(record: str) -> str:
    symbol = record[:6].rstrip()
    if not re.fullmatch(r"[0-9A-Z]{4,6}", symbol):
        raise BadField(1, "股票代號 code", "symbol", record[:6])
    return symbol


def _security(record: str, market: str) -> dict[str, object]:
    par, day_trade, board = (86, 87, 88) if market == "tpex" else (85, 86, 87)
    return {
        "limit_up": _price(record, 6, "漲停價 limit up", "limit_up"),
        "reference_price": _price(record, 15, "開盤競價基準 reference price", "reference_price"),
        "limit_down": _price(record, 24, "跌停價 limit down", "limit_down"),
        "last_traded_on": _last_traded(record),
        "industry": record[45:47].strip() or None,
        "security_type": record[47:49].strip() or None,
        "short_below_reference": _flag(
            record, 49, "豁免平盤下融券賣出註記 short below reference", "short_below_reference"
        ),
        "borrowed_below_reference": _flag(
            record, 84, "豁免平盤下借券賣出註記 borrowed below reference", "borrowed_below_reference"
        ),
        "par_not_ten": _flag(record, par, "面額註記 par", "par_not_ten"),
        "day_trade": _code(record, day_trade, "可現股當沖註記 day trade", "day_trade", _DAY_TRADES),
        "board": record[board].strip() or None,
    }


def _measures(record: str) -> dict[str, object] | None:
    """The special measures of a record; null where it is under none."""
    measure = _MEASURES.get(record[42], "other")
    method = _METHODS.get(record[41], "other")
    attention = _flag(record, 43, "注意股票註記 attention", "attention")
    restricted = _flag(record, 44, "委託限制註記 orders limited", "order_restricted")
    numbers = {
        "match_interval_minutes": _number(record, 66, 3, "撮合循環時間 minutes", "match_interval_minutes"),
        "single_order_limit_lots": _number(record, 69, 6, "單筆委託限制數量 single order", "single_order_limit_lots"),
        "cumulative_limit_lots": _number(record, 75, 6, "多筆委託限制數量 orders of a day", "cumulative_limit_lots"),
        "prepay_percent": _number(record, 81, 3, "款券預收成數 per cent due before", "prepay_percent"),
    }
    if measure == "none" and method == "normal" and not (attention or restricted or any(numbers.values())):
        return None
    return {
        "measure": measure,
        "trading_method": method,
        "attention": attention,
        "order_restricted": restricted,
        **numbers,
    }


def _price(record: str, at: int, heading: str, column: str) -> Decimal:
    written = record[at : at + 9]
    if not (written.isascii() and written.isdigit()):
        raise BadField(at + 1, heading, column, written)
    return Decimal(written).scaleb(-4)


def _number(record: str, at: int, size: int, heading: str, column: str) -> int | None:
    written = record[at : at + size]
    if not written.strip():
        return None
    if not (written.isascii() and written.isdigit()):
        raise BadField(at + 1, heading, column, written)
    return int(written)


def _last_traded(record: str) -> date | None:
    written = record[33:41]
    if not written.strip(" 0"):
        return None
    day = traded(record.encode("latin-1"))
    if day is None:
        raise BadField(34, "上次成交日 last traded", "last_traded_on", written)
    return day


def _flag(record: str, at: int, heading: str, column: str) -> bool | None:
    if record[at] not in _FLAGS:
        raise BadField(at + 1, heading, column, record[at])
    return _FLAGS[record[at]]


def _code(record: str, at: int, heading: str, column: str, codes: Mapping[str, str]) -> str:
    if record[at] not in codes:
        raise BadField(at + 1, heading, column, record[at])
    return codes[record[at]]


def traded(record: bytes) -> date | None:
    """The day on which a security last traded; null where its record names none."""
    try:
        return datetime.strptime(record[33:41].decode("ascii"), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
