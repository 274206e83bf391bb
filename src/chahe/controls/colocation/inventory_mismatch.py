"""Co-location equipment whose list, applications to the exchange and stock-takes do not agree."""

from chahe.controls.model import Control, Empty, Fact, Margin, Need, Severity
from chahe.evidence.rack_applications import table as rack_applications
from chahe.evidence.rack_equipment import table as rack_equipment
from chahe.evidence.stocktakes import table as stocktakes
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import COLOCATION_SECURED, MECHANISM_COLOCATION_SECURED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_POPULATION = """
    WITH placed AS (
        SELECT e.*, coalesce(e.removed_on, DATE '9999-12-31') AS gone_on,
               row_number() OVER (PARTITION BY e.device_id ORDER BY e.installed_on DESC, e.row_id) AS place
        FROM rack_equipment e WHERE e.installed_on <= :as_of
    ),
    approved AS (
        SELECT a.*, row_number() OVER (PARTITION BY a.device_id ORDER BY a.approved_on DESC, a.application_id DESC, a.row_id) AS place
        FROM rack_applications a WHERE a.approved_on <= :as_of
    ),
    entries AS (
        SELECT device_id, min(approved_on) AS first_in_on FROM approved WHERE direction = 'in' GROUP BY device_id
    ),
    counts AS (
        SELECT s.*, row_number() OVER (PARTITION BY s.device_id ORDER BY s.counted_on DESC, s.stocktake_id DESC, s.row_id) AS place
        FROM stocktakes s
        WHERE s.counted_on <= :as_of AND s.found IS NOT NULL AND trim(s.counter) <> ''
    ),
    devices AS (
        SELECT device_id FROM placed UNION SELECT device_id FROM approved UNION SELECT device_id FROM counts WHERE found
    ),
    met AS (
        SELECT d.device_id, e.row_id AS equipment_row, e.name, e.installed_on, e.removed_on, e.gone_on,
               coalesce(e.item_kind, 'hardware') = 'hardware' AS hardware,
               coalesce(e.gone_on > :as_of, FALSE) AS present, a.row_id AS application_row, a.direction, a.approved_on,
               n.first_in_on, c.row_id AS stocktake_row, c.counted_on, c.found,
               coalesce(c.found AND (e.device_id IS NULL OR c.counted_on < e.installed_on OR c.counted_on > e.gone_on), FALSE)
               AS counted_unlisted,
               greatest(coalesce(c.counted_on, DATE '1900-01-01'), e.installed_on) AS counts_from
        FROM devices d
        LEFT JOIN placed e ON e.device_id = d.device_id AND e.place = 1
        LEFT JOIN approved a ON a.device_id = d.device_id AND a.place = 1
        LEFT JOIN entries n ON n.device_id = d.device_id
        LEFT JOIN counts c ON c.device_id = d.device_id AND c.place = 1
    )
    SELECT 'device' AS subject_kind, m.device_id AS subject, m.name, m.installed_on, m.removed_on, m.approved_on, m.counted_on,
           CASE WHEN m.present AND m.hardware
                     AND (m.first_in_on IS NULL OR m.direction = 'out' AND m.approved_on < m.installed_on) THEN 'not_applied'
                WHEN m.present AND m.hardware AND m.first_in_on > m.installed_on THEN 'applied_late'
                WHEN m.present AND m.direction = 'out' AND m.approved_on >= m.installed_on
                     AND m.approved_on + CAST(:moving AS INTEGER) < :as_of THEN 'still_there'
                WHEN m.present AND m.counted_on >= m.installed_on AND NOT m.found THEN 'not_found'
                WHEN m.present AND m.counts_from < :within_since THEN 'not_counted'
                WHEN NOT m.present AND m.removed_on IS NOT NULL AND m.hardware AND m.direction = 'in' THEN 'left_unapplied'
                WHEN NOT m.present AND m.removed_on IS NULL
                     AND m.approved_on + CAST(:moving AS INTEGER) < :as_of THEN 'absent'
                WHEN m.counted_unlisted AND m.counted_on >= :within_since THEN 'unlisted'
                ELSE 'good' END AS state,
           CASE WHEN m.present THEN m.counts_from END AS counts_from,
           m.equipment_row, m.application_row, m.stocktake_row, CAST(NULL AS VARCHAR) AS system_row,
           CASE WHEN m.removed_on < :from OR (m.removed_on IS NULL AND NOT m.present AND m.direction = 'out') THEN 'gone' END
           AS excluded_because
    FROM met m
    UNION ALL
    SELECT 'system', s.system, CAST(NULL AS VARCHAR), s.in_service_on, s.retired_on, CAST(NULL AS DATE), CAST(NULL AS DATE),
           CASE WHEN min(p.row_id) IS NULL THEN 'no_equipment' ELSE 'good' END, CAST(NULL AS DATE),
           min(p.row_id), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), s.row_id, CAST(NULL AS VARCHAR)
    FROM systems s
    LEFT JOIN placed p ON p.system = s.system AND p.gone_on > :as_of
    WHERE s.colocated AND s.in_service_on <= :as_of AND coalesce(s.retired_on, :as_of) >= :as_of
    GROUP BY s.system, s.in_service_on, s.retired_on, s.row_id
"""

