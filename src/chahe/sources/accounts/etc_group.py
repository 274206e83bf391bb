"""The Unix group list /etc/group (group(5)): who belongs to which group.

    root:x:0:
    wheel:x:10:ops1,ops2
    mail:x:12:postfix

Four fields: group, password or `x`, gid, members. One row for each member. `root` (and whatever group has gid 0), `wheel`,
`sudo` and `admin` are the groups that stock sudoers and PAM files give root's power to; others count as top privilege only in
a sudoers file, which is another source. Members by primary group are in /etc/passwd and not here. Field 2 can hold a hash
and is never shown.
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

_TOP = frozenset({"root", "wheel", "sudo", "admin"})
_MOST_GID = (1 << 32) - 1
_ENTRY = re.compile(r"[^:\s]+:[^:]*:\d{1,10}:[^:\s]*")

_EMPTY = Text("沒有成員的群組", "a group without members")
_NIS = Text(
    "NIS 轉接項目，群組在名稱服務裡；請另外匯出該服務的群組",
    "an entry that takes groups in from NIS; export the groups of that service as well",
)
_FIELDS = Text(
    "/etc/group 每行應有 4 欄（3 個冒號），這一行有 {count} 欄；請重新匯出原檔",
    "a line of /etc/group has 4 fields (3 colons), this one has {count}; export the file again",
)
_GROUP = Text(
    "第 1 欄不是群組名稱；請確認這一行沒有錯位",
    "field 1 is not the name of a group; check that the fields of this line are in place",
)
_NUMBER = Text(
    "第 3 欄應為 0 至 4294967295 的整數；請重新匯出原檔",
    "field 3 should be a whole number from 0 to 4294967295; export the file again",
)
_MEMBER = Text(
    "第 4 欄第 {nth} 個成員不是帳號名稱；成員之間只用逗號分隔",
    "member {nth} in field 4 is not the name of an account; members are parted by commas alone",
)


def _recognise(head: Head) -> Match | None:
    if not are_entries(head, _ENTRY):
        return None
    named = "group" in head.name.lower()
    # Four colon-parted fields are common; without the file's name this is only a guess.
    return Match(90 if named else 40, "four fields parted by colons, the gid third")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = needed(context, SYSTEM)
    return entries(stream, _NIS, lambda place, fields: _entry(place, fields, system))


def _entry(place: int, fields: list[str], system: str) -> Unit:
    if len(fields) != 4:
        return Reject(place, _FIELDS.fill(count=len(fields)))
    group, _, gid, listed = fields
    if not account_name(group):
        return Reject(place, _GROUP, "right_name")
    number = whole_number(gid, most=_MOST_GID)
    if number is None:
        shown = gid if re.fullmatch(r"[-+.0-9]{1,12}", gid) else None
        return Reject(place, _NUMBER, "right_name", shown)
    # A trailing comma, or two in a row, names nobody (glibc reads it so).
    members = [member.strip() for member in listed.split(",") if member.strip()]
    for nth, member in enumerate(members, 1):
        if not account_name(member):
            return Reject(place, _MEMBER.fill(nth=nth), "account")
    if not members:
        return Skip(place, _EMPTY)
    top = number == 0 or group.lower() in _TOP
    rows = [
        Row("account_rights", {"system": system, "account": member, "right_name": group, "top_privilege": top})
        for member in dict.fromkeys(members)
    ]
    return Records(place, tuple(rows))


reader = RecordReader(
    name="etc_group",
    title=Text("Unix 群組檔 /etc/group", "Unix group list /etc/group"),
    version=1,
    tables=("account_rights",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(without_hash),
)
