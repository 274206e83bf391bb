"""Checksums of the numbers that name a person in Taiwan, and of payment cards."""

_CODES = {letter: code for code, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", start=10)}
"""The letters of household registration with their codes: I, O and W come late because they were added late."""
_CARDS = ((40, 49), (51, 55), (22, 27), (34, 34), (37, 37), (35, 35), (62, 62))
"""First two digits of Visa, Mastercard (both ranges), American Express, JCB and UnionPay numbers."""


def is_personal_id(text: str) -> bool:
    """Is this a sound national ID, or a resident certificate's number in the old (two letters) or new (8, 9) form?

    A letter's code gives two digits, weighed 1 and 9; the others weigh 8 to 1, and the last is the check digit. The second
    letter of the old resident form counts by the last digit of its code.
    """
    if len(text) != 10 or text[0] not in _CODES or not (text[2:].isascii() and text[2:].isdigit()):
        return False
    if text[1] in "1289":
        second = int(text[1])
    elif text[1] in "ABCD":
        second = _CODES[text[1]] % 10
    else:
        return False
    tens, ones = divmod(_CODES[text[0]], 10)
    digits = (second, *(int(digit) for digit in text[2:9]))
    weighed = sum(digit * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True))
    return (tens + 9 * ones + weighed + int(text[9])) % 10 == 0


def is_card_number(digits: str) -> bool:
    """Is this a card's number: the length and prefix of a known brand, and Luhn's check digit (ISO/IEC 7812-1)?"""
    if not (digits.isascii() and digits.isdigit()) or len(digits) != (15 if digits[:2] in ("34", "37") else 16):
        return False
    prefix = int(digits[:2])
    if not any(low <= prefix <= high for low, high in _CARDS) or len(set(digits)) < 2:
        return False
    if prefix in range(22, 28) and not 2221 <= int(digits[:4]) <= 2720:
        return False
    doubled = [int(digit) * (2 if nth % 2 else 1) for nth, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
