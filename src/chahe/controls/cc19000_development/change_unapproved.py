"""Programs put into production without a request that was judged, approved by somebody else, and tested before."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.change_requests import table as change_requests
from chahe.evidence.deployments import table as deployments
from chahe.rules.citation import Sureness
from chahe.rules.citations import CHANGE_REQUESTED_APPROVED_TESTED, MECHANISM_DEVELOPMENT
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_DAY = "(DATE '1970-01-01' + CAST((r.{0} + 28800000000) // 86400000000 AS INTEGER))"
_ASKED, _APPROVED, _TESTED = (
    f"coalesce(r.{name}_on, {_DAY.format(name + '_at_us')})" for name in ("requested", "approved", "tested")
)
# A clock time decides where both sides have one; else the day, and the day itself is in time.
_LATE = "CASE WHEN r.{0}_at_us IS NOT NULL THEN r.{0}_at_us > d.deployed_at_us ELSE r.{0}_on > d.happened_on END"
_POPULATION = f"""
    WITH asked AS (
        SELECT r.*, {_ASKED} AS asked_day, {_APPROVED} AS approved_day, {_TESTED} AS tested_day,
               ',' || replace(replace(replace(r.approvers, '、', ','), ';', ','), ' ', '') || ',' AS signers
        FROM change_requests r
    ),
    met AS (
        SELECT d.row_id AS deployment_row, r.row_id AS request_row, r.request_id AS covered_by,
               CASE WHEN r.state = 'rejected' THEN 'rejected'
                    WHEN r.requester IS NULL OR r.asked_day IS NULL THEN 'not_asked'
                    WHEN r.opinion IS NULL AND coalesce(r.kind, 'form') <> 'merge_request' THEN 'no_opinion'
                    WHEN r.approvers IS NULL OR r.approved_day IS NULL THEN 'not_approved'
                    WHEN r.approved_day < r.asked_day OR {_LATE.format("approved")} THEN 'approved_late'
                    WHEN r.signers = ',' || r.developer || ',' THEN 'approved_by_developer'
                    WHEN r.test_result IS NULL OR r.test_result <> 'passed' OR r.tested_day IS NULL THEN 'not_tested'
                    WHEN {_LATE.format("tested")} THEN 'tested_late'
                    WHEN r.developer IS NULL THEN 'no_developer'
                    ELSE 'good' END AS state
        FROM deployments d
        JOIN asked r
          ON (r.request_id = d.request_id AND (r.system = d.system OR r.system IS NULL))
             OR strpos(' ' || r.commit_ids || ' ', ' ' || d.commit_id || ' ') > 0
    ),
    best AS (
        SELECT m.*, row_number() OVER (
            PARTITION BY deployment_row
            ORDER BY CASE state WHEN 'good' THEN 0 WHEN 'no_developer' THEN 1 ELSE 2 END, request_row) AS place
        FROM met m
    )
    SELECT d.system, d.deployed_at_us, d.deployment_id, d.version, d.deployed_by, d.request_id, d.row_id AS deployment_row,
           b.request_row, b.covered_by, coalesce(b.state, 'no_request') AS state,
           CASE WHEN d.happened_on < :from OR d.happened_on > :until THEN 'outside'
                WHEN d.outcome <> 'success' THEN 'not_done'
                WHEN d.environment IS NOT NULL AND p.value IS NULL THEN 'not_production' END AS excluded_because
    FROM deployments d
    LEFT JOIN best b ON b.deployment_row = d.row_id AND b.place = 1
    LEFT JOIN production p ON p.value = d.environment
