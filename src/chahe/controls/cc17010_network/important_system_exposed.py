"""Important systems that firewalls let the outside reach beyond the services they are declared to offer."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.address_translations import table as address_translations
from chahe.evidence.declared_services import table as declared_services
from chahe.evidence.exposures import table as exposures
from chahe.evidence.firewall_rules import table as firewall_rules
from chahe.evidence.network_zones import table as network_zones
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.rules.citations import IMPORTANT_SYSTEMS_BEHIND_FIREWALL, NETWORK_SECURITY_ASSESSED
from chahe.wording import Text

control = Control(
    id="important-system-exposed",
    title=Text("重要系統對外開放超出核准的服務", "Important system reachable beyond its declared services"),
    question=Text(
        "依防火牆規則與位址轉譯推算，外部能到達每個重要系統的哪些服務？是否都在核准的對外服務清冊內？",
        "By the firewalls' rules and translations, which services of each important system can the outside reach, and are they all declared and approved?",
    ),
    cites=(IMPORTANT_SYSTEMS_BEHIND_FIREWALL, NETWORK_SECURITY_ASSESSED),
    deck=("共置-方向",),
    needs=(
        Need(table=systems),
        Need(table=system_hosts),
        Need(table=firewall_rules),
        Need(table=declared_services, excuses=True),
        Need(table=network_zones, optional=True, excuses=True),
        Need(table=address_translations, optional=True),
        Need(table=exposures),
    ),
    blind_spots=(
        Text(
            "只由規則推算，不知路由與其他設備的阻擋；沒有匹配的規則時視為拒絕。先後關係只在同一規則集內計算；使用者、時段等其他條件不視為縮小範圍。",
            "Worked out of rules alone: routing, and what other devices stop, are not known, and what no rule matches counts as refused. Rules shadow one another within one rule set only; users, hours and other conditions are not taken to narrow a rule.",
        ),
        Text(
            "外部是指網際網路可路由的位址；經專線或虛擬私人網路進來的私有位址不算。介面是否通往外部以介面清冊為準，名為 wan、outside、untrust 等者視為通往外部。規則集以外的位址轉譯（例如路由器）看不到。",
            "Outside means addresses routed on the internet; private addresses that come by leased line or VPN are not counted. Whether an interface leads outside is told by the list of interfaces; those called wan, outside, untrust and the like are taken to. Translations made elsewhere, on a router say, are not seen.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中重要系統的每個位址，連同每一條讓外部到達它的規則",
        "every address of the important systems on the list, with every rule that lets the outside reach it",
    ),
    population="""
        SELECT s.system, h.address, e.device, e.policy, e.rule, e.translation, e.services, e.outside_addresses,
               e.undeclared_services, e.undeclared_addresses, s.row_id AS system_row, h.row_id AS host_row, e.rule_row,
               e.translation_row,
               CASE WHEN h.address IS NULL THEN 'no_address' WHEN g.device IS NULL THEN 'no_rules'
                    WHEN e.undeclared_services IS NULL THEN e.unsure END AS doubt,
               CASE WHEN s.retired_on < :as_of OR s.in_service_on > :as_of THEN 'not_in_use'
                    WHEN NOT s.important THEN 'not_important' END AS excluded_because
        FROM systems s
        LEFT JOIN system_hosts h ON h.system = s.system
        LEFT JOIN (SELECT DISTINCT device FROM firewall_rules) g ON g.device = s.firewall
        LEFT JOIN exposures e ON e.system = s.system AND e.address = h.address
                             AND (e.holds_from IS NULL OR e.holds_from <= :as_of)
                             AND (e.holds_until IS NULL OR e.holds_until >= :as_of)
    """,
    exclusions={
        "not_in_use": Text("基準日不在使用中的系統", "systems not in service on the as-of day"),
        "not_important": Text("不是重要系統", "systems that are not important"),
    },
    exceptions="""
        SELECT p.system, p.address, p.device, p.policy, p.rule, p.translation, p.undeclared_services, p.undeclared_addresses,
               p.rule_row, p.translation_row, p.host_row, p.system_row
        FROM population p WHERE p.undeclared_services IS NOT NULL
    """,
    undetermined="""
        SELECT p.system, p.address, p.device, p.policy, p.rule, p.translation, p.doubt AS why
        FROM population p WHERE p.doubt IS NOT NULL AND p.undeclared_services IS NULL
    """,
    unclear={
        "no_address": Text(
            "系統主機清冊沒有這個系統的位址，無法推算；請補登",
            "the list of hosts has no address of this system; fill it in",
        ),
        "no_rules": Text(
            "系統前面的防火牆沒有載入規則，或清冊沒有寫是哪一部；請匯出設定或補登",
            "no rules are loaded of the firewall in front of the system, or the list does not name it; export its configuration or fill that in",
        ),
        "zone": Text(
            "規則的來源介面是否通往外部未登記；請補登防火牆介面清冊",
            "whether the rule's interface leads outside is not on record; fill in the list of interfaces",
        ),
        "addresses": Text(
            "規則的位址物件無法展開，可能包含外部位址或這個系統；請匯出含物件的完整設定",
            "an address object of the rule cannot be expanded and may hold the outside or this system; export the whole configuration with its objects",
        ),
        "services": Text(
            "規則的服務物件無法展開，可能超出核准的服務；請匯出含物件的完整設定",
            "a service object of the rule cannot be expanded and may go beyond what is declared; export the whole configuration with its objects",
        ),
    },
    key=("system", "address", "device", "policy", "rule", "translation"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "重要系統 {system}（{address}）：防火牆 {device} 的規則 {rule} 讓外部 {undeclared_addresses} 到達 {undeclared_services}，不在核准的對外服務內",
        "important system {system} ({address}): rule {rule} of firewall {device} lets {undeclared_addresses} outside reach {undeclared_services}, which is not declared",
    ),
    remedy=Text(
        "關閉或限縮該規則與位址轉譯；確有需要對外的服務，由主管核准後登錄於對外服務清冊，並限定開放對象。",
        "Close or narrow the rule and the translation; a service that must be offered is approved by the manager and entered in the list of declared services, limited to whom it is for.",
    ),
    # The day before something further is let in, or a declaration has ended.
    margin=Margin(
        """
        SELECT min(e.holds_from - 1) AS anchor
        FROM (SELECT DISTINCT system, address FROM population) p
        JOIN exposures e ON e.system = p.system AND e.address = p.address
        WHERE e.holds_from > :as_of AND e.undeclared_services IS NOT NULL
        """,
        None,
    ),
)
