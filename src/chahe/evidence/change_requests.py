"""Requests to change programs or systems: forms, tickets, merge and pull requests, with who approved and tested them."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="change_requests",
    heading="程式異動申請",
    row=Text("一張異動申請單、議題或合併請求", "one change form, ticket, merge or pull request"),
    shape=Shape.REGISTER,
    key=("system", "request_id"),
    stale_after_months=1,
    columns=(
        Column(
            "request_id",
            Kind.TEXT,
            "異動單號",
            Text("申請單、議題或合併請求的編號", "number of the form, ticket, merge or pull request"),
            required=True,
            also=("異動申請單號", "變更單號", "程式異動單號", "需求單號", "issue key"),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("異動的系統或程式庫", "the system or repository changed"),
            also=("系統", "異動系統", "程式庫", "project"),
            naming=Naming.HOST,
        ),
        Column(
            "kind",
            Kind.CHOICE,
            "單據種類",
            Text("申請單、議題或合併請求", "form, ticket, or merge request"),
            choices={
                "form": Text("申請單", "form"),
                "issue": Text("議題", "ticket"),
                "merge_request": Text("合併請求", "merge request"),
            },
        ),
        Column(
            "change_type",
            Kind.TEXT,
            "異動類別",
            Text(
                "類別或標籤，以逗號分隔，例如緊急、功能、修正", "type or labels, parted by commas: urgent, feature, fix"
            ),
            also=("變更類別", "類別", "issue type", "labels"),
        ),
        Column(
            "title",
            Kind.TEXT,
            "異動事由",
            Text("異動的內容或標題", "what is to be changed, or the title"),
            also=("異動內容", "異動說明", "變更內容", "需求說明", "主旨", "summary"),
        ),
        Column(
            "program",
            Kind.TEXT,
            "程式名稱",
            Text("異動的程式", "the program changed"),
            also=("程式代號", "異動程式", "component"),
        ),
        Column(
            "requester",
            Kind.NAME,
            "申請人",
            Text("提出申請的人", "who asked"),
            also=("申請人員", "需求人員", "提出人", "reporter"),
        ),
        Column(
            "requested_at_us",
            Kind.MOMENT,
            "申請時間",
            Text("提出的時間；只有日期時為該日 00:00", "when it was asked; midnight where only the day is known"),
            also=("申請日期", "申請日", "提出時間", "created"),
        ),
        Column(
            "developer",
            Kind.NAME,
            "開發人員",
            Text("負責修改的人", "who makes the change"),
            also=("程式設計人員", "維護人員", "承辦人", "程式修改人員", "assignee"),
        ),
        Column(
            "opinion",
            Kind.TEXT,
            "維護單位意見",
            Text("維護單位評估的意見", "the maintainers' opinion"),
            also=("評估意見", "維護人員意見", "影響評估"),
        ),
        Column(
            "approvers",
            Kind.NAME,
            "核准人",
            Text("核准的人，多人以逗號分隔", "who approved, parted by commas"),
            also=("核准主管", "核可主管", "核定主管", "主管核准", "簽核主管", "approver"),
        ),
        Column(
            "approved_at_us",
            Kind.MOMENT,
            "核准時間",
            Text("最後核准的時間", "when the last approval was given"),
            also=("核准日期", "核准日", "核可日期", "核可日"),
        ),
        Column(
            "tester",
            Kind.NAME,
            "測試人員",
            Text("測試的人", "who tested"),
            also=("測試人", "驗收人員", "使用者測試人員"),
        ),
        Column(
            "test_result",
            Kind.CHOICE,
            "測試結果",
            Text("測試是否通過", "did the test pass"),
            choices={
                "passed": Text("通過", "passed"),
                "failed": Text("未通過", "failed"),
                "pending": Text("未完成", "pending"),
            },
            also=("驗收結果",),
        ),
        Column(
            "tested_at_us", Kind.MOMENT, "測試時間", Text("測試完成的時間", "when testing ended"), also=("測試日期",)
        ),
        Column(
            "state",
            Kind.CHOICE,
            "異動狀態",
            Text("現在的狀態", "its state now"),
            choices={
                "open": Text("進行中", "open"),
                "merged": Text("已合併", "merged"),
                "closed": Text("已結案", "closed"),
                "rejected": Text("已退回", "rejected"),
            },
            also=("單據狀態", "處理狀態", "status"),
        ),
        Column(
            "closed_at_us",
            Kind.MOMENT,
            "結案時間",
            Text("合併、結案或退回的時間", "when it was merged, closed or rejected"),
            also=("結案日期", "完成時間", "完成日期", "resolved"),
        ),
        Column("merged_by", Kind.NAME, "合併人", Text("執行合併的人", "who merged it"), also=("merged by",)),
        Column(
            "target_branch",
            Kind.TEXT,
            "目標分支",
            Text("合併到的分支", "the branch it is merged into"),
        ),
        Column(
            "commit_ids",
            Kind.TEXT,
            "相關提交",
            Text("相關提交的雜湊值，以空白分隔", "hashes of its commits, parted by blanks"),
        ),
        Column(
            "released_at_us",
            Kind.MOMENT,
            "上線時間",
            Text("在正式環境生效的時間", "when it went into production"),
            also=("上線日期", "上線日", "換版時間", "換版日期"),
        ),
        Column(
            "released_by",
            Kind.NAME,
            "上線人員",
            Text("執行上線的人", "who put it into production"),
            also=("換版人員", "上線執行人員"),
        ),
    ),
)
