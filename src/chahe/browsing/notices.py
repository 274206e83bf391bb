"""Is a text a notice that the visitor leaves the firm's site? Told by its words; anything else is not taken for one."""

import re
from typing import Final, Literal

Warned = Literal["dialog", "modal", "interstitial", "none", "unclear"]

_NOTICE: Final = re.compile(
    r"(?:即將|將要|將|您|正)?.{0,6}(?:離開|連結至|連往|前往|導向|跳轉).{0,20}(?:本網站|本站|本公司|公司網站|官網|外部|第三方|其他網站|非本公司)"
    r"|(?:非|不是|並非)(?:屬於)?(?:本公司|本站|公司|我們).{0,8}(?:網站|網頁|所有|經營|管理)"
    r"|(?:leaving|leave).{0,30}(?:site|website|page)"
    r"|external (?:site|website|link)|third[- ]party (?:site|website)|not (?:operated|owned|managed) by",
    re.IGNORECASE,
)


def is_notice(text: str) -> bool:
    """Does the text say that the link leads away from the firm's site?"""
    return bool(_NOTICE.search(" ".join(text.split())))


def judged(*, dialogs: list[str], appeared: str, between: str | None, left: bool) -> tuple[Warned, str]:
    """What a click showed, and its words.

    `dialogs` are the words of browser dialogues, `appeared` what became visible within the page, `between` the text of a page of
    the firm's own that the click led to (null: none), `left` whether the browser went for the target.
    """
    for text in dialogs:
        if is_notice(text):
            return "dialog", text
    if between is not None:
        return ("unclear" if left or not is_notice(between) else "interstitial"), between
    if appeared and is_notice(appeared):
        # A window that opens while the browser already leaves cannot be read.
        return ("unclear" if left else "modal"), appeared
    if dialogs or not left:
        return "unclear", "; ".join(dialogs) or appeared
    return "none", ""
