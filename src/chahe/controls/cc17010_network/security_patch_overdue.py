"""Fixes neither applied nor put off with approval in time, and products that are unsupported or that nobody looks after."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.patch_records import table as patch_records
from chahe.evidence.software_inventory import table as software_inventory
from chahe.rules.citation import Sureness
from chahe.rules.citations import NETWORK_SOFTWARE_PATCHED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_DAYS_WHY = Text(
    "規範只說定期或適時修補；30、60、90 日是我們的解讀",
    "the rule says periodically or in time; 30, 60 and 90 days are our reading",
)

# A fix whose severity is not told is treated as grave; what nobody dated cannot be in time.
_POPULATION = f"""
    WITH fixes AS (
        SELECT p.*, p.published_on + CAST(CASE p.severity WHEN 'medium' THEN :days_medium WHEN 'low' THEN :days_low
                                               ELSE :days_high END AS INTEGER) AS due_on,
               coalesce(p.applied_on <= :as_of, FALSE) AS applied,
               CASE WHEN p.deferred_until >= :as_of AND trim(p.approver) <> '' AND u.value IS NULL
                    THEN p.deferred_until END AS waits_until
        FROM patch_records p LEFT JOIN unsaid u ON u.value = lower(trim(p.approver))
    )
    SELECT 'fix' AS subject_kind, f.host, f.patch_id AS subject, f.product, f.published_on, f.due_on, f.deferred_until,
           CASE WHEN f.applied OR f.waits_until IS NOT NULL THEN 'good' WHEN f.published_on IS NULL THEN 'no_date'
                WHEN f.due_on < :as_of THEN 'overdue' ELSE 'good' END AS state,
           CASE WHEN NOT f.applied THEN greatest(f.due_on, f.waits_until) END AS last_good_on,
           f.row_id AS subject_row,
           CASE WHEN f.published_on > :as_of THEN 'later' END AS excluded_because
    FROM fixes f
    UNION ALL
    SELECT 'product', i.host, i.product, i.product, CAST(NULL AS DATE), CAST(NULL AS DATE), CAST(NULL AS DATE),
           CASE WHEN i.support_ends_on < :as_of THEN 'unsupported'
                WHEN i.checked_on IS NULL OR i.checked_on < :checked_within_since THEN 'unchecked' ELSE 'good' END,
           least(i.support_ends_on, {period_end("i.checked_on", ":checked_within")}), i.row_id,
           CASE WHEN i.software_kind = 'other' THEN 'other' END
    FROM software_inventory i
    WHERE i.exempt_until IS NULL OR i.version IS NOT NULL
"""

control = Control(
    id="security-patch-overdue",
    title=Text("安全漏洞未適時修補", "Security fixes overdue"),
    question=Text(
        "作業系統、網站伺服器、瀏覽器、防火牆與防毒軟體的修補程式，是否在期限內安裝或經核准暫緩？產品是否仍有原廠支援，並定期檢查更新？",
        "Were fixes for operating systems, web servers, browsers, firewalls and anti-virus applied in time or put off with approval, and are the products still supported and looked after?",
    ),
    cites=(NETWORK_SOFTWARE_PATCHED,),
    deck=("資安-4", "資安案二"),
    needs=(Need(table=software_inventory), Need(table=patch_records, excuses=True)),
    parameters={
        "days_high": Parameter(30, Unit.DAYS, Stricter.LOWER, _DAYS_WHY, Sureness.UNCONFIRMED),
        "days_medium": Parameter(60, Unit.DAYS, Stricter.LOWER, _DAYS_WHY, Sureness.UNCONFIRMED),
        "days_low": Parameter(90, Unit.DAYS, Stricter.LOWER, _DAYS_WHY, Sureness.UNCONFIRMED),
        "checked_within": Parameter(
            3,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "規範只說定期；每三個月至少檢查一次有無修補程式是我們的解讀",
                "the rule says periodically; looking for fixes every three months is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "相信修補紀錄與軟體清冊；沒有登錄的修補程式看不到，由弱點掃描的控制點（vulnerability-untreated）補足。逾期後已安裝者不再列出。",
            "Patch records and inventory are believed; a fix nobody entered is not seen here but by the control on scan findings (vulnerability-untreated). What was applied late is no longer listed.",
        ),
        Text(
            "支援終止日空白視為仍有支援；嚴重程度空白以高風險計。",
            "A blank end of support counts as supported; a blank severity as high.",
        ),
    ),
    frame=Text(
        "修補程式紀錄的每一筆，加上軟體清冊的每一項產品",
        "every fix on record, and every product on the list of software",
    ),
    population=_POPULATION,
    exclusions={
        "later": Text("基準日後才發布的修補程式", "fixes that came out after the as-of day"),
        "other": Text("規範所列以外的軟體", "software of other kinds than the rule names"),
    },
    exceptions="""
        SELECT p.subject_kind, p.host, p.subject, p.product, p.state AS defect, p.published_on, p.due_on, p.deferred_until,
               p.subject_row
        FROM population p WHERE p.state IN ('overdue', 'unsupported', 'unchecked')
    """,
    undetermined="""
        SELECT p.subject_kind, p.host, p.subject, p.state AS why FROM population p WHERE p.state = 'no_date'
    """,
    unclear={
        "no_date": Text(
            "修補程式沒有發布日，無法判斷是否逾期；請補登",
            "the fix has no day on which it came out, so it cannot be told whether it is overdue; fill that in",
        ),
    },
    key=("subject_kind", "host", "subject"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "主機 {host} 的 {subject}（{product}）：{defect:word}（發布 {published_on:date}，期限 {due_on:date}，暫緩至 {deferred_until:date}）",
        "{subject} ({product}) on host {host}: {defect:word} (out {published_on:date}, due {due_on:date}, put off until {deferred_until:date})",
    ),
    words={
        "overdue": Text("逾期未安裝，也沒有有效的核准暫緩", "overdue, and not put off with an approval that holds"),
        "unsupported": Text("原廠已停止支援", "the maker no longer supports it"),
        "unchecked": Text("逾期未檢查有無修補程式", "nobody looked for fixes in time"),
    },
    remedy=Text(
        "安裝修補程式並記下日期；暫時不能安裝者，由主管核准暫緩、定期限與替代措施；停止支援的產品汰換。",
        "Apply the fix and record the day; where it must wait, have the manager approve that until a day, with other measures; replace what is no longer supported.",
    ),
    margin=Margin("SELECT min(last_good_on) AS anchor FROM population", None),
)
