r"""Logs of makers nobody here knows, read by what the firm declares in chahe.toml under [source.map] (see `chahe.sources.lists.mapping`).

    id=firewall time="2026-11-22 09:00:00" fw="SN-1" srcif="in" src=10.1.2.3 srcport=50100 dst=192.0.2.7 dstport=443 action=pass
    2026-11-22 09:00:00,A0001,2330,B,1000,1010.00
    {"ts": 1795309200, "user": "mei", "result": "ok"}

Cells are read as those of registers are (`chahe.evidence.cells`): ROC years, Chinese headings of choices, blanks. A line without
any of the declared fields is a reject, and so is one with a value that its column cannot hold, or without a required one. A column
that no line fills is told of in the file's load.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chahe.evidence.cells import EXPECTED
from chahe.evidence.model import Kind
from chahe.sources.lists.mapping import HEADER, mapping_in
from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text

if TYPE_CHECKING:
    import pyarrow as pa


def _never(_head: Head) -> Match | None:
    """What such a log is, only the firm can say."""
    return None


def _columns(lines: "pa.Array", context: Context, years: "pa.Array | None") -> "Mapping[str, pa.Array]":
    from chahe.sources.lists.mapped_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


def _headings(lines: "pa.Array", before: bytes) -> bytes:
    """The file's first line that is not blank."""
    if before:
        return before
    for line in lines:
        written: bytes = line.as_buffer().to_pybytes().strip()
        if written:
            return written
    return b""


def _promised(context: Context) -> Mapping[str, str]:
    """Of lists of values the headings tell whether a field is there; an empty column of theirs is a fact, not a slip."""
    declared = mapping_in(context.settings)
    named = {name: fields for name, fields in declared.columns.items() if not set(fields) & set(HEADER)}
    return {} if declared.form == "values" else {name: " ".join(fields) for name, fields in named.items()}


reader = LineReader(
    name="mapped",
    title=Text("以對照設定讀取的日誌", "logs by a declared mapping"),
    version=1,
    table=None,
    recognise=_never,
    columns=_columns,
    headings=_headings,
    promised=_promised,
    syslog=True,
    settings=(
        Setting("table", Text("紀錄所屬的證據表", "the evidence table of the records"), required=True),
        Setting("map", Text("欄位對照", "the mapping"), required=True),
    ),
    reasons={
        "blank": Text("空白行", "blank line"),
        "heading": Text("標題列", "the heading row"),
        "other": Text("不在對照設定的 only 之內", "not among those that the mapping's `only` names"),
        "unsaid": Text(
            "這一行沒有 only 所寫的欄位，無法判定要不要讀；請確認 [source.map] 的 only",
            "this line lacks the field that `only` names, so whether to read it cannot be told; check `only` of [source.map]",
        ),
        "headless": Text(
            "標題列沒有對照設定所寫的這個欄名；請確認 [source.map] 的 columns 與檔案的標題",
            "the headings do not hold this field of the mapping; compare the columns of [source.map] with the file's headings",
        ),
        "broken": Text(
            "引號或括號沒有成對，這一行無法分欄；請確認檔案是否被截斷",
            "quotes or brackets do not pair; check whether the line was cut",
        ),
        "nothing": Text(
            "這一行沒有對照設定所寫的任何欄位；請確認 [source.map] 的 form、separator 與 columns",
            "none of the mapping's fields stands in this line; check form, separator and columns of [source.map]",
        ),
        "missing": Text(
            "這一行沒有這個必填欄位的值；請確認 [source.map] 的 columns",
            "this line has no value for this required column; check the columns of [source.map]",
        ),
        **{
            f"bad {kind.value}": Text(
                f"此欄的值無法讀取：{expected.zh}；可在 [source.map] 的 values 或 patterns 轉換",
                f"this value cannot be read: {expected.en}; convert it under values or patterns of [source.map]",
            )
            for kind, expected in EXPECTED.items()
        },
        f"bad {Kind.CHOICE.value}": Text(
            "此欄的值不是可用的選項；請在 [source.map] 的 values 寫明它的意義",
            "this value is none of the column's choices; say under values of [source.map] what it means",
        ),
    },
)
