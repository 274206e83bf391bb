"""Firms under the duty to have an information security officer of vice-president rank, and without one in time."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.firm_figures import table as firm_figures
from chahe.evidence.officers import table as officers
from chahe.rules.citation import Sureness
from chahe.rules.citations import SECURITY_OFFICER_APPOINTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_FROM_SLIDES = Text(
    "資安簡報「設置副總層級資安長」所列設置條件",
    "the conditions in the security slides on officers of vice-president rank",
)

# The last 31 March before the as-of day, by which the figures of the year before it decide. Figures of other years are
# history or not due yet; where those of that year are not on the list, nothing can be said.
_POPULATION = """
    WITH due AS (
        SELECT CASE WHEN make_date(year(:as_of), 3, 31) < :as_of THEN make_date(year(:as_of), 3, 31)
                    ELSE make_date(year(:as_of) - 1, 3, 31) END AS deadline
    ),
    figures AS (
        SELECT f.*, make_date(year(f.figures_on) + 1, 3, 31) AS deadline,
               row_number() OVER (PARTITION BY year(f.figures_on) ORDER BY f.figures_on DESC, f.row_id) AS age,
               f.paid_in_capital >= :capital
               OR (f.e_order_percent >= :e_orders AND f.market_percent >= :market AND f.natural_person_percent >= :persons)
               OR coalesce(f.named_by_exchange, FALSE) AS under_duty
        FROM firm_figures f
    ),
    held AS (
        SELECT d.deadline, f.figures_on, f.row_id AS figures_row,
               CASE WHEN f.row_id IS NULL THEN 'no_figures' WHEN f.under_duty IS NULL THEN 'figures_blank' ELSE 'duty'
               END AS duty_state,
               CASE WHEN NOT f.under_duty THEN 'no_duty' END AS excluded_because
        FROM due d LEFT JOIN figures f ON f.deadline = d.deadline AND f.age = 1
        UNION ALL
        SELECT f.deadline, f.figures_on, f.row_id, 'other',
               CASE WHEN f.deadline > d.deadline THEN 'not_due' ELSE 'superseded' END
        FROM figures f CROSS JOIN due d
        WHERE f.deadline <> d.deadline OR f.age > 1
    ),
    terms AS (
        SELECT d.deadline, o.row_id AS officer_row, o.name, o.rank, o.appointed_on, o.left_on,
               coalesce(o.left_on, DATE '9999-12-31') AS until_on,
               CASE WHEN o.rank IS NULL THEN 2
                    WHEN o.rank NOT IN ('president', 'vice_president', 'equivalent') THEN 1
                    WHEN o.appointed_on IS NULL THEN 2
                    ELSE 3 END AS fitness
        FROM due d
        JOIN officers o ON o.post = 'security_officer' AND coalesce(o.appointed_on, :as_of) <= :as_of
    ),
    judged AS (
        SELECT t.*, CASE WHEN until_on < :as_of THEN 0 ELSE fitness END AS fit_now,
               CASE WHEN until_on < deadline OR appointed_on > deadline THEN 0 ELSE fitness END AS fit_then
        FROM terms t
    ),
    best AS (
        SELECT j.*, max(fit_then) OVER (PARTITION BY deadline) AS best_then,
               row_number() OVER (PARTITION BY deadline
                                  ORDER BY fit_now DESC, until_on DESC, coalesce(appointed_on, DATE '1900-01-01'), officer_row) AS place
        FROM judged j
    )
    SELECT h.deadline, h.figures_on, h.figures_row, h.excluded_because, b.officer_row, b.name, b.rank, b.appointed_on, b.left_on,
           b.until_on,
           CASE WHEN h.duty_state <> 'duty' THEN h.duty_state
                WHEN b.place IS NULL THEN 'never'
                WHEN b.fit_now = 3 AND b.best_then = 3 THEN 'good'
                WHEN b.fit_now = 3 AND b.best_then < 2 THEN 'late'
                WHEN b.fit_now >= 2 THEN 'officer_blank'
                WHEN b.fit_now = 1 THEN 'below' ELSE 'vacant' END AS state
    FROM held h LEFT JOIN best b ON b.place = 1
