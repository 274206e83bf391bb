"""What a FIX order or execution report says, as columns of `orders` and `executions`."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from chahe.sources.fix_values import price, quantity, utc_us
from chahe.wording import Text

ORDERS = {"D": "new", "G": "replace", "F": "cancel"}
"""NewOrderSingle, OrderCancelReplaceRequest, OrderCancelRequest."""
_SIDES = {"1": "buy", "2": "sell", "3": "buy", "4": "sell", "5": "sell", "6": "sell"}
_OTHER_SIDES = frozenset("789ABCDEFGH")
"""Undisclosed, cross, lend, borrow and the like: neither a purchase nor a sale."""
_TYPES = {"1": "market", "2": "limit"}
_VALIDITIES = {"0": "rod", "3": "ioc", "4": "fok"}
_FIELDS = re.compile(r"(?:[0-9]+=[^\x01]*\x01)+")
_PAIR = re.compile(r"([0-9]+)=([^\x01]*)\x01")
_REPORTED = re.compile(r"\x01(150|20)=([^\x01]*)")
_CODE = re.compile(r"[0-9A-Za-z]")
_SECRET = re.compile(r"(?:554|925|1402|1404)=")
"""Password, NewPassword, EncryptedPassword, EncryptedNewPassword."""
_LONGEST = 256
"""Characters of a value that is read."""
_T = TypeVar("_T")

_MISSING = Text(
    "訊息缺少必要標籤 {tag}（{name}）；請確認日誌保留完整訊息",
    "the message lacks tag {tag} ({name}), which it must have; check that the log keeps whole messages",
)
_VALUE = Text(
    "標籤 {tag}（{name}）的值不合 FIX 規定；請查明送出這則訊息的系統",
    "the value of tag {tag} ({name}) is none that FIX allows; look into the system that sent the message",
)
_REPEATED = Text(
    "標籤 {tag} 在訊息中出現 {count} 次；無法判斷以哪一個為準",
    "tag {tag} stands {count} times in the message; which one holds cannot be told",
)
_FIELD = Text(
    "訊息中有不是「標籤=值」的欄位；請確認日誌沒有改壞訊息",
    "a field of the message is no `tag=value`; check that the log does not damage messages",
)
_NESTED = Text(
    "一個欄位的值裡還有密碼欄位，欄位分隔不一致；請確認日誌的分隔字元",
    "the value of a field holds a password field: fields are parted by more than one character; check the log",
)


class Tag(NamedTuple):
    """A tag that is read: its number, its name, the column it fills."""

    number: str
    name: str
    column: str | None = None


SENDER = Tag("49", "SenderCompID", "session")
TARGET = Tag("56", "TargetCompID", "session")
SENT = Tag("52", "SendingTime", "logged_at_us")
ORDER_ID = Tag("11", "ClOrdID", "order_id")
ORIGINAL = Tag("41", "OrigClOrdID", "original_order_id")
ACCOUNT = Tag("1", "Account", "account")
SYMBOL = Tag("55", "Symbol", "symbol")
SIDE = Tag("54", "Side", "side")
TYPE = Tag("40", "OrdType", "order_type")
VALIDITY = Tag("59", "TimeInForce", "time_in_force")
PRICE = Tag("44", "Price", "price")
QUANTITY = Tag("38", "OrderQty", "quantity")
EXECUTED = Tag("60", "TransactTime", "executed_at_us")
EXECUTION_ID = Tag("17", "ExecID", "execution_id")
EXEC_TYPE = Tag("150", "ExecType", "execution_id")
LAST_PRICE = Tag("31", "LastPx", "last_price")
LAST_QUANTITY = Tag("32", "LastQty", "last_quantity")
_READ = frozenset(
    {
        "8",
        "9",
        "35",
        "34",
        "43",
        "20",
        "49",
        "56",
        "52",
        "11",
        "41",
        "1",
        "55",
        "54",
        "40",
        "59",
        "44",
        "38",
        "60",
        "17",
    }
    | {"150", "31", "32"}
)


class Wrong(Exception):
    """Why a message is no evidence, and the field at fault."""

    def __init__(self, why: Text, column: str | None = None, value: str | None = None) -> None:
        super().__init__(why.en)
        self.why = why
        self.column = column
        self.value = value


def tags(text: str, received: Tag | None) -> dict[str, str]:
    """The fields by tag. `text` is a message's fields, each ended by SOH; `received` is a tag that is read, too.

    Raises Wrong where a field is none, or a tag that is read stands twice. Others may: they are in groups.
    """
    if not _FIELDS.fullmatch(text):
        raise Wrong(_FIELD)
    pairs: list[tuple[str, str]] = _PAIR.findall(text)
    found = dict(pairs)
    if len(found) < len(pairs):
        read = _READ | {received.number} if received else _READ
        for tag, count in Counter(tag for tag, _ in pairs).items():
            if count > 1 and tag in read:
                raise Wrong(_REPEATED.fill(tag=tag, count=count))
    return found


def reported(text: str) -> tuple[str | None, str]:
    """ExecType (150) and ExecTransType (20; "0" where absent) of a report; (null, "0") where one is not there just once."""
    found = _REPORTED.findall(text)
    kinds = dict(found)
    return (kinds.get("150"), kinds.get("20", "0")) if len(kinds) == len(found) else (None, "0")


def order(found: Mapping[str, str], event: str) -> dict[str, object]:
    """The columns of an order that its message holds. Raises Wrong."""
    value = found.get
    side, type_, validity = _codes(value("54"), value("40"), value("59"), event)
    session, account, symbol = _names(value("49"), value("56"), value("1"), value("55"))
    return {
        "logged_at_us": _needed(SENT, value("52"), utc_us),
        "session": session,
        "event": event,
        "order_id": _needed(ORDER_ID, value("11"), _plain),
        "original_order_id": _read(ORIGINAL, value("41"), _plain),
        "account": account,
        "symbol": symbol,
        "side": side,
        "order_type": type_,
        "time_in_force": validity,
        "price": _read(PRICE, value("44"), price),
        "quantity": _read(QUANTITY, value("38"), quantity),
    }


def execution(found: Mapping[str, str]) -> dict[str, object]:
    """The columns of a fill. Raises Wrong.

    FIX leaves TransactTime (60) of a report to the counterparty; where it is absent the report's SendingTime stands in.
    """
    value = found.get
    executed = _read(EXECUTED, value("60"), utc_us)
    session, account, symbol = _names(value("49"), value("56"), value("1"), value("55"))
    return {
        "executed_at_us": _needed(SENT, value("52"), utc_us) if executed is None else executed,
        "session": session,
        "execution_id": _needed(EXECUTION_ID, value("17"), _plain),
        "order_id": _read(ORDER_ID, value("11"), _plain),
        "account": account,
        "symbol": symbol,
        "side": _side(value("54")),
        "last_price": _needed(LAST_PRICE, value("31"), price),
        "last_quantity": _needed(LAST_QUANTITY, value("32"), quantity),
    }


def moment(found: Mapping[str, str], tag: Tag) -> int | None:
    """A UTC timestamp in a tag that may be absent. Raises Wrong."""
    return _read(tag, found.get(tag.number), utc_us)


def missing(tag: Tag) -> Wrong:
    """That a message lacks a tag."""
    return Wrong(_MISSING.fill(tag=tag.number, name=tag.name), tag.column)


@lru_cache(maxsize=1 << 10)
def _codes(side: str | None, type_: str | None, validity: str | None, event: str) -> tuple[str | None, ...]:
    """Side, order type and validity; there are few of each, so they are looked up once."""
    for tag, value in ((TYPE, type_), (VALIDITY, validity)):
        if value is not None and not _CODE.fullmatch(value):
            raise _bad(tag, value)
    if validity is None and event != "cancel":
        # FIX: an order without TimeInForce is a day order. A cancellation has none.
        validity = "0"
    return (
        _side(side),
        type_ and _TYPES.get(type_, "other"),
        validity and _VALIDITIES.get(validity, "other"),
    )


@lru_cache(maxsize=1 << 16)
def _names(
    sender: str | None, target: str | None, account: str | None, symbol: str | None
) -> tuple[str, str | None, str | None]:
    """Who sent to whom (`49>56`), account and symbol; the same ones come again and again."""
    session = f"{_needed(SENDER, sender, _plain)}>{_needed(TARGET, target, _plain)}"
    return session, _read(ACCOUNT, account, _plain), _read(SYMBOL, symbol, _plain)


def _side(code: str | None) -> str | None:
    if code is not None and code not in _SIDES and code not in _OTHER_SIDES:
        raise _bad(SIDE, code)
    return code and _SIDES.get(code)


def _needed(tag: Tag, value: str | None, read: Callable[[str], _T | None]) -> _T:
    found = _read(tag, value, read)
    if found is None:
        raise missing(tag)
    return found


def _read(tag: Tag, value: str | None, read: Callable[[str], _T | None]) -> _T | None:
    """The value of a tag; null where it is absent, or a text that is empty. Raises Wrong."""
    if value is None or (read is _plain and not value):
        return None
    found = read(value) if len(value) <= _LONGEST else None
    if found is None:
        raise Wrong(_NESTED, tag.column) if _SECRET.search(value) else _bad(tag, value)
    return found


def _plain(text: str) -> str | None:
    """A text as written; null where it holds a password's tag, or what nobody can read."""
    return None if not text.isprintable() or ("=" in text and _SECRET.search(text)) else text


def _bad(tag: Tag, value: str) -> Wrong:
    # A value with a sign of equality may hold another field, which may be a password: it is not quoted.
    shown = None if "=" in value else value[:40]
    return Wrong(_VALUE.fill(tag=tag.number, name=tag.name), tag.column, shown)
