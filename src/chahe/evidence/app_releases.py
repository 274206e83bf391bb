"""Releases of the firm's mobile apps."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="app_releases",
    heading="行動應用程式上架紀錄",
    row=Text("一個 App 的一次上架", "one release of one app"),
    shape=Shape.REGISTER,
    key=("app", "platform", "app_version"),
    stale_after_months=3,
    columns=(
        Column(
            "app",
            Kind.TEXT,
            "App 名稱",
            Text("App 的名稱", "name of the app"),
            required=True,
            also=("行動應用程式名稱",),
        ),
        Column(
            "platform",
            Kind.NAME,
            "App 平台",
            Text("iOS、Android 等", "iOS, Android and so on"),
            required=True,
            also=("作業平台",),
        ),
        Column("app_version", Kind.TEXT, "App 版本", Text("上架的版本", "the version"), required=True),
        Column(
            "released_on",
            Kind.DATE,
            "上架日期",
            Text("上架的日期", "day of its release"),
            required=True,
            also=("上架日",),
        ),
        Column(
            "important",
            Kind.BOOLEAN,
            "重大更新",
            Text(
                "是否更動下單、帳務查詢、身分辨識或客戶權益",
                "does it change orders, account enquiry, identity or customers' rights",
            ),
            also=("是否重大更新",),
        ),
        Column(
            "withdrawn_on",
            Kind.DATE,
            "下架日期",
            Text("整個 App 停止提供的最後一天", "last day on which the app was offered"),
            also=("下架日",),
        ),
    ),
)
