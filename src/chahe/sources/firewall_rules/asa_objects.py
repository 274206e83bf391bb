"""Cisco ASA's objects, object groups, names, time ranges and ACL bindings. No reader of its own.

object network web-1
 host 10.30.2.20
object-group service web tcp
 port-object eq https
time-range until-audit
 absolute start 08:00 01 March 2026 end 18:00 30 June 2026
access-group outside_in in interface outside
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from chahe.sources.firewall_rules.asa_words import (
    Unfit,
    Words,
    address,
    fit,
    port_ranges,
    product,
    service_words,
    transports,
)
from chahe.sources.firewall_rules.network_sets import named
from chahe.sources.firewall_rules.object_book import Book
from chahe.sources.firewall_rules.service_sets import icmp
from chahe.wording import Text

BAD_OBJECT = Text(
    "物件「{name}」的這一行讀不懂，引用它的規則範圍無法判定；請以 show running-config 重新匯出",
    "this line of object {name!r} cannot be read, so the rules that use it are undetermined; export `show running-config` again",
)
_MEMBERS: Final = frozenset(
    ("host", "subnet", "range", "fqdn", "network-object", "group-object", "port-object", "service-object",
     "protocol-object", "icmp-object", "description", "absolute", "periodic")
)  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABSOLUTE = re.compile(r"(start|end) \d{1,2}:\d\d (\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})", re.ASCII)


class Binding(NamedTuple):
    """Where an ACL is applied: `in`, `out`, `global` or `control-plane`, and the interface."""

    way: str
    interface: str


@dataclass(slots=True)
class Times:
    """A time range: a span of days, and whether it recurs."""

    starts: date | None = None
    ends: date | None = None
    narrows: bool = False


@dataclass(slots=True)
class Objects:
    """What access lists may name."""

    names: dict[str, str] = field(default_factory=dict)
    networks: Book = field(default_factory=Book)
    services: Book = field(default_factory=Book)
    ports: Book = field(default_factory=Book)
    """Groups of ports without a protocol: canonical ranges, `*` for every port."""
    protocols: Book = field(default_factory=Book)
    icmp_types: Book = field(default_factory=Book)
    times: dict[str, Times] = field(default_factory=dict)
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    nats: list[tuple[int, str, str]] = field(default_factory=list)
    """Place and text of each `nat` line, and the object it stands in (empty for a rule of its own)."""
    hostname: tuple[int, str] | None = None
    lines: set[int] = field(default_factory=set)
    """Lines that define objects."""
    faults: dict[int, tuple[str, str]] = field(default_factory=dict)
    """By line: the object and what was written."""


class Collector:
    """Takes the lines of a configuration and keeps what access lists may name."""

    def __init__(self) -> None:
        self.objects = Objects()
        self.kind = ""
        self.name = ""
        self.of: tuple[str, ...] = ()
        self.section = ""
        """Of `show nat`, what the section says of its rules."""

    def take(self, place: int, text: str) -> None:
        words = Words(text.split())
        inside = bool(self.kind) and (
            text[:1].isspace() or words.next in _MEMBERS or (self.kind, words.next) == ("object service", "service")
        )
        if not words or words.next.startswith("!"):
            return
        if inside:
            self._member(place, text, words)
            return
        self.kind = ""
        if not self._translation(place, words.words):
            self._opening(place, words)

    def _translation(self, place: int, words: list[str]) -> bool:
        """Take a line about translations, as the configuration or `show nat` writes it."""
        match words:
            case ["nat", *_]:
                self.objects.nats.append((place, " ".join(words), ""))
            case [("Manual" | "Auto"), "NAT", "Policies", "(Section", section, *_]:
                self.section = {"2": " auto", "3": " after-auto"}.get(section.rstrip(")"), "")
            case [number, inside, "to", outside, "source", *rest] if (
                number.isdigit() and inside[0] == outside[0] == "("
            ):
                pair = f"({inside.strip('()')},{outside.strip('()')})"
                self.objects.nats.append((place, f"nat {pair}{self.section} source {' '.join(rest)}", ""))
            case _:
                return False
        return True

    def _opening(self, place: int, words: Words) -> None:
        objects = self.objects
        match words.words:
            case ["hostname", name, *_] if objects.hostname is None:
                objects.hostname = (place, name.strip('"'))
            case ["name", given, name, *_]:
                objects.names[name] = given
                objects.lines.add(place)
            case ["object", ("network" | "service") as kind, name, *_]:
                self._open(place, f"object {kind}", name)
            case ["object-group", "group", kind, name, *of] | ["object-group", kind, name, *of]:
                self._open(place, f"group {kind}", name, tuple(of))
                self._book().groups.setdefault(name, ())
            case ["time-range", name, *_]:
                self._open(place, "time-range", name)
                objects.times.setdefault(name, Times())
            case ["access-group", name, ("in" | "out") as way, "interface", interface, *rest]:
                towards = "control-plane" if "control-plane" in rest else way
                objects.bindings.setdefault(name, []).append(Binding(towards, interface))
            case ["access-group", name, "global", *_]:
                objects.bindings.setdefault(name, []).append(Binding("global", "any"))

    def _open(self, place: int, kind: str, name: str, of: tuple[str, ...] = ()) -> None:
        self.kind, self.name, self.of = kind, name, of
        self.objects.lines.add(place)

    def _book(self) -> Book:
        """The book of the open object or group."""
        objects = self.objects
        match self.kind:
            case "object service":
                return objects.services
            case "group service":
                return objects.ports if self.of else objects.services
            case "group protocol":
                return objects.protocols
            case "group icmp-type":
                return objects.icmp_types
            case "object network" | "group network":
                return objects.networks
        return Book()

    def _member(self, place: int, text: str, words: Words) -> None:
        self.objects.lines.add(place)
        if words.next == "nat" and self.kind == "object network":
            self.objects.nats.append((place, text.strip(), self.name))
        if words.next in ("description", "nat"):
            return
        try:
            if self.kind == "time-range":
                self._time(" ".join(words.words))
            elif self.kind.startswith("object"):
                self._book().leaves[self.name] = self._object(words)
            else:
                self._grouped(words)
        except Unfit:
            self.objects.faults[place] = (self.name, text.strip()[:200])
            book = self._book()
            if self.kind.startswith("object"):
                book.leaves[self.name] = (named("unknown", self.name),)
            else:
                self._add(book, (named("unknown", self.name),))

    def _object(self, words: Words) -> tuple[str, ...]:
        if self.kind == "object service":
            if words.take() != "service":
                raise Unfit
            return service_words(words)
        kind = words.next
        if kind == "fqdn":
            words.take()
            return (named("fqdn", words.words[-1]),) if words else fit(None)
        if kind == "subnet":
            words.take()
        elif kind not in ("host", "range"):
            raise Unfit
        return address(words, self.objects.names)

    def _grouped(self, words: Words) -> None:
        kind = words.take()
        book = self._book()
        match kind:
            case "group-object":
                self._refer(book, words.take())
            case "network-object" | "service-object" if words.next == "object":
                words.take()
                self._refer(book, words.take())
            case "network-object":
                self._add(book, address(words, self.objects.names))
            case "service-object":
                self._add(book, service_words(words))
            case "port-object" if self.of:
                self._add(book, port_ranges(words) or fit(None))
            case "port-object":
                self._add(book, product(("tcp", "udp"), None, port_ranges(words) or fit(None)))
            case "protocol-object":
                self._add(book, transports(words.take()))
            case "icmp-object":
                self._add(book, fit(icmp(words.take())))
            case _ if self.kind in ("group network", "group service", "group protocol", "group icmp-type"):
                raise Unfit

    def _add(self, book: Book, words: tuple[str, ...]) -> None:
        """A member without a name of its own: a leaf under a name that cannot be written."""
        key = f"{self.name}\n{len(book.leaves)}"
        book.leaves[key] = words
        self._refer(book, key)

    def _refer(self, book: Book, name: str) -> None:
        # A group of a kind that is not known has no entry of its own; what refers to it finds nothing.
        book.groups[self.name] = (*book.groups.get(self.name, ()), name)

    def _time(self, text: str) -> None:
        times = self.objects.times[self.name]
        times.narrows = times.narrows or text.startswith("periodic")
        for which, day, month, year in _ABSOLUTE.findall(text):
            try:
                on = date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
            except ValueError:
                raise Unfit from None
            if which == "start":
                times.starts = on
            else:
                times.ends = on
