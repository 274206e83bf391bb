"""Windows event logs as files: every record accounted for, whatever was done to the bytes."""

import json
import re
import struct
import zlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chahe.sources.model import Context, Head, Unreadable
from chahe.sources.sign_ins.windows_evtx import reader
from evtx_file import CHUNK, FILE_HEADER, RECORDS, event, evtx, record_offsets
from reading import Reading, read, shared_data

COUNTS = "windows_evtx/counts.json"
CUT_SAMPLE = "System2.evtx"
"""A real log that ends inside its third chunk."""


def a_log(*sizes: int) -> bytes:
    """A log of chunks with that many sign-ins, of the accounts u1, u2 …"""
    numbers = iter(range(1, sum(sizes) + 1))
    logon = {"LogonType": "3", "IpAddress": "192.0.2.7"}
    return evtx(*[[event(4624, logon | {"TargetUserName": f"u{next(numbers)}"}) for _ in range(n)] for n in sizes])


def accounts(reading: Reading) -> list[object]:
    return [row["account"] for row in reading.rows.get("auth_events", [])]


def reasons(reading: Reading) -> list[str]:
    return [reject.why.en.partition(";")[0].partition(": ")[0] for reject in reading.rejects]


def codes(reading: Reading) -> dict[str, int]:
    """How many events of each number a reading accounts for."""
    found = Counter(str(row["event_code"]) for row in reading.rows.get("auth_events", []))
    found.update(re.match(r"event (\d+) ", why.en)[1] for _, why in reading.skips)
    return dict(found)


def test_a_sound_log_gives_one_unit_for_each_record():
    reading = read(reader, a_log(3, 2))
    assert accounts(reading) == ["u1", "u2", "u3", "u4", "u5"]
    assert (reading.units, reading.rejects) == (5, [])


def test_events_of_no_concern_are_skipped_with_number_and_provider():
    reading = read(reader, evtx([event(5156), event(4624, {"TargetUserName": "lee"})]))
    ((place, why),) = reading.skips
    assert place == 1
    assert "5156" in why.zh
    assert why.en == (
        "event 5156 (Microsoft-Windows-Security-Auditing) is no sign-in, sign-off, use of privilege, change of account "
        "or clearing of a log"
    )


def test_a_record_whose_content_is_destroyed_is_rejected_and_its_neighbours_are_not():
    data = bytearray(a_log(3))
    at = record_offsets(data)[1]
    data[at + 24 : at + 60] = b"\xff" * 36
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1", "u3"]
    assert reasons(reading) == [
        "the content of record 2 in chunk 1 cannot be decoded",
        "the checksum of the records of chunk 1 is wrong",
    ]
    assert [reject.place for reject in reading.rejects] == [2, 4]


@pytest.mark.parametrize("damage", [b"abcd", b"**\0\0\0\0\0\0", b"**\0\0\xff\xff\xff\xff"])
def test_a_record_whose_header_is_destroyed_is_rejected_and_reading_goes_on_behind_it(damage):
    data = bytearray(a_log(4))
    first, second, *_ = record_offsets(data)[1:]
    data[first : first + len(damage)] = damage
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1", "u3", "u4"]
    assert reading.rejects[0].why.en.startswith(
        f"{second - first} bytes at offset {first - FILE_HEADER} of chunk 1 are no event record"
    )
    assert "chunk 1 counts 4 records and 3 were found, 1 missing" in reasons(reading)


def test_a_changed_byte_shows_though_the_event_still_reads():
    data = bytearray(a_log(2))
    at = data.index("u2".encode("utf-16-le"))
    data[at] = ord("x")
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1", "x2"]
    assert reasons(reading) == ["the checksum of the records of chunk 1 is wrong"]


def test_a_record_taken_out_with_the_checksums_made_right_is_missed_by_the_count():
    """The chunk's header counts a fourth record that is nowhere."""
    data = bytearray(a_log(3))
    struct.pack_into("<4q", data, FILE_HEADER + 8, 1, 4, 1, 4)
    header = data[FILE_HEADER : FILE_HEADER + RECORDS]
    struct.pack_into("<I", data, FILE_HEADER + 124, zlib.crc32(header[:120] + header[128:]))
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1", "u2", "u3"]
    assert reasons(reading) == ["chunk 1 counts 4 records and 3 were found, 1 missing"]


