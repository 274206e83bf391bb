r"""Accounts, groups and password policies of Active Directory as LDIF, from ldapsearch or ldifde.

    # trader1, Users, corp.example
    dn: CN=trader1,CN=Users,DC=corp,DC=example
    objectClass: top
    objectClass: person
    objectClass: user
    memberOf: CN=Domain Admins,CN=Users,DC=corp,DC=example
    whenCreated: 20260304012345.0Z
    userAccountControl: 66048
    pwdLastSet: 134170000000000000
    sAMAccountName: trader1

One record is one unit. LDIF is RFC 2849; attributes and flags are those of [MS-ADTS]. What the reader makes of them:

* Users become accounts; computers and managed service accounts (whose passwords the domain changes) are skipped. An entry of
  which the directory showed only the dn is a reject: the query's account may not read it.
* userAccountControl: 0x2 disabled, 0x20 no password required, 0x40000 smart card only (no password sign-in). A lock-out passes
  and is no disablement.
* pwdLastSet 0 asks for a change at the next sign-in and leaves the day unknown. Last sign-in is the later of lastLogon (one
  controller's) and lastLogonTimestamp (all controllers', up to 14 days behind). accountExpires: the last valid day is that of
  the moment before.
* Rights are the groups of memberOf by their first name part, and the primary group by its number, which memberOf leaves
  out. Groups in groups are not followed, and an entry whose memberOf was sent in ranges holds the first range alone.
* The domain object gives the domain's password policy, each msDS-PasswordSettings a fine-grained one. Complexity in AD means
  three kinds of characters. Part of a day in a greatest age counts as a day.
* The system is the setting `system`, else the domain in the dn. Descriptions and `info` are not read: people keep passwords there.
"""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.sources.accounts.ad_entries import WANTED, Missing, Place, Wrong, domain_policy, fine_policy, kind, user
from chahe.sources.accounts.directory_values import domain
from chahe.sources.accounts.ldif import Entry, Form, entries
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
from chahe.sources.reading.text_lines import SYSTEM, Line, head_lines, text_lines
from chahe.wording import Text

_SYSTEM = Setting(
    SYSTEM.name,
    Text("帳號所在的網域；不設則取 dn 裡的網域", "the accounts' domain; where not set, the one in the dn is taken"),
)
_SIGNS = ("samaccountname", "useraccountcontrol", "pwdproperties", "msds-minimumpasswordlength", "objectcategory")

_CHANGE = Text(
    "這是異動紀錄（changetype），不是現況；請匯出帳號現況",
    "this is a change (changetype), not the state; export the accounts as they are",
)
_REFERRAL = Text("轉介到其他伺服器的紀錄", "a referral to another server")
_RESULT = Text("查詢結果的結尾", "the trailer of the search")
_STOPPED = Text(
    "查詢沒有完整結束（結果碼 {code}），檔案可能缺帳號；請用分頁查詢（-E pr=1000）重新匯出",
    "the search did not end well (result {code}), accounts may be missing; export again with paging (-E pr=1000)",
)
_NO_DN = Text(
    "這一筆沒有 dn；LDIF 可能被截斷，請重新匯出", "this record has no dn; the LDIF may be cut, export it again"
)
_BAD_DN = Text("這一筆的 dn 讀不懂；請重新匯出 LDIF", "the dn of this record cannot be read; export the LDIF again")
_HIDDEN = Text(
    "這一筆只有 dn、沒有任何屬性：查詢所用的帳號無權讀取；請用有讀取權限的帳號重新匯出",
    "this record has a dn and no attribute: the account that searched may not read it; export with one that may",
)
_NO_SYSTEM = Text(
    "dn 裡沒有網域（DC=），來源也沒有設定 system；請在 chahe.toml 補上 system",
    "the dn names no domain (DC=) and the source has no `system` set; add it in chahe.toml",
)
_UNCLEAR = Text(
    "看不出這一筆是不是使用者：沒有 objectClass、也沒有 userAccountControl；請連同這兩個屬性重新匯出",
    "whether this is a user cannot be told without objectClass or userAccountControl; export these attributes, too",
)
_MISSING = Text(
    "這一筆缺少 {name}；請連同這個屬性重新匯出", "this record lacks {name}; export it again with that attribute"
)
_VALUE = Text(
    "屬性 {name} 的值讀不懂；請確認檔案沒有改過，重新匯出",
    "the value of {name} cannot be read; check that the file was not edited, and export it again",
)
_SKIPS = {
    "computer": Text("電腦帳號或受管理的服務帳號", "a computer or a managed service account"),
    "group": Text("群組；成員由各帳號的 memberOf 讀取", "a group; members are read from each account's memberOf"),
    "other": Text("不是使用者、網域或密碼原則", "neither a user, nor a domain, nor a password policy"),
}
_ACCOUNTS = ("user_accounts", "account_rights")
_POLICIES = ("password_policies",)
_RESULT_WANTED = frozenset({"result"})


