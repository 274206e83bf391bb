"""Telephone numbers, mail addresses and bank accounts in one spelling each, so that equal ones meet. No derivation of its own."""

import re
import unicodedata
from typing import Final

_EXTENSION: Final = re.compile(r"(#|分機|轉|EXT).*$", re.IGNORECASE)
_NOT_DIGIT: Final = re.compile(r"\D")
_MOBILE: Final = re.compile(r"09\d{8}$")
_LEAST_PHONE, _LEAST_ACCOUNT = 9, 10


def phone(written: str) -> str | None:
    """Digits with the area code, as dialled within Taiwan; None where there are too few to name one line. Extensions go."""
    text = _EXTENSION.sub("", unicodedata.normalize("NFKC", written))
    digits = _NOT_DIGIT.sub("", text)
    if digits.startswith("886") or (text.strip().startswith("+") and digits.startswith("886")):
        digits = "0" + digits[3:].removeprefix("0")
    return digits if digits.startswith("0") and len(digits) >= _LEAST_PHONE else None


def mobile(number: str) -> bool:
    """Is a number in the spelling of `phone` a mobile phone's, and so one person's?"""
    return _MOBILE.match(number) is not None


def email(written: str) -> str | None:
    """Small letters; for Gmail without dots and what follows a plus, which reach the same box. None where it is no address."""
    name, at, domain = unicodedata.normalize("NFKC", written).strip().casefold().partition("@")
    if not at or not name or "." not in domain:
        return None
    if domain in ("gmail.com", "googlemail.com"):
        name, domain = name.partition("+")[0].replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def bank_account(written: str) -> str | None:
    """Digits, the bank's code with them; None where there are too few for an account of any bank."""
    digits = _NOT_DIGIT.sub("", unicodedata.normalize("NFKC", written))
    return digits if len(digits) >= _LEAST_ACCOUNT else None
