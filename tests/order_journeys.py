"""Orders on their way as a gateway would leave them, made from a seed: for tests and figures of fairness."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

DAY_US = 86_400_000_000
FIRST_DAY = 20_454


@dataclass(frozen=True)
class Gateway:
    """What goes through one line, and what one account is given: `gain_us` off its latency, in a `share` of its orders."""

    days: int = 60
    per_day: int = 50
    accounts: int = 10
    gain_us: int = 0
    share: float = 1.0
    apart_us: int = 400
    """Mean distance between receipts."""
    in_order: bool = False
    """Nothing is sent before what was received earlier, but for the favoured account."""


def journeys_of(gateway: Gateway, seed: int) -> pa.Table:
    """Rows as the derivations are given them. Account a00 is the favoured one.

    Latency is log-normal about 250 µs with a slow tail, grows with the orders that wait, and wanders from day to day.
    """
    rng = np.random.default_rng(seed)
    size = (gateway.days, gateway.per_day)
    begins = (np.arange(gateway.days) + FIRST_DAY)[:, None] * DAY_US + 3_600_000_000
    received = begins + np.cumsum(1 + rng.exponential(gateway.apart_us, size).astype(np.int64), axis=1)
    account = rng.integers(0, gateway.accounts, size)
    mood = rng.lognormal(0, 0.2, (gateway.days, 1))
    latency = 30 + 250 * mood * rng.lognormal(0, 0.5, size) * np.where(rng.random(size) < 0.01, 20, 1)
    sent = received + latency.astype(np.int64)
    waiting = sum(
        (np.pad(sent, ((0, 0), (back, 0)))[:, : gateway.per_day] > received).astype(np.int64) for back in range(1, 6)
    )
    sent = sent + 40 * waiting
    if gateway.in_order:
        sent = np.maximum.accumulate(sent, axis=1) + np.arange(gateway.per_day)
    favoured = (account == 0) & (rng.random(size) < gateway.share)
    sent = np.where(favoured, np.maximum(sent - gateway.gain_us, received + 5), sent)
    number = np.arange(sent.size)
    return pa.table(
        {
            "session": pa.array(["gw"] * sent.size),
            "account": [f"a{one:02}" for one in account.ravel()],
            "event": pa.array(["new"] * sent.size),
            "day": np.repeat(np.arange(gateway.days) + FIRST_DAY, gateway.per_day),
            "received_us": received.ravel(),
            "sent_us": sent.ravel(),
            "order_row": [f"o#{one}" for one in number],
            "receipt_row": [f"c#{one}" for one in number],
        }
    )
