"""The firewalls a firm runs: the list that firewall controls take as their population."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="firewalls",
    heading="防火牆清冊",
    row=Text("一部防火牆", "one firewall"),
    shape=Shape.REGISTER,
    key=("device",),
    stale_after_months=12,
    columns=(
        Column(
            "device",
            Kind.NAME,
            "設備名稱",
            Text("日誌中的設備名稱", "the name the device writes in its log"),
            required=True,
            also=("防火牆名稱", "主機名稱"),
            naming=Naming.HOST,
        ),
        Column(
            "serial_number",
            Kind.NAME,
            "序號",
            Text("設備序號；日誌以序號自稱時用它比對", "serial number; matches logs that name the device by it"),
            also=("設備序號",),
        ),
        Column("vendor", Kind.TEXT, "廠牌", Text("廠牌與型號", "make and model")),
        Column("site", Kind.TEXT, "設置地點", Text("機房或主機共置機櫃", "room or co-location cabinet")),
        Column(
            "in_service_on",
            Kind.DATE,
            "啟用日",
            Text("開始使用的日期", "first day of service"),
            required=True,
            also=("啟用日期", "上線日"),
        ),
        Column(
            "retired_on",
            Kind.DATE,
            "停用日",
            Text("最後使用的日期；仍在使用則空白", "last day of service; blank while in use"),
            also=("停用日期", "除役日"),
        ),
        Column("owner", Kind.TEXT, "負責人", Text("負責單位或人員", "who is responsible")),
    ),
)
