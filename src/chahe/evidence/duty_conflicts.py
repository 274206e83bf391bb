"""Rights that one person may not hold together: the firm's own list of duties that are kept apart."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="duty_conflicts",
    heading="職務分離清冊",
    row=Text("不得由同一人兼有的兩項權限", "two rights that nobody may hold together"),
    shape=Shape.REGISTER,
    key=("right_name", "other_right", "system"),
    stale_after_months=12,
    columns=(
        Column(
            "right_name",
            Kind.NAME,
            "第一項權限",
            Text("群組、角色或權限的名稱", "group, role or privilege"),
            required=True,
            also=("權限甲",),
        ),
        Column(
            "other_right",
            Kind.NAME,
            "第二項權限",
            Text("不得同時持有的另一項", "the other that may not be held with it"),
            required=True,
            also=("權限乙", "互斥權限"),
        ),
        Column(
            "system",
            Kind.NAME,
            "適用系統",
            Text("只在這個系統互斥；空白表示所有系統", "only on this system; blank for all systems together"),
            naming=Naming.HOST,
        ),
        Column("reason", Kind.TEXT, "分離理由", Text("為何要分開", "why they are kept apart")),
    ),
)
