"""Firewalls whose records do not reach back three years."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.silence import FIREWALL_NAMES, FIREWALLS, HELD
from chahe.evidence.firewall_events import table as firewall_events
from chahe.evidence.firewalls import table as firewalls
from chahe.evidence.log_hours import table as log_hours
from chahe.rules.citation import Sureness
from chahe.rules.citations import FIREWALL_RECORDS_THREE_YEARS, MECHANISM_FIREWALL_RECORDS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="firewall-log-retention",
    title=Text("防火牆進出紀錄未保存三年", "Firewall records not kept for three years"),
    question=Text(
        "每部防火牆的進出紀錄，是否都保存到三年前（啟用未滿三年者，到啟用日）？",
        "Do the records of every firewall reach back three years, or to its first day of service?",
    ),
    cites=(FIREWALL_RECORDS_THREE_YEARS, MECHANISM_FIREWALL_RECORDS),
    deck=("資安-1", "資安案一-7", "共置-發現二", "共置-方向"),
    needs=(Need(table=firewalls), Need(table=firewall_events), Need(table=log_hours)),
    parameters={
        "kept": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "CC-17010（二）防火牆：進出紀錄及其備份至少保存三年",
                "CC-17010 (2), firewalls: records and their backups for three years at least",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "只看最早一筆紀錄的日子；中間的空白由 firewall-log-gaps 查核，備份由 firewall-log-backup 查核。",
            "Only the earliest record's day is seen; holes after it are for firewall-log-gaps, backups for firewall-log-backup.",
        ),
        Text(
            "沒有時間的紀錄，以及不以清冊上的名稱或序號自稱的設備所寫的紀錄，都不算數。",
            "Records without a time, or by a device that calls itself neither by the listed name nor serial number, do not count.",
        ),
        Text("未列入防火牆清冊的防火牆看不到。", "A firewall that is not on the list is not seen."),
    ),
    frame=Text(
        "防火牆清冊中最近三年內曾使用的每一部防火牆",
        "every firewall on the list that was in service on some day of the last three years",
    ),
    population=FIREWALLS,
    exclusions={
        "retired_long_ago": Text("停用已逾三年的防火牆", "firewalls retired more than three years ago"),
        "not_yet": Text("基準日尚未啟用的防火牆", "firewalls not yet in service on the as-of day"),
    },
    exceptions=f"""
        WITH {FIREWALL_NAMES}, {HELD}
        SELECT p.device, p.required_from, h.held_from, p.in_service_on,
               coalesce('最早的一筆在 ' || CAST(h.held_from AS VARCHAR), '一筆也沒有') AS held_zh,
               coalesce('the earliest held is of ' || CAST(h.held_from AS VARCHAR), 'none are held') AS held_en,
               p.row_id AS firewall_row, h.first_held_row
        FROM population p LEFT JOIN held h ON h.watched = p.watched
        WHERE h.held_from IS NULL OR h.held_from > p.required_from
    """,
    key=("device",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "防火牆 {device} 應保存自 {required_from:date} 起的進出紀錄，{held_zh}",
        "records of firewall {device} must be kept from {required_from:date} on; {held_en}",
    ),
    remedy=Text(
        "從備份或集中日誌主機找回缺少的紀錄並載入；找不回者，記錄原因、報請主管核示，並把保存期限設為至少三年，定期確認最舊一天仍讀得到。",
        "Restore the missing records from backups or the log server and load them; where they are lost, record why and report it, set retention to three years or more, and check regularly that the oldest day can still be read.",
    ),
    # The required day moves forward with time, towards what is held: time alone cannot break it.
    margin=None,
)
