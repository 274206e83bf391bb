"""Follow-ups of internal audit’s findings: each time somebody looked whether they are mended."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="audit_followups",
    heading="稽核缺失追蹤紀錄",
    row=Text("對一項缺失的一次追蹤", "one follow-up of one deficiency"),
    shape=Shape.REGISTER,
    key=("followup_id", "finding_id"),
    stale_after_months=3,
    columns=(
        Column(
            "followup_id",
            Kind.TEXT,
            "追蹤編號",
            Text("追蹤紀錄或追蹤報告的編號", "number of the follow-up or its report"),
            required=True,
            also=("追蹤報告編號",),
        ),
        Column(
            "finding_id",
            Kind.TEXT,
            "缺失編號",
            Text("所追蹤的缺失", "the deficiency followed up"),
            required=True,
            also=("稽核缺失編號",),
        ),
        Column("followed_on", Kind.DATE, "追蹤日", Text("追蹤的日期", "day of the follow-up"), also=("追蹤日期",)),
        Column(
            "follower", Kind.TEXT, "追蹤人", Text("追蹤的稽核人員", "the auditor who followed up"), also=("追蹤人員",)
        ),
        Column(
            "state", Kind.TEXT, "追蹤結果", Text("改善的情形", "how far it is mended"), also=("改善情形", "追蹤情形")
        ),
    ),
)
