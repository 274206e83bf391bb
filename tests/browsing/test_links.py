"""A real Chromium reads pages and clicks their links; what it shows is told apart."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from chahe.browsing.notices import is_notice, judged

CHROMIUM = shutil.which("chromium")

PAGE = """<!doctype html><meta charset="utf-8"><title>海嶼證券</title>
<a href="/about.html">關於我們</a>
<a href="mailto:ir@haiyu.example">信箱</a>
<a href="https://plain.example/">直接</a>
<a href="https://new.example/" target="_blank" rel="noopener">新分頁</a>
<a href="https://confirm.example/" onclick="return confirm('您即將離開本公司網站')">確認</a>
<a href="https://alert.example/" onclick="alert('此連結非本公司網站')">告知</a>
<a href="https://other.example/" onclick="alert('歡迎參加抽獎')">無關的對話框</a>
<a href="https://modal.example/" onclick="event.preventDefault();document.getElementById('m').style.display='block'">視窗</a>
<a href="https://dead.example/" onclick="event.preventDefault()">沒有反應</a>
<a href="https://late.example/" onclick="document.getElementById('m').style.display='block'">來不及看的視窗</a>
<a href="https://between.example/" onclick="event.preventDefault();location='/leave.html'">中介頁</a>
<a href="https://hidden.example/" style="display:none">看不到</a>
<button onclick="window.open('https://button.example/')">按鈕</button>
<div id="m" style="display:none">您即將離開本站，前往外部網站。</div>
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text(PAGE, "utf-8")
    (folder / "leave.html").write_text("<meta charset=utf-8><p>您即將離開本公司網站</p>", "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (tools/debian-packages)")
def test_every_link_away_is_clicked_and_what_it_shows_is_told(site: str) -> None:
    from chahe.browsing.links import links  # noqa: PLC0415 - the browser's driver is an extra

    found = list(links([site], own={"127.0.0.1"}, chromium=Path(str(CHROMIUM)), sandbox=os.geteuid() != 0))

    assert {one.host.removesuffix(".example"): one.warning for one in found} == {
        "plain": "none",
        "new": "none",
        "confirm": "dialog",
        "alert": "dialog",
        "other": "unclear",
        "modal": "modal",
        "dead": "unclear",
        "late": "unclear",
        "between": "interstitial",
        "hidden": "none",
        "button": "none",
    }
    assert all(one.picture.startswith(b"\x89PNG") for one in found)
    assert {one.host: one.words for one in found}["confirm.example"] == "您即將離開本公司網站"
    assert found[0].page == site
    assert found[0].browser.startswith("Chromium ")


@pytest.mark.parametrize(
    "text",
    [
        "您即將離開本公司網站",
        "此連結非本公司網站",
        "您將前往外部網站",
        "You are leaving our website",
        "This is an external site.",
    ],
)
def test_notices_are_known_by_their_words(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize(
    "text", ["", "歡迎參加抽獎", "本公司網站使用 Cookie", "按讚追蹤我們", "確定要登出嗎", "Accept cookies"]
)
def test_other_texts_are_no_notice(text: str) -> None:
    assert not is_notice(text)


def test_a_window_nobody_can_read_before_leaving_is_unclear() -> None:
    notice = "您即將離開本站，前往外部網站"

    assert judged(dialogs=[], appeared=notice, between=None, left=False)[0] == "modal"
    assert judged(dialogs=[], appeared=notice, between=None, left=True)[0] == "unclear"
    assert judged(dialogs=[], appeared="", between="歡迎", left=False)[0] == "unclear"
    assert judged(dialogs=[], appeared="", between=notice, left=True)[0] == "unclear"
    assert judged(dialogs=[], appeared="抽獎", between=None, left=True)[0] == "none"
