"""Some lines of a log belong to a further table, too; which fate a line has is not theirs to say."""

from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from chahe.engine.extras import BadExtra
from chahe.engine.lines import read_lines
from chahe.engine.readings import Fates
from chahe.sources.model import Context, Extra, LineReader
from chahe.wording import Text

NOON = Context(observed_at_us=1_795_320_000_000_000)
QUERY = (
    "SELECT place, CASE WHEN text LIKE 'bad%' THEN 'reject' ELSE 'row' END AS fate, 'reason' AS why, "
    "NULL AS bad_column, NULL AS bad_value, text AS device, "
    "CASE WHEN text LIKE '%vpn%' THEN 'vpn' WHEN text LIKE 'tunnel%' THEN 'system' END AS event_kind FROM lines"
)


def sign_ins(lines: pa.Array, rows: pa.Table, _: Context) -> dict[str, pa.Array]:
    return {
        "given": pc.match_substring(lines, "user="),
        "activity": pa.repeat("logon", len(lines)),
        "host": rows["device"].combine_chunks(),
        "account": pc.ascii_trim_whitespace(lines),
    }


def fates(data: bytes, **more: object) -> Fates:
    extra = Extra(
        **{"table": "auth_events", "column": "event_kind", "values": ("vpn", "system"), "columns": sign_ins, **more}
    )  # type: ignore[arg-type] # by name
    reader = LineReader(
        name="made_up",
        title=Text("", ""),
        version=1,
        table="firewall_events",
        recognise=lambda _: None,
        query=QUERY,
        reasons={"reason": Text("", "")},
        extras=(extra,),
    )
    assert reader.tables == ("firewall_events", "auth_events")
    (found,) = read_lines(reader, lambda: BytesIO(data), NOON)
    return found


def test_a_line_whose_row_has_the_value_gives_a_further_row() -> None:
    found = fates(b"plain\nVPN user=A\nbad vpn user=b\nvpn user=C\ntunnel down\n\xff\xff vpn user=d\n")

    assert found.extras["auth_events"].select(["raw_place", "account", "host"]).to_pylist() == [
        {"raw_place": 4, "account": "vpn user=c", "host": "vpn user=c"}
    ]
    assert (found.lines, len(found.rows), len(found.rejects)) == (6, 4, 2)


def test_without_such_lines_there_are_no_further_rows() -> None:
    found = fates(b"plain\n")

    assert found.extras["auth_events"].num_rows == 0
    assert {"raw_place", "account", "happened_at_us"} <= set(found.extras["auth_events"].column_names)


@pytest.mark.parametrize("columns", [{"stranger": 1}, {"given": 0}])
def test_columns_that_the_table_does_not_have_are_our_error(columns: dict[str, int]) -> None:
    def wrong(lines: pa.Array, _: pa.Table, __: Context) -> dict[str, pa.Array]:
        return {name: pa.nulls(len(lines) + 1 - more) for name, more in columns.items()}

    with pytest.raises(BadExtra, match="auth_events"):
        fates(b"vpn\n", columns=wrong)
