"""Contracts with vendors: from when to when."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="contracts",
    heading="委外契約清冊",
    row=Text("一份契約", "one contract"),
    shape=Shape.REGISTER,
    key=("contract_id",),
    stale_after_months=12,
    columns=(
        Column(
            "contract_id",
            Kind.TEXT,
            "契約編號",
            Text("契約的編號", "number of the contract"),
            required=True,
            also=("合約編號",),
        ),
        Column("vendor", Kind.TEXT, "廠商", Text("簽約廠商", "the vendor"), required=True, also=("廠商名稱",)),
        Column("subject", Kind.TEXT, "標的", Text("契約的內容", "what it is about")),
        Column("begins_on", Kind.DATE, "起日", Text("契約的第一天", "first day"), also=("契約起日",)),
        Column("ends_on", Kind.DATE, "迄日", Text("契約的最後一天", "last day"), also=("契約迄日",)),
        Column(
            "document",
            Kind.TEXT,
            "契約文件",
            Text(
                "契約文字載入時的文件名稱；空白表示以契約編號為名",
                "the name under which its text is loaded; blank where that is its number",
            ),
            also=("契約檔名",),
        ),
    ),
)
