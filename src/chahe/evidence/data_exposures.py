"""Personal data found in the raw files: how much of which kind in which file, and where the first stand; never the data."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

PERSONAL_DATA = {
    "national_id": Text("國民身分證統一編號", "national ID"),
    "resident_id": Text("外來人口統一證號", "resident certificate number"),
    "mobile": Text("行動電話", "mobile phone"),
    "landline": Text("市內電話", "landline phone"),
    "card": Text("信用卡號", "payment card"),
    "bank_account": Text("銀行帳號", "bank account"),
    "trading_account": Text("證券交易帳號", "trading account"),
    "address_with_name": Text("姓名與住址", "name with address"),
}
"""The kinds of personal data that are looked for."""

table = Table(
    name="data_exposures",
    heading="個人資料掃描結果",
    row=Text(
        "一個檔案裡的一種個人資料；沒有找到或無法掃描的檔案也有一列",
        "one kind of personal data in one file; a file where none was found, or that could not be scanned, has one row, too",
    ),
    shape=Shape.DERIVED,
    key=("path", "kind"),
    keep_years=5,
    columns=(
        Column("path", Kind.TEXT, "檔案", Text("讀取的檔案", "the file that was read"), required=True),
        Column(
            "state",
            Kind.CHOICE,
            "掃描結果",
            Text("找到、沒有找到、無法掃描", "found, none found, could not be scanned"),
            required=True,
            choices={
                "found": Text("找到", "found"),
                "clean": Text("沒有找到", "none found"),
                "unscanned": Text("無法掃描", "not scanned"),
            },
        ),
        Column(
            "kind",
            Kind.CHOICE,
            "個人資料種類",
            Text("找到的種類；沒有則空白", "the kind found; null where none was"),
            choices=PERSONAL_DATA,
        ),
        Column("found", Kind.INTEGER, "筆數", Text("找到幾筆", "how many were found"), required=True),
        Column(
            "places",
            Kind.TEXT,
            "位置",
            Text("前幾筆的行與欄，或工作表與儲存格", "line and column, or sheet and cell, of the first few"),
        ),
        Column(
            "sample",
            Kind.TEXT,
            "遮罩樣本",
            Text("第一筆的遮罩形式；原值不留", "the first in a masked form; its value is not kept"),
        ),
        Column(
            "trading_record",
            Kind.BOOLEAN,
            "交易紀錄",
            Text(
                "檔案是依規定必須載明帳號的委託或成交紀錄",
                "the file is an order or trade record, which must name the account",
            ),
            required=True,
        ),
        Column("second_row", Kind.TEXT, "第二筆", Text("第二筆的 row_id", "row_id of the second")),
        Column("third_row", Kind.TEXT, "第三筆", Text("第三筆的 row_id", "row_id of the third")),
    ),
)