def _recognise(head: Head) -> Match | None:
    lines = [line.lower() for line in head_lines(head)]
    if not any(
        line.startswith(("dn: ", "dn:: ")) and (line[3] == ":" or "dc=" in line or "cn=" in line) for line in lines
    ):
        return None
    found = [sign for sign in _SIGNS if any(line.startswith(sign + ":") for line in lines)]
    return Match(90, f"LDIF with {', '.join(found)}") if found else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = context.settings.get("system", "").strip()
    place = Place(system, ZoneInfo(context.zone), context.observed_at_us)
    lines: Iterator[Line] = text_lines(stream)
    try:
        for nth, entry in enumerate(entries(lines, WANTED | _RESULT_WANTED), 1):
            unit = _unit(nth, entry, place)
            yield unit._replace(tables=_tables(entry)) if isinstance(unit, Reject) else unit
    except Unreadable as stop:
        raise Unreadable(stop.why, place=stop.place, tables=_ACCOUNTS) from stop


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """A record with its attributes; of those that are not read (passwords may stand there) only the names."""
    found = next(islice(entries(text_lines(stream), WANTED | _RESULT_WANTED), place - 1, place), None)
    return "" if found is None else "\n".join(found.written)


def _tables(entry: Entry) -> tuple[str, ...]:
    """What an entry that could not be read would have held; of an entry that does not say, accounts."""
    return _POLICIES if kind(entry) in ("domain", "fine policy") else _ACCOUNTS


def _unit(nth: int, entry: Entry, place: Place) -> Unit:
    other = _aside(nth, entry) or _no_evidence(nth, entry)
    if other is not None:
        return other
    try:
        system = place.system or domain(entry.dn)
    except ValueError:
        return Reject(nth, _BAD_DN, "system")
    if not system:
        return Reject(nth, _NO_SYSTEM, "system")
    try:
        return Records(nth, _rows(entry, place._replace(system=system)))
    except Missing as missing:
        return Reject(nth, _MISSING.fill(name=missing.attribute), missing.column)
    except Wrong as wrong:
        return Reject(nth, _VALUE.fill(name=wrong.attribute), wrong.column, wrong.value[:40])


def _no_evidence(nth: int, entry: Entry) -> Skip | Reject | None:
    what = kind(entry)
    if what is None:
        return Reject(nth, _UNCLEAR)
    return Skip(nth, _SKIPS[what]) if what in _SKIPS else None


def _rows(entry: Entry, place: Place) -> tuple[Row, ...]:
    what = kind(entry)
    if what == "domain":
        return (domain_policy(entry, place),)
    if what == "fine policy":
        return (fine_policy(entry, place),)
    return user(entry, place)


def _aside(nth: int, entry: Entry) -> Skip | Reject | None:
    """What becomes of a record that is no readable entry; null for an entry with attributes."""
    if entry.problem is not None:
        return Reject(nth, entry.problem)
    if entry.form is Form.RESULT:
        code = (entry.values.get("result") or ["0"])[0].split(" ")[0]
        return Skip(nth, _RESULT) if code == "0" else Reject(nth, _STOPPED.fill(code=code[:10]))
    if entry.form is Form.REFERRAL:
        return Skip(nth, _REFERRAL)
    if entry.form is Form.CHANGE:
        return Reject(nth, _CHANGE)
    if not entry.dn:
        return Reject(nth, _NO_DN)
    return None if entry.attributes else Reject(nth, _HIDDEN)


reader = RecordReader(
    name="ad_ldif",
    title=Text("Active Directory 的 LDIF 匯出", "LDIF export of Active Directory"),
    version=2,
    tables=(*_ACCOUNTS, *_POLICIES),
    recognise=_recognise,
    read=_read,
    settings=(_SYSTEM,),
    excerpt=_excerpt,
    # An export of accounts alone says nothing of policies, and the other way round.
    generic=True,
)
