"""Projects of development that the firm had done by vendors."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="outsourced_projects",
    heading="委外專案清冊",
    row=Text("一個委外開發專案", "one outsourced project"),
    shape=Shape.REGISTER,
    key=("project_id",),
    stale_after_months=12,
    columns=(
        Column(
            "project_id",
            Kind.TEXT,
            "專案編號",
            Text("專案的編號", "number of the project"),
            required=True,
            also=("委外專案編號",),
        ),
        Column("contract_id", Kind.TEXT, "契約編號", Text("所依據的契約", "the contract it rests on")),
        Column("vendor", Kind.TEXT, "廠商", Text("承作的廠商", "the vendor"), also=("委外廠商",)),
        Column("project_name", Kind.TEXT, "專案名稱", Text("做什麼", "what it is about"), required=True),
        Column(
            "accepted_on",
            Kind.DATE,
            "專案驗收日",
            Text("驗收的日期；尚未驗收則空白", "day it was accepted; blank until then"),
            also=("結案驗收日",),
        ),
    ),
)
