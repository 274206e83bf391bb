"""The exchanges' daily file of price limits and special measures (漲跌幅度資料檔, T30), of TWSE and of TPEx: 100 bytes a record, in Big5.

    2330  00673000000612000000551000020241129000024  1積體半導體      000000000000000000100X0
    6101  00006600000006000000005400020241128011028  0例示電子        005000010000030100000 0

Records follow one another without a mark, or one a line; blanks fill them up. Places count from 1; prices have four decimals:

    code 1-6 · limit up 7-15 · reference 16-24 · limit down 25-33 · last traded 34-41 · trading method 42 · disposition 43 (0, 1, 2 further,
    3 flexible) · attention 44 · orders limited 45 · industry 46-47 · type 48-49 · short below reference 50 · name 51-66 · minutes between
    auctions 67-69 · single order 70-75 · orders of a day 76-81 · per cent due before 82-84 · borrowed below reference 85, then on
    TWSE: par 86 · day trade 87 (X both, Y bought first) · board 88 · blank to 100      TPEx: class 86 · par 87 · day trade 88 · board 89 · blank to 100

The layout is that of the exchanges' 一般交易電腦作業手冊, as three public programs read it, checked on a whole file of TPEx. The file does not say
which day it is for: it is the setting `trading_day`, else the trading day after the latest day on which any of its securities last
traded. TPEx's files are known by a board where TWSE's have a blank. A record of a security under any measure gives two rows.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from chahe.rules.roc import UnreadableDay, read_day
from chahe.rules.trading_days import OutsideCalendar, trading_days
from chahe.sources.lists.raw_rows import NO_SUCH_ROW
from chahe.sources.model import (
    Context,
    Head,
    Match,
    RecordReader,
    Records,
    Reject,
    Setting,
    Skip,
    Unit,
    Unreadable,
)
from chahe.sources.reading.text_lines import BLANK
from chahe.sources.trading.twse_t30_rows import BadField, rows, traded
from chahe.wording import Text

_SIZE = 100
_MOST = 64 << 20
"""Bytes; a day's file of both markets has about five million."""
_RECORD = re.compile(
    rb"[0-9A-Z]{4}[0-9A-Z ]{2}[0-9]{27}[0-9]{8}[0-9A-Z][0-9A-Z]{3}[0-9A-Z ]{4}[0-9 ][^\n]{16}[0-9 ]{18}[0-9 ][0-9 ]",
    re.DOTALL,
)
_BOARD_OF_TPEX = 88

_DAY = Setting(
    "trading_day",
    Text(
        "檔案適用的交易日，例如 2026-11-23 或 115/11/23；不設則為檔中最近成交日的次一交易日",
        "the trading day the file is for; where not set, the one after the latest day on which its securities traded",
    ),
)
_MARKET = Setting(
    "market",
    Text(
        "twse（上市）或 tpex（上櫃）；不設則由板別的位置判斷",
        "twse or tpex; told from where the board stands where not set",
    ),
)
_BAD_DAY = Text(
    "設定 trading_day 不是日期：「{value}」；請在 chahe.toml 改為 2026-11-23 之類",
    "the setting trading_day is no day: `{value}`; write 2026-11-23 or the like in chahe.toml",
)
_BAD_MARKET = Text(
    "設定 market 只能是 twse 或 tpex，現在是「{value}」；請修改 chahe.toml",
    "the setting market is twse or tpex, not `{value}`; change it in chahe.toml",
)
_NO_DAY = Text(
    "檔案沒有可用的成交日，無法推定適用的交易日；請在 chahe.toml 以 trading_day 指明",
    "no day of trading in the file tells which day it is for; name it with trading_day in chahe.toml",
)
_TOO_LARGE = Text(
    "檔案超過 64 MiB，不會是一天的 T30；請確認檔案",
    "the file is larger than 64 MiB, which no day's T30 is; check the file",
)
_LENGTH = Text(
    "T30 每筆 100 位元組，這一筆有 {size}；請確認檔案沒有被截斷或改過",
    "a record of T30 has 100 bytes, this one {size}; check that the file was not cut or altered",
)
_TWICE = Text(
    "「{symbol}」在檔案中出現兩次（第 {first} 筆已有）；請確認檔案沒有併入另一天的資料",
    "{symbol} stands twice in the file (record {first} has it, too); check that no other day was added to it",
)
_BIG5 = Text(
    "證券名稱不是 Big5（cp950）；請以二進位方式重新下載檔案",
    "the name is not Big5 (cp950); download the file again, as binary",
)