def test_a_chunk_header_destroyed_costs_no_record():
    data = bytearray(a_log(2, 2))
    data[FILE_HEADER : FILE_HEADER + RECORDS] = b"\xa5" * RECORDS
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1", "u2", "u3", "u4"]
    assert reasons(reading) == [
        "the header of chunk 1 or its checksum is wrong, so how many records it should hold is unknown (2 were found)",
        "the checksum of the records of chunk 1 is wrong",
    ]


def test_a_chunk_wiped_out_is_told_with_the_records_it_held():
    data = bytearray(a_log(2, 3, 1))
    data[FILE_HEADER + CHUNK : FILE_HEADER + 2 * CHUNK] = bytes(CHUNK)
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1", "u2", "u6"]
    assert reasons(reading) == [
        "the file header counts 3 chunks, but chunk 2 holds only zeros",
        "records 3 to 5 are not in the file (3 of them)",
    ]


def test_a_log_cut_between_chunks_is_missed_by_the_file_header():
    reading = read(reader, a_log(2, 3)[: FILE_HEADER + CHUNK])
    assert accounts(reading) == ["u1", "u2"]
    assert reasons(reading) == ["the file header says records were written up to 5, the file ends at 2 (3 missing)"]


def test_a_log_cut_inside_a_chunk_keeps_the_whole_records_before_the_cut():
    data = a_log(3)
    reading = read(reader, data[: record_offsets(data)[2] + 100])
    assert accounts(reading) == ["u1", "u2"]
    assert "the file ends inside chunk 1 (" in reading.rejects[1].why.en
    assert "chunk 1 counts 3 records and 2 were found, 1 missing" in reasons(reading)


def test_a_full_log_that_went_on_at_its_first_chunk_has_no_gap():
    data = a_log(2, 2, 2)
    middle = [data[FILE_HEADER + n * CHUNK : FILE_HEADER + (n + 1) * CHUNK] for n in (2, 0, 1)]
    reading = read(reader, data[:FILE_HEADER] + b"".join(middle))
    assert accounts(reading) == ["u5", "u6", "u1", "u2", "u3", "u4"]
    assert reading.rejects == []


def test_chunks_that_windows_set_aside_and_never_used_are_nothing():
    reading = read(reader, a_log(2) + bytes(CHUNK * 3))
    assert (reading.units, reading.rejects) == (2, [])


def test_records_behind_the_end_the_header_knows_are_read():
    data = bytearray(a_log(3))
    third = record_offsets(data)[2] - FILE_HEADER
    struct.pack_into("<I", data, FILE_HEADER + 48, third)
    assert accounts(read(reader, bytes(data))) == ["u1", "u2", "u3"]


def test_a_file_header_that_was_changed_is_told():
    data = bytearray(a_log(1))
    data[24] ^= 0xFF
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1"]
    assert [reject.place for reject in reading.rejects] == [1]
    assert reasons(reading) == ["the checksum of the file header is wrong"]


def test_a_log_of_which_only_the_header_is_left_is_told():
    assert reasons(read(reader, a_log(2, 1)[:FILE_HEADER])) == ["the file header counts 2 chunks and the file holds 0"]


@pytest.mark.parametrize("size", [0, 8, FILE_HEADER - 1])
def test_a_file_without_a_whole_header_is_unreadable(size):
    (reject,) = read(reader, a_log(1)[:size]).rejects
    assert reject.why.en.startswith("the file's header of 4096 bytes is not whole")


