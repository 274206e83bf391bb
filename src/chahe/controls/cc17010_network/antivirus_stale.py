"""Hosts without anti-virus, or whose engine or signatures have not been updated for days."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.software_inventory import table as software_inventory
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import NETWORK_SOFTWARE_PATCHED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of several products on a host the one updated last counts; of a product, the older of engine and signatures, or the one that is told.
# A row with an exemption and no update is no product.
_POPULATION = """
    WITH hosts AS (
        SELECT h.host, min(h.row_id) AS host_row,
               max(coalesce(s.retired_on, DATE '9999-12-31')) < :as_of AS retired
        FROM system_hosts h LEFT JOIN systems s ON s.system = h.system
        GROUP BY h.host
        UNION ALL
        SELECT i.host, i.row_id, FALSE
        FROM software_inventory i LEFT JOIN system_hosts h ON h.host = i.host
        WHERE i.software_kind = 'os' AND h.host IS NULL
    ),
    products AS (
        SELECT i.host, i.product, i.engine_updated_on, i.signature_updated_on, i.exempt_until, i.row_id,
               least(i.engine_updated_on, i.signature_updated_on) AS updated_on,
               i.engine_updated_on IS NULL OR i.signature_updated_on IS NULL AS half_said
        FROM software_inventory i WHERE i.software_kind = 'antivirus'
    ),
    guards AS (
        SELECT p.*, row_number() OVER (PARTITION BY p.host ORDER BY p.half_said, p.updated_on DESC, p.row_id) AS place
        FROM products p WHERE p.exempt_until IS NULL OR p.updated_on IS NOT NULL
    ),
    exempt AS (
        SELECT i.host, max(i.exempt_until) AS until_on
        FROM software_inventory i
        WHERE i.exempt_until >= :as_of AND trim(i.exempted_by) <> ''
        GROUP BY i.host
    )
    SELECT h.host, h.host_row, g.product, g.engine_updated_on, g.signature_updated_on, g.updated_on, g.half_said,
           coalesce(g.updated_on + CAST(:within AS INTEGER) < :as_of, FALSE) AS stale, g.row_id AS software_row,
           CASE WHEN h.retired THEN 'retired' WHEN e.host IS NOT NULL THEN 'exempt' END AS excluded_because
    FROM hosts h
    LEFT JOIN guards g ON g.host = h.host AND g.place = 1
    LEFT JOIN exempt e ON e.host = h.host
"""

control = Control(
    id="antivirus-stale",
    title=Text("未裝防毒或病毒碼過舊", "No anti-virus, or out of date"),
    question=Text(
        "每部主機是否裝有防毒軟體，且引擎與病毒碼在期限內更新過？",
        "Does every host have anti-virus whose engine and signatures were updated in time?",
    ),
    cites=(NETWORK_SOFTWARE_PATCHED,),
    deck=("資安-4",),
    needs=(
        Need(table=software_inventory, excuses=True),
        Need(table=system_hosts),
        Need(table=systems, optional=True, excuses=True),
    ),
    parameters={
        "within": Parameter(
            7,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "規範只說定期或適時；七日是我們的解讀",
                "the rule says periodically or in time; seven days is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "相信清冊所載的更新日；是否啟用即時掃描、有無排除路徑，看不出來。兩份清冊都沒有的主機看不到。",
            "The list's days of update are believed; whether scanning is switched on, or paths are left out, is not seen, nor hosts on neither list.",
        ),
    ),
    frame=Text(
        "系統主機清冊的每部主機，加上軟體清冊中裝有作業系統的主機",
        "every host on the list of systems' hosts, and those with an operating system on the list of software",
    ),
    population=_POPULATION,
    exclusions={
        "retired": Text(
            "所屬系統在基準日前都已停用的主機", "hosts all of whose systems were retired before the as-of day"
        ),
        "exempt": Text("核准免裝防毒、尚未到期的主機", "hosts approved to do without, for the time being"),
    },
    exceptions="""
        SELECT p.host, p.product, p.engine_updated_on, p.signature_updated_on,
               CASE WHEN p.software_row IS NULL THEN 'none' ELSE 'stale' END AS defect, p.host_row, p.software_row
        FROM population p WHERE p.software_row IS NULL OR p.stale
    """,
    undetermined="SELECT p.host, 'half_said' AS why FROM population p WHERE p.half_said AND NOT p.stale",
    unclear={
        "half_said": Text(
            "清冊沒有引擎或病毒碼的更新日，無法判斷；請由防毒主控台匯出",
            "the list lacks the day of the engine's or the signatures' update; export it from the anti-virus console",
        ),
    },
    key=("host",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "主機 {host}：{defect:word}（引擎 {engine_updated_on:date}，病毒碼 {signature_updated_on:date}；期限 {within} 日）",
        "host {host}: {defect:word} (engine {engine_updated_on:date}, signatures {signature_updated_on:date}; {within} days allowed)",
    ),
    words={
        "none": Text("沒有防毒軟體", "no anti-virus"),
        "stale": Text("防毒引擎或病毒碼過舊", "the engine or signatures are out of date"),
    },
    remedy=Text(
        "安裝防毒軟體並恢復自動更新；確實不能安裝者，由主管核准免裝並定期限與替代措施。",
        "Install anti-virus and restore its updates; where it cannot be installed, have the manager approve that for a time, with other measures.",
    ),
    # The oldest update plus the days allowed, or the end of an exemption, which leaves a host without.
    margin=Margin(
        """
        SELECT min(d.last_good_on) AS anchor
        FROM (SELECT p.updated_on + CAST(:within AS INTEGER) AS last_good_on FROM population p
              UNION ALL
              SELECT i.exempt_until FROM software_inventory i WHERE i.exempt_until >= :as_of AND trim(i.exempted_by) <> '') d
        """,
        None,
    ),
)
