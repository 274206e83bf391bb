"""Names that people declare to mean one host or one account, where makers write it in several ways."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="identities",
    heading="身分對照表",
    row=Text("一個別名所指的主機或帳號", "the host or account that one other name means"),
    shape=Shape.REGISTER,
    key=("naming", "alias", "name"),
    columns=(
        Column(
            "naming",
            Kind.CHOICE,
            "種類",
            Text("主機（含設備、系統）或帳號", "host (devices and systems, too) or account"),
            required=True,
            also=("類別",),
            choices={"host": Text("主機", "host"), "account": Text("帳號", "account")},
        ),
        Column(
            "alias",
            Kind.NAME,
            "別名",
            Text(
                "日誌或清單所寫的其他名稱、FQDN、位址或 SID",
                "the other name, FQDN, address or SID that logs or lists write",
            ),
            required=True,
            also=("其他名稱",),
        ),
        Column(
            "name",
            Kind.NAME,
            "正式名稱",
            Text("公司對它的稱呼", "what the firm calls it"),
            required=True,
            also=("名稱", "標準名稱"),
        ),
    ),
)
