"""Open weaknesses that the newest scan from outside shows on the firm's public site."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.evidence.vulnerabilities import table as vulnerabilities
from chahe.evidence.vulnerability_scans import table as vulnerability_scans
from chahe.evidence.vulnerability_treatments import table as vulnerability_treatments
from chahe.rules.citation import Sureness
from chahe.rules.citations import VULNERABILITY_ASSESSED_OR_PATCHED, VULNERABILITY_SCAN_HALF_YEARLY
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# What the newest scan from outside shows on each host, once for each port.
_SHOWN = """
    shown AS (
        SELECT p.system, p.host, p.address, p.host_row, p.scan_row, p.scanned_on, p.scanned_host, p.scanned_address,
               v.finding_id, coalesce(v.port, 0) AS port,
               min(CASE v.severity WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'unknown' THEN 4 ELSE 1 END) AS grade,
               max(v.title) AS title, max(v.cve) AS cve, min(v.row_id) AS finding_row
        FROM population p
        JOIN vulnerabilities v ON v.scan_id = p.scan_id AND v.scanner = p.scanner
        WHERE v.severity NOT IN ('low', 'info') AND (v.host = p.scanned_host OR v.address = p.scanned_address)
        GROUP BY p.system, p.host, p.address, p.host_row, p.scan_row, p.scanned_on, p.scanned_host, p.scanned_address,
                 v.finding_id, coalesce(v.port, 0)
    )
"""

# Is what is shown (s) closed by a treatment (t)? A patch closes what was found until that day, an acceptance all while it holds.
_CLOSED = """
    t.host IN (s.host, s.address, s.scanned_host, s.scanned_address)
    AND (upper(t.finding_id) = upper(s.finding_id)
         OR strpos(' ' || upper(s.cve) || ' ', ' ' || upper(t.finding_id) || ' ') > 0)
    AND t.treated_on <= :as_of
    AND ((t.treatment = 'patched' AND t.treated_on >= s.scanned_on)
         OR (t.treatment = 'accepted' AND t.approver_id IS NOT NULL
             AND coalesce(t.valid_until, DATE '9999-12-31') >= :as_of))
