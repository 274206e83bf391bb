"""The exchange's reports as columns of text: what was changed or cancelled, and what was filled."""

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.logs.fix_lines import EXCHANGE_VERSION, SOH, framed, moments
from chahe.simulate.logs.order_changes import REPLACE
from chahe.simulate.logs.order_lines import EXCHANGE, blocks
from chahe.simulate.logs.order_rows import NEW
from chahe.simulate.logs.order_table import Table, numbers
from chahe.simulate.logs.texts import Column, Ints, joined, numbers_of

_KINDS: Final = 3
"""An answer, a report of a fill, and a second one."""


class Reports(NamedTuple):
    """Some reports, in the order in which their orders were sent."""

    when: Ints
    orders: Ints
    """Places of their orders among those of a batch."""
    lines: Column


def reports(nth: Ints, orders: Table, slips: Column) -> Reports:
    """All reports of a batch's orders; answers come before fills."""
    kinds = (_answers, _fills, _rests)
    masks = (
        np.asarray(pc.not_equal(orders.column("event"), NEW).to_numpy(zero_copy_only=False)),
        numbers(orders, "filled") > 0,
        numbers(orders, "rest") > 0,
    )
    found, whens, lines = [], [], []
    for kind, mask in zip(kinds, masks, strict=True):
        places = np.flatnonzero(mask)
        chosen = orders.filter(pa.array(mask))
        when, told = kind(nth[places], chosen, slips.filter(pa.array(mask)))
        found.append(places)
        whens.append(when)
        lines.append(told)
    keys = np.concatenate([_KINDS * places + kind for kind, places in enumerate(found)])
    order = np.argsort(keys, kind="stable")
    return Reports(np.concatenate(whens)[order], keys[order] // _KINDS, pa.concat_arrays(lines).take(pa.array(order)))


def _fills(nth: Ints, orders: Table, slips: Column) -> tuple[Ints, Column]:
    shares = numbers(orders, "filled")
    total = numbers(orders, "done") + shares
    return _filled(nth, orders, slips, 1, (shares, total))


def _rests(nth: Ints, orders: Table, slips: Column) -> tuple[Ints, Column]:
    shares = numbers(orders, "rest")
    return _filled(nth, orders, slips, 3, (shares, numbers(orders, "filled") + shares))


def _filled(nth: Ints, orders: Table, slips: Column, times: int, told: tuple[Ints, Ints]) -> tuple[Ints, Column]:
    (shares, total), price, order = told, orders.column("price"), orders.column("order_id")
    when = numbers(orders, "sent") + times * numbers(orders, "after")
    quantity, stamp = numbers(orders, "quantity"), moments(when)
    left = quantity - total
    state = pc.if_else(pa.array(left > 0), f"{SOH}150=F{SOH}39=1{SOH}1=", f"{SOH}150=F{SOH}39=2{SOH}1=")
    body = joined(
        _header(nth, orders, stamp.stamped), pc.if_else(pc.equal(slips, ""), order, slips), f"{SOH}11=", order,
        f"{SOH}17=F", order, "-2" if times > 1 else "", state, _deal(orders), numbers_of(quantity), f"{SOH}44=", price,
        f"{SOH}32=", numbers_of(shares), f"{SOH}31=", price, f"{SOH}151=", numbers_of(left), f"{SOH}14=", numbers_of(total),
        f"{SOH}6=", price, f"{SOH}60=", stamp.stamped, SOH, blocks(orders),
    )  # fmt: skip
    return when, framed(stamp.logged, "IN  ", EXCHANGE_VERSION, body)


def _answers(nth: Ints, orders: Table, slips: Column) -> tuple[Ints, Column]:
    """The exchange says that it was done; before any fill of what is left."""
    when = numbers(orders, "sent") + numbers(orders, "after") // 2
    stamp, order, price = moments(when), orders.column("order_id"), orders.column("price")
    replaces, done = pc.equal(orders.column("event"), REPLACE), numbers(orders, "done")
    quantity = numbers(orders, "quantity")
    left = np.where(replaces.to_numpy(zero_copy_only=False), quantity - done, 0)
    state = pc.if_else(replaces, f"{SOH}150=5{SOH}39=5{SOH}1=", f"{SOH}150=4{SOH}39=4{SOH}1=")
    body = joined(
        _header(nth, orders, stamp.stamped), slips, f"{SOH}11=", order, f"{SOH}41=", orders.column("original"),
        f"{SOH}17=C", order, state, _deal(orders), numbers_of(quantity), f"{SOH}44=", price,
        f"{SOH}151=", numbers_of(left), f"{SOH}14=", numbers_of(done), f"{SOH}6=", pc.if_else(pa.array(done > 0), price, "0"),
        f"{SOH}60=", stamp.stamped, SOH,
    )  # fmt: skip
    return when, framed(stamp.logged, "IN  ", EXCHANGE_VERSION, body)


def _header(nth: Ints, orders: Table, stamp: Column) -> Column:
    ends = f"{SOH}49={EXCHANGE}{SOH}56="
    return joined(f"35=8{SOH}34=", numbers_of(nth), ends, orders.column("line"), f"{SOH}52=", stamp, f"{SOH}37=")


def _deal(orders: Table) -> Column:
    side = pc.if_else(orders.column("buy"), f"{SOH}54=1{SOH}38=", f"{SOH}54=2{SOH}38=")
    return joined(orders.column("account"), f"{SOH}55=", orders.column("symbol"), side)
