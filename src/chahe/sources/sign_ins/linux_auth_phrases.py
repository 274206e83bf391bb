"""How sshd, PAM, sudo, su, login and the account tools put what they did, and what an auditor is to read in it.

Each sign-in is told by one line: sshd's own for SSH, PAM's for every other service. The other of the two is kept as
activity `other`. So is su's own line beside PAM's, and the account tools' line beside PAM's "password changed".

Messages are looked at behind PAM's prefix (`pam_unix(sshd:session): `) and sshd's `error: `. See `phrase_scan` for how a
phrase is written, `LISTS` for which phrases a line may have.
"""

from collections.abc import Iterator

from chahe.sources.scanning.phrase_scan import Phrase

SLOTS = ("who", "target", "origin", "port", "terminal", "method", "session")

_FROM = "{origin} port {port:number}"
_LOGON = {"activity": "logon", "outcome": "success"}
_REFUSED = {"activity": "logon", "outcome": "failure"}
_SEEN = {"activity": "other", "outcome": "success"}
_SEEN_REFUSED = {"activity": "other", "outcome": "failure"}
_USED = {"activity": "privilege_use", "outcome": "success"}
_USE_REFUSED = {"activity": "privilege_use", "outcome": "failure"}
_CHANGED = {"activity": "account_change", "outcome": "success"}
_CERTIFICATE = {"method": "certificate"}

# A person outside chooses the name that sshd repeats, so a name may hold ` from 192.0.2.1 port 22`. Where the name
# did not exist the last ` from ` is sshd's own; where it did, the first, since a certificate's text may follow.
SSHD = (
    Phrase(f"Accepted publickey for {{who:first}} from {_FROM}{{:first}}-CERT ", _LOGON | _CERTIFICATE),
    Phrase(f"Accepted {{method}} for {{who:first}} from {_FROM}", _LOGON),
    Phrase("Accepted {method}{?: code} for {who}{$}", _SEEN),
    Phrase(f"Failed {{method}} for invalid user {{who:last}} from {_FROM}", _REFUSED),
    Phrase(f"Failed {{method}} for illegal user {{who:last}} from {_FROM}", _REFUSED),
    Phrase(f"Failed publickey for {{who:first}} from {_FROM}{{:first}}-CERT ", _REFUSED | _CERTIFICATE),
    Phrase(f"Failed publickey for {{who:first}} from {_FROM}", _REFUSED | {"method": "publickey"}),
    Phrase(f"Failed {{method}} for {{who:last}} from {_FROM}", _REFUSED),
    Phrase("Invalid user {who:last} from {origin}{?: port {port:number}}{$}", _SEEN_REFUSED),
    Phrase("Illegal user {who:last} from {origin}{?: port {port:number}}{$}", _SEEN_REFUSED),
    Phrase("User {who:last} from {origin} not allowed because ", _SEEN_REFUSED),
    Phrase(f"maximum authentication attempts exceeded for {{?:invalid user }}{{who:last}} from {_FROM}", _SEEN_REFUSED),
    *(
        Phrase(text, gives)
        # Whoever tried without a name has one blank less.
        for name in ("{who:last} ", "")
        for text, gives in (
            (f"{{|:Disconnected from|Disconnecting}} invalid user {name}{_FROM}", _SEEN_REFUSED),
            (f"Disconnecting {{?:authenticating }}user {name}{_FROM}", _SEEN_REFUSED),
            (f"Disconnected from {{?:authenticating }}user {name}{_FROM}", {"activity": "other"}),
            (f"Connection {{|:closed|reset}} by invalid user {name}{_FROM}", _SEEN_REFUSED),
            (f"Connection {{|:closed|reset}} by {{?:authenticating }}user {name}{_FROM}", {"activity": "other"}),
        )
    ),
    Phrase("Disconnecting: Too many authentication failures for {who:first}{$}", _SEEN_REFUSED),
    Phrase("PAM: {:first} for {?:{|:invalid|illegal} user }{who:last} from {origin}", _SEEN_REFUSED),
    Phrase("Access denied for user {who:last} by PAM account configuration", _REFUSED),
)

_DETAIL = {"skip": "ssh_detail"}
BARE = (
    *SSHD,
    *(
        Phrase(f"{word}{{?: {{:first}}}}{{$}}", _DETAIL)
        for word in (
            *("Accepted", "Failed", "Invalid", "Illegal", "maximum", "Disconnected", "Disconnecting", "Disconnecting:"),
            *("Connection", "Received", "PAM", "PAM:", "User", "Did", "Unable", "Timeout", "Postponed"),
            *("input_userauth_request:", "kex_exchange_identification:", "main:"),
        )
    ),
)
"""Of lines without any header, which are sshd's: messages that begin as sshd's do and say nothing of a sign-in's result."""

