"""How ASA and FTD put what they saw, by message code, and which side of it is the source.

Of a connection that was built, `inbound` and `outbound` say who began it: the first endpoint is the foreign side, so an
outbound connection's source is the second. A teardown does not say it: there, a side with a port under 1024 facing one
above is the destination, and else the endpoints stand as written; of ICMP, the side whose number is not 0 began.

An endpoint's `form` says how it is written: `i` interface:address/port, `n` address/port, `o` either, `s`
interface/address. Columns of the relation: `code`, and `told`, the message behind the code.
"""

from chahe.sources.phrases import Phrase

ATTRIBUTES = (
    "kind",
    "action",
    "written",
    "source",
    "source_form",
    "destination",
    "destination_form",
    "proto",
    "port_from",
    "port_to",
    "who",
    "rule",
    "sent",
    "received",
    "serial",
    "second",
)

ALLOW, DENY = "'allow'", "'deny'"
TRAFFIC, THREAT, ADMIN, VPN = "'traffic'", "'threat'", "'admin'", "'vpn'"


def _pair(forms: str, source: str = "{a}", destination: str = "{b}") -> dict[str, str]:
    return {
        "source": source,
        "destination": destination,
        "source_form": f"'{forms[0]}'",
        "destination_form": f"'{forms[1]}'",
    }


def _one(form: str) -> dict[str, str]:
    return {"source": "{a}", "source_form": f"'{form}'"}


def _codes(*codes: str) -> str:
    """Is the code (six digits) one of these? DuckDB makes a join of a long IN, which is slower."""
    return f"contains('{' '.join(codes)}', code)"


def _either(condition: str, first: str, second: str) -> dict[str, str]:
    return _pair(
        "ii",
        f"CASE WHEN {condition} THEN {second} ELSE {first} END",
        f"CASE WHEN {condition} THEN {first} ELSE {second} END",
    )


_BUILT = _codes("302013", "302015", "302017", "302303", "302305")
_TORN = _codes("302014", "302016", "302018", "302023", "302304", "302306")
_OUTBOUND = "{way} = 'outbound'"
_SERVED = "try_cast(split_part({a}, '/', 2) AS INTEGER) < 1024 AND coalesce(try_cast(split_part({b}, '/', 2) AS INTEGER), 0) >= 1024"
_PINGED = "{way} = 'outbound' OR {way} = '' AND split_part({a}, '/', 2) = '0' AND split_part({b}, '/', 2) <> '0'"
_END = r"(?P<{}>[^\s(,;]+)"
_A, _B = _END.format("a"), _END.format("b")
_PAREN = r"(?: ?\([^)]*\))*"

