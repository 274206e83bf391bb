"""The things the example firm is made of: people, systems, accounts, firewalls, and what they did. Plain records, no logic."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal


@dataclass(slots=True)
class Employee:
    person: str
    name: str
    account: str
    department: str
    title: str
    hired: date
    moved: date | None = None
    left: date | None = None


@dataclass(slots=True)
class VendorPerson:
    person: str
    name: str
    vendor: str
    contract: str
    engaged_from: date
    engaged_until: date | None


@dataclass(slots=True)
class Contract:
    contract: str
    vendor: str
    subject: str
    begins: date
    ends: date
    articles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The sentences of its text by article; empty where the firm has no text of it at hand."""


@dataclass(slots=True)
class System:
    name: str
    host: str
    address: str
    heading: str
    important: bool
    in_service: date
    firewall: str | None
    internet_facing: bool = False
    official_site: bool = False
    colocated: bool = False
    retired: date | None = None


HolderKind = Literal["員工", "委外人員", "客戶", "系統服務", "共用"]
AccountList = Literal["linux", "windows", "directory", "customers"]


@dataclass(slots=True)
class Account:
    """One account on one host, or in the domain. `place` is the name its list goes by (host, or the domain's system)."""

    place: str
    name: str
    kind: AccountList
    created: date
    changed: date
    person: str | None = None
    holder: HolderKind | None = None
    enabled: bool = True
    locked: bool = False
    """Linux: no password opens it."""
    uid: int = 0
    groups: tuple[str, ...] = ()
    full_name: str = ""
    last_used: datetime | None = None
    signs_in: bool = True
    """Does its holder use it, so that the logs show it?"""


@dataclass(slots=True)
class Request:
    request: str
    system: str
    account: str
    requester: str
    purpose: str
    rights: str
    requested: date
    manager: str | None
    manager_on: date | None
    it_manager: str | None
    it_on: date | None


@dataclass(slots=True)
class Review:
    review: str
    system: str
    account: str | None
    reviewed: date
    reviewer: str | None
    decision: str
    reason: str


@dataclass(slots=True)
class Approval:
    approval: str
    system: str
    account: str
    requester: str
    approver: str | None
    approved: datetime
    begins: datetime
    ends: datetime
    purpose: str


@dataclass(slots=True)
class Silence:
    """A stretch in which a device or host wrote nothing, ends included in the silence."""

    begins: datetime
    ends: datetime
    last_us: int | None = None
    """The moment of the last record before it, once the log is written."""


@dataclass(slots=True)
class Export:
    """A half-year's log that was exported again later: the newest record first, with CRLF."""

    half: str
    without_night_of: date | None = None
    """The day on which the records from two o'clock on were cut."""
    minutes: int = 120
    """For so long."""


@dataclass(slots=True)
class Firewall:
    device: str
    serial: str
    make: str
    site: str
    in_service: date
    log_from: date
    per_hour: int
    busy: bool = False
    """Thirty to sixty records an hour by day in the last eight weeks."""
    maker: Literal["fortigate", "asa"] = "fortigate"
    silences: list[Silence] = field(default_factory=list)
    retired: date | None = None
    exported_again: list[Export] = field(default_factory=list)


@dataclass(slots=True)
class Link:
    link: str
    kind: str
    description: str
    firewall: str | None
    in_service: date
    retired: date | None = None


@dataclass(slots=True)
class FirewallReview:
    review: str
    device: str
    reviewed: date
    reviewer: str | None
    result: str
    covers_until: date | None = None


@dataclass(slots=True)
class FirewallRule:
    device: str
    rule: str
    action: str
    source: str
    destination: str
    service: str
    changed: date
    purpose: str
    owner: str = "資訊部"
    expires: date | None = None
    source_zone: str = "lan"
    destination_zone: str = "wan1"


@dataclass(slots=True)
class Published:
    """An address outside, behind which a host of the firm's stands."""

    device: str
    name: str
    outside: str
    inside: str
    port: int


@dataclass(slots=True)
class Downtime:
    subject: str
    begins: datetime
    ends: datetime
    reason: str
    approved_by: str


@dataclass(slots=True)
class SignIn:
    """A password sign-in of a person over the network (Linux: sshd; Windows: 4624)."""

    host: str
    account: str
    when: datetime
    address: str | None
    console: bool = False


@dataclass(slots=True)
class RootUse:
    """`sudo` to root on a Linux host, from a session that signs in just before."""

    host: str
    account: str
    when: datetime
    address: str
    command: str
    by_su: bool = False


@dataclass(slots=True)
class Weakness:
    plugin: str
    title: str
    severity: int
    """Nessus' scale, 0 (log) to 4 (critical)."""
    port: int
    protocol: str
    cve: str | None
    score: str | None
    family: str = "General"


@dataclass(slots=True)
class Scan:
    """One host in one scan."""

    report: str
    host: str
    address: str
    ended: datetime
    weaknesses: list[Weakness] = field(default_factory=list)
    outside: bool = False


@dataclass(slots=True)
class Treatment:
    treatment: str
    host: str
    plugin: str
    how: str
    treated: date
    approver: str
    valid_until: date | None = None


@dataclass(slots=True)
class Policy:
    """Password rules of one Linux host or of the Windows host or domain."""

    place: str
    min_length: int
    classes: int
    attempts: int
    max_days: int


@dataclass(slots=True)
class Order:
    """An order on its way: from the customer's program to the firm, checked, and on to the exchange."""

    order_id: str
    account: str
    symbol: str
    buy: bool
    price: Decimal
    quantity: int
    received: datetime | None
    """None: no customer's message for it; a program of the firm's made it."""
    checked: datetime | None
    sent: datetime
    checked_quantity: int | None = None
    """Where the check was of another quantity."""
    passed: bool = True
    filled: bool = True
    in_burst: bool = False
    """One of several that came within a fraction of a millisecond."""
    channel: Literal["網路", "專線", "語音"] = "專線"
    handler: str = ""
    address: str | None = None
    device: str | None = None
    signature: str | None = None
    caller: str | None = None
    trade_type: str = "普通"
    matching: str = ""
    """Of a block: 配對 or 逐筆."""
    line: str = "HAIYU"
    """The firm's name on the line to the exchange that it went over; the other line is not co-located."""
    skips_number: bool = False
    """The slip number before its own was never used."""
    timed: bool = False
    """The truth names it by the moment it was sent: no other scenario moves that."""
