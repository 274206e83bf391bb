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

from chahe.sources.linux_auth_phrases import ATTRIBUTES, PHRASES
from chahe.sources.model import Head, LineReader, Match
from chahe.sources.phrases import phrased
from chahe.wording import Text

_KNOWN_SSH = (
    "contains(' Accepted Failed Invalid Illegal maximum Disconnected Disconnecting Connection Received PAM PAM: User Did"
    " Unable Timeout Postponed input_userauth_request: kex_exchange_identification: main: ', ' ' || first || ' ')"
)

_QUERY = rf"""
, tidy AS NOT MATERIALIZED (
    SELECT *,
        CASE WHEN contains(header_program, '/') OR contains(header_program, '(')
             THEN regexp_replace(regexp_replace(header_program, '^.*/', ''), '\(.*$', '') ELSE header_program END AS program,
        CASE WHEN starts_with(message, 'message repeated ')
             THEN regexp_replace(message, '^message repeated \d+ times: \[ ?(.*)\]$', '\1')
             WHEN starts_with(message, '[ID ') THEN regexp_replace(message, '^\[ID \d+ \w+\.\w+\] ', '')
             WHEN starts_with(message, 'error: ') OR starts_with(message, 'fatal: ') THEN substr(message, 8)
             ELSE message END AS said
    FROM lines
), told_by AS NOT MATERIALIZED (
    SELECT *, CASE WHEN starts_with(said, 'pam_')
                   THEN regexp_extract(said, '^(pam_\w+\(([^:)]*)(?::\w+)?\): *)', ['head', 'service']) END AS pam
    FROM tidy
), spoken AS NOT MATERIALIZED (
    SELECT *,
        coalesce(pam.head <> '', false) OR coalesce(contains(header_program, '(pam_'), false)
            OR regexp_matches(said, '^PAM \d+ more ') AS by_pam,
        CASE WHEN pam.service <> '' THEN pam.service ELSE program END AS service,
        CASE WHEN pam.head <> '' THEN substr(said, length(pam.head) + 1) ELSE said END AS told
    FROM told_by
), worded AS NOT MATERIALIZED (
    SELECT *, split_part(told, ' ', 1) AS first,
        header_time IS NULL AND header_host IS NULL AND header_program IS NULL AS bare,
        coalesce(service IN ('sshd', 'sshd-session', 'sshd-auth'), bare) AS is_ssh
    FROM spoken
), said AS NOT MATERIALIZED ({phrased(PHRASES, "worded", ATTRIBUTES)}
), judged AS NOT MATERIALIZED (
    SELECT *,
        CASE WHEN NOT regexp_matches(text, '[^\s\x00]') THEN 'blank'
             WHEN header_time IS NOT NULL AND header_at_us IS NULL THEN 'bad_time'
             WHEN activity IS NOT NULL THEN 'row'
             WHEN skip IS NOT NULL THEN skip
             WHEN bare AND NOT by_pam AND NOT ({_KNOWN_SSH}) THEN 'no_header'
             WHEN is_ssh THEN 'ssh_detail'
             ELSE 'unrelated' END AS verdict,
        CASE WHEN contains(who, '\') THEN split_part(who, '\', 1)
             WHEN contains(who, '@') THEN regexp_extract(who, '@([^@]*)$', 1) END AS realm
    FROM said
)
SELECT place,
    CASE verdict WHEN 'row' THEN 'row' WHEN 'bad_time' THEN 'reject' WHEN 'no_header' THEN 'reject' ELSE 'skip' END AS fate,
    CASE WHEN verdict <> 'row' THEN verdict END AS why,
    CASE verdict WHEN 'bad_time' THEN 'happened_at_us' END AS bad_column,
    CASE verdict WHEN 'bad_time' THEN header_time WHEN 'no_header' THEN left(text, 200) END AS bad_value,
    header_at_us AS happened_at_us,
    header_host AS host,
    activity,
    outcome,
    CASE WHEN contains(who, '\') THEN substr(who, instr(who, '\') + 1)
         WHEN contains(who, '@') THEN regexp_replace(who, '@[^@]*$', '') ELSE who END AS account,
    realm AS account_domain,
    target AS target_account,
    CASE WHEN NOT is_address THEN origin END AS source_host,
    CASE WHEN is_address THEN origin END AS source_address,
    try_cast(port AS INTEGER) AS source_port,
    CASE WHEN regexp_matches(terminal, '^(?:/dev/)?(?:tty\d+|ttyS\d+|console|hvc\d+)$') THEN true END AS local_console,
    regexp_replace(method, '/.*$', '') AS method,
    coalesce(service, CASE WHEN is_ssh THEN 'sshd' END) AS service,
    session AS session_id
FROM (SELECT *, regexp_matches(origin, '^(?:\d{{1,3}}(?:\.\d{{1,3}}){{3}}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)(?:%\w+)?$') AS is_address
      FROM judged)
"""  # noqa: S608 - built from declared phrases, never from input

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
    version=1,
    table="auth_events",
    recognise=_recognise,
    query=_QUERY,
    reasons=_REASONS,
    syslog=True,
)
