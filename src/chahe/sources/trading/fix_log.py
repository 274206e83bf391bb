r"""FIX message logs, versions 4.2 to 5.0 SP2 (FIXT.1.1): orders, and the fills reported for them.

    20260304-09:23:45.120 IN  8=FIX.4.4|9=148|35=D|34=7|49=DESK|56=FIRM|52=20260304-01:23:45.118|11=A1|1=98001|55=2330|54=1|…|10=201|
    <20260304-01:23:46, FIX.4.4:FIRM->TWSE, outgoing> (8=FIX.4.4^A9=…^A10=017^A)

One line is one unit, with its prefix, if any. Fields are parted by SOH (0x01), or by `^A`, `<SOH>`, `|`, `;`, `^`, a comma,
a blank or a tab where the log rewrote it. Lines without a message are skipped; a line with several messages, all of them right,
holds the rows of all.

* NewOrderSingle (D), OrderCancelReplaceRequest (G), OrderCancelRequest (F) and each entry of a NewOrderList (E) are orders. Orders of
  legs, crosses and mass cancellations (AB, AC, s, t, u, q) are rejected: orders are in them that this reader does not take apart.
* ExecutionReport (8) with ExecType F is a fill; with 1 or 2, as FIX up to 4.2 has it, unless it has neither LastPx nor LastQty nor
  the status of one (39); FIX 4.0 has the status alone. G and H, or ExecTransType (20) 2 and 1, correct and cancel the fill that
  ExecRefID (19) names: rows of their own, the fill stays. All other reports are skipped, each by what it reports.
* TWSE's own tags are read where 10001 or 10000 has one of its codes: 10000 how the order came, 10001 cash, margin or short, 10002 and the
  subsystem in 57 (50 of reports) the kind of trading, the four characters of 50 (57) the broker. 37 is the slip number.
* A message that its receiver had to ignore is rejected: see `chahe.sources.trading.fix_messages` for when BodyLength and CheckSum are
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

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chahe.sources.model import Context, Head, Match, Piece, RecordReader, Records, Reject, Row, Skip, Unit, Unreadable
from chahe.sources.reading.text_lines import BLANK, LONGEST, line_excerpt, whole_number
from chahe.sources.trading.fix_log_texts import (
    BAD_LEG,
    BAD_TAG,
    BAD_UNIT,
    BAD_ZONE,
    KINDS,
    NO_MESSAGE,
    OVERLONG,
    REPEATED_STATUS,
    RESENT,
    SETTINGS,
    STATUS,
    STATUSES,
    UNFILLED,
    UNKNOWN_KIND,
    UNREAD_KINDS,
)
from chahe.sources.trading.fix_messages import LOGGED, Message, begin, messages, without_passwords
from chahe.sources.trading.fix_resends import Resends
from chahe.sources.trading.fix_rows import LIST, ORDERS, execution, order, orders
from chahe.sources.trading.fix_tags import EXEC_TYPE, Tag, Wrong, entries, missing, moment, reported, tags
from chahe.sources.trading.fix_values import prefix_us
from chahe.wording import Text

_RESENT = re.compile(r"\x01(34|43)=([^\x01]*)")
_WANTED = frozenset(ORDERS) | {LIST, "8"}
_CORRECTIONS = {"G": "correct", "H": "cancel"}
"""TradeCorrect and TradeCancel (FIX 4.3 and later)."""
_TRANSACTIONS = {"1": "cancel", "2": "correct"}
"""ExecTransType (20), with which FIX up to 4.2 says the same."""


@dataclass(frozen=True, slots=True)
class _Log:
    """The settings of one log, and what was read of it."""

    exchanges: frozenset[str]
    leg: str | None
    received: Tag | None
    zone: ZoneInfo
    unit: int
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


def _batches(stream: BinaryIO, context: Context) -> Iterator[Piece]:
    """The same units as `_read` gives, many at once."""
    from chahe.sources.trading.fix_batches import batches  # noqa: PLC0415 - Numba is imported when such a log is read
    from chahe.sources.trading.fix_columns import Log  # noqa: PLC0415 - as above

    log = _log(context)
    received = log.received.number if log.received else None
    settings = Log(log.exchanges, log.leg, received, log.unit, lambda prefix: prefix_us(prefix, log.zone))
    return batches(
        stream, settings, lambda place, line, resends: _unit(place, line, replace(log, resends=resends)), OVERLONG
    )


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
    unit = whole_number(written := settings.get("trading_unit") or "1", most=1_000_000)
    if not unit:
        raise Unreadable(BAD_UNIT.fill(value=written))
    listed = settings.get("exchange_comp_id", "").split(",")
    exchanges = frozenset(name.strip() for name in listed if name.strip())
    received = Tag(number, "received_tag", "received_at_us") if number else None
    return _Log(exchanges, leg, received, zone, unit, Resends())


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
        if isinstance(fate, list):
            rows += fate
        else:
            why = fate
    return Records(place, tuple(rows)) if rows else Skip(place, why)


def _fate(message: Message, line: bytes, log: _Log) -> list[Row] | Text:
    """The rows that a message holds, or why it holds none. Raises Wrong."""
    kind = message.msg_type
    if kind not in _WANTED:
        if kind in UNREAD_KINDS:
            raise Wrong(UNREAD_KINDS[kind])
        return KINDS.get(kind) or UNKNOWN_KIND.fill(kind=kind)
    if kind == "8":
        return _report(message.text, log)
    if kind == LIST:
        found, _ = entries(message.text)
        listed = list(orders(message.text, log.unit))
    else:
        found = tags(message.text, log.received)
        listed = [order(found, ORDERS[kind], log.unit)]
    if _resent(message.text, str(listed[0]["session"]), str(listed[0]["order_id"]), log):
        return RESENT
    known = _known(str(listed[0]["session"]), listed[0]["logged_at_us"], line, log)
    if log.received is not None:
        known["received_at_us"] = moment(found, log.received)
    return [Row("orders", {**values, **known}) for values in listed]


def _known(session: str, logged_at_us: object, line: bytes, log: _Log) -> dict[str, object]:
    """What the settings and the log line say of the orders of a message."""
    leg = "exchange" if session.rpartition(">")[2] in log.exchanges else log.leg
    known: dict[str, object] = {"leg": leg}
    if leg == "exchange":
        known["sent_at_us"] = logged_at_us
    if log.received is None and leg == "customer":
        known["received_at_us"] = prefix_us(line[: begin(line)], log.zone)
    return known


def _report(text: str, log: _Log) -> list[Row] | Text:
    # Most reports are no fills: these are told before the message is taken apart.
    exec_type, transaction = reported(text)
    if exec_type is not None and (why := _status(exec_type, transaction)) is not None:
        return why
    found = tags(text, log.received)
    if exec_type is None and found["8"] == "FIX.4.0":
        # Without ExecType the status of the order says what is reported.
        exec_type = found.get("39")
        if exec_type is not None and (why := _status(exec_type, transaction)) is not None:
            return why
    if exec_type is None:
        raise missing(EXEC_TYPE)
    event = _CORRECTIONS.get(exec_type) or _TRANSACTIONS.get(transaction) or "fill"
    if event == "fill" and exec_type != "F" and _is_unfilled(found):
        return UNFILLED.fill(kind=exec_type)
    values = execution(found, event, log.unit)
    if _resent(text, str(values["session"]), str(values["execution_id"]), log):
        return RESENT
    return [Row("executions", values)]


def _status(exec_type: str, transaction: str) -> Text | None:
    """Why a report is neither a fill nor a correction of one; null where it is."""
    if exec_type in _CORRECTIONS or transaction in _TRANSACTIONS:
        return None
    if transaction == "3":
        return REPEATED_STATUS
    if exec_type in ("F", "1", "2"):
        return None
    shown = exec_type if len(exec_type) <= 3 and exec_type.isalnum() else "?"
    return STATUSES.get(exec_type) or STATUS.fill(kind=shown)


def _is_unfilled(found: dict[str, str]) -> bool:
    """Has a report of FIX 4.2's fill codes neither price nor shares, nor the order's status of a fill?"""
    return "31" not in found and "32" not in found and found.get("39") not in ("1", "2")


def _resent(text: str, session: str, identifier: str, log: _Log) -> bool:
    """Is the message one sent again that was read before?"""
    found = dict(_RESENT.findall(text))
    seen = log.resends.seen(session, found.get("34", ""), identifier)
    return seen and found.get("43") == "Y"


reader = RecordReader(
    name="fix_log",
    title=Text("FIX 訊息日誌", "FIX message log"),
    version=2,
    tables=("orders", "executions"),
    recognise=_recognise,
    read=_read,
    batches=_batches,
    settings=SETTINGS,
    excerpt=line_excerpt(without_passwords),
)
