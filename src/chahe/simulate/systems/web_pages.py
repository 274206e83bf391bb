"""What a browser showed when the links on the firm's site were clicked, as the list that `chahe links` writes."""

from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from typing import Final

from chahe.simulate.cast.development import Click
from chahe.simulate.files import write_csv
from chahe.simulate.life.company import Firm

SITE: Final = "https://www.haiyu.example/"
NOTICE: Final = "您即將離開本公司網站，前往外部網站"


def add_links(firm: Firm) -> None:
    """Links to social media with their notices, and one to the exchange, which needs none."""
    for path in ("", "news.html"):
        page = SITE + path
        firm.development.clicks += [
            Click(page, "臉書", "https://www.facebook.com/haiyu.sec", "www.facebook.com", "對話框", NOTICE),
            Click(page, "LINE 官方帳號", "https://lin.ee/haiyu", "lin.ee", "頁內視窗", NOTICE),
            Click(page, "臺灣證券交易所", "https://www.twse.com.tw/", "www.twse.com.tw", "沒有提示", ""),
        ]


def write_links(firm: Firm, folder: Path) -> None:
    """`official_site.csv`, with a digest for each picture."""
    write_csv(
        folder / "official_site.csv",
        ("網頁", "連結文字", "連結目標", "目標主機", "離站提示", "提示文字", "瀏覽器", "畫面摘要"),
        [(*astuple(one), sha256(f"{one.page} {one.target}".encode()).hexdigest()) for one in firm.development.clicks],
        "utf-8",
    )
