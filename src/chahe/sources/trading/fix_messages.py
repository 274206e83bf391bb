"""FIX messages found in log lines, whatever parts their fields, with BodyLength and CheckSum tried. No reader of its own.

What is tried, and when (FIX session layer, "garbled messages"):
(1) BeginString, BodyLength and MsgType come first, in that order; CheckSum comes last. A line that lacks the end was cut.
(2) Fields parted by SOH are the bytes of the wire: a wrong BodyLength or CheckSum means that the receiver had to ignore the
    message, so it is no evidence of an order. Rejected, with what was expected and what was found.
(3) Where the log parts fields by other characters it rewrote the message, and often more of it (masked values, trimmed text,
    another encoding). BodyLength and CheckSum then say nothing about the wire and are not tried.
"""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zlib import adler32

from chahe.wording import Text

_BEGIN = b"8=FIX"
_END = b"\x0110="
_NEXT = re.compile(rb"\x0110=\d{3}\x01[^\x01]*?(?=8=FIX)")
_REWRITTEN = re.compile(
    r"(?<![0-9A-Za-z])8=(?:FIX\.[45]\.\d(?:SP[12])?|FIXT\.1\.1)(<SOH>|\^A|\\x01|\\u0001|\\001|[\u2401|;^ ,\t])(?=\d+=)"
)
LOGGED = re.compile(
    rb"(?<![0-9A-Za-z])8=(FIX\.4\.\d|FIX\.5\.0(?:SP[12])?|FIXT\.1\.1)(?P<mark>\x01|<SOH>|\^A|\\x01|\\u0001|\\001|\xe2\x90\x81|[|;^ ,\t])"
    rb"9=\d{1,9}(?P=mark)35=[0-9A-Za-z]{1,3}(?P=mark)[^\n]{0,400}?(?P=mark)52=(?:19|20)\d{6}-\d{2}:\d{2}:\d{2}"
)
"""A message as engines log it; test scripts, whose messages carry no real SendingTime, are none."""
_VERSIONS = frozenset({*(b"8=FIX.4.%d" % minor for minor in range(5)), b"8=FIX.5.0", b"8=FIXT.1.1"})
_MSG_TYPE = re.compile(r"[A-Za-z0-9]{1,3}")
_PASSWORD = re.compile(r"((?:554|925|1402|1404)=).*?(?=(?:[\x01|;^ ,\t\u2401]A?|<SOH>|\\[a-z0-9]{3,5})[0-9]+=|$)")
_REMAINDER = re.compile(rb"(?:^|\x01|\||;|\^A?)10=\d{3}(?:\x01|\||;|\^|\s|$)")

CUT = Text(
    "訊息沒有結尾的 CheckSum（10），可能被截斷或拆成兩行；請確認日誌每行一則完整訊息",
    "the message does not end in its CheckSum (10); it may be cut or split over two lines: log one whole message a line",
)
REMAINDER = Text(
    "這一行是上一則 FIX 訊息的後半段；請確認日誌每行一則完整訊息",
    "this line is the rest of a FIX message; log one whole message a line",
)
_ORDER_OF_TAGS = Text(
    "訊息開頭應依序為 8、9、35；這一則不是，接收端會忽略它",
    "a message begins with the tags 8, 9 and 35 in that order; this one does not, and its receiver ignores it",
)
_VERSION = Text(
    "BeginString（8）不是 FIX.4.0 至 FIX.5.0 或 FIXT.1.1；請確認這是 FIX 訊息日誌",
    "BeginString (8) is none of FIX.4.0 to FIX.5.0 and FIXT.1.1; check that this is a log of FIX messages",
)
_LENGTH = Text(
    "BodyLength（9）為 {given}，實際 {found}；訊息已毀損或被改過",
    "BodyLength (9) is {given}, the body has {found} bytes; the message was damaged or altered",
)
_CHECKSUM = Text(
    "CheckSum（10）為 {given}，計算得 {found}；訊息已毀損或被改過",
    "CheckSum (10) is {given}, the bytes give {found}; the message was damaged or altered",
)
_FIELD = Text(
    "訊息中有不是「標籤=值」的欄位；請確認日誌沒有改壞訊息",
    "a field of the message is no `tag=value`; check that the log does not damage messages",
)
_UNDECODABLE = Text(
    "訊息不是 UTF-8，也不是 Big5（cp950）；請確認日誌的編碼",
    "the message is neither UTF-8 nor Big5 (cp950); check the log's encoding",
)


class Message(NamedTuple):
    """One message: its fields in order as written, or why it has none."""

    msg_type: str
    text: str = ""
    """`tag=value` fields without CheckSum, each ended by SOH; empty for message types that were not asked for."""
    problem: Text | None = None


