"""Reports of incidents to the exchange and the authorities: when, to whom, and in what form."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="incident_reports",
    heading="事件通報紀錄",
    row=Text("對一件事件的一次通報", "one report of one incident"),
    shape=Shape.REGISTER,
    key=("report_id", "incident_id"),
    stale_after_months=1,
    columns=(
        Column("report_id", Kind.TEXT, "通報編號", Text("通報的編號", "number of the report"), required=True),
        Column("incident_id", Kind.TEXT, "事件編號", Text("所通報的事件", "the incident reported"), required=True),
        Column(
            "reported_at_us",
            Kind.MOMENT,
            "通報時間",
            Text("通報的時間", "when it was reported"),
            also=("通報日期時間",),
        ),
        Column(
            "recipient",
            Kind.CHOICE,
            "通報對象",
            Text("通報給誰", "to whom"),
            also=("受理單位",),
            choices={
                "reporting_site": Text("證券期貨市場資安通報系統", "the market's security reporting site"),
                "exchange": Text("證交所", "the exchange"),
                "authority": Text("金管會", "the Financial Supervisory Commission"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "in_writing",
            Kind.BOOLEAN,
            "書面通報",
            Text("以書面（含函文）通報", "in writing, by letter included"),
            also=("是否書面",),
        ),
        Column("reporter", Kind.TEXT, "通報人", Text("通報的人員", "who reported it"), also=("通報人員",)),
    ),
)
