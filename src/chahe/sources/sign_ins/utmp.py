"""Sign-ins as Unix keeps them in binary: utmp, wtmp (also rotated), and btmp with the failed ones (glibc's `struct utmp`).

    07 00 00 00  5c 4e 00 00  pts/3 …  s/3  mei …  192.0.2.7 …   seconds  microseconds  address     384 bytes a record
    the same with times of 64 bits, on aarch64 and others                                         400 bytes a record
    type         process      line     id   user   host

Size and byte order are told from the content. One record is one unit. A session that opened (USER_PROCESS) is a sign-in,
one that ended (DEAD_PROCESS) a sign-off, by the account that had opened it on the same line, where that is in the file.
What sshd and login put into btmp is a record of type LOGIN_PROCESS with the name that was typed: a failed sign-in. Of a
btmp in which other programs wrote USER_PROCESS, the setting `failures` says so. Starts of the system, run levels, and
clocks being set are kept as `other`. Terminals that wait for a sign-in, and empty records, are skipped. `local_console`
is true on the host's own terminals and display; `session_id` is the process. The file does not say which host it is of.
"""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple

from chahe.evidence.addresses import canonical_address
from chahe.sources.model import (
    Context,
    Head,
    Match,
    RecordReader,
    Records,
    Reject,
    Row,
    Setting,
    Skip,
    Unit,
    Unreadable,
)
from chahe.sources.reading.origins import origin, own_terminal
from chahe.sources.reading.text_lines import SYSTEM, needed
from chahe.wording import Text

FAILURES: Final = Setting(
    "failures",
    Text(
        "yes：檔案是失敗的登入（btmp、lastb），每一筆都算失敗",
        "yes: the file is of failed sign-ins (btmp, lastb), so each counts as one",
    ),
)

_NARROW: Final = "hxxi32s4s32s256shhIII16s20x"
_WIDE: Final = "hxxi32s4s32s256shhqqq16s20x4x"
_LAYOUTS: Final = tuple(struct.Struct(order + form) for form in (_NARROW, _WIDE) for order in "<>")
_EMPTY, _RUN_LEVEL, _BOOT, _NEW_TIME, _OLD_TIME, _INIT, _LOGIN, _USER, _DEAD, _ACCOUNTING = range(10)
_TYPES: Final = (
    *("EMPTY", "RUN_LVL", "BOOT_TIME", "NEW_TIME", "OLD_TIME"),
    *("INIT_PROCESS", "LOGIN_PROCESS", "USER_PROCESS", "DEAD_PROCESS", "ACCOUNTING"),
)
_OLDEST, _NEWEST = 315_532_800, 4_294_967_295
"""Seconds: 1980, and the last that 32 bits hold."""

EMPTY = Text("空的紀錄", "an empty record")
WAITING = Text("終端機等待登入，沒有人登入", "a terminal that waits for a sign-in; nobody signed in")
PROCESS = Text("系統程序，不是登入", "a process of the system, no sign-in")
CUT = Text(
    "檔案最後 {size} 個位元組不是完整的紀錄（一筆 {whole} 個位元組），可能在寫入時取得或被截斷；請重新複製檔案",
    "the last {size} bytes of the file are no whole record (of {whole} bytes): it was taken while it was written, or cut; "
    "copy the file again",
)
UNSOUND = Text(
    "位移 {offset} 的紀錄種類或時間不可能（種類 {kind}、秒數 {second}），檔案可能受損；請重新複製檔案",
    "the record at offset {offset} has a type or time that cannot be (type {kind}, second {second}): the file may be "
    "damaged, copy it again",
)
NO_LAYOUT = Text(
    "檔案不是 384 或 400 個位元組一筆的 utmp 紀錄；請確認是 Linux 的 wtmp、btmp 或 utmp 檔",
    "the file is not made of utmp records of 384 or 400 bytes; check that it is wtmp, btmp or utmp of Linux",
)


class Entry(NamedTuple):
    """One record, decoded."""

    kind: int
    process: int
    line: str
    name: str
    """The id of the terminal."""
    user: str
    host: str
    at_us: int
    address: str | None
    sound: bool


def recognise(head: Head) -> Match | None:
    """By its records: types, times and texts that fit, in one of the four layouts."""
    layout = _layout(head.data)
    if layout is None:
        return None
    return Match(90, f"records of {layout.size} bytes with types, times and texts of utmp")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The records in file order. Raises Unreadable where the file is none, or no system is set."""
    system = needed(context, SYSTEM)
    failures = context.settings.get("failures", "").strip().lower() in ("yes", "true", "1", "是")
    for place, (entry, opened, raw, size) in enumerate(_entries(stream), 1):
        if entry is None:
            yield Reject(place, CUT.fill(size=len(raw), whole=size), value=raw[:16].hex())
        else:
            yield _unit(place, entry, opened, system=system, failures=failures, offset=(place - 1) * size)


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The record at a place, decoded. Raises Unreadable where there is none."""
    for entry, opened, raw, _ in islice(_entries(stream), place - 1, place):
        if entry is None:
            return raw.hex()
        kind = _TYPES[entry.kind] if 0 <= entry.kind < len(_TYPES) else entry.kind
        shown = (
            f"type={kind} pid={entry.process} line={entry.line} id={entry.name} user={entry.user} host={entry.host} "
            f"seconds={entry.at_us / 1_000_000:.6f} address={entry.address or ''}"
        )
        return shown + (f" (opened by {opened})" if opened else "")
    raise Unreadable(NO_LAYOUT, place=place)


