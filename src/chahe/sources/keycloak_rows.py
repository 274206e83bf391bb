"""What Keycloak's lines mean: the fate of each, and its row. No reader of its own; see `chahe.sources.keycloak`."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.field_columns import Fields, Words, nullable, words
from chahe.sources.keycloak_meaning import OPERATIONS, activity, changed, method
from chahe.sources.line_fates import LineFates
from chahe.sources.model import Context
from chahe.sources.pair_scan import Values, nothing, parted_pairs, quoted_pairs
from chahe.sources.spans import GOOD, Texts
from chahe.sources.syslog_scan import bytes_of
from chahe.sources.wanted_keys import keys_of
from chahe.sources.wrapped_lines import Wrapped, unwrapped
from chahe.sources.written_times import moments

_JSON = {
    "message": ("message",),
    "time": ("@timestamp", "timestamp"),
    "host": ("host.hostname", "hostName", "host.name"),
}
_TEXT = (
    r"^(?P<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)\s+[A-Z]+\s+"
    r"\[[^\]]*\]\s+(?:\(.*?\)\s+)?(?P<message>.*)$"
)
_FIELDS = {
    "type": ("type", "operationType"),
    "resource": ("resourceType",),
    "path": ("resourcePath",),
    "realm": ("realmName", "realmId"),
    "client": ("clientId",),
    "user": ("username", "userId"),
    "impersonator": ("impersonator",),
    "address": ("ipAddress",),
    "error": ("error",),
    "session": ("sessionId", "code_id"),
    "grant": ("grant_type",),
    "credential": ("credential_type",),
}
_ORDER = {name: index for index, name in enumerate(_FIELDS)}
_KEYS = keys_of(_FIELDS)
_COMMA, _EQUALS = np.uint8(ord(",")), np.uint8(ord("="))

Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `auth_events`."""
    wrapped = unwrapped(lines, _JSON, _TEXT)
    message = wrapped.parts["message"]
    fields, broken = _fields(message)
    fates = LineFates(lines, skips=("blank", "other", "continued"))
    code = _codes(fields)
    kinds = words(fields.data, fields.of("type"))
    event = kinds.are(lambda word: word.isupper() and word.isascii()) & fields.has("realm")
    _judge(wrapped, event, broken, fates)
    happened = _happened(wrapped, fates, context)
    failed = fields.has("error") | kinds.are(lambda word: word.endswith("_ERROR"))
    user = _told(fields.words("user"))
    impersonator = _told(fields.words("impersonator"))
    return {
        "happened_at_us": happened,
        "host": pc.coalesce(wrapped.parts["host"], pa.scalar(context.settings.get("system"), pa.string())),
        "activity": code.said(activity),
        "outcome": pc.if_else(pa.array(failed), "failure", "success"),
        "account": impersonator.instead(user).column(),
        "account_domain": fields.words("realm").column(),
        "target_account": _target(fields, impersonator, user),
        "source_address": fields.words("address").column(),
        "method": _methods(fields),
        "service": pa.repeat("keycloak", len(lines)),
        "session_id": fields.words("session").column(),
        "event_code": code.column(),
        **fates.columns(),
    }


def _fields(message: pa.Array) -> tuple[Fields, Flags]:
    """The event's fields, whether their values stand in quotes or not; and whose quotes do not pair."""
    data, offsets = bytes_of(pc.fill_null(message, ""))
    begins, ends = offsets[:-1].astype(np.int32), offsets[1:].astype(np.int32)
    quoted = pc.fill_null(pc.match_substring_regex(message, r'^(?:operationType|type)="'), fill_value=False)
    plain = pc.fill_null(pc.match_substring_regex(message, r"^(?:operationType|type)=[A-Z]"), fill_value=False)
    values: Values = nothing(len(_FIELDS), len(message))
    is_quoted, is_plain = (flags.to_numpy(zero_copy_only=False) for flags in (quoted, plain))
    quoted_pairs(data, np.where(is_quoted, begins, ends), ends, keys=_KEYS, values=values)
    partings = np.full(len(message), _COMMA, np.uint8)
    if is_plain.any():
        others = nothing(len(_FIELDS), len(message))
        parted_pairs(data, np.where(is_plain, begins, ends), ends, signs=(partings, _EQUALS), keys=_KEYS, values=others)
        for mine, theirs in ((values.begins, others.begins), (values.sizes, others.sizes)):
            mine[:, is_plain] = theirs[:, is_plain]
    return Fields(data, _ORDER, values.begins, values.sizes), values.broken


def _codes(fields: Fields) -> Words:
    """The type, or an administrator's operation and what it was done to."""
    kinds, resources = fields.words("type"), fields.words("resource")
    if not fields.has("resource").any():
        return kinds
    pairs = pa.StructArray.from_arrays(
        [kinds.column().cast(pa.string()), resources.column().cast(pa.string())], ["kind", "resource"]
    )
    joined = [
        None if pair["kind"] is None else f"{pair['kind']} {pair['resource'] or ''}".strip()
        for pair in pairs.to_pylist()
    ]
    encoded = pa.array(joined, pa.string()).dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Words(Texts(codes, encoded.dictionary))


def _judge(wrapped: Wrapped, event: Flags, broken: Flags, fates: LineFates) -> None:
    fates.say(wrapped.blank, "blank")
    fates.say(wrapped.broken | broken, "broken")
    fates.say(wrapped.plain, "continued")
    fates.say(~event, "other")


def _happened(wrapped: Wrapped, fates: LineFates, context: Context) -> pa.Array:
    written = wrapped.parts["time"]
    data, offsets = bytes_of(pc.fill_null(written, ""))
    at_us, states = moments(data, offsets[:-1].astype(np.int32), np.diff(offsets).astype(np.int32), context.zone)
    fates.say(states != GOOD, "time", column="happened_at_us", value=lambda line: written[line].as_py())
    return nullable(at_us, states == GOOD)


def _told(names: Words) -> Words:
    """Keycloak writes `null` where it knows no user."""
    return names.rewritten(lambda name: None if name == "null" else name)


def _target(fields: Fields, impersonator: Words, user: Words) -> pa.Array:
    """Who was changed, or whom an impersonator became; a user's own change is of the user."""
    path = fields.words("path").rewritten(changed)
    own = fields.words("type").are(lambda word: word not in OPERATIONS and activity(word) == "account_change")
    became = (impersonator.texts.codes >= 0) | own
    return pc.if_else(pa.array(became), user.column().cast(pa.string()), path.column().cast(pa.string()))


def _methods(fields: Fields) -> pa.Array:
    grant = fields.words("grant").said(lambda word: method(word, None))
    return pc.coalesce(fields.words("credential").column().cast(pa.string()), grant.cast(pa.string()))
