"""The numbers of orders' slips: from one on every day, and a change has that of the order it changes."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.logs.order_lines import is_new
from chahe.simulate.logs.order_table import Table
from chahe.simulate.logs.texts import Column, Ints, joined, numbers_of


class Slips:
    """Gives numbers to orders in the order in which they are sent; keeps those of orders that are changed later."""

    def __init__(self) -> None:
        self._last = 0
        self._kept: dict[str, int] = {}

    def begin(self) -> None:
        """Another day."""
        self._last = 0

    def of(self, sent: Table) -> Column:
        """A001 and so on; nothing for what no customer ordered."""
        new = is_new(sent).to_numpy(zero_copy_only=False)
        given = new & sent.column("received").is_valid().to_numpy(zero_copy_only=False)
        skips = sent.column("skips_number").to_numpy(zero_copy_only=False)
        found = self._last + np.cumsum(np.where(given, np.where(skips, 2, 1), 0))
        self._last = int(found[-1])
        self._carry(sent, found, given, new)
        slips = joined("A", pc.utf8_lpad(numbers_of(found), 4, "0"))
        return pc.if_else(pa.array(given | ~new), slips, "")

    def _carry(self, sent: Table, found: Ints, given: np.ndarray, new: np.ndarray) -> None:
        """Put an order's number down for those that change it, in turn: a change may be changed again."""
        followed = sent.column("followed").to_numpy(zero_copy_only=False) & (given | ~new)
        concerned = np.flatnonzero(followed | ~new)
        chosen = sent.take(pa.array(concerned))
        columns = (
            concerned.tolist(), chosen.column("order_id").to_pylist(), chosen.column("original").to_pylist(), followed[concerned].tolist(),
        )  # fmt: skip
        for place, order, original, is_followed in zip(*columns, strict=True):
            if original:
                found[place] = self._kept.pop(original)
            if is_followed:
                self._kept[order] = int(found[place])
