"""Lines whose order records do not reach back five years, or have a long stretch without any."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.log_hours import table as log_hours
from chahe.evidence.order_sessions import table as order_sessions
from chahe.evidence.orders import table as orders
from chahe.rules.citation import Sureness
from chahe.rules.citations import ORDER_RECORDS_FIVE_YEARS, ORDER_RECORDS_MADE_AND_KEPT
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="order-record-retention",
    title=Text("委託紀錄未保存五年", "Order records not kept for five years"),
    question=Text(
        "每條委託線路的委託紀錄，是否都保存到五年前（啟用未滿五年者，到啟用日），中間沒有長段空白？",
        "Do the order records of every line reach back five years, or to its first day of use, without a long stretch of none?",
    ),
    cites=(ORDER_RECORDS_FIVE_YEARS, ORDER_RECORDS_MADE_AND_KEPT),
    deck=("資安案一-3",),
    needs=(Need(table=order_sessions), Need(table=orders, excuses=True), Need(table=log_hours)),
    parameters={
        "kept": Parameter(
            5,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "依櫃買中心相同規定（FL082227）解讀為五年；證交所條文的年數未讀到",
                "five years by the Taipei Exchange's twin rule (FL082227); the exchange's own number was not read",
            ),
            Sureness.UNCONFIRMED,
        ),
        "silence": Parameter(
            14,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "我們的預設：農曆春節連同颱風停市，休市不曾超過十四日",
                "our default: with a typhoon added, the market has not been closed for more than fourteen days at the lunar new year",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看每條線路哪幾天有紀錄；當天的紀錄是否完整、不滿十五日的空白是否為營業日，看不出來（查核期間內的缺日另由各控制點指出）。",
            "Only the days with records are seen, not whether a day's are whole, nor whether shorter stretches held trading days; days missing within the audited period are named by the other controls.",
        ),
        Text(
            "沒有時間的紀錄不算；有爭議的委託須保存到爭議結束，這裡看不到爭議。",
            "Records without a time do not count; orders in dispute are kept until the dispute ends, and disputes are not seen here.",
        ),
        Text(
            "未列入委託線路清冊的線路看不到；很少使用的備援線路會有長段空白，應以停用日或說明處理。",
            "A line that is not on the list is not seen; a spare line that is seldom used has long stretches of none, and needs an end of use or an explanation.",
        ),
    ),
    frame=Text(
        "委託線路清冊中最近五年內曾使用的每一條線路",
        "every line on the list that was in use on some day of the last five years",
    ),
    population="""
        SELECT s.session, s.line_from, s.line_until, s.row_id AS session_row, greatest(s.line_from, :kept_since) AS required_from,
               least(s.line_until, :as_of) AS required_until,
               CASE WHEN s.line_until < :kept_since THEN 'retired_long_ago' WHEN s.line_from > :as_of THEN 'not_yet' END
               AS excluded_because
        FROM order_sessions s
    """,
    exclusions={
        "retired_long_ago": Text("停用已逾五年的線路", "lines out of use for more than five years"),
        "not_yet": Text("基準日尚未啟用的線路", "lines not yet in use on the as-of day"),
    },
    # A day before the first due one and a day after the last stand for the ends, so that every silence lies between two days.
    exceptions="""
        WITH days AS (
            SELECT p.session, h.happened_on AS seen_on, max(h.last_row) AS last_row
            FROM population p JOIN log_hours h ON h.stream = 'orders' AND h.subject = p.session
            WHERE h.happened_on >= p.required_from AND h.happened_on <= p.required_until
            GROUP BY p.session, h.happened_on
        ),
        marks AS (
            SELECT session, seen_on, last_row FROM days
            UNION ALL
            SELECT session, required_from - 1, CAST(NULL AS VARCHAR) FROM population
            UNION ALL
            SELECT session, required_until + 1, CAST(NULL AS VARCHAR) FROM population
        ),
        stretches AS (
            SELECT session, last_row, seen_on + 1 AS silent_from,
                   lead(seen_on) OVER (PARTITION BY session ORDER BY seen_on) - 1 AS silent_until
            FROM marks
        ),
        longest AS (
            SELECT s.session, s.last_row, s.silent_from, s.silent_until,
                   date_diff('day', s.silent_from, s.silent_until) + 1 AS silent_days,
                   count(*) OVER (PARTITION BY s.session) AS stretches,
                   row_number() OVER (PARTITION BY s.session
                                      ORDER BY date_diff('day', s.silent_from, s.silent_until) DESC, s.silent_from) AS place
            FROM stretches s WHERE date_diff('day', s.silent_from, s.silent_until) + 1 > :silence
        )
        SELECT p.session, p.required_from, l.silent_from, l.silent_until, l.silent_days, l.stretches,
               CASE WHEN l.silent_from = p.required_from AND l.silent_until = p.required_until THEN 'none'
                    WHEN l.silent_from = p.required_from THEN 'late'
                    WHEN l.silent_until = p.required_until THEN 'ended' ELSE 'silent' END AS defect,
               p.session_row, l.last_row
        FROM population p JOIN longest l ON l.session = p.session AND l.place = 1
    """,
    key=("session",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "委託線路 {session} 應保存自 {required_from:date} 起的委託紀錄，{defect:word}：{silent_from:date} 至 {silent_until:date} 共 {silent_days} 日沒有紀錄（逾 {silence} 日的空白共 {stretches} 段）",
        "order records of line {session} must be kept from {required_from:date} on; {defect:word}: none from {silent_from:date} to {silent_until:date}, {silent_days} days ({stretches} stretches of more than {silence} days)",
    ),
    words={
        "none": Text("一筆也沒有", "none are held"),
        "late": Text("最早的紀錄太晚", "the earliest is too late"),
        "ended": Text("最後的紀錄太早", "the last is too early"),
        "silent": Text("中間有空白", "there is a hole"),
    },
    remedy=Text(
        "從備份或交易系統找回缺少的委託紀錄並載入；找不回者，記錄原因、報請主管核示，並把保存期限設為至少五年，定期確認最舊一天仍讀得到。",
        "Restore the missing order records from backups or the trading system and load them; where they are lost, record why and report it, set retention to five years or more, and check regularly that the oldest day can still be read.",
    ),
    # The line that has been quiet for longest is the first to be too quiet.
    margin=Margin(
        """
        SELECT min(last_on) + CAST(:silence AS INTEGER) AS anchor FROM (
            SELECT p.session, coalesce(max(h.happened_on), p.required_from - 1) AS last_on
            FROM population p LEFT JOIN log_hours h ON h.stream = 'orders' AND h.subject = p.session
            WHERE p.line_until IS NULL OR p.line_until > :as_of
            GROUP BY p.session, p.required_from
        ) AS newest
        """,
        None,
    ),
)
