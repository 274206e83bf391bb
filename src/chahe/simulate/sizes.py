"""How large an example firm is made: small, medium or large."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """What there is of everything. The small firm has no background beyond its own forty customers."""

    name: str
    employees: int
    customers: int
    """All seats on the list of customers, those of the firm's story among them; 0: the story's own only."""
    orders_a_day: int
    """Of the background, on every trading day of the audited year."""
    busy_days: int
    """The last trading days, which have `busy_orders` each instead."""
    busy_orders: int
    transfers: int
    """Settlements of the background's customers on the firm's own bank account in the audited year."""
    chats: int
    messages_a_chat: int
    look_ups_a_day: int
    order_sign_ins_a_day: int
    """Customers' sign-ins to the web ordering system, over three years."""
    firewall_an_hour: int
    """Records of the head office's firewall in an hour outside its busy weeks; the branch's has half as many."""
    monitoring_an_hour: int
    """Sign-ins of the monitoring host on each Linux host."""
    packed: str = "gz"
    """How the logs of firewalls and orders are packed: gz or zst."""

    @property
    def crowded(self) -> bool:
        """Is there a background?"""
        return self.customers > 0


SMALL: Final = Size("small", 25, 0, 0, 0, 0, 0, 0, 0, 3, 0, 4, 1)
MEDIUM: Final = Size("medium", 60, 3_000, 60, 3, 2_000, 20_000, 40, 125, 17, 60, 10, 2)
LARGE: Final = Size("large", 400, 500_000, 2_000, 1, 20_000_000, 5_000_000, 400, 1_000, 400, 20_000, 3_900, 4, "zst")
_SIZES: Final = {one.name: one for one in (SMALL, MEDIUM, LARGE)}


def sized(name: str) -> Size:
    """The size of that name; KeyError where there is none."""
    return _SIZES[name]


def sizes() -> tuple[str, ...]:
    """The names, from the smallest on."""
    return tuple(_SIZES)
