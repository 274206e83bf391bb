"""How sshd, PAM, sudo, su, login and the account tools put what they did, and what an auditor is to read in it.

Each sign-in is told by one line: sshd's own for SSH, PAM's for every other service. The other of the two is kept as
activity `other`. So is su's own line beside PAM's, and the account tools' line beside PAM's "password changed".

`service` is the program, or the service PAM names; `by_pam` whether PAM wrote the line. Both are columns of the
relation, as are `told` (the message without PAM's prefix) and `first` (its first word).
"""

from chahe.sources.phrases import Phrase

ATTRIBUTES = (
    "activity",
    "outcome",
    "who",
    "target",
    "origin",
    "port",
    "terminal",
    "method",
    "session",
    "skip",
)

SUCCESS, FAILURE = "'success'", "'failure'"
OTHER, LOGON = "'other'", "'logon'"
_ORIGIN = {"origin": "{source}", "port": "{port}"}
_ACCEPTED = {
    "activity": LOGON,
    "outcome": SUCCESS,
    "who": "{user}",
    "method": "CASE WHEN contains(told, '-CERT ') THEN 'certificate' ELSE {method} END",
    **_ORIGIN,
}
_FAILED = {"activity": LOGON, "outcome": FAILURE, "who": "{user}", "method": "{method}", **_ORIGIN}

# A person outside chooses the name that sshd repeats, so a name may hold ` from 192.0.2.1 port 22`. Where the name
# did not exist the last ` from ` is sshd's own; where it did, the first, since a certificate's text may follow.
_SSHD = (
    Phrase(
        "is_ssh AND first = 'Accepted' AND split_part(told, ' ', 5) = 'from'",
        r"^Accepted (?P<method>\S+) for (?P<user>\S+) from (?P<source>\S+) port (?P<port>\d+)",
        _ACCEPTED,
    ),
    Phrase(
        "is_ssh AND first = 'Accepted' AND contains(told, ' from ')",
        r"^Accepted (?P<method>\S+) for (?P<user>.*?) from (?P<source>\S+) port (?P<port>\d+)",
        _ACCEPTED,
    ),
    Phrase(
        "is_ssh AND first = 'Accepted'",
        r"^Accepted (?P<method>\S+)(?: code)? for (?P<user>\S+)$",
        {"activity": OTHER, "outcome": SUCCESS, "who": "{user}", "method": "{method}"},
    ),
    Phrase(
        "is_ssh AND starts_with(told, 'Failed publickey for ') AND NOT starts_with(told, 'Failed publickey for invalid ')",
        r"^(?P<word>Failed) publickey for (?P<user>.*?) from (?P<source>\S+) port (?P<port>\d+)",
        {
            "activity": LOGON,
            "outcome": FAILURE,
            "who": "{user}",
            "method": "CASE WHEN contains(told, '-CERT ') THEN 'certificate' ELSE 'publickey' END",
            **_ORIGIN,
        },
    ),
    # One name of one word, and nothing after `ssh2`: one pass does.
    Phrase(
        "is_ssh AND first = 'Failed' AND split_part(told, ' ', 7) = 'from' AND split_part(told, ' ', 12) = ''"
        " AND contains(told, ' for invalid user ')",
        r"^Failed (?P<method>\S+) for invalid user (?P<user>\S*) from (?P<source>\S+) port (?P<port>\d+)",
        _FAILED,
    ),
    Phrase(
        "is_ssh AND first = 'Failed' AND split_part(told, ' ', 5) = 'from' AND split_part(told, ' ', 10) = ''",
        r"^Failed (?P<method>\S+) for (?P<user>\S+) from (?P<source>\S+) port (?P<port>\d+)",
        _FAILED,
    ),
    Phrase(
        "is_ssh AND first = 'Failed'",
        r"^Failed (?P<method>\S+) for (?:(?:invalid|illegal) user )?(?P<user>.*) from (?P<source>\S+) port (?P<port>\d+)",
        _FAILED,
    ),
    Phrase(
        "is_ssh AND first IN ('Invalid', 'Illegal')",
        r"^(?P<word>Invalid|Illegal) user (?P<user>.*) from (?P<source>\S+?)(?: port (?P<port>\d+))?$",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}", **_ORIGIN},
    ),
    Phrase(
        "is_ssh AND first = 'User' AND contains(told, ' not allowed because ')",
        r"^(?P<word>User) (?P<user>.*) from (?P<source>\S+) not allowed because ",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}", "origin": "{source}"},
    ),
    Phrase(
        "is_ssh AND first = 'maximum'",
        r"^(?P<word>maximum) authentication attempts exceeded for (?:invalid user )?(?P<user>.*) from (?P<source>\S+)"
        r" port (?P<port>\d+)",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}", **_ORIGIN},
    ),
    Phrase(
        "is_ssh AND first IN ('Disconnected', 'Connection', 'Disconnecting') AND contains(told, ' user ')",
        r"^(?P<verb>Disconnected from|Disconnecting|Connection (?:closed|reset) by) (?P<which>invalid|authenticating)? ?user "
        r"(?:(?P<user>.*) )?(?P<source>\S+) port (?P<port>\d+)",
        {
            "activity": OTHER,
            "outcome": "CASE WHEN {which} = 'invalid' OR first = 'Disconnecting' THEN 'failure' END",
            "who": "{user}",
            **_ORIGIN,
        },
    ),
    Phrase(
        "is_ssh AND starts_with(told, 'Disconnecting: Too many authentication failures for ')",
        r"^Disconnecting: Too many authentication failures for (?P<user>.+)$",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}"},
    ),
    Phrase(
        "is_ssh AND first = 'PAM:'",
        r"^PAM: (?P<cause>[^:]*?) for (?:(?:invalid|illegal) user )?(?P<user>.*) from (?P<source>\S+)",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}", "origin": "{source}"},
    ),
    Phrase(
        "is_ssh AND first = 'Access' AND contains(told, ' by PAM account configuration')",
        r"^Access denied for user (?P<user>.*) by PAM account configuration",
        {"activity": LOGON, "outcome": FAILURE, "who": "{user}"},
    ),
)

