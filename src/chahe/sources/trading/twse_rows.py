"""What the fields of the exchange's order log and executions mean: the fate of each line, and its row. No reader of its own."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.model import Context
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import Spans
from chahe.sources.trading.fixed_width import Fixed, decimals, nullable

_SIDES = {"B": "buy", "S": "sell"}
_TRADES = {"0": "regular", "1": "block", "2": "odd_lot"}
_CATEGORIES = {
    "0": "cash",
    "1": "margin_finance_company",
    "2": "short_finance_company",
    "3": "margin_broker",
    "4": "short_broker",
    "5": "borrowed",
    "6": "borrowed_hedge",
}
_INVESTORS = {"M": "investment_trust", "F": "foreign", "I": "natural_person", "J": "other_entity", " ": None}
_CHANNELS = {
    **dict(zip(" ADIVP", ("ordinary", "automatic", "dma", "internet", "voice", "api"), strict=True)),
    **dict(zip("123456", ("ordinary", "automatic", "dma", "internet", "voice", "api"), strict=True)),
}
_EVENTS = {
    **dict.fromkeys("14", "new"),
    **dict.fromkeys("2578", "replace"),
    **dict.fromkeys("36", "cancel"),
}
_BUYS = np.isin(np.arange(256), [ord(sign) for sign in "1237"])
_PRICE_TYPES = {"1": "market", "2": "limit", " ": None}
_VALIDITIES = {"0": "rod", "3": "ioc", "4": "fok", " ": None}
_ORIGINS = {"A": "system", "B": "broker", " ": None}
_MINUS, _PLUS, _BUY = (ord(sign) for sign in "-+B")

Flags = npt.NDArray[np.bool_]


class _Records:
    """Lines of an older and a newer length, read field by field; a field that cannot be read decides its line's fate."""

    def __init__(self, lines: pa.Array, older: int, newer: int) -> None:
        self.fixed = Fixed.of(lines)
        self.fates = LineFates(lines, skips=("blank",))
        sizes = self.fixed.sizes
        self.newer: Flags = sizes == newer
        self.read: Flags = (sizes == older) | self.newer
        self.fates.say(self._blank(), "blank")
        self.fates.say(~self.read, "length")
        self.shift = np.where(self.newer, 4, 0)
        self.found: dict[str, pa.Array] = {}

    def _blank(self) -> Flags:
        size = np.zeros(len(self.read), np.bool_)
        for line in np.flatnonzero(~self.read).tolist():
            size[line] = not self.fates.lines[line].as_py().strip()
        return size

    def span(self, at: int, width: int, *, shifted: bool = True, where: Flags | None = None) -> Spans:
        """A field by its place in the older layout, counted from 0."""
        looked = self.read if where is None else where
        return self.fixed.field(looked, at + self.shift if shifted else at, width)

    def doubt(self, column: str, spans: Spans, bad: Flags) -> None:
        """Reject the lines whose field cannot be read."""
        self.fates.say(bad, "field", column=column, value=lambda line: self.fixed.said(spans, line))

    def head(self, time: str) -> None:
        """The fields that all have: day, security, side, trade type, time."""
        begins, widths = self.span(16, 8, shifted=False)
        day = self.span(0, 8, shifted=False)
        clock = (begins, np.where(self.newer, 12, widths).astype(np.int32))
        self.found[time], bad = self.fixed.moments(day, clock)
        self.fates.say(bad, "field", column=time, value=lambda line: f"{self.said(day, line)} {self.said(clock, line)}")
        self.found["symbol"] = self.fixed.text(self.span(8, 6, shifted=False))
        self.sign("side", self.span(14, 1, shifted=False), _SIDES)
        self.sign("trade_type", self.span(15, 1, shifted=False), _TRADES)

    def tail(self, investor: int) -> None:
        """The fields that all end in: investor, broker."""
        self.sign("investor_type", self.span(investor, 1), _INVESTORS)
        self.found["broker_id"] = self.fixed.text(self.span(investor + 1, 4))

    def sign(self, column: str, spans: Spans, meanings: Mapping[str, str | None]) -> None:
        self.found[column], bad = self.fixed.sign(spans, meanings)
        self.doubt(column, spans, bad)

    def price(self, column: str, spans: Spans) -> None:
        values, there, bad = self.fixed.prices(spans)
        self.doubt(column, spans, bad)
        self.found[column] = decimals(values, there & (values > 0))

    def said(self, spans: Spans, line: int) -> str:
        return self.fixed.said(spans, line)

    def slip(self, at: int) -> None:
        self.found["slip_number"] = self.found["order_id"] = self.fixed.text(spans := self.span(at, 5))
        empty = self.found["order_id"].indices.is_null().to_numpy(zero_copy_only=False)
        self.doubt("order_id", spans, empty & self.read)

    def rows(self, context: Context, **constants: str) -> dict[str, pa.Array]:
        given = {"session": context.settings.get("session") or "twse", **constants}
        size = len(self.read)
        repeated = {
            name: pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), [value])
            for name, value in given.items()
        }
        return {**self.found, **repeated, **self.fates.columns()}


