"""Checks of desks, drawers and belongings of staff for customers' property: what was found, and whose it is."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="property_checks",
    heading="客戶物品抽查紀錄",
    row=Text(
        "一次抽查中一位人員的一件物品；沒有發現的，一位人員一列，物品填無",
        "one item with one person in one check; where nothing was found a row for the person, its item none",
    ),
    shape=Shape.REGISTER,
    key=("check_id", "person_id", "item_no"),
    stale_after_months=6,
    personal=True,
    columns=(
        Column("check_id", Kind.NAME, "抽查編號", Text("抽查的編號", "number of the check"), required=True),
        Column(
            "person_id",
            Kind.NAME,
            "受檢人員編號",
            Text("被抽查的員工", "whose desk was checked, by employee number"),
            required=True,
        ),
        Column(
            "item_no",
            Kind.INTEGER,
            "發現物品序號",
            Text(
                "同一人數件物品的序號；一件或沒有則空白",
                "number among several items of one person; blank for one or none",
            ),
        ),
        Column("checked_on", Kind.DATE, "抽查日期", Text("抽查的日期", "day of the check")),
        Column("inspector_id", Kind.NAME, "抽查人員編號", Text("抽查的員工", "who checked, by employee number")),
        Column(
            "item_kind",
            Kind.CHOICE,
            "發現物品種類",
            Text("發現什麼；沒有發現填無", "what was found; none where nothing was"),
            choices={
                "none": Text("無", "none"),
                "passbook": Text("存摺", "passbook"),
                "seal": Text("印鑑", "seal"),
                "securities": Text("有價證券", "securities"),
                "cash": Text("款項", "money"),
                "statement": Text("對帳單", "statement"),
                "credential": Text("憑證或密碼", "certificate or password"),
                "other": Text("其他物品", "other"),
            },
        ),
        Column(
            "owner_id",
            Kind.NAME,
            "物品客戶編號",
            Text("物品屬於哪位客戶；不知則空白", "the customer it belongs to; blank: not known"),
        ),
        Column(
            "receipt",
            Kind.TEXT,
            "物品收據編號",
            Text("收付中的物品所開的收據", "receipt given for an item on its way through the firm"),
        ),
    ),
)
