"""Where the background's orders come from: home, a carrier's shared exits, cafés; and who at the firm looks after whom."""

from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.crowd.chance import Chance, Ints
from chahe.simulate.crowd.members import Members
from chahe.simulate.life.company import Firm
from chahe.simulate.logs.texts import Column, listed

_HOME, _CARRIER = 0.6, 0.96
_EXITS: Final = 60
"""Addresses of the carrier's exit that the register of networks knows, from 198.51.100.1 on."""
_CAFES: Final = (64, 190)


def addresses(members: Members, day: date, seats: Ints, places: Ints) -> Column:
    """The address of each order of a day: six in ten come from home, and most others from a telephone's carrier."""
    chance = Chance(members.seed, f"network {day}")
    drawn = chance.share(places)
    exits = 1 + chance.below(places + 10**9, _EXITS)
    cafes = _CAFES[0] + chance.below(places + 2 * 10**9, _CAFES[1])
    shared = listed([f"198.51.100.{last}" for last in range(256)], np.where(drawn < _CARRIER, exits, cafes))
    return pc.if_else(pa.array(drawn < _HOME), members.home_lines().take(pa.array(seats)), shared)


def representatives(firm: Firm, members: Members, seats: Ints) -> list[str]:
    """Who looks after each customer: the brokers by turns."""
    brokers = firm.brokers
    return [brokers[one] for one in members.chance("representative").below(seats, len(brokers)).tolist()]


def representatives_column(firm: Firm, members: Members, seats: Ints) -> Column:
    """The same as text for columns."""
    brokers = firm.brokers
    return listed(brokers, members.chance("representative").below(seats, len(brokers)))
