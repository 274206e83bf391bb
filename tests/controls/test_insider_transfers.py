"""Insider transfers against an oracle told from the law: every way to file crossed with every way to sell, in one audit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.casebook import Case
from chahe.engine.embedded import Embedded
from chahe.engine.outcome import Outcome
from chahe.engine.trial import run
from chahe.rules.periods import day_start_us

FILED = date(2026, 10, 1)
HOUR = 3_600_000_000
FRIEND, STRANGER = "F100000001", "G100000002"
QUANTITIES = (9_999, 10_000, 10_001, 499_999, 500_000, 500_001)
TRADES = {
    "regular": ("regular", None),
    "fixed_price": ("fixed_price", None),
    "block_single": ("block", "single"),
    "block_paired": ("block", "paired"),
}


@dataclass(frozen=True)
class Sale:
    method: str | None
    """None: nothing was filed."""
    filed_as: str
    sold_as: str
    pairing: str
    offset: int
    """Calendar days from the filing to the sale."""
    quantity: int
    nth: int

    @property
    def day(self) -> date:
        return FILED + timedelta(days=self.offset)


def _sales() -> list[Sale]:
    pairings = {"block_paired": ("friend", "stranger", "unconfirmed", "late", "none", "crossed with a stranger")}
    made = []
    for method, filed_as, sold_as, offset, quantity in product(
        (None, "public", "market", "specified"),
        ("regular", "fixed_price", "block_paired"),
        TRADES,
        range(-1, 6),
        QUANTITIES,
    ):
        if method is None and filed_as != "regular":
            continue
        for pairing in pairings.get(sold_as, ("none",)):
            made.append(Sale(method, filed_as, sold_as, pairing, offset, quantity, len(made)))
    return made


def lawful(sale: Sale) -> bool:
    """證券交易法第22條之2第1項, and the exchange's letter on paired blocks, for a filing of 500,000 shares, 400,000 a day."""
    agreed = sale.sold_as == "block_paired"
    if not agreed and sale.quantity <= 10_000:
        return True
    if sale.method is None or sale.method == "public":
        return False
    if sale.filed_as != sale.sold_as or sale.quantity > 500_000:
        return False
    if sale.method == "market":
        too_much = sale.sold_as == "regular" and sale.quantity > 400_000
        return not agreed and sale.offset >= 3 and not too_much
    return 0 <= sale.offset <= 3 and (not agreed or sale.pairing == "friend")


def _rows(sales: list[Sale]) -> dict[str, list[dict[str, object]]]:
    given: dict[str, list[dict[str, object]]] = {
        name: []
        for name in (
            "issuer_insiders customers trading_accounts insider_filings block_pairings orders executions".split()  # noqa: SIM905 - seven names
        )
    }
    for sale in sales:
        for table, row in _of(sale):
            given[table].append({"row_id": f"{table}#{sale.nth}#{len(given[table])}", **row})
    given["customers"].append({"row_id": "c#s", "customer_id": "stranger", "national_id": STRANGER})
    given["trading_accounts"].append({"row_id": "t#s", "account": "stranger", "customer_id": "stranger"})
    return given


def _of(sale: Sale) -> Iterator[tuple[str, dict[str, object]]]:
    who, place, spouse = f"a{sale.nth}", f"{sale.nth:06}", sale.nth % 2 == 1
    insider = f"B{place}" if spouse else f"A{place}"
    yield "customers", {"customer_id": who, "national_id": f"A{place}"}
    yield "trading_accounts", {"account": who, "customer_id": who}
    role = {"role": "spouse", "insider_national_id": insider} if spouse else {"role": "director"}
    yield "issuer_insiders", {"symbol": "8995", "national_id": f"A{place}", **role}
    if sale.method is not None:
        held = {"holder_national_id": f"A{place}"} if spouse else {}
        yield (
            "insider_filings",
            {
                "filing_id": f"D{place}",
                "symbol": "8995",
                "insider_national_id": insider,
                "method": sale.method,
                "channel": sale.filed_as,
                "quantity": 500_000,
                "daily_quantity": 400_000,
                "received_on": FILED,
                "ends_on": FILED + timedelta(days=30),
                "transferee_national_id": FRIEND,
                **held,
            },
        )
    noon = day_start_us(sale.day) + 12 * HOUR + sale.nth
    trade, matching = TRADES[sale.sold_as]
    order = {"account": who, "symbol": "8995", "side": "sell", "order_id": f"o{sale.nth}"}
    yield (
        "orders",
        {**order, "event": "new", "leg": "exchange", "logged_at_us": noon - HOUR, "block_matching": matching},
    )
    fill = {"executed_at_us": noon, "symbol": "8995", "last_quantity": sale.quantity, "trade_type": trade}
    yield "executions", {**order, **fill, "execution_id": f"x{sale.nth}"}
    if sale.pairing == "crossed with a stranger":
        yield "executions", {**fill, "account": "stranger", "side": "buy", "execution_id": f"y{sale.nth}"}
    if sale.pairing != "none":
        confirmed = {"late": noon - HOUR, "unconfirmed": None}.get(sale.pairing, noon - HOUR - 1)
        other = STRANGER if sale.pairing == "stranger" else FRIEND
        yield (
            "block_pairings",
            {
                "pairing_id": f"p{sale.nth}",
                "traded_on": sale.day,
                "account": who,
                "order_id": f"o{sale.nth}",
                "counterparty_national_id": other,
                "confirmed_at_us": confirmed,
            },
        )


@pytest.fixture(scope="module")
def found() -> dict[int, str]:
    control, sales = controls()["insider-transfer-mismatch"], _sales()
    with Embedded() as engine:
        result = run(engine, control, Case("every way", "here", given=_rows(sales)))
    assert result.verdict.outcome is Outcome.DEFICIENT
    assert result.examination.examined == len(sales) > 2000
    assert result.examination.undetermined == []
    return {int(str(row["order_id"])[1:]): str(row["defect"]) for row in result.examination.exceptions}


def test_a_sale_is_an_exception_where_the_law_does_not_allow_it(found: dict[int, str]) -> None:
    wrong = [sale for sale in _sales() if lawful(sale) is (sale.nth in found)]

    assert wrong == []


def test_each_kind_of_difference_is_met_and_lawful_sales_of_each_way_as_well(found: dict[int, str]) -> None:
    assert set(found.values()) == {
        "unfiled", "method", "window", "channel", "counterparty", "unconfirmed", "daily", "quantity",
    }  # fmt: skip
    big = [sale for sale in _sales() if sale.nth not in found and sale.quantity > 10_000]
    assert {(sale.method, sale.sold_as) for sale in big} == {
        ("market", "regular"), ("market", "fixed_price"), ("specified", "regular"), ("specified", "fixed_price"),
        ("specified", "block_paired"),
    }  # fmt: skip


def test_an_own_book_buyer_other_than_the_transferee_is_told_though_the_check_list_says_otherwise(
    found: dict[int, str],
) -> None:
    crossed = [
        sale
        for sale in _sales()
        if sale.pairing.startswith("crossed") and sale.method == "specified" and sale.filed_as == "block_paired"
    ]

    assert {found[sale.nth] for sale in crossed if 0 <= sale.offset <= 3} == {"counterparty"}
