"""Sign-ins and uses of privilege as systems logged them (OCSF Authentication)."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="auth_events",
    heading="登入與權限使用日誌",
    row=Text("系統的一筆登入或權限使用紀錄", "one record of a sign-in or a use of privilege"),
    shape=Shape.LOG,
    key=(),
    time="happened_at_us",
    covered_by="host",
    keep_years=3,
    columns=(
        Column(
            "happened_at_us",
            Kind.MOMENT,
            "發生時間",
            Text("紀錄本身的時間；原紀錄沒有時間則空白", "the record's own time; null where it has none"),
        ),
        Column("host", Kind.NAME, "主機", Text("寫下紀錄的主機", "the host that wrote it"), naming=Naming.HOST),
        Column(
            "activity",
            Kind.CHOICE,
            "動作",
            Text("登入、登出、使用權限、帳號異動", "what was done"),
            required=True,
            choices={
                "logon": Text("登入", "sign-in"),
                "logoff": Text("登出", "sign-off"),
                "privilege_use": Text("使用權限", "use of privilege"),
                "account_change": Text("帳號異動", "change of an account"),
                "log_cleared": Text("清除日誌", "log cleared"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "outcome",
            Kind.CHOICE,
            "結果",
            Text("成功或失敗；紀錄不說則空白", "success or failure; null where not said"),
            choices={"success": Text("成功", "success"), "failure": Text("失敗", "failure")},
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("登入或動手的帳號", "the account that signed in or acted"),
            naming=Naming.ACCOUNT,
        ),
        Column("account_domain", Kind.NAME, "網域", Text("帳號的網域", "domain of the account")),
        Column(
            "target_account",
            Kind.NAME,
            "對象帳號",
            Text("切換成的或被異動的帳號", "the account switched to, or changed"),
            naming=Naming.ACCOUNT,
        ),
        Column(
            "source_host",
            Kind.NAME,
            "來源電腦",
            Text("由哪部電腦連入", "the computer it came from"),
            naming=Naming.HOST,
        ),
        Column("source_address", Kind.ADDRESS, "來源位址", Text("由哪個位址連入", "the address it came from")),
        Column("source_port", Kind.INTEGER, "來源埠", Text("來源連接埠", "source port")),
        Column(
            "local_console",
            Kind.BOOLEAN,
            "本機操作",
            Text("在主機本身的終端或主控台操作（終端名稱可為電腦識別）", "done at the host's own terminal or console"),
        ),
        Column(
            "method",
            Kind.NAME,
            "驗證方式",
            Text("password、publickey、certificate、otp 等", "password, publickey, certificate, otp …"),
        ),
        Column("service", Kind.NAME, "服務", Text("sshd、sudo、windows 等", "sshd, sudo, windows …")),
        Column("session_id", Kind.TEXT, "工作階段", Text("工作階段識別", "session identifier")),
        Column("event_code", Kind.TEXT, "事件代碼", Text("系統的事件代碼", "the system's event id")),
    ),
)
