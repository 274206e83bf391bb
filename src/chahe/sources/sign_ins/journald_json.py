r"""systemd's journal as `journalctl -o json` writes it: sign-ins, uses of privilege and changes of accounts on Linux.

    {"__REALTIME_TIMESTAMP":"1772481906123456","_HOSTNAME":"db1","SYSLOG_IDENTIFIER":"sshd","_PID":"811","MESSAGE":"Accepted publickey for mei from 192.0.2.7 port 50022 ssh2"}
    {"__REALTIME_TIMESTAMP":"1772481970000000","_HOSTNAME":"db1","SYSLOG_IDENTIFIER":"sudo","MESSAGE":"     mei : TTY=pts/0 ; PWD=/home/mei ; USER=root ; COMMAND=/usr/bin/id"}

(Objects have many more keys.) One object a line. What messages say is decided as in auth.log (`linux_auth_phrases`), whichever
way they were taken down. The time is `__REALTIME_TIMESTAMP`, when the journal took the message, in microseconds UTC. A message
that is no text (an array of bytes) is read as such. The forms over several lines (`json-pretty`, `export`) are not read: use
`-o json`.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.sources.sign_ins.linux_auth import reader as linux_auth
from chahe.wording import Text


def columns(lines: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.sign_ins.journald_rows`."""
    from chahe.sources.sign_ins.journald_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context)


_OBJECT = re.compile(r'\{.*"__REALTIME_TIMESTAMP" ?: ?"\d+".*\}\s*', re.DOTALL)


def recognise(head: Head) -> Match | None:
    """By the journal's own keys on most lines."""
    lines = [line for line in head.text.splitlines()[:200] if line.strip()]
    if len(lines) > 1 and not head.whole:
        lines.pop()
    known = sum(1 for line in lines if _OBJECT.fullmatch(line) and '"MESSAGE"' in line)
    if not known or 2 * known < len(lines):
        return None
    return Match(92, f"{known} of the first {len(lines)} lines are journalctl's, with __REALTIME_TIMESTAMP and MESSAGE")


_TAKEN = ("unattended", "ssh_detail", "pam_detail", "unrelated", "blank")

reader = LineReader(
    name="journald_json",
    title=Text("systemd 日誌（journalctl -o json）", "systemd's journal (journalctl -o json)"),
    version=1,
    table="auth_events",
    recognise=recognise,
    columns=columns,
    reasons={
        **{name: linux_auth.reasons[name] for name in _TAKEN},
        "broken": Text(
            "這一行不是完整的 JSON 物件，或沒有 MESSAGE；請以 journalctl -o json 重新匯出",
            "this line is no whole JSON object or has no MESSAGE; export again with journalctl -o json",
        ),
        "time": Text(
            "__REALTIME_TIMESTAMP 不是 1970 年以來的微秒數；請以 journalctl -o json 重新匯出",
            "__REALTIME_TIMESTAMP is not a count of microseconds since 1970; export again with journalctl -o json",
        ),
    },
    settings=(
        Setting(
            "system",
            Text(
                "檔案取自哪一部主機；紀錄沒有 _HOSTNAME 時使用",
                "the host the file was taken from, where records have no _HOSTNAME",
            ),
        ),
    ),
)
