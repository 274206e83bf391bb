"""Calendars: events and their occurrences, moved and excepted ones, zones, and what is refused; over all samples besides."""

from datetime import UTC, datetime

import pytest

from chahe.rules.roc import read_moment
from chahe.sources.documents.icalendar import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

TAIPEI = "Asia/Taipei"


def event(*lines: str, uid: str = "u1") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts: str) -> Reading:
    return read(reader, "\r\n".join(["BEGIN:VCALENDAR", "X-WR-CALNAME:資安", *parts, "END:VCALENDAR", ""]).encode())


def rows(*parts: str) -> list[dict[str, object]]:
    return calendar(*parts).rows["calendar_events"]


def at(written: str) -> int:
    return read_moment(written, TAIPEI)


def test_an_event_is_read_field_by_field_and_passwords_are_left_out() -> None:
    (row,) = rows(
        event(
            "DTSTART;TZID=Asia/Taipei:20260302T100000",
            "DURATION:PT2H",
            "SUMMARY:備援\\, 演練",
            "DESCRIPTION:議程\\nPasscode: abc123x\\n完",
            "LOCATION:https://meet.example/j?pwd=abc123x",
            "ORGANIZER;CN=王小梅:mailto:mei@firm.example",
            "ATTENDEE;CN=陳華;PARTSTAT=ACCEPTED:mailto:hua@firm.example",
            "ATTENDEE;PARTSTAT=DECLINED:MAILTO:lin@firm.example",
            "STATUS:TENTATIVE",
            "CATEGORIES:演練,資安",
            "LAST-MODIFIED:20260101T000000Z",
        )
    )

    assert row == {
        "place": 1,
        "event_id": "u1",
        "calendar": "資安",
        "begins_at_us": at("2026-03-02 10:00"),
        "ends_at_us": at("2026-03-02 12:00"),
        "all_day": False,
        "summary": "備援, 演練",
        "description": "議程\nPasscode: …\n完",
        "location": "https://meet.example/j?pwd=…",
        "organiser": "王小梅 <mei@firm.example>",
        "attendees": "陳華 <hua@firm.example>\nlin@firm.example",
        "accepted": "陳華 <hua@firm.example>",
        "status": "tentative",
        "categories": "演練, 資安",
        "recurs": False,
        "changed_at_us": at("2026-01-01 08:00"),
    }


def test_days_begin_at_midnight_and_times_without_a_zone_are_in_the_contexts() -> None:
    whole, floating, universal = rows(
        event("DTSTART;VALUE=DATE:20260302", uid="a"),
        event("DTSTART:20260302T100000", uid="b"),
        event("DTSTART:20260302T020000Z", uid="c"),
    )

    assert (whole["begins_at_us"], whole["ends_at_us"], whole["all_day"]) == (
        at("2026-03-02 00:00"),
        at("2026-03-03 00:00"),
        True,
    )
    assert floating["begins_at_us"] == universal["begins_at_us"] == at("2026-03-02 10:00")


def test_a_series_has_a_row_for_each_occurrence_moved_and_excepted_ones_as_shown() -> None:
    series = event(
        "DTSTART;TZID=Asia/Taipei:20260302T100000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Asia/Taipei:20260309T100000",
        "RDATE;TZID=Asia/Taipei:20260401T100000",
        "SUMMARY:週會",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Asia/Taipei:20260316T100000",
        "DTSTART;TZID=Asia/Taipei:20260317T140000",
        "SUMMARY:改期",
    )
    found = rows(series, moved)

    assert sorted((int(str(row["begins_at_us"])), row["summary"], row["place"]) for row in found) == [
        (at("2026-03-02 10:00"), "週會", 1),
        (at("2026-03-17 14:00"), "改期", 2),
        (at("2026-03-23 10:00"), "週會", 1),
        (at("2026-04-01 10:00"), "週會", 1),
    ]
    assert [row["recurrence_id_us"] for row in found if row["place"] == 2] == [at("2026-03-16 10:00")]
    assert all(row["recurs"] for row in found)


def test_a_series_without_end_runs_from_ten_years_before_to_two_years_after() -> None:
    found = rows(event("DTSTART:20000103T020000Z", "RRULE:FREQ=YEARLY"))

    assert len(found) == 12
    assert (min(begun(found)), max(begun(found))) == (at("2017-01-03 10:00"), at("2028-01-03 10:00"))
    assert [begun(rows(event("DTSTART:19970103T020000Z")))] == [[at("1997-01-03 10:00")]]


