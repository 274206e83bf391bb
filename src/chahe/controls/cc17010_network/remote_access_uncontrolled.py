"""Remote sessions from outside without a request in force, or without a record of the work done."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.maintenance_records import table as maintenance_records
from chahe.evidence.remote_requests import table as remote_requests
from chahe.evidence.remote_sessions import table as remote_sessions
from chahe.rules.citations import REMOTE_ACCESS_CONTROLLED
from chahe.wording import Text

# A session is its begin; where the log lacks that, its end, which tells when it began. Of several requests in force the
# one that is approved, and then the one with a record, counts.
_POPULATION = """
    WITH begun AS (
        SELECT DISTINCT device, session_id, account FROM remote_sessions WHERE phase = 'began' AND session_id IS NOT NULL
    ),
    sessions AS (
        SELECT r.device, r.account, r.source_address, coalesce(r.began_at_us, r.happened_at_us) AS began_us, r.happened_on,
               min(r.row_id) AS session_row
        FROM remote_sessions r
        LEFT JOIN begun b ON b.device = r.device AND b.session_id = r.session_id AND b.account = r.account
        WHERE (r.phase = 'began' OR (r.phase = 'ended' AND b.session_id IS NULL))
          AND (r.happened_at_us IS NULL OR (r.happened_at_us >= :from_us AND r.happened_at_us < :until_end_us))
        GROUP BY r.device, r.account, r.source_address, coalesce(r.began_at_us, r.happened_at_us), r.happened_on
    ),
    records AS (
        SELECT approval_id, worked_on, min(row_id) AS record_row
        FROM maintenance_records WHERE trim(work_done) <> '' GROUP BY approval_id, worked_on
    ),
    matched AS (
        SELECT s.*, q.request_id, q.row_id AS request_row, m.record_row,
               coalesce(q.approver_id <> coalesce(q.person_id, q.account) AND q.approver_id <> q.account AND q.approved_at_us <= s.began_us, FALSE) AS approved
        FROM sessions s
        LEFT JOIN remote_requests q
               ON q.account = s.account AND q.valid_from_us <= s.began_us AND q.valid_until_us >= s.began_us
        LEFT JOIN records m ON m.approval_id = q.request_id AND m.worked_on = s.happened_on
    ),
    ranked AS (
        SELECT m.*, row_number() OVER (PARTITION BY device, account, source_address, began_us, happened_on
                                       ORDER BY approved DESC, record_row IS NOT NULL DESC, request_id, request_row) AS place
        FROM matched m
    )
    SELECT r.device, r.account, r.source_address, r.began_us AS began_at_us, r.session_row, r.request_id, r.request_row,
           r.record_row,
           CASE WHEN r.began_us IS NULL THEN 'no_time' WHEN r.account IS NULL THEN 'no_account'
                WHEN r.request_row IS NULL THEN 'no_request' WHEN NOT r.approved THEN 'unapproved'
                WHEN r.record_row IS NULL THEN 'no_record' ELSE 'good' END AS state
    FROM ranked r WHERE r.place = 1
"""

control = Control(
    id="remote-access-uncontrolled",
    title=Text("遠端連線未經申請核准或無維護紀錄", "Remote access without request, approval or record"),
    question=Text(
        "查核期間每次由外部遠端連入，是否都有該帳號當時有效、經權責主管核准的申請，並留有當日的維護紀錄？",
        "Did every remote session from outside have a request for that account in force and approved at the time, and a record of the day's work?",
    ),
    cites=(REMOTE_ACCESS_CONTROLLED,),
    deck=("共置-方向",),
    needs=(
        Need(table=remote_sessions),
        Need(table=remote_requests, excuses=True),
        Need(table=maintenance_records, excuses=True),
    ),
    blind_spots=(
        Text(
            "閘道日誌只知道連入的帳號與時間，不知道接著連到哪個系統；申請與紀錄的系統是否相符看不出來。",
            "A gateway's log tells account and time, not which system was gone on to; whether that is the system of the request and the record is not seen.",
        ),
        Text(
            "沒有經過閘道器的遠端連線（遠端桌面軟體、數據機）看不到。維護紀錄以日期對應，同日多次連線共用一筆。",
            "Remote access that passes no gateway (screen sharing, modems) is not seen. Records are matched by day: several sessions of one day share one.",
        ),
    ),
    frame=Text("查核期間閘道器日誌中的每次遠端連線", "every remote session in the gateways' logs of the period"),
    population=_POPULATION,
    exceptions="""
        SELECT p.device, p.account, p.source_address, p.began_at_us, p.request_id, p.state AS defect, p.session_row, p.request_row
        FROM population p WHERE p.state IN ('no_request', 'unapproved', 'no_record')
    """,
    undetermined="""
        SELECT p.device, p.account, p.source_address, p.began_at_us, p.state AS why
        FROM population p WHERE p.state IN ('no_time', 'no_account')
    """,
    unclear={
        "no_time": Text(
            "紀錄沒有時間，無法知道當時有沒有申請",
            "the record has no time, so whether a request was in force is unknown",
        ),
        "no_account": Text("紀錄沒有帳號，無法知道是誰連入", "the record has no account, so who connected is unknown"),
    },
    key=("device", "account", "source_address", "began_at_us"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{account} 於 {began_at_us:moment} 由 {source_address} 經 {device} 遠端連入：{defect:word}（申請 {request_id}）",
        "{account} connected from {source_address} by {device} at {began_at_us:moment}: {defect:word} (request {request_id})",
    ),
    words={
        "no_request": Text("當時沒有有效的申請", "no request was in force"),
        "unapproved": Text("申請未經他人事前核准", "the request was not approved beforehand by somebody else"),
        "no_record": Text("沒有當日的維護紀錄", "there is no record of the day's work"),
    },
    remedy=Text(
        "遠端連線一律事前申請、由權責主管核准，閘道器只開放核准的帳號與期間；每次作業當日填寫維護紀錄。",
        "Have remote access requested and approved beforehand, open the gateway to approved accounts and times only, and write the record on the day of the work.",
    ),
    margin=None,
)