_OPENED = "session opened for user {target:first}{?:(uid={:number?})} by "
_OF_USER = "{?:{_}user={who:first}}{$}"
_TO_USER = "{?:{_}user={target:first}}{$}"


def _checked(verdict: str, logname: str = "{:word?}", ruser: str = "{:word?}") -> str:
    """How PAM tells a check's result; its verdict is `failure`, `success`, or `failures` of several that it sums up."""
    return (
        f"{{:first}}{verdict}; logname={logname} uid={{:number?}} euid={{:number?}} tty={{terminal:word?}} ruser={ruser}"
        " rhost={origin:word?}"
    )


def _results(one: dict[str, str], several: dict[str, str]) -> tuple[Phrase, ...]:
    """A check of the user whom the message names."""
    given = {"failure": one, "failures": several, "success": _SEEN}
    return tuple(Phrase(_checked(verdict) + _OF_USER, gives) for verdict, gives in given.items())


def _results_of_su() -> Iterator[Phrase]:
    """A check of the one who would become another user: `ruser`, or who had signed in."""
    for verdict, gives in (("failure", _USE_REFUSED), ("failures", _USE_REFUSED), ("success", _SEEN)):
        yield Phrase(_checked(verdict, ruser="{who:word}") + _TO_USER, gives)
        yield Phrase(_checked(verdict, logname="{who:word?}", ruser="") + _TO_USER, gives)


_PAM_CHANGES = (
    Phrase("password changed for {target:first}{$}", _CHANGED),
    Phrase("Consecutive login failures for user {who:first} account temporarily locked", _SEEN_REFUSED),
    Phrase("", {"skip": "pam_detail"}),
)
_CLOSED = Phrase("session closed for user {who:first}{$}", {"activity": "logoff", "outcome": "success"})
_USER_OPENED = _OPENED.replace("{target:", "{who:") + "{:all? but (}(uid={:number?})"


def _became(gives: dict[str, str]) -> tuple[Phrase, ...]:
    """Who opened another account's session; root opens it without being named."""
    return (
        Phrase(f"{_OPENED}{{who:all but (}}(uid={{:number?}})", gives),
        Phrase(f"{_OPENED}(uid=0)", gives | {"who": "root"}),
        Phrase(f"{_OPENED}(uid={{:number?}})", gives),
    )


PAM = (Phrase(_USER_OPENED, _LOGON), _CLOSED, *_results(_REFUSED, _SEEN_REFUSED), *_PAM_CHANGES)
PAM_OF_SSH = (Phrase(_USER_OPENED, _SEEN), _CLOSED, *_results(_SEEN_REFUSED, _SEEN_REFUSED), *_PAM_CHANGES)
PAM_OF_SUDO = (*_became(_SEEN), *_results(_SEEN_REFUSED, _SEEN_REFUSED), *_PAM_CHANGES)
PAM_OF_SU = (*_became(_USED), *_results_of_su(), *_PAM_CHANGES)
PAM_UNATTENDED = (Phrase("session ", {"skip": "unattended"}), *PAM)
"""Of jobs and services, whose sessions nobody opened."""

_ASKED = "{who:first} : {?:HOST={} ; }{?:TTY={terminal} }"
_ASKED_IN_VAIN = "{who:first} : {:all but =;}; {?:HOST={} ; }{?:TTY={terminal} }"
# A directory or an argument may spell ` ; USER=`: whoever became root in any of them is read as root.
_AS_ROOT = "{:first}; USER=root ; "
_AS = "{:first}; USER={target:first} ; {:first}COMMAND="
SUDO = (
    Phrase(_ASKED_IN_VAIN + _AS_ROOT, _USE_REFUSED | {"target": "root"}),
    Phrase(_ASKED_IN_VAIN + _AS, _USE_REFUSED),
    Phrase(_ASKED + _AS_ROOT, _USED | {"target": "root"}),
    Phrase(_ASKED + _AS, _USED),
)
PKEXEC = (
    Phrase(
        "{who:all but :}: Executing command [USER={target:all but ]}] [TTY={terminal:all? but ]}]",
        _USED,
    ),
)
DOAS = (Phrase("{who} ran command {:last} as {target} from ", _USED),)

