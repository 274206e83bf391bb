"""Sign-ins to important systems whose records lack who, when or from which computer."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.rules.citations import AUDIT_LOG_CONTENT, MECHANISM_AUDIT_LOGS
from chahe.wording import Text

control = Control(
    id="audit-log-incomplete",
    title=Text("稽核紀錄欄位不全", "Audit records that lack a required field"),
    question=Text(
        "重要系統的登入與權限使用紀錄，是否都有使用者識別碼與日期時間，登入紀錄是否還有電腦識別資料或位址？",
        "Do the sign-in and privilege records of important systems all have the user's identifier and the date and time, and sign-ins the computer's identity or address?",
    ),
    cites=(AUDIT_LOG_CONTENT, MECHANISM_AUDIT_LOGS),
    deck=("資安-10", "共置-發現五", "共置-方向"),
    needs=(Need(table=systems), Need(table=system_hosts), Need(table=auth_events)),
    blind_spots=(
        Text(
            "沒有時間的紀錄無從判斷屬於哪一期，載入的都算在內。",
            "Records without a time cannot be placed in a period: all that were loaded count.",
        ),
        Text(
            "在主機本身的主控台操作者，終端名稱即為電腦識別；來源由哪個欄位帶出，依各來源的讀取方式。",
            "For work at a host's own console the terminal is the computer's identity; which field gives the source depends on how each log is read.",
        ),
        Text(
            "登入才要求來源電腦；使用權限（sudo、su、4672）的紀錄沒有來源欄位，來源在同一工作階段的登入紀錄裡。",
            "A source computer is asked of sign-ins only; records of the use of privilege (sudo, su, 4672) have no field for it, and their source is in the sign-in of the same session.",
        ),
        Text(
            "一部主機屬於好幾個重要系統時，只列在名稱排序最前的一個之下。清冊沒有列出的主機，紀錄不計入並另列筆數。",
            "A host of several important systems is listed under the first of them by name. Records of hosts that no system lists are left out and counted.",
        ),
    ),
    frame=Text(
        "查核期間所載入的每一筆登入與權限使用紀錄",
        "every record of sign-in or use of privilege that was loaded for the period",
    ),
    # One pass over the log, joined with a list of hosts that fits in memory: this table can hold a hundred million rows.
    population="""
        SELECT e.row_id, e.happened_at_us, e.account, e.host, h.system,
               CASE WHEN e.activity = 'logon' AND e.source_host IS NULL AND e.source_address IS NULL
                         AND coalesce(e.local_console, FALSE) = FALSE
                    THEN 1 ELSE 0 END AS no_source,
               CASE WHEN h.host IS NULL THEN 'no_system'
                    WHEN h.important = FALSE THEN 'unimportant'
                    WHEN e.activity NOT IN ('logon', 'privilege_use') THEN 'other_activity'
               END AS excluded_because
        FROM auth_events e
        LEFT JOIN (
            SELECT n.host, bool_or(s.important IS DISTINCT FROM FALSE) AS important,
                   min(CASE WHEN s.important = FALSE THEN NULL ELSE s.system END) AS system
            FROM (
                SELECT system, host FROM system_hosts
                UNION
                SELECT system, address FROM system_hosts
                UNION
                SELECT system, system FROM systems
            ) n
            JOIN systems s ON s.system = n.system
            GROUP BY n.host
        ) h ON h.host = e.host
        WHERE e.happened_at_us IS NULL OR (e.happened_at_us >= :from_us AND e.happened_at_us < :until_end_us)
    """,
    exclusions={
        "no_system": Text("不屬於清冊上任何系統的主機所寫的紀錄", "records of hosts that belong to no listed system"),
        "unimportant": Text("非重要系統的紀錄", "records of systems that are not important"),
        "other_activity": Text("登出、帳號異動等其他紀錄", "sign-offs, account changes and other records"),
    },
    exceptions="""
        WITH counted AS (
            SELECT p.system, p.host,
                   CASE WHEN p.account IS NULL THEN 1 ELSE 0 END AS no_account,
                   CASE WHEN p.happened_at_us IS NULL THEN 1 ELSE 0 END AS no_time,
                   p.no_source, count(*) AS records,
                   min(CASE WHEN p.account IS NULL OR p.happened_at_us IS NULL OR p.no_source = 1 THEN p.row_id END)
                       AS first_row,
                   max(CASE WHEN p.account IS NULL OR p.happened_at_us IS NULL OR p.no_source = 1 THEN p.row_id END)
                       AS other_row
            FROM population p
            GROUP BY p.system, p.host, CASE WHEN p.account IS NULL THEN 1 ELSE 0 END,
                     CASE WHEN p.happened_at_us IS NULL THEN 1 ELSE 0 END, p.no_source
        ),
        rated AS (
            SELECT c.*, CAST(sum(c.records) OVER (PARTITION BY c.system, c.host) AS BIGINT) AS of_records
            FROM counted c
        )
        SELECT r.system, r.host,
               concat_ws(',', CASE WHEN r.no_account = 1 THEN 'account' END, CASE WHEN r.no_time = 1 THEN 'time' END,
                         CASE WHEN r.no_source = 1 THEN 'source' END) AS missing,
               concat_ws('、', CASE WHEN r.no_account = 1 THEN '使用者識別碼' END,
                         CASE WHEN r.no_time = 1 THEN '日期時間' END,
                         CASE WHEN r.no_source = 1 THEN '電腦識別資料或位址' END) AS missing_zh,
               concat_ws(', ', CASE WHEN r.no_account = 1 THEN 'user identifier' END,
                         CASE WHEN r.no_time = 1 THEN 'date and time' END,
                         CASE WHEN r.no_source = 1 THEN 'computer identity or address' END) AS missing_en,
               r.records, r.of_records, r.records * 1000 // r.of_records AS per_thousand, r.first_row, r.other_row
        FROM rated r
        WHERE r.no_account + r.no_time + r.no_source > 0
    """,
    key=("system", "host", "missing"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "重要系統 {system} 的主機 {host} 有 {records} 筆稽核紀錄缺少{missing_zh}（共 {of_records} 筆，千分之 {per_thousand}）",
        "{records} of {of_records} audit records of host {host} of important system {system} lack: {missing_en} ({per_thousand} per thousand)",
    ),
    remedy=Text(
        "調整系統的稽核設定，使每筆登入與權限使用都記下使用者識別碼、日期時間與電腦識別資料或位址；轉送日誌時確認這些欄位沒有被截掉。",
        "Set the system's auditing so that every sign-in and use of privilege names user, date and time, and computer or address; make sure that forwarding does not cut these fields off.",
    ),
    margin=None,
)
