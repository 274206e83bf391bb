"""FortiGate's syslog: key-value lines, their comma form, and CEF, mixed as relays and years leave them.

    <189>date=2026-11-22 time=09:00:00 devname="FG-1" devid="FG100E1" eventtime=1795309200123456789 tz="+0800" logid="0000000013" type="traffic" subtype="forward" srcip=10.1.2.3 srcport=50100 dstip=192.0.2.7 dstport=443 proto=6 action="close" policyid=7 sentbyte=920 rcvdbyte=4100
    date=2026-11-22,time=09:00:01,logid="0100032001",type="event",subtype="system",action=login,user="admin"
    CEF:0|Fortinet|Fortigate|v7.4.9|00013|traffic:forward deny|3|deviceExternalId=FG100E1 FTNTFGTeventtime=1795309200 cat=traffic:forward src=10.1.2.3 dst=192.0.2.7 act=deny

Keys as Fortinet's FortiOS Log Message Reference names them; `device_id`, `log_id`, `src`, `sent` … are those of FortiOS 3 and 4.
A session that was closed, reset by an end or timed out had been let through. Of `eventtime`, the number of digits says
whether it counts seconds, milli-, micro- or nanoseconds; without it `date`, `time` and `tz` count, in the zone of the
context where `tz` is absent. What stands in `dstip` and is no address (a name) is left out.
"""

from chahe.sources.fortigate_fields import fields
from chahe.sources.model import Head, LineReader, Match, Setting
from chahe.wording import Text

ALLOWED = ("accept", "close", "client-rst", "server-rst", "timeout", "ip-conn", "start", "dns", "pass")
"""Ends of sessions that a policy let through (`close` and the resets come from the ends, not from the firewall)."""
ALSO_ALLOWED = ("passthrough", "permit", "permitted", "allow", "allowed", "exempt")
DENIED = (
    *("deny", "denied", "block", "blocked", "drop", "dropped", "reject", "rejected", "quarantine", "quarantined"),
    *("reset", "reset_client", "reset_server", "drop_session", "clear_session"),
)
"""What policies and inspection did against a session: here `reset` is the firewall's own."""

THREATS = (
    *("utm", "ips", "virus", "anomaly", "waf", "webfilter", "attack", "app-ctrl", "dlp", "emailfilter", "spamfilter"),
    *("dns", "ssl", "ssh", "voip", "cifs", "file-filter", "icap", "gtp"),
)
PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp", 47: "gre", 50: "esp", 51: "ah", 58: "icmp6", 132: "sctp"}


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _number(name: str) -> str:
    return f"CASE WHEN regexp_full_match({name}, '[0-9]{{1,18}}') THEN CAST({name} AS BIGINT) END"


_NUMBERS = {
    "source_port": ("srcport", 65535),
    "destination_port": ("dstport", 65535),
    "bytes_sent": ("sentbyte", None),
    "bytes_received": ("rcvdbyte", None),
}
_BAD = " ".join(
    f"WHEN {key} IS NOT NULL AND ({column} IS NULL{f' OR {column} > {most}' if most else ''}) THEN '{key}'"
    for column, (key, most) in _NUMBERS.items()
)
_BAD_VALUE = " ".join(f"WHEN '{key}' THEN {key}" for key, _ in _NUMBERS.values())

_LOCAL = """CASE
    WHEN regexp_full_match(day || ' ' || clock, '[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}')
        THEN TRY_CAST(day || ' ' || clock AS TIMESTAMP)
    WHEN day IS NULL THEN try_strptime(start, '%b %d %Y %H:%M:%S')
END"""

