"""Transfers of shares that insiders of listed companies filed before them (證券交易法第22條之2)."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="insider_filings",
    heading="內部人持股轉讓申報",
    row=Text(
        "一份申報中轉讓給一位受讓人（或在市場賣出）的部分",
        "what one filing has for one transferee, or for the market",
    ),
    shape=Shape.REGISTER,
    key=("filing_id", "item"),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "filing_id",
            Kind.TEXT,
            "申報編號",
            Text("申報書的編號", "number of the filing"),
            required=True,
            also=("申報書編號",),
        ),
        Column(
            "item",
            Kind.TEXT,
            "項次",
            Text("申報書內的第幾項；只有一項則空白", "which part of the filing; blank where it has one"),
        ),
        Column("symbol", Kind.TEXT, "公司代號", Text("轉讓的證券", "the security"), required=True, also=("證券代號",)),
        Column(
            "insider_national_id",
            Kind.TEXT,
            "申報人身分證字號",
            Text("申報的內部人；寫法與客戶基本資料相同", "the insider who filed, written as on the list of customers"),
            required=True,
        ),
        Column(
            "holder_national_id",
            Kind.TEXT,
            "持有人身分證字號",
            Text("賣出誰名下的股票；內部人自己的則空白", "in whose name the shares are; blank: the insider's own"),
        ),
        Column(
            "method",
            Kind.CHOICE,
            "轉讓方式",
            Text("第22條之2第1項的三種方式", "one of the three ways of Art. 22-2(1)"),
            required=True,
            also=("預定轉讓方式",),
            choices={
                "public": Text("對非特定人", "to the public, on approval"),
                "market": Text("在市場轉讓", "on the market"),
                "specified": Text("對特定人", "to specified persons"),
            },
        ),
        Column(
            "channel",
            Kind.CHOICE,
            "交易方式",
            Text("申報的交易方式", "how the shares are to change hands"),
            also=("預定交易方式",),
            choices={
                "regular": Text("盤中交易", "in regular trading"),
                "fixed_price": Text("盤後定價交易", "after hours, at the closing price"),
                "block_paired": Text("鉅額配對交易", "paired block trade"),
                "block_single": Text("鉅額逐筆交易", "block trade in the open"),
                "off_market": Text("場外轉讓", "off the exchange: gift, trust and the like"),
            },
        ),
        Column("quantity", Kind.INTEGER, "申報轉讓股數", Text("股", "shares"), also=("預定轉讓股數",)),
        Column(
            "daily_quantity",
            Kind.INTEGER,
            "每日最大轉讓股數",
            Text(
                "盤中交易每日得轉讓的上限，股；不適用則空白",
                "most shares a day in regular trading; blank: does not apply",
            ),
            also=("每日於盤中交易最大得轉讓股數",),
        ),
        Column(
            "received_on",
            Kind.DATE,
            "申報日",
            Text("主管機關收到申報的日子", "the day the authority received it"),
            also=("申報日期",),
        ),
        Column(
            "begins_on",
            Kind.DATE,
            "轉讓期間起日",
            Text("申報的第一天；未載則空白", "first day as filed; blank: none given"),
        ),
        Column("ends_on", Kind.DATE, "轉讓期間迄日", Text("申報的最後一天", "last day as filed")),
        Column(
            "transferee_name",
            Kind.TEXT,
            "受讓人",
            Text("特定人的姓名；在市場轉讓則空白", "the specified person; blank on the market"),
        ),
        Column(
            "transferee_national_id",
            Kind.TEXT,
            "受讓人身分證字號",
            Text("寫法與客戶基本資料相同", "written as on the list of customers"),
        ),
    ),
)
