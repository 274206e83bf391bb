"""What readers of vulnerability-scan reports share: settings, faults, scores, default credentials. No reader of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from chahe.evidence.addresses import canonical_address
from chahe.rules.roc import UnreadableDay, UnreadableMoment, read_moment
from chahe.sources.model import Context, Setting, Unreadable
from chahe.sources.scans import scan_times
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
SCOPE = Setting(
    "scope",
    Text(
        "這次掃描涵蓋並已掃完的主機，以逗號分隔；報告沒有寫出乾淨的主機或是否掃完時填寫",
        "the hosts this scan covered to the end, parted by commas; where the report names no clean hosts or does not say that it ended",
    ),
)
SCANNED_AT = Setting(
    "scanned_at",
    Text(
        "掃描的時間（如 2026-11-20 22:00），報告沒有寫時間時填寫；寫 observed 表示以取得檔案的時間為準",
        "the time of the scan (2026-11-20 22:00) where the report gives none; observed: the time at which the file was taken",
    ),
)
HOST = Setting(
    "host",
    Text(
        "成品所屬的系統或主機名稱，代替報告所寫的檔名或路徑",
        "the system or host the artifact belongs to, instead of the file name or path in the report",
    ),
)
SETTINGS: Final = (SCAN_ID, FROM_OUTSIDE, SCOPE, SCANNED_AT)
ARTIFACT_SETTINGS: Final = (*SETTINGS, HOST)
"""Of reports on one artifact, whose own name for it may say nothing."""
NO_TIME = Text(
    "設定 scanned_at 應為時間（如 2026-11-20 22:00）或 observed；請修正 chahe.toml 中這個來源的設定",
    "the setting scanned_at must be a time (2026-11-20 22:00) or observed; correct it for this source in chahe.toml",
)
NOT_YES_OR_NO = Text(
    "設定 from_outside 只能是 yes 或 no；請修正 chahe.toml 中這個來源的設定",
    "the setting from_outside must be yes or no; correct it for this source in chahe.toml",
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

_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,4})?", re.ASCII)
_CVE = re.compile(r"CVE-\d{4}-\d{4,}", re.ASCII | re.IGNORECASE)
_GRAVITY = ("critical", "high", "medium", "low", "unknown", "info")
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
    scope: tuple[str, ...]
    """The hosts that are declared to have been scanned to the end."""
    scanned_at_us: int | None
    """When, where the report does not say."""


def options(context: Context) -> Options:
    """The settings of a source; Unreadable where `from_outside` is neither yes nor no, or `scanned_at` no time."""
    outside = context.settings.get("from_outside")
    if outside is not None and outside.strip().lower() not in {"yes", "no"}:
        raise Unreadable(NOT_YES_OR_NO, column="from_outside", value=outside[:200])
    scan_id = (context.settings.get("scan_id") or "").strip()
    scope = dict.fromkeys(filter(None, map(str.strip, re.split("[,，、;\\s]+", context.settings.get("scope") or ""))))
    return Options(
        scan_id or None,
        None if outside is None else outside.strip().lower() == "yes",
        tuple(scope),
        _scanned_at(context),
    )


def _scanned_at(context: Context) -> int | None:
    written = (context.settings.get("scanned_at") or "").strip()
    if not written:
        return None
    if written.lower() == "observed":
        return context.observed_at_us
    try:
        return read_moment(written, context.zone)
    except (UnreadableMoment, UnreadableDay):
        raise Unreadable(NO_TIME, column="scanned_at", value=written[:200]) from None


def moment_us(text: str, zone: str, field: str, column: str) -> int:
    """A report's time as microseconds since 1970; Fault naming the field when it is none."""
    try:
        return scan_times.moment(text, zone)
    except (ValueError, OverflowError):
        raise Fault(BAD_TIME.fill(field=field), column, text) from None


def epoch_us(text: str, field: str, column: str) -> int:
    """A count of seconds since 1970 as microseconds."""
    written = text.strip()
    if not (written.isascii() and written.isdecimal() and len(written) <= 11):
        raise Fault(BAD_TIME.fill(field=field), column, text)
    return int(written) * 1_000_000


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


def graver(first: str, second: str) -> str:
    """The graver of two ratings; no rating is graver than a mere note."""
    return min(first, second, key=_GRAVITY.index)


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
    return canonical_address(text) if text else None


def port_of(text: str | None, field: str) -> int | None:
    """A port number; nothing for nothing. Fault naming the field when it is none."""
    written = (text or "").strip()
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and int(written[:9]) <= 65535):
        raise Fault(BAD_VALUE.fill(field=field), "port", text)
    return int(written)


def score_of(text: str | None, field: str) -> Decimal | None:
    """A CVSS base score, 0 to 10; nothing for nothing."""
    written = (text or "").strip()
    if not written:
        return None
    score = number(written, field, "cvss")
    if not 0 <= score <= 10:
        raise Fault(BAD_VALUE.fill(field=field), "cvss", text)
    return score


def site_of(text: str) -> tuple[str, int | None]:
    """The host and port of an address as web scanners write it: `https://www.example:8443/a`, `192.0.2.7:22`, `[::1]:80`."""
    written = text.strip()
    if canonical_address(written):
        return written, None
    try:
        parts = urlsplit(written if "://" in written else f"//{written}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return written, None
    return host, port if port is not None else {"https": 443, "http": 80}.get(parts.scheme.lower())


def bare_url(text: str) -> str:
    """An address without what can hold secrets: the user before `@`, and all behind `?` or `#`."""
    plain = re.split(r"[?#]", text.strip(), maxsplit=1)[0]
    scheme, mark, rest = plain.partition("://")
    if not mark:
        return plain
    site, slash, path = rest.partition("/")
    return f"{scheme}://{site.rpartition('@')[2]}{slash}{path}"
