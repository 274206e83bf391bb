"""Codes and columns that tables of trading share, as the exchange knows them (委託檔、成交檔 of TWSE; tags 10000 to 10002 of its FIX)."""

from collections.abc import Mapping

from chahe.evidence.model import Column, Kind
from chahe.wording import Text

SIDES: Mapping[str, Text] = {"buy": Text("買", "buy"), "sell": Text("賣", "sell")}

PRICE_TYPES: Mapping[str, Text] = {
    "market": Text("市價", "market"),
    "limit": Text("限價", "limit"),
    "other": Text("其他", "other"),
}

VALIDITIES: Mapping[str, Text] = {
    "rod": Text("當日有效", "ROD"),
    "ioc": Text("立即成交或取消", "IOC"),
    "fok": Text("全部成交或取消", "FOK"),
    "other": Text("其他", "other"),
}

CATEGORIES: Mapping[str, Text] = {
    "cash": Text("現股", "cash"),
    "margin_finance_company": Text("融資（證金公司）", "bought on margin, by a securities finance company"),
    "short_finance_company": Text("融券（證金公司）", "sold short, by a securities finance company"),
    "margin_broker": Text("融資（自辦）", "bought on margin, by the firm"),
    "short_broker": Text("融券（自辦）", "sold short, by the firm"),
    "borrowed": Text("借券賣出", "sale of borrowed securities"),
    "borrowed_hedge": Text("借券賣出（避險）", "sale of borrowed securities, as a hedge"),
    "other": Text("其他", "other"),
}
"""What an order is settled with (委託種類): the exchange's codes 0 to 6."""

TRADE_TYPES: Mapping[str, Text] = {
    "regular": Text("普通", "regular"),
    "block": Text("鉅額", "block"),
    "odd_lot": Text("零股", "odd lot"),
    "odd_lot_intraday": Text("盤中零股", "odd lot, in trading hours"),
    "odd_lot_after_hours": Text("盤後零股", "odd lot, after hours"),
    "fixed_price": Text("盤後定價", "after hours, at the closing price"),
    "other": Text("其他", "other"),
}
"""The market an order goes to (交易種類). TWSE's files know regular, block and odd lot; its FIX lines tell more."""

MATCHINGS: Mapping[str, Text] = {
    "paired": Text("配對", "paired: buyer and seller have agreed"),
    "single": Text("逐筆", "single: open to all"),
}
"""How a block order is matched (鉅額撮合方式)."""

INVESTORS: Mapping[str, Text] = {
    "investment_trust": Text("投信基金", "securities investment trust"),
    "foreign": Text("外資", "foreign investor"),
    "natural_person": Text("自然人", "natural person"),
    "other_entity": Text("其他法人", "other legal entity"),
}
"""Who invests (投資人屬性): the exchange's M, F, I, J."""

ORIGINS: Mapping[str, Text] = {
    "system": Text("系統產生", "made by the exchange's system"),
    "broker": Text("證券商輸入", "entered by the broker"),
}

MARKETS: Mapping[str, Text] = {
    "twse": Text("上市", "TWSE"),
    "tpex": Text("上櫃", "TPEx"),
}

WHICH_SECURITY = (
    Column(
        "market",
        Kind.CHOICE,
        "市場別",
        Text("上市或上櫃", "listed on TWSE or on TPEx"),
        also=("市場",),
        choices=MARKETS,
    ),
    Column(
        "symbol",
        Kind.TEXT,
        "證券代號",
        Text("證券代號", "the security's code"),
        required=True,
        also=("股票代號", "有價證券代號"),
    ),
    Column("name", Kind.TEXT, "證券名稱", Text("中文簡稱", "its short name in Chinese"), also=("股票名稱",)),
)
"""The columns that say of which security a row of the exchanges' daily files speaks."""
