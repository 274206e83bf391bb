"""The register of files that hold personal data: why they are held, who answers for them, and when they are deleted."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="personal_data_files",
    heading="個人資料檔案清冊",
    row=Text("一個（或一個資料夾的）個人資料檔案", "one file of personal data, or one folder of them"),
    shape=Shape.REGISTER,
    key=("path",),
    stale_after_months=12,
    columns=(
        Column(
            "path",
            Kind.TEXT,
            "個資檔案位置",
            Text(
                "檔名，或路徑的末段；以 / 結尾表示整個資料夾",
                "the file's name or the end of its path; with a / at its end, a whole folder",
            ),
            required=True,
            also=("個資檔案名稱", "個人資料檔案"),
        ),
        Column("purpose", Kind.TEXT, "特定目的", Text("蒐集與保有的目的", "why the data are held"), also=("蒐集目的",)),
        Column("owner", Kind.TEXT, "檔案保管人", Text("負責的人", "who answers for it"), also=("個資管理人",)),
        Column(
            "delete_by",
            Kind.DATE,
            "刪除期限",
            Text("最遲在哪一天刪除", "the day by which it is deleted"),
            also=("保存期限", "預定刪除日"),
        ),
        Column(
            "deleted_on",
            Kind.DATE,
            "實際刪除日",
            Text("已刪除的日期；仍保有則空白", "the day it was deleted; blank while it is held"),
            also=("刪除日期", "銷毀日期"),
        ),
    ),
)
