"""Links from the firm's pages to social media that show no notice of leaving the site."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.web_links import table as web_links
from chahe.rules.citation import Sureness
from chahe.rules.citations import EXTERNAL_LINKS_WARNED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="external-link-unwarned",
    title=Text("連往社群媒體未提示離站", "No notice before leaving for social media"),
    question=Text(
        "官方網站每一個連往社群媒體的連結，點選後是否先提示該連結不是公司的網站？",
        "Does every link from the public site to social media first say that it leads away from the firm's own site?",
    ),
    cites=(EXTERNAL_LINKS_WARNED,),
    deck=("資安-11",),
    needs=(Need(table=web_links),),
    parameters={
        "social": Parameter(
            (
                "facebook.com",
                "fb.com",
                "fb.me",
                "messenger.com",
                "instagram.com",
                "threads.net",
                "threads.com",
                "line.me",
                "lin.ee",
                "youtube.com",
                "youtu.be",
                "x.com",
                "twitter.com",
                "t.co",
                "linkedin.com",
                "tiktok.com",
                "t.me",
                "telegram.me",
                "plurk.com",
                "dcard.tw",
                "ptt.cc",
                "discord.gg",
                "discord.com",
                "whatsapp.com",
                "wa.me",
                "weibo.com",
                "wechat.com",
                "medium.com",
                "pinterest.com",
                "reddit.com",
                "podcasts.apple.com",
                "open.spotify.com",
            ),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "社群媒體的網域（含其子網域）；清單是我們的，公司可以增列",
                "the domains of social media, with all below them; the list is ours, and the firm may add to it",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看讀過的網頁；沒有讀的頁、登入後的頁與 App 內的連結看不到。短網址與轉址按其本身的網域判斷。",
            "Only pages that were read are seen: not the others, not those behind a sign-in, nor links within apps. Shortened addresses count by their own domain.",
        ),
        Text(
            "提示是否為提示，依其文字判斷；文字不明的列為無法判斷，由人查看畫面。",
            "Whether a notice is one is told by its words; unclear ones are left to a person, with the picture.",
        ),
    ),
    frame=Text(
        "以瀏覽器讀過的官方網頁上，每一個通往公司外的連結",
        "every link that leads away from the pages read in a browser",
    ),
    population="""
        SELECT w.page, w.target, w.target_host, w.link_text, w.warning, w.warning_text, w.row_id AS link_row,
               CASE WHEN s.hosts IS NULL THEN 'not_social' END AS excluded_because
        FROM web_links w
        LEFT JOIN (
            SELECT l.target_host, count(*) AS hosts
            FROM (SELECT DISTINCT target_host FROM web_links) l
            JOIN social m ON l.target_host = m.value OR l.target_host LIKE '%.' || m.value
            GROUP BY l.target_host
        ) s ON s.target_host = w.target_host
    """,
    exclusions={"not_social": Text("不是社群媒體的連結", "links that do not lead to social media")},
    exceptions="""
        SELECT p.page, p.target, p.target_host, p.link_text, p.link_row FROM population p WHERE p.warning = 'none'
    """,
    undetermined="""
        SELECT p.page, p.target, 'unclear' AS why FROM population p WHERE coalesce(p.warning, 'unclear') = 'unclear'
    """,
    unclear={
        "unclear": Text(
            "點選後的反應看不出是不是離站提示，請由人查看畫面",
            "what the click showed cannot be told to be a notice or not; a person must look at the picture",
        ),
    },
    key=("page", "target"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.LOW,
    message=Text(
        "網頁 {page} 的連結「{link_text}」通往 {target_host}（{target}），點選後沒有離站提示",
        "page {page}: the link “{link_text}” leads to {target_host} ({target}) without a notice of leaving the site",
    ),
    remedy=Text(
        "在所有社群媒體連結加上離站提示視窗，告知該連結不是公司的網站，再重新讀取網頁確認。",
        "Put a notice before every link to social media that says it is not the firm's own site, and read the pages again.",
    ),
    margin=None,
)
