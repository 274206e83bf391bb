"""Stretches in which an important system left no audit records although its own rhythm says it should have."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.silence import (
    EXPECTED,
    MAX_LAG,
    RHYTHM_BLIND_SPOTS,
    SILENCES,
    SYSTEM_DOWNS,
    SYSTEM_NAMES,
    SYSTEMS,
    UNCLEAR,
    UNCLEAR_BECAUSE,
)
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.downtimes import table as downtimes
from chahe.evidence.log_hours import table as log_hours
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import AUDIT_LOG_THREE_YEARS, MECHANISM_AUDIT_LOGS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="audit-log-gaps",
    title=Text("重要系統稽核紀錄中斷", "Gaps in an important system's audit records"),
    question=Text(
        "應保存的三年內，重要系統的稽核紀錄是否有超出其平時規律、又沒有停機紀錄可說明的空白？",
        "Within the three years to be kept, did an important system fall silent for longer than its own rhythm allows, with no declared downtime?",
    ),
    cites=(AUDIT_LOG_THREE_YEARS, MECHANISM_AUDIT_LOGS),
    deck=("資安-9", "共置-發現五", "共置-方向"),
    needs=(
        Need(table=systems),
        Need(table=system_hosts),
        Need(table=auth_events),
        Need(table=log_hours),
        Need(table=downtimes, excuses=True, optional=True),
    ),
    parameters={
        "kept": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "CC-18000（四）電腦稽核紀錄管理：重要系統的稽核紀錄至少保存三年",
                "CC-18000 (4), audit logs: audit records of important systems for three years at least",
            ),
            Sureness.DECK,
        ),
        "expected": EXPECTED,
        "max_lag": MAX_LAG,
    },
    blind_spots=(
        *RHYTHM_BLIND_SPOTS,
        Text(
            "一個系統的所有主機合併計算：只有一部主機停止記錄時看不出來。多主機的系統，停機紀錄要以系統名稱登載才算數。",
            "All hosts of a system count together: one that stops logging among others is not seen. For a system of several hosts a downtime counts only in the system's name.",
        ),
        Text(
            "第一筆紀錄之前的空白由 audit-log-retention 查核。",
            "The time before the first record is for audit-log-retention.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中最近三年內曾使用的每一個重要系統",
        "every important system on the list that was in service on some day of the last three years",
    ),
    population=SYSTEMS,
    exclusions={
        "unimportant": Text("非重要系統", "systems that are not important"),
        "retired_long_ago": Text("停用已逾三年的系統", "systems retired more than three years ago"),
        "not_yet": Text("基準日尚未啟用的系統", "systems not yet in service on the as-of day"),
    },
    exceptions=f"""
        WITH {SYSTEM_NAMES}, {SYSTEM_DOWNS}, {SILENCES}
        SELECT s.watched AS system, s.silent_from_us, s.silent_until_us, s.silence_us, s.missing_hours,
               s.expected_records, p.row_id AS system_row, s.last_row, s.next_row, s.downtime_row
        FROM silences s JOIN population p ON p.watched = s.watched
    """,
    undetermined=f"""
        WITH {SYSTEM_NAMES}, {UNCLEAR}
        SELECT watched AS system, silent_from_us, why FROM unclear_silences WHERE why IS NOT NULL
    """,
    unclear=UNCLEAR_BECAUSE,
    key=("system", "silent_from_us"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "重要系統 {system} 自 {silent_from_us:moment} 至 {silent_until_us:moment} 沒有任何稽核紀錄，達 {silence_us:duration}；依平時規律，其間 {missing_hours} 個整點小時應有約 {expected_records} 筆（達 {expected} 筆即列出），又沒有停機紀錄",
        "important system {system} left no audit records from {silent_from_us:moment} to {silent_until_us:moment}, {silence_us:duration}; by its rhythm about {expected_records} were due in those {missing_hours} whole clock hours (listed from {expected} on), and no downtime is declared",
    ),
    remedy=Text(
        "查明中斷原因（日誌被清除、服務停止、磁碟已滿、未轉送）；紀錄仍在主機、集中日誌主機或備份者請補載入，確為停機者請補登停機紀錄，並對日誌中斷設警示。",
        "Find out why it broke off (log cleared, service stopped, disk full, not forwarded); load records that the host, log server or backup still holds, enter a downtime if it was one, and set an alert on silence.",
    ),
    margin=None,
)