_UNATTENDED = (
    "contains(' cron crond atd systemd-user runuser runuser-l polkit-1 gdm-launch-environment lightdm-greeter"
    " sddm-greeter ', ' ' || service || ' ')"
)
_BY_SU = "service IN ('su', 'su-l')"
_BY_SUDO = "service IN ('sudo', 'sudo-i')"

_PAM = (
    Phrase("by_pam AND first = 'session' AND " + _UNATTENDED, gives={"skip": "'unattended'"}),
    Phrase(
        "by_pam AND starts_with(told, 'session opened for user ')",
        r"^session opened for user (?P<user>.*?)(?:\(uid=\d*\))? by (?P<actor>[^(]*)\(uid=(?P<uid>\d*)\)",
        {
            "activity": f"CASE WHEN {_BY_SU} THEN 'privilege_use' WHEN is_ssh OR {_BY_SUDO} THEN 'other' ELSE 'logon' END",
            "outcome": SUCCESS,
            "who": f"CASE WHEN NOT ({_BY_SU} OR {_BY_SUDO}) THEN {{user}}"
            " WHEN {actor} <> '' THEN {actor} WHEN {uid} = '0' THEN 'root' END",
            "target": f"CASE WHEN {_BY_SU} OR {_BY_SUDO} THEN {{user}} END",
        },
    ),
    Phrase(
        f"by_pam AND starts_with(told, 'session closed for user ') AND NOT {_BY_SU} AND NOT {_BY_SUDO}",
        r"^session closed for user (?P<user>.+)$",
        {"activity": "'logoff'", "outcome": SUCCESS, "who": "{user}"},
    ),
    Phrase(
        "by_pam AND contains(told, '; logname=')",
        r"(?P<verdict>failures?|success); logname=(?P<logname>\S*) uid=\d* euid=\d* tty=(?P<tty>\S*) ruser=(?P<ruser>\S*)"
        r" rhost=(?P<rhost>\S*)(?: +user=(?P<user>.*))?$",
        {
            "activity": f"CASE WHEN {{verdict}} <> 'success' AND {_BY_SU} THEN 'privilege_use'"
            f" WHEN {{verdict}} = 'failure' AND NOT is_ssh AND NOT {_BY_SUDO} THEN 'logon' ELSE 'other' END",
            "outcome": "CASE WHEN {verdict} = 'success' THEN 'success' ELSE 'failure' END",
            "who": f"CASE WHEN {_BY_SU} THEN coalesce(nullif({{ruser}}, ''), {{logname}}) ELSE {{user}} END",
            "target": f"CASE WHEN {_BY_SU} THEN {{user}} END",
            "origin": "{rhost}",
            "terminal": "{tty}",
        },
    ),
    Phrase(
        "by_pam AND starts_with(told, 'password changed for ')",
        r"^password changed for (?P<user>.+)$",
        {"activity": "'account_change'", "outcome": SUCCESS, "target": "{user}"},
    ),
    Phrase(
        "by_pam AND starts_with(told, 'Consecutive login failures for user ')",
        r"^Consecutive login failures for user (?P<user>.*) account temporarily locked",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}"},
    ),
    Phrase("by_pam", gives={"skip": "'pam_detail'"}),
)

