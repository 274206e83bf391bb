"""A bill of materials while it is read: its components, its weaknesses, and their rows. No reader of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chahe.sources.model import Context, Records, Reject, Skip, Unit
from chahe.sources.scans.component_rows import Component, Listing
from chahe.sources.scans.cvss import base_score
from chahe.sources.scans.scan_report import BAD_VALUE, Fault, cves, graver, moment_us, severity_of
from chahe.sources.scans.scan_rows import Scan, Weakness, decimal_of, object_of, objects_of, rejected, text_of
from chahe.wording import Text

_SEVERITIES = {
    "critical": "critical",
    "high": "high",
    "medium": "medium",
    "moderate": "medium",
    "low": "low",
    "negligible": "low",
    "info": "info",
    "informational": "info",
    "none": "info",
    "unknown": "unknown",
    "": "unknown",
}

NO_SYSTEM = Text(
    "元件清單沒有寫是哪一個系統的；請在 chahe.toml 為這個來源設定 host",
    "the list of components does not say whose they are; set host for this source in chahe.toml",
)
LIST_OF = Text("元件清單的開頭：{system}", "the head of the list: {system}")

Rating = tuple[str, str, str, str]
"""Its word, score, vector and method, as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vulnerability:
    """A weakness as a bill of materials states it."""

    number: str
    also: tuple[str | None, ...] = ()
    """What else may hold its CVE numbers."""
    title: str = ""
    ratings: tuple[Rating, ...] = ()
    refs: tuple[str, ...] = ()
    component: Component | None = None
    """The component it stands in; `refs` name others."""


class Bill:
    """What is known of a bill at one point of it."""

    def __init__(self, context: Context, *, lister: str) -> None:
        self.scan = Scan(lister or "cyclonedx", "components", context)
        self.system = ""
        self.problem: Reject | None = None
        """Why nothing of it can be evidence."""
        self._names: dict[str, str] = {}

    def begin(self, system: str, written: str, *, scanned: bool = False) -> Unit:
        """The unit of the bill itself. `scanned`: does it list weaknesses, be it none?"""
        self.system = self.scan.artifact(system)
        try:
            at_us = (
                moment_us(written, self.scan.context.zone, "timestamp", "listed_at_us") if written else self.scan.at_us
            )
        except Fault as fault:
            self.problem = rejected(fault)
            return self.problem
        self.scan.name(self.system, at_us=at_us)
        if not self.system:
            self.problem = Reject(0, NO_SYSTEM, "host")
            return self.problem
        if scanned:
            return Records(0, (self.scan.host(self.system, completed=None),))
        return Skip(0, LIST_OF.fill(system=self.system[:100]))

    def component(self, component: Component, ref: str) -> Unit:
        """The unit of a component; `ref` is how weaknesses speak of it."""
        if ref:
            self._names[ref] = _named(component)
        if self.problem is not None:
            return self.problem
        try:
            return Records(
                0, (component.row(Listing(system=self.system, lister=self.scan.scanner, at_us=self.scan.at_us)),)
            )
        except Fault as fault:
            return rejected(fault)

    def weakness(self, stated: Vulnerability) -> Unit:
        """The unit of a weakness: a row for each component it affects."""
        if self.problem is not None:
            return self.problem
        try:
            severity, score = _rated(stated.ratings)
        except Fault as fault:
            return rejected(fault)
        affected = [self._names.get(ref, ref) for ref in stated.refs]
        if stated.component is not None:
            affected.append(_named(stated.component))
        try:
            rows = [
                self.scan.weakness(
                    Weakness(
                        host=self.system,
                        finding_id=stated.number,
                        cve=cves((stated.number, *stated.also)),
                        title=stated.title[:200],
                        component=component,
                        severity=severity,
                        cvss=score,
                    )
                )
                for component in affected or [""]
            ]
        except Fault as fault:
            return rejected(fault)
        return Records(0, tuple(rows))


def component_of(said: Mapping[str, object]) -> Component:
    """A component by the keys of CycloneDX."""
    group, name = text_of(said.get("group")), text_of(said.get("name"))
    licences = [
        text_of(one.get("expression")) or text_of(part.get("id")) or text_of(part.get("name"))
        for one in objects_of(said.get("licenses"))
        for part in [object_of(one.get("license"))]
    ]
    return Component(
        name=f"{group}/{name}" if group and name else name,
        version=text_of(said.get("version")),
        purl=text_of(said.get("purl")),
        type=text_of(said.get("type")),
        licence=", ".join(filter(None, licences)),
    )


def _named(component: Component) -> str:
    return f"{component.name}@{component.version}" if component.version else component.name


def _rated(ratings: tuple[Rating, ...]) -> tuple[str, Decimal | None]:
    """The gravest of the ratings, each by its word or else its score; and the score, of CVSS 3, or else of 4 or 2."""
    severity = "info" if ratings else "unknown"
    scores: list[tuple[bool, Decimal]] = []
    for word, written, vector, method in ratings:
        if word.lower() not in _SEVERITIES:
            raise Fault(BAD_VALUE.fill(field="ratings.severity"), "severity", word)
        stated = _SEVERITIES[word.lower()]
        score = _score(written, vector, method)
        if score is not None and (score or stated == "info"):
            # Some tools write 0 where they know no score.
            scores.append((("3" in method) or vector.startswith("CVSS:3"), score))
            stated = severity_of(score) if stated == "unknown" else stated
        severity = graver(severity, stated)
    return severity, max(scores, default=(False, None), key=lambda one: one[0])[1]


def _score(written: str, vector: str, method: str) -> Decimal | None:
    """A CVSS score, given or computed; other methods' numbers are none."""
    if method and "CVSS" not in method.upper() and not vector.startswith("CVSS:"):
        return None
    score = decimal_of(written)
    return base_score(vector) if score is None and vector else score