def _entries(stream: BinaryIO) -> Iterator[tuple[Entry | None, str, bytes, int]]:
    """Each record, who had opened the session that it ends, its bytes, and the size of records. No record: the rest of a cut file."""
    first = stream.read(1 << 16)
    layout = _layout(first)
    if layout is None:
        raise Unreadable(NO_LAYOUT, place=1, value=first[:16].hex() or None)
    sitting: dict[str, str] = {}
    rest = first
    while rest:
        whole = len(rest) // layout.size * layout.size
        for offset in range(0, whole, layout.size):
            raw = rest[offset : offset + layout.size]
            entry = _entry(layout, raw)
            opened = sitting.pop(entry.line, "") if entry.kind == _DEAD and not entry.user else ""
            if entry.kind == _USER:
                sitting[entry.line] = entry.user
            elif entry.kind == _BOOT:
                sitting.clear()
            yield entry, opened, raw, layout.size
        rest = rest[whole:]
        more = stream.read(1 << 16)
        if not more:
            break
        rest += more
    if rest:
        yield None, "", rest, layout.size


def _entry(layout: struct.Struct, raw: bytes) -> Entry:
    kind, process, line, name, user, host, _, _, _, second, micro, address = layout.unpack(raw)
    sound = 0 <= kind < len(_TYPES) and 0 <= second <= _NEWEST and 0 <= micro < 1_000_000
    at_us = second * 1_000_000 + micro if sound else 0
    return Entry(kind, process, _text(line), _text(name), _text(user), _text(host), at_us, _address(address), sound)


def _text(raw: bytes) -> str:
    """A field up to its NUL; bytes that are no UTF-8 are shown as such."""
    return raw.split(b"\0", 1)[0].decode("utf-8", "backslashreplace").strip()


def _address(raw: bytes) -> str | None:
    """In network order whatever the host's: the first four bytes alone are IPv4. All zero is none."""
    if not any(raw):
        return None
    if not any(raw[4:]):
        return ".".join(str(byte) for byte in raw[:4])
    return canonical_address(":".join(raw[index : index + 2].hex() for index in range(0, 16, 2)))


def _unit(place: int, entry: Entry, opened: str, *, system: str, failures: bool, offset: int) -> Unit:
    if not entry.sound:
        why = UNSOUND.fill(offset=offset, kind=entry.kind, second=entry.at_us // 1_000_000)
        return Reject(place, why, "happened_at_us", f"{entry.kind} {entry.line} {entry.user}"[:80])
    if entry.kind == _EMPTY:
        return Skip(place, EMPTY)
    if entry.kind in (_INIT, _ACCOUNTING):
        return Skip(place, PROCESS)
    # getty leaves LOGIN, telnetd and rlogind a name with a dot, until somebody has signed in.
    if entry.kind == _LOGIN and (entry.user == "LOGIN" or entry.user.startswith(".")):
        return Skip(place, WAITING)
    values: dict[str, object] = {
        "happened_at_us": entry.at_us or None,
        "host": system,
        "event_code": _TYPES[entry.kind],
    }
    if entry.kind in (_LOGIN, _USER, _DEAD):
        values.update(_session(entry, opened, failed=failures or entry.kind == _LOGIN))
    else:
        values["activity"] = "other"
    return Records(place, (Row("auth_events", values),))


def _session(entry: Entry, opened: str, *, failed: bool) -> dict[str, object]:
    told = origin(entry.host)
    return {
        "activity": "logoff" if entry.kind == _DEAD else "logon",
        "outcome": None if entry.kind == _DEAD else "failure" if failed else "success",
        "account": entry.user or opened or None,
        "source_host": told.host,
        "source_address": told.address or entry.address,
        "local_console": True if own_terminal(entry.line, entry.host) else None,
        "service": "sshd" if entry.line.startswith("ssh") else None,
        "session_id": str(entry.process) if entry.process else None,
    }


def _layout(data: bytes) -> struct.Struct | None:
    """The layout in which the most of the first records are sound, if nearly all are."""
    best: tuple[float, struct.Struct] | None = None
    for layout in _LAYOUTS:
        records = [data[at : at + layout.size] for at in range(0, len(data) - layout.size + 1, layout.size)]
        told = [layout.unpack(record) for record in records if any(record)]
        share = sum(_is_sound(fields) for fields in told) / len(told) if told else 0
        # A record emptied in place keeps its texts, and a damaged one is no reason to read none.
        if share >= 0.75 and (best is None or share > best[0]):
            best = (share, layout)
    return best[1] if best else None


def _is_sound(fields: tuple[Any, ...]) -> bool:
    kind, _, line, name, user, host, *_, second, micro, _ = fields
    return (
        _EMPTY < kind < len(_TYPES)
        and _OLDEST <= second <= _NEWEST
        and 0 <= micro < 1_000_000
        and all(_is_text(text) for text in (line, name, user, host))
        and (any(line) or any(user))
    )


def _is_text(raw: bytes) -> bool:
    """Signs up to the first NUL; what stands behind it is left from the record before."""
    return all(byte >= 32 and byte != 127 for byte in raw.split(b"\0", 1)[0])


reader = RecordReader(
    name="utmp",
    title=Text("Linux 登入紀錄檔（wtmp、btmp、utmp）", "Linux sign-in records (wtmp, btmp, utmp)"),
    version=1,
    tables=("auth_events",),
    recognise=recognise,
    read=read,
    settings=(SYSTEM, FAILURES),
    excerpt=excerpt,
)
