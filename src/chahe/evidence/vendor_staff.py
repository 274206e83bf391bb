"""People of vendors who work on the firm’s systems."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="vendor_staff",
    heading="委外人員名冊",
    row=Text("一位委外人員的一段委任", "one engagement of one vendor's person"),
    shape=Shape.REGISTER,
    key=("person_id", "contract_id"),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "person_id",
            Kind.NAME,
            "人員編號",
            Text("委外人員的編號", "number of the vendor's person"),
            required=True,
            also=("委外人員編號",),
        ),
        Column("name", Kind.TEXT, "姓名", Text("委外人員的姓名", "the person's name")),
        Column(
            "vendor", Kind.TEXT, "廠商", Text("所屬廠商", "the vendor"), required=True, also=("廠商名稱", "委外廠商")
        ),
        Column(
            "contract_id", Kind.TEXT, "契約編號", Text("所依據的契約", "the contract this rests on"), also=("合約編號",)
        ),
        Column(
            "engaged_from", Kind.DATE, "委任起日", Text("委任的第一天", "first day of the engagement"), also=("起日",)
        ),
        Column(
            "engaged_until",
            Kind.DATE,
            "委任迄日",
            Text(
                "委任的最後一天；未定則空白，以契約為準", "last day of the engagement; blank where the contract decides"
            ),
            also=("迄日",),
        ),
    ),
)
