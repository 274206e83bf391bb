"""The list of customers by seats: numbers that are whole, unlike each other, and shared where people live together."""

from datetime import date, timedelta

import numpy as np

from chahe.simulate.crowd.members import HOUSEHOLD, Members

AS_OF = date(2026, 11, 22)
MEMBERS = Members(7, AS_OF, 3_000)
SEATS = np.arange(3_000)


def _checks(national_id: str) -> bool:
    letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(national_id[0]) + 10
    digits = [letter // 10, letter % 10, *map(int, national_id[1:])]
    return (
        sum(digit * weight for digit, weight in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0
    )


def test_every_number_of_a_customer_is_that_customers_alone() -> None:
    seats = SEATS.tolist()

    for held in (
        MEMBERS.accounts(SEATS).tolist(),
        [MEMBERS.customer(seat) for seat in seats],
        [MEMBERS.national_id(seat, corporate=False) for seat in seats],
        [MEMBERS.bank(seat) for seat in seats],
        [MEMBERS.mail(seat) for seat in seats],
    ):
        assert len(set(held)) == len(seats)


def test_national_ids_have_their_check_digit_and_keep_off_those_of_staff() -> None:
    members = Members(7, AS_OF, 3_000)
    first = members.national_id(5, corporate=False)
    members.keep_apart(frozenset({first}))

    assert all(_checks(members.national_id(seat, corporate=False)) for seat in range(300))
    assert members.national_id(5, corporate=False) != first


def test_numbers_rise_with_the_day_on_which_the_customer_came() -> None:
    days = [MEMBERS.came(seat) for seat in range(0, 3_000, 50)]

    assert days == sorted(days)
    assert MEMBERS.accounts(SEATS).tolist() == sorted(MEMBERS.accounts(SEATS).tolist())
    for seat in (0, 1_234, 2_999):
        assert MEMBERS.came_by(MEMBERS.came(seat)) > seat
        assert MEMBERS.came_by(MEMBERS.came(seat) - timedelta(days=1)) <= seat


def test_whoever_lives_together_has_one_line_and_some_share_telephone_and_computer() -> None:
    houses = MEMBERS.houses(SEATS)
    together = [(a, b) for a, b in zip(SEATS[:-1].tolist(), SEATS[1:].tolist(), strict=True) if houses[a] == houses[b]]
    lines, mobiles, devices = MEMBERS.lines(houses), MEMBERS.mobiles(SEATS), MEMBERS.devices(SEATS)

    assert len(together) > 500
    assert all(lines[a] == lines[b] for a, b in together)
    assert 0 < sum(mobiles[a] == mobiles[b] for a, b in together) < len(together) / 5
    assert 0 < sum(devices[a] == devices[b] for a, b in together) < len(together) / 5
    assert len({mobiles[a] for a in SEATS.tolist()}) > 2_800
    assert any(":" in line for line in lines)


def test_nobody_of_the_background_lives_with_people_of_the_story() -> None:
    members = Members(7, AS_OF, 3_000)
    seats = [members.seat_from(AS_OF - timedelta(days=days)) for days in (400, 400, 401, 4_000, 0)]

    assert len({seat // HOUSEHOLD for seat in seats}) == len(seats)
    assert not set(seats) & {other + nth for other in members.others().tolist() for nth in (0,)}
    assert len(members.others()) == 3_000 - HOUSEHOLD * len(seats)
