"""The exchange's order log (委託檔, `odr`): fixed-width lines of 59 bytes, or 63 since March 2020.

    201612292330  S008300145k000340182.00+00000030000I0441I9A95
    202412022330  B0090000123456a000110612.00+00000010000420B I9A95

Layouts as the exchange's data shop publishes them (格式說明 H1, 2018-11-27 and 2020-03-23); places count from 1:

    day 1-8 · security 9-14 · B or S 15 · trade type 16 · time 17-24 (HHMMSScc; in 63 bytes 17-28, HHMMSS and microseconds)
    then, from 25 or 29: slip number 5 · changed trade code 1 · price 7 · shares with their sign 11 · order category 1 · channel 1
    59 bytes: printer 4 · 63 bytes: price type 1, time restriction 1, origin 1, blank 1 · then investor 1 · broker 4

The times are the exchange's own, in Taipei. Broker codes are recoded by the exchange, and capitals in them and in slip numbers
matter. Codes 1 and 4 are new orders, 2 and 5 reductions, 3 and 6 cancellations, 7 and 8 changes of price. A price of 0 is a
market order's, and left out. Between 2020-03-01 and 2020-03-22 lines of 63 bytes leave the four places of the printer blank.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match
from chahe.sources.trading.twse_words import REASONS, SESSION, recognise
from chahe.wording import Text

_LINES = re.compile(
    rb"(?:19|20)\d{6}[0-9A-Z]{4}[0-9A-Z ]{2}[BS][0-9]"
    rb"(?:\d{8}[ -~]{5}[1-8][\d.]{7}[+-]\d{10}\d[ A-Z1-6][ -~]{4}|\d{12}[ -~]{5}[1-8][\d.]{7}[+-]\d{10}\d[ A-Z1-6][ 12][ 034][ AB][ -~])"
    rb"[A-Z ][ -~]{4}"
)


def _columns(lines: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    from chahe.sources.trading.twse_rows import orders  # noqa: PLC0415 - Numba is imported when such a log is read

    return orders(lines, context)


def _recognise(head: Head) -> Match | None:
    return recognise(head, _LINES, "order records")


reader = LineReader(
    name="twse_odr",
    title=Text("證交所委託檔（odr）", "TWSE order log (odr)"),
    version=1,
    table="orders",
    recognise=_recognise,
    columns=_columns,
    reasons=REASONS,
    settings=(SESSION,),
)
