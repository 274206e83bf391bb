"""profit-guaranteed, message by message: who speaks, to whom, and the gravest of what is said; and the days of which nothing is held."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import groupby
from types import SimpleNamespace

from twins.worlds import DAY, SPAN, Evidence, Fixed, Row, Rows, Told, at, names, of

from chahe.engine.casebook import AS_OF

_NAME = names("n", 3)


def _days(channel: str, first: date, *held: int) -> list[Row]:
    return [
        {"channel": channel, "day_on": first + timedelta(days=nth), "conversations": count}
        for nth, count in enumerate(held)
    ]


_CALENDAR = [
    *_days("phone", date(2026, 3, 2), 9, 0, *[10] * 4, 0, 0, *[12] * 14, 0, 10, 0, 4),
    *_days("email", date(2026, 3, 2), *[10] * 8, 9, 0, *[10] * 5),
    *_days("line", date(2026, 3, 2), 40, 0, 0, 40, 0, 0, 40, 0, 0, 1),
    *_days("other", SPAN.begin - timedelta(days=3), *[20] * 2, 0, 0, *[20] * 16),
]
DRAWN = {
    "messages": Rows(2, 6, {"said_at_us": of(*[at(AS_OF)] * 5, at(SPAN.begin, 0), at(SPAN.begin, 0) - 1, at(AS_OF, 0) + DAY), "conversation": names("t", 2), "sender": _NAME, "sender_role": of("staff", "staff", "customer", "other"), "kind": of("text", "text", "speech", "other", "sticker"), "text": of("話"), "observed_at_us": of(at(AS_OF))}, blank=7, blanks={"sender_role": 2}),
    "message_phrases": Rows(2, 9, {"message_row": lambda rng, tag: f"messages#{rng.randrange(5):03}.{tag}", "number": of(1, 2), "phrase": of("profit_guarantee", "loss_sharing", "discretionary", "lending", "custody"), "stance": of("promised", "promised", "doubtful"), "quote": of("保證")}),
    "message_days": Fixed(_CALENDAR),
    "employees": Rows(0, 3, {"person_id": names("e", 3), "name": _NAME}),
    "customers": Rows(0, 1, {"customer_id": names("c", 2), "name": _NAME}),
}  # fmt: skip
_GRAVE = ("profit_guarantee", "loss_sharing", "discretionary")
_WORDS = ("text", "speech", "other", None)


def told(evidence: Evidence) -> Told:
    said = Told()
    bearers = Counter(one.name for one in evidence.employees)
    clients = {one.name for one in evidence.customers}
    roles = {
        one.row_id: one.sender_role or ("staff" if one.sender is not None and bearers[one.sender] == 1 and one.sender not in clients else "unknown")
        for one in evidence.messages
    }  # fmt: skip
    talks = defaultdict(list)
    for one in evidence.messages:
        if one.conversation is not None and (one.sender is not None or roles[one.row_id] in ("customer", "other")):
            talks[one.conversation].append(one)
    alone = {
        talk
        for talk, some in talks.items()
        if all(roles[one.row_id] == "staff" for one in some) and len({one.sender for one in some}) >= 2
    }
    for one in evidence.messages:
        role = roles[one.row_id]
        if one.happened_on is not None and not evidence.begin <= one.happened_on <= evidence.until:
            said.leave_out("outside")
        elif one.kind not in _WORDS:
            said.leave_out("no_words")
        elif role in ("customer", "other"):
            said.leave_out(role)
        elif one.conversation in alone:
            said.leave_out("among_staff")
        else:
            _read(said, evidence, one, role)
    _silences(said, evidence)
    return said


def _silences(said: Told, evidence: Evidence) -> None:
    channels = defaultdict(list)
    for one in sorted(evidence.message_days, key=lambda one: one.day_on):
        channels[one.channel].append(one)
    regular = False
    for days in channels.values():
        many = [nth for nth, one in enumerate(days) if one.conversations >= 10]
        lived = days[many[0] : many[-1] + 1] if many else []
        some = [one for one in lived if one.conversations > 0]
        silences = [list(run) for empty, run in groupby(lived, lambda one: one.conversations == 0) if empty]
        if not lived or 10 * len(many) < 9 * (len(some) + len(silences)):
            continue
        regular = True
        for run in silences:
            inside = [one.day_on for one in run if evidence.begin <= one.day_on <= evidence.until]
            said.undetermined += [(None, at(inside[0], 0), None, None, "no_day")] if inside else []
    last = max((one.day_on for one in evidence.message_days if one.conversations > 0), default=None)
    observed = max((one.observed_at_us for one in evidence.messages), default=None)
    stale = observed is not None and observed < at(evidence.until, 0) - 6 * DAY
    if stale or (regular and last is not None and (evidence.until - last).days > 7):
        said.undetermined.append((None, None, None, None, "not_loaded"))


def _read(said: Told, evidence: Evidence, one: SimpleNamespace, role: str) -> None:
    said.candidates += 1
    phrases = [
        phrase for phrase in evidence.message_phrases if phrase.message_row == one.row_id and phrase.phrase in _GRAVE
    ]
    if not phrases:
        return
    gravest = min(phrases, key=lambda phrase: (phrase.stance != "promised", _GRAVE.index(phrase.phrase)))
    key = (one.conversation, one.said_at_us, one.sender, gravest.number)
    if gravest.stance == "promised":
        said.exceptions += [key] if role == "staff" else []
        said.undetermined += [(*key, "speaker")] if role == "unknown" else []
    elif role == "staff":
        said.undetermined.append((*key, "unclear"))
