"""Paragraphs out of a page's lines. No reader of its own."""

import re
import unicodedata
from itertools import pairwise
from statistics import median_low

from chahe.sources.documents.pdf_pages import PageLine

_NUMERAL = "[0-9０-９零〇一二三四五六七八九十百千]{1,8}"
_BEGINS = re.compile(
    rf"\s*(?:第\s*{_NUMERAL}\s*[章節編條条項款]|[（(]{_NUMERAL}[）)]|{_NUMERAL}[、.．]\s*[^\s\d]|(?:Article|Section|Clause)\s+\d|[-*•●■]\s)"
)
"""Marks with which an article or an item begins."""
_SOFT_HYPHEN = "\u00ad"


def paragraphs(lines: list[PageLine]) -> list[str]:
    """The texts of a page's paragraphs, from top to bottom as the page has them."""
    told = [line for line in lines if line.text.strip()]
    if not told:
        return []
    right = max(line.box.right for line in told)
    steps = [step for above, line in pairwise(told) if 0 < (step := _step(above, line)) < 200]
    usual = median_low(steps) if steps else 0.0
    found = [_clean(told[0].text)]
    for above, line in pairwise(told):
        if _parts(above, line, right=right, usual=usual):
            found.append(_clean(line.text))
        else:
            found[-1] = _joined(found[-1], _clean(line.text))
    return [text for text in (one.replace(_SOFT_HYPHEN, "").strip() for one in found) if text]


def _step(above: PageLine, line: PageLine) -> float:
    """From line to line, points."""
    return above.box.bottom - line.box.bottom


def _height(line: PageLine) -> float:
    return max(line.box.top - line.box.bottom, 1.0)


def _parts(above: PageLine, line: PageLine, *, right: float, usual: float) -> bool:
    """Does a paragraph begin with this line?"""
    if _BEGINS.match(line.text):
        return True
    step, size = _step(above, line), _height(above)
    if step <= 0 or step > max(1.35 * usual, 1.2 * size):
        return True  # another column, or a wider gap
    if abs(_height(line) - size) > 0.35 * max(_height(line), size) and min(len(line.text), len(above.text)) > 4:
        return True  # another size of type
    if line.box.left - above.box.left > 1.5 * size and above.box.right > right - 3 * size:
        return True  # an indent
    return above.box.right < right - 6 * size


def _clean(text: str) -> str:
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Zs") else sign for sign in text).strip()


def _joined(before: str, behind: str) -> str:
    if not before or not behind:
        return before + behind
    if before.endswith(_SOFT_HYPHEN):
        return before[:-1] + behind
    close = _is_wide(before[-1]) or _is_wide(behind[0])
    return before + behind if close else f"{before} {behind}"


def _is_wide(sign: str) -> bool:
    """Is it a sign of Chinese print, between which there are no blanks?"""
    return unicodedata.east_asian_width(sign) in ("W", "F")
