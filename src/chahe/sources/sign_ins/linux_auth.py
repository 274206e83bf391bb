r"""Sign-ins, uses of privilege and changes of accounts on Linux: `/var/log/auth.log`, `/var/log/secure`.

    Mar  3 04:05:06 db1 sshd[811]: Accepted publickey for mei from 192.0.2.7 port 50022 ssh2: ED25519 SHA256:q1w2e3
    Mar  3 04:05:06 db1 sshd[811]: pam_unix(sshd:session): session opened for user mei(uid=1001) by (uid=0)
    Mar  3 04:06:10 db1 sudo:      mei : TTY=pts/0 ; PWD=/home/mei ; USER=root ; COMMAND=/usr/bin/id
    2026-03-03T04:07:00.123456+08:00 db1 su[90]: pam_unix(su:session): session opened for user root by mei(uid=1001)
    Mar  3 04:08:00 db1 useradd[95]: new user: name=tmp1, UID=1009, GID=1009, home=/home/tmp1, shell=/bin/bash

Programs of all kinds write into one file, so this reader knows sshd, PAM, sudo, su, pkexec, doas, login, systemd-logind
and the account tools (phrases in `linux_auth_phrases`) and skips the lines of others. Lines of sshd without a header
are read, too; they have no time. One line is one row: `message repeated 3 times: [ … ]` is one.

Which line is the sign-in: see `linux_auth_phrases`. `account` of sudo and su is who acted, `target_account` whom they
became; of a change, `target_account` is the changed account. A domain (`CORP\mei`, `mei@corp.example`) goes to
`account_domain`. `local_console` is true on a terminal of the host itself (tty1, ttyS0, console) and null elsewhere: a
pseudo-terminal (pts/0) may be local or not. `source_host` has what is no address.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.sign_ins.linux_auth_rows`."""
    from chahe.sources.sign_ins.linux_auth_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


_REASONS = {
    "blank": Text("空白行", "a blank line"),
    "unrelated": Text(
        "與登入、權限使用及帳號異動無關的紀錄", "a record of something else than sign-ins, privileges and accounts"
    ),
    "ssh_detail": Text(
        "sshd 的連線細節，不含登入結果", "a detail of an SSH connection that says nothing of a sign-in's result"
    ),
    "pam_detail": Text("PAM 的細節，同一次驗證另有紀錄", "a detail of PAM; the same check has its own record"),
    "unattended": Text(
        "排程或系統服務自動開啟的工作階段，並非有人登入", "a session of a scheduled job or service; nobody signed in"
    ),
    "bad_time": Text(
        "這一行的時間不存在（例如 2 月 30 日、25 時，或非閏年的 2 月 29 日）；請查明主機的時鐘或檔案是否被改過",
        "the time of this line cannot be (as February 30, 25 o'clock, or February 29 outside a leap year); "
        "find out whether the host's clock is wrong or the file was altered",
    ),
    "no_header": Text(
        "這一行沒有 syslog 的時間與主機，也不是認得的登入訊息；請確認檔案未混入其他內容，多行訊息請於來源端合併",
        "this line has no syslog time and host and is no sign-in message known here; check that nothing else got "
        "into the file, and join messages of several lines where they are written",
    ),
}

_HEADED = re.compile(
    r"(?:<\d{1,3}>)?(?:\d{1,2} )?(?:(?:\d{4} )?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)"
)
_AUTH = re.compile(
    r"[ /](?:sshd(?:-session|-auth)?|sudo|su|login|systemd-logind|useradd|usermod|userdel|passwd|chage|gpasswd|pkexec|doas)"
    r"(?:\(pam_\w+\))?(?:\[\d+\]|[ ]\d+ \S+ \S+)?:? |\(?pam_\w+[(\)]"
)
_BARE_SSH = re.compile(
    r"(?:Accepted \S+ for |Failed \S+ for |Invalid user |Received disconnect from |Connection closed by |pam_unix\(sshd:)"
)


def _recognise(head: Head) -> Match | None:
    lines = [line for line in head.text.split("\n")[:400] if line.strip()]
    if len(lines) > 1 and not head.whole:
        lines.pop()
    if not lines:
        return None
    headed = [match.end() for line in lines if (match := _HEADED.match(line))]
    signs = sum(
        1 for line in lines if (match := _HEADED.match(line)) and _AUTH.search(line, match.end(), match.end() + 160)
    )
    bare = sum(1 for line in lines if _BARE_SSH.match(line))
    if bare > len(lines) / 4:
        return Match(60, f"{bare} of the first {len(lines)} lines are sshd's, without a header")
    if len(headed) < len(lines) * 0.8 or not signs:
        return None
    share = signs / len(lines)
    named = bool(re.match(r"(?:auth|secure)(?:[.\-_]|$)", head.name))
    because = f"{signs} of the first {len(lines)} lines are of sshd, sudo, su, PAM or account tools"
    if share >= 0.25 or named:
        return Match(85 if share >= 0.25 else 60, because)
    return Match(30, because) if share >= 0.02 else None


reader = LineReader(
    name="linux_auth",
    title=Text("Linux 登入日誌（auth.log、secure）", "Linux sign-in log (auth.log, secure)"),
    version=2,
    table="auth_events",
    recognise=_recognise,
    columns=columns,
    reasons=_REASONS,
    syslog=True,
)
