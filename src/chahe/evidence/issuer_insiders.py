"""Insiders of listed companies, with the spouses, minor children and nominees whose holdings count as theirs."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="issuer_insiders",
    heading="上市公司內部人",
    row=Text(
        "一家公司的一位內部人，或其一位關係人", "one insider of a company, or one person who counts with an insider"
    ),
    shape=Shape.REGISTER,
    key=("symbol", "national_id", "insider_national_id", "role"),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "symbol",
            Kind.TEXT,
            "公司代號",
            Text("公司的證券代號", "the company, by its code"),
            required=True,
            also=("證券代號",),
        ),
        Column(
            "national_id",
            Kind.TEXT,
            "身分證字號",
            Text("寫法與客戶基本資料相同", "written as on the list of customers"),
            required=True,
            also=("統一編號", "身分證統一編號"),
        ),
        Column(
            "name", Kind.TEXT, "姓名", Text("姓名或公司名稱", "name of the person or company"), also=("內部人姓名",)
        ),
        Column(
            "role",
            Kind.CHOICE,
            "內部人身分",
            Text(
                "董監、經理人、大股東，或其配偶、未成年子女、利用名義人",
                "an insider in his own right, or counted with one",
            ),
            required=True,
            also=("職稱",),
            choices={
                "director": Text("董事", "director"),
                "supervisor": Text("監察人", "supervisor"),
                "manager": Text("經理人", "manager"),
                "major_shareholder": Text("持股逾百分之十股東", "shareholder of more than ten per cent"),
                "spouse": Text("配偶", "spouse"),
                "minor_child": Text("未成年子女", "minor child"),
                "nominee": Text("利用其名義之人", "person whose name is used"),
            },
        ),
        Column(
            "insider_national_id",
            Kind.TEXT,
            "所屬內部人身分證字號",
            Text(
                "與哪一位內部人合併計算；本人則空白",
                "the insider whose holdings include these; blank: the insider's own",
            ),
        ),
        Column(
            "insider_from",
            Kind.DATE,
            "內部人起日",
            Text("就任日等；不知則空白", "first day; blank: not known"),
            also=("就任日",),
        ),
        Column(
            "insider_until",
            Kind.DATE,
            "內部人迄日",
            Text("最後一日；仍在任則空白", "last day; blank while it lasts"),
            also=("解任日",),
        ),
    ),
)
