"""order-over-limit held against a slow twin in plain Python, on random small worlds."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.casebook import Case
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.trial import run
from chahe.rules.periods import day_start_us, taipei_day

NINE = day_start_us(Case("", "").as_of.replace(month=10, day=1)) + 9 * 3_600_000_000
DAY = 86_400_000_000
Row = dict[str, object]
Found = set[tuple[str, str, str, int]]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Embedded() as embedded:
        yield embedded


def _world(seed: int) -> dict[str, list[Row]]:
    """Four accounts of three customer numbers, two of which are one person's; moments from few ticks, so that many meet."""
    rng = Random(seed)  # noqa: S311 - worlds that are the same every time
    accounts = [("a1", "k1"), ("a2", "k2"), ("a3", "k3"), ("a4", "k3")]
    limits: list[Row] = []
    for nth in range(rng.randrange(1, 6)):
        begins = NINE + rng.randrange(-40, 40)
        limits.append(
            {"row_id": f"l#{nth}", "limit_id": f"L{nth}", "customer_id": rng.choice(("k1", "k2", "k3")),
             "daily_limit": Decimal(rng.randrange(1, 30)), "valid_from_us": begins,
             "approved_at_us": begins + rng.randrange(-20, 20), "approved_by": rng.choice(("e2", "e2", "e1")), "set_by": "e1"}
        )  # fmt: skip
    orders: list[Row] = []
    for nth in range(rng.randrange(1, 14)):
        earlier = [one for one in orders if one["event"] != "cancel"]
        event = rng.choice(("new", "new", "replace", "cancel")) if earlier else "new"
        before = rng.choice(earlier) if event != "new" else None
        orders.append(
            {"row_id": f"o#{nth:02}", "leg": rng.choice(("exchange", "exchange", "exchange", "customer")) if before is None else before["leg"],
             "event": event, "order_id": f"A{nth}", "original_order_id": before and before["order_id"],
             "account": before["account"] if before else rng.choice(accounts)[0], "price": Decimal(1),
             "quantity": None if event == "cancel" else rng.randrange(1, 12),
             "logged_at_us": NINE + 3 * nth + (before or {}).get("day", rng.choice((0, DAY))), "day": 0}
        )  # fmt: skip
        orders[-1]["day"] = (int(str(orders[-1]["logged_at_us"])) - NINE) // DAY * DAY
    return {
        "orders": orders,
        "credit_limits": limits,
        "trading_accounts": [{"row_id": f"t#{a}", "account": a, "customer_id": k} for a, k in accounts],
        "customers": [{"row_id": f"c#{k}", "customer_id": k, "national_id": n} for k, n in (("k1", "X"), ("k2", "X"), ("k3", None))],
        "executions": [],
    }  # fmt: skip


def _allowed(world: dict[str, list[Row]], numbers: tuple[str, ...], at_us: int) -> Decimal | None:
    """The highest of each number's newest approved limit."""
    best: list[Decimal] = []
    for number in numbers:
        held = [
            (max(int(str(one["valid_from_us"])), int(str(one["approved_at_us"]))), -Decimal(str(one["daily_limit"])))
            for one in world["credit_limits"]
            if one["customer_id"] == number and one["approved_by"] != one["set_by"]
        ]
        held = [one for one in held if one[0] <= at_us]
        if held:
            best.append(-max(held)[1])
    return max(best, default=None)


def _twin(world: dict[str, list[Row]]) -> Found:
    """Walks each person's day order by order."""
    persons = {"k1": (("k1", "k2"), ("a1", "a2")), "k3": (("k3",), ("a3", "a4"))}
    sizes = {str(one["order_id"]): one["quantity"] for one in world["orders"]}
    found: Found = set()
    for customer, (numbers, accounts) in persons.items():
        totals: dict[int, int] = {}
        told: set[int] = set()
        mine = [one for one in world["orders"] if one["account"] in accounts and one["leg"] == "exchange"]
        for one in sorted(mine, key=lambda one: int(str(one["logged_at_us"]))):
            day, at_us = int(str(one["day"])), int(str(one["logged_at_us"]))
            size = int(str(one["quantity"] or 0))
            if one["event"] == "replace":
                size = max(size - int(str(sizes[str(one["original_order_id"])])), 0)
            totals[day] = totals.get(day, 0) + size
            allowed = _allowed(world, numbers, at_us)
            if size > 0 and day not in told and (allowed is None or totals[day] > allowed):
                told.add(day)
                found.add((customer, taipei_day(at_us).isoformat(), str(one["order_id"]), totals[day]))
    return found


def _examined(engine: Engine, world: dict[str, list[Row]]) -> Found:
    given = {name: [{k: v for k, v in row.items() if k != "day"} for row in rows] for name, rows in world.items()}
    result = run(engine, controls()["order-over-limit"], Case("a random world", "here", given=given))
    assert result.examination is not None
    assert result.examination.undetermined == []
    return {
        (str(row["customer_id"]), str(row["traded_on"]), str(row["order_id"]), int(str(row["total"]).partition(".")[0]))
        for row in result.examination.exceptions
    }


def test_on_random_worlds_it_finds_what_its_twin_finds(engine: Engine) -> None:
    together = 0
    for seed in range(40):
        world = _world(seed)
        expected = _twin(world)
        assert _examined(engine, world) == expected, seed
        together += len(expected)
    assert together > 25


def test_orders_of_strangers_and_the_side_of_an_order_change_nothing(engine: Engine) -> None:
    for seed in range(60, 66):
        world = _world(seed)
        expected = _twin(world)
        for one in world["orders"]:
            one["side"] = "sell"
        world["trading_accounts"].append({"row_id": "t#z", "account": "z1", "customer_id": "k9"})
        world["credit_limits"].append(
            {"row_id": "l#z", "limit_id": "LZ", "customer_id": "k9", "daily_limit": Decimal(9), "valid_from_us": 1,
             "approved_at_us": 1, "approved_by": "e2", "set_by": "e1"}
        )  # fmt: skip
        world["orders"].append(
            {"row_id": "o#z", "leg": "exchange", "event": "new", "order_id": "A0", "account": "z1", "price": Decimal(1),
             "quantity": 9, "logged_at_us": NINE, "day": 0}
        )  # fmt: skip
        assert _examined(engine, world) == expected, seed
