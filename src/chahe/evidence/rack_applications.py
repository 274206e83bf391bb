"""Applications to the exchange to bring equipment into, or take it out of, the co-location room."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="rack_applications",
    heading="共置設備進出申請",
    row=Text("一件設備進出機房的一次申請", "one application for one device to come in or go out"),
    shape=Shape.REGISTER,
    key=("application_id", "device_id"),
    stale_after_months=6,
    columns=(
        Column(
            "application_id",
            Kind.TEXT,
            "進出申請編號",
            Text("主機共置用戶服務系統的申請編號", "its number in the exchange's system for co-location users"),
            required=True,
        ),
        Column(
            "device_id",
            Kind.NAME,
            "設備編號",
            Text("設備清冊上的編號", "its number on the list of equipment"),
            required=True,
            also=("共置設備編號",),
        ),
        Column(
            "direction",
            Kind.CHOICE,
            "進出別",
            Text("進駐或撤出", "in or out"),
            required=True,
            choices={"in": Text("進駐", "in"), "out": Text("撤出", "out")},
        ),
        Column(
            "applied_on", Kind.DATE, "進出申請日", Text("提出申請的日子", "day of the application"), also=("申請日",)
        ),
        Column(
            "approved_on",
            Kind.DATE,
            "進出核准日",
            Text("證交所核准的日子；未核准則空白", "day the exchange approved it; blank while it has not"),
            also=("核准日",),
        ),
    ),
)