"""

control = Control(
    id="security-officer-missing",
    title=Text("未依規定設置資訊安全長", "Information security officer missing"),
    question=Text(
        "符合設置條件的公司，是否在三月底前設有副總經理以上或職責相當的資訊安全長，且至今在任？",
        "Where the firm meets the conditions, did it have an information security officer of vice-president rank or above by the end of March, and has it one now?",
    ),
    cites=(SECURITY_OFFICER_APPOINTED,),
    deck=("資安法規-一",),
    needs=(Need(table=firm_figures), Need(table=officers, excuses=True)),
    parameters={
        "capital": Parameter(10_000_000_000, Unit.COUNT, Stricter.LOWER, _FROM_SLIDES, Sureness.DECK),
        "e_orders": Parameter(60, Unit.COUNT, Stricter.LOWER, _FROM_SLIDES, Sureness.DECK),
        "market": Parameter(2, Unit.COUNT, Stricter.LOWER, _FROM_SLIDES, Sureness.DECK),
        "persons": Parameter(50, Unit.COUNT, Stricter.LOWER, _FROM_SLIDES, Sureness.DECK),
    },
    blind_spots=(
        Text(
            "條件的數字由公司自填；證交所名單與數字不一致時，任一成立即視為應設置。電子下單、市占率與自然人三項須同時成立，是我們的解讀。",
            "The figures are the firm's own; where they and the exchange's list differ, either makes the duty. That the three shares must be met together is our reading.",
        ),
        Text(
            "三月底之後、基準日之前中間出缺又補上，不在此查核；職責是否真的相當，看不出來。",
            "A vacancy between the end of March and the as-of day that was filled again is not looked at; whether duties are truly equal is not seen.",
        ),
    ),
    frame=Text(
        "公司年度條件表的各年數字，查核最近一個三月底所依據的年度",
        "the firm's figures by year, of which the year behind the last 31 March is examined",
    ),
    population=_POPULATION,
    exclusions={
        "no_duty": Text("該年度的數字不符合設置條件", "figures that do not meet the conditions"),
        "superseded": Text("較早年度的數字", "figures of earlier years"),
        "not_due": Text("期限未到的年度", "figures whose 31 March is still to come"),
    },
    exceptions="""
        SELECT p.deadline, p.figures_on, p.name, p.rank, p.appointed_on, p.left_on, p.state AS defect, p.figures_row, p.officer_row
        FROM population p WHERE p.state IN ('never', 'late', 'below', 'vacant')
    """,
    undetermined="""
        SELECT p.deadline, p.state AS why FROM population p WHERE p.state IN ('no_figures', 'figures_blank', 'officer_blank')
    """,
    unclear={
        "no_figures": Text(
            "公司年度條件表沒有最近一個三月底所依據年度的數字",
            "the list has no figures for the year behind the last 31 March",
        ),
        "figures_blank": Text(
            "數字有空白，無法判斷是否符合設置條件", "figures are blank, so it is unknown whether the conditions are met"
        ),
        "officer_blank": Text("資訊安全長的職級或就任日空白", "the security officer's rank or first day is blank"),
    },
    key=("deadline",),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "依 {figures_on:date} 的數字，應在 {deadline:date} 前設置副總經理以上的資訊安全長：{defect:word}（{name}，{rank:choice}，就任 {appointed_on:date}，卸任 {left_on:date}）",
        "by the figures of {figures_on:date} an information security officer of vice-president rank was due by {deadline:date}: {defect:word} ({name}, {rank:choice}, appointed {appointed_on:date}, left {left_on:date})",
    ),
    words={
        "never": Text("沒有任命紀錄", "no appointment is on record"),
        "vacant": Text("已卸任而出缺", "the officer left and none followed"),
        "below": Text("職級低於副總經理", "the officer's rank is below vice president"),
        "late": Text("期限之後才設置", "appointed only after that day"),
    },
    remedy=Text(
        "由董事會或權責主管指定副總經理以上（或職責相當）的人兼任資訊安全長，並依規定申報；逾期者說明原因並留紀錄。",
        "Have the board or responsible manager appoint a person of vice-president rank or above, or of equal duties, and report it; where it was late, put the reason on record.",
    ),
    margin=Margin(
        "SELECT nullif(max(until_on), DATE '9999-12-31') AS anchor FROM population",
        None,
    ),
)
