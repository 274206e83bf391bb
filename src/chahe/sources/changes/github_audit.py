"""GitHub's audit log of an organisation: who joined and left, what was allowed, which protections were lifted.

    {"@timestamp": 1772417723000, "action": "org.add_member", "actor": "hua", "user": "mei", "org": "firm", "actor_ip": "192.0.2.7", "created_at": 1772417723000}
    {"integration": "github", "github": {"actor": "hua", "org": "firm", "created_at": 1772417723000, "action": "protected_branch.policy_override"}}

The export of the organisation's settings, the API's answer and its stream are read, and what Wazuh wraps them in; lists or JSON lines. `account` is the actor, `target_account`
the user it was done to, `host` the organisation. An event without an action is rejected.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from chahe.evidence.addresses import canonical_address
from chahe.sources.changes.change_rows import MISSING, Unfit, excerpt, first, moment, records, text
from chahe.sources.model import Context, Head, Match, RecordReader, Row, Setting, Unit
from chahe.sources.reading.json_records import head_objects
from chahe.wording import Text

_SETTING = Setting("system", Text("紀錄所屬的組織；紀錄沒有寫明時使用", "the organisation, where an event names none"))
_CHANGES = frozenset(
    {
        "add",
        "remove",
        "invite",
        "update",
        "restore",
        "block",
        "unblock",
        "promote",
        "demote",
        "cancel",
        "revoke",
        "grant",
    }
)
_OF_PEOPLE = (
    "member",
    "user",
    "maintainer",
    "collaborator",
    "invitation",
    "billing_manager",
    "external_identity",
    "sso_session",
)
_PRIVILEGED = (
    "protected_branch.",
    "org.disable_two_factor",
    "org.disable_saml",
    "org.update_default_repository_permission",
    "org.oauth_app_access_approved",
    "repo.access",
    "repo.destroy",
    "repo.transfer",
    "environment.",
    "hook.",
    "secret_scanning",
)


def _recognise(head: Head) -> Match | None:
    objects = head_objects(head, 20)
    told = [one for one in objects if _is_event(_event(one))]
    if not told or 2 * len(told) < len(objects):
        return None
    return Match(85, f"{len(told)} of the first {len(objects)} objects are events of GitHub's audit log")


def _event(one: Mapping[str, object]) -> Mapping[str, object]:
    inner = one.get("github")
    return inner if isinstance(inner, Mapping) else one


def _is_event(one: Mapping[str, object]) -> bool:
    named = "org" in one or "org_id" in one or "business" in one or "repo" in one
    action = one.get("action")
    return (
        "actor" in one
        and named
        and isinstance(action, str)
        and "." in action
        and ("created_at" in one or "@timestamp" in one)
    )


def _activity(action: str) -> str:
    kind, _, deed = action.partition(".")
    if deed.split("_")[0] in _CHANGES and deed.endswith(_OF_PEOPLE):
        return "account_change"
    if kind == "org_credential_authorization":
        return "account_change"
    return "privilege_use" if action.startswith(_PRIVILEGED) else "other"


def _row(one: Mapping[str, object], context: Context) -> Row | Text:
    event = _event(one)
    action = text(event, "action")
    if action is None:
        raise Unfit(MISSING.fill(name="action"), "event_code")
    return Row(
        "auth_events",
        {
            "happened_at_us": _happened(event, context.zone),
            "host": first(event, "org", "business") or context.settings.get("system", "").strip() or None,
            "activity": _activity(action),
            "outcome": None,
            "account": text(event, "actor"),
            "target_account": text(event, "user"),
            "source_address": canonical_address(text(event, "actor_ip") or ""),
            "service": "github",
            "session_id": first(event, "_document_id", "request_id"),
            "event_code": action,
        },
    )


def _happened(event: Mapping[str, object], zone: str) -> int | None:
    """Milliseconds since 1970, or a written time."""
    for name in ("@timestamp", "created_at"):
        told = event.get(name)
        if isinstance(told, int) and not isinstance(told, bool) and 0 < told < 253_402_300_800_000:
            return told * 1000
        if told is not None:
            return moment(event, name, "happened_at_us", zone)
    raise Unfit(MISSING.fill(name="created_at"), "happened_at_us")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    yield from records(stream, context, _row)


reader = RecordReader(
    name="github_audit",
    title=Text("GitHub 稽核日誌", "GitHub audit log"),
    version=1,
    tables=("auth_events",),
    recognise=_recognise,
    read=_read,
    settings=(_SETTING,),
    excerpt=excerpt,
)