_QUERY = f"""
SELECT * FROM (WITH said AS (
    SELECT place, text, broken, k_eventtime AS eventtime, k_date AS day, k_time AS clock, k_start AS start, k_tz AS tz,
        k_devname AS devname, k_devid AS devid, k_logid AS logid, lower(k_type) AS kind, lower(k_subtype) AS subtype,
        k_srcip AS srcip, k_srcport AS srcport, k_dstip AS dstip, k_dstport AS dstport, k_proto AS proto,
        k_policyid AS policyid, k_sentbyte AS sentbyte, k_rcvdbyte AS rcvdbyte, k_account AS account, k_ui AS ui,
        lower(k_logdesc) AS logdesc, k_cfgpath AS cfgpath,
        -- FortiOS 3 and 4 wrote the action of a session as its status; that of an event says whether it succeeded.
        CASE WHEN k_action IS NULL AND lower(k_type) <> 'event' THEN k_status ELSE k_action END AS written
    FROM lines
),
counted AS (
    SELECT *,
        TRY_CAST(eventtime AS BIGINT) AS ticks,
        {", ".join(f"{_number(key)} AS {column}" for column, (key, _) in _NUMBERS.items())}
    FROM said
),
timed AS (
    SELECT *,
        CASE
            WHEN ticks BETWEEN 1000000000000000000 AND 9223372036854775807 THEN ticks // 1000
            WHEN ticks BETWEEN 1000000000000000 AND 9999999999999999 THEN ticks
            WHEN ticks BETWEEN 1000000000000 AND 9999999999999 THEN ticks * 1000
            WHEN ticks BETWEEN 1000000000 AND 9999999999 THEN ticks * 1000000
            WHEN day IS NULL AND start IS NULL THEN NULL
            WHEN regexp_full_match(tz, '[+-][0-9]{{2}}:?[0-5][0-9]')
                THEN epoch_us({_LOCAL})
                    - (CAST(left(tz, 3) AS BIGINT) * 60 + CAST(left(tz, 1) || right(tz, 2) AS BIGINT)) * 60000000
            WHEN tz IS NULL THEN epoch_us(timezone($zone, {_LOCAL}))
        END AS happened_at_us
    FROM counted
),
doubted AS (
    SELECT *,
        CASE {_BAD} WHEN happened_at_us IS NULL AND (eventtime IS NOT NULL OR day IS NOT NULL OR start IS NOT NULL)
            THEN 'time' END AS bad_column
    FROM timed
),
judged AS (
    SELECT * EXCLUDE (bad_column), bad_column AS doubtful,
        CASE
            WHEN broken THEN 'quotes'
            WHEN kind IS NOT NULL AND (logid IS NOT NULL OR subtype IS NOT NULL)
                THEN CASE WHEN bad_column = 'time' THEN 'time' WHEN bad_column IS NOT NULL THEN 'number' END
            WHEN trim(text) = '' THEN 'blank'
            ELSE 'stranger'
        END AS because
    FROM doubted
)
SELECT place,
    CASE WHEN because IS NULL THEN 'row' WHEN because = 'blank' THEN 'skip' ELSE 'reject' END AS fate,
    because AS why,
    CASE WHEN because IN ('time', 'number') THEN doubtful END AS bad_column,
    CASE because
        WHEN 'time' THEN left(coalesce(eventtime, concat_ws(' ', day, clock, start, tz)), 80)
        WHEN 'number' THEN left(CASE doubtful {_BAD_VALUE} END, 80)
        WHEN 'quotes' THEN left(text, 80)
        WHEN 'stranger' THEN left(text, 80)
    END AS bad_value,
    happened_at_us,
    coalesce(devname, $device, devid) AS device,
    devid AS device_serial,
    CASE
        WHEN kind = 'traffic' THEN 'traffic'
        WHEN kind IN ({_listed(THREATS)}) THEN 'threat'
        WHEN kind = 'event' AND subtype = 'vpn' THEN 'vpn'
        WHEN kind = 'event' AND (subtype IN ('admin', 'config') OR (subtype = 'system' AND (
            cfgpath IS NOT NULL OR lower(written) IN ('login', 'logout') OR starts_with(logdesc, 'admin')
            OR contains(logdesc, 'configur')))) THEN 'admin'
        ELSE 'system'
    END AS event_kind,
    CASE
        WHEN lower(written) IN ({_listed(ALLOWED + ALSO_ALLOWED)}) THEN 'allow'
        WHEN lower(written) IN ({_listed(DENIED)}) THEN 'deny'
        WHEN written IS NOT NULL THEN 'other'
    END AS action,
    written AS action_written,
    CASE WHEN srcip IS NULL AND ui IS NOT NULL THEN regexp_extract(ui, '\\(([0-9A-Fa-f.:]+)\\)', 1) ELSE srcip END AS source_address,
    source_port,
    dstip AS destination_address,
    destination_port,
    CASE proto {" ".join(f"WHEN '{number}' THEN '{name}'" for number, name in PROTOCOLS.items())} ELSE proto END AS protocol,
    bytes_sent,
    bytes_received,
    account,
    policyid AS rule,
    logid AS event_code
FROM judged)
"""  # noqa: S608 - built from the names above, never from input


def recognise(head: Head) -> Match | None:
    """Known by lines with FortiOS's `logid` and `type` keys, or with Fortinet's CEF header, at half of them or more."""
    lines = [line for line in head.text.splitlines()[:200] if line.strip()]
    known = sum(_fortinet(line) for line in lines)
    if not known:
        return None
    if 2 * known < len(lines):
        return Match(10, f"{known} of the first {len(lines)} lines are FortiGate's")
    return Match(95, "lines with FortiOS's keys logid= and type=, or with Fortinet's CEF header")


def _fortinet(line: str) -> bool:
    keyed = ("logid=" in line or "log_id=" in line) and "type=" in line and "subtype=" in line
    return keyed or "|Fortinet|Forti" in line


reader = LineReader(
    name="fortigate",
    title=Text("FortiGate 防火牆日誌（syslog、CSV、CEF）", "FortiGate firewall logs (syslog, CSV, CEF)"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    prepare=fields,
    query=_QUERY,
    reasons={
        "blank": Text("空白行", "blank line"),
        "stranger": Text(
            "這一行不是 FortiGate 日誌：找不到 type 與 logid；請確認檔案來源，或將其他設備的紀錄分開",
            "this line is not FortiGate's: it has no type and logid; check where the file comes from, or part other devices' records from it",
        ),
        "quotes": Text(
            "這一行的引號不成對，欄位無法確定；請確認紀錄是否在傳送時被截斷",
            "the quotes of this line do not pair, so its fields are unsure; check whether the record was cut in transit",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "時間無法解讀（eventtime 或 date、time、tz）；請確認紀錄是否遭截斷或改寫",
            "the time cannot be read (eventtime, or date, time and tz); check whether the record was cut or rewritten",
        ),
    },
    settings=(
        Setting(
            "device",
            Text("設備名稱，用於紀錄未載 devname 的檔案", "the device's name, for files whose records have no devname"),
        ),
    ),
)
