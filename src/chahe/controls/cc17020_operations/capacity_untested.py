"""Important systems without a capacity assessment and stress test in the year, or tested in part or too low."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.capacity_assessments import table as capacity_assessments
from chahe.evidence.orders import table as orders
from chahe.evidence.stress_tests import table as stress_tests
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import CAPACITY_ASSESSED_AND_TESTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of each system the last assessment that is complete and the last test; which of its hosts the test does not name; and the
# busiest minute of orders sent in the period.
_POPULATION = """
    WITH assessed AS (
        SELECT c.system, c.assessed_on, c.row_id,
               row_number() OVER (PARTITION BY c.system ORDER BY c.assessed_on DESC, c.row_id) AS place
        FROM capacity_assessments c
        WHERE c.assessed_on <= :as_of AND trim(c.assessor) <> '' AND trim(c.result) <> ''
    ),
    tested AS (
        SELECT t.*, ' ' || replace(replace(replace(lower(t.scope), '、', ' '), ',', ' '), '，', ' ') || ' ' AS named,
               row_number() OVER (PARTITION BY t.system ORDER BY t.tested_on DESC, t.row_id) AS place
        FROM stress_tests t WHERE t.tested_on <= :as_of
    ),
    left_out AS (
        SELECT h.system, min(h.host) AS host
        FROM system_hosts h JOIN tested t ON t.system = h.system
        WHERE t.place = 1 AND coalesce(t.named NOT LIKE '% ' || h.host || ' %', TRUE)
        GROUP BY h.system
    ),
    minutes AS (
        SELECT count(*) AS sent
        FROM orders o
        WHERE (o.leg = 'exchange' OR o.leg IS NULL) AND coalesce(o.sent_at_us, o.logged_at_us) >= :from_us
          AND coalesce(o.sent_at_us, o.logged_at_us) < :until_end_us
        GROUP BY coalesce(o.sent_at_us, o.logged_at_us) // 60000000
    ),
    busiest AS (SELECT max(sent) AS observed FROM minutes),
    met AS (
        SELECT s.system, s.important, s.in_service_on, s.retired_on, s.row_id AS system_row, a.assessed_on, a.row_id AS assessment_row,
               t.tested_on, t.row_id AS test_row, t.result, t.peak_per_minute, l.host AS left_out, b.observed,
               coalesce(t.handles_orders, TRUE) AS handles_orders
        FROM systems s
        LEFT JOIN assessed a ON a.system = s.system AND a.place = 1
        LEFT JOIN tested t ON t.system = s.system AND t.place = 1
        LEFT JOIN left_out l ON l.system = s.system
        CROSS JOIN busiest b
    )
    SELECT m.*,
           CASE WHEN m.assessed_on IS NULL OR m.assessed_on < :within_since THEN 'not_assessed'
                WHEN m.tested_on IS NULL OR m.tested_on < :within_since THEN 'not_tested'
                WHEN m.result IS NULL OR m.result <> 'passed' THEN 'not_passed'
                WHEN m.left_out IS NOT NULL THEN 'in_part'
                WHEN NOT m.handles_orders THEN 'good'
                WHEN m.peak_per_minute IS NULL THEN 'no_peak'
                WHEN m.observed IS NULL THEN 'no_orders'
                WHEN m.peak_per_minute * 100 < m.observed * :margin_percent THEN 'too_low' ELSE 'good' END AS state,
           CASE WHEN m.retired_on < :as_of OR m.in_service_on > :as_of THEN 'not_in_use'
                WHEN NOT m.important THEN 'not_important' END AS excluded_because
    FROM met m
