r"""FIX message logs, versions 4.2 to 5.0 SP2 (FIXT.1.1): orders, and the fills reported for them.

    20260304-09:23:45.120 IN  8=FIX.4.4|9=148|35=D|34=7|49=DESK|56=FIRM|52=20260304-01:23:45.118|11=A1|1=98001|55=2330|54=1|…|10=201|
    <20260304-01:23:46, FIX.4.4:FIRM->TWSE, outgoing> (8=FIX.4.4^A9=…^A10=017^A)

One line is one unit, with its prefix, if any. Fields are parted by SOH (0x01), or by `^A`, `<SOH>`, `|`, `;`, `^`, a comma,
a blank or a tab where the log rewrote it. Lines without a message are skipped; a line with several messages, all of them right,
holds the rows of all.

* NewOrderSingle (D), OrderCancelReplaceRequest (G) and OrderCancelRequest (F) are orders. ExecutionReport (8) with ExecType
  F, or 1 and 2 as FIX 4.2 has them, is a fill; its other reports, and corrections of trades, are skipped. Orders in lists, legs,
  crosses and mass cancellations (E, AB, AC, s, t, u, q) are rejected: orders are in them that this reader does not take apart.
* A message that its receiver had to ignore is rejected: see `chahe.sources.fix_messages` for when BodyLength and CheckSum are
  tried. So is one with a tag that is read standing twice (other tags repeat in groups), or a value that FIX does not allow.
* A field that an order should have and lacks (price, account …) stays null: that is for controls to judge.
* `leg` is 'exchange' where TargetCompID (56) is among the setting `exchange_comp_id`, else the setting `leg`, else null. On that
  leg `sent_at_us` is SendingTime (52).
* `received_at_us` is the UTC timestamp in the tag that the setting `received_tag` names. Without that setting, and on leg
  'customer' only, it is the time that the log line itself begins with: the firm's own clock. A line time without an offset is in
  the setting `log_zone` (else the zone of the source). SendingTime is the customer's clock and never taken for it.
* A message sent again (43=Y) is skipped where the same one was read before it in this file, else it is a row.
* Passwords (554, 925, 1402) are in no row and no message.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chahe.sources.fix_log_texts import (
    BAD_LEG,
    BAD_TAG,
    BAD_ZONE,
    CORRECTION,
    KINDS,
    NO_MESSAGE,
    OVERLONG,
    RESENT,
    SETTINGS,
    STATUS,
    UNKNOWN_KIND,
    UNREAD_KINDS,
)
from chahe.sources.fix_messages import LOGGED, Message, begin, messages, without_passwords
from chahe.sources.fix_resends import Resends
from chahe.sources.fix_rows import (
    EXEC_TYPE,
    ORDERS,
    Tag,
    Wrong,
    execution,
    missing,
    moment,
    order,
    reported,
    tags,
)
from chahe.sources.fix_values import prefix_us
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit, Unreadable
from chahe.sources.text_lines import BLANK, LONGEST, line_excerpt
from chahe.wording import Text

_WANTED = frozenset(ORDERS) | {"8"}
_FILLS = frozenset("F12")
_CORRECTIONS = frozenset("GH")


@dataclass(frozen=True, slots=True)
class _Log:
    """The settings of one log, and what was read of it."""

    exchanges: frozenset[str]
    leg: str | None
    received: Tag | None
    zone: ZoneInfo
    resends: Resends


def _recognise(head: Head) -> Match | None:
    data = head.data if head.whole else head.data[: head.data.rfind(b"\n") + 1]
    found = LOGGED.search(data)
    return Match(95, f"messages that begin with {found[1].decode()}") if found else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    log = _log(context)
    place = 0
    while raw := stream.readline(LONGEST):
        place += 1
        if len(raw) < LONGEST or raw.endswith(b"\n"):
            yield _unit(place, raw.rstrip(b"\r\n"), log)
            continue
        while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
            pass
        yield Reject(place, OVERLONG)


def _log(context: Context) -> _Log:
    settings = {name: value.strip() for name, value in context.settings.items()}
    leg = settings.get("leg") or None
    if leg not in (None, "customer", "exchange"):
        raise Unreadable(BAD_LEG.fill(value=leg))
    number = settings.get("received_tag") or None
    if number is not None and not (number.isascii() and number.isdigit() and len(number) <= 5):
        raise Unreadable(BAD_TAG.fill(value=number))
    name = settings.get("log_zone") or context.zone
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Unreadable(BAD_ZONE.fill(value=name)) from error
    listed = settings.get("exchange_comp_id", "").split(",")
    exchanges = frozenset(name.strip() for name in listed if name.strip())
    received = Tag(number, "received_tag", "received_at_us") if number else None
    return _Log(exchanges, leg, received, zone, Resends())


def _unit(place: int, line: bytes, log: _Log) -> Unit:
    found = messages(line, _WANTED)
    if not found:
        return Skip(place, NO_MESSAGE if line.strip() else BLANK)
    rows: list[Row] = []
    why = NO_MESSAGE
    for message in found:
        if message.problem is not None:
            return Reject(place, message.problem)
        try:
            fate = _fate(message, line, log)
        except Wrong as wrong:
            return Reject(place, wrong.why, wrong.column, wrong.value)
        if isinstance(fate, Row):
            rows.append(fate)
        else:
            why = fate
    return Records(place, tuple(rows)) if rows else Skip(place, why)


def _fate(message: Message, line: bytes, log: _Log) -> Row | Text:
    """The row that a message holds, or why it holds none. Raises Wrong."""
    kind = message.msg_type
    if kind not in _WANTED:
        if kind in UNREAD_KINDS:
            raise Wrong(UNREAD_KINDS[kind])
        return KINDS.get(kind) or UNKNOWN_KIND.fill(kind=kind)
    if kind == "8":
        return _report(message.text, log)
    found = tags(message.text, log.received)
    values = order(found, ORDERS[kind])
    if _resent(found, str(values["session"]), str(values["order_id"]), log):
        return RESENT
    leg = "exchange" if found["56"] in log.exchanges else log.leg
    values["leg"] = leg
    if leg == "exchange":
        values["sent_at_us"] = values["logged_at_us"]
    if log.received is not None:
        values["received_at_us"] = moment(found, log.received)
    elif leg == "customer":
        values["received_at_us"] = prefix_us(line[: begin(line)], log.zone)
    return Row("orders", values)


def _report(text: str, log: _Log) -> Row | Text:
    # Most reports are no fills: these are told before the message is taken apart.
    exec_type, transaction = reported(text)
    if exec_type is not None:
        if exec_type in _CORRECTIONS or transaction in ("1", "2"):
            return CORRECTION
        # ExecTransType 3 (FIX 4.2) repeats the state of an order; its fill was reported before.
        if exec_type not in _FILLS or transaction == "3":
            return STATUS
    found = tags(text, log.received)
    if exec_type is None:
        raise missing(EXEC_TYPE)
    values = execution(found)
    if _resent(found, str(values["session"]), str(values["execution_id"]), log):
        return RESENT
    return Row("executions", values)


def _resent(found: dict[str, str], line: str, identifier: str, log: _Log) -> bool:
    """Is the message one sent again that was read before?"""
    seen = log.resends.seen(line, found.get("34", ""), identifier)
    return seen and found.get("43") == "Y"


reader = RecordReader(
    name="fix_log",
    title=Text("FIX 訊息日誌", "FIX message log"),
    version=1,
    tables=("orders", "executions"),
    recognise=_recognise,
    read=_read,
    settings=SETTINGS,
    excerpt=line_excerpt(without_passwords),
)
