"""Entries to machine rooms as the door system recorded them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="door_events",
    heading="機房門禁進出紀錄",
    row=Text("一次刷卡或進入", "one use of the door"),
    shape=Shape.LOG,
    key=(),
    time="entered_at_us",
    covered_by="room",
    keep_years=3,
    personal=True,
    columns=(
        Column(
            "entered_at_us", Kind.MOMENT, "進出時間", Text("刷卡的時間", "when the door was used"), also=("刷卡時間",)
        ),
        Column("room", Kind.NAME, "進入機房", Text("機房或機櫃區", "machine room or cage"), also=("門禁點",)),
        Column(
            "person_id",
            Kind.NAME,
            "進入人員編號",
            Text("刷卡的人；沒有記下則空白", "who; blank where not recorded"),
            also=("刷卡人編號",),
        ),
        Column(
            "admitted",
            Kind.BOOLEAN,
            "准許進入",
            Text("門是否開了；沒有記下則空白", "did the door open; blank where not recorded"),
            also=("是否開門",),
        ),
    ),
)