SU = (
    Phrase("(to {target:all? but )}) {who} on {terminal}", _SEEN),
    Phrase("FAILED SU (to {target:all? but )}) {who} on {terminal}", _SEEN_REFUSED),
    Phrase("Successful su for {target} by {who}", _SEEN),
    Phrase("FAILED su for {target} by {who}", _SEEN_REFUSED),
    Phrase("+ {terminal} {who:all but :}:{target:first}{$}", _SEEN),
    Phrase("- {terminal} {who:all but :}:{target:first}{$}", _SEEN_REFUSED),
    # Systems without PAM: these lines are all there is.
    Phrase("'su {target:all but '}' failed for {who} on {terminal}", _USE_REFUSED),
    Phrase("'su {target:all but '}' succeeded for {who} on {terminal}", _USED),
    Phrase("BAD SU {who} to {target} on {terminal}{$}", _USE_REFUSED),
    Phrase("{who} to {target} on {terminal}{$}", _USED),
)

_ON = "LOGIN{_}{|:ON|on} {?:'}{terminal:word but '}{?:'}"
_WHENCE = "{?: BY {who}}{?: {|:FROM|from} {?:'}{origin:word but '}}"
LOGIN = (
    Phrase(_ON + _WHENCE, _SEEN),
    Phrase(f"ROOT {_ON}{_WHENCE.replace('{who}', '{}')}", _SEEN | {"who": "root"}),
    Phrase(
        "FAILED LOGIN {:first}{|:FROM|on} {?:'}{terminal:word but '}{?:'} {:first}FOR {?:'}{who:all? but ',}{?:'}, ",
        _SEEN_REFUSED,
    ),
)
LOGIND = (
    Phrase("New session {?:'}{session:word but '}{?:'} of user {?:'}{who:first}{?:'} with class ", _SEEN),
    Phrase("New session {?:'}{session:word but '}{?:'} of user {?:'}{who:first}{?:'}.{$}", _SEEN),
)

ACCOUNT_TOOLS = (
    Phrase("new user: name={target:all but ,}", _CHANGED),
    *(
        Phrase(f"{word} {{:first}}'{{target:all but '}}'", _CHANGED)
        for word in ("add", "delete", "change", "changed", "lock", "unlock")
    ),
    Phrase("failed {:first}'{target:all but '}'", {"activity": "account_change", "outcome": "failure"}),
    Phrase("changed password expiry for {target}", _CHANGED),
    Phrase("user {target} {|:added|removed} by {who} ", _CHANGED),
    Phrase("password for {?:'}{target:word but '}{?:'} changed by {?:'}{who:word but '}", _SEEN),
)

LISTS = {
    "ssh": SSHD,
    "bare": BARE,
    "sudo": SUDO,
    "pkexec": PKEXEC,
    "doas": DOAS,
    "su": SU,
    "login": LOGIN,
    "logind": LOGIND,
    "tools": ACCOUNT_TOOLS,
    "other": (),
    "pam": PAM,
    "pam ssh": PAM_OF_SSH,
    "pam sudo": PAM_OF_SUDO,
    "pam su": PAM_OF_SU,
    "pam unattended": PAM_UNATTENDED,
}
"""Phrases in the order they are tried, by what kind of line it is: by the program, `bare` without any header, `pam` PAM's."""

_PROGRAMS = {
    "ssh": ("sshd", "sshd-session", "sshd-auth"),
    "sudo": ("sudo",),
    "pkexec": ("pkexec",),
    "doas": ("doas",),
    "su": ("su",),
    "login": ("login",),
    "logind": ("systemd-logind",),
    "tools": (
        *("useradd", "usermod", "userdel", "adduser", "deluser", "chage", "chpasswd", "gpasswd", "passwd", "chfn"),
        *("chsh", "newusers", "groupmems"),
    ),
}
LIST_OF = {program: name for name, programs in _PROGRAMS.items() for program in programs}
"""The list of each program's own lines."""

_SERVICES = {
    "pam ssh": ("sshd", "sshd-session", "sshd-auth"),
    "pam sudo": ("sudo", "sudo-i"),
    "pam su": ("su", "su-l"),
    "pam unattended": (
        *("cron", "crond", "atd", "systemd-user", "runuser", "runuser-l", "polkit-1", "gdm-launch-environment"),
        *("lightdm-greeter", "sddm-greeter"),
    ),
}
PAM_LIST_OF = {service: name for name, services in _SERVICES.items() for service in services}
"""The list of PAM's lines about each service."""