def messages(line: bytes, wanted: frozenset[str]) -> list[Message]:
    """The messages of one log line, without its end; empty where it has none. `wanted` are the MsgTypes taken apart."""
    start = begin(line)
    if start < 0:
        return [Message("", problem=REMAINDER)] if b"10=" in line and _REMAINDER.search(line) else []
    if line.find(b"\x01", start, start + 14) < 0:
        return [_rewritten(line, wanted)]
    if line.find(_BEGIN, start + 5) < 0:
        return [_wire(line[start:], wanted)]
    return [_wire(piece, wanted) for piece in _pieces(line[start:])]


def without_passwords(line: str) -> str:
    """A log line as a person may see it: SOH as `␁`, and the values of password fields left out, up to the next tag."""
    return _PASSWORD.sub(r"\1…", line).replace("\x01", "\u2401")


def begin(line: bytes) -> int:
    """Where the first message of a line begins; -1 where there is none."""
    start = line.find(_BEGIN)
    while start > 0 and line[start - 1 : start].isalnum():
        start = line.find(_BEGIN, start + 1)
    return start


def _pieces(line: bytes) -> list[bytes]:
    """Messages that follow one another on a line, as some raw captures write them."""
    cuts = [0, *(found.end() for found in _NEXT.finditer(line)), len(line)]
    return [line[cut:following] for cut, following in pairwise(cuts)]


def _wire(raw: bytes, wanted: frozenset[str]) -> Message:
    """Steps (1) and (2)."""
    end = raw.rfind(_END)
    given = raw[end + 4 : end + 7]
    if end < 0 or not given.isdigit() or len(given) < 3 or raw[end + 7 : end + 8].isalnum():
        return Message("", problem=CUT)
    body = raw[: end + 1]
    first = body.index(b"\x01")
    second = body.find(b"\x01", first + 1)
    third = body.find(b"\x01", second + 1)
    if body[first + 1 : first + 3] != b"9=" or body[second + 1 : second + 4] != b"35=" or third < 0:
        return Message("", problem=_ORDER_OF_TAGS)
    if body[:first] not in _VERSIONS:
        return Message("", problem=_VERSION)
    msg_type = body[second + 4 : third].decode("latin-1")
    if msg_type not in wanted:
        return _unasked(msg_type)
    problem = _garbled(body, body[first + 3 : second], len(body) - second - 1, given)
    text = _decoded(body) if problem is None else None
    if text is None:
        return Message(msg_type, problem=problem or _UNDECODABLE)
    return Message(msg_type, text)


def _garbled(body: bytes, length: bytes, found: int, checksum: bytes) -> Text | None:
    """Step (2): why the receiver had to ignore the message; null where it had not."""
    if not length.isdigit() or len(length) > 9 or int(length) != found:
        return _LENGTH.fill(given=length[:9].decode() if length.isdigit() else "?", found=found)
    computed = _sum(body) & 255
    return None if int(checksum) == computed else _CHECKSUM.fill(given=checksum.decode(), found=f"{computed:03}")


def _sum(body: bytes) -> int:
    """The sum of the bytes. Adler-32 keeps it (plus 1) in its low half, exactly for 256 bytes at a time, and in C."""
    return sum((adler32(body[at : at + 256]) & 0xFFFF) - 1 for at in range(0, len(body), 256))


def _rewritten(line: bytes, wanted: frozenset[str]) -> Message:
    """Steps (1) and (3)."""
    text = _decoded(line)
    if text is None:
        return Message("", problem=_UNDECODABLE)
    found = _REWRITTEN.search(text)
    if found is None:
        return Message("", problem=_FIELD)
    delimiter, end = _patterns(found[1])
    ends = list(end.finditer(text, found.end()))
    if not ends:
        return Message("", problem=CUT)
    # A value may hold the delimiter, so fields are parted only where a tag follows.
    fields = delimiter.split(text[found.start() : ends[-1].start()])
    at = 2 if len(fields) > 1 and fields[1].startswith("9=") else 1
    if len(fields) <= at or not fields[at].startswith("35="):
        return Message("", problem=_ORDER_OF_TAGS)
    msg_type = fields[at][3:]
    return Message(msg_type, "\x01".join((*fields, ""))) if msg_type in wanted else _unasked(msg_type)


def _unasked(msg_type: str) -> Message:
    return Message(msg_type) if _MSG_TYPE.fullmatch(msg_type) else Message("", problem=_FIELD)


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How fields are parted, and how CheckSum ends the message; the delimiters are the few that `_REWRITTEN` knows."""
    mark = re.escape(delimiter)
    return re.compile(rf"{mark}(?=[0-9]+=)"), re.compile(rf"{mark}10=[0-9]{{3}}(?={mark}|[\s)\]}}]|$)")


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8", "cp950"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
