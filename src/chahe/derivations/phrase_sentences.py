"""What one sentence of staff promises, by kind: plainly, or so that a person must read it.

The steps, each cased by a family of the corpus: (1) fold the spelling; (2) take out words that only look like a promise; (3) match;
(4) what stands before in the same clause, after another turn of the sentence, may deny, report or suppose it; (5) so may what follows;
(6) a question asks, unless it offers; (7) law, training and warnings speak of promises without making one.
"""

import re
from typing import Final, Literal

from chahe.derivations.phrase_signs import (
    AGREED,
    ASKED_OF,
    DENIAL,
    DENIED_AFTER,
    DENIED_WITHIN,
    HARMLESS,
    HYPOTHESIS,
    LAW,
    OTHER_THINGS,
    OTHERS,
    QUESTION,
    REPORTED,
    TAG,
    TURN,
)
from chahe.derivations.phrase_text import folded
from chahe.derivations.phrase_words import WORDS

Stance = Literal["promised", "doubtful"]

_FIRST_PERSON: Final = re.compile("我|本人|私下|咱")
_CLAUSE: Final = re.compile("[,:;。!?]")
_COMMITS: Final = re.compile("保證|擔保|包")
_NEAR: Final = 6
"""A denial so many characters before a promise belongs to it; one further off leaves it in doubt."""
_ASKED_FOR: Final = frozenset(("lending", "custody"))
"""Kinds in which to ask is to do: "could you lend me" asks for the loan."""
_ASKING: Final = re.compile("我|[跟向](?:你|您)")
_SUPPOSED: Final = frozenset(("profit_guarantee", "discretionary"))
"""Kinds that a condition takes back; "if it falls I pay" is itself the promise to share a loss."""


def stances(sentence: str) -> dict[str, Stance]:
    """By kind, in the order of the kinds; empty for a sentence that promises nothing."""
    written = folded(sentence)
    possible = [(kind, words) for kind, words in WORDS.items() if not words.signs.isdisjoint(written)]
    if not possible:
        return {}
    plain = OTHER_THINGS.sub("〇", written)
    found: dict[str, Stance] = {}
    for kind, words in possible:
        told = {_weighed(plain, match, kind) for match in words.promises.finditer(plain)}
        if "promised" in told:
            found[kind] = "promised"
        elif "doubtful" in told or any(_weighed(plain, match, kind) for match in words.hints.finditer(plain)):
            found[kind] = "doubtful"
    return found


def _weighed(plain: str, match: re.Match[str], kind: str) -> Stance | None:
    """What is left of a match once the sentence around it has been read; None for nothing."""
    before, after = plain[: match.start()], plain[match.end() :]
    turns = [turn.end() for turn in TURN.finditer(before)]
    scope = before[turns[-1] :] if turns else before
    clause = _CLAUSE.split(scope)[-1]
    if _is_reported(before, after) or DENIED_AFTER.match(after) or DENIED_WITHIN.search(match[0]):
        return None
    denied = _denied(clause)
    if denied == "near" or OTHERS.search(clause) or (_COMMITS.match(match[0]) and ASKED_OF.search(clause)):
        return None
    if kind in _SUPPOSED and HYPOTHESIS.search(clause):
        return None
    if QUESTION.search(clause + match[0] + (AGREED.sub("", after) if "我" in match[0] else after)):
        if kind in _ASKED_FOR and _ASKING.search(match[0]):
            return "promised" if kind == "lending" else "doubtful"
        return "doubtful" if TAG.search(after) or TAG.search(match[0] + after) else None
    beside = clause + _CLAUSE.split(after)[0]
    if LAW.search(scope + after):
        return "doubtful" if _FIRST_PERSON.search(clause + match[0]) and not LAW.search(beside) else None
    return "doubtful" if denied else "promised"


def _denied(clause: str) -> Literal["near", "far"] | None:
    """Is there a denial in front, once what holds one and denies nothing is taken out?"""
    left = HARMLESS.sub("", clause)
    places = [one.end() for one in DENIAL.finditer(left)]
    if not places:
        return None
    return "near" if len(left) - places[-1] <= _NEAR else "far"


def _is_reported(before: str, after: str) -> bool:
    """Does the match stand in a quotation of somebody's words, other than the speaker's own?"""
    opened = max(before.rfind("「"), before.rfind("『"))
    if opened < 0 or not re.search("[」』「]", after) or re.search("[」』]", before[opened:]):
        return False
    lead = before[:opened]
    return bool(REPORTED.search(lead)) and not re.search("我(?:跟你|可以|再|就|敢)*(?:說|講|寫)[:是]?$", lead)