_SUDO = (
    Phrase(
        "service = 'sudo' AND contains(told, ' : ') AND contains(told, 'COMMAND=')",
        r"^(?P<user>[^:]+?) : (?:(?P<refusal>[^=;]+?) ; )?(?:HOST=\S+ ; )?(?:TTY=(?P<tty>\S+) ; )?.*? ; USER=(?P<target>[^;]+?) ; ",
        {
            "activity": "'privilege_use'",
            "outcome": "CASE WHEN {refusal} = '' THEN 'success' ELSE 'failure' END",
            "who": "{user}",
            # A directory or an argument may spell ` ; USER=`: whoever became root in any of them is read as root.
            "target": "CASE WHEN contains(told, ' ; USER=root ; ') THEN 'root' ELSE {target} END",
            "terminal": "{tty}",
        },
    ),
    Phrase(
        "service = 'pkexec' AND contains(told, ': Executing command ')",
        r"^(?P<user>[^:]+): Executing command \[USER=(?P<target>[^\]]+)\] \[TTY=(?P<tty>[^\]]*)\]",
        {
            "activity": "'privilege_use'",
            "outcome": SUCCESS,
            "who": "{user}",
            "target": "{target}",
            "terminal": "{tty}",
        },
    ),
    Phrase(
        "service = 'doas'",
        r"^(?P<user>\S+) ran command .* as (?P<target>\S+) from ",
        {"activity": "'privilege_use'", "outcome": SUCCESS, "who": "{user}", "target": "{target}"},
    ),
)

_SU = (
    Phrase(
        "service = 'su' AND starts_with(told, '(to ')",
        r"^\(to (?P<target>[^)]*)\) (?P<user>\S+) on (?P<tty>\S+)",
        {"activity": OTHER, "outcome": SUCCESS, "who": "{user}", "target": "{target}", "terminal": "{tty}"},
    ),
    Phrase(
        "service = 'su' AND starts_with(told, 'FAILED SU (to ')",
        r"^FAILED SU \(to (?P<target>[^)]*)\) (?P<user>\S+) on (?P<tty>\S+)",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}", "target": "{target}", "terminal": "{tty}"},
    ),
    Phrase(
        "service = 'su' AND first IN ('Successful', 'FAILED')",
        r"^(?P<verdict>Successful|FAILED) su for (?P<target>\S+) by (?P<user>\S+)",
        {
            "activity": OTHER,
            "outcome": "CASE WHEN {verdict} = 'FAILED' THEN 'failure' ELSE 'success' END",
            "who": "{user}",
            "target": "{target}",
        },
    ),
    Phrase(
        "service = 'su' AND first IN ('+', '-')",
        r"^(?P<sign>[+-]) (?P<tty>\S+) (?P<user>[^:]+):(?P<target>.+)$",
        {
            "activity": OTHER,
            "outcome": "CASE WHEN {sign} = '-' THEN 'failure' ELSE 'success' END",
            "who": "{user}",
            "target": "{target}",
            "terminal": "{tty}",
        },
    ),
    # Systems without PAM: this line is all there is.
    Phrase(
        "service = 'su' AND first = '''su'",
        r"^'su (?P<target>[^']+)' (?P<verdict>failed|succeeded) for (?P<user>\S+) on (?P<tty>\S+)",
        {
            "activity": "'privilege_use'",
            "outcome": "CASE WHEN {verdict} = 'failed' THEN 'failure' ELSE 'success' END",
            "who": "{user}",
            "target": "{target}",
            "terminal": "{tty}",
        },
    ),
    Phrase(
        "service = 'su' AND contains(told, ' to ') AND contains(told, ' on ')",
        r"^(?:BAD SU )?(?P<user>\S+) to (?P<target>\S+) on (?P<tty>\S+)$",
        {
            "activity": "'privilege_use'",
            "outcome": "CASE WHEN first = 'BAD' THEN 'failure' ELSE 'success' END",
            "who": "{user}",
            "target": "{target}",
            "terminal": "{tty}",
        },
    ),
)

