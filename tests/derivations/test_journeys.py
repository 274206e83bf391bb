"""Orders on their way: both moments found, loads counted, clocks' resolution told."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from chahe.derivations.journeys import doublings, journeys, numbered, query, resolutions, waiting
from chahe.engine.embedded import Embedded
from chahe.evidence.orders import table as orders
from chahe.evidence.schema import arrow_type
from chahe.rules.periods import day_end_us, day_start_us
from order_journeys import Gateway, journeys_of

DAY = date(2026, 10, 1)
NINE = day_start_us(DAY) + 9 * 3_600_000_000


def _found(*rows: Mapping[str, object]) -> list[Mapping[str, object]]:
    fields = [pa.field(one.name, arrow_type(one.kind).arrow) for one in orders.columns]
    fields += [pa.field("row_id", pa.string()), pa.field("happened_on", pa.date32())]
    whole = [
        {"row_id": f"o#{nth}", "order_id": "A1", "event": "new", "session": "gw", "account": "9801", "happened_on": DAY}
        | {"logged_at_us": NINE}
        | dict(row)
        for nth, row in enumerate(rows)
    ]
    with Embedded() as engine:
        engine.arrow("orders", pa.Table.from_pylist(whole, schema=pa.schema(fields)))
        engine.view("found", query(day_start_us(DAY), day_end_us(DAY)))
        return engine.rows("SELECT * FROM found ORDER BY order_row").to_pylist()


def test_the_earlier_of_the_receipts_on_record_counts_and_is_named() -> None:
    [row] = _found(
        {"leg": "exchange", "received_at_us": NINE - 5, "sent_at_us": NINE + 9},
        {"leg": "customer", "logged_at_us": NINE - 7},
        {"leg": "customer", "logged_at_us": NINE - 1, "received_at_us": NINE - 6},
    )

    assert (row["received_us"], row["sent_us"]) == (NINE - 7, NINE + 9)
    assert (row["order_row"], row["receipt_row"]) == ("o#0", "o#1")


def test_a_receipt_of_another_order_event_account_or_day_is_none() -> None:
    assert not _found(
        {"leg": "exchange"},
        {"leg": "customer", "order_id": "A2"},
        {"leg": "customer", "event": "cancel"},
        {"leg": "customer", "account": "9802"},
        {"leg": "customer", "happened_on": date(2026, 9, 30)},
    )


def test_orders_of_other_days_and_without_account_or_line_are_left_out() -> None:
    assert not _found(
        {"leg": "exchange", "received_at_us": 1, "logged_at_us": day_start_us(DAY) - 1},
        {"leg": "exchange", "received_at_us": 1, "logged_at_us": day_end_us(DAY)},
        {"leg": "exchange", "received_at_us": 1, "account": None},
        {"leg": "exchange", "received_at_us": 1, "session": None},
    )


def _table(*rows: tuple[str, str, int, int]) -> pa.Table:
    names = ("session", "account", "received_us", "sent_us")
    listed = [dict(zip(names, row, strict=True)) for row in rows]
    return pa.Table.from_pylist(
        [
            one | {"event": "new", "day": 0, "order_row": f"o#{n}", "receipt_row": f"c#{n}"}
            for n, one in enumerate(listed)
        ]
    )


def test_waiting_counts_those_received_and_not_yet_sent_on_the_same_line() -> None:
    whole = journeys(
        _table(("a", "x", 0, 100), ("a", "y", 10, 50), ("a", "x", 50, 60), ("a", "z", 100, 101), ("b", "x", 20, 900))
    )

    assert waiting(whole).tolist() == [0, 1, 1, 0, 0]


def test_waiting_agrees_with_counting_one_by_one() -> None:
    whole = journeys(journeys_of(Gateway(days=3, per_day=80, apart_us=90), 4))

    counted = [
        sum(1 for r, s in zip(whole.received, whole.sent, strict=True) if r < at < s) for at in whole.received.tolist()
    ]
    assert waiting(whole).tolist() == counted


def test_what_was_sent_before_it_was_received_is_left_out_and_what_in_the_same_tick_is_not() -> None:
    whole = journeys(_table(("a", "x", 10, 9), ("a", "x", 10, 10)))

    assert whole.sent.tolist() == [10]


def test_an_account_on_two_lines_is_two_groups() -> None:
    whole = journeys(_table(("b", "x", 0, 1), ("a", "x", 0, 1), ("a", "y", 0, 1)))

    assert [(whole.sessions[session], account) for session, account in whole.accounts] == [
        ("a", "x"), ("a", "y"), ("b", "x")
    ]  # fmt: skip


def test_the_resolution_is_that_of_the_coarser_clock() -> None:
    fine = [("a", "x", 1000 * n + 1, 1000 * n + 500) for n in range(40)]
    mixed = [("b", "x", 1000 * n + 1, 1000 * n + 2000) for n in range(40)]
    whole_ms = [("c", "x", 1000 * n, 3000 * n + 1000) for n in range(1, 40)]

    assert resolutions(journeys(_table(*fine, *mixed, *whole_ms))) == [100, 1000, 1000]


def test_combinations_are_numbered_and_counts_told_in_doublings() -> None:
    assert numbered(np.array([5, 5, 9]), np.array([1, 2, 1])).tolist() == [0, 1, 2]
    assert doublings(np.array([0, 1, 2, 3, 4, 7, 8])).tolist() == [0, 1, 2, 2, 3, 3, 4]