def test_the_event_behind_a_place_can_be_shown():
    data = bytearray(a_log(3, 0, 2))
    data[FILE_HEADER + CHUNK : FILE_HEADER + 2 * CHUNK] = bytes(CHUNK)
    at = record_offsets(data)[1]
    data[at : at + 4] = b"\xde\xad\xbe\xef"
    reading = read(reader, bytes(data))
    assert accounts(reading) == ["u1", "u3", "u4", "u5"]
    for row in reading.rows["auth_events"]:
        text = reader.excerpt(BytesIO(data), row["place"], None)
        assert f'<Data Name="TargetUserName">{row["account"]}</Data>' in text
    assert reader.excerpt(BytesIO(data), 2, None).startswith("deadbeef ")


@pytest.mark.parametrize("place", [4, 99])
def test_a_place_without_a_record_cannot_be_shown(place):
    with pytest.raises(Unreadable, match=f"there is no record {place} in the file"):
        reader.excerpt(BytesIO(a_log(3)), place, None)


def test_only_the_magic_number_is_recognised():
    assert reader.recognise(Head("x.evtx", a_log(1)[:65536], whole=False)).sureness == 100
    assert reader.recognise(Head("x.evtx", b"\x30\0\0\0LfLe", whole=True)) is None


def test_every_record_of_the_real_samples_is_accounted_for():
    for path, truth in json.loads(shared_data(COUNTS).read_text()).items():
        sample = shared_data(*path.removeprefix("dev/").split("/"))
        if sample.name == CUT_SAMPLE:
            continue
        reading = read(reader, sample.read_bytes())
        assert reading.rejects == [], path
        assert reading.units == truth["records"], path
        assert codes(reading) == truth["event_ids"], path


def test_a_real_log_cut_in_its_third_chunk_gives_more_than_its_whole_chunks():
    """The counts know the 194 records of the whole chunks; 89 more are whole in the third, one is not."""
    data = shared_data("windows_evtx", "plaso", "evtx", CUT_SAMPLE).read_bytes()
    whole = read(reader, data[: FILE_HEADER + 2 * CHUNK])
    truth = json.loads(shared_data(COUNTS).read_text())[f"dev/windows_evtx/plaso/evtx/{CUT_SAMPLE}"]
    assert codes(whole) == truth["event_ids"]
    reading = read(reader, data)
    assert reading.places_with_rows + len(reading.skips) == truth["records"] + 89
    assert reasons(reading) == [
        "360 bytes at offset 64472 of chunk 3 are no event record",
        "the file ends inside chunk 3 (64832 of 65536 bytes",
        "chunk 3 counts 90 records and 89 were found, 1 missing",
        "the file header says records were written up to 10548, the file ends at 284 (10264 missing)",
    ]


def test_real_computers_and_times_agree_with_the_truth():
    for path, truth in json.loads(shared_data(COUNTS).read_text()).items():
        rows = read(reader, shared_data(*path.removeprefix("dev/").split("/")).read_bytes()).rows.get("auth_events", [])
        if path.endswith(CUT_SAMPLE):
            continue
        assert {row["host"] for row in rows} <= set(truth["computers"])
        if len(rows) == truth["records"]:
            assert min(row["happened_at_us"] for row in rows) == _us(truth["first"])


def _us(text: str) -> int:
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=6000))
@example(b"")
def test_arbitrary_bytes_behind_the_magic_number_never_break_the_reader(data):
    read(reader, b"ElfFile\0" + data)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_flipped_bytes_never_lose_a_record_unsaid(data):
    """However a log of four records is damaged, what is not four rows comes with a reject."""
    log = bytearray(a_log(3, 1))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, 2 * CHUNK + FILE_HEADER - 1) | st.integers(FILE_HEADER, FILE_HEADER + 3000))
        log[at] = data.draw(st.integers(0, 255))
    log[:8] = b"ElfFile\0"
    reading = read(reader, bytes(log[: data.draw(st.just(len(log)) | st.integers(0, len(log)))]))
    assert len(reading.rows.get("auth_events", [])) == 4 or reading.rejects


def test_a_stream_that_hands_out_small_pieces_reads_the_same():
    class Trickle(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 1000, 1000))

    data = a_log(2, 1)
    context = Context(observed_at_us=0)
    assert list(reader.read(Trickle(data), context)) == list(reader.read(BytesIO(data), context))
