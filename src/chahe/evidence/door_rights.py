"""Who may enter which machine room, and from when to when."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="door_rights",
    heading="機房門禁權限清冊",
    row=Text("一個人進入一間機房的權限", "one person's right to enter one machine room"),
    shape=Shape.REGISTER,
    key=("room", "person_id", "granted_on"),
    stale_after_months=6,
    personal=True,
    columns=(
        Column(
            "room", Kind.NAME, "機房名稱", Text("機房或機櫃區", "machine room or cage"), required=True, also=("機房",)
        ),
        Column(
            "person_id",
            Kind.NAME,
            "門禁人員編號",
            Text("員工或委外人員的編號", "employee or vendor staff number"),
            required=True,
            also=("持卡人編號",),
        ),
        Column("granted_on", Kind.DATE, "門禁授權日", Text("權限生效日", "first day of the right"), also=("授權日",)),
        Column(
            "revoked_on",
            Kind.DATE,
            "門禁註銷日",
            Text("權限的最後一日；仍有效則空白", "last day of the right; blank while it holds"),
            also=("註銷日",),
        ),
    ),
)
