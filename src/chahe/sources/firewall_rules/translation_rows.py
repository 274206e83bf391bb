"""An address translation on its way to `address_translations`. No reader of its own."""

from dataclasses import dataclass
from typing import Final, Literal

from chahe.sources.model import Row

TRANSLATIONS: Final = "address_translations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One translation; addresses and services in the words of `network_sets` and `service_sets`."""

    device: str
    policy: str
    position: int
    rule: str
    kind: Literal["publish", "static", "hide"]
    enabled: bool = True
    outside_zone: tuple[str, ...] = ()
    inside_zone: tuple[str, ...] = ()
    outside_addresses: tuple[str, ...] = ()
    outside_services: tuple[str, ...] = ()
    inside_addresses: tuple[str, ...] = ()
    inside_services: tuple[str, ...] = ()
    from_addresses: tuple[str, ...] = ()
    comment: str | None = None

    def row(self) -> Row:
        """The translation as a row of `address_translations`. `any` services and sources are left out: they narrow nothing."""
        zones = ("outside_zone", "inside_zone")
        words = ("outside_addresses", "outside_services", "inside_addresses", "inside_services", "from_addresses")
        plain = ("device", "policy", "position", "rule", "kind", "enabled", "comment")
        return Row(
            TRANSLATIONS,
            {
                **{name: getattr(self, name) for name in plain},
                **{name: ", ".join(getattr(self, name)) or None for name in zones},
                **{name: _listed(getattr(self, name)) for name in words},
            },
        )


def _listed(words: tuple[str, ...]) -> str | None:
    return None if words == ("any",) else " ".join(words) or None
