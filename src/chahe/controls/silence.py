"""SQL that the controls of kept logs share: what a log's writer has left, and where it fell silent.

Every fragment is one or more relations for a WITH clause over `population`, which must have `watched` (the device or system),
`required_from` and `retired_on`. Before them a control puts its own `names` (watched, stream, subject: the names under which the
ledger of records knows it) and, for silence, `downs` (watched, from_us, until_us, downtime_row).
"""

from chahe.rules.citation import Sureness
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

HELD = """
    held AS (
        SELECT watched, min(happened_on) AS held_from,
               min(CASE WHEN first_us = lowest_us THEN first_row END) AS first_held_row
        FROM (
            SELECT n.watched, h.happened_on, h.first_us, h.first_row,
                   min(h.first_us) OVER (PARTITION BY n.watched) AS lowest_us
            FROM names n JOIN log_hours h ON h.stream = n.stream AND h.subject = n.subject
        ) h
        GROUP BY watched
    )
"""
"""The earliest day of which anything is held, and its first record. Where several hosts wrote in the same second the first by
row id speaks, here and below: `min_by` would take any of them.
"""

# Asia/Taipei has had no other offset than eight hours since 1980, so a day's first microsecond is arithmetic.
_LIMITS = """
    limits AS (
        SELECT watched,
               date_diff('day', DATE '1970-01-01', required_from) * 86400000000 - 28800000000 AS start_us,
               least(:as_of_end_us,
                     coalesce(date_diff('day', DATE '1970-01-01', retired_on) * 86400000000 + 57600000000,
                              :as_of_end_us)) AS due_end_us
        FROM population
    )
"""
"""From when to when records are due: the end is that of the last day of service, or of the as-of day."""

_HOURS = """
    hours AS (
        SELECT watched, hour_us // 3600000000 AS hour, min(first_us) AS first_us, max(last_us) AS last_us,
               CAST(sum(records) AS BIGINT) AS records, max(observed_at_us) AS observed_us,
               min(CASE WHEN first_us = lowest_us THEN first_row END) AS first_row,
               max(CASE WHEN last_us = highest_us THEN last_row END) AS last_row
        FROM (
            SELECT n.watched, h.*, min(h.first_us) OVER (PARTITION BY n.watched, h.hour_us) AS lowest_us,
                   max(h.last_us) OVER (PARTITION BY n.watched, h.hour_us) AS highest_us
            FROM names n JOIN log_hours h ON h.stream = n.stream AND h.subject = n.subject
        ) h
        GROUP BY watched, hour_us
    ),
    due_hours AS (
        SELECT h.* FROM hours h JOIN limits l ON l.watched = h.watched
        WHERE h.hour * 3600000000 >= l.start_us AND h.hour * 3600000000 < l.due_end_us
    ),
    rhythm AS (
        SELECT watched, max(hour) - min(hour) + 1 AS span_hours, max(last_us) AS last_us,
               max_by(last_row, last_us) AS last_row, greatest(max(observed_us), max(last_us)) AS seen_until_us
        FROM due_hours GROUP BY watched
    ),
    profile AS (
        SELECT watched, hour % 168 AS hour_of_week, CAST(sum(records) AS BIGINT) AS records
        FROM due_hours GROUP BY watched, hour % 168
    ),
    ends AS (
        SELECT l.watched, l.start_us, l.due_end_us, least(l.due_end_us, r.seen_until_us) AS end_us
        FROM limits l JOIN rhythm r ON r.watched = l.watched
    )
"""
"""The ledger's hours, and each one's rhythm: how many records at each of the week's 168 hours, over which span."""

_BEFORE = "OVER (PARTITION BY watched ORDER BY from_us, until_us ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"

