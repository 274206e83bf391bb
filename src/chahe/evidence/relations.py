"""Relatives and nominees of the firm's staff, as declared or otherwise known."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="relations",
    heading="員工關係人",
    row=Text("一位員工的一位關係人", "one person related to one employee"),
    shape=Shape.REGISTER,
    key=("person_id", "related_name", "relation"),
    stale_after_months=12,
    personal=True,
    columns=(
        Column(
            "person_id",
            Kind.NAME,
            "員工編號",
            Text("員工的編號", "employee number"),
            required=True,
            also=("工號", "人員編號", "員工代號"),
        ),
        Column("related_name", Kind.TEXT, "關係人姓名", Text("關係人的姓名", "name of the relative"), required=True),
        Column(
            "national_id",
            Kind.TEXT,
            "關係人身分證字號",
            Text("寫法與客戶基本資料相同", "written as on the list of customers"),
        ),
        Column(
            "relation",
            Kind.CHOICE,
            "關係",
            Text("與員工的關係", "how they are related"),
            required=True,
            also=("親屬關係",),
            choices={
                "spouse": Text("配偶", "spouse"),
                "minor_child": Text("未成年子女", "minor child"),
                "child": Text("成年子女", "grown-up child"),
                "parent": Text("父母", "parent"),
                "sibling": Text("兄弟姊妹", "sibling"),
                "cohabitant": Text("同居人", "person who lives with the employee"),
                "nominee": Text("利用其名義之人", "person whose name the employee uses"),
                "other": Text("其他親屬", "other relative"),
            },
        ),
        Column(
            "known_from",
            Kind.CHOICE,
            "資料來源",
            Text("怎麼知道的", "how it is known"),
            choices={
                "declared": Text("員工申報", "declared by the employee"),
                "account_file": Text("開戶資料", "from the file of an account"),
                "household": Text("戶籍資料", "from the household register"),
                "inquiry": Text("查核所得", "found out in an inquiry"),
            },
        ),
        Column(
            "related_from",
            Kind.DATE,
            "關係起日",
            Text("結婚、出生等；不知則空白", "marriage, birth …; blank: not known"),
        ),
        Column("related_until", Kind.DATE, "關係迄日", Text("仍存續則空白", "blank while it lasts")),
    ),
)
