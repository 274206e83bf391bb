"""What FIX orders and execution reports say, as columns of `orders` and `executions`. No reader of its own."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from chahe.sources.trading import fix_tags as tags
from chahe.sources.trading.fix_tags import bad, needed, plain, read
from chahe.sources.trading.fix_values import price, quantity, utc_us

ORDERS = {"D": "new", "G": "replace", "F": "cancel"}
"""NewOrderSingle, OrderCancelReplaceRequest, OrderCancelRequest."""
LIST = "E"
"""NewOrderList."""
SIDES = {"1": "buy", "2": "sell", "3": "buy", "4": "sell", "5": "sell", "6": "sell"}
OTHER_SIDES = frozenset("789ABCDEFGH")
"""Undisclosed, cross, lend, borrow and the like: neither a purchase nor a sale."""
TYPES = {"1": "market", "2": "limit"}
VALIDITIES = {"0": "rod", "3": "ioc", "4": "fok"}
CATEGORIES = {
    "0": "cash",
    "1": "margin_finance_company",
    "2": "short_finance_company",
    "3": "margin_broker",
    "4": "short_broker",
    "5": "borrowed",
    "6": "borrowed_hedge",
}
"""TwseOrdType (10001)."""
CHANNELS = dict(zip("123456", ("ordinary", "automatic", "dma", "internet", "voice", "api"), strict=True))
"""TwseIvacnoFlag (10000)."""
MARKETS = {"0": "regular", "2": "odd_lot_after_hours", "7": "fixed_price", "C": "odd_lot_intraday"}
"""The exchange's subsystem: TargetSubID (57) of what is sent to it, SenderSubID (50) of what it sends."""
EXCHANGE_CODES = {"0": "regular", "1": "block", "2": "odd_lot"}
"""TwseExCode (10002)."""
IN_UNITS = frozenset(("regular", "fixed_price"))
"""Where the exchange counts trading units, not shares."""
_CODE = re.compile(r"[0-9A-Za-z]")


def order(found: Mapping[str, str], event: str, unit: int) -> dict[str, object]:
    """The columns of an order that its message holds; `unit` is a trading unit in shares. Raises Wrong."""
    value = found.get
    side, type_, validity = _codes(value("54"), value("40"), value("59"), event)
    session, account, symbol = _names(value("49"), value("56"), value("1"), value("55"))
    exchange = _exchange(found)
    return {
        "logged_at_us": needed(tags.SENT, value("52"), utc_us),
        "session": session,
        "event": event,
        "order_id": needed(tags.ORDER_ID, value("11"), plain),
        "original_order_id": read(tags.ORIGINAL, value("41"), plain),
        "slip_number": read(tags.SLIP, value("37"), plain),
        "account": account,
        "symbol": symbol,
        "side": side,
        "order_type": type_,
        "time_in_force": validity,
        "price": read(tags.PRICE, value("44"), price),
        "quantity": _shares(read(tags.QUANTITY, value("38"), quantity), exchange, unit),
        "channel": CHANNELS.get(value("10000", "")),
        **exchange,
    }


def orders(text: str, unit: int) -> Iterator[dict[str, object]]:
    """The columns of each order of a list. Raises Wrong."""
    head, found = tags.entries(text)
    name = read(tags.LIST, head.get("66"), plain)
    for entry in found:
        yield {**order({**head, **entry}, "new", unit), "list_id": name}


def execution(found: Mapping[str, str], event: str, unit: int) -> dict[str, object]:
    """The columns of a fill, or of a correction or cancellation of one, which may leave price and shares out. Raises Wrong.

    FIX leaves TransactTime (60) of a report to the counterparty; where it is absent the report's SendingTime stands in.
    """
    value = found.get
    executed = read(tags.EXECUTED, value("60"), utc_us)
    side, type_, validity = _codes(value("54"), value("40"), value("59"), "report")
    session, account, symbol = _names(value("49"), value("56"), value("1"), value("55"))
    exchange = _exchange(found)
    priced = (
        needed(tags.LAST_PRICE, value("31"), price) if event == "fill" else read(tags.LAST_PRICE, value("31"), price)
    )
    filled = (
        needed(tags.LAST_QUANTITY, value("32"), quantity)
        if event == "fill"
        else read(tags.LAST_QUANTITY, value("32"), quantity)
    )
    return {
        "executed_at_us": needed(tags.SENT, value("52"), utc_us) if executed is None else executed,
        "session": session,
        "execution_id": needed(tags.EXECUTION_ID, value("17"), plain),
        "event": event,
        "original_execution_id": read(tags.REFERENCE, value("19"), plain),
        "order_id": read(tags.ORDER_ID, value("11"), plain),
        "slip_number": read(tags.SLIP, value("37"), plain),
        "account": account,
        "symbol": symbol,
        "side": side,
        "order_type": type_,
        "time_in_force": validity,
        "last_price": priced,
        "last_quantity": _shares(filled, exchange, unit),
        **exchange,
    }


def _exchange(found: Mapping[str, str]) -> dict[str, str]:
    """What TWSE's own tags say; empty where a message has none of them."""
    category = CATEGORIES.get(found.get("10001", ""))
    if category is None and found.get("10000") not in CHANNELS:
        return {}
    told = {"order_category": category} if category else {}
    parties = (found.get("50", ""), found.get("57", ""))
    told_broker = next((name for part in parties if (name := broker(part)) is not None), None)
    market = next((MARKETS[part.strip(" ")] for part in parties if part.strip(" ") in MARKETS), None)
    if told_broker is not None:
        told["broker_id"] = told_broker
    code = EXCHANGE_CODES.get(found.get("10002", ""))
    trade = code if market in (None, "regular") and code is not None else market
    return {**told, "trade_type": trade} if trade is not None else told


def broker(party: str) -> str | None:
    """The code of a broker, four characters; null for any other party."""
    code = party.strip(" ")
    return code if len(code) == 4 and code.isascii() and code.isalnum() else None


def _shares(count: int | None, exchange: Mapping[str, str], unit: int) -> int | None:
    return count * unit if count is not None and exchange.get("trade_type") in IN_UNITS else count


@lru_cache(maxsize=1 << 10)
def _codes(side: str | None, type_: str | None, validity: str | None, event: str) -> tuple[str | None, ...]:
    """Side, order type and validity; there are few of each, so they are looked up once."""
    for tag, value in ((tags.TYPE, type_), (tags.VALIDITY, validity)):
        if value is not None and not _CODE.fullmatch(value):
            raise bad(tag, value)
    if validity is None and event in ("new", "replace"):
        # FIX: an order without TimeInForce is a day order. A cancellation has none, and a report need not repeat it.
        validity = "0"
    return (
        _side(side),
        type_ and TYPES.get(type_, "other"),
        validity and VALIDITIES.get(validity, "other"),
    )


@lru_cache(maxsize=1 << 16)
def _names(
    sender: str | None, target: str | None, account: str | None, symbol: str | None
) -> tuple[str, str | None, str | None]:
    """Who sent to whom (`49>56`), account and symbol; the same ones come again and again."""
    session = f"{needed(tags.SENDER, sender, plain)}>{needed(tags.TARGET, target, plain)}"
    return session, read(tags.ACCOUNT, account, plain), read(tags.SYMBOL, symbol, plain)


def _side(code: str | None) -> str | None:
    if code is not None and code not in SIDES and code not in OTHER_SIDES:
        raise bad(tags.SIDE, code)
    return code and SIDES.get(code)
