"""Operations for which no acceptable level of risk is set, or whose risk nobody assessed within the year."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.operations import table as operations
from chahe.evidence.risk_assessments import table as risk_assessments
from chahe.rules.citation import Sureness
from chahe.rules.citations import MECHANISM_RISK_ASSESSED_YEARLY, RISK_LEVEL_DETERMINED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of each operation the last assessment that is complete and the last that is not, and the acceptable level that stands
# best: approved before merely stated, the newest first. A level set once stands until another is set.
_POPULATION = """
    WITH said AS (
        SELECT r.row_id, r.operation, r.assessed_on, coalesce(r.assessed_on, DATE '1900-01-01') AS order_on,
               CASE WHEN trim(r.assessor) <> '' AND trim(r.risk_level) <> '' AND g.value IS NULL
                         AND r.assessed_on IS NOT NULL THEN 1 ELSE 0 END AS complete,
               CASE WHEN trim(r.acceptable_level) <> '' AND a.value IS NULL
                    THEN CASE WHEN trim(r.level_approved_by) <> '' AND r.level_approved_on <= :as_of THEN 2 ELSE 1 END
                    ELSE 0 END AS standing
        FROM risk_assessments r
        LEFT JOIN unsaid a ON a.value = lower(trim(r.acceptable_level))
        LEFT JOIN unsaid g ON g.value = lower(trim(r.risk_level))
        WHERE r.assessed_on IS NULL OR r.assessed_on <= :as_of
    ),
    ranked AS (
        SELECT s.*, row_number() OVER (PARTITION BY operation, complete ORDER BY order_on DESC, row_id) AS age,
               row_number() OVER (PARTITION BY operation ORDER BY standing DESC, order_on DESC, row_id) AS place
        FROM said s
    ),
    states AS (
        SELECT o.operation, o.unit, o.begins_on, o.ends_on, o.row_id AS operation_row, g.assessed_on, g.row_id AS assessment_row,
               b.row_id AS incomplete_row, l.row_id AS level_row,
               greatest(coalesce(g.assessed_on, DATE '1900-01-01'), coalesce(o.begins_on, DATE '1900-01-01')) AS counts_from,
               CASE coalesce(l.standing, 0) WHEN 2 THEN 'set' WHEN 1 THEN 'unapproved' ELSE 'missing' END AS level_state,
               coalesce(b.assessed_on >= :within_since OR (b.row_id IS NOT NULL AND b.assessed_on IS NULL), FALSE) AS in_part
        FROM operations o
        LEFT JOIN ranked g ON g.operation = o.operation AND g.complete = 1 AND g.age = 1
        LEFT JOIN ranked b ON b.operation = o.operation AND b.complete = 0 AND b.age = 1
        LEFT JOIN ranked l ON l.operation = o.operation AND l.place = 1 AND l.standing > 0
    )
    SELECT s.*, CASE WHEN s.ends_on < :as_of THEN 'ended' WHEN s.begins_on > :as_of THEN 'not_yet' END AS excluded_because
    FROM states s
"""

control = Control(
    id="risk-level-undefined",
    title=Text("未確定可接受的風險等級", "Acceptable level of risk not determined"),
    question=Text(
        "公司每項作業是否都定有經核定的可接受風險等級，且一年內做過有評鑑人與結果的風險評鑑？",
        "Does every operation have an approved acceptable level of risk, and was its risk assessed within the year, with assessor and result?",
    ),
    cites=(RISK_LEVEL_DETERMINED, MECHANISM_RISK_ASSESSED_YEARLY),
    deck=("資安-7",),
    needs=(Need(table=operations), Need(table=risk_assessments, excuses=True)),
    parameters={
        "within": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "建立證券商資通安全檢查機制第一點（11000）：風險評鑑至少每年一次",
                "the mechanism, point 1 (11000): risk is assessed every year at least",
            ),
            Sureness.RULE,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "作業清冊漏列的作業看不到；清冊請由業務單位與稽核核對。",
            "Operations left off the list are not seen; have business units and internal audit check it.",
        ),
        Text(
            "等級定得是否適當、風險等級高於可接受等級時有無處理，不在此查核；開辦未滿一年的作業不算逾期評鑑。",
            "Whether a level is apt, and what is done where the risk found is above it, is not looked at; an operation begun less than a year ago is not overdue.",
        ),
        Text(
            "可接受等級一經核定，視為有效到另定為止；評鑑的前後等級是否一致看不出來。",
            "An approved level is taken to stand until another is set; whether levels agree from one assessment to the next is not seen.",
        ),
    ),
    frame=Text("業務作業清冊中的每一項作業", "every operation on the list of operations"),
    population=_POPULATION,
    exclusions={
        "ended": Text("基準日前已停辦的作業", "operations that ended before the as-of day"),
        "not_yet": Text("基準日尚未開辦的作業", "operations not yet begun on the as-of day"),
    },
    exceptions="""
        SELECT p.operation, p.unit, p.level_state, p.assessed_on,
               CASE WHEN p.assessed_on >= :within_since THEN 'current'
                    WHEN p.counts_from >= :within_since THEN 'new'
                    WHEN p.in_part THEN 'incomplete'
                    WHEN p.assessed_on IS NULL THEN 'never'
                    ELSE 'overdue' END AS assessment_state,
               p.operation_row, p.level_row, p.assessment_row, p.incomplete_row
        FROM population p
        WHERE p.level_state <> 'set' OR p.counts_from < :within_since
    """,
    key=("operation",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "作業「{operation}」（{unit}）：{level_state:word}；{assessment_state:word}（最近一次完整評鑑 {assessed_on:date}，應在 {within_since:date} 以後）",
        "operation {operation} ({unit}): {level_state:word}; {assessment_state:word} (last complete assessment {assessed_on:date}, due since {within_since:date})",
    ),
    words={
        "set": Text("可接受風險等級已核定", "the acceptable level is set"),
        "unapproved": Text("可接受風險等級未經核定", "the acceptable level was not approved"),
        "missing": Text("沒有定出可接受風險等級", "no acceptable level is set"),
        "current": Text("一年內已評鑑", "assessed within the year"),
        "new": Text("開辦未滿一年，尚未評鑑", "begun within the year and not assessed yet"),
        "incomplete": Text("評鑑紀錄缺評鑑人、日期或結果", "the assessment on record lacks assessor, day or result"),
        "never": Text("沒有評鑑紀錄", "no assessment is on record"),
        "overdue": Text("逾一年未評鑑", "not assessed for more than a year"),
    },
    remedy=Text(
        "逐項作業評鑑風險，定出可接受的風險等級並由權責主管核定，留下評鑑人、日期、結果與核定紀錄；往後每年至少一次。",
        "Assess the risk of each operation, set the level that is accepted and have the responsible manager approve it, on record with assessor, day and result; repeat every year at least.",
    ),
    margin=Margin("SELECT min(counts_from) AS anchor FROM population", "within"),
)
