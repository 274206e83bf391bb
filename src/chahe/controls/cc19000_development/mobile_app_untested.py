"""Mobile apps released, or kept in the stores, without the security test that was due."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.app_releases import table as app_releases
from chahe.evidence.app_tests import table as app_tests
from chahe.rules.citation import Sureness
from chahe.rules.citations import MOBILE_APPS_TESTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Three duties: before the first release and within each year a laboratory's test, before an important update any test of that version.
_POPULATION = f"""
    WITH passed AS (
        SELECT t.app, t.platform, t.app_version, t.tested_on, t.row_id AS test_row,
               coalesce(t.accredited, FALSE) AS by_laboratory
        FROM app_tests t
        WHERE t.result = 'passed' AND t.whole_scope
    ),
    released AS (
        SELECT r.*, row_number() OVER (PARTITION BY app, platform ORDER BY released_on, row_id) AS nth,
               min(r.withdrawn_on) OVER (PARTITION BY app, platform) AS ended_on
        FROM app_releases r WHERE r.released_on <= :as_of
    ),
    apps AS (SELECT app, platform, released_on, row_id, ended_on FROM released WHERE nth = 1),
    duties AS (
        SELECT app, platform, app_version, CASE WHEN nth = 1 THEN 'first' ELSE 'update' END AS duty,
               released_on AS due_on, row_id AS release_row, important,
               CASE WHEN released_on < :from OR released_on > :until THEN 'outside'
                    WHEN nth > 1 AND NOT important THEN 'not_important' END AS excluded_because
        FROM released
        UNION ALL
        SELECT app, platform, CAST(NULL AS VARCHAR), 'yearly', :as_of, row_id, CAST(NULL AS BOOLEAN),
               CASE WHEN ended_on < :as_of THEN 'withdrawn' END
        FROM apps
    ),
    met AS (
        SELECT d.app, d.platform, d.app_version, d.duty, d.due_on, d.release_row, d.important, d.excluded_because,
               max(p.tested_on) AS tested_on, max_by(p.test_row, CAST(p.tested_on AS VARCHAR) || p.test_row) AS test_row
        FROM duties d
        LEFT JOIN passed p ON p.app = d.app AND p.platform = d.platform AND p.tested_on <= d.due_on
             AND (p.by_laboratory OR d.duty = 'update') AND (p.app_version = d.app_version OR d.duty = 'yearly')
        GROUP BY d.app, d.platform, d.app_version, d.duty, d.due_on, d.release_row, d.important, d.excluded_because
    )
    SELECT m.app, m.platform, m.app_version, m.duty, m.due_on, m.release_row, m.excluded_because, m.tested_on, m.test_row,
           {period_end("m.tested_on", ":within * 12")} AS good_until,
           CASE WHEN m.duty = 'update' AND m.important IS NULL AND m.test_row IS NULL THEN 'importance_unsaid'
                WHEN m.test_row IS NULL THEN 'untested'
                WHEN m.duty = 'yearly' AND m.tested_on < :within_since THEN 'overdue'
                ELSE 'good' END AS state
    FROM met m
"""

control = Control(
    id="mobile-app-untested",
    title=Text("行動應用程式未依規定檢測", "A mobile app without the test that was due"),
    question=Text(
        "每個 App 初次上架前與每年是否由合格實驗室檢測通過，重大更新上架前是否就該版本檢測通過，範圍涵蓋 OWASP Mobile Top 10？",
        "Did every app pass an accredited laboratory's test before its first release and within the year, and every important update a test of that version before its release, to the whole OWASP Mobile Top 10?",
    ),
    cites=(MOBILE_APPS_TESTED,),
    deck=("資安-17",),
    needs=(Need(table=app_releases), Need(table=app_tests, excuses=True)),
    parameters={
        "within": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "資安-17 與新興科技指引：初次上架與每年",
                "item 17 of the slides and the guidance: before first release and each year",
            ),
            Sureness.RULE,
        ),
    },
    blind_spots=(
        Text(
            "只看上架與檢測紀錄：沒有登錄的上架看不到；是否為重大更新依登錄所載。",
            "Only records of releases and tests are seen: not a release that nobody listed. Whether an update is important is as the list says.",
        ),
        Text(
            "實驗室是否經 TAF 認可、範圍是否完整，依紀錄所載；初次上架只查期間內的。",
            "Whether a laboratory is accredited and a scope whole is as the record says. First releases before the period are not looked at again.",
        ),
    ),
    frame=Text(
        "上架紀錄中每個平台的每個 App：期間內的初次上架與更新，以及年度檢測",
        "every app on each platform on the list: first releases and updates within the period, and the yearly test",
    ),
    population=_POPULATION,
    exclusions={
        "outside": Text("查核期間以外的上架", "releases outside the period"),
        "not_important": Text("不是重大更新", "updates that are not important"),
        "withdrawn": Text("已下架的 App", "apps withdrawn before the as-of day"),
    },
    exceptions="""
        SELECT p.app, p.platform, p.app_version, p.duty, p.due_on, p.state AS defect, p.tested_on, p.release_row, p.test_row
        FROM population p WHERE p.state IN ('untested', 'overdue')
    """,
    undetermined="""
        SELECT p.app, p.platform, p.app_version, p.duty, p.state AS why FROM population p WHERE p.state = 'importance_unsaid'
    """,
    unclear={
        "importance_unsaid": Text(
            "上架紀錄沒有寫是否為重大更新，而該版本沒有檢測",
            "the list does not say whether the update is important, and its version was not tested",
        ),
    },
    key=("app", "platform", "app_version", "duty"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "App {app}（{platform}，版本 {app_version}）{duty:word}：{defect:word}（期限 {due_on:date}，最近通過 {tested_on:date}）",
        "app {app} ({platform}, version {app_version}), {duty:word}: {defect:word} (due {due_on:date}, passed last {tested_on:date})",
    ),
    words={
        "first": Text("初次上架前的實驗室檢測", "laboratory's test before the first release"),
        "update": Text("重大更新上架前的檢測", "test before an important update"),
        "yearly": Text("年度實驗室檢測", "laboratory's test of the year"),
        "untested": Text("沒有範圍完整且通過的紀錄", "no passed test of whole scope is on record"),
        "overdue": Text("逾一年未檢測", "not tested for more than a year"),
    },
    remedy=Text(
        "委託合格實驗室檢測並通過後再上架；已上架者立即檢測，未通過前停止提供受影響的功能。",
        "Have an accredited laboratory test it, and release it only when passed; where it is released already, test it now and switch affected functions off until then.",
    ),
    margin=Margin("SELECT min(good_until) AS anchor FROM population WHERE duty = 'yearly'", None),
)
