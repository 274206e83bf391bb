"""How ASA and FTD put what they saw, by message code, and which side of it is the source.

`a` is the source, `b` the destination. Of a connection that was built, `inbound` and `outbound` say who began it: the first
endpoint is the foreign side, so an outbound connection's source is the second. A teardown does not say it: there (`turn`
served), a side with a port under 1024 facing one above is the destination, and else the endpoints stand as written; of
ICMP (`turn` pinged), the side whose number is not 0 began. `who` is the source's user, `other` the destination's.

`forms` says how the endpoints are written, the source first: `i` interface:address/port, `n` address/port, `o` either, `s`
interface/address. See `phrase_scan` for how a phrase is written.
"""

from chahe.sources.scanning.phrase_scan import Phrase

SLOTS = (
    *("a", "b", "proto", "port_from", "port_to", "who", "other", "rule", "sent", "received", "written"),
    *("serial", "second", "result"),
)

_A, _B = "{a:word but (,;}", "{b:word but (,;}"
_MAPPED = "{?: ({:all? but )})}"
_PAREN = "{?:{?: }({:all? but )})}"
_FOR = "{|:for|from} "
_ALLOWED = {"kind": "traffic", "action": "allow"}
_BUILT = _ALLOWED | {"forms": "ii", "written": "Built"}
_TORN = _ALLOWED | {"forms": "ii", "written": "Teardown", "turn": "served"}
_DENIED = {"kind": "traffic", "action": "deny"}
_ADMIN = {"kind": "admin", "action": "other"}
_ADMITTED, _TURNED_AWAY = _ADMIN | {"action": "allow"}, _ADMIN | {"action": "deny"}
_VPN = {"kind": "vpn"}


def _user(slot: str) -> str:
    return f"{{?:({{{slot}:all? but )}})}}"


def _user_of_torn(slot: str) -> str:
    """GRE writes a mapped address where others write a user."""
    return f"{{?:{{?: }}({{{slot}:all? but )/}})}}{_PAREN}{_PAREN}"


_BUILDING = (
    Phrase(
        "Built outbound {proto} connection {:number} "
        f"{_FOR}{_B}{_MAPPED}{_user('other')} to {_A}{_MAPPED}{_user('who')}",
        _BUILT,
    ),
    Phrase(
        f"Built inbound {{proto}} connection {{:number}} {_FOR}{_A}{_MAPPED}{_user('who')} to {_B}{_MAPPED}",
        _BUILT,
    ),
)
_TEARING = (
    Phrase(
        f"Teardown {{?:stub }}{{proto}} connection {{?:{{:number}} }}{_FOR}{_A}{_user_of_torn('who')}"
        f" to {_B}{_user_of_torn('other')}",
        _TORN,
    ),
)
_PINGS = (
    *(
        Phrase(
            f"{verb} outbound {{proto}} connection for faddr {_B}{_user_of_torn('other')} {{:first}}laddr {_A}{_user_of_torn('who')}",
            _ALLOWED | {"forms": "nn", "written": verb},
        )
        for verb in ("Built", "Teardown")
    ),
    *(
        Phrase(
            f"{verb} {way}{{proto}} connection for faddr {_A}{_user_of_torn('who')} {{:first}}laddr {_B}{_user_of_torn('other')}",
            _ALLOWED | {"forms": "nn", "written": verb} | turn,
        )
        for verb in ("Built", "Teardown")
        for way, turn in (("inbound ", {}), ("", {"turn": "pinged"}))
    ),
    Phrase(
        f"{{written|:Built|Teardown}} {{:first}}{{proto}} connection {{?:{{:number}} }}{_FOR}{_A}{_PAREN}{_PAREN} to {_B}",
        _ALLOWED | {"forms": "ii", "turn": "pinged"},
    ),
)

_IN_DOMAIN = "{?:({:word but ()\\}\\{who:word but ()})}"
_BY_LIST = '{:first}by access-group "{rule:all? but "}"'
_LISTS = (
    Phrase(f"Deny {{?:protocol }}{{proto}} src {_A}{_IN_DOMAIN}{_PAREN} dst {_B}{_BY_LIST}", _DENIED | {"forms": "ii"}),
    Phrase(f"{{:first}}src {_A}{_IN_DOMAIN}{{:first}} dst {_B}{_BY_LIST}", _DENIED | {"forms": "ii"}),
    Phrase(f"{{:first}}src {_A}{_IN_DOMAIN}{{:first}} dst {_B}", _DENIED | {"forms": "ii"}),
)
_HIT = (
    " {proto} {?:for user {?:'}{who:word? but '}{?:'} }{a:word but (}({port_from:number})"
    "{?:({:all? but )})}{?:({:all? but )})} -> {b:word but (}({port_to:number})"
)
_HITS = (
    Phrase("access-list {rule} {written|:denied}" + _HIT, _DENIED | {"forms": "ss"}),
    Phrase("access-list {rule} {written}" + _HIT, _ALLOWED | {"forms": "ss"}),
)
_URL = " Accessed {?:JAVA }URL "
_ACCESSED = _ALLOWED | {"forms": "nn", "written": "Accessed"}