"""

control = Control(
    id="official-site-vulnerable",
    title=Text("官方網站有未處理的弱點", "An open vulnerability on the firm's public site"),
    question=Text(
        "由外部掃描公司官方網站，最近一次完成的掃描是否仍有未修補、也未核准接受的中高風險弱點？",
        "Does the newest completed scan from outside show the firm's public site without a medium or graver vulnerability that is neither patched nor accepted?",
    ),
    cites=(VULNERABILITY_ASSESSED_OR_PATCHED, VULNERABILITY_SCAN_HALF_YEARLY),
    deck=("資安案二",),
    needs=(
        Need(table=systems),
        Need(table=system_hosts),
        Need(table=vulnerability_scans),
        Need(table=vulnerabilities),
        Need(table=vulnerability_treatments, excuses=True),
    ),
    parameters={
        "every": Parameter(
            6,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "CC-19000（十四）：至少每半年掃描一次；更舊的外部掃描不足以說明現況",
                "CC-19000 (14): a scan at least every half-year; an older one from outside does not show what is so today",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "只看最近一次完成的外部掃描；不同工具先後掃描時，較早工具的發現不再列。",
            "Only the newest completed scan from outside is read; what another tool found before it is not listed.",
        ),
        Text(
            "掃描當日或其後登載的修補即視為已處理，是否真的修好要等下一次掃描；只做風險評估而未核准接受，網站仍有弱點，照列。",
            "A patch recorded on the day of the scan or later counts; whether it holds shows in the next scan. A risk assessment without acceptance leaves the site open and is listed.",
        ),
        Text(
            "掃描報告沒有寫是否由外部掃描者，視為內部掃描。",
            "A scan not said to be from outside is taken to be from inside.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中使用中的官方網站，依系統主機清冊的每部主機",
        "every host listed for the public sites in service",
    ),
    # Each host with its newest completed scan from outside; a scan of ports or of one service says nothing of the site.
    population="""
        WITH host_names AS (
            SELECT row_id AS host_row, host AS name FROM system_hosts
            UNION
            SELECT row_id, address FROM system_hosts
        ),
        scan_names AS (
            SELECT row_id AS scan_row, host AS name FROM vulnerability_scans
            UNION
            SELECT row_id, address FROM vulnerability_scans
        ),
        ranked AS (
            SELECT h.host_row, s.*,
                   row_number() OVER (PARTITION BY h.host_row ORDER BY s.scanned_at_us DESC, s.row_id) AS age
            FROM host_names h
            JOIN scan_names n ON n.name = h.name
            JOIN vulnerability_scans s ON s.row_id = n.scan_row
            WHERE s.completed AND s.from_outside AND s.scanned_at_us IS NOT NULL
                  AND coalesce(s.kind, 'host') NOT IN ('ports', 'service')
        )
        SELECT s.system, h.host, h.address, s.row_id, h.row_id AS host_row, n.row_id AS scan_row, n.scan_id, n.scanner,
               n.happened_on AS scanned_on, n.host AS scanned_host, n.address AS scanned_address,
               CASE WHEN coalesce(s.official_site, FALSE) = FALSE THEN 'not_official'
                    WHEN s.retired_on < :as_of THEN 'retired'
                    WHEN s.in_service_on > :as_of THEN 'not_yet' END AS excluded_because
        FROM systems s
        LEFT JOIN system_hosts h ON h.system = s.system
        LEFT JOIN ranked n ON n.host_row = h.row_id AND n.age = 1
    """,
    exclusions={
        "not_official": Text("不是官方網站的系統", "systems that are not the public site"),
        "retired": Text("基準日前已停用的網站", "sites retired before the as-of day"),
        "not_yet": Text("基準日尚未啟用的網站", "sites not yet in service on the as-of day"),
    },
    exceptions=f"""
        WITH {_SHOWN}
        SELECT s.system, s.host, s.finding_id, s.port, s.title, s.scanned_on,
               CASE s.grade WHEN 1 THEN 'critical' WHEN 2 THEN 'high' WHEN 3 THEN 'medium' ELSE 'unknown' END AS severity,
               s.finding_row, s.scan_row
        FROM shown s LEFT JOIN vulnerability_treatments t ON {_CLOSED}
        WHERE t.row_id IS NULL
    """,
    undetermined="""
        SELECT system, host, CAST(NULL AS VARCHAR) AS finding_id, CAST(NULL AS BIGINT) AS port,
               CASE WHEN host IS NULL THEN 'no_hosts' ELSE 'no_outside_scan' END AS why
        FROM population
        WHERE scanned_on IS NULL OR scanned_on < :every_since
    """,
    unclear={
        "no_hosts": Text(
            "系統主機清冊沒有列出官方網站的主機",
            "the list of hosts names none for the public site",
        ),
        "no_outside_scan": Text(
            "官方網站的主機半年內沒有完成的外部掃描；請由公司外部掃描並載入報告",
            "no completed scan from outside reached the site's host within the half-year; run one from outside and load its report",
        ),
    },
    key=("system", "host", "finding_id", "port"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "官方網站 {system} 的主機 {host}（連接埠 {port}）在 {scanned_on:date} 的外部掃描有{severity:choice}風險弱點 {finding_id}「{title}」，其後沒有修補或核准接受的紀錄",
        "the scan from outside on {scanned_on:date} shows {severity:choice} vulnerability {finding_id} “{title}” on host {host} (port {port}) of public site {system}; neither a patch nor an approved acceptance is on record since",
    ),
    remedy=Text(
        "立即修補並由外部重新掃描確認；無法立即修補者採取其他防護，經主管核准接受並訂明到期日。",
        "Patch it now and scan again from outside; where that cannot be done at once, protect the site otherwise and have the risk accepted with a last day.",
    ),
    margin=Margin(
        f"""
        WITH {_SHOWN},
        closed AS (
            SELECT max(CASE WHEN t.treatment = 'patched' THEN DATE '9999-12-31'
                            ELSE coalesce(t.valid_until, DATE '9999-12-31') END) AS closed_until
            FROM shown s JOIN vulnerability_treatments t ON {_CLOSED}
            GROUP BY s.host_row, s.finding_id, s.port
        )
        SELECT nullif(min(closed_until), DATE '9999-12-31') AS anchor FROM closed
        """,
        period=None,
    ),
)
