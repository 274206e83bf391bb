"""Important systems whose audit records do not reach back three years."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.silence import HELD, SYSTEM_NAMES, SYSTEMS
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.log_hours import table as log_hours
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import AUDIT_LOG_THREE_YEARS, MECHANISM_AUDIT_LOGS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="audit-log-retention",
    title=Text("重要系統稽核紀錄未保存三年", "Audit records of an important system not kept for three years"),
    question=Text(
        "每個重要系統的登入與權限使用紀錄，是否都保存到三年前（啟用未滿三年者，到啟用日）？",
        "Do the sign-in and privilege records of every important system reach back three years, or to its first day of service?",
    ),
    cites=(AUDIT_LOG_THREE_YEARS, MECHANISM_AUDIT_LOGS),
    deck=("資安-9", "資安案一-7", "共置-發現五", "共置-方向"),
    needs=(Need(table=systems), Need(table=system_hosts), Need(table=auth_events), Need(table=log_hours)),
    parameters={
        "kept": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "CC-18000（四）電腦稽核紀錄管理：重要系統的稽核紀錄至少保存三年",
                "CC-18000 (4), audit logs: audit records of important systems for three years at least",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "一個系統的所有主機合併計算：只要有一部主機保存滿三年即符合，其他主機是否也有紀錄看不出來。",
            "All hosts of a system count together: one host with three years of records is enough, and what the others hold is not seen.",
        ),
        Text(
            "只看最早一筆紀錄的日子；中間的空白由 audit-log-gaps 查核。沒有時間的紀錄不算數。",
            "Only the earliest record's day is seen; holes after it are for audit-log-gaps. Records without a time do not count.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中最近三年內曾使用的每一個重要系統",
        "every important system on the list that was in service on some day of the last three years",
    ),
    population=SYSTEMS,
    exclusions={
        "unimportant": Text("非重要系統", "systems that are not important"),
        "retired_long_ago": Text("停用已逾三年的系統", "systems retired more than three years ago"),
        "not_yet": Text("基準日尚未啟用的系統", "systems not yet in service on the as-of day"),
    },
    # A system without a listed host may have records under a host nobody has assigned to it: that is unknown, not missing.
    exceptions=f"""
        WITH {SYSTEM_NAMES}, {HELD}
        SELECT p.system, p.required_from, h.held_from, p.in_service_on,
               coalesce('最早的一筆在 ' || CAST(h.held_from AS VARCHAR), '一筆也沒有') AS held_zh,
               coalesce('the earliest held is of ' || CAST(h.held_from AS VARCHAR), 'none are held') AS held_en,
               p.row_id AS system_row, h.first_held_row
        FROM population p
        LEFT JOIN held h ON h.watched = p.watched
        LEFT JOIN (SELECT DISTINCT system FROM system_hosts) l ON l.system = p.system
        WHERE h.held_from > p.required_from OR (h.held_from IS NULL AND l.system IS NOT NULL)
    """,
    undetermined="""
        SELECT p.system, 'no_hosts' AS why
        FROM population p
        WHERE NOT EXISTS (SELECT 1 FROM system_hosts l WHERE l.system = p.system)
              AND NOT EXISTS (SELECT 1 FROM log_hours h WHERE h.stream = 'auth_events' AND h.subject = p.watched)
    """,
    unclear={
        "no_hosts": Text(
            "系統主機清冊沒有列出這個系統的主機，不知道哪些紀錄是它的",
            "the list of hosts names none for the system, so it is unknown which records are its own",
        )
    },
    key=("system",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "重要系統 {system} 應保存自 {required_from:date} 起的稽核紀錄，{held_zh}",
        "audit records of important system {system} must be kept from {required_from:date} on; {held_en}",
    ),
    remedy=Text(
        "從備份或集中日誌主機找回缺少的紀錄並載入；找不回者，記錄原因、報請主管核示，並把保存期限設為至少三年，以可作為數位證據的方式保管。",
        "Restore the missing records from backups or the log server and load them; where they are lost, record why and report it, set retention to three years or more, and keep them so that they serve as digital evidence.",
    ),
    # The required day moves forward with time, towards what is held: time alone cannot break it.
    margin=None,
)
