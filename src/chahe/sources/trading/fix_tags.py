"""The tags of FIX that are read, and their values taken out of messages. No reader of its own."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from chahe.sources.trading.fix_values import utc_us
from chahe.wording import Text

_FIELDS = re.compile(r"(?:[0-9]+=[^\x01]*\x01)+")
_PAIR = re.compile(r"([0-9]+)=([^\x01]*)\x01")
_REPORTED = re.compile(r"\x01(150|20)=([^\x01]*)")
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
_COUNTED = Text(
    "NoOrders（73）為 {given}，清單中有 {found} 筆委託；請確認日誌保留完整訊息",
    "NoOrders (73) is {given}, the list has {found} orders; check that the log keeps whole messages",
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
SLIP = Tag("37", "OrderID", "slip_number")
REFERENCE = Tag("19", "ExecRefID", "original_execution_id")
LIST = Tag("66", "ListID", "list_id")
LISTED = Tag("73", "NoOrders", "order_id")
READ = frozenset(
    "8 9 35 34 43 20 49 50 56 57 52 11 41 1 55 54 40 59 44 38 60 17 150 39 31 32 37 19 66".split()  # noqa: SIM905 - thirty strings
)
"""Tags of which a message may have one alone."""
USER = ("10000", "10001", "10002")
"""TWSE's own tags. Elsewhere they may mean anything, so a message that repeats one is taken to have none."""


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
        read = READ | {received.number} if received else READ
        for tag, count in Counter(tag for tag, _ in pairs).items():
            if count > 1 and tag in read:
                raise Wrong(_REPEATED.fill(tag=tag, count=count))
            if count > 1 and tag in USER:
                del found[tag]
    return found


def entries(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The fields of a list of orders: those before its entries, and those of each, which begins with ClOrdID (11).

    Raises Wrong where a field is none, a tag that is read stands twice in one of them, or NoOrders (73) is not their number.
    """
    if not _FIELDS.fullmatch(text):
        raise Wrong(_FIELD)
    head: dict[str, str] = {}
    found: list[dict[str, str]] = []
    for tag, value in _PAIR.findall(text):
        if tag == ORDER_ID.number:
            found.append({})
        of = found[-1] if found else head
        if tag in of and tag in READ:
            raise Wrong(_REPEATED.fill(tag=tag, count=2))
        of[tag] = value
    if head.get(LISTED.number) != str(len(found)):
        raise Wrong(_COUNTED.fill(given=head.get(LISTED.number, "?")[:9], found=len(found)), LISTED.column)
    return head, found


def reported(text: str) -> tuple[str | None, str]:
    """ExecType (150) and ExecTransType (20; "0" where absent) of a report; (null, "0") where one is not there just once."""
    found = _REPORTED.findall(text)
    kinds = dict(found)
    return (kinds.get("150"), kinds.get("20", "0")) if len(kinds) == len(found) else (None, "0")


def moment(found: Mapping[str, str], tag: Tag) -> int | None:
    """A UTC timestamp in a tag that may be absent. Raises Wrong."""
    return read(tag, found.get(tag.number), utc_us)


def missing(tag: Tag) -> Wrong:
    """That a message lacks a tag."""
    return Wrong(_MISSING.fill(tag=tag.number, name=tag.name), tag.column)


def needed(tag: Tag, value: str | None, reading: Callable[[str], _T | None]) -> _T:
    """The value of a tag that must be there. Raises Wrong."""
    found = read(tag, value, reading)
    if found is None:
        raise missing(tag)
    return found


def read(tag: Tag, value: str | None, reading: Callable[[str], _T | None]) -> _T | None:
    """The value of a tag; null where it is absent, or a text that is empty. Raises Wrong."""
    if value is None or (reading is plain and not value.strip(" ")):
        return None
    found = reading(value) if len(value) <= _LONGEST else None
    if found is None:
        raise Wrong(_NESTED, tag.column) if _SECRET.search(value) else bad(tag, value)
    return found


def plain(text: str) -> str | None:
    """A text without the blanks that fill it up; null where it holds a password's tag, or what nobody can read."""
    return None if not text.isprintable() or ("=" in text and _SECRET.search(text)) else text.rstrip(" ")


def bad(tag: Tag, value: str) -> Wrong:
    """That the value of a tag is none that FIX allows."""
    # A value with a sign of equality may hold another field, which may be a password: it is not quoted.
    shown = None if "=" in value else value[:40]
    return Wrong(_VALUE.fill(tag=tag.number, name=tag.name), tag.column, shown)