"""

control = Control(
    id="capacity-untested",
    title=Text("容量評估或壓力測試欠完整", "Capacity not assessed or not stress-tested in full"),
    question=Text(
        "每個重要系統一年內是否做過容量評估與壓力測試，涵蓋全部主機，且測試峰值高於實際峰值一定倍數？",
        "Was every important system's capacity assessed and stress-tested within the year, on all its hosts, and well above the load it really bears?",
    ),
    cites=(CAPACITY_ASSESSED_AND_TESTED,),
    deck=("資安-14",),
    needs=(
        Need(table=systems),
        Need(table=system_hosts),
        Need(table=capacity_assessments, excuses=True),
        Need(table=stress_tests, excuses=True),
        Need(table=orders, optional=True),
    ),
    parameters={
        "within": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "簡報只說範圍欠完整；每年一次是我們的解讀，分級防護另有期限者從其規定",
                "the slides speak of scope only; every year is our reading, and where the firm's tier has its own interval that counts",
            ),
            Sureness.UNCONFIRMED,
        ),
        "margin_percent": Parameter(
            150,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "測試峰值至少為實際峰值的百分之一百五十，是我們的解讀",
                "tested at 150 percent of the real peak at least: our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "委託紀錄不分由哪個系統承載，每個承載委託的系統都與全公司每分鐘最多的送出筆數比較；承載與否空白者視為承載。",
            "Orders on record do not tell which system bore them: every system that carries orders is held against the firm's busiest minute, and one that does not say counts as carrying them.",
        ),
        Text(
            "範圍以紀錄所列的主機名稱比對，名稱以頓號、逗號或空白分隔；主機以外的元件（線路、資料庫）看不出來。",
            "Scope is compared by the hosts it names, parted by commas or blanks; parts that are no hosts (lines, databases) are not seen.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中的每一個系統，查核其中的重要系統",
        "every system on the list, of which the important ones are examined",
    ),
    population=_POPULATION,
    exclusions={
        "not_in_use": Text("基準日不在使用中的系統", "systems not in service on the as-of day"),
        "not_important": Text("不是重要系統", "systems that are not important"),
    },
    exceptions="""
        SELECT p.system, p.state AS defect, p.assessed_on, p.tested_on, p.left_out, p.peak_per_minute, p.observed, p.system_row,
               p.assessment_row, p.test_row
        FROM population p WHERE p.state NOT IN ('good', 'no_orders')
    """,
    undetermined="SELECT p.system, p.state AS why FROM population p WHERE p.state = 'no_orders'",
    unclear={
        "no_orders": Text(
            "查核期間沒有委託紀錄，無法與實際峰值比較；請載入委託紀錄",
            "there are no orders of the period to compare with; load the order records",
        ),
    },
    key=("system",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "重要系統 {system}：{defect:word}（容量評估 {assessed_on:date}，壓力測試 {tested_on:date}；未測主機 {left_out}；測試每分鐘 {peak_per_minute} 筆，實際 {observed} 筆）",
        "important system {system}: {defect:word} (assessed {assessed_on:date}, tested {tested_on:date}; host left out {left_out}; tested at {peak_per_minute} orders a minute, really {observed})",
    ),
    words={
        "not_assessed": Text("一年內沒有完整的容量評估", "its capacity was not assessed in full within the year"),
        "not_tested": Text("一年內沒有壓力測試", "it was not stress-tested within the year"),
        "not_passed": Text(
            "最近一次壓力測試沒有通過或沒有結果", "its last stress test was not passed or has no result"
        ),
        "in_part": Text("壓力測試範圍漏了主機", "its stress test left hosts out"),
        "no_peak": Text("壓力測試沒有記下峰值", "its stress test tells no peak"),
        "too_low": Text("測試峰值不足", "it was tested too low"),
    },
    remedy=Text(
        "評估容量並對全部主機做壓力測試，峰值至少達實際的 1.5 倍，記下日期、範圍、峰值與結果；未通過者擴充後重測。",
        "Assess the capacity and stress-test all hosts at 1.5 times the real peak or more; record day, scope, peak and result, and test again after an extension where it was not passed.",
    ),
    margin=Margin("SELECT min(least(assessed_on, tested_on)) AS anchor FROM population", "within"),
)
