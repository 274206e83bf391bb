"""Changes put into production whose update record leaves a field blank."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.change_requests import table as change_requests
from chahe.rules.citation import Sureness
from chahe.rules.citations import CHANGE_RECORD_KEPT, CHANGE_REQUESTED_APPROVED_TESTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# One row for each change and field; tickets and merge requests have no field for some of what a form asks.
_POPULATION = """
    WITH told AS (
        SELECT r.system, r.request_id, f.value AS field, r.row_id AS request_row, r.released_on, r.title,
               CASE f.value
                    WHEN 'requester' THEN r.requester
                    WHEN 'requested' THEN coalesce(CAST(r.requested_on AS VARCHAR), CAST(r.requested_at_us AS VARCHAR))
                    WHEN 'title' THEN r.title
                    WHEN 'program' THEN r.program
                    WHEN 'developer' THEN r.developer
                    WHEN 'opinion' THEN r.opinion
                    WHEN 'approvers' THEN r.approvers
                    WHEN 'approved' THEN coalesce(CAST(r.approved_on AS VARCHAR), CAST(r.approved_at_us AS VARCHAR))
                    WHEN 'tester' THEN r.tester
                    WHEN 'test_result' THEN r.test_result
                    WHEN 'tested' THEN coalesce(CAST(r.tested_on AS VARCHAR), CAST(r.tested_at_us AS VARCHAR))
                    WHEN 'released_by' THEN coalesce(r.released_by, r.merged_by) END AS content,
               CASE WHEN coalesce(r.kind, 'form') <> 'form' AND f.value IN ('program', 'opinion', 'tester') THEN 'not_asked'
                    WHEN coalesce(r.released_on, DATE '1970-01-01' + CAST((r.released_at_us + 28800000000) // 86400000000 AS INTEGER),
                                  CASE WHEN r.state = 'merged' THEN r.closed_on END) BETWEEN :from AND :until THEN NULL
                    ELSE 'not_released' END AS excluded_because
        FROM change_requests r CROSS JOIN fields f
    )
    SELECT t.*, u.value AS filler FROM told t LEFT JOIN unsaid u ON u.value = lower(trim(t.content))
"""

control = Control(
    id="change-record-incomplete",
    title=Text("程式更新紀錄不完整", "An incomplete program update record"),
    question=Text(
        "期間內上線的每一筆程式異動，紀錄表的必要欄位是否都填寫？",
        "Does the record of every change released within the period hold all the fields it needs?",
    ),
    cites=(CHANGE_RECORD_KEPT, CHANGE_REQUESTED_APPROVED_TESTED),
    deck=("資安案一-7", "共置-方向"),
    needs=(Need(table=change_requests),),
    parameters={
        "fields": Parameter(
            (
                "requester",
                "requested",
                "title",
                "program",
                "developer",
                "opinion",
                "approvers",
                "approved",
                "tester",
                "test_result",
                "tested",
                "released_by",
            ),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "簡報只說未依規範填寫紀錄表；欄位是依 CC-19000 系統維護的步驟定的",
                "the slides only say that the record was not filled in as the rules ask; the fields follow the steps of CC-19000, maintenance",
            ),
            Sureness.UNCONFIRMED,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "只看欄位有沒有填，不看填得對不對；沒有留下申請單的異動看不到。",
            "Only whether a field is filled is seen, not whether it is right; nor a change that left no record at all.",
        ),
        Text(
            "議題與合併請求不要求程式名稱、維護意見與測試人員欄。",
            "Tickets and merge requests are not asked for program, maintainers' opinion and tester.",
        ),
    ),
    frame=Text(
        "程式異動申請中期間內已上線（或已合併）的每一筆，逐欄查核",
        "every change on the register released or merged within the period, field by field",
    ),
    population=_POPULATION,
    exclusions={
        "not_released": Text("期間內沒有上線的申請", "requests that were not released within the period"),
        "not_asked": Text("這種單據沒有的欄位", "fields that this kind of record does not have"),
    },
    exceptions="""
        SELECT p.system, p.request_id, p.field, p.title, p.released_on, p.request_row
        FROM population p WHERE p.content IS NULL OR p.filler IS NOT NULL
    """,
    key=("system", "request_id", "field"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "系統 {system} 的異動單 {request_id}「{title}」（{released_on:date} 上線）沒有填{field:word}",
        "change {request_id} “{title}” of system {system} (released {released_on:date}) leaves blank: {field:word}",
    ),
    words={
        "requester": Text("申請人", "who asked"),
        "requested": Text("申請日期", "when it was asked"),
        "title": Text("異動事由", "what was changed"),
        "program": Text("程式名稱", "the program"),
        "developer": Text("開發人員", "the developer"),
        "opinion": Text("維護單位意見", "the maintainers' opinion"),
        "approvers": Text("核准人", "who approved"),
        "approved": Text("核准日期", "when it was approved"),
        "tester": Text("測試人員", "who tested"),
        "test_result": Text("測試結果", "the test's result"),
        "tested": Text("測試日期", "when it was tested"),
        "released_by": Text("上線人員", "who released it"),
    },
    remedy=Text(
        "向經辦人查明後補登，註明補登日期與補登人；由系統在欄位未填時擋下送核。",
        "Ask those who did it, fill the field in, and note when and by whom that was done; let the form refuse to be sent while a field is blank.",
    ),
    margin=None,
)
