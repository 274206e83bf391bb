"""Everyday money on private accounts: of all staff, of some customers, and never between the two."""

from datetime import date

import pytest

from chahe.simulate.cast.payments import Moved
from chahe.simulate.dials import NOTHING
from chahe.simulate.firm import made
from chahe.simulate.life.company import Firm
from chahe.simulate.sizes import Size

AS_OF = date(2026, 11, 22)
SIZE = Size(
    name="household", employees=30, customers=1_500, orders_a_day=0, busy_days=0, busy_orders=0, transfers=0, chats=0,
    messages_a_chat=0, look_ups_a_day=3, order_sign_ins_a_day=0, firewall_an_hour=4, monitoring_an_hour=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def firm() -> Firm:
    return made(9, AS_OF, scenarios=NOTHING, size=SIZE)[0]


def _memos(moved: list[Moved]) -> set[str]:
    return {one.memo for one in moved}


def test_staff_pay_rent_clubs_and_gifts_and_move_money_between_their_own_banks(firm: Firm) -> None:
    own = [one for one in firm.money.moved if one.kept_as == "員工申報"]
    names = {one.name for one in firm.employees}

    assert {"房租", "互助會", "禮金", "股利"} <= _memos(own)
    assert [one for one in own if one.payer.name == one.payee.name and one.payer.account != one.payee.account]
    assert {one.statement.name for one in own} == names
    assert all(one.on < AS_OF for one in own)


def test_customers_who_handed_in_a_statement_live_on_wages_and_dividends(firm: Firm) -> None:
    handed_in = [one for one in firm.money.moved if one.kept_as == "客訴"]

    assert {"薪資", "現金股利", "會款"} <= _memos(handed_in)
    assert len({one.statement.account for one in handed_in}) > 8
    assert not {one.statement.name for one in handed_in} & {one.name for one in firm.employees}


def test_everyday_money_never_goes_between_staff_and_customers(firm: Firm) -> None:
    assert firm.members is not None
    # The story's own customers do pay staff rent and gifts, too small to matter: its near misses.
    banks = {firm.members.bank(seat) for seat in firm.members.others().tolist()}
    everyday = (
        "房租",
        "租金",
        "互助會",
        "會款",
        "標會",
        "禮金",
        "喜宴",
        "紅包",
        "新婚快樂",
        "股利",
        "現金股利",
        "現金股息",
    )
    own = [one for one in firm.money.moved if one.kept_as == "員工申報" and one.memo in everyday]

    assert own
    assert not [one for one in own if one.payer.account in banks or one.payee.account in banks]
