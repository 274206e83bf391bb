"""How near two addresses are to each other: the same unit, another floor of the house, the door beside. No derivation of its own."""

from enum import IntEnum

from chahe.derivations.addresses import READ, Door


class Level(IntEnum):
    """How near two addresses are; a higher one is nearer. What is missing on one side never counts as equal."""

    NONE = 0
    NEIGHBOUR = 1
    """A1: the same street, lane and alley, with numbers that differ by two at most."""
    FLOOR_UNKNOWN = 2
    """A2: the same entrance, or the same but for a county or district that one side leaves out; the floor is not known of both."""
    SAME_NUMBER = 3
    """A3*: the same number with another sub-number (12號, 12號之3): another door, often of the same building."""
    BUILDING = 4
    """A3: the same entrance, both floors known, not the same unit."""
    UNIT = 5
    """A4: the same unit, or a house without floors."""


def level(one: Door, other: Door) -> Level:
    """How near two doors are. The same both ways round."""
    if one.text == other.text:
        return Level.UNIT
    if not _one_street(one, other):
        return Level.NONE
    same_place = (one.county, one.district) == (other.county, other.district)
    if one.number != other.number:
        return Level.NEIGHBOUR if same_place and abs(one.number - other.number) <= 2 else Level.NONE
    if one.sub != other.sub:
        return Level.SAME_NUMBER if same_place else Level.NONE
    if same_place and one.unit == other.unit:
        return Level.UNIT
    return Level.FLOOR_UNKNOWN if not same_place or None in (one.floor, other.floor) else Level.BUILDING


def _one_street(one: Door, other: Door) -> bool:
    """The same street, lane and alley; a county or district may be left out on one side."""
    return (
        one.status == other.status == READ
        and (one.street, one.mark) == (other.street, other.mark)
        and _together(one.county, other.county)
        and _together(one.district, other.district)
    )


def _together(one: str, other: str) -> bool:
    """Equal, or not said on one side."""
    return one == other or not one or not other
