"""Orders of a firm's customers made from a seed, with days that move everybody and groups that are copied: for bunches of orders."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from chahe.derivations.bunch_tickets import query
from chahe.engine.embedded import Embedded

DAY_US = 86_400_000_000
FIRST_DAY = 20_400
NINE_US = 3_600_000_000
"""Nine o'clock in Taipei, of the day of UTC."""
SESSION_S = 16_200


@dataclass(frozen=True)
class World:
    """`shocks` a day bring `crowd` orders each within two minutes, by everybody's customers alike; the opening brings a tenth of the day.

    `copied`: on so many days so many customers of the first book order one security within `jitter` seconds.
    """

    books: int = 40
    customers: int = 50
    days: int = 10
    orders: int = 3000
    symbols: int = 60
    shocks: int = 2
    crowd: int = 120
    copied: int = 0
    copies: int = 6
    jitter: int = 60


def orders_of(world: World, seed: int) -> dict[str, np.ndarray]:
    """The orders' columns: day, second, customer (book by book), symbol, buy; the copied ones come last."""
    rng = np.random.default_rng([seed])
    everybody = world.books * world.customers
    activity = rng.gamma(1.0, 1.0, everybody)
    activity /= activity.sum()
    parts: list[tuple[np.ndarray, ...]] = []
    for day in range(world.days):
        rng = np.random.default_rng([seed, day])
        count = world.orders
        second = np.where(rng.random(count) < 0.1, -1800 + rng.exponential(60, count), rng.random(count) * SESSION_S)
        symbol = (rng.random(count) ** 2.5 * world.symbols).astype(int)
        parts.append(
            (np.full(count, day), second, rng.choice(everybody, count, p=activity), symbol, rng.random(count) < 0.5)
        )
        for _ in range(world.shocks):
            size = rng.poisson(world.crowd)
            begins = rng.random() * SESSION_S
            parts.append((
                np.full(size, day), begins + rng.random(size) * 120, rng.choice(everybody, size, p=activity),
                np.full(size, rng.integers(world.symbols)), np.full(size, rng.random() < 0.5),
            ))  # fmt: skip
    rng = np.random.default_rng([seed, world.days])
    for nth in range(world.copied):
        who = rng.choice(world.customers, world.copies, replace=False)
        moment = rng.random() * (SESSION_S - 600) + rng.random(world.copies) * world.jitter
        parts.append((
            np.full(world.copies, nth), moment, who, np.full(world.copies, rng.integers(world.symbols // 2, world.symbols)),
            np.full(world.copies, True),
        ))  # fmt: skip
    columns = zip(*parts, strict=True)
    return dict(zip(("day", "second", "customer", "symbol", "buy"), map(np.concatenate, columns), strict=True))


def found(world: World, seed: int) -> pa.Table:
    """What the derivation's query brings of them."""
    made = orders_of(world, seed)
    count = len(made["day"])
    at_us = ((FIRST_DAY + made["day"]) * DAY_US + NINE_US + (made["second"] * 1_000_000)).astype(np.int64)
    orders = pa.table({
        "row_id": [f"o#{nth}" for nth in range(count)],
        "happened_on": pa.array((FIRST_DAY + made["day"]).astype(np.int32), pa.date32()),
        "event": ["new"] * count, "leg": ["customer"] * count,
        "order_id": [str(nth) for nth in range(count)],
        "account": [str(one) for one in made["customer"].tolist()],
        "symbol": [f"s{one:02}" for one in made["symbol"].tolist()],
        "side": ["buy" if one else "sell" for one in made["buy"].tolist()],
        "price": pa.nulls(count, pa.decimal128(18, 4)), "quantity": [1000] * count,
        "logged_at_us": at_us, "received_at_us": at_us,
    })  # fmt: skip
    everybody = range(world.books * world.customers)
    accounts = pa.table({
        "account": [str(one) for one in everybody], "customer_id": [f"k{one}" for one in everybody],
        "account_class": ["ordinary"] * len(everybody),
        "representative_id": [f"b{one // world.customers:02}" for one in everybody],
        "representative_from": pa.nulls(len(everybody), pa.date32()),
    })  # fmt: skip
    return asked(orders, accounts)


def asked(orders: pa.Table, accounts: pa.Table, **others: pa.Table) -> pa.Table:
    """The rows of the query over these tables; those not given hold nothing."""
    names = {
        "employees": "national_id", "contact_details": "party_kind party_id contact_kind contact_value used_until",
        "account_authorizations": "account national_id authority authority_from authority_until",
    }  # fmt: skip
    days = {"used_until", "authority_from", "authority_until"}
    with Embedded() as engine:
        engine.arrow("orders", orders)
        engine.arrow("trading_accounts", accounts)
        for name, columns in names.items():
            schema = pa.schema([(one, pa.date32() if one in days else pa.string()) for one in columns.split()])
            engine.arrow(name, others.get(name, schema.empty_table()))
        engine.view("found", query(0, 2**62))
        return engine.rows("SELECT * FROM found")
