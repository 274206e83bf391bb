"""Accounts as the systems list them: shadow, passwd and group; `net user` on a Chinese console; an LDIF of the domain."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from chahe.simulate.cast.staff_and_systems import Account
from chahe.simulate.days import at
from chahe.simulate.files import write_text
from chahe.simulate.life.company import OFFICE, WIN, Firm
from chahe.simulate.life.holders import LINUX

_EPOCH: Final = date(1970, 1, 1)
_FILETIME_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_NEVER: Final = "9223372036854775807"
_BASE: Final = "DC=corp,DC=haiyu,DC=example"
_SALT: Final = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def write_account_lists(firm: Firm, folder: Path) -> None:
    """Everything under `records/accounts`."""
    for host in map(firm.called, LINUX):
        listed = sorted((one for one in firm.accounts if one.place == host), key=lambda one: one.uid)
        _linux(firm, folder / host, host, listed)
    windows = [one for one in firm.accounts if one.place == firm.called(WIN)]
    blocks = [_net_user(one) for one in windows]
    write_text(folder / firm.called(WIN) / "net_user.txt", "\r\n\r\n".join(blocks) + "\r\n", "cp950")
    _directory(firm, folder / firm.called(OFFICE) / "users.ldif")


def _linux(firm: Firm, folder: Path, host: str, listed: list[Account]) -> None:
    rng = firm.rng(f"hashes {host}")
    shadow, passwd = [], []
    for one in listed:
        hashed = (
            "$6$" + "".join(rng.choice(_SALT) for _ in range(16)) + "$" + "".join(rng.choice(_SALT) for _ in range(86))
        )
        password = ("!!" if one.name == "root" else "*") if one.locked else hashed
        if not one.enabled and not one.locked:
            password = "!" + hashed
        most = "99999" if one.locked else "90"
        shadow.append(f"{one.name}:{password}:{(one.changed - _EPOCH).days}:0:{most}:7:::")
        home, shell = ("/root", "/bin/bash") if one.name == "root" else (f"/home/{one.name}", "/bin/bash")
        if one.locked and one.name != "root":
            shell = "/sbin/nologin"
        passwd.append(f"{one.name}:x:{one.uid}:{one.uid}:{one.name}:{home}:{shell}")
    members = [one.name for one in listed if "wheel" in one.groups]
    group = [
        "root:x:0:",
        "daemon:x:2:",
        f"wheel:x:10:{','.join(members)}",
        "trading:x:1500:" + ",".join(_people(listed)),
    ]
    write_text(folder / "shadow", "\n".join(shadow) + "\n")
    write_text(folder / "passwd", "\n".join(passwd) + "\n")
    write_text(folder / "group", "\n".join(group) + "\n")


def _people(listed: list[Account]) -> list[str]:
    return [one.name for one in listed if one.holder == "員工"]


def _net_user(one: Account) -> str:
    groups = "       ".join(f"*{group}" for group in one.groups) or "*Users"
    used = _console(one.last_used) if one.last_used else "從不"
    lines = [
        ("使用者名稱", one.name),
        ("全名", one.full_name),
        ("註解", ""),
        ("使用者的註解", ""),
        ("國家/區域碼", "000 (系統預設值)"),
        ("帳戶使用中", "Yes" if one.enabled else "No"),
        ("帳戶到期", "從不"),
        ("", ""),
        ("上次設定密碼", _console(at(one.changed, 9, 12, 5))),
        ("密碼到期", "從不"),
        ("可變更密碼", _console(at(one.changed, 9, 12, 5))),
        ("請輸入密碼", "No" if one.name == "Guest" else "Yes"),
        ("使用者可以變更密碼", "Yes"),
        ("", ""),
        ("容許的工作站", "全部"),
        ("登入指令檔", ""),
        ("使用者設定檔", ""),
        ("主目錄", ""),
        ("上次登入時間", used),
        ("", ""),
        ("可容許的登入時數", "全部"),
        ("", ""),
        ("本機群組會員", groups),
        ("全域群組會員", "*None"),
    ]
    body = [_padded(label, value) if label else "" for label, value in lines]
    return "\r\n".join([*body, "命令已經成功完成。"])


def _padded(label: str, value: str) -> str:
    width = sum(2 if ord(character) > 255 else 1 for character in label)
    return (label + " " * (23 - width) + value).rstrip()


def _console(moment: datetime) -> str:
    half, hour = ("上午", moment.hour) if moment.hour < 12 else ("下午", moment.hour - 12)
    return f"{moment.year}/{moment.month}/{moment.day} {half} {hour or 12:02}:{moment.minute:02}:{moment.second:02}"


def _directory(firm: Firm, path: Path) -> None:
    policy = next(one for one in firm.policies if one.place == firm.called(OFFICE))
    age = -policy.max_days * 864_000_000_000
    domain = (
        f"# corp.haiyu.example\ndn: {_BASE}\nobjectClass: top\nobjectClass: domain\nobjectClass: domainDNS\n"
        f"minPwdLength: {policy.min_length}\npwdProperties: {1 if policy.classes >= 3 else 0}\n"
        f"lockoutThreshold: {policy.attempts}\nmaxPwdAge: {age}"
    )
    entries = [
        f"# extended LDIF\n#\n# LDAPv3\n# base <{_BASE}> with scope subtree\n#",
        domain,
        *(_user(one) for one in firm.accounts if one.place == firm.called(OFFICE)),
        "# search result\nsearch: 2\nresult: 0 Success",
    ]
    write_text(path, "\n\n".join(entries) + "\n")


def _user(one: Account) -> str:
    container = "CN=Users" if one.person is None else "OU=Staff"
    lines = [
        f"# {one.name}, {container[3:]}, corp.haiyu.example",
        f"dn: CN={one.name},{container},{_BASE}",
        "objectClass: top",
        "objectClass: person",
        "objectClass: organizationalPerson",
        "objectClass: user",
        f"cn: {one.name}",
        f"whenCreated: {at(one.created, 10).astimezone(UTC):%Y%m%d%H%M%S}.0Z",
        *(f"memberOf: CN={group},CN=Builtin,{_BASE}" for group in one.groups),
        f"userAccountControl: {512 if one.enabled else 514}",
        f"pwdLastSet: {_filetime(at(one.changed, 9, 30))}",
        f"lastLogonTimestamp: {_filetime(one.last_used)}",
        "primaryGroupID: 513",
        f"accountExpires: {_NEVER}",
        f"sAMAccountName: {one.name}",
    ]
    return "\n".join(lines)


def _filetime(moment: datetime | None) -> str:
    if moment is None:
        return "0"
    elapsed = moment - _FILETIME_EPOCH
    return str((elapsed.days * 86400 + elapsed.seconds) * 10_000_000 + elapsed.microseconds * 10)
