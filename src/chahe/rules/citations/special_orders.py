"""Orders that need more than an order: securities under disposition, customers of special standing, insiders' transfers."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import LETTER, OPERATING_RULES
from chahe.wording import Text

_EARLIER_UNREAD = Text(
    "此日之前的條文未能取得，請確認當時版本。",
    "The text before the next version was not available; confirm the version of that time.",
)
_ARTICLE_UNREAD = Text(
    "簡報未引條次，條文內容未讀，請確認。", "The slides cite no article, and the text was not read. Confirm it."
)

DISPOSITION_PREPAID = Citation(
    Text(
        "臺灣證券交易所公布或通知注意交易資訊暨處置作業要點（FL007225）",
        "The exchange's directions for attention and disposition securities (FL007225)",
    ),
    (
        Version("第6條", None, Sureness.DECK, "Art. 6", _EARLIER_UNREAD),
        Version(
            "第6條",
            date(2023, 8, 17),
            Sureness.NEWS,
            "Art. 6",
            Text(
                "處置期間的條文已讀，預收標準見於處置公告與新聞；各檔每日的數量與成數以當日檔案為準。",
                "The periods were read in the article, the thresholds in notices and news; numbers and percentages of each day are those of the day's file.",
            ),
        ),
    ),
    Text(
        "處置期間，投資人單筆或當日累積委託達公告數量時，應就其當日已委託之買賣，收取全部買進價金或賣出證券。",
        "During disposition, once one order or the day's orders of a customer reach the quantity announced, the money or "
        "the securities of all orders of that day are collected.",
    ),
)
ORDERS_REFUSED = Citation(
    Text(
        "證券經紀商受託契約準則（FL007113）",
        "Standards for brokers' brokerage contracts (FL007113)",
    ),
    (
        Version(
            "第2條",
            None,
            Sureness.UNCONFIRMED,
            "Art. 2",
            Text("讀的是103年的條文，請確認現行版本。", "The text of 2014 was read; confirm the current version."),
        ),
    ),
    Text(
        "未成年人未經法定代理人代理、受監護宣告、破產、違約未結案等，不得接受委託。",
        "Orders of minors without a legal representative, persons under guardianship, bankrupts, customers in unsettled "
        "default and the like are not accepted.",
    ),
)
RESTRICTED_SALES_APPROVED = Citation(
    Text(
        "華僑及外國人投資證券管理辦法（G0400011）",
        "Regulations on investment in securities by overseas Chinese and foreigners (G0400011)",
    ),
    (Version("全文", None, Sureness.UNCONFIRMED, "whole text", _ARTICLE_UNREAD),),
    Text(
        "華僑及外國人經核准投資而取得的股票，未經投審會核准不得賣出。",
        "Shares that overseas Chinese and foreigners hold by an approved investment are not sold without the Investment "
        "Commission's approval.",
    ),
)
INSIDER_TRANSFERS = Citation(
    Text("證券交易法（G0400001）", "Securities and Exchange Act (G0400001)"),
    (
        Version("第22條之2第1項", None, Sureness.UNCONFIRMED, "Art. 22-2(1)", _EARLIER_UNREAD),
        Version("第22條之2第1項", date(2024, 8, 7), Sureness.RULE, "Art. 22-2(1)"),
    ),
    Text(
        "內部人轉讓持股，限對非特定人、在市場（申報日起三日後；每一交易日一萬股以下免申報）或三日內對符合條件的特定人為之；配偶、"
        "未成年子女及利用他人名義持有者併計。",
        "Insiders transfer shares to the public on approval, on the market from three days after filing (no filing up to "
        "10,000 shares a day), or within three days to specified persons who qualify; holdings of spouse, minor children and "
        "nominees count.",
    ),
)
SPECIFIED_PERSON_CONFIRMED = Citation(
    LETTER,
    (Version("97年10月28日臺證交字第0970205887號公告", None, Sureness.DECK, "No. 0970205887 of 2008-10-28"),),
    Text(
        "受理上市公司內部人以鉅額配對方式賣出股票，應確認其轉讓對象為符合規定的特定人。",
        "Before it takes an insider's sale as a paired block trade, the broker confirms that the other side is a specified "
        "person who qualifies.",
    ),
)
RULES_FOLLOWED_BY_STAFF = Citation(
    OPERATING_RULES,
    (Version("第18條第2項", None, Sureness.RULE, "Art. 18(2)"),),
    Text(
        "證券商的受僱人應遵守交易所的章則、公告與通知，證券商負全責。",
        "A firm's employees follow the exchange's rules, notices and orders, and the firm is fully liable.",
    ),
)