_LOGIN = (
    Phrase(
        "service = 'login' AND first IN ('LOGIN', 'ROOT')",
        r"^(?:ROOT )?LOGIN\s+(?:ON|on) '?(?P<tty>[^'\s]+)'?(?: BY (?P<user>\S+))?(?: (?:FROM|from) '?(?P<source>[^'\s]+)'?)?",
        {
            "activity": OTHER,
            "outcome": SUCCESS,
            "who": "CASE WHEN first = 'ROOT' THEN 'root' ELSE {user} END",
            "origin": "{source}",
            "terminal": "{tty}",
        },
    ),
    Phrase(
        "service = 'login' AND starts_with(told, 'FAILED LOGIN')",
        r"^FAILED LOGIN .*?(?:FROM|on) '?(?P<tty>[^'\s]+)'? .*?FOR '?(?P<user>[^',]*)'?, ",
        {"activity": OTHER, "outcome": FAILURE, "who": "{user}", "terminal": "{tty}"},
    ),
    Phrase(
        "service = 'systemd-logind' AND starts_with(told, 'New session ')",
        r"^New session '?(?P<session>[^' ]+)'? of user '?(?P<user>.+?)'?(?: with class .*)?\.$",
        {"activity": OTHER, "outcome": SUCCESS, "who": "{user}", "session": "{session}"},
    ),
)

_ACCOUNT_TOOLS = (
    "contains(' useradd usermod userdel adduser deluser chage chpasswd gpasswd passwd chfn chsh newusers groupmems ',"
    " ' ' || service || ' ')"
)
_CHANGED = {"activity": "'account_change'", "outcome": SUCCESS, "target": "{user}"}

_ACCOUNTS = (
    Phrase(f"{_ACCOUNT_TOOLS} AND starts_with(told, 'new user: ')", r"^new user: name=(?P<user>[^,]+)", _CHANGED),
    Phrase(
        f"{_ACCOUNT_TOOLS} AND contains(' add delete change changed lock unlock failed ', ' ' || first || ' ')"
        " AND contains(told, '''')",
        r"^\w+(?: \w+)*? '(?P<user>[^']+)'",
        {
            "activity": "'account_change'",
            "outcome": "CASE WHEN first = 'failed' THEN 'failure' ELSE 'success' END",
            "target": "{user}",
        },
    ),
    Phrase(
        f"{_ACCOUNT_TOOLS} AND starts_with(told, 'changed password expiry for ')",
        r"^changed password expiry for (?P<user>\S+)",
        _CHANGED,
    ),
    Phrase(
        f"{_ACCOUNT_TOOLS} AND first = 'user' AND contains(told, ' group ')",
        r"^user (?P<user>\S+) (?:added|removed) by (?P<actor>\S+) ",
        {**_CHANGED, "who": "{actor}"},
    ),
    Phrase(
        f"{_ACCOUNT_TOOLS} AND starts_with(told, 'password for ')",
        r"^password for '?(?P<user>[^' ]+)'? changed by '?(?P<actor>[^' ]+)'?",
        {"activity": OTHER, "outcome": SUCCESS, "who": "{actor}", "target": "{user}"},
    ),
)

PHRASES = (*_PAM, *_SSHD, *_SUDO, *_SU, *_LOGIN, *_ACCOUNTS)
