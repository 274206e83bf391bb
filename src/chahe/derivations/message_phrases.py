"""What staff, or somebody unknown, said in messages that may be a promise: by message and kind, quoted with what stands around it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from chahe.derivations.model import Condensation
from chahe.derivations.phrase_sentences import Stance, stances
from chahe.derivations.phrase_text import sentences
from chahe.evidence.message_phrases import table
from chahe.evidence.messages import table as messages

Row = dict[str, object]
_OTHERS: Final = pa.array(["customer", "other"])
_WORDS: Final = pa.array([None, "text", "speech", "other"])
_AROUND: Final = 2
_SHOWN: Final = 120
"""Characters of a message that are shown around another."""
_WHO: Final = {"staff": "員工", "customer": "客戶"}


def query(from_us: int, until_end_us: int) -> str:
    """The messages of a period, and those without a time; what people not of the firm said is only context."""
    return f"""
        SELECT m.row_id, m.said_at_us, m.conversation, m.sender, m.sender_role, m.kind, m.text, m.offset_seconds
        FROM messages m
        WHERE m.said_at_us IS NULL OR (m.said_at_us >= {from_us} AND m.said_at_us < {until_end_us})
    """  # noqa: S608 - two whole numbers, from an audit's period


def derive(found: pa.Table) -> Iterator[Row]:
    """A row for each message and kind, in the order of the conversations.

    Chats repeat themselves, and few hold a promise: each wording is read once, and only conversations that hold one are put in order.
    """
    talk_of = found["conversation"].cast(pa.string()).fill_null(str(None))
    looked_at = pc.and_(
        pc.invert(pc.is_in(found["sender_role"].cast(pa.string()), value_set=_OTHERS)),
        pc.is_in(found["kind"].cast(pa.string()), value_set=_WORDS),
    )
    text = found["text"].cast(pa.string())
    told = {one: said for one in pc.unique(text.filter(looked_at)).to_pylist() if (said := _said(one or ""))}
    telling = pc.and_(looked_at, pc.is_in(text, value_set=pa.array(list(told), pa.string())))
    talks: dict[str, list[Row]] = defaultdict(list)
    place = found.column_names.index("conversation")
    named = found.set_column(place, "conversation", talk_of).append_column("looked_at", looked_at)
    for row in named.filter(pc.is_in(talk_of, value_set=pc.unique(talk_of.filter(telling)))).to_pylist():
        talks[row["conversation"]].append(row)
    for _, talk in sorted(talks.items()):
        talk.sort(key=_place)
        yield from _of(talk, told)


def _place(row: Row) -> tuple[object, ...]:
    """Chats tell the minute; within it the file's own order of lines holds."""
    raw, _, line = str(row["row_id"]).rpartition("#")
    number = line.rpartition("!")[2]
    at, offset = row["said_at_us"], row["offset_seconds"]
    return (at is not None, at or 0, offset or 0, raw, int(number) if number.isdigit() else 0, line)


def _of(talk: Sequence[Row], told: Mapping[str, Mapping[str, tuple[Stance, str]]]) -> Iterator[Row]:
    counted: dict[tuple[object, object], int] = defaultdict(int)
    for place, one in enumerate(talk):
        if not one["looked_at"]:
            continue
        counted[one["said_at_us"], one["sender"]] += 1
        for kind, (stance, quote) in told.get(str(one["text"] or ""), {}).items():
            before, behind = talk[max(place - _AROUND, 0) : place], talk[place + 1 : place + 1 + _AROUND]
            yield {
                "message_row": one["row_id"],
                "number": counted[one["said_at_us"], one["sender"]],
                "phrase": kind,
                "stance": stance,
                "quote": quote,
                "context": "／".join([*map(_shown, before), f"【{_shown(one)}】", *map(_shown, behind)]),
                "earlier_row": before[-1]["row_id"] if before else None,
                "later_row": behind[0]["row_id"] if behind else None,
                "taken_back": any(other["kind"] == "unsent" for other in behind),
                "row_id": one["row_id"],
            }


def _said(text: str) -> dict[str, tuple[Stance, str]]:
    """By kind the first sentence that promises it, or else the first that may."""
    found: dict[str, tuple[Stance, str]] = {}
    for sentence in sentences(text):
        for kind, stance in stances(sentence).items():
            if kind not in found or (stance == "promised" and found[kind][0] == "doubtful"):
                found[kind] = (stance, sentence)
    return found


def _shown(row: Row) -> str:
    text = " ".join(str(row["text"] or "").split())
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"{_WHO.get(str(row['sender_role']), row['sender'] or '系統')}：{cut}"


derivation = Condensation(table=table, reads=(messages,), query=query, derive=derive)