_SESSIONS = (
    Phrase(
        f"{_BUILT} AND NOT contains(told, ')(')",
        rf"^Built (?P<way>inbound|outbound) (?P<proto>\S+) connection \d+ (?:for|from) {_A} (?:\([^)]*\) )?to {_B}",
        {
            "kind": TRAFFIC,
            "action": ALLOW,
            "written": "'Built'",
            "proto": "{proto}",
            **_either(_OUTBOUND, "{a}", "{b}"),
        },
    ),
    Phrase(
        _BUILT,
        rf"^Built (?P<way>inbound|outbound) (?P<proto>\S+) connection \d+ (?:for|from) {_A}(?: \([^)]*\))?"
        rf"(?:\((?P<a_user>[^)]*)\))? to {_B}(?: \([^)]*\))?(?:\((?P<b_user>[^)]*)\))?",
        {
            "kind": TRAFFIC,
            "action": ALLOW,
            "written": "'Built'",
            "proto": "{proto}",
            "who": f"CASE WHEN {_OUTBOUND} THEN {{b_user}} ELSE {{a_user}} END",
            **_either(_OUTBOUND, "{a}", "{b}"),
        },
    ),
    Phrase(
        f"{_TORN} AND NOT contains(told, '(') AND code <> '302023'",
        rf"^Teardown (?P<proto>\S+) connection (?:\d+ )?(?:for|from) {_A} to {_B}",
        {
            "kind": TRAFFIC,
            "action": ALLOW,
            "written": "'Teardown'",
            "proto": "{proto}",
            **_either(_SERVED, "{a}", "{b}"),
        },
    ),
    Phrase(
        _TORN,
        rf"^Teardown (?:stub )?(?P<proto>\S+) connection (?:\d+ )?(?:for|from) {_A}"
        rf"(?: ?\((?P<a_user>[^)]*)\))?{_PAREN} to {_B}(?: ?\((?P<b_user>[^)]*)\))?",
        {
            "kind": TRAFFIC,
            "action": ALLOW,
            "written": "'Teardown'",
            "proto": "{proto}",
            # GRE writes a mapped address where others write a user.
            "who": f"nullif(regexp_extract(CASE WHEN {_SERVED} THEN {{b_user}} ELSE {{a_user}} END, '^[^/]*$'), '')",
            **_either(_SERVED, "{a}", "{b}"),
        },
    ),
    Phrase(
        "code IN ('302020', '302021') AND contains(told, ' faddr ')",
        rf"^(?P<written>Built|Teardown) (?:(?P<way>inbound|outbound) )?(?P<proto>\S+) connection for faddr {_A}"
        rf"(?: ?\((?P<a_user>[^)]*)\))? .*?laddr {_B}(?: ?\((?P<b_user>[^)]*)\))?",
        {
            "kind": TRAFFIC,
            "action": ALLOW,
            "written": "{written}",
            "proto": "{proto}",
            "who": f"CASE WHEN {_PINGED} THEN {{b_user}} ELSE {{a_user}} END",
            **_either(_PINGED, "{a}", "{b}"),
            "source_form": "'n'",
            "destination_form": "'n'",
        },
    ),
)