def _recognise(head: Head) -> Match | None:
    written = _records(head.data)
    records = [record for record in (written if head.whole else written[:-1]) if record.strip()]
    known = sum(len(record) == _SIZE and _RECORD.match(record) is not None for record in records)
    if not known or 10 * known < 9 * len(records):
        return None
    return Match(95, f"{known} of the first {len(records)} records are T30's of 100 bytes")


def _records(data: bytes) -> list[bytes]:
    """One a line where there are about as many lines, else every hundred bytes. Lines made UTF-8 on the way are Big5 again."""
    data = data.rstrip(b"\r\n\x1a")
    if len(data) >= 2 * _SIZE * (data.count(b"\n") + 1):
        return [data[at : at + _SIZE] for at in range(0, len(data), _SIZE)]
    return [_big5(line.removesuffix(b"\r")) for line in data.split(b"\n")] if data else []


def _big5(line: bytes) -> bytes:
    if len(line) == _SIZE:
        return line
    try:
        return line.decode("utf-8-sig").encode("cp950")
    except UnicodeError:
        return line


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise Unreadable(_TOO_LARGE)
    records = _records(data)
    market = _market(records, context)
    day = _day(records, context)
    seen: dict[bytes, int] = {}
    for place, record in enumerate(records, 1):
        first = seen.setdefault(record[:6], place) if len(record) == _SIZE and record.strip() else place
        if first != place:
            symbol = record[:6].decode("latin-1").strip()
            yield Reject(place, _TWICE.fill(symbol=symbol, first=first), "symbol", symbol)
            continue
        yield _unit(place, record, market, day)


def _market(records: list[bytes], context: Context) -> str:
    named = context.settings.get("market", "").strip().lower()
    if named:
        if named not in ("twse", "tpex"):
            raise Unreadable(_BAD_MARKET.fill(value=named))
        return named
    whole = [record for record in records if len(record) == _SIZE]
    boards = sum(record[_BOARD_OF_TPEX : _BOARD_OF_TPEX + 1] != b" " for record in whole)
    return "tpex" if 2 * boards > len(whole) else "twse"


def _day(records: list[bytes], context: Context) -> date:
    named = context.settings.get("trading_day", "").strip()
    if named:
        try:
            return read_day(named)
        except UnreadableDay as error:
            raise Unreadable(_BAD_DAY.fill(value=named)) from error
    latest = max((day for record in records if (day := traded(record)) is not None), default=None)
    if latest is None:
        raise Unreadable(_NO_DAY)
    try:
        return trading_days().next_trading_day(latest)
    except OutsideCalendar as error:
        raise Unreadable(_NO_DAY) from error


def _unit(place: int, record: bytes, market: str, day: date) -> Unit:
    if not record.strip():
        return Skip(place, BLANK)
    if len(record) != _SIZE:
        return Reject(place, _LENGTH.fill(size=len(record)))
    try:
        name = record[50:66].decode("cp950").rstrip()
    except UnicodeDecodeError:
        return Reject(place, _BIG5, "name")
    try:
        return Records(place, tuple(rows(record.decode("latin-1"), name, market, day)))
    except BadField as bad:
        return Reject(place, bad.why, bad.column, bad.value)


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    records = _records(stream.read(_MOST))
    if not 1 <= place <= len(records):
        return NO_SUCH_ROW.zh.format(place=place)
    return records[place - 1].decode("cp950", "replace")


reader = RecordReader(
    name="twse_t30",
    title=Text("證券漲跌幅度資料檔（T30）", "daily file of price limits and measures (T30)"),
    version=1,
    tables=("disposition_securities", "securities"),
    recognise=_recognise,
    read=_read,
    settings=(_DAY, _MARKET),
    excerpt=_excerpt,
)
