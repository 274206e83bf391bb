"""The trading days of each channel, and in how many conversations something was said on each."""

from collections.abc import Iterator
from datetime import date

import pytest
from message_world import messages_of

from chahe.derivations.message_days import derivation
from chahe.engine.binding import Span
from chahe.engine.deriving import condense
from chahe.engine.embedded import Embedded
from chahe.rules.periods import day_start_us

FIRST, LAST = date(2026, 2, 2), date(2026, 3, 2)
Said = tuple[date | None, str | None, str | None]
"""Day, channel, conversation."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded() as opened:
        yield opened


def rows(engine: Embedded, *said: Said) -> list[dict[str, object]]:
    whole = [
        {
            "row_id": f"f#{nth}",
            "observed_at_us": 7,
            "channel": channel,
            "conversation": conversation,
            "happened_on": day,
            "said_at_us": day and day_start_us(day),
        }
        for nth, (day, channel, conversation) in enumerate(said)
    ]
    engine.arrow("messages", messages_of(whole))
    condense(engine, derivation, Span(LAST, FIRST, LAST))
    return engine.rows("SELECT * FROM message_days ORDER BY channel, day_on").to_pylist()


def held(engine: Embedded, *said: Said) -> dict[object, object]:
    return {row["day_on"]: row["conversations"] for row in rows(engine, *said)}


def test_conversations_are_counted_and_not_messages(engine: Embedded) -> None:
    day = date(2026, 2, 3)

    found = held(
        engine, (day, "line", "A"), (day, "line", "A"), (day, "line", "B"), (day, "line", None), (day, "line", None)
    )

    assert found[day] == 3


def test_weekends_holidays_and_days_of_settlement_alone_are_not_due(engine: Embedded) -> None:
    found = held(engine, (date(2026, 2, 11), "phone", "1"), (date(2026, 2, 12), "phone", "2"))

    february = [day for day in found if day >= FIRST and day <= date(2026, 2, 24)]
    assert [str(day)[8:] for day in february] == ["02", "03", "04", "05", "06", "09", "10", "11", "23", "24"]
    assert found[date(2026, 2, 11)] == 1


def test_a_month_on_either_side_of_the_period_is_told_too_and_nothing_beyond(engine: Embedded) -> None:
    before, behind = date(2026, 1, 2), date(2026, 4, 2)

    found = held(engine, *((day, "line", "A") for day in (date(2026, 1, 1), before, behind, date(2026, 4, 7))))

    assert (min(map(str, found)), max(map(str, found))) == ("2026-01-02", "2026-04-02")
    assert (found[before], found[behind], sum(int(str(one)) for one in found.values())) == (1, 1, 2)


def test_each_channel_has_every_day_and_an_empty_one_shows_the_last_record_before_it(engine: Embedded) -> None:
    found = rows(
        engine,
        (date(2026, 2, 4), "phone", "1"),
        (date(2026, 2, 6), None, "A"),
        (date(2026, 2, 9), None, "B"),
        (None, "email", "C"),
    )

    shown = {(row["channel"], row["day_on"]): row["row_id"] for row in found}
    assert {row["channel"] for row in found} == {"phone", "other"}
    assert [shown["other", date(2026, 2, day)] for day in (5, 6, 9, 10)] == ["f#1", "f#1", "f#2", "f#2"]
    assert {row["observed_at_us"] for row in found} == {7}


def test_without_messages_there_are_no_days(engine: Embedded) -> None:
    assert rows(engine, (None, "line", "A")) == []