_ACCESS_LISTS = (
    Phrase(
        "code = '106023' AND NOT contains(told, 'protocol')",
        rf"^Deny (?P<proto>\S+) src {_A}(?:\([^)]*\))? dst {_B}(?:[ (][^\"]*)\"(?P<rule>[^\"]*)\"",
        {"kind": TRAFFIC, "action": DENY, "written": "'Deny'", "proto": "{proto}", "rule": "{rule}", **_pair("ii")},
    ),
    Phrase(
        _codes("106100", "106102", "106103"),
        r"^access-list (?P<rule>\S+) (?P<verdict>\S+) (?P<proto>\S+) (?:for user '?(?P<user>[^\s']*)'? )?(?P<a>[^\s(]+)\((?P<a_port>\d+)\)"
        r"(?:\([^)]*\))* -> (?P<b>[^\s(]+)\((?P<b_port>\d+)\)",
        {
            "kind": TRAFFIC,
            "action": "CASE {verdict} WHEN 'denied' THEN 'deny' ELSE 'allow' END",
            "written": "{verdict}",
            "proto": "{proto}",
            "rule": "{rule}",
            "who": "{user}",
            "port_from": "{a_port}",
            "port_to": "{b_port}",
            **_pair("ss"),
        },
    ),
    Phrase(
        _codes("106014", "106023", "313005", "418001"),
        rf"src {_A}.*? dst {_B}",
        {
            "kind": TRAFFIC,
            "action": DENY,
            "rule": 'regexp_extract(told, \'by access-group "([^"]*)"\', 1)',
            "who": r"regexp_extract(told, '\(([^()\s]+\\[^()\s]+)\) dst ', 1)",
            **_pair("ii"),
        },
    ),
    Phrase("code = '106010'", rf"src {_A} dst {_B}", {"kind": TRAFFIC, "action": DENY, **_pair("oo")}),
    Phrase(
        _codes("106001", "106006", "106007", "106015", "106016", "106017", "106020", "106021", "106022"),
        r"from \(?(?P<a>[^\s(),]+)\)? to (?P<b>[^\s(),]+)",
        {"kind": TRAFFIC, "action": DENY, **_pair("nn")},
    ),
    Phrase(_codes("106002", "106018"), rf"src {_A} dest {_B}", {"kind": TRAFFIC, "action": DENY, **_pair("nn")}),
    Phrase(
        _codes("305009", "305010", "305011", "305012"),
        rf"^(?P<written>Built|Teardown) \S+ (?:(?P<proto>TCP|UDP|ICMP) )?translation from {_A}",
        {"kind": TRAFFIC, "action": "'other'", "written": "{written}", "proto": "{proto}", **_one("i")},
    ),
    Phrase(
        _codes("313001", "313004", "313008"),
        r"^Denied (?P<proto>\S+) type=.* from (?:laddr )?(?P<a>\S+) on interface \S+(?: to (?P<b>[^\s:]+): )?",
        {"kind": TRAFFIC, "action": DENY, "proto": "{proto}", **_pair("nn")},
    ),
    Phrase(
        "code IN ('209005') AND contains(told, 'src = ')",
        r"src = (?P<a>[^\s,]+), dest = (?P<b>[^\s,]+), proto = (?P<proto>[^\s,]+)",
        {"kind": TRAFFIC, "action": DENY, "proto": "{proto}", **_pair("nn")},
    ),
    Phrase(
        "code = '401004'",
        r"^Shunned packet: (?P<a>\S+) =+>? (?P<b>\S+) on ",
        {"kind": THREAT, "action": DENY, **_pair("nn")},
    ),
    # A web address is its visitor's to choose: what stands last is the firewall's.
    Phrase(
        "code = '304002'",
        r"^Access denied URL .* SRC (?P<a>\S+) DEST (?P<b>\S+) on ",
        {"kind": TRAFFIC, "action": DENY, **_pair("nn")},
    ),
    Phrase(
        "code = '304001'",
        r"^(?:(?P<user>\S+)@)?(?P<a>[^\s@]+) Accessed (?:JAVA )?URL (?P<b>\d+\.\d+\.\d+\.\d+|[0-9a-fA-F:]+):",
        {"kind": TRAFFIC, "action": ALLOW, "written": "'Accessed'", "who": "{user}", **_pair("nn")},
    ),
    Phrase("code IN ('609001', '609002')", r"local-host (?P<a>\S+)", {"kind": "'system'", **_one("i")}),
)

