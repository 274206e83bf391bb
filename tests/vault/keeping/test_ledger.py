"""The ledger of a log's days: merging, comparing, and the one form in which it is written."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chahe.vault.errors import Malformed
from chahe.vault.keeping.ledger import MODULUS, Count, Day, Edges, Ledger, Over, Stream, followed, still_due

HOUR = 3_600_000_000
FW = "fw1"


def stream(days: dict[str, tuple[int, int]], *, head: int = 7, newest: int | None = None, start: int = 0) -> Stream:
    """One device's log: by day how many records and their digest; a day's first record comes `start` hours in."""
    counts = {}
    for name, (records, digest) in days.items():
        midnight = int(name[-2:]) * 24 * HOUR
        counts[Day(name, FW)] = Count(records, midnight + start * HOUR, midnight + 23 * HOUR, digest)
    last = max(count.last_us for count in counts.values())
    first = min(count.first_us for count in counts.values())
    return Stream(Over.LINE, Edges(head, first, last if newest is None else newest), counts)


def due(before: Stream, now: Stream) -> list[str]:
    return [day.day for day in still_due(before, now)]


WEEK = {f"2026-11-0{number}": (100, number) for number in range(1, 8)}


def test_a_file_with_nothing_newer_must_hold_all_it_held() -> None:
    fewer = {day: count for day, count in WEEK.items() if day != "2026-11-01"}
    assert due(stream(WEEK), stream(fewer, head=8)) == list(WEEK)


def test_a_file_that_begins_with_the_same_record_must_hold_all_it_held() -> None:
    changed = {day: (90, digest + 50) for day, (_, digest) in WEEK.items()}
    assert due(stream(WEEK), stream({**changed, "2026-11-08": (5, 1)})) == list(WEEK)


def test_another_log_under_the_same_name_owes_nothing() -> None:
    following = {"2026-11-07": (40, 99), "2026-11-08": (100, 8)}
    assert due(stream(WEEK), stream(following, head=8, start=18)) == []


def test_an_export_of_the_last_days_owes_the_days_it_reaches_back_to() -> None:
    """The third was cut by the window, the others begin as they did."""
    window = {"2026-11-05": (100, 5), "2026-11-06": (100, 6), "2026-11-07": (120, 40), "2026-11-08": (9, 8)}
    whole = stream({**window, "2026-11-04": (99, 77)}, head=8)
    third = stream({"2026-11-03": (30, 31)}, start=12)
    now = replace(whole, days={**whole.days, **third.days})
    assert due(stream(WEEK), now) == ["2026-11-04", "2026-11-05", "2026-11-06", "2026-11-07"]


def test_a_day_cut_from_the_middle_is_owed() -> None:
    window = {day: WEEK[day] for day in ("2026-11-04", "2026-11-06", "2026-11-07")} | {"2026-11-08": (9, 8)}
    assert "2026-11-05" in due(stream(WEEK), stream(window, head=8))


def test_a_log_that_was_turned_round_and_grew_is_known_by_the_moment_it_begins() -> None:
    now = stream({"2026-11-01": (99, 77), "2026-11-02": (9, 9)}, head=8)
    assert due(stream({"2026-11-01": (100, 1)}), now) == ["2026-11-01"]


def test_one_record_of_a_clock_gone_wrong_does_not_make_the_next_file_look_older() -> None:
    """The greatest time is years ahead; the file's own edges are not."""
    before = stream(WEEK)
    far = Count(1, 9 * 10**15, 9 * 10**15, 3)
    before = replace(before, days={**before.days, Day("2255-06-05", FW): far})
    assert due(before, stream({"2026-11-08": (100, 8)}, head=8)) == []


def test_a_file_that_begins_with_its_newest_record_is_as_new_as_that() -> None:
    log = stream(WEEK)
    turned = replace(log, edges=Edges(9, log.edges.tail_us, log.edges.head_us))
    assert due(log, turned) == list(WEEK)
    assert due(turned, log) == list(WEEK)


counts = st.builds(
    Count,
    st.integers(1, 2**40),
    st.integers(-(2**62), 2**62),
    st.integers(-(2**62), 2**62),
    st.integers(0, MODULUS - 1),
)
days = st.builds(Day, st.dates().map(str), st.sampled_from(["fw1", "防火牆", "", 'a"b\\']))
streams = st.builds(
    Stream,
    st.sampled_from(Over),
    st.builds(Edges, st.integers(0, MODULUS - 1), st.integers(-(2**62), 2**62), st.integers(-(2**62), 2**62)),
    st.dictionaries(days, counts, max_size=3),
)
ledgers = st.builds(Ledger, st.dictionaries(st.sampled_from(["auth_events", "orders"]), streams, max_size=2))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers)
def test_what_is_written_is_read_again(ledger: Ledger) -> None:
    assert Ledger.decode(ledger.encode()) == ledger


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(counts, min_size=1, max_size=6), st.randoms())
def test_counts_add_up_to_the_same_in_any_order(many: list[Count], chance: object) -> None:
    total = many[0]
    for count in many[1:]:
        total = total.plus(count)
    chance.shuffle(many)  # type: ignore[attr-defined]
    other = many[0]
    for count in many[1:]:
        other = other.plus(count)
    assert total == other


def test_a_tail_adds_to_its_log_and_leaves_the_head_as_it_was() -> None:
    first, tail = stream({"2026-11-01": (10, 5)}), stream({"2026-11-01": (3, 4), "2026-11-02": (1, 1)}, head=9)
    whole = followed([Ledger({"firewall_events": first}), Ledger({"firewall_events": tail})]).streams["firewall_events"]
    assert [(day.day, count.records, count.digest) for day, count in whole.days.items()] == [
        ("2026-11-01", 13, 9),
        ("2026-11-02", 1, 1),
    ]
    assert whole.edges == Edges(7, first.edges.head_us, tail.edges.tail_us)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"format":"chahe record ledger 2","streams":{}}',
        b'{"format":"chahe record ledger 1"}',
        b'{"format":"chahe record ledger 1", "streams":{}}',
        b'{"format":"chahe record ledger 1","streams":{"x":{"days":{},"edges":["0","1"],"over":"line"}}}',
        b'{"format":"chahe record ledger 1","streams":{"x":{"days":{},"edges":["0","1","2"],"over":"line"}}}',
    ],
)
def test_other_bytes_are_no_ledger(data: bytes) -> None:
    with pytest.raises(Malformed):
        Ledger.decode(data)
