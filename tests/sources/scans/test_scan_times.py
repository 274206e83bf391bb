"""The times of reports, in the forms of many scanners, and what is none."""

import pytest

from chahe.sources.scans.scan_times import moment, utc


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed Mar 23 14:31:51 2022", "2022-03-23T06:31:51Z"),
        ("Wed Mar  3 14:31:51 2022 UTC", "2022-03-03T14:31:51Z"),
        ("2021-03-12T12:34:30.12031+00:00", "2021-03-12T12:34:30Z"),
        ("2023-09-28T14:48:02Z", "2023-09-28T14:48:02Z"),
        ("2024-03-18 12:46:31", "2024-03-18T04:46:31Z"),
        ("Tue, 12 May 2020 20:57:30", "2020-05-12T12:57:30Z"),
        ("週二, 12 5月 2020 20:57:30", "2020-05-12T12:57:30Z"),
        ("星期二, 12 五月 2020 20:57:30", "2020-05-12T12:57:30Z"),
        ("火, 12 5月 2020 20:57:30", "2020-05-12T12:57:30Z"),
        ("Di., 12 Mai 2020 20:57:30", "2020-05-12T12:57:30Z"),
        ("Jan 5, 2021 10:24:08 MST", "2021-01-05T17:24:08Z"),
        ("Jan 5, 2021 10:24:08 CST", "2021-01-05T02:24:08Z"),
        ("04 Feb 2026 10:00AM GMT-0500", "2026-02-04T15:00:00Z"),
        ("04 Feb 2026 12:00AM GMT+0800", "2026-02-03T16:00:00Z"),
        ("Feb 03, 2026 07:00 AM", "2026-02-02T23:00:00Z"),
        ("05/25/2021 07:36:58", "2021-05-24T23:36:58Z"),
        ("05/25/2021 at 07:36:58 (GMT+0200)", "2021-05-25T05:36:58Z"),
    ],
)
def test_a_time_is_read_as_its_scanner_writes_it(written, read):
    assert utc(moment(written, "Asia/Taipei")) == read


def test_fractions_are_kept_to_the_microsecond():
    assert moment("2024-01-15T08:58:29.82753744Z", "UTC") % 1_000_000 == 827_537


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2021-13-01T00:00:00Z",
        "2021-02-30 10:00:00",
        "12 Smarch 2020 20:57:30",
        "Jan 5, 2021 10:24:08 XST",
        "04 Feb 2026 13:00PM",
        "0000-01-01T00:00:00Z",
        "2024-01-15T08:58:29" + "0" * 60,
    ],
)
def test_what_is_no_time_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011 - the readers say what is wrong; here it is only that it is
        moment(written, "Asia/Taipei")
