"""Exchange links, internet links and important systems that no working firewall guards."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.firewall_events import table as firewall_events
from chahe.evidence.firewalls import table as firewalls
from chahe.evidence.log_hours import table as log_hours
from chahe.evidence.network_links import table as network_links
from chahe.evidence.systems import table as systems
from chahe.rules.citations import (
    COLOCATION_SECURED,
    FIREWALL_EXISTS,
    FIREWALL_ON_EXCHANGE_LINKS,
    IMPORTANT_SYSTEMS_BEHIND_FIREWALL,
)
from chahe.wording import Text

# What stands in front of each subject, and what is wrong with it; null is a firewall in service that wrote in the period.
_POPULATION = """
    WITH named AS (
        SELECT device, device AS name, in_service_on, retired_on, row_id FROM firewalls
        UNION ALL
        SELECT device, serial_number, in_service_on, retired_on, row_id FROM firewalls
    ),
    live AS (
        SELECT n.device
        FROM named n JOIN log_hours h ON h.subject = n.name
        WHERE h.stream = 'firewall_events' AND h.hour_us >= :from_us AND h.hour_us < :until_end_us
        GROUP BY n.device
    ),
    guards AS (
        SELECT n.name, min(n.row_id) AS firewall_row, min(n.retired_on) AS guarded_until,
               max(CASE WHEN n.in_service_on > :as_of OR n.retired_on < :as_of THEN 0 ELSE 1 END) AS in_service,
               count(l.device) AS wrote
        FROM named n LEFT JOIN live l ON l.device = n.device
        GROUP BY n.name
    ),
    subjects AS (
        SELECT 'link' AS subject_kind, l.link_id AS subject, l.firewall, l.retired_on, TRUE AS must_be_guarded, l.row_id AS subject_row,
               CASE l.link_kind WHEN 'exchange_trading' THEN '證券交易資訊網路線路'
                                WHEN 'colocation' THEN '主機共置網路線路' ELSE '網際網路線路' END AS subject_zh,
               CASE l.link_kind WHEN 'exchange_trading' THEN 'exchange trading link'
                                WHEN 'colocation' THEN 'co-location link' ELSE 'internet link' END AS subject_en,
               CASE WHEN l.link_kind = 'other' THEN 'other_link'
                    WHEN l.retired_on < :as_of OR l.in_service_on > :as_of THEN 'not_in_use' END AS excluded_because
        FROM network_links l
        UNION ALL
        SELECT 'system', s.system, s.firewall, s.retired_on, coalesce(s.important, FALSE) OR coalesce(s.internet_facing, FALSE),
               s.row_id,
               CASE WHEN s.important THEN '重要系統' ELSE '對外系統' END,
               CASE WHEN s.important THEN 'important system' ELSE 'internet-facing system' END,
               CASE WHEN s.important = FALSE AND s.internet_facing = FALSE THEN 'inner_system'
                    WHEN s.retired_on < :as_of OR s.in_service_on > :as_of THEN 'not_in_use' END
        FROM systems s
    )
    SELECT p.*, g.firewall_row, g.guarded_until,
           CASE WHEN coalesce(trim(p.firewall), '') = '' THEN 'none'
                WHEN g.name IS NULL THEN 'unlisted'
                WHEN g.in_service = 0 THEN 'not_in_service'
                WHEN g.wrote = 0 THEN 'silent'
           END AS defect
    FROM subjects p LEFT JOIN guards g ON g.name = p.firewall
