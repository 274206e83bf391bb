"""What firewalls logged: sessions let through or refused, and their own events (OCSF Network Activity)."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="firewall_events",
    heading="防火牆日誌",
    row=Text("防火牆的一筆紀錄", "one record of a firewall"),
    shape=Shape.LOG,
    key=(),
    time="happened_at_us",
    covered_by="device",
    keep_years=3,
    columns=(
        Column(
            "happened_at_us",
            Kind.MOMENT,
            "發生時間",
            Text("紀錄本身的時間；原紀錄沒有時間則空白", "the record's own time; null where it has none"),
        ),
        Column(
            "device", Kind.NAME, "設備名稱", Text("寫下紀錄的防火牆", "the firewall that wrote it"), naming=Naming.HOST
        ),
        Column("device_serial", Kind.NAME, "設備序號", Text("紀錄所載序號", "serial number in the record")),
        Column(
            "event_kind",
            Kind.CHOICE,
            "紀錄類別",
            Text("流量、威脅、管理、系統", "traffic, threat, administration, system"),
            choices={
                "traffic": Text("流量", "traffic"),
                "threat": Text("威脅", "threat"),
                "admin": Text("管理", "administration"),
                "vpn": Text("遠端連線", "remote access"),
                "system": Text("系統", "system"),
            },
        ),
        Column(
            "action",
            Kind.CHOICE,
            "處置",
            Text("放行或拒絕", "let through or refused"),
            choices={"allow": Text("放行", "allow"), "deny": Text("拒絕", "deny"), "other": Text("其他", "other")},
        ),
        Column("action_written", Kind.TEXT, "處置原文", Text("設備所寫的處置", "the action as the device wrote it")),
        Column("source_address", Kind.ADDRESS, "來源位址", Text("來源 IP", "source IP")),
        Column("source_port", Kind.INTEGER, "來源埠", Text("來源連接埠", "source port")),
        Column("destination_address", Kind.ADDRESS, "目的位址", Text("目的 IP", "destination IP")),
        Column("destination_port", Kind.INTEGER, "目的埠", Text("目的連接埠", "destination port")),
        Column(
            "protocol",
            Kind.NAME,
            "協定",
            Text("IANA 協定名稱（小寫）；未知則為號碼", "IANA protocol name in lower case, or its number"),
        ),
        Column("bytes_sent", Kind.INTEGER, "送出位元組", Text("由來源送往目的", "bytes from source to destination")),
        Column(
            "bytes_received", Kind.INTEGER, "收到位元組", Text("由目的送往來源", "bytes from destination to source")
        ),
        Column("account", Kind.NAME, "使用者", Text("紀錄所載使用者", "user in the record"), naming=Naming.ACCOUNT),
        Column("rule", Kind.TEXT, "規則", Text("規則編號或名稱", "rule number or name")),
        Column("event_code", Kind.TEXT, "訊息代碼", Text("設備的訊息代碼", "the maker's message id")),
    ),
)
