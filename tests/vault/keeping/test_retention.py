"""What must stay, what may go, and who may let it go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.vault.entries import Kind, decode, encode
from chahe.vault.keeping.retention import (
    Days,
    Duty,
    Hold,
    Item,
    NotTwoPeople,
    TooEarly,
    check_may_go,
    check_two_people,
    deleted_in,
    deletion,
    holds_in,
    plan,
)

LAST = date(2026, 11, 22)
"""The last day on which the item must be held."""
ITEM = Item(
    object="ab" * 32,
    source="firewalls",
    path="fw.log",
    size=10,
    tables={"firewall_events": Days(date(2023, 11, 1), date(2023, 11, 22))},
    duties=(Duty("firewall_events", date(2023, 11, 22), LAST), Duty("other", date(2023, 11, 1), date(2024, 11, 1))),
)


def hold(**covers: object) -> Hold:
    return Hold(name="lawsuit 7", why="a lawsuit", by="Lin", **covers)


def test_an_item_stays_on_the_last_day_of_its_period_and_may_go_on_the_next() -> None:
    with pytest.raises(TooEarly, match="not before 2026-11-23") as refused:
        check_may_go(ITEM, [], LAST)
    assert refused.value.earliest == LAST + timedelta(days=1)
    assert [duty.rule for duty in refused.value.duties] == ["firewall_events"]
    check_may_go(ITEM, [], LAST + timedelta(days=1))


@pytest.mark.parametrize(
    "covers",
    [
        {"objects": frozenset({"ab" * 32})},
        {"sources": frozenset({"firewalls"})},
        {"tables": {"firewall_events": Days(None, None)}},
        {"tables": {"firewall_events": Days(date(2023, 11, 22), None)}},
        {"tables": {"firewall_events": Days(None, date(2023, 11, 1))}},
    ],
)
def test_a_hold_keeps_what_it_covers_whatever_its_period(covers: dict[str, object]) -> None:
    with pytest.raises(TooEarly, match="hold lawsuit 7") as refused:
        check_may_go(ITEM, [hold(**covers)], date(2099, 1, 1))
    assert refused.value.earliest is None


@pytest.mark.parametrize(
    "covers",
    [
        {"objects": frozenset({"cd" * 32})},
        {"sources": frozenset({"firewall"})},
        {"tables": {"auth_events": Days(None, None)}},
        {"tables": {"firewall_events": Days(date(2023, 11, 23), None)}},
        {"tables": {"firewall_events": Days(None, date(2023, 10, 31))}},
    ],
)
def test_a_hold_keeps_nothing_else(covers: dict[str, object]) -> None:
    check_may_go(ITEM, [hold(**covers)], date(2099, 1, 1))


def test_records_without_a_known_day_may_be_of_any() -> None:
    unknown = replace(ITEM, tables={"firewall_events": Days(None, None)})
    with pytest.raises(TooEarly):
        check_may_go(unknown, [hold(tables={"firewall_events": Days(LAST, LAST)})], date(2099, 1, 1))


def test_the_newest_version_of_a_list_stays() -> None:
    with pytest.raises(TooEarly, match="newest version") as refused:
        check_may_go(replace(ITEM, in_use=True), [], date(2099, 1, 1))
    assert refused.value.earliest is None


def test_an_object_whose_rule_is_not_known_stays() -> None:
    found = plan([replace(ITEM, duties=())], [], date(2099, 1, 1))
    assert (found.may_go, len(found.kept), found.kept[0].earliest) == ((), 1, None)


def test_a_plan_says_of_every_item_whether_it_may_go_and_why_not() -> None:
    free = replace(ITEM, object="cd" * 32, duties=(Duty("x", date(2020, 1, 1), date(2023, 1, 1)),))
    found = plan([ITEM, free], [hold(objects=frozenset({ITEM.object}))], LAST)
    assert found.may_go == (free,)
    [kept] = found.kept
    assert (kept.item, [duty.rule for duty in kept.duties], kept.holds) == (ITEM, ["firewall_events"], ("lawsuit 7",))


some_days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
spans = (
    st.tuples(some_days, some_days)
    .filter(lambda pair: None in pair or pair[0] <= pair[1])
    .map(lambda pair: Days(*pair))
)


@settings(deadline=None)
@given(spans, spans)
def test_two_spans_touch_if_some_day_is_in_both(one: Days, other: Days) -> None:
    days = [day for span in (one, other) for day in (span.first, span.last) if day is not None]
    candidates = [*days, date(2019, 1, 1), date(2031, 1, 1)]

    def holds(span: Days, day: date) -> bool:
        return (span.first is None or span.first <= day) and (span.last is None or day <= span.last)

    shared = any(holds(one, day) and holds(other, day) for day in candidates)
    assert one.touches(other) == other.touches(one) == shared


@pytest.mark.parametrize(
    "by",
    [[], ["Lin"], ["Lin", "Lin"], ["Lin", " lin "], ["王小明", "王 小明"], ["Lin", ""], ["A", "B", "C"], ["Ａ", "a"]],
)
def test_one_person_is_not_two(by: list[str]) -> None:
    with pytest.raises(NotTwoPeople):
        check_two_people(by)


def test_two_people_are_named_as_they_named_themselves() -> None:
    assert check_two_people([" 王小明", "林小美"]) == ("王小明", "林小美")


def test_holds_are_what_the_log_says() -> None:
    first = Hold(name="a", why="w", by="Lin", objects=frozenset({"ab"}), tables={"orders": Days(LAST, None)}, at_us=1)
    second = Hold(name="b", why="w", by="Lin", sources=frozenset({"s"}), tables={}, at_us=2)
    log = [
        decode(encode(Kind.HOLD, 1, first.described()), 0),
        decode(encode(Kind.HOLD, 2, second.described()), 1),
        decode(encode(Kind.EXPORT, 3, {"what": "x"}), 2),
    ]
    assert holds_in(log) == {"a": first, "b": second}
    log.append(decode(encode(Kind.RELEASE, 4, {"hold": "a", "why": "over", "by": ["Lin", "Wang"]}), 3))
    assert holds_in(log) == {"b": second}


def test_a_hold_that_covers_nothing_is_no_hold() -> None:
    with pytest.raises(ValueError, match="covers nothing"):
        hold().described()


def test_a_deletion_names_the_rule_that_kept_the_object_longest() -> None:
    entry = decode(encode(Kind.DELETION, 5, deletion(ITEM, stored={"size": 3}, parts=["p"], by=("Lin", "Wang"))), 0)
    assert (entry["rule"], entry["since"], entry["until"]) == ("firewall_events", "2023-11-22", "2026-11-22")
    assert deleted_in([entry]) == {ITEM.object}