control = Control(
    id="inventory-mismatch",
    title=Text("共置設備帳實不符或未盤點", "Co-location inventory does not agree"),
    question=Text(
        "共置機房裡的設備是否都已申請進駐、列入清冊，並於半年內盤點相符？",
        "Is all co-location equipment applied for, on the list, and counted and found within the half-year?",
    ),
    cites=(MECHANISM_COLOCATION_SECURED, COLOCATION_SECURED),
    deck=("共置-稽核",),
    needs=(
        Need(table=rack_equipment, excuses=True),
        Need(table=rack_applications, excuses=True),
        Need(table=stocktakes, excuses=True),
        Need(table=systems),
    ),
    parameters={
        "within": Parameter(
            6,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "建立證券商資通安全檢查機制 CC-23000：機房內軟硬體每半年盤點",
                "the mechanism, CC-23000: software and hardware in the room are counted every half-year",
            ),
            Sureness.RULE,
        ),
        "moving": Parameter(
            60,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "第4條：核准後六十日內進駐（得延一次，另六十日）；撤出比照",
                "Art. 4: equipment comes in within sixty days of approval (one more sixty on request); going out is held to the same",
            ),
            Sureness.RULE,
        ),
    },
    blind_spots=(
        Text(
            "三份紀錄都沒有的設備看不到；只有實地查看機櫃才能發現。",
            "A device that is in none of the three records is not seen; only looking into the cabinet finds it.",
        ),
        Text(
            "只評每件設備最近一次進駐、最近一次核准的申請與最近一次盤點；展延進駐期限的申請看不出來。軟體不必申請進出，但要盤點。",
            "Of each device the last stay, the last approved application and the last count are judged; an extension of the time to move in is not seen. Software needs no application, but a count.",
        ),
        Text(
            "設備編號須在三份紀錄中一致；換修改號者應更新清冊。",
            "Numbers must agree over the three records; where a repair changed one, the list must follow.",
        ),
    ),
    applies=Fact(
        "colocation", Text("公司沒有使用主機共置服務", "the firm does not use the exchange's co-location service")
    ),
    frame=Text(
        "設備清冊、核准的進出申請與盤點中的每一件設備，以及每一個主機共置的系統",
        "every device on the list, in an approved application or found in a count, and every co-located system",
    ),
    population=_POPULATION,
    exclusions={"gone": Text("查核期間之前已撤出的設備", "devices taken out before the period")},
    exceptions="""
        SELECT p.subject_kind, p.subject, p.name, p.state AS defect, p.installed_on, p.removed_on, p.approved_on, p.counted_on,
               p.equipment_row, p.application_row, p.stocktake_row, p.system_row
        FROM population p WHERE p.state <> 'good'
    """,
    key=("subject_kind", "subject"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "{subject_kind:word} {subject}（{name}）：{defect:word}（進駐 {installed_on:date}，撤出 {removed_on:date}，申請核准 {approved_on:date}，盤點 {counted_on:date}）",
        "{subject_kind:word} {subject} ({name}): {defect:word} (in {installed_on:date}, out {removed_on:date}, application approved {approved_on:date}, counted {counted_on:date})",
    ),
    words={
        "device": Text("設備", "device"),
        "system": Text("主機共置系統", "co-located system"),
        "not_applied": Text("在機櫃內卻沒有核准的進駐申請", "in the cabinet with no approved application"),
        "applied_late": Text("進駐之後才核准", "came in before it was approved"),
        "still_there": Text("已核准撤出卻仍在清冊", "approved to go out and still on the list"),
        "not_found": Text("盤點時不在機櫃內", "not found when counted"),
        "not_counted": Text("逾半年未盤點", "not counted for more than half a year"),
        "left_unapplied": Text("撤出而沒有核准的撤出申請", "taken out with no approved application"),
        "absent": Text("核准進駐逾期仍未列入清冊", "approved to come in, and not on the list in time"),
        "unlisted": Text("盤點時在機櫃內，清冊卻沒有", "found when counted, and not on the list"),
        "no_equipment": Text("設備清冊沒有這個系統的任何設備", "no device on the list belongs to it"),
    },
    remedy=Text(
        "逐件核對機櫃、清冊與用戶服務系統的申請，補辦進出申請並更正清冊；每半年盤點一次，留下盤點人與結果。",
        "Hold cabinet, list and applications against one another device by device, file what is missing and correct the list; count every half-year and record who did so and what was found.",
    ),
    margin=Margin("SELECT min(counts_from) AS anchor FROM population", "within"),
)
