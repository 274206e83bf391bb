"""Customer credit: CA-11120 of the internal-control standard, limits on what customers may order, and settlement defaults."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import FIRMS_RULES, Article, standard
from chahe.wording import Text

CREDIT_RULES = Text(
    "證券商業同業公會會員辦理受託買賣業務瞭解委託人及徵信與額度管理自律規則",
    "Self-regulatory rules of the securities association on knowing customers, credit checks and limits in brokerage",
)
ONLINE_ACCOUNT_RULES = Text(
    "線上開立證券交易帳戶作業規定（法規代碼 FL082120）", "Rules on opening trading accounts online (FL082120)"
)
DEFAULT_REPORT_RULES = Text(
    "證券商申報委託人遲延交割及違約案件作業規定（法規代碼 FL007074）",
    "The exchange's rules on reporting late settlement and default of customers (FL007074)",
)
CUSTOMER_CONTRACT_RULES = Text(
    "證券經紀商受託契約準則（法規代碼 FL007113）", "Rules on brokers' contracts with customers (FL007113)"
)
_TITLE_UNSURE = Text(
    "法規名稱依內容寫出，請以法規代碼為準；此日之前的條文未能取得。",
    "The title is written by its content, the code counts; the text before this day was not available.",
)
_UNREAD = Text("條文未讀，請確認。", "The text was not read. Confirm it.")

CUSTOMER_CREDIT = standard(
    Article("CA-11120 客戶徵授信作業", "CA-11120, customer credit"),
    Text(
        "受託買賣前要瞭解客戶並辦理徵信，依其能力核給額度並控管；鉅額違約與違約集中即顯示徵授信未落實。",
        "Before taking orders the firm knows and assesses its customers, grants limits by their means and holds them to it; "
        "large or clustered defaults show that this was not done.",
    ),
)
MEANS_ASSESSED = Citation(
    FIRMS_RULES,
    (Version("第34條、第35條", None, Sureness.RULE, "Arts. 34 and 35"),),
    Text(
        "受託買賣前應蒐集客戶資料並評估其投資能力；委託逾越其能力者，除提供適當擔保外得拒絕。",
        "Before taking orders the firm collects the customer's data and assesses the capacity to invest; an order beyond it may "
        "be refused unless security is given.",
    ),
)
LIMITS_GRANTED_BY_MEANS = Citation(
    CREDIT_RULES,
    (Version("全文", None, Sureness.UNCONFIRMED, "whole text", _UNREAD),),
    Text(
        "依徵信結果核給單日買賣額度，總分公司合併控管，得視情形調整並通知客戶。",
        "Single-day limits follow the credit check, hold for head office and branches together, and may be changed with notice.",
    ),
)
LIMITS_BY_PROOF = Citation(
    ONLINE_ACCOUNT_RULES,
    (
        Version("全文", None, Sureness.UNCONFIRMED, "whole text", _TITLE_UNSURE),
        Version("全文", date(2024, 10, 9), Sureness.RULE, "whole text"),
    ),
    Text(
        "第一類線上開戶單日額度以一百萬元為原則，提高至四百九十九萬元要有身分證明（部分另要財力證明），逾四百九十九萬元要身分證明與完整徵信。",
        "An online account of the first type has a single-day limit of NT$1 million in principle; up to 4.99 million with proof "
        "of identity (for some kinds also of means), above it with proof of identity and a full credit check.",
    ),
)
DEFAULT_REPORTED = Citation(
    DEFAULT_REPORT_RULES,
    (
        Version("第2點、第3點", None, Sureness.UNCONFIRMED, "points 2 and 3", _TITLE_UNSURE),
        Version("第2點、第3點", date(2016, 3, 8), Sureness.RULE, "points 2 and 3"),
    ),
    Text(
        "委託人違約應即輸入證交所電腦，至遲成交日後第二營業日上午十一時；因銀行作業始知不足者至遲當日二十時並函送證明；境外華僑、外國人與大陸投資人"
        "先於該時登錄遲延交割，至遲第三營業日十八時申報違約。",
        "A default is entered at the exchange at once, by 11:00 on T+2 at the latest; where a bank's operations show the shortfall "
        "later, by 20:00 with the bank's proof; for overseas Chinese, foreign and mainland investors abroad the failed trade is "
        "entered by that hour and the default by 18:00 on T+3.",
    ),
)
DEFAULTERS_REFUSED = Citation(
    CUSTOMER_CONTRACT_RULES,
    (
        Version(
            "第2條",
            None,
            Sureness.NEWS,
            "Art. 2",
            Text("讀到的是較早的條文，請確認現行條文。", "An earlier text was read; confirm the current one."),
        ),
    ),
    Text(
        "曾因違約未結案且未滿五年的委託人，不得接受其開戶或委託。",
        "Neither accounts nor orders are taken from a customer whose default is unsettled and less than five years old.",
    ),
)
