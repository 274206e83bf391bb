r"""What a statement of SQL changes, and how it is shown without its secrets. No reader of its own.

    UPDATE trade.orders SET price = 12 WHERE id = 7             data        update        trade.orders
    ALTER ROLE mei PASSWORD 'hunter2' VALID UNTIL 'infinity'    account     alter role    mei          ALTER ROLE mei PASSWORD … VALID UNTIL …
    GRANT SELECT ON accounts TO lin                             rights      grant         accounts

The first words tell; comments and a WITH clause before them are passed over. Statements that only read, and those that
steer a session or a transaction (SELECT, SET, BEGIN, FETCH …), change nothing. It is the first statement that is looked at.
Where a statement speaks of a password or a key at all, every literal in it is left out: no grammar of three makers' SQL is
sure enough of which of them is the secret.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

SHOWN: Final = 500
"""Characters of a statement that are kept."""
_LOOKED_AT: Final = 20_000

_COMMENT = re.compile(
    r"\s+|--[^\n]*(?:\n|$)|/\*.*?(?:\*/|$)|[;(]|\A\W*?EXPLAIN\s+ANALYZE\s+", re.DOTALL | re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z_]*")
_WRITES_WITHIN = re.compile(r"\)\s*(INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)
_SELECT_INTO = re.compile(
    r"\ASELECT\b(?:(?!\bFROM\b).)*?\bINTO\s+(?!@|:|STRICT\b)([\w.\"\[\]#$]+)", re.IGNORECASE | re.DOTALL
)
_NAME: Final = (
    r"((?:\"[^\"]+\"|\[[^\]]+\]|`[^`]+`|[\w$#@]+)(?:\s*\.\s*(?:\"[^\"]+\"|\[[^\]]+\]|`[^`]+`|[\w$#@]+)){0,3})"
)
_SECRET = re.compile(
    r"passw(?:or)?d|\bpwd\b|identified\s+by|identified\s+externally|\bsecret|credential|encrypt|decrypt|\bhashed\b|"
    r"(?:symmetric|master|private|api|access|wrapping)[\s_]*key|\btoken\b|密碼|口令|"
    r"\bsp_(?:addlogin|setapprole|addlinkedsrvlogin|addapprole)|openrowset|opendatasource",
    re.IGNORECASE,
)
_LITERAL = re.compile(
    r"\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z)|(?:\b[NnEeBbXxUu]&?)?'(?:[^'\\]|''|\\.)*(?:'|\Z)|\b0[xX][0-9A-Fa-f]+",
    re.DOTALL,
)
_BARE = re.compile(
    r"(?P<head>(?:identified\s+by(?:\s+values)?|replace|password(?:\s*=|\s+values)?|with\s+secret)\s+)(?P<secret>\"[^\"]*(?:\"|\Z)|[^\s;,()'\"…]+)",
    re.IGNORECASE,
)
_WORDS_AFTER = frozenset(
    [
        "expire",
        "account",
        "externally",
        "globally",
        "null",
        "must_change",
        "hashed",
        "default",
        "unlimited",
        "lock",
        "profile",
        "policy",
        "with",
        "by",
        "function",
        "synonym",
        "view",
        "or",
        "required",
        "never",
        "history",
        "reuse",
        "life",
        "verify",
    ]
)

_KINDS: Final = {
    "data": "INSERT UPDATE DELETE MERGE REPLACE UPSERT TRUNCATE COPY IMPORT LOAD BULK LOCK CALL",
    "structure": "CREATE ALTER DROP RENAME COMMENT REINDEX CLUSTER ANALYZE PURGE FLASHBACK ATTACH DETACH SECURITY REFRESH",
    "rights": "GRANT REVOKE DENY REASSIGN",
    "code": "DO EXEC EXECUTE",
    "audit": "AUDIT NOAUDIT",
}
_BY_WORD: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_OBJECTS: Final = {
    "ROLE": "account", "USER": "account", "LOGIN": "account", "GROUP": "account", "PROFILE": "account",
    "SERVER AUDIT": "audit", "DATABASE AUDIT": "audit", "AUDIT": "audit",
    "SYSTEM": "settings", "DATABASE SCOPED": "settings", "SERVER CONFIGURATION": "settings",
}  # fmt: skip
_TYPES: Final = re.compile(
    r"\A(?:OR\s+REPLACE\s+|GLOBAL\s+|LOCAL\s+|TEMP(?:ORARY)?\s+|UNLOGGED\s+|PUBLIC\s+|EDITIONABLE\s+|FORCE\s+|RECURSIVE\s+|"
    r"UNIQUE\s+|BITMAP\s+|CLUSTERED\s+|NONCLUSTERED\s+|EXTERNAL\s+|FOREIGN\s+|PLUGGABLE\s+)*"
    r"(?P<type>SERVER\s+AUDIT(?:\s+SPECIFICATION)?|DATABASE\s+AUDIT(?:\s+SPECIFICATION)?|AUDIT\s+POLICY|SERVER\s+CONFIGURATION|DATABASE\s+SCOPED|SERVER\s+ROLE|APPLICATION\s+ROLE|"
    r"USER\s+MAPPING|DEFAULT\s+PRIVILEGES|MATERIALIZED\s+VIEW|EVENT\s+TRIGGER|PACKAGE\s+BODY|TEXT\s+SEARCH\s+\w+|[A-Z]+)"
    r"(?:\s+CONCURRENTLY)?(?:\s+IF\s+(?:NOT\s+)?EXISTS)?(?:\s+ONLY)?\s*",
    re.IGNORECASE,
)
_TARGET: Final = {
    "INSERT": re.compile(rf"INTO\s+(?:TABLE\s+)?{_NAME}", re.IGNORECASE),
    "MERGE": re.compile(rf"(?:INTO\s+)?{_NAME}", re.IGNORECASE),
    "UPDATE": re.compile(rf"(?:ONLY\s+)?{_NAME}", re.IGNORECASE),
    "DELETE": re.compile(rf"(?:FROM\s+)?(?:ONLY\s+)?{_NAME}", re.IGNORECASE),
    "TRUNCATE": re.compile(rf"(?:TABLE\s+)?(?:ONLY\s+)?{_NAME}", re.IGNORECASE),
    "COPY": re.compile(_NAME),
    "LOCK": re.compile(rf"(?:TABLE\s+)?{_NAME}", re.IGNORECASE),
    "CALL": re.compile(_NAME),
    "EXEC": re.compile(rf"(?:@\w+\s*=\s*)?{_NAME}"),
    "EXECUTE": re.compile(rf"(?:@\w+\s*=\s*)?{_NAME}"),
    "RENAME": re.compile(_NAME),
}
_RIGHTS_ON: Final = re.compile(
    rf"\bON\s+(?:(?:TABLE|OBJECT|SCHEMA|DATABASE|FUNCTION|SEQUENCE|LOGIN|USER|ROLE|DIRECTORY)\b(?:\s*::)?\s*)?{_NAME}",
    re.IGNORECASE,
)
_ROLE_GIVEN: Final = re.compile(rf"\A{_NAME}", re.IGNORECASE)


class Change(NamedTuple):
    """What a statement changes."""

    kind: str
    """A choice of database_changes.change_kind."""
    command: str
    """In lower case, with the type of object where there is one: `update`, `alter table`."""
    target: str | None
    """The object as written, quotes and brackets left out."""


def change_of(statement: str) -> Change | None:
    """What a statement changes; null where it changes nothing, or is none."""
    return _change(_begun(statement[:_LOOKED_AT]))


@lru_cache(maxsize=4096)
def _change(text: str) -> Change | None:
    word = _WORD.match(text)
    if word is None:
        return None
    verb = word[0].upper()
    rest = text[word.end() :].lstrip()
    if verb == "WITH":
        found = _WRITES_WITHIN.search(text)
        return _change(text[found.start(1) :]) if found else None
    if verb == "SELECT":
        into = _SELECT_INTO.match(text)
        return Change("structure", "select into", plain(into[1])) if into else None
    if (
        verb in ("COPY", "UNLOAD")
        and re.search(r"\bTO\b", rest, re.IGNORECASE)
        and not re.search(r"\bFROM\b", rest, re.IGNORECASE)
    ):
        return None
    kind = _BY_WORD.get(verb)
    if kind is None or (verb == "ANALYZE"):
        return None
    if kind == "structure":
        return _structure(verb, rest)
    if kind == "rights":
        found = _RIGHTS_ON.search(rest) or _ROLE_GIVEN.match(rest)
        return Change(kind, verb.lower(), plain(found[1]) if found else None)
    target = _TARGET.get(verb)
    found = target.match(rest) if target else None
    return Change("code" if verb == "CALL" else kind, verb.lower(), plain(found[1]) if found else None)


def _structure(verb: str, rest: str) -> Change | None:
    if verb == "ALTER" and re.match(r"SESSION\b", rest, re.IGNORECASE):
        return None
    found = _TYPES.match(rest)
    if found is None:
        return Change("structure", verb.lower(), None)
    of_type = re.sub(r"\s+", " ", found["type"]).upper()
    first = of_type.split(" ")[0]
    kind = next(
        (said for name, said in _OBJECTS.items() if of_type.startswith(name) or of_type.endswith(" ROLE")), "structure"
    )
    if of_type.endswith(" ROLE"):
        kind = "account"
    if of_type == "USER MAPPING":
        kind = "rights"
    name = re.match(_NAME, rest[found.end() :])
    if first in ("SYSTEM", "DEFAULT"):
        name, kind = None, "settings" if first == "SYSTEM" else "rights"
    if verb == "COMMENT":
        name = re.search(rf"\bON\s+\w+\s+{_NAME}", f"{rest}", re.IGNORECASE)
        return Change("structure", "comment", plain(name[1]) if name else None)
    return Change(kind, f"{verb} {of_type}".lower(), plain(name[1]) if name else None)


def _begun(statement: str) -> str:
    """The statement from its first word on."""
    place = 0
    while found := _COMMENT.match(statement, place):
        if found.end() == place:
            break
        place = found.end()
    return statement[place:]


def plain(name: str) -> str:
    """A name without quotes, brackets and blanks."""
    return re.sub(r"[\"\[\]`\s]", "", name)


def shown(statement: str) -> str:
    """The statement without secrets, its blanks made one, shortened."""
    text = re.sub(r"\s+", " ", without_secrets(statement[:_LOOKED_AT])).strip()
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def without_secrets(text: str) -> str:
    """A text with every literal left out, where it speaks of passwords or keys; as it is, where it does not."""
    if not _SECRET.search(text):
        return text
    return _BARE.sub(_without, _LITERAL.sub("…", text))


def _without(found: "re.Match[str]") -> str:
    word = found["secret"].lower()
    return found[0] if word in _WORDS_AFTER else found["head"] + "…"
