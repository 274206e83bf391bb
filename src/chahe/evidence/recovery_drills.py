"""Drills of recovery plans: who took part, what came of it, and what was mended afterwards."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="recovery_drills",
    heading="復原演練紀錄",
    row=Text("一個系統的一次演練", "one drill of one system"),
    shape=Shape.REGISTER,
    key=("drill_id", "system"),
    stale_after_months=12,
    columns=(
        Column("drill_id", Kind.TEXT, "演練編號", Text("演練紀錄的編號", "number of the drill"), required=True),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("演練的系統", "the system drilled"),
            required=True,
            also=("演練系統", "系統"),
            naming=Naming.HOST,
        ),
        Column("drilled_on", Kind.DATE, "演練日", Text("演練的日期", "day of the drill"), also=("演練日期",)),
        Column(
            "participants",
            Kind.TEXT,
            "參與人員",
            Text("參加演練的人員", "who took part"),
            also=("演練人員", "參加人員"),
        ),
        Column(
            "result",
            Kind.CHOICE,
            "演練結果",
            Text("成功、部分成功或失敗", "succeeded, partly, failed"),
            choices={
                "passed": Text("成功", "succeeded"),
                "partly": Text("部分成功", "partly succeeded"),
                "failed": Text("失敗", "failed"),
            },
        ),
        Column(
            "rto_minutes",
            Kind.INTEGER,
            "實際復原時間（分）",
            Text("從中斷到恢復的分鐘數", "minutes from interruption to recovery"),
            also=("實際 RTO",),
        ),
        Column(
            "rpo_minutes",
            Kind.INTEGER,
            "實際資料損失（分）",
            Text("損失的資料，以分鐘計", "data lost, as minutes of work"),
            also=("實際 RPO",),
        ),
        Column(
            "follow_up",
            Kind.TEXT,
            "檢討與改善",
            Text(
                "檢討會議的結論與改善事項；沒有則寫無須改善",
                "what the review concluded and what is to be mended; say so if nothing is",
            ),
            also=("檢討改善", "改善事項"),
        ),
        Column(
            "follow_up_due_on",
            Kind.DATE,
            "改善期限",
            Text("改善預定完成的日期", "day by which it is to be mended"),
            also=("預定改善日", "預計完成日"),
        ),
        Column(
            "followed_up_on", Kind.DATE, "改善完成日", Text("改善完成的日期", "day it was mended"), also=("完成日",)
        ),
    ),
)
