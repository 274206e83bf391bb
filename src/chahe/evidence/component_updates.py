"""Program versions prepared for updated components, and approved decisions to wait."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="component_updates",
    heading="元件更新備版紀錄",
    row=Text(
        "為一個元件的更新所備的程式版本，或暫緩的決定",
        "a program version prepared for a component's update, or a decision to wait",
    ),
    shape=Shape.REGISTER,
    key=("system", "component", "to_version"),
    stale_after_months=12,
    columns=(
        Column("system", Kind.NAME, "系統名稱", Text("系統", "the system"), required=True, naming=Naming.HOST),
        Column("component", Kind.TEXT, "元件名稱", Text("更新的元件", "the component"), required=True, also=("元件",)),
        Column(
            "to_version",
            Kind.TEXT,
            "更新至版本",
            Text("更新後的元件版本", "the component's new version"),
            required=True,
        ),
        Column("program_version", Kind.TEXT, "對應程式版本", Text("備妥的程式版本", "the program version prepared")),
        Column("prepared_on", Kind.DATE, "備妥日期", Text("備妥的日期", "day it was ready")),
        Column("deferred_until", Kind.DATE, "暫緩至", Text("暫緩更新的最後一天", "last day of waiting")),
        Column("approver", Kind.NAME, "核准人", Text("核准暫緩的人", "who approved to wait"), also=("核准主管",)),
    ),
)
