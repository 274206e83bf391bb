"""Days of firewall logs without a backup elsewhere, with another count, or whose backup is given up too early."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.firewall_events import table as firewall_events
from chahe.evidence.log_backups import table as log_backups
from chahe.evidence.log_days import table as log_days
from chahe.evidence.log_hours import table as log_hours
from chahe.rules.citation import Sureness
from chahe.rules.citations import FIREWALL_RECORDS_THREE_YEARS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# The records that each device left on each kept day, beside the backups that hold that day; a backup is counted as a whole.
# A file that was read again (`log_days`) counts once, as it held most: its hours (`log_hours`) count each reading.
# Where a backup names a file and its digest, the file's bytes in the vault must be those, as some reading had them; a file that was read
# in parts as it grew has no digest of its own there.
_POPULATION = f"""
    WITH readings AS (
        SELECT subject, happened_on, source, path, load, max(records) AS records,
               max(CASE WHEN before_load IS NULL THEN 0 ELSE 1 END) AS again
        FROM log_days WHERE stream = 'firewall_events'
        GROUP BY subject, happened_on, source, path, load
    ),
    files AS (
        SELECT subject, happened_on, greatest(sum(CASE WHEN again = 0 THEN records ELSE 0 END),
                                              max(CASE WHEN again = 1 THEN records ELSE 0 END)) AS records
        FROM readings GROUP BY subject, happened_on, source, path
    ),
    once AS (SELECT subject, happened_on, CAST(sum(records) AS BIGINT) AS records FROM files GROUP BY subject, happened_on),
    days AS (
        SELECT h.subject AS device, h.happened_on, CAST(coalesce(max(o.records), sum(h.records)) AS BIGINT) AS records,
               min(h.first_row) AS log_row
        FROM log_hours h LEFT JOIN once o ON o.subject = h.subject AND o.happened_on = h.happened_on
        WHERE h.stream = 'firewall_events' AND h.happened_on >= :kept_since
        GROUP BY h.subject, h.happened_on
    ),
    held AS (
        SELECT b.*, CASE WHEN trim(b.medium) <> '' AND u.value IS NULL AND b.made_on >= b.covers_until AND b.made_on <= :as_of
                         THEN 1 ELSE 0 END AS sound
        FROM log_backups b LEFT JOIN unsaid u ON u.value = lower(trim(b.medium))
    ),
    loads AS (
        SELECT subject, source, path, load, min(split_part(row_id, '#', 1)) AS object,
               max(CASE WHEN before_load IS NULL THEN 0 ELSE 1 END) AS again
        FROM log_days WHERE stream = 'firewall_events' AND records > 0
        GROUP BY subject, source, path, load
    ),
    whole AS (
        SELECT l.*, sum(1 - l.again) OVER (PARTITION BY l.subject, l.source, l.path) AS pieces FROM loads l
    ),
    altered AS (
        SELECT h.row_id AS backup_row
        FROM held h
        JOIN whole w ON w.subject = h.device AND (w.path = h.log_file OR right(w.path, length(h.log_file) + 1) = '/' || h.log_file)
        WHERE w.pieces = 1 AND h.digest IS NOT NULL
        GROUP BY h.row_id
        HAVING max(CASE WHEN w.object = h.digest THEN 1 ELSE 0 END) = 0
    ),
    backed AS (
        SELECT d.*, h.backup_id, h.row_id AS backup_row, h.records AS backed_up, h.covers_from, h.kept_until, h.sound,
               CASE WHEN h.row_id IS NOT NULL THEN CAST(sum(d.records) OVER (PARTITION BY h.row_id) AS BIGINT) END AS logged
        FROM days d
        LEFT JOIN held h ON h.device = d.device AND d.happened_on >= h.covers_from AND d.happened_on <= h.covers_until
    ),
    beside AS (
        SELECT d.device, d.happened_on, d.records, d.log_row, d.backup_id, d.backup_row, d.backed_up, d.logged,
               CASE WHEN d.backup_row IS NULL THEN 'none' WHEN d.sound = 0 THEN 'unsound'
                    WHEN d.kept_until < {period_end("d.happened_on", ":kept * 12")} THEN 'too_short'
                    WHEN a.backup_row IS NOT NULL THEN 'other_content'
                    WHEN d.covers_from < :kept_since THEN 'good'
                    WHEN d.backed_up IS NULL THEN 'uncounted'
                    WHEN d.backed_up <> d.logged THEN 'other_count' ELSE 'good' END AS state
        FROM backed d LEFT JOIN altered a ON a.backup_row = d.backup_row
    ),
    best AS (
        SELECT b.*, row_number() OVER (PARTITION BY device, happened_on
                                       ORDER BY CASE state WHEN 'good' THEN 0 WHEN 'uncounted' THEN 1 ELSE 2 END,
                                                backup_id) AS place
        FROM beside b
    )
    SELECT b.*, CASE WHEN b.state = 'none' AND {period_end("b.happened_on", ":made_within")} >= :as_of THEN 'not_due' END
               AS excluded_because
    FROM best b WHERE b.place = 1
