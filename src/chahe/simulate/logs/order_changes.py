"""What an order's message may be beside a new order."""

from typing import Final

REPLACE: Final = "G"
CANCEL: Final = "F"
