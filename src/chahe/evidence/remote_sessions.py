"""Remote access as gateways logged it: tunnels and sessions that people opened from outside (OCSF Tunnel Activity)."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="remote_sessions",
    heading="遠端連線紀錄",
    row=Text(
        "閘道器記下的一筆遠端連線：建立、結束，或進行中",
        "one record of a remote session: begun, ended or going on",
    ),
    shape=Shape.LOG,
    key=(),
    time="happened_at_us",
    covered_by="device",
    keep_years=3,
    columns=(
        Column(
            "happened_at_us",
            Kind.MOMENT,
            "紀錄時間",
            Text("紀錄本身的時間；原紀錄沒有時間則空白", "the record's own time; null where it has none"),
        ),
        Column(
            "device",
            Kind.NAME,
            "閘道設備",
            Text("寫下紀錄的閘道器或防火牆", "the gateway or firewall that wrote it"),
            also=("設備名稱", "連線設備"),
            naming=Naming.HOST,
        ),
        Column(
            "phase",
            Kind.CHOICE,
            "階段",
            Text("連線建立、結束，或進行中的更新", "whether the session began, ended or goes on"),
            required=True,
            choices={
                "began": Text("建立", "began"),
                "ended": Text("結束", "ended"),
                "going_on": Text("進行中", "going on"),
            },
        ),
        Column(
            "session_id",
            Kind.TEXT,
            "連線識別",
            Text(
                "設備給這次連線的識別，建立與結束相同", "the device's own identifier, the same at its begin and its end"
            ),
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("連線的使用者帳號", "the account that connected"),
            also=("使用者帳號",),
            naming=Naming.ACCOUNT,
        ),
        Column("account_domain", Kind.NAME, "網域", Text("帳號的網域", "domain of the account")),
        Column(
            "source_address",
            Kind.ADDRESS,
            "來源位址",
            Text("由外部哪個位址連入", "the address outside it came from"),
            also=("來源IP",),
        ),
        Column(
            "source_host",
            Kind.NAME,
            "來源電腦",
            Text("連入的電腦名稱", "name of the computer it came from"),
            naming=Naming.HOST,
        ),
        Column(
            "assigned_address",
            Kind.ADDRESS,
            "配發位址",
            Text("連入後配發的內部位址", "the inside address it was given"),
            also=("內部IP", "配發IP"),
        ),
        Column(
            "began_at_us",
            Kind.MOMENT,
            "連線開始",
            Text(
                "連線開始的時間；結束紀錄由連線長度推算",
                "when the session began; of a record of its end, by the duration it tells",
            ),
            also=("開始時間",),
        ),
        Column(
            "ended_at_us",
            Kind.MOMENT,
            "連線結束",
            Text("連線結束的時間；尚未結束則空白", "when it ended; null while it goes on"),
            also=("結束時間",),
        ),
        Column(
            "bytes_from_client", Kind.INTEGER, "上傳位元組", Text("由連入者送往內部", "bytes from the far end inwards")
        ),
        Column(
            "bytes_to_client", Kind.INTEGER, "下載位元組", Text("由內部送往連入者", "bytes from inside to the far end")
        ),
        Column(
            "technique",
            Kind.NAME,
            "連線方式",
            Text("ssl-vpn、ipsec、globalprotect、openvpn 等", "ssl-vpn, ipsec, globalprotect, openvpn …"),
            also=("連線類型",),
        ),
        Column(
            "profile",
            Kind.TEXT,
            "連線群組",
            Text("設備上的群組、通道或入口名稱", "the device's group, tunnel or portal"),
        ),
        Column("reason", Kind.TEXT, "結束原因", Text("設備所寫的結束原因", "why it ended, as the device wrote it")),
        Column("event_code", Kind.TEXT, "訊息代碼", Text("設備的訊息代碼", "the maker's message id")),
    ),
)
