"""Stretches in which a firewall left no records although its own rhythm says it should have."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.silence import (
    EXPECTED,
    FIREWALL_DOWNS,
    FIREWALL_NAMES,
    FIREWALLS,
    MAX_LAG,
    RHYTHM_BLIND_SPOTS,
    SILENCES,
    UNCLEAR,
    UNCLEAR_BECAUSE,
)
from chahe.evidence.downtimes import table as downtimes
from chahe.evidence.firewall_events import table as firewall_events
from chahe.evidence.firewalls import table as firewalls
from chahe.evidence.log_hours import table as log_hours
from chahe.rules.citation import Sureness
from chahe.rules.citations import FIREWALL_RECORDS_THREE_YEARS, MECHANISM_FIREWALL_RECORDS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="firewall-log-gaps",
    title=Text("防火牆進出紀錄中斷", "Gaps in a firewall's records"),
    question=Text(
        "應保存的三年內，防火牆的紀錄是否有超出其平時規律、又沒有停機紀錄可說明的空白？",
        "Within the three years to be kept, did a firewall fall silent for longer than its own rhythm allows, with no declared downtime?",
    ),
    cites=(FIREWALL_RECORDS_THREE_YEARS, MECHANISM_FIREWALL_RECORDS),
    deck=("資安-1", "共置-發現二", "共置-方向"),
    needs=(
        Need(table=firewalls),
        Need(table=firewall_events),
        Need(table=log_hours),
        Need(table=downtimes, excuses=True, optional=True),
    ),
    parameters={
        "kept": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "CC-17010（二）防火牆：進出紀錄及其備份至少保存三年",
                "CC-17010 (2), firewalls: records and their backups for three years at least",
            ),
            Sureness.DECK,
        ),
        "expected": EXPECTED,
        "max_lag": MAX_LAG,
    },
    blind_spots=(
        *RHYTHM_BLIND_SPOTS,
        Text(
            "第一筆紀錄之前的空白由 firewall-log-retention 查核。",
            "The time before the first record is for firewall-log-retention.",
        ),
    ),
    frame=Text(
        "防火牆清冊中最近三年內曾使用的每一部防火牆",
        "every firewall on the list that was in service on some day of the last three years",
    ),
    population=FIREWALLS,
    exclusions={
        "retired_long_ago": Text("停用已逾三年的防火牆", "firewalls retired more than three years ago"),
        "not_yet": Text("基準日尚未啟用的防火牆", "firewalls not yet in service on the as-of day"),
    },
    exceptions=f"""
        WITH {FIREWALL_NAMES}, {FIREWALL_DOWNS}, {SILENCES}
        SELECT s.watched AS device, s.silent_from_us, s.silent_until_us, s.silence_us, s.missing_hours,
               s.expected_records, p.row_id AS firewall_row, s.last_row, s.next_row, s.downtime_row
        FROM silences s JOIN population p ON p.watched = s.watched
    """,
    undetermined=f"""
        WITH {FIREWALL_NAMES}, {UNCLEAR}
        SELECT watched AS device, silent_from_us, why FROM unclear_silences WHERE why IS NOT NULL
    """,
    unclear=UNCLEAR_BECAUSE,
    key=("device", "silent_from_us"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "防火牆 {device} 自 {silent_from_us:moment} 至 {silent_until_us:moment} 沒有任何紀錄，達 {silence_us:duration}；依平時規律，其間 {missing_hours} 個整點小時應有約 {expected_records} 筆（達 {expected} 筆即列出），又沒有停機紀錄",
        "firewall {device} left no records from {silent_from_us:moment} to {silent_until_us:moment}, {silence_us:duration}; by its rhythm about {expected_records} were due in those {missing_hours} whole clock hours (listed from {expected} on), and no downtime is declared",
    ),
    remedy=Text(
        "查明中斷原因；紀錄仍在設備、集中日誌主機或備份者請補載入，確為停機者請補登停機紀錄（起訖、原因、核准人），並對日誌中斷設警示。",
        "Find out why it broke off; load records that the device, log server or backup still holds, enter a downtime (begin, end, reason, approver) if it was one, and set an alert on silence.",
    ),
    margin=None,
)
