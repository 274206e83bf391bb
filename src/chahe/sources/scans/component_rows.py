"""The components of software as lists of them say, and their rows. No reader of its own."""

from dataclasses import dataclass
from typing import Final

from chahe.sources.model import Row
from chahe.sources.scans.scan_report import ABSENT, Fault

COMPONENTS: Final = "sbom_components"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of components: of what, by which tool, when."""

    system: str
    lister: str
    at_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component."""

    name: str
    version: str | None = None
    purl: str | None = None
    type: str | None = None
    licence: str | None = None

    def row(self, listing: Listing) -> Row:
        """Its row. Raises Fault where it, or what it belongs to, has no name."""
        if not self.name.strip() or not listing.system.strip():
            missing = "system" if self.name.strip() else "component"
            raise Fault(ABSENT.fill(field=missing), missing)
        values = {
            "system": listing.system,
            "component": self.name.strip(),
            "version": self.version or None,
            "purl": self.purl or None,
            "type": self.type or None,
            "licence": self.licence or None,
            "lister": listing.lister or None,
            "listed_at_us": listing.at_us,
        }
        return Row(COMPONENTS, {name: clean(value) for name, value in values.items()})


def clean(value: object) -> object:
    """Text without lone surrogates, which JSON can hold and nothing can store."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
