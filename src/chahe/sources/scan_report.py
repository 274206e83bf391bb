"""What readers of vulnerability-scan reports share: settings, times, scores, default credentials. No reader of its own.

Times are read as scanners write them; those without a zone are in the zone of the context.

    Wed Mar 23 14:31:51 2022          1648042311
    2021-03-12T12:34:30.12031+00:00   2023-09-28T14:48:02Z
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from ipaddress import ip_address
from typing import Final
from zoneinfo import ZoneInfo

from chahe.sources.model import Context, Setting, Unreadable
from chahe.wording import Text

SCANS: Final = "vulnerability_scans"
WEAKNESSES: Final = "vulnerabilities"

SCAN_ID = Setting(
    "scan_id",
    Text("這次掃描的編號；不設則由報告得出", "the number of this scan; taken from the report if not set"),
)
FROM_OUTSIDE = Setting(
    "from_outside",
    Text("是否由公司外部掃描：yes 或 no", "was the scan run from outside the firm: yes or no"),
)
NOT_YES_OR_NO = Text(
    "設定 from_outside 只能是 yes 或 no；請修正 chahe.toml 中這個來源的設定",
    "the setting from_outside must be yes or no; correct it for this source in chahe.toml",
)
NO_SCAN_ID = Text(
    "報告沒有名稱也沒有時間，無法辨識是哪一次掃描；請在 chahe.toml 為這個來源設定 scan_id",
    "the report has neither name nor time, so the scan cannot be told from others; set scan_id for this source in "
    "chahe.toml",
)
BAD_TIME = Text(
    "{field} 不是認得的時間格式；請由掃描工具重新匯出，不要以試算表改存",
    "{field} is not a known form of time; export the report again from the scanner, unedited",
)
BAD_VALUE = Text(
    "{field} 的值不在應有的範圍；請由掃描工具重新匯出",
    "the value of {field} is not one it can have; export the report again from the scanner",
)
ABSENT = Text(
    "缺少 {field}，這一筆無法當作證據；請由掃描工具重新匯出",
    "{field} is missing, so this record is no evidence; export the report again from the scanner",
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*(Z|UTC|[+-]\d\d:?\d\d)?", re.ASCII)
_CTIME = re.compile(
    r"(?:[A-Z][a-z]{2},? +)?([A-Z][a-z]{2}) +(\d{1,2}) +(\d\d):(\d\d):(\d\d) +(\d{4})(?: +(UTC|GMT|Z))?", re.ASCII
)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,4})?", re.ASCII)
_CVE = re.compile(r"CVE-\d{4}-\d{4,}", re.ASCII | re.IGNORECASE)
_DEFAULT_CREDENTIAL_FAMILIES = frozenset({"default unix accounts", "default accounts"})
_DEFAULT_CREDENTIAL = re.compile(
    r"default (?:and \w+ |or \w+ |administrative |admin |blank |user )?"
    r"(?:credential|password(?! polic)|passwd|community|login|account|snmp)"
    r"|default .{0,40}community name"
    r"|(?:blank|empty|null|no|missing|trivial|hardcoded|hard-coded) password"
    r"|password (?:is )?(?:not set|blank|empty)"
    r"|without (?:a |any )?password|unpassworded|passwordless|common administrative credentials|'password' password"
)


class Fault(Exception):
    """A record of a report that cannot be evidence: why, and which column's value is at fault."""

    def __init__(self, why: Text, column: str, value: str | None = None) -> None:
        super().__init__(why.en)
        self.why = why
        self.column = column
        self.value = value[:200] if value else None


@dataclass(frozen=True, slots=True)
class Options:
    """What the settings of a scan report say."""

    scan_id: str | None
    from_outside: bool | None


def options(context: Context) -> Options:
    """The settings of a source; Unreadable where `from_outside` is neither yes nor no."""
    outside = context.settings.get("from_outside")
    if outside is not None and outside.strip().lower() not in {"yes", "no"}:
        raise Unreadable(NOT_YES_OR_NO, column="from_outside", value=outside[:200])
    scan_id = (context.settings.get("scan_id") or "").strip()
    return Options(scan_id or None, None if outside is None else outside.strip().lower() == "yes")


def moment_us(text: str, zone: str, field: str, column: str) -> int:
    """A report's time as microseconds since 1970; Fault naming the field when it is none."""
    try:
        return (_moment(text.strip(), zone) - _EPOCH) // _MICROSECOND
    except (ValueError, OverflowError):
        raise Fault(BAD_TIME.fill(field=field), column, text) from None


def epoch_us(text: str, field: str, column: str) -> int:
    """A count of seconds since 1970 as microseconds."""
    written = text.strip()
    if not (written.isascii() and written.isdecimal() and len(written) <= 11):
        raise Fault(BAD_TIME.fill(field=field), column, text)
    return int(written) * 1_000_000


def utc(moment_us: int) -> str:
    """ISO 8601 to the second, as scan numbers show it."""
    return (_EPOCH + moment_us * _MICROSECOND).strftime("%Y-%m-%dT%H:%M:%SZ")


def number(text: str, field: str, column: str) -> Decimal:
    """A score, with at most four decimals; Fault naming the field when it is none."""
    written = text.strip()
    if not _NUMBER.fullmatch(written):
        raise Fault(BAD_VALUE.fill(field=field), column, text)
    return Decimal(written)


def severity_of(score: Decimal) -> str:
    """The rating of a score: CVSS 3.1 section 5, and `info` for none."""
    for least, severity in ((Decimal(9), "critical"), (Decimal(7), "high"), (Decimal(4), "medium")):
        if score >= least:
            return severity
    return "low" if score > 0 else "info"


def cves(texts: Iterable[str | None]) -> str | None:
    """The CVE numbers in some texts: upper case, each once, sorted, parted by blanks."""
    found = {number.upper() for text in texts if text for number in _CVE.findall(text)}
    return " ".join(sorted(found)) or None


def default_credential(title: str | None, family: str | None, severity: str) -> bool:
    """Is the weakness a default or empty credential? What scanners only note (`info`) is no weakness."""
    if severity == "info":
        return False
    if (family or "").strip().lower() in _DEFAULT_CREDENTIAL_FAMILIES:
        return True
    return _DEFAULT_CREDENTIAL.search((title or "").lower()) is not None


def address_of(text: str | None) -> str | None:
    """The text, if it is an IP address."""
    try:
        return str(ip_address((text or "").strip()))
    except ValueError:
        return None


def _moment(text: str, zone: str) -> datetime:
    if found := _ISO.fullmatch(text):
        *parts, fraction, offset = found.groups()
        year, month, day, hour, minute, second = map(int, parts)
        micro = int(((fraction or "") + "000000")[:6])
        return datetime(year, month, day, hour, minute, second, micro, tzinfo=_offset(offset, zone))
    if found := _CTIME.fullmatch(text):
        name, day_text, hour_text, minute_text, second_text, year_text, universal = found.groups()
        if (month_at := _MONTHS.find(name)) % 3 == 0:
            whole = (
                int(year_text),
                month_at // 3 + 1,
                int(day_text),
                int(hour_text),
                int(minute_text),
                int(second_text),
            )
            return datetime(*whole, tzinfo=UTC if universal else ZoneInfo(zone))
    raise ValueError(text)


def _offset(text: str | None, zone: str) -> tzinfo:
    if text is None:
        return ZoneInfo(zone)
    if text in {"Z", "UTC"}:
        return UTC
    return datetime.strptime(text, "%z").tzinfo or UTC
