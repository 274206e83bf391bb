"""Days of a log of which a file holds fewer records, or other ones, than when it was first read into the vault."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.firewall_events import table as firewall_events
from chahe.evidence.log_days import table as log_days
from chahe.rules.citation import Sureness
from chahe.rules.citations import AUDIT_LOG_THREE_YEARS, FIREWALL_RECORDS_THREE_YEARS, MECHANISM_AUDIT_LOGS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_NEWEST = """
    newest AS (
        SELECT * FROM (
            SELECT d.*, max(d.read_at_us) OVER (
                       PARTITION BY d.source, d.path, d.stream, d.subject, d.happened_on) AS newest_us
            FROM log_days d WHERE d.before_load IS NOT NULL
        ) compared
        WHERE read_at_us = newest_us
    )
"""
"""Each day of a file as the last reading that still had to hold it found it, beside each earlier one."""

control = Control(
    id="log-shrunk",
    title=Text("日誌紀錄減少或被更動", "Log records gone or altered"),
    question=Text(
        "已入庫的日誌再次讀取時，每一天的紀錄是否與首次入庫時相同，沒有減少或更動？",
        "When a log in the vault is read again, does each day still hold the records it held when first committed?",
    ),
    cites=(AUDIT_LOG_THREE_YEARS, FIREWALL_RECORDS_THREE_YEARS, MECHANISM_AUDIT_LOGS),
    deck=("共置-發現五",),
    needs=(Need(table=firewall_events), Need(table=auth_events), Need(table=log_days)),
    parameters={
        "kept": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "CC-18000 與 CC-17010：稽核紀錄及防火牆進出紀錄至少保存三年",
                "CC-18000 and CC-17010: audit records and firewall records are kept for three years at least",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "比對的是同一來源、同一路徑的檔案；日誌輪替改名之後才被更動，或更動後另存新檔的，看不到。"
            "證據庫仍保有當初讀入的原始檔。",
            "Files are compared under the same source and path: what is altered after a rotation gave it another name, or is "
            "saved as another file, is not seen. The vault still holds the bytes that were first read.",
        ),
        Text(
            "檔案開頭的日子不見，而檔尾另有較新的紀錄時，視為輪替或只匯出最近幾天，不列入。",
            "Days gone from a file's beginning while newer records stand at its end count as rotation or an export of the last days.",
        ),
        Text(
            "讀取器改版或設定變更後的第一次讀取，不與先前比對。檔案若逐位元組還原成先前讀過的樣子，不會重新載入，缺失仍在。",
            "The first reading after a reader or a setting changed is compared with none. A file put back byte for byte as it was read "
            "before is not loaded again, and the finding stays.",
        ),
        Text(
            "首次入庫之前就已刪改的紀錄，無從得知。",
            "What was deleted or altered before it was first read cannot be known.",
        ),
    ),
    frame=Text(
        "證據庫每日帳中，防火牆日誌與登入日誌每一部設備或主機的每一天",
        "each day of each device or host in the vault's ledger of firewall records and sign-in records",
    ),
    population="""
        SELECT d.stream, d.subject, d.happened_on AS day,
               CASE WHEN d.happened_on < :kept_since THEN 'period_over'
                    WHEN count(d.before_load) = 0 THEN 'read_once'
               END AS excluded_because
        FROM log_days d
        WHERE d.stream IN ('firewall_events', 'auth_events')
        GROUP BY d.stream, d.subject, d.happened_on
    """,
    exclusions={
        "period_over": Text("保存期間已過的日子", "days whose period is over"),
        "read_once": Text(
            "首次入庫後沒有再讀到的日子，沒有可比對的",
            "days not read again since they were first committed: there is nothing to hold them against",
        ),
    },
    exceptions=f"""
        WITH {_NEWEST},
        shrunk AS (
            SELECT n.*, coalesce(n.lost, n.before_records - n.records) AS missing
            FROM newest n
            WHERE n.digest <> n.before_digest
              AND (n.lost > 0 OR n.records <= n.before_records)
        ),
        worst AS (
            SELECT s.*, row_number() OVER (
                       PARTITION BY stream, subject, happened_on, source, path
                       ORDER BY missing DESC, before_read_at_us, before_load) AS place
            FROM shrunk s
        )
        SELECT p.stream, p.subject, p.day, w.source, w.path, w.before_records, w.records, w.missing,
               w.before_read_at_us AS committed_at_us, w.read_at_us AS found_at_us,
               CASE WHEN w.records = 0 THEN 'gone' WHEN w.missing > 0 THEN 'missing' ELSE 'altered' END AS what,
               w.before_row, coalesce(w.lost_row, w.before_row) AS missing_row, w.first_row
        FROM population p
        JOIN worst w ON w.stream = p.stream AND w.subject = p.subject AND w.happened_on = p.day
        WHERE w.place = 1
    """,
    undetermined=f"""
        WITH {_NEWEST}
        SELECT DISTINCT p.stream, p.subject, p.day, n.source, n.path, 'not_told_apart' AS why
        FROM population p
        JOIN newest n ON n.stream = p.stream AND n.subject = p.subject AND n.happened_on = p.day
        WHERE n.lost IS NULL AND n.records > n.before_records AND n.digest <> n.before_digest
    """,
    unclear={
        "not_told_apart": Text(
            "筆數增加而內容不同，先前讀入的紀錄已不在庫中，無法逐筆確認原有的都還在；請以備份比對",
            "there are more records and other ones, and the rows read before are no longer held, so that nobody can tell whether "
            "all of them are still there; hold a backup against them",
        ),
    },
    words={
        "firewall_events": Text("防火牆日誌", "firewall records"),
        "auth_events": Text("登入日誌", "sign-in records"),
        "gone": Text("當日紀錄全部不見", "the whole day is gone"),
        "missing": Text("原有的紀錄有缺", "records of then are missing"),
        "altered": Text("紀錄內容被更動", "records were altered"),
    },
    key=("stream", "subject", "day", "source", "path"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{subject} 在 {day:date} 的{stream:word}，{committed_at_us:moment} 首次入庫時有 {before_records} 筆；{found_at_us:moment} 再讀同一檔案 {path} 為 {records} 筆，原有的少了 {missing} 筆：{what:word}",
        "{stream:word} of {subject} on {day:date}: {before_records} when first committed at {committed_at_us:moment}, {records} when the same file {path} was read again at {found_at_us:moment}, {missing} of the former missing: {what:word}",
    ),
    remedy=Text(
        "查明是誰、何時、以什麼帳號更動日誌檔，依資安事件程序處理；以證據庫保有的原始檔（chahe show 可看不見的紀錄）還原，並讓日誌主機只能新增、不能改寫。",
        "Find out who altered the log file, when and by which account, and treat it as an incident; restore it from the bytes the vault "
        "holds (chahe show tells the missing record), and let the log server add records only, never rewrite them.",
    ),
    margin=None,
)
