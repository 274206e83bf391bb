r"""Juniper SRX: Junos's messages, structured (RFC 5424) or plain, mixed as they come.

    <14>1 2026-11-22T09:00:00.123+08:00 srx1 RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.142 reason="TCP FIN" source-address="10.1.2.3" source-port="50100" destination-address="192.0.2.7" destination-port="443" protocol-id="6" policy-name="web-out" bytes-from-client="920" bytes-from-server="4100" username="N/A"]
    Nov 22 09:00:00 srx1 RT_FLOW: RT_FLOW_SESSION_CREATE: session created 10.1.2.3/50100->192.0.2.7/443 0x0 junos-https 203.0.113.5/50100->192.0.2.7/443 0x0 source rule out N/A N/A 6 web-out trust untrust 4242 N/A(N/A) ge-0/0/1.0 UNKNOWN UNKNOWN UNKNOWN
    Nov 22 09:00:00 srx1 RT_FLOW: RT_FLOW_SESSION_DENY: session denied 198.51.100.4/4711->10.1.1.7/22 0x0 junos-ssh 6(0) deny-all untrust trust UNKNOWN UNKNOWN N/A(N/A) ge-0/0/0.0
    Nov 22 09:00:00 srx1 RT_IDP: IDP_ATTACK_LOG_EVENT: IDP: at 1795309200, SIG Attack log <198.51.100.4/4711->10.1.1.7/80> for TCP protocol and service HTTP … in policy Recommended. … action=DROP, …
    Nov 22 09:00:00 srx1 mgd[811]: UI_LOGIN_EVENT: User 'mei' login, class 'j-super-user' [811], ssh-connection '10.9.8.7 50231 10.1.1.1 22', client-mode 'cli'

Tags and attributes as in Juniper's System Log Explorer. The tag is kept as the message's code and tells the kind; every
message of a daemon is a row, so that coverage counts it. The action is what the record calls so, or else what the tag says
(`…_CREATE` and `…_CLOSE` of sessions were let through). Of a plain session, the protocol is found by what follows it: the
policy, two zones and the number of the session. Addresses after NAT are not kept. `N/A`, `UNKNOWN` and their like are no
names.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.juniper_rows`."""
    from chahe.sources.firewall_logs.juniper_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


_TAGS = (
    r"(?:RT_|APPTRACK_|IDP_|WEBFILTER_|AV_|AAMW_|SECINTEL_|CONTENT_FILTERING_|ANTISPAM_|UI_|LOGIN_|SSHD_|KMD_|FWAUTH_)"
)
_MESSAGE = re.compile(
    rf'[^"{{|=\']{{0,250}}?\b(?:%\w+-\d-)?{_TAGS}[A-Z0-9_]+(?: \[(?:junos@|[a-z]+-[a-z-]+=")|: |(?: -)+ )'
)
_OWN = re.compile(
    r'[^"{|=]{0,250}?(?: \[junos@2636|\b(?:%\w+-\d-)?(?:RT_|APPTRACK_|IDP_|UI_)[A-Z0-9]+_[A-Z0-9_]+(?:: | \[[a-z]+-[a-z-]+="))'
)
_DAEMON = re.compile(r"[^\"{|=]{0,120}?[\w./-]+\[\d+\]: ")


def recognise(head: Head) -> Match | None:
    """Known when a line is surely Junos's, and half of the lines or more are its messages or those of its daemons."""
    if head.text.lstrip().startswith(("{", "[{", "[\n")):
        return None
    lines = [line for line in head.text.splitlines()[:200] if line.strip()]
    own = sum(_OWN.match(line) is not None for line in lines)
    known = sum(bool(_MESSAGE.match(line) or _DAEMON.match(line)) for line in lines)
    if not own or 2 * known < len(lines) or 10 * own < len(lines):
        return None
    return Match(
        95, f"{known} of the first {len(lines)} lines are messages of Junos, {own} with tags that only Junos has"
    )


reader = LineReader(
    name="juniper_srx",
    title=Text("Juniper SRX 防火牆日誌", "Juniper SRX firewall logs"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    syslog=True,
    reasons={
        "blank": Text("空白行", "blank line"),
        "stranger": Text(
            "這一行沒有 Junos 的訊息代碼，也沒有程式名稱與 syslog 標頭；請確認檔案來源，或將其他設備的紀錄分開",
            "this line has no tag of Junos, no daemon's name and no syslog header; check where the file comes from, or part other devices' records from it",
        ),
        "quotes": Text(
            "這一行的引號不成對，欄位無法確定；請確認紀錄是否在傳送時被截斷",
            "the quotes of this line do not pair, so its fields are unsure; check whether the record was cut in transit",
        ),
        "cut": Text(
            "這一行的方括號沒有結束，後面的欄位不見了；請確認紀錄是否在傳送時被截斷",
            "the bracket of this line is never closed, so fields are missing; check whether the record was cut in transit",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "這一行的時間不存在（例如 2 月 30 日或 25 時）；請查明設備的時鐘或檔案是否被改過",
            "the time of this line cannot be (as February 30 or 25 o'clock); find out whether the device's clock is wrong or the file was altered",
        ),
    },
    settings=(
        Setting(
            "device",
            Text(
                "防火牆名稱；紀錄標頭沒有主機名稱時使用",
                "the firewall's name, used where the records' header has no host",
            ),
        ),
    ),
)
