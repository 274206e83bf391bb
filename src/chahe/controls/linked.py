"""How a control's findings hang together with others: which columns name people and things, what ties them, and when it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from chahe.wording import Text

_T = TypeVar("_T")


class Role(Enum):
    """What a column's value is, in the order in which a case is named after it: staff first, then customers, then things."""

    EMPLOYEE = "employee"
    CUSTOMER = "customer"
    RELATIVE = "relative"
    SPEAKER = "speaker"
    """A name as it was written; where it is one employee's and no customer's, the employee."""
    ACCOUNT = "account"
    BANK_ACCOUNT = "bank_account"
    CERTIFICATE = "certificate"
    DEVICE = "device"
    TELEPHONE = "telephone"
    EMAIL = "email"
    IP = "ip"
    ADDRESS = "address"
    CONVERSATION = "conversation"

    @property
    def label(self) -> Text:
        return _ROLES[self]


_ROLES = {
    Role.EMPLOYEE: Text("員工", "employee"),
    Role.CUSTOMER: Text("客戶", "customer"),
    Role.RELATIVE: Text("員工的關係人", "relative of staff"),
    Role.SPEAKER: Text("發話人", "speaker"),
    Role.ACCOUNT: Text("證券帳戶", "trading account"),
    Role.BANK_ACCOUNT: Text("銀行帳戶", "bank account"),
    Role.CERTIFICATE: Text("憑證", "certificate"),
    Role.DEVICE: Text("裝置", "device"),
    Role.TELEPHONE: Text("電話", "telephone"),
    Role.EMAIL: Text("電子郵件", "e-mail"),
    Role.IP: Text("IP 位址", "IP address"),
    Role.ADDRESS: Text("地址", "address"),
    Role.CONVERSATION: Text("對話", "conversation"),
}


class Family(Enum):
    """The kind of record a finding rests on. Two findings on one kind say the same thing twice; on two kinds they confirm each other."""

    ORDERS = "orders"
    MONEY = "money"
    CONTACTS = "contacts"
    WORDS = "words"
    ACCESS = "access"
    PAPERS = "papers"

    @property
    def label(self) -> Text:
        return _FAMILIES[self]


_FAMILIES = {
    Family.ORDERS: Text("委託紀錄", "orders"),
    Family.MONEY: Text("資金紀錄", "money"),
    Family.CONTACTS: Text("聯絡資料", "contact data"),
    Family.WORDS: Text("訊息與通話", "messages and calls"),
    Family.ACCESS: Text("查詢紀錄", "look-ups"),
    Family.PAPERS: Text("文件與檢查", "papers and inspections"),
}


class Trait(Enum):
    """What a finding shows that no kind of record alone tells, for naming what a case looks like."""

    DISCRETION = "discretion"
    """Orders on a customer's account by a hand that is not the customer's."""
    DECEASED = "deceased"
    LEAK = "leak"
    """Customers' data went where they should not."""
    COMPLAINT = "complaint"
    UNCHECKED = "unchecked"
    """Orders without a check before they were sent."""
    UNTIMED = "untimed"
    """Orders without the time of their receipt."""
    FAVOURED = "favoured"
    """One customer is nearer or faster than others."""
    TRANSFER = "transfer"
    """Shares of insiders were sold otherwise than declared."""


@dataclass(frozen=True, slots=True)
class By(Generic[_T]):
    """A value that depends on a column's code."""

    column: str
    values: Mapping[str, _T]
    otherwise: _T


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A column that names a person or thing. A column ending in `_row` names it by its record, so that no value is shown."""

    column: str
    role: Role | By[Role]
    joins: bool = True
    """Does it bring findings together? False: what the deed was about, not whose it was; it is shown, and links cases."""
    called: str | None = None
    """A column whose code says what it is (the kind of relative)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ties two nodes. Each end is the first of its columns that has a value; without both there is no tie."""

    ends: tuple[tuple[str, ...], tuple[str, ...]]
    what: Text
    rows: tuple[str, ...]
    """The columns of the evidence behind it."""
    strength: int = 50
    """0 to 100: how much it says by itself that the two have to do with each other."""
    told: str | None = None
    """A column that says more: a code, or `told` for the pair `told_zh` and `told_en`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A day or moment of the time line: a DATE column, or one ending in `_us`."""

    column: str
    what: Text
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """How the findings of a control join others in one case."""

    family: Family
    nodes: tuple[Node, ...]
    confidence: int | By[int]
    """Per cent: how surely the records mean what the control asks; 100 where they break the rule by themselves."""
    ties: tuple[Tie, ...] = ()
    events: tuple[Event, ...] = ()
    money: tuple[str, ...] = ()
    """Columns of NT$ that changed hands or are owed, added up; not what was merely ordered."""
    traits: tuple[Trait, ...] | By[tuple[Trait, ...]] = field(default=())

    @property
    def columns(self) -> frozenset[str]:
        """Every column it names; `told` of a pair without its ending."""
        named = {node.column for node in self.nodes} | {node.called for node in self.nodes if node.called}
        named |= {column for tie in self.ties for column in (*tie.ends[0], *tie.ends[1], *tie.rows)}
        named |= {tie.told for tie in self.ties if tie.told}
        named |= {column for event in self.events for column in (event.column, *event.rows)}
        chosen = [self.confidence, self.traits, *(node.role for node in self.nodes)]
        return frozenset(named | set(self.money) | {one.column for one in chosen if isinstance(one, By)})
