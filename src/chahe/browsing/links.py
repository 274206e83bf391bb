"""Clicks every link that leads away from the firm's pages, in a headless Chromium that reaches nothing but the firm's own hosts.

Requests to any other host are noted and stopped: what is asked is whether the browser goes there unwarned, not what is there.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, sync_playwright
from playwright.sync_api import Error as BrowserError

from chahe.browsing.notices import Warned, judged

_SETTLE_MS: Final = 600
"""How long a page's own program is given to react to a click."""
_LONGEST: Final = 300
_LINKS: Final = "a[href], area[href], [onclick*='http']"
_TARGET: Final = "one => one.href || (one.getAttribute('onclick').match(/https?:\\/\\/[^'\"\\s)]+/) || [''])[0]"


class NoBrowser(Exception):
    """Chromium did not start; its own words."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link and what clicking it showed. `picture` is a PNG of the page after the click."""

    page: str
    text: str
    target: str
    host: str
    warning: Warned
    words: str
    browser: str
    picture: bytes


@dataclass(slots=True)
class _Watch:
    """What a page does while it is watched."""

    dialogs: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    opened: list[Page] = field(default_factory=list)


def links(pages: Sequence[str], *, own: Collection[str], chromium: Path, sandbox: bool = True) -> Iterator[Link]:
    """The links of each page (a URL; `file:` too) to hosts that are not the firm's own, each clicked on a page loaded anew.

    `own` are the hosts that the browser may reach; hosts below them are not. Raises NoBrowser, and playwright's Error for a page
    that cannot be loaded.
    """
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(
                executable_path=chromium,
                headless=True,
                chromium_sandbox=sandbox,
                args=["--disable-background-networking"],
            )
        except BrowserError as error:
            raise NoBrowser(error.message) from error
        with browser:
            for page in pages:
                yield from _of_page(browser, page, own)


def _of_page(browser: Browser, address: str, own: Collection[str]) -> Iterator[Link]:
    with browser.new_context(accept_downloads=False, service_workers="block") as context:
        page, _ = _loaded(context, address, own)
        found = [(nth, *one) for nth, one in enumerate(_targets(page))]
    seen: set[str] = set()
    for nth, target, text in found:
        host = (urlsplit(target).hostname or "").lower()
        if urlsplit(target).scheme not in ("http", "https") or host in own or target in seen:
            continue
        seen.add(target)
        with browser.new_context(accept_downloads=False, service_workers="block") as context:
            page, watch = _loaded(context, address, own)
            warning, words = _click(page, watch, nth)
            shown = watch.opened[-1] if watch.opened and not watch.opened[-1].is_closed() else page
            yield Link(
                page=address, text=" ".join(text.split())[:_LONGEST], target=target, host=host, warning=warning,
                words=" ".join(words.split())[:_LONGEST], browser=f"Chromium {browser.version}", picture=shown.screenshot(),
            )  # fmt: skip


def _targets(page: Page) -> list[tuple[str, str]]:
    every = page.locator(_LINKS)
    return [
        (str(one.evaluate(_TARGET)), one.text_content() or one.get_attribute("aria-label") or "") for one in every.all()
    ]


def _loaded(context: BrowserContext, address: str, own: Collection[str]) -> tuple[Page, _Watch]:
    watch = _Watch()

    def gate(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.scheme in ("file", "data", "about", "blob") or (parts.hostname or "").lower() in own:
            route.continue_()
            return
        if route.request.is_navigation_request():
            watch.left.append(route.request.url)
            route.fulfill(status=204)  # a browser that is given nothing stays where it is, and can still be looked at
            return
        route.abort()

    def answer(dialog: Dialog) -> None:
        watch.dialogs.append(dialog.message)
        dialog.dismiss()

    def opened(popup: Any) -> None:  # noqa: ANN401 - playwright's handlers are untyped
        watch.opened.append(popup)

    context.route("**/*", gate)
    page = context.new_page()
    page.goto(address, wait_until="load")
    context.on("dialog", answer)
    context.on("page", opened)
    watch.left.clear()
    return page, watch


def _click(page: Page, watch: _Watch, nth: int) -> tuple[Warned, str]:
    before, address = page.inner_text("body"), page.url
    one = page.locator(_LINKS).nth(nth)
    if one.is_visible():
        one.click(no_wait_after=True, force=True)
    else:
        one.dispatch_event("click")
    page.wait_for_timeout(_SETTLE_MS)
    between = next(
        (_text(popup) for popup in watch.opened if urlsplit(popup.url).scheme in ("http", "https", "file")), None
    )
    if between is None and page.url.partition("#")[0] != address.partition("#")[0]:
        between = _text(page)
    appeared = "" if between is not None else _new_lines(before, _text(page))
    return judged(dialogs=watch.dialogs, appeared=appeared, between=between, left=bool(watch.left))


def _text(page: Page) -> str:
    return page.inner_text("body")


def _new_lines(before: str, after: str) -> str:
    known = set(before.splitlines())
    return "\n".join(line for line in after.splitlines() if line not in known)
