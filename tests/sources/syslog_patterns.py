r"""The grammar of syslog's headers as regular expressions, in DuckDB's SQL: what the compiled scanner is held to.

`HEADER` reads `raw_lines(place, text, year)`, lines without their ends, and gives place, header_at_us, header_time,
header_host, header_program, header_pid, header_pri and message. Not in it: Cisco's zones and EMBLEM's colon.
"""

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# RE2 matches in one pass, four times as fast, only where each byte allows one way on and there are at most four groups.
# Hence a loose shape of the time here (what is no month has no time), and many lines that never see the rest below.
_USUAL = (
    r"^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d))"
    r" ([^\s:%\[]+) ([^\s:\[\]%]+)(?:\[(\d+)\])?: "
)
_BSD_TIME = r"(?:\d{4} )?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_ISO_TIME = r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:[Zz]|[+-](?:0\d|1[0-4]):?[0-5]\d)?"
_STAMP = rf"^([*.]?(?:(\d{{1,2}}) )?({_BSD_TIME}|{_ISO_TIME}|-))(?:[: ]|$)"
# What follows the time: a lone colon (Cisco), or a host, then a colon or a tag. A host never ends in a colon: that
# is a tag, and the host was left out.
_ORIGIN = (
    r"^( *: *| *(?:([^\s%\[(:](?:\S*[^\s:\]])?)(?: +|$))?(?:: *|([^\s:\[\]%]+)(?:\[([^\]\s]{0,32})\])?:(?: +|$))?)"
)
_ELEMENT = r"\[[^\s=\]\"]+(?: +[^\s=\]\"]+=\"(?:[^\"\\]|\\.)*\")* *\]"
_IETF = rf"^( +(\S+) +(\S+) +(\S+) +(\S+)(?: +(?:-|(?:{_ELEMENT})+)(?: |$))?)"
_BARE_IETF = r"^ +\S+ +[^\s:\[]+ (?:-|\d+) \S+ (?:-|\[)"
_PARTS = r"^(?:(\d{4}) )?(\w+) +(\d+) (?:(\d{4}) )?(.*)$"

HEADER = rf"""
WITH unmarked AS NOT MATERIALIZED (
    SELECT place, text, year, ltrim(text, chr(65279)) AS whole
    FROM raw_lines
), framed AS NOT MATERIALIZED (
    SELECT *, CASE WHEN starts_with(whole, '<') THEN regexp_extract(whole, '^<(\d{{1,3}})>', 1) ELSE '' END AS pri
    FROM unmarked
), bodied AS NOT MATERIALIZED (
    SELECT *, CASE WHEN pri = '' THEN whole ELSE substr(whole, length(pri) + 3) END AS body
    FROM framed
), looked AS NOT MATERIALIZED (
    SELECT *, regexp_extract(body, '{_USUAL}', ['time', 'host', 'program', 'pid']) AS usual
    FROM bodied
), parted AS NOT MATERIALIZED (
    SELECT *, usual.time = '' AS odd FROM looked
), stamped AS NOT MATERIALIZED (
    SELECT *, CASE WHEN odd THEN regexp_extract(body, '{_STAMP}', ['head', 'version', 'time']) END AS stamp
    FROM parted
), marked AS NOT MATERIALIZED (
    -- A NIL time is only one behind a version; a dash is otherwise text.
    SELECT *, coalesce(stamp.head <> '' AND (stamp.time <> '-' OR stamp.version <> ''), false) AS has_stamp
    FROM stamped
), cut AS NOT MATERIALIZED (
    SELECT *, CASE WHEN has_stamp THEN substr(body, length(stamp.head) + 1) END AS rest,
        CASE WHEN NOT odd THEN usual.time WHEN has_stamp THEN nullif(stamp.time, '-') END AS written
    FROM marked
), judged AS NOT MATERIALIZED (
    SELECT *, has_stamp AND (stamp.version <> '' OR regexp_matches(rest, '{_BARE_IETF}')) AS is_ietf,
        coalesce(substr(written, 5, 1) = '-', false) AS is_iso
    FROM cut
), sourced AS NOT MATERIALIZED (
    SELECT *,
        CASE WHEN is_ietf THEN regexp_extract(rest, '{_IETF}', ['head', 'host', 'program', 'pid', 'id'])
             WHEN has_stamp THEN regexp_extract(rest, '{_ORIGIN}', ['head', 'host', 'program', 'pid'])
             END AS origin,
        is_iso AND (NOT odd OR regexp_matches(written, '(?:[Zz]|[+-]\d\d:?\d\d)$')) AS has_zone,
        CASE WHEN odd AND NOT is_iso
             THEN regexp_extract(written, '{_PARTS}', ['year', 'month', 'day', 'late_year', 'clock']) END AS parts
    FROM judged
), told AS NOT MATERIALIZED (
    SELECT *,
        CASE WHEN NOT odd THEN ltrim(substr(body, length(usual.time) + length(usual.host) + length(usual.program)
                 + CASE WHEN usual.pid = '' THEN 5 ELSE 7 + length(usual.pid) END))
             WHEN has_stamp THEN substr(rest, length(origin.head) + 1) ELSE body END AS told,
        CASE WHEN contains(written, '24:00:00') THEN NULL
             WHEN is_iso THEN replace(upper(written), ',', '.')
             WHEN NOT odd THEN year || '-' || ((instr('{_MONTHS}', substr(written, 1, 3)) + 3) // 4)
                 || '-' || ltrim(substr(written, 5))
             ELSE coalesce(nullif(parts.year, ''), nullif(parts.late_year, ''), year::VARCHAR)
                 || '-' || ((instr('{_MONTHS}', parts.month) + 3) // 4) || '-' || parts.day
                 || ' ' || replace(parts.clock, ',', '.') END AS moment
    FROM sourced
)
SELECT place, text,
    epoch_us(CASE WHEN has_zone THEN try_cast(moment AS TIMESTAMPTZ)
                  ELSE timezone($zone, try_cast(moment AS TIMESTAMP)) END) AS header_at_us,
    written AS header_time,
    CASE WHEN NOT odd THEN usual.host
         WHEN is_ietf AND origin.host = '-' THEN NULL
         -- The one tag that is none: syslogd's own summary behind a host and a colon.
         WHEN origin.host = '' AND starts_with(told, 'last message repeated') THEN nullif(origin.program, '')
         ELSE nullif(origin.host, '') END AS header_host,
    CASE WHEN NOT odd THEN usual.program
         WHEN is_ietf AND origin.program = '-' THEN NULL
         WHEN origin.host = '' AND starts_with(told, 'last message repeated') THEN NULL
         ELSE nullif(origin.program, '') END AS header_program,
    CASE WHEN NOT odd THEN nullif(usual.pid, '') WHEN is_ietf AND origin.pid = '-' THEN NULL
         ELSE nullif(origin.pid, '') END AS header_pid,
    CASE WHEN try_cast(pri AS INTEGER) <= 191 THEN pri::INTEGER END AS header_pri,
    CASE WHEN is_ietf THEN ltrim(told, chr(65279)) ELSE told END AS message
FROM told
"""
