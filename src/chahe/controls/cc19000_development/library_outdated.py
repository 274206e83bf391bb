"""Components with a newer version for a while, for which no program version was prepared."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.component_releases import table as component_releases
from chahe.evidence.component_updates import table as component_updates
from chahe.evidence.sbom_components import table as sbom_components
from chahe.rules.citation import Sureness
from chahe.rules.citations import LIBRARY_VERSION_PREPARED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of each system its newest list of components; versions are ordered by the day their makers published them.
_POPULATION = """
    WITH newest AS (
        SELECT system, max(listed_at_us) AS listed_at_us FROM sbom_components GROUP BY system
    ),
    used AS (
        SELECT c.system, c.component, c.version, min(c.row_id) AS component_row
        FROM sbom_components c JOIN newest n ON n.system = c.system AND n.listed_at_us = c.listed_at_us
        WHERE coalesce(c.type, 'library') NOT IN ('operating-system', 'file')
        GROUP BY c.system, c.component, c.version
    ),
    known AS (SELECT component, count(*) AS versions FROM component_releases GROUP BY component),
    newer AS (
        SELECT u.component_row, min(l.released_on) AS newer_since,
               max_by(l.version, CAST(l.released_on AS VARCHAR) || l.row_id) AS newest_version,
               max_by(l.row_id, CAST(l.released_on AS VARCHAR) || l.row_id) AS release_row
        FROM used u
        JOIN component_releases o ON o.component = u.component AND o.version = u.version
        JOIN component_releases l ON l.component = u.component AND l.released_on > o.released_on AND l.released_on <= :as_of
        GROUP BY u.component_row
    ),
    prepared AS (
        SELECT n.component_row, min(p.row_id) AS update_row
        FROM newer n
        JOIN used u ON u.component_row = n.component_row
        JOIN component_updates p ON p.system = u.system AND p.component = u.component
        LEFT JOIN component_releases t ON t.component = p.component AND t.version = p.to_version
        WHERE (p.program_version IS NOT NULL AND p.prepared_on <= :as_of AND t.released_on >= n.newer_since)
              OR (p.approver IS NOT NULL AND p.deferred_until >= :as_of)
        GROUP BY n.component_row
    )
    SELECT u.system, u.component, u.version, u.component_row, n.newer_since, n.newest_version, n.release_row, p.update_row,
           CASE WHEN k.versions IS NULL THEN 'not_followed'
                WHEN o.version IS NULL THEN 'version_unknown'
                WHEN n.newer_since IS NULL OR n.newer_since + CAST(:days AS INTEGER) >= :as_of THEN 'good'
                WHEN p.update_row IS NOT NULL THEN 'good'
                ELSE 'outdated' END AS state
    FROM used u
    LEFT JOIN known k ON k.component = u.component
    LEFT JOIN component_releases o ON o.component = u.component AND o.version = u.version
    LEFT JOIN newer n ON n.component_row = u.component_row
    LEFT JOIN prepared p ON p.component_row = u.component_row
"""

control = Control(
    id="library-outdated",
    title=Text("函式庫更新未備妥對應版本", "No program version for an updated library"),
    question=Text(
        "程式引用的每個函式庫有新版超過期限的，是否已備妥對應的程式版本，或經核准暫緩？",
        "For every library that has had a newer version for longer than the limit, is a matching program version prepared, or is waiting approved?",
    ),
    cites=(LIBRARY_VERSION_PREPARED,),
    deck=("共置-方向",),
    needs=(
        Need(table=sbom_components),
        Need(table=component_releases),
        Need(table=component_updates, excuses=True),
    ),
    parameters={
        "days": Parameter(
            90,
            Unit.DAYS,
            Stricter.LOWER,
            Text("規範沒有定期限；90 日是我們的預設", "the rule sets no limit; 90 days is our default"),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看各系統最近一次的元件清單；清單沒有列出的元件看不到。同一清單內的同名元件逐版本查核。",
            "Only the newest list of components of each system is read; what it leaves out is not seen. Several versions of one component are held one by one.",
        ),
        Text(
            "版本新舊依發布日期，不依版本號：維護中的舊分支後發布的版本也算較新。",
            "Versions are ordered by the day of publication, not by number: a later release of an older branch counts as newer.",
        ),
    ),
    frame=Text("各系統最近一次元件清單中的每一個元件版本", "every component version in the newest list of each system"),
    population=_POPULATION,
    exceptions="""
        SELECT p.system, p.component, p.version, p.newer_since, p.newest_version, p.component_row, p.release_row
        FROM population p WHERE p.state = 'outdated'
    """,
    undetermined="""
        SELECT p.system, p.component, p.version, p.state AS why
        FROM population p WHERE p.state IN ('not_followed', 'version_unknown')
    """,
    unclear={
        "not_followed": Text("沒有登錄這個元件的發布版本", "no published version of the component is on record"),
        "version_unknown": Text("使用中的版本不在發布版本中", "the version in use is not among those published"),
    },
    key=("system", "component", "version"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "系統 {system} 的元件 {component} {version} 自 {newer_since:date} 起有新版（最新 {newest_version}），逾期未備妥對應的程式版本，也沒有核准暫緩",
        "component {component} {version} of system {system} has had a newer version since {newer_since:date} (newest {newest_version}); no matching program version was prepared in time and waiting was not approved",
    ),
    remedy=Text(
        "評估更新並備妥對應的程式版本，測試後上線；確定不更新者，由主管核准並訂明期限。",
        "Assess the update, prepare the matching program version, test and release it; where it is to wait, have that approved until a day.",
    ),
    margin=None,
)
