"""What Keycloak's lines mean: the fate of each, and its row. No reader of its own; see `chahe.sources.sign_ins.keycloak`."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.model import Context
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.field_columns import Fields, Words, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.pair_scan import Values, nothing, parted_pairs, quoted_pairs
from chahe.sources.scanning.spans import GOOD, Texts, coded
from chahe.sources.scanning.wanted_keys import keys_of
from chahe.sources.scanning.written_times import moments
from chahe.sources.sign_ins.keycloak_meaning import OPERATIONS, activity, changed, method
from chahe.sources.sign_ins.wrapped_lines import Wrapped, unwrapped

_JSON = {
    "message": ("message",),
    "time": ("@timestamp", "timestamp"),
    "host": ("host.hostname", "hostName", "host.name"),
}
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
_QUOTE, _SPACE = ord('"'), ord(" ")
_T, _YPE, _OPERATION = ord("t"), np.frombuffer(b"ype=", np.uint8), np.frombuffer(b"operationT", np.uint8)
_HEADER = 300
"""Bytes within which an event begins: room for level, logger and thread, no search through a long message."""

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `auth_events`."""
    wrapped = unwrapped(lines, _JSON)
    fields, broken = _fields(wrapped)
    fates = LineFates(lines, skips=("blank", "other", "continued"))
    code = _codes(fields)
    kinds = fields.words("type")
    event = kinds.are(lambda word: word.isupper() and word.isascii()) & fields.has("realm")
    _judge(wrapped, event, broken, fates)
    failed = fields.has("error") | kinds.are(lambda word: word.endswith("_ERROR"))
    user = _told(fields.words("user"))
    impersonator = _told(fields.words("impersonator"))
    return {
        "happened_at_us": _happened(wrapped, fates, context),
        "host": words(wrapped.data, wrapped.parts["host"]).or_else(context.settings.get("system")).column(),
        "activity": code.said(activity),
        "outcome": coded(failed.astype(np.int32), pa.array(["success", "failure"])),
        "account": impersonator.instead(user).column() if (impersonator.texts.codes >= 0).any() else user.column(),
        "account_domain": fields.words("realm").column(),
        "target_account": _target(fields, impersonator, user),
        "source_address": fields.words("address").column(),
        "method": _methods(fields),
        "service": coded(np.zeros(len(lines), np.int32), pa.array(["keycloak"])),
        "session_id": fields.words("session").column(),
        "event_code": code.column(),
        **fates.columns(),
    }


def _fields(wrapped: Wrapped) -> tuple[Fields, Flags]:
    """The event's fields, whether their values stand in quotes or not; and whose quotes do not pair."""
    data = wrapped.data
    begins, sizes = wrapped.parts["message"]
    ends = (begins + sizes).astype(np.int32)
    events, quoted = _events(data, begins.astype(np.int32), ends)
    count = len(begins)
    values: Values = nothing(len(_FIELDS), count)
    quoted_pairs(data, np.where(quoted, events, ends).astype(np.int32), ends, keys=_KEYS, values=values)
    bare = ~quoted & (events < ends)
    if bare.any():
        others = nothing(len(_FIELDS), count)
        signs = (np.full(count, _COMMA, np.uint8), _EQUALS)
        parted_pairs(data, np.where(bare, events, ends).astype(np.int32), ends, signs=signs, keys=_KEYS, values=others)
        for mine, theirs in ((values.begins, others.begins), (values.sizes, others.sizes)):
            mine[:, bare] = theirs[:, bare]
    return Fields(data, _ORDER, values.begins, values.sizes), values.broken


@compiled
def _events(data: Bytes, begins: Ints, ends: Ints) -> tuple[Ints, Flags]:
    """Where an event begins in each message (`type=`, `operationType=`), or its end; and whether its values stand in quotes."""
    found, quoted = ends.copy(), np.zeros(len(begins), np.bool_)
    for line in range(len(begins)):
        begin, end = begins[line], ends[line]
        for place in range(begin + 1, min(end - 4, begin + _HEADER)):
            if not _same(data, place, _YPE):
                continue
            first = place - 1 if data[place - 1] == _T else place - len(_OPERATION)
            named = data[place - 1] == _T or (first >= begin and _same(data, first, _OPERATION))
            if named and (first == begin or data[first - 1] == _SPACE):
                found[line], quoted[line] = first, data[place + 4] == _QUOTE
                break
    return found, quoted


@compiled
def _same(data: Bytes, place: int, word: Bytes) -> bool:
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[place + index] != word[index]:
            return False
    return True


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
    spans = wrapped.parts["time"]
    at_us, states = moments(wrapped.data, *spans, context.zone)
    if (states != GOOD).any():
        written = words(wrapped.data, spans).column()
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
    codes = np.where(became, user.texts.codes, np.int32(-1)).astype(np.int32)
    return Words(Texts(codes, user.texts.values)).instead(path).column()


def _methods(fields: Fields) -> pa.DictionaryArray:
    grants = fields.words("grant").rewritten(lambda word: method(word, None))
    return fields.words("credential").instead(grants).column()