_LOGIN = ' from {a} to {b} for user "{who:all? but "}"'
_ANSWERS = (
    ("Successful", _ADMITTED),
    ("Rejected", _TURNED_AWAY),
    ("rejected", _TURNED_AWAY),
    ("", _ADMIN),
)
_FROM_SERVER = "{:first}server ={_}{b:word but :,}"
_OF_USER = "{:first} {|:u|U}ser ={_}{who:word but :,}{?:{|: : |: |, }user IP ={_}{a}}"
_AAA = tuple(
    Phrase(f"AAA {{:first}}{{written|:{word}}}{server}{_OF_USER}", gives | {"forms": "nn"})
    for word, gives in _ANSWERS
    for server in (_FROM_SERVER, "")
)
_QUOTED_USER = "{?:'}{who:word but '}{?:'}"
_PROXY = f"{{:first}}user {_QUOTED_USER} from {{a}} to {{b}} on "

_OF_GROUP = tuple(
    Phrase(
        f"{group} <{{:all? but >}}> User <{{who:all? but >}}> IP <{{a:all? but >}}>{told}",
        _VPN | {"forms": "nn", "action": action},
    )
    for group in ("Group", "TunnelGroup <{:all? but >}> GroupPolicy")
    for told, action in (
        ("{:first}uthentication: rejected", "deny"),
        ("{:first}uthentication: successful", "allow"),
        ("{:first}session started", "allow"),
        ("", "other"),
    )
)

_FTD_EVENT = {"forms": "nn"}