"""

control = Control(
    id="firewall-log-backup",
    title=Text("防火牆日誌沒有完整備份", "Firewall logs without a whole backup"),
    question=Text(
        "三年內每部防火牆每一天的紀錄，是否都有另存於其他媒體、筆數相符、保存滿三年的備份？",
        "Is every day of every firewall's log of the last three years backed up on another medium, with the same count, and kept for three years?",
    ),
    cites=(FIREWALL_RECORDS_THREE_YEARS,),
    deck=("資安-1", "共置-發現二", "共置-方向"),
    needs=(
        Need(table=firewall_events),
        Need(table=log_hours),
        Need(table=log_days),
        Need(table=log_backups, excuses=True),
    ),
    parameters={
        "kept": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "CC-17010（二）：進出紀錄及其備份至少保存三年",
                "CC-17010 (2): records and their backups kept for three years at least",
            ),
            Sureness.DECK,
        ),
        "made_within": Parameter(
            1,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "規範沒有寫多久內備份；一個月是我們的解讀",
                "the rule does not say how soon; within a month is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "相信備份紀錄所寫的媒體、筆數與摘要值；備份能否還原，須實際還原比對。起日早於保存期限的備份不比對筆數。",
            "The register's medium, count and digest are believed; whether a backup can be restored is shown by restoring it. Of a backup that begins before the kept period the count is not compared.",
        ),
        Text(
            "內容只在備份紀錄寫明日誌檔名與摘要值，且證據庫有同名的完整檔案時比對；分次讀入的成長檔、重新壓縮的備份與沒有摘要值者，內容是否相同看不出來。",
            "Content is compared only where the register names the log file and its digest, and the vault holds that file whole; of files read in parts as they grew, of backups compressed anew and of those without a digest it cannot be told.",
        ),
        Text(
            "沒有紀錄的日子不在此查核，由 firewall-log-gaps 與 firewall-log-retention 查核。",
            "Days without any record are for firewall-log-gaps and firewall-log-retention.",
        ),
    ),
    frame=Text(
        "保存期間內每部防火牆有紀錄的每一天", "every day within the kept period on which a firewall left records"
    ),
    population=_POPULATION,
    exclusions={"not_due": Text("備份期限未到的日子", "days whose backup is not due yet")},
    exceptions="""
        SELECT p.device, p.happened_on, p.state AS defect, p.records, p.backup_id, p.backed_up, p.logged, p.log_row, p.backup_row
        FROM population p WHERE p.state IN ('none', 'unsound', 'too_short', 'other_content', 'other_count')
    """,
    undetermined="""
        SELECT p.device, p.happened_on, p.state AS why FROM population p WHERE p.state = 'uncounted'
    """,
    unclear={
        "uncounted": Text(
            "備份紀錄沒有筆數，無法比對是否完整；請補登",
            "the backup has no count, so whether it is whole cannot be told; fill that in",
        ),
    },
    key=("device", "happened_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "防火牆 {device} {happened_on:date} 的 {records} 筆紀錄：{defect:word}（備份 {backup_id}，備份 {backed_up} 筆，同期日誌 {logged} 筆）",
        "{records} records of firewall {device} on {happened_on:date}: {defect:word} (backup {backup_id}, {backed_up} records backed up, {logged} in the log of those days)",
    ),
    words={
        "none": Text("沒有備份", "no backup"),
        "unsound": Text(
            "備份沒有寫媒體或備份日，或在當日結束前就備份",
            "its backup names no medium or day, or was made before the days were over",
        ),
        "too_short": Text("備份保存不滿三年", "its backup is kept for less than three years"),
        "other_content": Text(
            "備份檔的摘要值不是證據庫中同名日誌檔的",
            "its backup's digest is not that of the log file of that name in the vault",
        ),
        "other_count": Text("備份筆數與日誌不符", "its backup's count is not that of the log"),
    },
    remedy=Text(
        "把日誌備份到另一媒體，記下期間、筆數與保存期限（至少三年），並定期還原比對。",
        "Back the log up on another medium, record days, count and how long it is kept (three years at least), and compare by restoring it now and then.",
    ),
    # A day that is not due yet and not backed up yet is the next to fail.
    margin=Margin(
        f"""
        SELECT min(d.due_on) AS anchor
        FROM (SELECT {period_end("h.happened_on", ":made_within")} AS due_on
              FROM log_hours h LEFT JOIN population p ON p.device = h.subject AND p.happened_on = h.happened_on
              WHERE h.stream = 'firewall_events' AND p.device IS NULL) d
        WHERE d.due_on >= :as_of
        """,
        None,
    ),
)