_SIGN_INS = (
    Phrase(
        _codes("605004", "605005"),
        r"^Login (?P<written>\S+) from (?P<a>\S+) to (?P<b>\S+) for user \"(?P<user>[^\"]*)\"",
        {
            "kind": ADMIN,
            "action": "CASE {written} WHEN 'permitted' THEN 'allow' ELSE 'deny' END",
            "written": "{written}",
            "who": "{user}",
            **_pair("no"),
        },
    ),
    Phrase(
        "starts_with(code, '71000')",
        r"(?P<written>requested|permitted|denied|exceeded|discarded)(?: by ACL)? from (?P<a>\S+) to (?P<b>\S+)",
        {
            "kind": TRAFFIC,
            "action": "CASE WHEN {written} IN ('permitted', 'requested') THEN 'allow' ELSE 'deny' END",
            "written": "{written}",
            **_pair("no"),
        },
    ),
    Phrase(
        _codes("611101", "611102", "611103", "502101", "502102", "502103"),
        r"(?:authentication (?P<written>succeeded|failed): )?(?:IP address: (?P<a>[^\s,]+), )?Uname: (?P<user>[^\s,]+)",
        {
            "kind": ADMIN,
            "action": "CASE {written} WHEN 'succeeded' THEN 'allow' WHEN 'failed' THEN 'deny' ELSE 'other' END",
            "written": "{written}",
            "who": "{user}",
            **_one("n"),
        },
    ),
    Phrase(
        "code BETWEEN '113003' AND '113017' AND starts_with(told, 'AAA ')",
        r"^(?P<word>AAA) (?:.*?server = +(?P<b>[^\s:,]+))?.*?[ :,][uU]ser = +(?P<user>[^\s:,]+)(?:[ :,]+user IP = +(?P<a>\S+))?",
        {
            "kind": ADMIN,
            "action": "CASE WHEN contains(told, ' Successful') THEN 'allow'"
            " WHEN contains(told, 'ejected') THEN 'deny' ELSE 'other' END",
            "written": "nullif(regexp_extract(told, '(Successful|[Rr]ejected)', 1), '')",
            "who": "{user}",
            **_pair("nn"),
        },
    ),
    Phrase(
        "code IN ('113006', '113007')",
        r"^User '?(?P<user>[^\s']+)'? (?P<written>locked|unlocked)",
        {
            "kind": ADMIN,
            "action": "CASE {written} WHEN 'locked' THEN 'deny' ELSE 'other' END",
            "written": "{written}",
            "who": "{user}",
        },
    ),
    Phrase(
        "code = '315011'",
        r"^SSH session from (?P<a>\S+) on interface \S+ for user \"(?P<user>[^\"]*)\"",
        {"kind": ADMIN, "who": "{user}", **_one("n")},
    ),
    Phrase("code = '308001'", r"\(from (?P<a>[^)\s]+)\)", {"kind": ADMIN, "action": DENY, **_one("n")}),
    Phrase(
        "starts_with(code, '109')",
        r"user '?(?P<user>[^'\s]+)'? from (?P<a>\S+) to (?P<b>\S+) on ",
        {
            "kind": ADMIN,
            "action": "CASE WHEN contains(told, ' failed ') OR contains(told, ' denied ') THEN 'deny'"
            " WHEN contains(told, ' succeeded ') OR contains(told, ' permitted ') THEN 'allow' ELSE 'other' END",
            "who": "{user}",
            **_pair("nn"),
        },
    ),
    Phrase(
        "starts_with(code, '6060')",
        r"^ASDM (?:logging )?session number \S+ from (?P<a>\S+) ",
        {"kind": ADMIN, **_one("n")},
    ),
)

_COMMANDS = (
    Phrase(
        "code = '111010'",
        r"^User '(?P<user>[^']*)', running '[^']*' from IP (?P<a>[^\s,]+), executed ",
        {"kind": ADMIN, "written": "'executed'", "who": "{user}", **_one("n")},
    ),
    Phrase(
        "code IN ('111008', '111009')",
        r"^User '?(?P<user>[^'\s]+)'? executed ",
        {"kind": ADMIN, "written": "'executed'", "who": "{user}"},
    ),
    Phrase(
        "code < '111008' AND code > '111000'",
        r"(?P<a>\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]*:[0-9A-Fa-f:]+:[0-9A-Fa-f:]*)",
        {"kind": ADMIN, **_one("n")},
    ),
)

