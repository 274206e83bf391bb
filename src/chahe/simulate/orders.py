"""Orders on every trading day of the period: customers' messages to the firm, checks of risk, and the firm's messages to the exchange."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast import Order
from chahe.simulate.company import Firm
from chahe.simulate.days import at, days_from

_SECURITIES: Final = (
    ("2330", "1085.00"), ("2317", "182.50"), ("2454", "1320.00"), ("0050", "198.35"), ("2603", "201.00"), ("2881", "89.60"),
)  # fmt: skip
_PER_DAY: Final = 6
MICROSECOND: Final = timedelta(microseconds=1)


def add_orders(firm: Firm) -> None:
    """A handful of orders a day, each received, checked and sent within a millisecond."""
    rng = firm.rng("orders")
    customers = [f"9{800 + nth}{rng.randrange(1000):03}" for nth in range(12)]
    calendar = trading_days()
    for day in days_from(firm.period_from, firm.as_of):
        if not calendar.is_trading_day(day):
            continue
        minutes = sorted(rng.sample(range(2, 262), _PER_DAY))
        for nth, minute in enumerate(minutes, 1):
            symbol, price = rng.choice(_SECURITIES)
            received = at(day, 9 + minute // 60, minute % 60, rng.randrange(60), rng.randrange(900_000))
            checked = received + MICROSECOND * (60 + rng.randrange(200))
            firm.orders.append(
                Order(
                    order_id=f"{day:%y%m%d}{nth:03}",
                    account=rng.choice(customers),
                    symbol=symbol,
                    buy=rng.random() < 0.5,
                    price=Decimal(price),
                    quantity=1000 * (1 + rng.randrange(9)),
                    received=received,
                    checked=checked,
                    sent=checked + MICROSECOND * (90 + rng.randrange(400)),
                )
            )
