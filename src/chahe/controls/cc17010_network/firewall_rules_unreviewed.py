"""Firewalls whose rules nobody reviewed within the year, or whose review claims what it cannot have seen."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.firewall_rule_reviews import table as firewall_rule_reviews
from chahe.evidence.firewall_rules import table as firewall_rules
from chahe.evidence.firewalls import table as firewalls
from chahe.rules.citation import Sureness
from chahe.rules.citations import FIREWALL_RULES_REVIEWED_YEARLY
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# The last review of each firewall that says by whom, when and with what result, and the last that does not; one without a day may be
# of any day. What is wrong with each firewall; null is a review in time that claims no later change.
_POPULATION = """
    WITH names AS (
        SELECT device, device AS name FROM firewalls
        UNION
        SELECT device, serial_number FROM firewalls
    ),
    reviews AS (
        SELECT n.device, r.row_id, r.review_id, r.reviewed_on, coalesce(r.reviewed_on, :as_of) AS counted_on,
               coalesce(r.covers_changes_until, r.reviewed_on) AS covers_until,
               coalesce(trim(r.reviewer) <> '' AND trim(r.result) <> '' AND r.reviewed_on IS NOT NULL, FALSE) AS complete
        FROM names n JOIN firewall_rule_reviews r ON r.device = n.name
    ),
    dated AS (
        SELECT r.*, row_number() OVER (PARTITION BY r.device, r.complete
                                       ORDER BY r.counted_on DESC, r.review_id DESC, r.row_id DESC) AS age
        FROM reviews r WHERE r.counted_on <= :as_of
    ),
    good AS (SELECT * FROM dated WHERE age = 1 AND complete),
    bad AS (SELECT * FROM dated WHERE age = 1 AND NOT complete),
    overtaken AS (
        SELECT g.device, c.changed_on, c.row_id AS rule_row,
               row_number() OVER (PARTITION BY g.device ORDER BY c.changed_on DESC, c.row_id) AS place
        FROM good g
        JOIN names n ON n.device = g.device
        JOIN firewall_rules c ON c.device = n.name
        WHERE c.changed_on > g.reviewed_on AND c.changed_on <= g.covers_until AND c.changed_on <= :as_of
    ),
    met AS (
        SELECT f.*, greatest(coalesce(g.reviewed_on, DATE '1900-01-01'), coalesce(f.in_service_on, DATE '1900-01-01')) AS counts_from,
               g.reviewed_on, g.covers_until, g.row_id AS review_row, b.row_id AS incomplete_review_row,
               b.counted_on AS incomplete_on, o.changed_on, o.rule_row
        FROM firewalls f
        LEFT JOIN good g ON g.device = f.device
        LEFT JOIN bad b ON b.device = f.device
        LEFT JOIN overtaken o ON o.device = f.device AND o.place = 1
    )
    SELECT m.*, CASE WHEN m.counts_from >= :within_since AND m.changed_on IS NULL THEN NULL
                     WHEN m.counts_from >= :within_since THEN 'overclaims'
                     WHEN m.incomplete_on >= :within_since THEN 'incomplete'
                     WHEN m.reviewed_on IS NULL THEN 'never'
                     ELSE 'overdue' END AS defect,
           CASE WHEN m.retired_on < :as_of THEN 'retired' WHEN m.in_service_on > :as_of THEN 'not_yet' END AS excluded_because
    FROM met m
"""

control = Control(
    id="firewall-rules-unreviewed",
    title=Text("防火牆規則未每年檢視", "Firewall rules not reviewed within the year"),
    question=Text(
        "每部使用中的防火牆，最近一年內是否有檢視人、日期、結果俱全的規則檢視，且沒有聲稱涵蓋檢視之後的異動？",
        "Was every firewall's rule base reviewed within the year, with reviewer, date and result, and without claiming changes made after the review?",
    ),
    cites=(FIREWALL_RULES_REVIEWED_YEARLY,),
    deck=("資安案一-4", "共置-方向"),
    needs=(
        Need(table=firewalls),
        Need(table=firewall_rule_reviews, excuses=True),
        Need(table=firewall_rules, optional=True),
    ),
    parameters={
        "within": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "CC-17010（二）防火牆：存取規則每年檢視並留存紀錄",
                "CC-17010 (2), firewalls: rules reviewed every year, on record",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "啟用未滿一年而尚未檢視的防火牆不算逾期，自啟用日起算一年。",
            "A firewall in service for less than a year and not reviewed yet is not overdue; its year runs from the first day of service.",
        ),
        Text(
            "只看最近一次完整的檢視是否聲稱涵蓋其後的異動；沒有載入防火牆規則或沒有異動日，就看不出來。檢視做得夠不夠仔細也看不出來。",
            "Only the last complete review is held against later changes, and only where rules with a day of change are loaded. How thorough a review was is not seen.",
        ),
    ),
    frame=Text("防火牆清冊中的每一部防火牆", "every firewall on the list"),
    population=_POPULATION,
    exclusions={
        "retired": Text("基準日前已停用的防火牆", "firewalls retired before the as-of day"),
        "not_yet": Text("基準日尚未啟用的防火牆", "firewalls not yet in service on the as-of day"),
    },
    exceptions="""
        SELECT p.device, p.reviewed_on, p.covers_until, p.changed_on, p.defect,
               CASE p.defect
                    WHEN 'overclaims'
                    THEN CAST(p.reviewed_on AS VARCHAR) || ' 的檢視聲稱涵蓋到 ' || CAST(p.covers_until AS VARCHAR)
                         || ' 的異動，但 ' || CAST(p.changed_on AS VARCHAR) || ' 檢視之後規則又有異動'
                    WHEN 'incomplete' THEN '檢視紀錄缺少檢視人、日期或結果，不能算檢視'
                    WHEN 'never' THEN '沒有任何檢視紀錄'
                    ELSE '最近一次檢視是 ' || CAST(p.reviewed_on AS VARCHAR) END AS defect_zh,
               CASE p.defect
                    WHEN 'overclaims'
                    THEN 'the review of ' || CAST(p.reviewed_on AS VARCHAR) || ' claims changes until '
                         || CAST(p.covers_until AS VARCHAR) || ', but a rule was changed on ' || CAST(p.changed_on AS VARCHAR)
                         || ', after it'
                    WHEN 'incomplete' THEN 'the review on record lacks reviewer, date or result and is none'
                    WHEN 'never' THEN 'no review is on record'
                    ELSE 'the last review was on ' || CAST(p.reviewed_on AS VARCHAR) END AS defect_en,
               p.row_id AS firewall_row, p.review_row, p.incomplete_review_row, p.rule_row
        FROM population p WHERE p.defect IS NOT NULL
    """,
    key=("device",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "防火牆 {device}：{defect_zh}；{within_since:date} 起應有一次完整的規則檢視",
        "firewall {device}: {defect_en}; a complete review of its rules is due since {within_since:date}",
    ),
    remedy=Text(
        "由權責人員檢視全部規則，刪除不再需要者，記下檢視人、日期、結果與涵蓋到哪一天的異動；檢視後的異動留待下次檢視。",
        "Have the responsible person review all rules, remove what is no longer needed, and record reviewer, date, result and the last change covered; changes made later wait for the next review.",
    ),
    margin=Margin("SELECT min(counts_from) AS anchor FROM population", "within"),
)
