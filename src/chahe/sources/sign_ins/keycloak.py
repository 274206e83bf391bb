r"""Keycloak's event log, as text or as JSON: sign-ins, sign-offs, changes of accounts.

    2026-03-02 10:15:23,123 WARN  [org.keycloak.events] (executor-thread-4) type="LOGIN_ERROR", realmId="4f…", clientId="web", userId="null", ipAddress="192.0.2.7", error="invalid_user_credentials", username="wang.mei"
    2026-03-02 10:15:24,001 DEBUG [org.keycloak.events] (default task-1) type=LOGIN, realmId=firm, clientId=web, userId=81c…, ipAddress=192.0.2.7, username=wang.mei
    {"timestamp":"2026-03-02T10:15:24.001+08:00","loggerName":"org.keycloak.events","hostName":"kc1","message":"type=\"LOGIN\", realmId=\"4f…\", …"}
    {"@timestamp":"2026-03-02T02:15:24.001Z","log.logger":"org.keycloak.events","host.hostname":"kc1","message":"operationType=\"CREATE\", realmId=…"}

The last two are Quarkus's JSON, plain and ECS. Lines of other loggers, and those that go on from the line before (traces of
errors), are skipped. Keycloak logs successes at the level DEBUG unless told otherwise: their absence says nothing. `account` is
the username, or where the event names none, the user's id; `account_domain` is the realm. Text says no host: see `system`.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.sign_ins.keycloak_rows`."""
    from chahe.sources.sign_ins.keycloak_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context)


_EVENT = re.compile(
    r"^(?:\d{4}-\d\d-\d\d[^{]{0,200}\[org\.keycloak\.events\]|\{.*\"message\": ?\")"
    r".{0,200}?\b(?:operationType|type)=(?:\\?\")?[A-Z_]+(?:\\?\")?, realmId="
)
_OF_KEYCLOAK = re.compile(r"^(?:\d{4}-\d\d-\d\d |\{).*org\.(?:keycloak|infinispan|jboss|hibernate)|io\.quarkus")


def recognise(head: Head) -> Match | None:
    """By events of `org.keycloak.events`, on most lines or among those of the server's other loggers."""
    lines = [line for line in head.text.splitlines()[:400] if line.strip()]
    if len(lines) > 1 and not head.whole:
        lines.pop()
    events = sum(1 for line in lines if _EVENT.match(line))
    server = sum(1 for line in lines if _OF_KEYCLOAK.search(line[:2000]))
    if events and 2 * events >= len(lines):
        return Match(90, f"{events} of the first {len(lines)} lines are events of Keycloak")
    if (events and server >= 3) or (events and 20 * events >= len(lines)):
        return Match(70, f"{events} of the first {len(lines)} lines are events of Keycloak, others of its server")
    return None


reader = LineReader(
    name="keycloak",
    title=Text("Keycloak 事件日誌", "Keycloak event log"),
    version=1,
    table="auth_events",
    recognise=recognise,
    columns=columns,
    reasons={
        "blank": Text("空白行", "a blank line"),
        "other": Text(
            "Keycloak 的其他紀錄，不是登入或帳號的事件",
            "another record of Keycloak's, no event of sign-ins or accounts",
        ),
        "continued": Text("上一行的延續（錯誤追蹤等）", "goes on from the line before (traces of errors and the like)"),
        "broken": Text(
            "這一行不是完整的 JSON 物件，或事件的引號不成對，可能被截斷；請重新匯出",
            "this line is no whole JSON object, or the event's quotes do not pair: it may be cut; export the log again",
        ),
        "time": Text(
            "事件的時間無法解讀；請確認紀錄是否遭截斷或改寫",
            "the event's time cannot be read; check whether the record was cut or rewritten",
        ),
    },
    settings=(
        Setting(
            "system",
            Text(
                "檔案取自哪一部主機；紀錄沒有主機名稱時使用",
                "the host the file was taken from, where records name none",
            ),
        ),
    ),
)
