"""What one sentence of a contract says of each clause: agrees, denies, leaves unsure, or only mentions it.

The rule is lopsided on purpose. A sentence agrees only if it fits a known wording whole and holds no sign of negation,
exception, condition or another party that is not at home in that wording; whatever is not plain is for a person to read.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from chahe.derivations.clause_words import DANGER, HARMLESS, LIMITING, OTHERS, WORDS, Words

Stance = Literal["granted", "denied", "unsure", "mentioned"]

_STOPS: Final = "。;；!！?？\n"
_FIRM: Final = "本公司|委託人|委託方|委任人|定作人|業主"
_VENDOR: Final = "受託人|受託方|受任人|承攬人|承包商|委外廠商|得標廠商|廠商|供應商|受委託人"


@dataclass(frozen=True, slots=True)
class Roles:
    """Which party is the firm. None: the contract does not say it in a way that is understood, so nothing it says is sure."""

    firm: Literal["甲方", "乙方"] | None = "甲方"

    def written(self, text: str) -> str:
        """Text in NFKC without blanks, the parties as 〔甲〕 (the firm) and 〔乙〕 (the vendor)."""
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        firm, vendor = ("乙方", "甲方") if self.firm == "乙方" else ("甲方", "乙方")
        plain = re.sub(f"{vendor}|{_VENDOR}", "〔乙〕", plain)
        return re.sub(f"{firm}|{_FIRM}", "〔甲〕", plain)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: where it begins in the passage's text, and whether a stop ends it."""

    begins: int
    text: str
    ended: bool


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a passage, without the blanks around them; the stop belongs to its sentence."""
    begins = 0
    for place, sign in enumerate(text):
        if sign in _STOPS:
            yield from _trimmed(text[begins : place + 1], begins, ended=True)
            begins = place + 1
    yield from _trimmed(text[begins:], begins, ended=False)


def _trimmed(piece: str, begins: int, *, ended: bool) -> Iterator[Sentence]:
    words = piece.strip()
    if words.strip(_STOPS):
        yield Sentence(begins + piece.index(words[0]), words, ended)


def stances(text: str, roles: Roles = Roles()) -> dict[str, Stance]:
    """By clause that the sentence speaks of, in the order of the clauses."""
    plain = roles.written(text).rstrip(_STOPS)
    return {clause: _stance(plain, words, roles) for clause, words in WORDS.items() if words.mentions.search(plain)}


def limits_the_one_before(text: str) -> bool:
    """Does the sentence begin as one that takes back, or makes conditional, what stands before it?"""
    plain = Roles().written(text)
    return bool(LIMITING.match(plain) and _dangerous(plain, ()))


def _stance(plain: str, words: Words, roles: Roles) -> Stance:
    if any(pattern.search(plain) for pattern in words.denials):
        return "denied"
    if not any(pattern.search(plain) for pattern in words.grants):
        return "unsure" if _dangerous(plain, words.harmless) else "mentioned"
    sure = roles.firm is not None and not OTHERS.search(plain) and not _dangerous(plain, words.harmless)
    return "granted" if sure else "unsure"


def _dangerous(plain: str, harmless: tuple[re.Pattern[str], ...]) -> bool:
    for pattern in (*harmless, *HARMLESS):
        plain = pattern.sub("", plain)
    return bool(DANGER.search(plain))
