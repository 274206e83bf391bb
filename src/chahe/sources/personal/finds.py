"""Personal data in one line or row: what looks like it, where, under which word, and whether its check digits hold."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chahe.sources.personal.identifiers import is_card_number, is_personal_id
from chahe.sources.personal.words import Word, address_has_name, holder_word, key_before, word_for

_BEFORE, _BEHIND = r"(?<![0-9A-Za-z_.\-+])", r"(?![0-9A-Za-z_*]|[.\-]\d)"
_ID = re.compile(rf"{_BEFORE}[A-Za-z][A-Da-d1289]\d{{8}}{_BEHIND}")
_MOBILE = re.compile(rf"{_BEFORE}(?:\+886[ -]?\(?0?\)?9|09)\d\d([ -]?)\d{{3}}\1\d{{3}}{_BEHIND}")
_LANDLINE = re.compile(
    rf"{_BEFORE}(?:\(0[2-8]\d{{0,2}}\) ?|\+886[ -][2-8]\d{{0,2}}[ -]|0[2-8]\d{{0,2}}-)[2-9]\d{{2,3}}-?\d{{3,4}}{_BEHIND}"
)
_CARD = re.compile(
    rf"{_BEFORE}(?:[2-6]\d{{3}}([ -]?)\d{{4}}\1\d{{4}}\1\d{{4}}|3[47]\d\d([ -]?)\d{{6}}\2\d{{5}}){_BEHIND}"
)
_ACCOUNT = re.compile(rf"{_BEFORE}(?:\(?\d{{3}}\)?[- ]?)?[0-9A-Z]{{1,5}}[0-9-]{{5,15}}\d{_BEHIND}")
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{2}[縣市][\u4e00-\u9fff]{1,3}[區鄉鎮市][\u4e00-\u9fff0-9０-９]{1,14}?(?:路|街|大道|村|里)"
    r"[\u4e00-\u9fff0-9０-９\-之]{0,16}?[0-9０-９]{1,4}(?:[-之][0-9０-９]+)?號"
)

PREFILTER = (
    r"\b[A-Za-z][A-Da-d1289]\d{8}\b|\b09\d\d[- ]?\d{3}[- ]?\d{3}\b|\+886|\b0[2-8]\d{0,2}[)-] ?\d{3,4}-?\d{3,4}\b"
    r"|\b(?:[2-6]\d{3}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}|3[47]\d{2}[- ]?\d{6}[- ]?\d{5})\b|[帳戶]號|帳戶|[Aa]cc(?:oun)?t|號"
)
"""RE2: a line in which anything can be found matches this. Few others do, so that the rest is looked at by this alone."""


class Find(NamedTuple):
    """Something that could be personal data. `sound`: its check digits hold, or its form has none and is right."""

    kind: str
    """national_id, resident_id, mobile, landline, card, bank_account, trading_account, address_with_name."""
    start: int
    text: str
    key: str
    """The word, column or field it stands under; what stands under one key in a file is judged together."""
    word: Word
    sound: bool


def finds(text: str, headings: Sequence[str] = ()) -> Iterator[Find]:
    """Everything in a line or row (cells parted by tabs) that could be personal data, in the order of kinds."""
    found = [*_numbers(text, headings), *_accounts(text, headings), *_addresses(text)]
    personal = any(one.sound and one.word is not Word.OTHER for one in found) or holder_word(text)
    yield from found
    # A telephone on a letterhead is nobody's: one beside a person's name or number is.
    if personal:
        for match in _LANDLINE.finditer(text):
            key = key_before(text, match.start(), headings)
            yield Find("landline", match.start(), match[0], key, word_for("landline", key), _is_landline(match[0]))


def _numbers(text: str, headings: Sequence[str]) -> Iterator[Find]:
    for match in _ID.finditer(text):
        key = key_before(text, match.start(), headings)
        word = word_for("national_id", key)
        # In small letters only where the field says so: digests are full of such runs.
        if match[0][0].isupper() or word is Word.PERSONAL:
            value = match[0].upper()
            kind = "national_id" if value[1] in "12" else "resident_id"
            yield Find(kind, match.start(), match[0], key, word, is_personal_id(value))
    for match in _MOBILE.finditer(text):
        key = key_before(text, match.start(), headings)
        yield Find("mobile", match.start(), match[0], key, word_for("mobile", key), sound=True)
    for match in _CARD.finditer(text):
        key = key_before(text, match.start(), headings)
        sound = is_card_number(re.sub("[ -]", "", match[0]))
        yield Find("card", match.start(), match[0], key, word_for("card", key), sound)


def _accounts(text: str, headings: Sequence[str]) -> Iterator[Find]:
    """Accounts have no check digits of their own: only what a field names so is one."""
    for match in _ACCOUNT.finditer(text):
        key = key_before(text, match.start(), headings)
        digits = re.sub(r"[^0-9]", "", match[0])
        for kind, least, most in (("bank_account", 10, 19), ("trading_account", 7, 11)):
            if word_for(kind, key) is Word.PERSONAL and least <= len(digits) <= most:
                yield Find(kind, match.start(), match[0], key, Word.PERSONAL, sound=True)


def _addresses(text: str) -> Iterator[Find]:
    if "號" not in text:
        return
    for match in _ADDRESS.finditer(text):
        if address_has_name(text):
            yield Find("address_with_name", match.start(), match[0], "address", Word.PERSONAL, sound=True)


def _is_landline(text: str) -> bool:
    """As long as its area code asks: ten digits with the leading 0 in Taipei (02) and Taichung (04), else nine."""
    digits = re.sub(r"[^0-9]", "", text.replace("+886", "0"))
    return (
        len(digits) == 10 if digits.startswith("02") else len(digits) == 9 or (digits[:2] == "04" and len(digits) == 10)
    )


def masked(kind: str, text: str) -> str:
    """A form of the value that names nobody, for a reader who has to find the place."""
    if kind == "address_with_name":
        return text[:3] + "…"
    plain = re.sub(r"[ ()-]", "", text)
    if kind == "card":
        return f"{plain[:4]}-****-****-{plain[-4:]}"
    if kind in ("national_id", "resident_id"):
        return f"{plain[:3]}****{plain[-3:]}"
    return plain[:2] + "*" * (len(plain) - 4) + plain[-2:]


def hidden(text: str) -> str:
    """A raw record with all that could be personal data masked, for reports: what only looks like it is masked as well."""
    for one in sorted(set(_hideable(text)), key=lambda one: -one.start):
        text = text[: one.start] + masked(one.kind, one.text) + text[one.start + len(one.text) :]
    return text


def _hideable(text: str) -> Iterator[Find]:
    taken = [*_numbers(text, ()), *_accounts(text, ()), *_addresses(text)]
    taken += [Find("landline", one.start(), one[0], "", Word.OPEN, sound=True) for one in _LANDLINE.finditer(text)]
    # Under a heading that the record itself does not show, any long number may be an account.
    taken += [
        Find("bank_account", one.start(), one[0], "", Word.OPEN, sound=True)
        for one in re.finditer(rf"{_BEFORE}\d[\d-]{{8,18}}\d{_BEHIND}", text)
    ]
    reach = 0
    for one in sorted(taken, key=lambda one: (one.start, -len(one.text))):
        if one.start >= reach:
            reach = one.start + len(one.text)
            yield one
