"""What stands or runs in the firm’s co-location cabinets: hardware and software, whose it is, who manages and who uses it."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

PARTIES = {
    "firm": Text("公司", "the firm"),
    "lessor": Text("出租人", "lessor"),
    "vendor": Text("廠商", "vendor"),
    "affiliate": Text("關係企業", "affiliate"),
    "customer": Text("客戶", "customer"),
    "exchange": Text("證交所", "the exchange"),
    "other": Text("其他第三人", "another third party"),
}
"""Whose a thing is, who manages it, or who uses it."""

table = Table(
    name="rack_equipment",
    heading="共置機櫃設備清冊",
    row=Text("機櫃中的一件設備或一套軟體", "one device, or one program, in a cabinet"),
    shape=Shape.REGISTER,
    key=("device_id", "installed_on"),
    stale_after_months=6,
    columns=(
        Column(
            "device_id",
            Kind.NAME,
            "設備編號",
            Text("設備或軟體的編號", "number of the device or program"),
            required=True,
            also=("共置設備編號",),
        ),
        Column(
            "name", Kind.TEXT, "品名", Text("設備或軟體的名稱", "what it is"), required=True, also=("設備或軟體名稱",)
        ),
        Column(
            "item_kind",
            Kind.CHOICE,
            "軟硬體別",
            Text("硬體或軟體", "hardware or software"),
            choices={"hardware": Text("硬體", "hardware"), "software": Text("軟體", "software")},
        ),
        Column("cabinet", Kind.TEXT, "機櫃", Text("機櫃與位置", "cabinet and place in it"), also=("機櫃編號",)),
        Column("serial", Kind.TEXT, "產品序號", Text("硬體的序號", "serial number of hardware"), also=("序號",)),
        Column(
            "system",
            Kind.NAME,
            "所屬系統",
            Text("屬於資訊系統清冊上的哪個系統", "the system on the list of systems it belongs to"),
            naming=Naming.HOST,
        ),
        Column(
            "owned_by",
            Kind.CHOICE,
            "所有人",
            Text(
                "公司所有或取得授權者填公司；租用填出租人",
                "the firm for what it owns or holds a licence of; the lessor for what it leases",
            ),
            also=("所有權人",),
            choices=PARTIES,
        ),
        Column(
            "managed_by",
            Kind.CHOICE,
            "管理人",
            Text(
                "由誰操作與維護；公司委託廠商並有契約者填公司",
                "who runs it; the firm, where a vendor does so for the firm under contract",
            ),
            also=("管理者",),
            choices=PARTIES,
        ),
        Column(
            "used_by",
            Kind.CHOICE,
            "使用人",
            Text("供誰使用", "whom it serves"),
            also=("使用者",),
            choices=PARTIES,
        ),
        Column(
            "party",
            Kind.TEXT,
            "他人名稱",
            Text("所有、管理或使用的他人", "the other party's name"),
            also=("第三人名稱",),
        ),
        Column(
            "shared_approval",
            Kind.TEXT,
            "共用機櫃核准文號",
            Text("依第15條共用機櫃的核准文號", "number of the approval to share the cabinet (Art. 15)"),
            also=("共用核准文號",),
        ),
        Column(
            "installed_on",
            Kind.DATE,
            "進駐日",
            Text("放入機櫃的日子", "day it came in"),
            required=True,
            also=("進櫃日",),
        ),
        Column(
            "removed_on",
            Kind.DATE,
            "撤出日",
            Text("移出的日子；仍在則空白", "day it went out; blank while it is there"),
            also=("退櫃日",),
        ),
    ),
)
