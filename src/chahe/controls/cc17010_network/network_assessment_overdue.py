"""The firm's own assessment of its network's security: never made, not made within the year, or on record only in part."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.network_assessments import table as network_assessments
from chahe.rules.citation import Sureness
from chahe.rules.citations import MECHANISM_NETWORK_SECURITY, NETWORK_SECURITY_ASSESSED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="network-assessment-overdue",
    title=Text("未定期評估網路系統安全", "Network security not assessed"),
    question=Text(
        "一年內是否評估過公司網路系統的安全，並留有日期、評估單位、範圍與結論？",
        "Was the security of the firm's network assessed within the year, on record with day, assessor, scope and result?",
    ),
    cites=(NETWORK_SECURITY_ASSESSED, MECHANISM_NETWORK_SECURITY),
    deck=("資安案二", "共置-方向"),
    needs=(Need(table=network_assessments, excuses=True),),
    parameters={
        "within": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "規範只說定期；每年一次是我們的解讀，分級防護另有期限者從其規定",
                "the rule says periodically; every year is our reading, and where the firm's tier has its own interval that counts",
            ),
            Sureness.UNCONFIRMED,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "只看紀錄是否齊全；範圍是否涵蓋全部網路、結論是否改善完成，看不出來。",
            "Only that the record is complete is seen, not whether the scope is the whole network or what was found was mended.",
        ),
    ),
    frame=Text("公司的網路系統，一項", "the firm's network, as one subject"),
    population="""
        WITH told AS (
            SELECT a.*, coalesce(a.assessed_on IS NOT NULL AND trim(a.assessor) <> '' AND trim(a.scope) <> ''
                                 AND trim(a.result) <> '' AND w.value IS NULL AND s.value IS NULL AND r.value IS NULL, FALSE) AS complete
            FROM network_assessments a
            LEFT JOIN unsaid w ON w.value = lower(trim(a.assessor))
            LEFT JOIN unsaid s ON s.value = lower(trim(a.scope))
            LEFT JOIN unsaid r ON r.value = lower(trim(a.result))
            WHERE a.assessed_on IS NULL OR a.assessed_on <= :as_of
        ),
        ranked AS (
            SELECT t.*, row_number() OVER (PARTITION BY complete
                                           ORDER BY assessed_on DESC NULLS LAST, row_id) AS age
            FROM told t
        )
        SELECT f.subject, g.assessed_on, g.row_id AS assessment_row, b.row_id AS incomplete_row,
               CASE WHEN g.assessed_on >= :within_since THEN 'good'
                    WHEN b.row_id IS NOT NULL AND (b.assessed_on IS NULL OR b.assessed_on >= :within_since) THEN 'incomplete'
                    WHEN g.row_id IS NULL THEN 'never' ELSE 'overdue' END AS state
        FROM (SELECT 'network' AS subject) f
        LEFT JOIN ranked g ON g.complete AND g.age = 1
        LEFT JOIN ranked b ON NOT b.complete AND b.age = 1
    """,
    exceptions="""
        SELECT p.subject, p.state AS defect, p.assessed_on, p.assessment_row, p.incomplete_row
        FROM population p WHERE p.state <> 'good'
    """,
    key=("subject",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "公司網路系統：{defect:word}（最近完整評估 {assessed_on:date}；{within_since:date} 起應有一次）",
        "the firm's network: {defect:word} (last complete assessment {assessed_on:date}; one is due since {within_since:date})",
    ),
    words={
        "never": Text("沒有安全評估紀錄", "no assessment of its security is on record"),
        "overdue": Text("逾期未評估", "its assessment is overdue"),
        "incomplete": Text(
            "評估紀錄缺日期、評估單位、範圍或結論", "the assessment on record lacks day, assessor, scope or result"
        ),
    },
    remedy=Text(
        "評估全部網路與設備的安全，記下日期、評估單位、範圍與結論，並追蹤改善。",
        "Assess the security of all networks and devices, record day, assessor, scope and result, and follow up what was found.",
    ),
    margin=Margin("SELECT assessed_on AS anchor FROM population", "within"),
)
