"""What the words of events of any maker mean: actions, and whether an event is a threat or somebody signing in. No reader of its own.

act=Blocked     cat=Intrusion Prevention     cs1Label=Rule Name     An account was successfully logged on
"""

import re

_LET_THROUGH = re.compile(
    r"\b(?:not|un|isn't|never)[ -]?(?:block|drop|den|reject|prevent)|\b(?:allow|accept|permit|pass|forward|bypass|built|trust)"
    r"|\bconnection (?:open|clos|end|start)|^(?:open|clos)|^ok$"
)
_REFUSED = re.compile(
    r"\b(?:not|dis)[ -]?(?:allow|permit|accept)|\b(?:deny|denie|drop|block|reject|refus|discard|reset|prevent|quarantin|forbid|terminat)"
    r"|\b(?:rst|sinkhole|clean|delet|remov)"
)
_THREAT = re.compile(
    r"\b(?:threat|attack|intrusion|malware|virus|antivirus|ips|ids|waf|exploit|botnet|spyware|worm|trojan|ransom|phish|utm|anti-?bot)"
    r"|\b(?:sql injection|xss|web application firewall|smartdefense|scan detected|port ?scan|ddos|anomaly)\b"
)
_SIGN_IN = re.compile(
    r"\blog(?:ged|ging)?[ _-]?(?:on|in|off|out)\b|\bsign(?:ed|ing)?[ _-]?(?:on|in|out)\b|\bauthenticat|\blogins?\b|\blogons?\b|\bkerberos\b"
)
_RULE_LABELS = re.compile(
    r"(?:firewall |security |access |acl |nat |network |web |matched )?(?:rule|policy|acl|access[- ]?list)(?:[ _-]?(?:name|id|number|uid|info))?"
)


def action(written: str) -> str:
    """What an action means for the session: allow, deny or other."""
    said = written.strip().lower().replace("_", " ")
    through, refused = _LET_THROUGH.search(said), _REFUSED.search(said)
    if through and not re.match(r"(?:not|dis)[ -]?(?:allow|permit|accept)", said[max(through.start() - 4, 0) :]):
        return "allow"
    return "deny" if refused else "other"


def is_verdict(name: str) -> bool:
    """Does an event's name say that something was let through or refused?"""
    return action(name) != "other"


def of_a_threat(words: str) -> bool:
    """Do a product, a category or a name say that the event is about a threat?"""
    return _THREAT.search(words.lower().replace("_", " ")) is not None


def of_a_sign_in(words: str) -> bool:
    """Do a category or a name say that somebody signs in or out?"""
    return _SIGN_IN.search(words.lower()) is not None


def labels_a_rule(label: str) -> bool:
    """Does this label say that the field holds a rule?"""
    return _RULE_LABELS.fullmatch(label.strip().lower()) is not None
