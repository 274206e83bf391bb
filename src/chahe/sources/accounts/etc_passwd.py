"""The Unix account list /etc/passwd (passwd(5)): the accounts that are root by their number.

    root:x:0:0:root:/root:/bin/bash
    toor:x:0:0:second root:/root:/bin/sh
    trader1:x:1001:1001:Trader One:/home/trader1:/bin/bash

Seven fields: account, password or `x`, uid, gid, comment, home, shell. Every account with uid 0 holds top privilege,
whatever it is called. The others hold no right by this file; groups are in /etc/group. A group that an account has as its
primary one (field 4) is not listed there as a member and is seen by neither reader.
Field 2 can hold a hash on old systems and is never shown.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from chahe.sources.accounts.colon_lines import are_entries, entries
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit
from chahe.sources.reading.text_lines import (
    SYSTEM,
    account_name,
    line_excerpt,
    needed,
    whole_number,
    without_hash,
)
from chahe.wording import Text

_MOST_UID = (1 << 32) - 1
_ENTRY = re.compile(r"[^:\s]+:[^:]*:\d{1,10}:\d{1,10}:[^:]*:[^:]*:[^:]*")

_ORDINARY = Text(
    "uid 不是 0 的一般帳號；這個檔案沒有給它任何權限",
    "an account whose uid is not 0; this file gives it no right in itself",
)
_NIS = Text(
    "NIS 轉接項目，帳號在名稱服務裡；請另外匯出該服務的帳號",
    "an entry that takes accounts in from NIS; export the accounts of that service as well",
)
_FIELDS = Text(
    "/etc/passwd 每行應有 7 欄（6 個冒號），這一行有 {count} 欄；請重新匯出原檔",
    "a line of /etc/passwd has 7 fields (6 colons), this one has {count}; export the file again",
)
_ACCOUNT = Text(
    "第 1 欄不是帳號名稱；請確認這一行沒有錯位",
    "field 1 is not the name of an account; check that the fields of this line are in place",
)
_NUMBER = Text(
    "第 {field} 欄應為 0 至 4294967295 的整數；請重新匯出原檔",
    "field {field} should be a whole number from 0 to 4294967295; export the file again",
)


def _recognise(head: Head) -> Match | None:
    if not are_entries(head, _ENTRY):
        return None
    named = "passwd" in head.name.lower()
    return Match(95 if named else 80, "seven fields parted by colons, uid and gid third and fourth")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = needed(context, SYSTEM)
    return entries(stream, _NIS, lambda place, fields: _entry(place, fields, system))


def _entry(place: int, fields: list[str], system: str) -> Unit:
    if len(fields) != 7:
        return Reject(place, _FIELDS.fill(count=len(fields)))
    if not account_name(fields[0]):
        return Reject(place, _ACCOUNT, "account")
    numbers = {field: whole_number(fields[field - 1], most=_MOST_UID) for field in (3, 4)}
    for field, number in numbers.items():
        if number is None:
            # A misplaced hash may stand here: only what looks like a number is quoted.
            shown = fields[field - 1] if re.fullmatch(r"[-+.0-9]{1,12}", fields[field - 1]) else None
            return Reject(place, _NUMBER.fill(field=field), "right_name", shown)
    if numbers[3] != 0:
        return Skip(place, _ORDINARY)
    values = {"system": system, "account": fields[0], "right_name": "uid 0", "top_privilege": True}
    return Records(place, (Row("account_rights", values),))


reader = RecordReader(
    name="etc_passwd",
    title=Text("Unix 帳號檔 /etc/passwd", "Unix account list /etc/passwd"),
    version=1,
    tables=("account_rights",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(without_hash),
)