# A declared downtime counts as presence: what is left of a silence on either side of it is then a stretch of its own, held
# to the same measure, and no tolerance is needed. The end is a presence of no length, so that the last stretch has an end.
_STRETCHES = f"""
    seen AS (
        SELECT watched, first_us AS from_us, last_us AS until_us, first_row, last_row,
               CAST(NULL AS VARCHAR) AS downtime_row
        FROM hours
        UNION ALL
        SELECT watched, min(from_us), until_us, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), min(downtime_row)
        FROM downs GROUP BY watched, until_us
        UNION ALL
        SELECT watched, end_us, end_us, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR) FROM ends
    ),
    between_seen AS (
        SELECT watched, from_us AS silent_until_us, first_row AS next_row, downtime_row AS next_downtime_row,
               max(until_us) {_BEFORE} AS silent_from_us,
               max_by(last_row, CASE WHEN last_row IS NOT NULL THEN until_us END) {_BEFORE} AS last_row,
               max(CASE WHEN downtime_row IS NOT NULL THEN until_us END) {_BEFORE} AS down_until_us,
               max_by(downtime_row, CASE WHEN downtime_row IS NOT NULL THEN until_us END) {_BEFORE} AS last_downtime_row
        FROM seen
    ),
    stretches AS (
        SELECT b.*,
               CASE WHEN b.down_until_us = b.silent_from_us THEN b.last_downtime_row
                    ELSE b.next_downtime_row END AS downtime_row,
               (greatest(b.silent_from_us, e.start_us) + 3599999999) // 3600000000 AS first_hour,
               b.silent_until_us // 3600000000 AS end_hour
        FROM between_seen b JOIN ends e ON e.watched = b.watched
        WHERE b.last_row IS NOT NULL AND b.silent_until_us <= e.end_us
    )
"""
"""What lies between one presence and the next, inside the time for which records are due; hours are whole clock hours, so that
no silence under an hour is ever weighed.
"""

# How often an hour of the week falls into [first_hour, end_hour) is a difference of two whole quotients, so no list of hours
# is made. Nothing is divided until the number is shown: both engines agree at the limit.
_SILENCES = """
    weighed AS (
        SELECT s.watched, s.silent_from_us, s.silent_until_us, s.last_row, s.next_row, s.downtime_row,
               s.end_hour - s.first_hour AS missing_hours,
               CAST(sum(p.records * ((s.end_hour - 1 - p.hour_of_week) // 168
                                     - (s.first_hour - 1 - p.hour_of_week) // 168)) AS BIGINT) * 168 AS weight
        FROM stretches s JOIN profile p ON p.watched = s.watched
        WHERE s.end_hour > s.first_hour
        GROUP BY s.watched, s.silent_from_us, s.silent_until_us, s.last_row, s.next_row, s.downtime_row,
                 s.end_hour - s.first_hour
    ),
    silences AS (
        SELECT w.watched, w.silent_from_us, w.silent_until_us, w.silent_until_us - w.silent_from_us AS silence_us,
               w.missing_hours, w.weight // r.span_hours AS expected_records, w.last_row, w.next_row, w.downtime_row
        FROM weighed w JOIN rhythm r ON r.watched = w.watched
        WHERE r.span_hours >= 336 AND w.weight >= :expected * r.span_hours
    )
"""
"""The stretches in which, by the rhythm of at least two weeks, records were to be expected."""

SILENCES = f"{_LIMITS},{_HOURS},{_STRETCHES},{_SILENCES}"
"""Ends in `silences`: watched, silent_from_us, silent_until_us, silence_us, missing_hours, expected_records and the evidence."""

UNCLEAR = f"""{_LIMITS},{_HOURS},
    unclear_silences AS (
        SELECT l.watched, r.last_us AS silent_from_us,
               CASE WHEN r.watched IS NULL THEN 'no_records'
                    WHEN r.span_hours < 336 THEN 'short_history'
                    WHEN e.end_us < l.due_end_us - :max_lag * 86400000000 THEN 'not_loaded'
               END AS why
        FROM limits l
        LEFT JOIN rhythm r ON r.watched = l.watched
        LEFT JOIN ends e ON e.watched = l.watched
    )
"""
"""Ends in `unclear_silences`: watched, silent_from_us (its last record), why (null: it can be judged)."""

FIREWALL_NAMES = """
    names AS (
        SELECT watched, 'firewall_events' AS stream, watched AS subject FROM population
        UNION
        SELECT watched, 'firewall_events', serial_number FROM population WHERE serial_number IS NOT NULL
    )
"""
"""A firewall's log names it by name or by serial number."""

FIREWALL_DOWNS = """
    downs AS (
        SELECT n.watched, d.from_us, d.until_us, d.row_id AS downtime_row
        FROM names n JOIN downtimes d ON d.subject = n.subject
        WHERE d.until_us > d.from_us
    )
"""

