"""Failures of electronic trading that were not mended at once and not reported, and stretches without orders that nobody registered."""

from chahe.controls.model import Control, Empty, Fact, Need, Severity
from chahe.evidence.downtimes import table as downtimes
from chahe.evidence.incident_reports import table as incident_reports
from chahe.evidence.orders import table as orders
from chahe.evidence.outages import table as outages
from chahe.rules.citation import Sureness
from chahe.rules.citations import TRADING_FAILURE_REPORTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="trading-outage-unreported",
    title=Text("電子交易故障未立即通報", "Trading outage not reported"),
    question=Text(
        "電子交易系統每次無法立即修復的故障，是否立即向證交所通報？交易時間內委託中斷的時段，是否都有故障或停機紀錄？",
        "Was every failure of electronic trading that could not be mended at once reported to the exchange at once, and is every stretch of trading time without orders on record as a failure or downtime?",
    ),
    cites=(TRADING_FAILURE_REPORTED,),
    deck=("業務-8",),
    applies=Fact("internet_orders", Text("公司沒有電子交易業務", "the firm offers no electronic trading")),
    needs=(
        Need(table=outages, excuses=True),
        Need(table=incident_reports, excuses=True),
        Need(table=orders, whole=True),
        Need(table=downtimes, optional=True, excuses=True),
    ),
    parameters={
        "mended": Parameter(
            5,
            Unit.MINUTES,
            Stricter.LOWER,
            Text(
                "五分鐘內修復視為立即修復，為我們的解讀",
                "mended within five minutes counts as mended at once, which is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
        "reported": Parameter(
            30,
            Unit.MINUTES,
            Stricter.LOWER,
            Text(
                "條文未定分鐘數；「立即」先以故障開始後三十分鐘為預設",
                "no text gives the minutes; at once is read as within thirty minutes of the failure's beginning",
            ),
            Sureness.UNCONFIRMED,
        ),
        "expected": Parameter(
            50,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "中斷時段依該連線平日的委託量應有五十筆而一筆也沒有，偶然的機會可以忽略",
                "in the silent stretch the line's usual flow would have brought fifty orders and there was none: chance does not explain it",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "委託中斷以各連線在交易時間（9:00–13:30）的平均委託量衡量；委託少的連線、只影響部分客戶的故障看不出來。",
            "Silence is measured by a line's average flow in trading time (9:00 to 13:30); lines with few orders, and failures that hit some customers only, are not seen.",
        ),
        Text(
            "交易所或全市場暫停的時段也會列出，請以停機紀錄說明；整日沒有委託由資料缺漏顯示。",
            "Stretches in which the exchange itself stood still are shown, too: enter them as downtimes; a whole day without orders shows as missing records.",
        ),
        Text(
            "故障起訖以登記為準；只計向證交所的通報。",
            "When a failure began and ended is as registered; only reports to the exchange count.",
        ),
    ),
    frame=Text(
        "查核期間登記的每一次故障，以及每一條委託連線的每一個交易日",
        "every failure registered in the period, and every trading day of every line of orders",
    ),
    # Nine o'clock in Taipei is one in the morning UTC; the session lasts four hours and a half (16,200 seconds).
    population="""
        WITH failures AS (
            SELECT o.*, coalesce(o.incident_id, o.outage_id) AS reported_as, o.began_at_us + :reported * 60000000 AS due_us,
                   DATE '1970-01-01' + CAST((o.began_at_us + 28800000000) // 86400000000 AS INTEGER) AS began_on
            FROM outages o
        ),
        reports AS (
            SELECT f.outage_id,
                   min(CASE WHEN r.recipient = 'exchange' THEN r.reported_at_us END) AS reported_us,
                   min_by(CASE WHEN r.recipient = 'exchange' THEN r.row_id END,
                          CASE WHEN r.recipient = 'exchange' THEN r.reported_at_us END) AS report_row,
                   max(CASE WHEN r.recipient IS NULL AND coalesce(r.reported_at_us, 0) <= f.due_us
                              OR r.recipient = 'exchange' AND r.reported_at_us IS NULL THEN 1 ELSE 0 END) AS vague
            FROM failures f JOIN incident_reports r ON r.incident_id = f.reported_as
            WHERE coalesce(r.reported_at_us, f.began_at_us) >= f.began_at_us
            GROUP BY f.outage_id
        ),
        beats AS (
            SELECT coalesce(o.session, '-') AS line, o.happened_on, o.logged_at_us AS at_us, o.row_id,
                   date_diff('day', DATE '1970-01-01', o.happened_on) * 86400000000 + 3600000000 AS open_us
            FROM orders o WHERE o.happened_on BETWEEN :from AND :until
        ),
        inside AS (SELECT * FROM beats WHERE at_us >= open_us AND at_us < open_us + 16200000000),
        flow AS (SELECT line, count(*) AS total, count(DISTINCT happened_on) AS days FROM inside GROUP BY line),
        marks AS (
            SELECT line, happened_on, open_us, at_us, row_id FROM inside
            UNION ALL
            SELECT line, happened_on, open_us, open_us + 16200000000, CAST(NULL AS VARCHAR)
            FROM inside GROUP BY line, happened_on, open_us
        ),
        gaps AS (
            SELECT m.line, m.happened_on, m.row_id AS next_row, m.at_us AS until_us,
                   coalesce(lag(m.at_us) OVER (PARTITION BY m.line, m.happened_on ORDER BY m.at_us), m.open_us) AS since_us,
                   lag(m.row_id) OVER (PARTITION BY m.line, m.happened_on ORDER BY m.at_us) AS last_row
            FROM marks m
        ),
        silent AS (
            SELECT g.*, f.total
            FROM flow f JOIN gaps g ON g.line = f.line
            WHERE g.until_us - g.since_us >= greatest(:mended * 60000000 + 1,
                                                      (:expected * f.days * 16200000000 + f.total - 1) // f.total)
        ),
        explained AS (
            SELECT s.line, s.since_us FROM silent s
            JOIN failures f ON f.began_at_us < s.until_us AND coalesce(f.restored_at_us, s.until_us) > s.since_us
            UNION
            SELECT s.line, s.since_us FROM silent s
            JOIN downtimes d ON d.from_us < s.until_us AND d.until_us > s.since_us
        ),
        unexplained AS (
            SELECT s.line, s.happened_on, min(s.since_us) AS since_us, min_by(s.until_us, s.since_us) AS until_us,
                   min_by(coalesce(s.last_row, s.next_row), s.since_us) AS last_row, min_by(s.next_row, s.since_us) AS next_row
            FROM silent s LEFT JOIN explained e ON e.line = s.line AND e.since_us = s.since_us
            WHERE e.line IS NULL
            GROUP BY s.line, s.happened_on
        )
        SELECT f.outage_id AS subject, f.began_on AS happened_on, f.began_at_us AS since_us, f.restored_at_us AS until_us,
               r.reported_us, f.row_id AS first_row, r.report_row AS second_row,
               CASE WHEN f.began_at_us IS NULL THEN 'no_time'
                    WHEN f.restored_at_us < f.began_at_us THEN 'no_time'
                    WHEN f.restored_at_us - f.began_at_us <= :mended * 60000000 THEN 'good'
                    WHEN r.reported_us <= f.due_us THEN 'good'
                    WHEN r.vague = 1 THEN 'vague'
                    WHEN r.reported_us IS NOT NULL THEN 'late'
                    WHEN f.due_us >= :as_of_end_us THEN 'good'
                    ELSE 'unreported' END AS state,
               CASE WHEN f.began_on NOT BETWEEN :from AND :until THEN 'outside' END AS excluded_because
        FROM failures f LEFT JOIN reports r ON r.outage_id = f.outage_id
        UNION ALL
        SELECT d.line, d.happened_on, u.since_us, u.until_us, CAST(NULL AS BIGINT), u.last_row, nullif(u.next_row, u.last_row),
               CASE WHEN u.line IS NULL THEN 'good' ELSE 'unregistered' END, CAST(NULL AS VARCHAR)
        FROM (SELECT DISTINCT line, happened_on FROM inside) d
        LEFT JOIN unexplained u ON u.line = d.line AND u.happened_on = d.happened_on
    """,
    exclusions={"outside": Text("查核期間以外的故障", "failures outside the period")},
    exceptions="""
        SELECT p.subject, p.happened_on, p.state AS defect, p.since_us AS since_at_us, p.until_us AS until_at_us,
               p.reported_us AS reported_at_us, p.first_row, p.second_row
        FROM population p WHERE p.state IN ('late', 'unreported', 'unregistered')
    """,
    undetermined="SELECT p.subject, p.happened_on, p.state AS why FROM population p WHERE p.state IN ('no_time', 'vague')",
    unclear={
        "no_time": Text("故障沒有開始時間，或修復早於開始", "the failure has no beginning, or ended before it began"),
        "vague": Text("通報紀錄沒有通報時間或對象", "the report does not say when, or to whom, it was made"),
    },
    key=("subject", "happened_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{subject} {happened_on:date}：{defect:word}（{since_at_us:moment} 至 {until_at_us:moment}，通報 {reported_at_us:moment}；時限 {reported} 分鐘）",
        "{subject} on {happened_on:date}: {defect:word} ({since_at_us:moment} to {until_at_us:moment}, reported {reported_at_us:moment}; due in {reported} minutes)",
    ),
    words={
        "late": Text(
            "故障未立即修復，逾時才通報證交所", "a failure not mended at once was reported to the exchange late"
        ),
        "unreported": Text(
            "故障未立即修復，也沒有通報證交所", "a failure not mended at once was not reported to the exchange"
        ),
        "unregistered": Text(
            "交易時間內委託中斷，沒有故障或停機紀錄",
            "orders stopped in trading time, and neither a failure nor a downtime is on record",
        ),
    },
    remedy=Text(
        "立即補行通報並記錄原因；故障一發生即起算時限，由專人通報，並以委託量監控自動示警，使中斷不待客訴才發現。",
        "Report it now and record the cause; let the clock run from the failure's beginning with one person in charge of reporting, and watch the flow of orders so that a break is not first told by customers.",
    ),
    margin=None,
)
