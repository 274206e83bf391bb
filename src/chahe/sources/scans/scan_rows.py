"""One scan while its report is read, and the rows it gives. No reader of its own.

Each host stands once in `vulnerability_scans`, where the report first speaks of it; hosts that only the setting `scope`
names follow as one unit at the end. What the firm declares fills in what the report does not say, and nothing else.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from chahe.sources.model import Context, Records, Reject, Row, Unit, Unreadable
from chahe.sources.reading.xml_stream import NO_SUCH_RECORD, shown
from chahe.sources.scans.component_rows import clean
from chahe.sources.scans.scan_report import (
    ABSENT,
    SCANS,
    WEAKNESSES,
    Fault,
    address_of,
    default_credential,
    options,
)
from chahe.sources.scans.scan_times import utc
from chahe.wording import Text

DECLARED = Text(
    "設定 scope 所列、報告沒有提到的主機",
    "the hosts that the setting scope names and the report does not",
)
HIDDEN = "（不顯示 not shown）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """A weakness as a report states it; `scan` and scanner are known to the Scan."""

    host: str
    finding_id: str
    severity: str
    address: str | None = None
    port: int | None = 0
    protocol: str | None = None
    cve: str | None = None
    title: str | None = None
    component: str | None = None
    cvss: Decimal | None = None
    family: str | None = None
    """What the tool files its check under; tells default credentials."""
    at_us: int | None = None


class Scan:
    """What is known of a scan: what the firm declares, and the hosts its report has named so far."""

    def __init__(self, scanner: str, kind: str, context: Context) -> None:
        self.options = options(context)
        self.context = context
        self.scanner = scanner
        self.kind = kind
        self.scan_id = self.options.scan_id or f"{scanner} {utc(context.observed_at_us)}"
        self.at_us = self.options.scanned_at_us
        """The time of the scan as a whole."""
        self._named = self.options.scan_id is not None
        self._scope = {host.lower() for host in self.options.scope}
        self._told: set[str] = set()

    def name(self, *parts: str | None, at_us: int | None = None) -> None:
        """What the report calls the scan, and its time; the first name counts, and one that is declared before that."""
        if at_us is not None:
            self.at_us = at_us
        named = [part.strip() for part in parts if part and part.strip()]
        if self._named or not named:
            return
        self._named = True
        self.scan_id = " ".join([*named, *([utc(self.at_us)] if self.at_us is not None else [])])

    def host(self, host: str, *, address: str | None = None, at_us: int | None = None, completed: bool | None) -> Row:
        """The row of a host. `completed`: does the report say that its scan ended? None where it says nothing. Raises Fault."""
        if not host.strip():
            raise Fault(ABSENT.fill(field="host"), "host")
        self._told |= {name.lower() for name in (host, address) if name}
        declared = host.lower() in self._scope or (address or "").lower() in self._scope
        values = {
            "scan_id": self.scan_id,
            "scanner": self.scanner,
            "host": host,
            "address": address or address_of(host),
            "scanned_at_us": self.at_us if at_us is None else at_us,
            "completed": True if completed is None and declared else completed,
            "kind": self.kind,
            "from_outside": self.options.from_outside,
        }
        return Row(SCANS, {name: clean(value) for name, value in values.items()})

    def artifact(self, name: str) -> str:
        """What the firm calls the one thing the report is about, or else the report does."""
        return (self.context.settings.get("host") or "").strip() or name

    def is_told(self, host: str) -> bool:
        """Has the host its row already?"""
        return host.lower() in self._told

    def weakness(self, found: Weakness) -> Row:
        """The row of a weakness. Raises Fault where it lacks its host or its number."""
        if not found.host.strip() or not found.finding_id.strip():
            missing = "host" if not found.host.strip() else "finding_id"
            raise Fault(ABSENT.fill(field=missing), missing)
        values = {
            "scan_id": self.scan_id,
            "scanner": self.scanner,
            "host": found.host,
            "address": found.address or address_of(found.host),
            "port": found.port,
            "protocol": found.protocol,
            "finding_id": found.finding_id,
            "cve": found.cve,
            "title": found.title or None,
            "component": found.component or None,
            "severity": found.severity,
            "cvss": found.cvss,
            "default_credential": default_credential(found.title, found.family, found.severity),
            "found_at_us": self.at_us if found.at_us is None else found.at_us,
        }
        return Row(WEAKNESSES, {name: clean(value) for name, value in values.items()})

    def with_host(self, found: Weakness, *, completed: bool | None = None) -> tuple[Row, ...]:
        """The row of a weakness, and before it that of its host where the report has not named that yet."""
        weakness = self.weakness(found)
        if self.is_told(found.host):
            return (weakness,)
        return self.host(found.host, address=found.address, at_us=found.at_us, completed=completed), weakness

    def declared(self) -> Iterator[Unit]:
        """One unit for the hosts of the scope that the report has not named; none where it named all."""
        left = [host for host in self.options.scope if not self.is_told(host)]
        if left:
            yield Records(0, tuple(self.host(host, completed=None) for host in left))


def rejected(fault: Fault) -> Reject:
    """The unit of a record that cannot be evidence."""
    return Reject(0, fault.why, fault.column, fault.value)


def xml_shown(
    units: Iterator[tuple[Unit, etree._Element]], place: int, *, within: str | None = None, hide: tuple[str, ...] = ()
) -> str:
    """The element at a place as text, what may hold secrets left out. Raises Unreadable where there is none."""
    last = 0

    def bare() -> Iterator[tuple[Unit, etree._Element]]:
        nonlocal last
        for unit, element in units:
            last += 1
            for name in hide:
                for secret in element.iterfind(f".//{name}"):
                    secret.clear(keep_tail=True)
                    secret.text = HIDDEN
            yield unit, element

    try:
        return shown(bare(), place, within=within)
    except Unreadable:
        if place != last + 1:
            raise
        return f"{DECLARED.zh}\n{DECLARED.en}"


def json_shown(units: Iterator[tuple[Unit, object]], place: int, *, hide: frozenset[str] = frozenset()) -> str:
    """What the unit at a place was made of, as JSON, what may hold secrets left out. Raises Unreadable where there is none."""
    last = 0
    for last, (_, value) in enumerate(units, 1):
        if last == place:
            return json.dumps(_bare(value, hide), ensure_ascii=False, indent=2, default=str)
    if place != last + 1:
        raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)
    return f"{DECLARED.zh}\n{DECLARED.en}"


def _bare(value: Any, hide: frozenset[str]) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if isinstance(value, dict):
        return {name: HIDDEN if name in hide else _bare(part, hide) for name, part in value.items()}
    if isinstance(value, list):
        return [_bare(part, hide) for part in value]
    return value


def text_of(value: object) -> str:
    """A JSON value that should be a text or number, as text; nothing for anything else."""
    if isinstance(value, str):
        return value.strip()
    return "" if value is None or isinstance(value, bool | dict | list) else str(value)


def decimal_of(value: object) -> Decimal | None:
    """A JSON number, or a text that is one; nothing for anything else, and for one that no score can be."""
    try:
        number = Decimal(text_of(value))
    except InvalidOperation:
        return None
    if not (number.is_finite() and 0 <= number <= 10):
        return None
    return number if -4 <= int(number.as_tuple().exponent) <= 0 else round(number, 4)


def texts_of(value: object) -> list[str]:
    """A JSON value that should be a list of texts, or one text."""
    parts = value if isinstance(value, list) else [value]
    return [text for part in parts if (text := text_of(part))]


def object_of(value: object) -> Mapping[str, object]:
    """A JSON value that should be an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objects_of(value: object) -> list[Mapping[str, object]]:
    """The objects in a JSON value that should be a list of them."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
