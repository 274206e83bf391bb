"""Lines through a reader's query: each with one fate, in order, whatever the reader or the stream does."""

from io import BytesIO, RawIOBase

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from chahe.engine import chunks as cutting
from chahe.engine.lines import read_lines
from chahe.engine.readings import UnevenFates
from chahe.sources.model import Context, LineReader
from chahe.wording import Text

NOON = Context(observed_at_us=1_795_320_000_000_000, settings={"device": "FW"})
FATE = "CASE text WHEN '' THEN 'skip' WHEN 'bad' THEN 'reject' ELSE 'row' END AS fate, 'reason' AS why"
QUERY = f"SELECT place, {FATE}, 'c' AS bad_column, text AS bad_value, text AS device, text AS source_address FROM lines"


def reader(query: str | None = QUERY, **more: object) -> LineReader:
    reasons = {"reason": Text("原因", "reason")}
    return LineReader(
        name="made_up",
        title=reasons["reason"],
        version=1,
        table="firewall_events",
        **{"recognise": lambda _: None, "query": query, "reasons": reasons, **more},  # type: ignore[arg-type] # by name
    )


def test_every_line_has_one_fate() -> None:
    (fates,) = read_lines(reader(), lambda: BytesIO(b" FW \n\nbad\n\xff\xff\n::FFFF:10.0.0.1\n"), NOON)
    assert fates.lines == 5
    assert fates.rows["raw_place"].to_pylist() == [1, 5]
    assert fates.rows["device"].to_pylist() == ["fw", "::ffff:10.0.0.1"]
    assert fates.rows["source_address"].to_pylist() == [None, "10.0.0.1"]
    assert fates.skips.to_pylist() == [{"raw_place": 2, "why": "reason"}]
    assert [(one["raw_place"], one["bad_value"], one["why"]) for one in fates.rejects.to_pylist()] == [
        (3, "bad", "reason"),
        (4, None, "undecodable"),
    ]


def test_an_overlong_line_is_rejected_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting.chunks, "__defaults__", (8, 20))
    found = list(read_lines(reader(), lambda: BytesIO(b"a\n" + b"x" * 100 + b"\nb\n"), NOON))
    assert [fates.lines for fates in found] == [1, 1, 1]
    assert found[1].rejects.to_pylist() == [{"raw_place": 2, "bad_column": None, "bad_value": None, "why": "overlong"}]
    assert [found[1].rows.num_rows, found[1].skips.num_rows] == [0, 0]
    assert set(found[1].rows.column_names) == set(found[0].rows.column_names)


def test_many_chunks_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting.chunks, "__defaults__", (64, 1000))
    data = b"".join(b"host%d\n" % number for number in range(200))
    found = list(read_lines(reader(), lambda: BytesIO(data), NOON))
    assert len(found) > 10
    places = [place for fates in found for place in fates.rows["raw_place"].to_pylist()]
    assert places == list(range(1, 201))
    assert [name for fates in found for name in fates.rows["device"].to_pylist()] == [f"host{n}" for n in range(200)]


def test_an_empty_stream_has_no_fates() -> None:
    assert list(read_lines(reader(), lambda: BytesIO(b""), NOON)) == []


@pytest.mark.parametrize(
    "query",
    [
        f"{QUERY} WHERE place <> 2",
        f"{QUERY} UNION ALL {QUERY}",
        "SELECT place, 'lost' AS fate, NULL AS why, NULL AS bad_column, NULL AS bad_value FROM lines",
        "SELECT place, 'row' AS fate, NULL AS why, NULL AS bad_column, NULL AS bad_value, 1 AS stranger FROM lines",
    ],
)
def test_a_query_that_loses_or_doubles_lines_is_our_error(query: str) -> None:
    with pytest.raises(UnevenFates, match="made_up"):
        list(read_lines(reader(query), lambda: BytesIO(b"a\nb\nc\n"), NOON))


def test_settings_and_zone_are_bound() -> None:
    query = (
        "SELECT place, 'row' AS fate, NULL AS why, NULL AS bad_column, NULL AS bad_value, $zone AS account FROM lines"
    )
    (fates,) = read_lines(reader(query), lambda: BytesIO(b"a\n"), NOON)
    assert fates.rows["account"].to_pylist() == ["asia/taipei"]


def made(lines: pa.Array, **more: pa.Array) -> dict[str, pa.Array]:
    nothing = pa.nulls(len(lines), pa.string())
    fates = {"fate": pa.repeat("row", len(lines)), "why": nothing, "bad_column": nothing, "bad_value": nothing}
    names = pc.dictionary_encode(pc.ascii_rtrim(lines, "\r\n"))
    return {**fates, "device": names, "source_address": names, "bytes_sent": pc.binary_length(lines), **more}


def columns_reader(**more: pa.Array) -> LineReader:
    return reader(query=None, columns=lambda lines, _: made(lines, **more))


def test_columns_are_spelled_and_typed() -> None:
    (fates,) = read_lines(columns_reader(), lambda: BytesIO(b" FW \n\xff\xff\n::FFFF:1.2.3.4\r\nfw\n\n"), NOON)
    assert fates.rows.select(["raw_place", "device", "source_address", "bytes_sent", "rule"]).to_pylist() == [
        dict(zip(("raw_place", "device", "source_address", "bytes_sent", "rule"), values, strict=True))
        for values in (
            (1, "fw", None, 5, None),
            (3, "::ffff:1.2.3.4", "1.2.3.4", 16, None),
            (4, "fw", None, 3, None),
            (5, None, None, 1, None),
        )
    ]
    assert [one["why"] for one in fates.rejects.to_pylist()] == ["undecodable"]
    # Spelled alike, the two stand in the dictionary once.
    assert fates.rows["device"].combine_chunks().dictionary.to_pylist() == ["fw", "::ffff:1.2.3.4"]


@pytest.mark.parametrize(
    "more", [{"rule": pa.array(["a"])}, {"stranger": pa.array(["a", "b"])}, {"fate": pa.array(["x"] * 2)}]
)
def test_columns_that_lose_lines_are_our_error(more: dict[str, pa.Array]) -> None:
    with pytest.raises(UnevenFates, match="made_up"):
        list(read_lines(columns_reader(**more), lambda: BytesIO(b"a\nb\n"), NOON))


def test_a_reader_has_a_query_or_columns() -> None:
    for more in ({}, {"columns": made, "query": "x"}):
        with pytest.raises(ValueError, match="made_up"):
            reader(**{"query": None, **more})


class Breaking(RawIOBase):
    """Gives one line, then breaks."""

    given = False

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override] # any buffer would do
        if self.given:
            raise OSError("the disk is gone")
        self.given = True
        buffer[:6] = b"first\n"
        return 6


def test_what_was_read_before_the_stream_broke_is_given_first() -> None:
    found = read_lines(reader(), Breaking, NOON)  # type: ignore[arg-type] # reads are all it needs
    assert next(found).rows["device"].to_pylist() == ["first"]
    with pytest.raises(OSError, match="the disk is gone"):
        next(found)


def test_a_reading_may_be_left_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting.chunks, "__defaults__", (4, 1000))
    found = read_lines(reader(), lambda: BytesIO(b"a\n" * 100), NOON)
    assert next(found).lines == 2
    found.close()