"""

control = Control(
    id="change-unapproved",
    title=Text("程式上線未經正式核准程序", "A program released outside the approved procedure"),
    question=Text(
        "每一次上線到正式環境，事前是否有書面申請、維護人員意見、非開發人員的主管核准，並測試通過？",
        "Was every release to production asked for in writing, judged by the maintainers, approved by somebody other than the developer, and tested with success beforehand?",
    ),
    cites=(CHANGE_REQUESTED_APPROVED_TESTED, MECHANISM_DEVELOPMENT),
    deck=("資安-3", "共置-方向"),
    needs=(Need(table=deployments), Need(table=change_requests, excuses=True)),
    parameters={
        "production": Parameter(
            ("production", "prod", "prd", "live", "正式", "正式環境", "正式區", "營運", "營運環境", "生產環境"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "正式環境在上線紀錄中的名稱；沒有寫環境的上線一律當作正式環境",
                "what production is called in the records; a release that names no environment counts as one to production",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看上線紀錄：沒有留下上線紀錄的異動看不到，要由程式內容摘要與資料庫稽核紀錄查出。",
            "Only recorded releases are seen; a change without one shows in the digests of programs and the databases' audit.",
        ),
        Text(
            "申請單以單號（同一系統）或提交編號對應；核准人是否有權核准、測試是否充分，看不出來。",
            "A request is met by its number on the same system, or by a commit. Whether the approver had the authority and the test was thorough is not seen.",
        ),
        Text(
            "緊急異動沒有例外：事後補的核准或測試列為缺失。合併請求不要求維護意見欄。",
            "Emergencies are no exception: what was approved or tested afterwards is listed. Merge requests need no maintainers' opinion.",
        ),
    ),
    frame=Text("上線紀錄中期間內每一次上線", "every deployment on record within the period"),
    population=_POPULATION,
    exclusions={
        "outside": Text("查核期間以外的上線", "deployments outside the period"),
        "not_done": Text("失敗或未完成的上線", "deployments that failed or did not finish"),
        "not_production": Text("不是正式環境", "deployments to other environments"),
    },
    exceptions="""
        SELECT p.system, p.deployed_at_us, p.deployment_id, p.version, p.deployed_by, p.request_id, p.covered_by,
               p.state AS defect, p.deployment_row, p.request_row
        FROM population p WHERE p.state NOT IN ('good', 'no_developer')
    """,
    undetermined="""
        SELECT p.system, p.deployed_at_us, p.deployment_id, p.state AS why
        FROM population p WHERE p.state = 'no_developer'
    """,
    unclear={
        "no_developer": Text(
            "申請單沒有寫開發人員，無法知道核准的是不是同一人",
            "the request names no developer, so it is unknown whether the approver is the same person",
        ),
    },
    key=("system", "deployed_at_us", "deployment_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "系統 {system} 於 {deployed_at_us:moment} 上線（部署 {deployment_id}，版本 {version}，由 {deployed_by}；異動單 {request_id}）：{defect:word}",
        "release to system {system} at {deployed_at_us:moment} (deployment {deployment_id}, version {version}, by {deployed_by}; request {request_id}): {defect:word}",
    ),
    words={
        "no_request": Text("沒有對應的異動申請", "no request covers it"),
        "rejected": Text("異動申請已退回", "its request was rejected"),
        "not_asked": Text("申請沒有申請人或日期", "its request lacks who asked, or when"),
        "no_opinion": Text("申請沒有維護人員意見", "its request lacks the maintainers' opinion"),
        "not_approved": Text("申請沒有核准人或核准日期", "its request was not approved"),
        "approved_late": Text("核准早於申請或晚於上線", "its approval came before the request or after the release"),
        "approved_by_developer": Text("由開發人員自行核准", "the developer approved it himself"),
        "not_tested": Text("沒有測試通過的紀錄", "no passed test is on record"),
        "tested_late": Text("上線後才測試", "it was tested after the release"),
    },
    remedy=Text(
        "查明這次上線的內容，補行評估與測試並由權責主管追認或退版；往後由系統擋下沒有核准單號的上線。",
        "Find out what was released, assess and test it, and have it accepted by the manager in charge or rolled back; let the release tool refuse what has no approved request.",
    ),
    margin=None,
)