"""

control = Control(
    id="firewall-missing",
    title=Text("對外連線或重要系統沒有防火牆", "A link or an important system without a firewall"),
    question=Text(
        "每條連到證交所或網際網路的線路，以及每個對外或重要系統，前面是否都有使用中、確實在寫紀錄的防火牆？",
        "Does a firewall that is in service and really writes records stand before every link to the exchange or the internet, and before every exposed or important system?",
    ),
    cites=(FIREWALL_EXISTS, IMPORTANT_SYSTEMS_BEHIND_FIREWALL, FIREWALL_ON_EXCHANGE_LINKS, COLOCATION_SECURED),
    deck=("資安-2", "資安案一-4", "共置-發現二", "共置-方向"),
    needs=(
        Need(table=network_links),
        Need(table=systems),
        Need(table=firewalls),
        Need(table=firewall_events),
        Need(table=log_hours),
    ),
    blind_spots=(
        Text(
            "相信清冊所寫的防火牆：流量是否真的經過它、未登錄的線路與系統，都看不出來。",
            "The lists are believed as to which firewall stands where: whether traffic really passes it, and links or systems not listed, are not seen.",
        ),
        Text(
            "查核期間只要有一筆紀錄，就視為有在運作；中斷由 firewall-log-gaps 查核。",
            "One record in the period shows that a firewall is at work; gaps are for firewall-log-gaps.",
        ),
    ),
    frame=Text(
        "網路連線清冊的每條線路，加上資訊系統清冊的每個系統",
        "every line on the list of links, and every system on the list of systems",
    ),
    population=_POPULATION,
    exclusions={
        "other_link": Text(
            "不通往證交所或網際網路的線路", "links that lead neither to the exchange nor to the internet"
        ),
        "inner_system": Text("非重要也不對外的系統", "systems that are neither important nor exposed"),
        "not_in_use": Text("基準日不在使用中的線路或系統", "links and systems not in service on the as-of day"),
    },
    exceptions="""
        SELECT j.subject_kind, j.subject, j.firewall, j.subject_zh, j.subject_en, j.defect,
               CASE j.defect WHEN 'none' THEN '前面沒有防火牆'
                             WHEN 'unlisted' THEN '的防火牆 ' || j.firewall || ' 不在防火牆清冊上'
                             WHEN 'not_in_service' THEN '的防火牆 ' || j.firewall || ' 在基準日不是使用中'
                             ELSE '的防火牆 ' || j.firewall || ' 在查核期間一筆紀錄也沒有' END AS defect_zh,
               CASE j.defect WHEN 'none' THEN 'has no firewall in front of it'
                             WHEN 'unlisted' THEN 'names firewall ' || j.firewall || ', which is not on the list of firewalls'
                             WHEN 'not_in_service' THEN 'names firewall ' || j.firewall || ', which is not in service on the as-of day'
                             ELSE 'names firewall ' || j.firewall || ', which left no record in the period' END AS defect_en,
               j.subject_row, j.firewall_row
        FROM population j
        WHERE j.defect IS NOT NULL AND j.must_be_guarded
    """,
    undetermined="""
        SELECT j.subject_kind, j.subject, 'exposure_unknown' AS why
        FROM population j
        WHERE j.defect IS NOT NULL AND NOT j.must_be_guarded
    """,
    unclear={
        "exposure_unknown": Text(
            "系統沒有可用的防火牆，而清冊沒有寫它是否對外服務；請補登",
            "the system has no working firewall, and the list does not say whether it is exposed to the internet; fill that in",
        )
    },
    key=("subject_kind", "subject"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{subject_zh} {subject} {defect_zh}（查核期間 {from:date} 至 {until:date}）",
        "{subject_en} {subject} {defect_en} (period {from:date} to {until:date})",
    ),
    remedy=Text(
        "在線路或系統前設置防火牆並登錄於清冊；已有防火牆者，確認它使用中、日誌確實送達，並把清冊的名稱改成與日誌一致。",
        "Put a firewall in front of the link or system and list it; where there is one, make sure that it is in service and its log arrives, and that the lists name it as its log does.",
    ),
    # A firewall whose last day is entered in advance, before that of what it guards.
    margin=Margin(
        """
        SELECT min(p.guarded_until) AS anchor
        FROM population p WHERE coalesce(p.retired_on, DATE '9999-12-31') > p.guarded_until
        """,
        period=None,
    ),
)
