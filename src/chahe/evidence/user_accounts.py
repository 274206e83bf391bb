"""Accounts that exist on a system, as listed on a day (OCSF User)."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="user_accounts",
    heading="使用者帳號",
    row=Text("一個系統上的一個帳號", "one account on one system"),
    shape=Shape.SNAPSHOT,
    key=("system", "account"),
    covered_by="system",
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("帳號所在的系統、主機或網域", "the system, host or domain the account is on"),
            required=True,
            also=("主機名稱", "系統"),
            naming=Naming.HOST,
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("登入所用的識別碼", "the identifier used to sign in"),
            required=True,
            also=("使用者帳號", "帳號名稱", "使用者名稱"),
            naming=Naming.ACCOUNT,
        ),
        Column(
            "display_name",
            Kind.TEXT,
            "姓名或說明",
            Text("帳號的姓名或說明", "full name or description"),
            also=("姓名", "說明"),
        ),
        Column(
            "sid",
            Kind.NAME,
            "SID",
            Text("Windows 的安全識別碼", "security identifier (Windows)"),
            also=("安全識別碼",),
        ),
        Column(
            "holder_kind",
            Kind.CHOICE,
            "使用者類別",
            Text("誰使用這個帳號；來源不說則空白", "who uses it; null where the source does not say"),
            choices={
                "staff": Text("員工", "staff"),
                "vendor": Text("委外人員", "vendor"),
                "customer": Text("客戶", "customer"),
                "service": Text("系統服務", "service"),
                "shared": Text("共用", "shared"),
            },
        ),
        Column("enabled", Kind.BOOLEAN, "啟用", Text("帳號是否可登入", "can it sign in"), also=("是否啟用", "狀態")),
        Column(
            "created_on",
            Kind.DATE,
            "建立日",
            Text("帳號建立的日期", "day the account was made"),
            also=("建立日期",),
            lasting=True,
        ),
        Column(
            "expires_on",
            Kind.DATE,
            "到期日",
            Text("帳號最後有效的日期", "last day the account is valid"),
            also=("帳號到期日",),
        ),
        Column(
            "password_changed_on",
            Kind.DATE,
            "密碼變更日",
            Text("最後一次變更密碼的日期", "day the password was last changed"),
            also=("密碼最後變更日", "最近密碼變更日期"),
        ),
        Column(
            "password_never_changed",
            Kind.BOOLEAN,
            "從未變更密碼",
            Text("建立後從未變更密碼", "the password was never changed since creation"),
        ),
        Column(
            "password_required", Kind.BOOLEAN, "需要密碼", Text("登入是否需要密碼", "is a password needed to sign in")
        ),
        Column(
            "password_login",
            Kind.BOOLEAN,
            "可用密碼登入",
            Text("密碼未鎖定、可用來登入", "a password is set and not locked"),
        ),
        Column(
            "last_used_at_us",
            Kind.MOMENT,
            "最後登入時間",
            Text("系統記下的最後登入時間", "last sign-in as the system keeps it"),
            also=("最後登入",),
        ),
    ),
)
