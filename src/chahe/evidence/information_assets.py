"""Information assets with their class and the label they bear."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="information_assets",
    heading="資訊資產清冊",
    row=Text("一項資訊資產", "one information asset"),
    shape=Shape.REGISTER,
    key=("asset_id",),
    stale_after_months=12,
    columns=(
        Column("asset_id", Kind.TEXT, "資產編號", Text("資產的編號", "number of the asset"), required=True),
        Column("name", Kind.TEXT, "資產名稱", Text("資產的名稱", "name of the asset"), required=True),
        Column(
            "kind",
            Kind.TEXT,
            "資產類別",
            Text("文件、資料庫、設備等", "document, database, equipment and the like"),
            also=("資產種類",),
        ),
        Column(
            "owner",
            Kind.TEXT,
            "資產保管人",
            Text("負責的人或單位", "the person or unit responsible"),
            also=("保管人", "權責單位", "資產擁有者"),
        ),
        Column(
            "classified_as",
            Kind.TEXT,
            "資訊分級",
            Text("依公司分級規範所定的等級", "its class under the firm's rules"),
            also=("機密等級", "資產分級", "分級"),
        ),
        Column(
            "label",
            Kind.TEXT,
            "標示等級",
            Text(
                "資產上實際標示的等級；沒有標示則空白", "the class the asset is labelled with; blank if it bears none"
            ),
            also=("標示", "分級標示"),
        ),
        Column(
            "listed_on",
            Kind.DATE,
            "登錄日",
            Text("列入清冊的日期", "day it was put on the list"),
            also=("登錄日期", "建檔日"),
        ),
        Column(
            "disposed_on",
            Kind.DATE,
            "報廢日",
            Text("最後保有的日期；仍保有則空白", "last day it was held; blank while held"),
            also=("報廢日期", "銷毀日", "除帳日"),
        ),
    ),
)