SYSTEM_NAMES = """
    names AS (
        SELECT watched, 'auth_events' AS stream, watched AS subject FROM population
        UNION
        SELECT p.watched, 'auth_events', s.host FROM population p JOIN system_hosts s ON s.system = p.watched
        UNION
        SELECT p.watched, 'auth_events', s.address FROM population p JOIN system_hosts s ON s.system = p.watched
    )
"""
"""A system's log is that of all its hosts together, by name or address, or one in the system's own name."""

# One host being down explains nothing of the others, so a host's downtime is its system's only where it is the only host.
SYSTEM_DOWNS = """
    lone_hosts AS (
        SELECT system, min(host) AS host, min(address) AS address
        FROM system_hosts GROUP BY system HAVING count(DISTINCT host) = 1
    ),
    down_names AS (
        SELECT watched, watched AS subject FROM population
        UNION
        SELECT system, host FROM lone_hosts
        UNION
        SELECT system, address FROM lone_hosts WHERE address IS NOT NULL
    ),
    downs AS (
        SELECT n.watched, d.from_us, d.until_us, d.row_id AS downtime_row
        FROM down_names n JOIN downtimes d ON d.subject = n.subject
        WHERE d.until_us > d.from_us
    )
"""

SYSTEMS = """
    SELECT s.*, s.system AS watched,
           greatest(s.in_service_on, :kept_since) AS required_from,
           CASE WHEN s.important = FALSE THEN 'unimportant'
                WHEN s.retired_on < :kept_since THEN 'retired_long_ago'
                WHEN s.in_service_on > :as_of THEN 'not_yet'
           END AS excluded_because
    FROM systems s
"""
"""The important systems in service on some day of the kept years; one not said to be unimportant is important."""

FIREWALLS = """
    SELECT f.*, f.device AS watched,
           greatest(f.in_service_on, :kept_since) AS required_from,
           CASE WHEN f.retired_on < :kept_since THEN 'retired_long_ago'
                WHEN f.in_service_on > :as_of THEN 'not_yet'
           END AS excluded_because
    FROM firewalls f
"""
"""The firewalls in service on some day of the kept years, retired ones too: their records must still be kept."""

EXPECTED = Parameter(
    20,
    Unit.COUNT,
    Stricter.LOWER,
    Text(
        "我們的預設：平時同時段應有 20 筆以上而一筆都沒有，純屬偶然的機會不到四億分之一",
        "our default: where 20 are usual, none at all happens by chance less than once in 400 million times",
    ),
    Sureness.UNCONFIRMED,
)
MAX_LAG = Parameter(
    7,
    Unit.DAYS,
    Stricter.LOWER,
    Text(
        "我們的預設：最近一次載入的資料距基準日不逾七日，才足以認定其後沒有中斷",
        "our default: only records loaded within seven days of the as-of day say that nothing broke off since",
    ),
    Sureness.UNCONFIRMED,
)
UNCLEAR_BECAUSE = {
    "no_records": Text(
        "應保存的期間內沒有任何紀錄，看不出規律",
        "no records at all within the time to be kept, so there is no rhythm to go by",
    ),
    "short_history": Text(
        "紀錄不足兩週，看不出規律",
        "less than two weeks of records, so there is no rhythm to go by",
    ),
    "not_loaded": Text(
        "最後一次載入的紀錄距基準日過久，其後有無中斷無從得知；請載入最近的日誌",
        "the records last loaded are too old to tell what happened since; load the latest log",
    ),
}
RHYTHM_BLIND_SPOTS = (
    Text(
        "以整點小時計：未包含一個完整整點小時的空白看不到；紀錄少的設備或系統要空白較久才看得出來。",
        "Counted by clock hour: a silence that holds no whole clock hour is not seen, and that of a quiet device or system only when it is long.",
    ),
    Text(
        "規律是整段期間每週同一小時的平均：連假等平時忙碌而當日無紀錄的時段會被列出；長期中斷也會拉低平均。",
        "The rhythm is the average of each hour of the week over the whole time: a quiet holiday is listed, and a long outage lowers the average.",
    ),
    Text(
        "最後一次載入之後的時間尚無資料，不當作中斷。停機紀錄不論有無核准人都算數。",
        "The time after the last load holds no evidence yet, and is no gap. A declared downtime counts whether or not it names an approver.",
    ),
)
