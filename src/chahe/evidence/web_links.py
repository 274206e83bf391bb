"""Links that lead away from the firm's pages, and what a browser showed when they were clicked."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="web_links",
    heading="網頁外部連結",
    row=Text("一個網頁上通往公司外的一個連結", "one link that leads away from one of the firm's pages"),
    shape=Shape.SNAPSHOT,
    key=("page", "target"),
    stale_after_months=6,
    columns=(
        Column("page", Kind.TEXT, "網頁", Text("連結所在的網頁", "the page it stands on"), required=True),
        Column("link_text", Kind.TEXT, "連結文字", Text("連結顯示的文字", "the words it shows")),
        Column("target", Kind.TEXT, "連結目標", Text("連結通往的網址", "the address it leads to"), required=True),
        Column(
            "target_host",
            Kind.NAME,
            "目標主機",
            Text("目標網址的主機", "the host of that address"),
            required=True,
            also=("目標網域",),
        ),
        Column(
            "warning",
            Kind.CHOICE,
            "離站提示",
            Text("點選後、離開前出現的提示", "what is shown after the click and before leaving"),
            choices={
                "dialog": Text("對話框", "a dialogue"),
                "modal": Text("頁內視窗", "a window within the page"),
                "interstitial": Text("中介頁", "a page in between"),
                "none": Text("沒有提示", "nothing"),
                "unclear": Text("無法判斷", "unclear"),
            },
        ),
        Column("warning_text", Kind.TEXT, "提示文字", Text("提示的文字", "the words of the notice")),
        Column("browser", Kind.TEXT, "瀏覽器", Text("點選所用的瀏覽器", "the browser that clicked")),
        Column(
            "screenshot",
            Kind.NAME,
            "畫面摘要",
            Text("點選後畫面檔的 SHA-256", "SHA-256 of the picture taken after the click"),
        ),
    ),
)
