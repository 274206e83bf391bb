"""Changes made in databases, as the databases' own audit recorded them: data, structure, rights, accounts, settings."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="database_changes",
    heading="資料庫異動紀錄",
    row=Text("資料庫稽核的一筆異動紀錄", "one record of a change in a database"),
    shape=Shape.LOG,
    key=(),
    time="happened_at_us",
    covered_by="system",
    keep_years=5,
    columns=(
        Column(
            "happened_at_us",
            Kind.MOMENT,
            "發生時間",
            Text("紀錄本身的時間；原紀錄沒有時間則空白", "the record's own time; null where it has none"),
            also=("異動時間",),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("寫下紀錄的資料庫伺服器", "the database server that wrote it"),
            also=("資料庫主機", "主機"),
        ),
        Column("account", Kind.NAME, "帳號", Text("執行的資料庫帳號", "the database account that did it")),
        Column(
            "system_account",
            Kind.NAME,
            "作業系統帳號",
            Text("連線者在其電腦上的帳號", "the account of the client's operating system"),
        ),
        Column("client_host", Kind.NAME, "來源電腦", Text("由哪部電腦連入", "the computer it came from")),
        Column("client_address", Kind.ADDRESS, "來源位址", Text("由哪個位址連入", "the address it came from")),
        Column("program", Kind.TEXT, "用戶端程式", Text("連線的程式名稱", "the client's program")),
        Column("database_name", Kind.NAME, "資料庫", Text("資料庫名稱", "name of the database")),
        Column(
            "object_name",
            Kind.NAME,
            "物件",
            Text("被異動的資料表、帳號等，含綱要", "the table, account or other object changed, with its schema"),
        ),
        Column(
            "change_kind",
            Kind.CHOICE,
            "異動類別",
            Text("異動的是資料、結構、權限、帳號、設定或稽核", "what was changed"),
            required=True,
            choices={
                "data": Text("資料", "data"),
                "structure": Text("結構", "structure"),
                "rights": Text("權限", "rights"),
                "account": Text("帳號", "accounts"),
                "settings": Text("設定", "settings"),
                "audit": Text("稽核設定", "auditing"),
                "code": Text("執行程式", "code run"),
            },
        ),
        Column("command", Kind.NAME, "指令", Text("如 update、alter table", "as update, alter table")),
        Column(
            "statement",
            Kind.TEXT,
            "指令內容",
            Text("前 500 字，密碼以 … 代替", "its first 500 characters, passwords replaced by …"),
            also=("SQL",),
        ),
        Column(
            "outcome",
            Kind.CHOICE,
            "結果",
            Text("成功或失敗；紀錄不說則空白", "success or failure; null where not said"),
            choices={"success": Text("成功", "success"), "failure": Text("失敗", "failure")},
        ),
        Column("rows_changed", Kind.INTEGER, "異動筆數", Text("異動的資料筆數", "number of rows changed")),
        Column("session_id", Kind.TEXT, "工作階段", Text("工作階段識別", "session identifier")),
        Column("event_code", Kind.TEXT, "事件代碼", Text("資料庫的事件代碼", "the database's event id")),
    ),
)
