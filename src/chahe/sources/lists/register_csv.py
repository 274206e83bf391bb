"""Lists in delimited text (CSV): whatever a firm keeps in a spreadsheet or exports from a database.

    員工編號*,姓名,到職日,離職日
    e001,王小明,115/01/02,

Which evidence table a list is for is told by its headings (see `chahe.sources.lists.headings`), or declared as `table`. Any other setting
that is named like a column of the table fills that column where the list has none. The delimiter is the one of `,` `;` tab `|`
under which the headings fit best. A place is a record's number from 1; a record with line breaks inside quotes is one.
"""

from collections.abc import Iterator
from typing import BinaryIO

from chahe.sources.lists import headings
from chahe.sources.lists.raw_rows import NO_SUCH_ROW, Broken
from chahe.sources.lists.sheets import TABLE_SETTING, Lists, find_heading, match, rank
from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.sources.reading import csv_records
from chahe.wording import Text


def recognise(head: Head) -> Match | None:
    """By the headings; a list meant for a table but with something wrong is recognised, too, so that it can say what."""
    found = (
        find_heading(csv_records.head_records(head.data, one, whole=head.whole))[1] for one in csv_records.DELIMITERS
    )
    return match(max(found, key=rank))


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """One unit for each record. Raises Unreadable where there are no headings of any table."""
    lists = Lists(context)
    first, encoding, delimiter = _format(stream, lists)
    yield from lists.units(csv_records.records(stream, first, encoding, delimiter))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The record at a place, as it stands in the file. Raises Unreadable where there is none."""
    first, encoding, delimiter = _format(stream, Lists(Context(0)))
    text = csv_records.raw_record(stream, first, encoding, delimiter, place)
    if text is None:
        raise Unreadable(NO_SUCH_ROW.fill(place=place), place=place)
    return text


def _format(stream: BinaryIO, lists: Lists) -> tuple[bytes, str, str]:
    """The first bytes, the encoding, and the delimiter under which the headings fit best."""
    first = stream.read(csv_records.LOOKAHEAD)
    whole = len(first) < csv_records.LOOKAHEAD
    encoding, _ = csv_records.encoding_of(first, whole=whole)
    delimiter = max(csv_records.DELIMITERS, key=lambda one: _rank(first, one, lists, whole=whole))
    return first, encoding, delimiter


def _rank(first: bytes, delimiter: str, lists: Lists, *, whole: bool) -> tuple[tuple[int, int, int], int]:
    top = csv_records.head_records(first, delimiter, whole=whole)
    widest = max((len(row) for row in top if not isinstance(row, Broken)), default=0)
    return rank(find_heading(top, lists.declared, lists.context.settings)[1]), widest


reader = RecordReader(
    name="register_csv",
    title=Text("清冊（CSV）", "list (CSV)"),
    version=1,
    tables=tuple(table.name for table in headings.loadable()),
    recognise=recognise,
    read=read,
    settings=(TABLE_SETTING,),
    excerpt=excerpt,
    generic=True,
)
