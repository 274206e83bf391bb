"""Incidents: security events and abnormalities of services, as the firm registered them."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="incidents",
    heading="資安事件登記簿",
    row=Text("一件資訊安全或服務異常事件", "one security incident or abnormality of service"),
    shape=Shape.REGISTER,
    key=("incident_id",),
    stale_after_months=1,
    columns=(
        Column("incident_id", Kind.TEXT, "事件編號", Text("事件的編號", "number of the incident"), required=True),
        Column(
            "kind",
            Kind.CHOICE,
            "事件種類",
            Text("資訊安全、服務異常或個人資料", "security, abnormality of service, or personal data"),
            also=("事件類別",),
            choices={
                "security": Text("資訊安全", "security"),
                "service": Text("服務異常", "abnormality of service"),
                "personal_data": Text("個人資料", "personal data"),
            },
        ),
        Column(
            "summary",
            Kind.TEXT,
            "事件摘要",
            Text("發生了什麼", "what happened"),
            required=True,
            also=("事件說明", "事件內容"),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("受影響的系統", "the system affected"),
            also=("受影響系統",),
            naming=Naming.HOST,
        ),
        Column(
            "grade", Kind.INTEGER, "事件等級", Text("一到四級，四最重", "one to four, four the gravest"), also=("等級",)
        ),
        Column(
            "occurred_at_us",
            Kind.MOMENT,
            "發生時間",
            Text("事件發生的時間", "when it happened"),
            also=("事件發生時間",),
        ),
        Column(
            "known_at_us",
            Kind.MOMENT,
            "知悉時間",
            Text("公司知悉的時間", "when the firm came to know"),
            also=("發現時間", "事件知悉時間"),
        ),
        Column(
            "personal_data",
            Kind.BOOLEAN,
            "涉及個人資料",
            Text(
                "個人資料被竊取、竄改、毀損、滅失或洩漏", "personal data were stolen, altered, damaged, lost or leaked"
            ),
            also=("個資外洩",),
        ),
        Column(
            "major",
            Kind.BOOLEAN,
            "重大事件",
            Text("危及正常營運或大量當事人權益", "endangers normal operation or the rights of many"),
            also=("是否重大",),
        ),
        Column(
            "closed_on",
            Kind.DATE,
            "事件結案日",
            Text("結案的日期；未結案則空白", "day it was closed; blank until then"),
            also=("結案日", "結案日期"),
        ),
    ),
)