def orders(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `orders`."""
    records = _Records(lines, 59, 63)
    records.head("logged_at_us")
    records.slip(24)
    records.sign("event", code := records.span(29, 1), _EVENTS)
    data, begins = records.fixed.data, code[0]
    disagree = records.read & (_BUYS[data[begins]] != (data[records.span(14, 1, shifted=False)[0]] == _BUY))
    records.fates.say(disagree, "disagree", column="side", value=lambda line: records.said(code, line))
    records.price("price", records.span(30, 7))
    _shares(records, np.isin(data[begins], [ord(sign) for sign in "1478"]), np.isin(data[begins], [ord("7"), ord("8")]))
    records.sign("order_category", records.span(48, 1), _CATEGORIES)
    records.sign("channel", records.span(49, 1), _CHANNELS)
    older, newer = records.read & ~records.newer, records.newer
    records.found["terminal"] = records.fixed.text(records.span(50, 4, where=older))
    records.sign("order_type", records.span(50, 1, where=newer), _PRICE_TYPES)
    records.sign("time_in_force", records.span(51, 1, where=newer), _VALIDITIES)
    records.sign("origin", records.span(52, 1, where=newer), _ORIGINS)
    records.tail(54)
    return records.rows(context, leg="exchange")


def _shares(records: _Records, whole: Flags, repriced: Flags) -> None:
    """The shares of a new order, or by how many a record changes those of an older one."""
    spans = records.span(37, 11)
    values, there, bad = records.fixed.integers(records.span(38, 10))
    sign = records.fixed.data[spans[0]]
    bad |= records.read & (sign != _MINUS) & (sign != _PLUS)
    records.doubt("quantity", spans, bad)
    signed = np.where(sign == _MINUS, -values, values)
    records.found["quantity"] = nullable(values, there & whole)
    records.found["quantity_change"] = nullable(signed, there & ~repriced)


def executions(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `executions`."""
    records = _Records(lines, 63, 67)
    records.head("executed_at_us")
    number = records.span(24, 8)
    records.found["execution_id"] = records.fixed.text(number)
    records.doubt("execution_id", number, records.fixed.integers(number)[2])
    records.slip(32)
    records.price("last_price", records.span(37, 7))
    values, there, bad = records.fixed.integers(shares := records.span(44, 9))
    records.doubt("last_quantity", shares, bad)
    records.found["last_quantity"] = nullable(values, there)
    older, newer = records.read & ~records.newer, records.newer
    records.found["terminal"] = records.fixed.text(records.span(53, 4, where=older))
    records.sign("order_type", records.span(53, 1, where=newer), _PRICE_TYPES)
    records.sign("time_in_force", records.span(54, 1, where=newer), _VALIDITIES)
    records.sign("order_category", records.span(57, 1), _CATEGORIES)
    records.tail(58)
    return records.rows(context, event="fill")
