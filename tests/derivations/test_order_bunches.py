"""Customers who order together are found with how surprising it is; who only follows the market, or acts for a family, is not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from bunch_world import FIRST_DAY, NINE_US, World, asked, found

from chahe.derivations.bunch_tickets import WINDOW_US
from chahe.derivations.order_bunches import MOST_SURPRISE, bunched, surprise
from chahe.rules.periods import day_start_us

DAY = date(2026, 10, 1)
TEN = day_start_us(DAY) + 10 * 3_600_000_000
FIVE = ("1001", "1002", "1003", "1004", "1005")
Rows = list[Mapping[str, object]]


def alarms(world: World, seed: int) -> set[tuple[object, object]]:
    """A book and a day with a bunch that would count towards a finding."""
    rows = bunched(found(world, seed))
    return {
        (one["representative_id"], one["bunched_on"])
        for one in rows
        if one["households"] >= 5 and one["surprise_tenths"] >= 60
    }


def test_days_that_move_the_whole_market_accuse_at_most_one_book_in_a_thousand_days() -> None:
    """Two hundred days, each of a seed of its own, with an opening queue and two rushes on one security each."""
    world = World(books=30, days=40, orders=800, crowd=90)

    found_on = sum(len(alarms(world, seed)) for seed in range(5))

    assert found_on <= world.books * world.days * 5 / 1000


@pytest.mark.parametrize(
    ("copies", "jitter", "least", "most"), [(4, 30, 0, 0), (5, 120, 19, 20), (8, 120, 19, 20), (5, 300, 0, 10)]
)
def test_copies_are_found_by_their_number_and_their_haste(copies: int, jitter: int, least: int, most: int) -> None:
    """Of twenty days with copied orders."""
    world = World(books=30, days=20, orders=800, crowd=90, copied=20, copies=copies, jitter=jitter)

    assert least <= sum(book == "b00" for book, _ in alarms(world, 7)) <= most


def test_rows_in_another_order_give_the_same() -> None:
    table = found(replace(World(), days=3, copied=2), 2)
    turned = table.take(list(range(table.num_rows))[::-1])

    told = list(bunched(table))
    assert told == list(bunched(turned))
    assert told


def _asked(orders: Rows, accounts: Mapping[str, Mapping[str, object]] | None = None, **others: pa.Table) -> Rows:
    """Bunches of orders of one firm, whose customers are looked after by b1 unless told otherwise."""
    held = {name: {"representative_id": "b1"} for name in FIVE} | dict(accounts or {})
    kept = [
        {"account": name, "customer_id": f"k{name}", "account_class": "ordinary", "representative_from": None, **one}
        for name, one in held.items()
    ]
    strings = ("account", "customer_id", "account_class", "representative_id")
    schema = pa.schema([*((one, pa.string()) for one in strings), ("representative_from", pa.date32())])
    whole = [
        {
            "row_id": f"o#{nth}", "happened_on": DAY, "event": "new", "leg": "customer", "order_id": f"A{nth}", "symbol": "2330",
            "side": "buy", "price": "100", "quantity": 1000, "logged_at_us": TEN, "received_at_us": None, **one,
        }
        for nth, one in enumerate(orders)
    ]  # fmt: skip
    words = ("row_id", "event", "leg", "order_id", "account", "symbol", "side", "price")
    numbers = ("quantity", "logged_at_us", "received_at_us")
    fields = [(one, pa.string()) for one in words] + [(one, pa.int64()) for one in numbers]
    orders_schema = pa.schema([("happened_on", pa.date32()), *fields])
    given = asked(pa.Table.from_pylist(whole, orders_schema), pa.Table.from_pylist(kept, schema), **others)
    return list(bunched(given))


def _each(*accounts: str, apart_us: int = 1_000_000, **values: object) -> Rows:
    return [{"account": one, "logged_at_us": TEN + nth * apart_us, **values} for nth, one in enumerate(accounts)]


def test_a_bunch_shows_who_ordered_what_when_and_how_alike() -> None:
    rows = _each(*FIVE)
    rows[1] = {**rows[1], "price": "99"}
    rows[2] = {**rows[2], "quantity": 2000}

    [one] = _asked([*rows, {"account": "1001", "logged_at_us": TEN + 9}])

    assert (one["representative_id"], one["bunched_on"], one["session_number"]) == ("b1", DAY, 1)
    assert (one["first_us"], one["last_us"]) == (TEN, TEN + 4_000_000)
    assert (one["households"], one["orders"], one["one_price"], one["one_quantity"]) == (5, 6, 4, 4)
    assert [one[f"{name}_account"] for name in ("first", "second", "third", "fourth", "last")] == list(FIVE)
    assert [one[f"{name}_order_row"] for name in ("first", "third", "last")] == ["o#0", "o#2", "o#4"]
    assert (one["untimed"], one["others"], one["share_permille"]) == (0, 0, 1000)


def test_the_window_holds_its_last_microsecond_and_no_more() -> None:
    within = _each(*FIVE[:3], apart_us=WINDOW_US // 2)

    assert [one["households"] for one in _asked(within)] == [3]
    assert _asked([*within[:2], {**within[2], "logged_at_us": TEN + WINDOW_US + 1}]) == []


def test_a_bunch_is_found_wherever_in_two_minutes_it_begins() -> None:
    for phase in range(0, WINDOW_US, 7_000_000):
        rows = [
            {**one, "logged_at_us": TEN + phase + nth}
            for nth, one in zip((0, 7, WINDOW_US), _each(*FIVE[:3]), strict=True)
        ]
        turned = [
            {**one, "logged_at_us": TEN + phase + nth}
            for nth, one in zip((0, WINDOW_US - 7, WINDOW_US), rows, strict=True)
        ]

        assert [len(_asked(given)) for given in (rows, turned)] == [1, 1]


def test_orders_hours_apart_are_no_bunch_though_they_are_many() -> None:
    assert _asked(_each(*FIVE, apart_us=62 * WINDOW_US)) == []


@pytest.mark.parametrize(
    "other", [{"symbol": "2317"}, {"side": "sell"}, {"event": "cancel"}, {"happened_on": date(2026, 10, 2)}]
)
def test_orders_of_another_security_side_kind_or_day_are_no_part_of_it(other: Mapping[str, object]) -> None:
    rows = _each(*FIVE[:3])

    assert _asked([*rows[:2], {**rows[2], **other}]) == []


def test_an_order_in_two_logs_counts_once_from_the_earlier_moment() -> None:
    again = [{**one, "leg": "exchange", "logged_at_us": TEN + 300_000_000, "order_id": f"A{nth}"} for nth, one in enumerate(_each(*FIVE))]  # fmt: skip

    [one] = _asked([*_each(*FIVE), *again])

    assert (one["orders"], one["untimed"], one["last_us"]) == (5, 0, TEN + 4_000_000)


def test_orders_without_a_receipt_are_counted() -> None:
    [one] = _asked([*_each(*FIVE[:4]), *_each("1005", leg="exchange")])

    assert (one["households"], one["untimed"]) == (5, 1)


def test_relatives_at_one_address_are_one_household() -> None:
    homes = pa.table({
        "party_kind": ["customer"] * 4, "party_id": ["k1001", "k1002", "k1003", "k1004"],
        "contact_kind": ["registered_address", "residence", "mailing_address", "residence"], "contact_value": ["臺北市大安路1號"] * 4,
        "used_until": pa.array([None, None, None, date(2026, 1, 1)], pa.date32()),
    })  # fmt: skip

    assert [one["households"] for one in _asked(_each(*FIVE), contact_details=homes)] == [4]


@pytest.mark.parametrize("kind", ["proprietary", "error", "discretionary", "insider"])
def test_accounts_that_are_no_customers_own_act_are_set_apart(kind: str) -> None:
    accounts = {"1005": {"representative_id": "b1", "account_class": kind}}

    assert [one["households"] for one in _asked(_each(*FIVE), accounts)] == [4]


@pytest.mark.parametrize(
    ("agent", "authority", "since", "until", "households"),
    [
        ("Z1", "trade", None, None, 4),
        ("Z1", "trade", DAY, DAY, 4),
        ("Z1", "settle", None, None, 5),
        ("Z1", "trade", date(2026, 10, 2), None, 5),
        ("Z1", "trade", None, date(2026, 9, 30), 5),
        ("e1 ", "trade", None, None, 5),
    ],
)
def test_an_agent_on_file_sets_an_account_apart_unless_staff(
    agent: str, authority: str, since: date | None, until: date | None, households: int
) -> None:
    papers = pa.table({
        "account": ["1005"], "national_id": [agent], "authority": [authority],
        "authority_from": pa.array([since], pa.date32()), "authority_until": pa.array([until], pa.date32()),
    })  # fmt: skip
    staff = pa.table({"national_id": ["E1", None]})

    assert [one["households"] for one in _asked(_each(*FIVE), account_authorizations=papers, employees=staff)] == [
        households
    ]


def test_who_looks_after_an_account_counts_from_the_day_on_file() -> None:
    unknown = {"representative_id": "b1", "representative_from": date(2026, 10, 2)}
    accounts = dict.fromkeys(FIVE[:3], unknown) | {"1004": {"representative_id": "b2"}}

    [one] = _asked(_each(*FIVE, "9999"), accounts)

    assert (one["representative_id"], one["households"]) == (None, 4)


def test_what_others_do_in_the_window_makes_it_less_surprising() -> None:
    others = {f"2{nth:03}": {"representative_id": f"b{2 + nth % 6}"} for nth in range(60)}
    rush = _each(*others, apart_us=10_000)
    later = [{**one, "logged_at_us": TEN + 2 * WINDOW_US + nth} for nth, one in enumerate(rush)]

    [at_once] = [one for one in _asked([*_each(*FIVE), *rush], others) if one["representative_id"] == "b1"]
    [apart] = [one for one in _asked([*_each(*FIVE), *later], others) if one["representative_id"] == "b1"]

    assert (at_once["others"], apart["others"]) == (60, 0)
    assert at_once["surprise_tenths"] < 10
    assert apart["surprise_tenths"] > at_once["surprise_tenths"] + 40


def test_surprise_is_the_poisson_tail() -> None:
    assert surprise(5, 0.0) == MOST_SURPRISE
    assert surprise(1, 0.1) == 10  # 1 - exp(-0.1) = 0.0952
    assert surprise(5, 0.16) == 61  # 0.16**5 / 120 * exp(-0.16) and a little more: 7.65e-7


def test_moments_of_the_made_world_are_those_of_the_market() -> None:
    assert (FIRST_DAY * 86_400_000_000 + NINE_US) % 86_400_000_000 == 3_600_000_000
