"""Fixes that concern a host, with the day each came out and what was done about it."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="patch_records",
    heading="修補程式紀錄",
    row=Text("一部主機的一個修補程式", "one fix for one host"),
    shape=Shape.REGISTER,
    key=(
        "patch_id",
        "host",
    ),
    stale_after_months=3,
    columns=(
        Column(
            "patch_id",
            Kind.TEXT,
            "修補編號",
            Text("原廠公告或修補程式的編號", "number of the notice or the fix"),
            required=True,
            also=(
                "修補程式編號",
                "公告編號",
            ),
        ),
        Column(
            "host",
            Kind.NAME,
            "主機名稱",
            Text("日誌與清冊所用的主機名稱", "the host, as logs and lists name it"),
            required=True,
            also=("主機",),
            naming=Naming.HOST,
        ),
        Column(
            "product",
            Kind.TEXT,
            "軟體名稱",
            Text("要修補的產品", "the product to be fixed"),
            also=("產品名稱",),
        ),
        Column(
            "severity",
            Kind.CHOICE,
            "修補嚴重程度",
            Text("原廠或公司評定的嚴重程度", "how grave, by the maker or the firm"),
            also=("嚴重程度",),
            choices={
                "critical": Text("嚴重", "critical"),
                "high": Text("高", "high"),
                "medium": Text("中", "medium"),
                "low": Text("低", "low"),
            },
        ),
        Column(
            "published_on",
            Kind.DATE,
            "發布日",
            Text("修補程式發布的日期", "day the fix came out"),
            also=(
                "公告日期",
                "發布日期",
            ),
        ),
        Column(
            "applied_on",
            Kind.DATE,
            "安裝日",
            Text("安裝完成的日期；尚未安裝則空白", "day it was applied; blank until then"),
            also=("修補完成日",),
        ),
        Column(
            "deferred_until",
            Kind.DATE,
            "暫緩至",
            Text("核准暫緩安裝的最後一天", "last day to which it may wait"),
        ),
        Column(
            "approver",
            Kind.TEXT,
            "暫緩核准人",
            Text("核准暫緩的主管", "who approved the wait"),
        ),
        Column(
            "reason",
            Kind.TEXT,
            "暫緩理由",
            Text("暫緩的理由與替代措施", "why it waits, and what is done instead"),
        ),
    ),
)
