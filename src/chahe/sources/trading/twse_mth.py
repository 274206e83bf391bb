"""The exchange's executions (成交檔, `mth`): fixed-width lines of 63 bytes, or 67 since March 2020.

    201612292330  S00903004500000016k00030182.0000000300004410I9A95
    202412022330  B009000012345600000017a00010612.0000000100020  0I9A95

Layouts as the exchange's data shop publishes them (格式說明 H2, 2018-11-27 and 2020-03-23); places count from 1:

    day 1-8 · security 9-14 · B or S 15 · trade type 16 · time 17-24 (HHMMSScc; in 67 bytes 17-28, HHMMSS and microseconds)
    then, from 25 or 29: trade number 8 · slip number 5 · price 7 · shares 9
    63 bytes: printer 4 · 67 bytes: price type 1, time restriction 1, blank 2 · then order category 1 · investor 1 · broker 4

A trade has two lines, the buyer's and the seller's, with one trade number. The times are the exchange's own, in Taipei. Errors in
accounts were corrected and omnibus accounts divided before the file was made, so not every line has its order in the order log.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match
from chahe.sources.trading.twse_words import REASONS, SESSION, recognise
from chahe.wording import Text

_LINES = re.compile(
    rb"(?:19|20)\d{6}[0-9A-Z]{4}[0-9A-Z ]{2}[BS][0-9]"
    rb"(?:\d{16}[ -~]{5}[\d.]{7}\d{9}[ -~]{4}|\d{20}[ -~]{5}[\d.]{7}\d{9}[ 12][ 034][ -~]{2})\d[A-Z ][ -~]{4}"
)


def _columns(lines: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    from chahe.sources.trading.twse_rows import executions  # noqa: PLC0415 - Numba is imported when such a log is read

    return executions(lines, context)


def _recognise(head: Head) -> Match | None:
    return recognise(head, _LINES, "executions")


reader = LineReader(
    name="twse_mth",
    title=Text("證交所成交檔（mth）", "TWSE executions (mth)"),
    version=1,
    table="executions",
    recognise=_recognise,
    columns=_columns,
    reasons=REASONS,
    settings=(SESSION,),
)
