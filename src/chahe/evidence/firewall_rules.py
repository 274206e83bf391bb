"""The rules a firewall enforces, as listed on a day."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="firewall_rules",
    heading="防火牆規則",
    row=Text("一條規則", "one rule"),
    shape=Shape.SNAPSHOT,
    key=("device", "policy", "rule"),
    stale_after_months=12,
    columns=(
        Column(
            "device",
            Kind.NAME,
            "設備名稱",
            Text("日誌中的設備名稱", "the firewall, as its log names it"),
            required=True,
            also=("防火牆名稱",),
            naming=Naming.HOST,
        ),
        Column(
            "rule", Kind.TEXT, "規則", Text("規則編號或名稱", "rule number or name"), required=True, also=("規則編號",)
        ),
        Column("enabled", Kind.BOOLEAN, "啟用", Text("規則是否生效", "is the rule in force")),
        Column(
            "action",
            Kind.CHOICE,
            "處置",
            Text(
                "放行或拒絕；只轉往其他規則或只記錄者為續行",
                "let through or refused; `continue` where the rule only logs, or hands on to other rules",
            ),
            choices={
                "allow": Text("放行", "allow"),
                "deny": Text("拒絕", "deny"),
                "continue": Text("續行", "continue"),
            },
        ),
        Column("source", Kind.TEXT, "來源", Text("來源位址或物件", "source addresses or objects")),
        Column("destination", Kind.TEXT, "目的", Text("目的位址或物件", "destination addresses or objects")),
        Column("service", Kind.TEXT, "服務", Text("協定與連接埠", "protocols and ports")),
        Column(
            "changed_on",
            Kind.DATE,
            "最後異動日",
            Text("規則最後一次異動的日期", "day the rule was last changed"),
            also=("異動日期",),
        ),
        Column("purpose", Kind.TEXT, "用途", Text("規則的用途", "what the rule is for")),
        Column(
            "policy",
            Kind.TEXT,
            "規則集",
            Text(
                "規則所在的政策、ACL 或鏈；有 VDOM、vsys、設備群組者寫在斜線前",
                "the policy, ACL or chain the rule stands in, after its VDOM, vsys or device group and a slash",
            ),
            also=("政策名稱", "ACL 名稱"),
        ),
        Column(
            "position",
            Kind.INTEGER,
            "順序",
            Text("規則在規則集中的順序，自 1 起", "place in the policy, from 1"),
            also=("規則順序", "序號"),
        ),
        Column("rule_name", Kind.TEXT, "規則名稱", Text("規則的名稱", "the rule's name, where `rule` is its number")),
        Column(
            "rule_uid",
            Kind.TEXT,
            "規則識別碼",
            Text("設備給規則的識別碼（日誌也記載者）", "the device's own identifier of the rule, as its log gives it"),
        ),
        Column(
            "source_zone",
            Kind.TEXT,
            "來源介面",
            Text("來源介面或區域；any 為不限", "source interfaces or zones; `any` for all"),
            also=("來源區域",),
        ),
        Column(
            "destination_zone",
            Kind.TEXT,
            "目的介面",
            Text("目的介面或區域；any 為不限", "destination interfaces or zones; `any` for all"),
            also=("目的區域",),
        ),
        Column(
            "source_addresses",
            Kind.TEXT,
            "來源位址",
            Text(
                "物件展開後的來源位址，以空白分隔：CIDR、起-迄；fqdn:、geo:、dynamic: 等照名稱；unknown: 為無法展開",
                "source objects expanded, blank-parted: CIDR or a-b; fqdn:, geo:, dynamic: and the like by name; unknown: could not be expanded",
            ),
        ),
        Column(
            "destination_addresses",
            Kind.TEXT,
            "目的位址",
            Text(
                "物件展開後的目的位址，寫法同來源位址；對外映射（VIP）者為映射前的位址",
                "destination objects expanded likewise; of a published (VIP) object, the address before translation",
            ),
        ),
        Column(
            "mapped_addresses",
            Kind.TEXT,
            "轉譯後位址",
            Text(
                "目的位址轉譯（DNAT、VIP）後實際到達的位址；規則在轉譯之後才比對的設備，目的位址已是實際位址，此欄空白",
                "where destination translation (DNAT, VIP) leads; blank on firewalls that match rules after translation, whose destinations are the real ones",
            ),
        ),
        Column(
            "mapped_services",
            Kind.TEXT,
            "轉譯後服務",
            Text("轉譯後的協定與連接埠；空白為不變", "protocols and ports after translation; blank where unchanged"),
        ),
        Column(
            "services",
            Kind.TEXT,
            "服務展開",
            Text(
                "展開後的服務，以空白分隔，例如 tcp/443 udp/5000-5010 icmp/8 any；冒號後為來源埠",
                "services expanded, blank-parted: tcp/443 udp/5000-5010 icmp/8 any; source ports after a colon",
            ),
        ),
        Column(
            "source_any",
            Kind.BOOLEAN,
            "來源不限",
            Text("展開後真的是任何位址；空白為無法判定", "really any address once expanded; blank where undetermined"),
        ),
        Column(
            "destination_any",
            Kind.BOOLEAN,
            "目的不限",
            Text("展開後真的是任何位址；空白為無法判定", "really any address once expanded; blank where undetermined"),
        ),
        Column(
            "service_any",
            Kind.BOOLEAN,
            "服務不限",
            Text(
                "展開後真的是任何協定、連接埠與應用程式；空白為無法判定",
                "really any protocol, port and application once expanded; blank where undetermined",
            ),
        ),
        Column(
            "applications",
            Kind.TEXT,
            "應用程式",
            Text("規則限定的應用程式；any 為不限", "applications the rule is limited to; `any` for all"),
        ),
        Column("users", Kind.TEXT, "使用者", Text("規則限定的使用者或群組", "users or groups the rule is limited to")),
        Column(
            "conditions",
            Kind.TEXT,
            "其他條件",
            Text(
                "使規則範圍更小的其他條件（連線狀態、速率、時段、URL 類別等）",
                "whatever else narrows the rule: connection state, rate, hours, URL category",
            ),
        ),
        Column(
            "goes_to",
            Kind.TEXT,
            "轉往",
            Text("續行時轉往的鏈或規則層", "the chain or layer that a `continue` hands on to"),
        ),
        Column("schedule", Kind.TEXT, "時段", Text("時段物件的名稱", "the schedule by name"), also=("排程",)),
        Column(
            "starts_on",
            Kind.DATE,
            "生效日",
            Text("規則開始生效的日期", "day from which the rule holds"),
            also=("生效日期",),
        ),
        Column(
            "expires_on",
            Kind.DATE,
            "到期日",
            Text("規則最後一天有效的日期", "last day on which the rule holds"),
            also=("到期日期", "有效期限"),
        ),
        Column("logged", Kind.BOOLEAN, "記錄日誌", Text("符合規則時是否記錄日誌", "is a match of the rule logged")),
        Column(
            "hit_count",
            Kind.INTEGER,
            "命中次數",
            Text("設備計算的符合次數", "matches the device counted"),
        ),
        Column(
            "last_hit_on",
            Kind.DATE,
            "最後命中日",
            Text("最後一次符合的日期", "day of the last match"),
        ),
        Column(
            "owner", Kind.TEXT, "申請單位", Text("規則的權責人或單位", "who answers for the rule"), also=("規則權責人",)
        ),
        Column("comment", Kind.TEXT, "規則註解", Text("設備上的註解", "the comment on the device")),
        Column("tags", Kind.TEXT, "標籤", Text("設備上的標籤", "tags on the device")),
        Column("created_on", Kind.DATE, "規則建立日", Text("規則建立的日期", "day the rule was made")),
        Column(
            "changed_by",
            Kind.NAME,
            "異動人員",
            Text("最後異動規則的帳號", "account that last changed the rule"),
        ),
    ),
)