def begun(found: list[dict[str, object]]) -> list[int]:
    return [int(str(row["begins_at_us"])) for row in found]


def test_a_zone_of_the_file_alone_is_used_and_forgotten_behind_it() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\n"
        "TZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    told = event("DTSTART;TZID=ours:20260302T050000")

    assert begun(rows(told, zone)) == [at("2026-03-02 10:00")]
    assert "zone “ours”" in calendar(told).rejects[0].why.en


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["SUMMARY:x"], "no begin"),
        (["DTSTART:2026"], "not as RFC 5545"),
        (["DTSTART;;VALUE=DATE:20260302"], "not as RFC 5545"),
        (["DTSTART:20260302T100000", "DTSTART:20260303T100000"], "stands twice"),
        (["DTSTART:20260302T100000", "RRULE:FREQ=OFTEN"], "not as RFC 5545"),
        (["DTSTART:20260302T100000", "RRULE:FREQ=SECONDLY"], "more than 20,000"),
        (["DTSTART:20260302T100000", "RRULE:FREQ=HOURLY"], "more than 20,000"),
        (["DTSTART:20260302T100000", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"], "lunar"),
        (["DTSTART;TZID=Nowhere/At All:20260302T100000"], "not described"),
    ],
)
def test_an_event_that_cannot_be_read_is_rejected_and_no_other(lines: list[str], why: str) -> None:
    reading = calendar(event(*lines, uid="bad"), event("DTSTART:20260302T100000", uid="good"))

    assert [row["event_id"] for row in reading.rows["calendar_events"]] == ["good"]
    assert [(reject.place, reject.value) for reject in reading.rejects] == [(1, "bad")]
    assert why in reading.rejects[0].why.en


def test_a_cut_event_is_rejected_and_tasks_are_skipped() -> None:
    task = "BEGIN:VTODO\r\nSUMMARY:x\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VTODO"
    reading = calendar("BEGIN:VEVENT\r\nDTSTART:20260302T100000", event("DTSTART:20260302T100000", uid="b"), task)

    assert ([reject.place for reject in reading.rejects], [place for place, _ in reading.skips]) == ([1], [3])
    assert len(reading.rows["calendar_events"]) == 1


def test_an_older_version_of_an_event_gives_no_row() -> None:
    reading = calendar(event("SEQUENCE:0", "DTSTART:20260302T100000"), event("SEQUENCE:1", "DTSTART:20260303T100000"))

    assert begun(reading.rows["calendar_events"]) == [at("2026-03-03 10:00")]
    assert [place for place, _ in reading.skips] == [1]


def test_every_sample_is_read_or_refused_with_a_reason() -> None:
    totals = [0, 0, 0, 0]
    for path in sorted(shared_data("calendar").rglob("*.ics")):
        reading = read(reader, path.read_bytes())
        known = reader.recognise(Head(path.name, path.read_bytes(), whole=True)) is not None
        assert known != (path.name == "fuzz_testcase_invalid_month.ics"), "it breaks off within its first word"
        events = len([line for line in path.read_bytes().split(b"\n") if line.strip().upper() == b"BEGIN:VEVENT"])
        told = reading.places_with_rows + len(reading.rejects) + sum("not occur" in why.en for _, why in reading.skips)
        assert told >= events, path
        totals = [
            totals[0] + reading.units,
            totals[1] + reading.places_with_rows,
            totals[2] + len(reading.skips),
            totals[3] + len(reading.rejects),
        ]

    assert totals == [158, 44, 53, 61]


def test_samples_say_what_their_projects_say_of_them() -> None:
    """Values as the tests of the library whose files these are have them."""
    folder = shared_data("calendar", "icalendar")
    timezoned = read(reader, (folder / "calendars" / "timezoned.ics").read_bytes()).rows["calendar_events"]
    weekdays = read(reader, (folder / "calendars" / "x_location.ics").read_bytes()).rows["calendar_events"]
    broken = read(reader, (folder / "calendars" / "broken_dtstart.ics").read_bytes())

    assert begun(timezoned) == [microseconds(datetime(2012, 2, 13, 9, tzinfo=UTC))]
    assert weekdays[0]["begins_at_us"] == microseconds(datetime(2016, 11, 22, 13, tzinfo=UTC))
    assert {datetime.fromtimestamp(at_us / 1e6, UTC).weekday() for at_us in begun(weekdays)} == {0, 1, 2, 3, 4}
    assert "INVALID-DATE" in broken.rejects[0].why.en


def microseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000