OTHERS = "others"
"""Codes with no phrases of their own."""
LISTS: tuple[tuple[str, tuple[Phrase, ...]], ...] = (
    ("302013 302015 302017 302303 302305", _BUILDING),
    ("302014 302016 302018 302023 302304 302306", _TEARING),
    ("302020 302021", _PINGS),
    ("106014 106023 313005 418001", _LISTS),
    ("106100 106102 106103", _HITS),
    ("106010", (Phrase(f"{{:first}}src {_A} dst {_B}", _DENIED | {"forms": "oo"}),)),
    (
        "106001 106006 106007 106015 106016 106017 106020 106021 106022",
        (Phrase("{:first}from {?:(}{a:word but (),}{?:)} to {b:word but (),}", _DENIED | {"forms": "nn"}),),
    ),
    ("106002 106018", (Phrase(f"{{:first}}src {_A} dest {_B}", _DENIED | {"forms": "nn"}),)),
    (
        "305009 305010 305011 305012",
        (
            Phrase(
                f"{{written|:Built|Teardown}} {{}} {{?:{{proto|:TCP|UDP|ICMP}} }}translation from {_A}",
                {"kind": "traffic", "action": "other", "forms": "ii"},
            ),
        ),
    ),
    (
        "313001 313004 313008",
        (
            Phrase(
                "Denied {proto} type={:last} from {?:laddr }{a} on interface {}{?: to {b:word but :}: }",
                _DENIED | {"forms": "nn"},
            ),
        ),
    ),
    (
        "209005",
        (
            Phrase(
                "{:first}src = {a:word but ,}, dest = {b:word but ,}, proto = {proto:word but ,}",
                _DENIED | {"forms": "nn"},
            ),
        ),
    ),
    ("401004", (Phrase("Shunned packet: {a} {} {b} on ", _DENIED | {"kind": "threat", "forms": "nn"}),)),
    # A web address is its visitor's to choose: what stands last is the firewall's.
    ("304002", (Phrase("Access denied URL {:last} SRC {a} DEST {b} on ", _DENIED | {"forms": "nn"}),)),
    (
        "304001",
        tuple(
            Phrase(f"{user}{{a:word but @}}{_URL}{destination}", _ACCESSED)
            for user in ("", "{who:last}@")
            for destination in ("{b:first}:{|:/|http|ftp}", "{b:word but :}:")
        ),
    ),
    ("609001 609002", (Phrase("{:first}local-host {a}", {"kind": "system", "forms": "ii"}),)),
    ("430001 430004 430005", (Phrase("", _FTD_EVENT | {"kind": "threat"}),)),
    ("430002 430003", (Phrase("", _FTD_EVENT | {"kind": "traffic"}),)),
    (
        "605004 605005",
        (
            Phrase("Login {written|:permitted}" + _LOGIN, _ADMITTED | {"forms": "no"}),
            Phrase("Login {written}" + _LOGIN, _TURNED_AWAY | {"forms": "no"}),
        ),
    ),
    (
        "71000",
        (
            Phrase("{:first}{written|:permitted|requested}{?: by ACL} from {a} to {b}", _ALLOWED | {"forms": "no"}),
            Phrase(
                "{:first}{written|:denied|exceeded|discarded}{?: by ACL} from {a} to {b}", _DENIED | {"forms": "no"}
            ),
        ),
    ),
    (
        "611101 611102 611103 502101 502102 502103",
        (
            *(
                Phrase(
                    f"{{:first}}authentication {{written|:{word}}}: {{?:IP address: {{a:word but ,}}, }}Uname: {{who:word but ,}}",
                    gives | {"forms": "nn"},
                )
                for word, gives in (("succeeded", _ADMITTED), ("failed", _TURNED_AWAY))
            ),
            Phrase("{:first}Uname: {who:word but ,}", _ADMIN),
        ),
    ),
    (" ".join(str(code) for code in range(113003, 113018)), _AAA),
    (
        "113006 113007",
        (
            Phrase(f"User {_QUOTED_USER} {{written|:locked}}", _TURNED_AWAY),
            Phrase(f"User {_QUOTED_USER} {{written|:unlocked}}", _ADMIN),
        ),
    ),
    (
        "315011",
        (Phrase('SSH session from {a} on interface {} for user "{who:all? but "}"', {"kind": "admin", "forms": "nn"}),),
    ),
    ("308001", (Phrase("{:first}(from {a:word but )})", _TURNED_AWAY | {"forms": "nn"}),)),
    (
        "109",
        (
            Phrase("{:first} {|:failed|denied} " + _PROXY, _TURNED_AWAY | {"forms": "nn"}),
            Phrase("{:first} {|:succeeded|permitted} " + _PROXY, _ADMITTED | {"forms": "nn"}),
            Phrase(_PROXY, _ADMIN | {"forms": "nn"}),
        ),
    ),
    ("6060", (Phrase("ASDM {?:logging }session number {} from {a} ", {"kind": "admin", "forms": "nn"}),)),
    (
        "111010",
        (
            Phrase(
                "User '{who:all? but '}', running '{:all? but '}' from IP {a:word but ,}, executed ",
                {"kind": "admin", "written": "executed", "forms": "nn"},
            ),
        ),
    ),
    ("111008 111009", (Phrase(f"User {_QUOTED_USER} executed ", {"kind": "admin", "written": "executed"}),)),
    (
        "111001 111002 111003 111004 111005 111006 111007",
        (Phrase("{:first}{a:address}", {"kind": "admin", "forms": "nn"}),),
    ),
    (
        "113019",
        tuple(
            # What the firewall received, the person sent.
            Phrase(
                f"Group = {{:all? but ,}}, Username = {{who:all? but ,}}, IP = {{a:word? but ,}},{counted}",
                _VPN | {"forms": "nn"},
            )
            for counted in ("{:last}Bytes xmt: {received:number}, Bytes rcv: {sent:number}", "")
        ),
    ),
    ("", _OF_GROUP),
    ("", (Phrase("{:first} for client user {who:all but ,}, IP {a} has", _VPN | {"forms": "nn"}),)),
    (
        "75",
        (
            Phrase(
                "Local:{b:last}:{port_to:number} Remote:{a:last}:{port_from:number} Username:{who}",
                _VPN | {"forms": "nn"},
            ),
        ),
    ),
    (
        "",
        (
            Phrase(
                "Group = {:all? but ,}, {?:Username = {who:all? but ,}, }IP = {a:word but ,}", _VPN | {"forms": "nn"}
            ),
            Phrase("IP = {a:word but ,}", _VPN | {"forms": "nn"}),
        ),
    ),
    (
        "725",
        (Phrase("{:first} {|:client|server|peer} {a:word but (}{?: to {b:word but (}}", _VPN | {"forms": "ii"}),),
    ),
    ("734", (Phrase("{:first}User {who:all but ,}, Addr {a:word but ,}", _VPN | {"forms": "nn"}),)),
    # An address of the pool is the one the visitor goes by inside.
    ("737", (Phrase("{:first}{a:address}", _VPN | {"forms": "nn"}),)),
    ("73310", (Phrase("{:first}host {a} ", {"kind": "threat", "forms": "nn"}),)),
    (OTHERS, (Phrase(f"{{:first}}{{|:from|for|flow}} {_A}{_PAREN}{_PAREN} to {_B}", {"forms": "oo"}),)),
)
"""Codes, or the digits they begin with (none: all), and the phrases of their messages, in the order they are tried."""
