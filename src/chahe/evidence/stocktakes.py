"""Stock-takes of the co-location cabinets: what was looked for, and what was found."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="stocktakes",
    heading="共置設備盤點紀錄",
    row=Text("一次盤點中的一件設備或軟體", "one device or program in one stock-take"),
    shape=Shape.REGISTER,
    key=("stocktake_id", "device_id"),
    stale_after_months=6,
    columns=(
        Column("stocktake_id", Kind.TEXT, "盤點編號", Text("盤點的編號", "number of the stock-take"), required=True),
        Column(
            "device_id",
            Kind.NAME,
            "設備編號",
            Text(
                "設備清冊上的編號；清冊上沒有的照實物標籤",
                "its number on the list, or on its label where the list has none",
            ),
            required=True,
            also=("共置設備編號",),
        ),
        Column(
            "counted_on", Kind.DATE, "盤點日", Text("盤點的日子", "day of the count"), required=True, also=("盤點日期",)
        ),
        Column("counter", Kind.TEXT, "盤點人", Text("盤點人員", "who counted"), also=("盤點人員",)),
        Column(
            "found",
            Kind.BOOLEAN,
            "實物在櫃",
            Text("是否在機櫃中找到", "was it there?"),
            also=("是否在櫃",),
        ),
    ),
)