_VPN = (
    Phrase(
        "code = '113019'",
        r"^Group = [^,]*, Username = (?P<user>[^,]*), IP = (?P<a>[^,\s]*),(?:.*Bytes xmt: (?P<out>\d+), Bytes rcv: (?P<in>\d+))?",
        # What the firewall received, the person sent.
        {"kind": VPN, "who": "{user}", "sent": "{in}", "received": "{out}", **_one("n")},
    ),
    Phrase(
        "starts_with(told, 'Group <') OR starts_with(told, 'TunnelGroup <')",
        r"^(?P<word>TunnelGroup <[^>]*> GroupPolicy|Group) <[^>]*> User <(?P<user>[^>]*)> IP <(?P<a>[^>]*)>",
        {
            "kind": VPN,
            "action": "CASE WHEN contains(told, 'uthentication: rejected') THEN 'deny'"
            " WHEN contains(told, 'uthentication: successful') OR contains(told, 'session started') THEN 'allow'"
            " ELSE 'other' END",
            "who": "{user}",
            **_one("n"),
        },
    ),
    Phrase(
        "contains(told, ' for client user ')",
        r" for client user (?P<user>[^,]+), IP (?P<a>\S+) has",
        {"kind": VPN, "who": "{user}", **_one("n")},
    ),
    Phrase(
        "starts_with(code, '75') AND starts_with(told, 'Local:')",
        r"^Local:(?P<b>\S+):(?P<b_port>\d+) Remote:(?P<a>\S+):(?P<a_port>\d+) Username:(?P<user>\S+)",
        {"kind": VPN, "who": "{user}", "port_from": "{a_port}", "port_to": "{b_port}", **_pair("nn")},
    ),
    Phrase(
        "starts_with(told, 'Group = ') OR starts_with(told, 'IP = ')",
        r"^(?:Group = [^,]*, )?(?:Username = (?P<user>[^,]*), )?IP = (?P<a>[^,\s]+)",
        {"kind": VPN, "who": "{user}", **_one("n")},
    ),
    Phrase(
        "starts_with(code, '725')",
        r" (?:client|server|peer) (?P<a>[^\s(]+)(?: to (?P<b>[^\s(]+))?",
        {"kind": VPN, **_pair("ii")},
    ),
    Phrase(
        "starts_with(code, '734')",
        r"User (?P<user>[^,]+), Addr (?P<a>[^\s,]+)",
        {"kind": VPN, "who": "{user}", **_one("n")},
    ),
    # An address of the pool is the one the visitor goes by inside.
    Phrase("starts_with(code, '737')", r"(?P<a>\d+\.\d+\.\d+\.\d+)", {"kind": VPN, **_one("n")}),
)


def _key(name: str) -> str:
    """The value of a key in FTD's connection events. Keys that a visitor fills (URL, UserAgent) come behind these."""
    return f"split_part(split_part(told, ' {name}: ', 2), ',', 1)"


_RULE_ACTION = _key("AccessControlRuleAction")
_FTD = (
    Phrase(
        "code BETWEEN '430001' AND '430005'",
        gives={
            "kind": "CASE WHEN code IN ('430002', '430003') THEN 'traffic' ELSE 'threat' END",
            "action": f"CASE WHEN {_RULE_ACTION} IN ('Allow', 'Trust', 'Fastpath', 'Monitor', 'Intrusion Monitor') THEN 'allow'"
            f" WHEN starts_with({_RULE_ACTION}, 'Block') OR {_key('InlineResult')} IN ('Dropped', 'Blocked', 'Block') THEN 'deny'"
            " ELSE 'other' END",
            "written": _RULE_ACTION,
            "proto": _key("Protocol"),
            "rule": _key("AccessControlRuleName"),
            "who": _key("User"),
            "port_from": _key("SrcPort"),
            "port_to": _key("DstPort"),
            "sent": _key("InitiatorBytes"),
            "received": _key("ResponderBytes"),
            "serial": _key("DeviceUUID"),
            "second": _key("FirstPacketSecond"),
            **_pair("nn", _key("SrcIP"), _key("DstIP")),
        },
    ),
)

_THREATS = (
    Phrase("starts_with(code, '73310')", r"host (?P<a>\S+) ", {"kind": THREAT, **_one("n")}),
    Phrase(
        "contains(told, ' to ') AND (contains(told, 'from ') OR contains(told, 'for ') OR contains(told, 'flow '))",
        rf"(?:from|for|flow) {_A}{_PAREN} to {_B}",
        _pair("oo"),
    ),
)

PHRASES = (*_SESSIONS, *_ACCESS_LISTS, *_FTD, *_SIGN_INS, *_COMMANDS, *_VPN, *_THREATS)
