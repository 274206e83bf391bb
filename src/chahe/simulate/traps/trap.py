"""What a trap is: one more of what only looks like a breach, laid as often as a firm has room for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.simulate.life.company import Firm
    from chahe.simulate.truth import Truth

ANY: Final = 10**6
"""Room for as many as anybody asks for."""


@dataclass(frozen=True, slots=True)
class Trap:
    controls: str
    """Those it looks like a breach to, with blanks between."""
    lay: Callable[["Firm", "Truth", int], None]
    """The nth one, counted from 1, besides the near misses that stand beside the scenarios."""
    room: int = ANY
    why: Text | None = None
    """Why there is no more room."""
