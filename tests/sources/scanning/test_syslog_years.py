"""The years of syslog lines that name none: told by the days before and behind, and by when the log was taken."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import BinaryIO
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.engine.chunks import chunks
from chahe.engine.lines import read_lines
from chahe.sources.model import Context
from chahe.sources.scanning.syslog_scan import columns
from chahe.sources.scanning.syslog_years import Years
from chahe.sources.sign_ins.linux_auth import reader
from reading import NOON_2026_11_22

TAIPEI = ZoneInfo("Asia/Taipei")


def us(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def headers(data: bytes, *, observed_at_us: int = NOON_2026_11_22, size: int = 1 << 20):
    context = Context(observed_at_us=observed_at_us)
    years = Years(context)
    for chunk in chunks(BytesIO(data), size):
        years.scan(chunk.lines)
    found = []
    for chunk in chunks(BytesIO(data), size):
        read = pa.table(columns(chunk.lines.cast(pa.string()), context, years.of(chunk.lines)))
        found += read.to_pylist()
    return [{name.removeprefix("header_"): value for name, value in row.items()} for row in found]


def years_of(*days: str, observed: str = "2026-11-22", size: int = 1 << 20):
    lines = "".join(f"{day} 04:05:06 g su: x\n" for day in days).encode()
    rows = headers(lines, observed_at_us=us(observed + "T12:00:00+08:00"), size=size)
    return [row["at_us"] and datetime.fromtimestamp(row["at_us"] / 1e6, TAIPEI).year for row in rows]


def test_the_year_goes_down_at_each_new_year():
    assert years_of("Nov 30", "Jan  1", "Jun  5", "Dec 31", "Jan  2", "Nov 22") == [2024, 2025, 2025, 2025, 2026, 2026]


def test_the_last_line_may_be_a_day_ahead_and_not_two():
    assert years_of("Nov 23") == [2026]
    assert years_of("Nov 24") == [2025]


def test_lines_out_of_order_over_new_year_keep_their_years():
    assert years_of("Dec 31", "Jan  1", "Dec 31", "Jan  1", observed="2026-01-01") == [2025, 2026, 2025, 2026]


def test_a_clock_that_starts_at_its_makers_date_costs_no_year():
    assert years_of("Sep 10", "Sep 11", "Jan  1", "Jan  1", "Sep 11", "Sep 12") == [2026] * 6


def test_no_line_is_later_than_the_day_after_the_observation():
    assert years_of("Jan  3", "Dec 18", "Mar 23", "Nov 18")[1] == 2025


def test_the_29th_of_february_is_of_a_leap_year_or_no_day():
    assert years_of("Feb 29") == [2024]
    assert years_of("Feb 28", "Feb 29", "Mar  1") == [2026, None, 2026]


def test_years_hold_over_chunks():
    days = ["Nov 30", "Dec 31", "Jan  1", "Jun  5", "Dec 31", "Jan  2", "Nov 22"] * 3

    assert years_of(*days, size=64) == years_of(*days)


@settings(max_examples=60, deadline=None)
@given(
    days=st.floats(0, 2700),
    gaps=st.lists(st.one_of(st.floats(0, 170), st.floats(0, 0.1)), min_size=1, max_size=40),
    jitter=st.lists(st.floats(-0.4, 0.4), min_size=41, max_size=41),
    noise=st.lists(st.sampled_from(["", "no header\n", "2019-01-01T00:00:00Z g su: x\n"]), min_size=41, max_size=41),
    size=st.sampled_from([48, 100, 1 << 20]),
)
def test_years_are_those_of_the_clock_that_wrote_the_lines(days, gaps, jitter, noise, size):
    """A log written in order but for half a day, silent for less than half a year, comes back with its true times."""
    moments = [datetime(2019, 1, 1, tzinfo=TAIPEI) + timedelta(days=days)]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(days=gap))
    truth = [
        (moment + timedelta(days=slip)).replace(microsecond=0) for moment, slip in zip(moments, jitter, strict=False)
    ]
    data = "".join(f"{extra}{moment:%b %e %H:%M:%S} g su: x\n" for moment, extra in zip(truth, noise, strict=False))
    observed = max(truth) + timedelta(hours=1)
    rows = headers(data.encode(), observed_at_us=us(observed.isoformat()), size=size)
    found = [datetime.fromtimestamp(row["at_us"] / 1e6, TAIPEI) for row in rows if (row["time"] or "2")[0] != "2"]

    assert found == truth


def opened(data: bytes) -> tuple[list[int], Callable[[], BinaryIO]]:
    """A stream, and how often it was opened."""
    openings: list[int] = []

    def stream() -> BinaryIO:
        openings.append(len(openings))
        return BytesIO(data)

    return openings, stream


SIGN_IN = "gate1 sshd[8]: Accepted password for mei from 192.0.2.7 port 5 ssh2\n"


def test_a_log_is_read_beforehand_only_where_a_year_is_not_written():
    context = Context(observed_at_us=NOON_2026_11_22)
    written, stream = opened(f"2026-03-03T04:05:06Z {SIGN_IN}".encode() * 3)
    assert sum(len(fates.rows) for fates in read_lines(reader, stream, context)) == 3
    assert len(written) == 1

    unwritten, stream = opened(f"2026-03-03T04:05:06Z {SIGN_IN}Mar  3 04:05:06 {SIGN_IN}".encode())
    assert sum(len(fates.rows) for fates in read_lines(reader, stream, context)) == 2
    assert len(unwritten) == 2


def test_years_are_right_where_the_first_chunks_write_theirs(monkeypatch: pytest.MonkeyPatch):
    """Chunks of a few lines: the year-less ones stand behind others, and turn over New Year."""
    lines = [
        *(f"2024-03-03T04:05:06Z {SIGN_IN}" for _ in range(9)),
        *(f"{day} 04:05:06 {SIGN_IN}" for day in ("Dec 30", "Dec 31", "Jan  1", "Jan  2", "Nov 20")),
    ]
    monkeypatch.setattr("chahe.engine.lines.chunks", lambda stream, *_, **__: chunks(stream, 128))
    _, stream = opened("".join(lines).encode())
    found = [row for fates in read_lines(reader, stream, Context(NOON_2026_11_22)) for row in fates.rows.to_pylist()]

    assert [datetime.fromtimestamp(row["happened_at_us"] / 1e6, TAIPEI).year for row in found] == [
        *[2024] * 9,
        *(2025, 2025, 2026, 2026, 2026),
    ]


def test_what_breaks_the_stream_is_raised_behind_what_was_read():
    class Cut(BytesIO):
        def _ends(self) -> None:
            if self.tell() == len(self.getvalue()):
                raise OSError("the disk is gone")

        def read(self, size: int | None = -1) -> bytes:
            self._ends()
            return super().read(size)

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override] # any buffer does
            self._ends()
            return super().readinto(buffer)

    data = f"Mar  3 04:05:06 {SIGN_IN}".encode() * 2
    fates = read_lines(reader, lambda: Cut(data), Context(NOON_2026_11_22))

    assert len(next(fates).rows) == 2
    with pytest.raises(OSError, match="gone"):
        next(fates)
