"""Which person an account belongs to."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="account_holders",
    heading="帳號歸屬",
    row=Text("一個帳號歸屬的一個人", "one person to whom an account belongs"),
    shape=Shape.REGISTER,
    key=("system", "account", "person_id"),
    stale_after_months=6,
    personal=True,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("帳號所在的系統", "the system the account is on"),
            required=True,
            also=("主機名稱", "系統"),
            naming=Naming.HOST,
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("登入識別碼", "the sign-in identifier"),
            required=True,
            also=("使用者帳號",),
            naming=Naming.ACCOUNT,
        ),
        Column(
            "person_id",
            Kind.NAME,
            "人員編號",
            Text(
                "員工編號、委外人員編號；系統服務帳號填負責人",
                "employee or vendor staff number; for service accounts the person responsible",
            ),
            required=True,
            also=("員工編號", "工號", "使用人編號"),
        ),
        Column(
            "holder_kind",
            Kind.CHOICE,
            "使用者類別",
            Text("誰使用這個帳號", "who uses it"),
            required=True,
            also=("類別",),
            choices={
                "staff": Text("員工", "staff"),
                "vendor": Text("委外人員", "vendor"),
                "customer": Text("客戶", "customer"),
                "service": Text("系統服務", "service"),
                "shared": Text("共用", "shared"),
            },
        ),
    ),
)
