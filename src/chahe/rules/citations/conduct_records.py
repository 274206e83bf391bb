"""Conduct: look-ups of customers' data, custody of their property, recommendations, complaints, and who answers for them."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import OPERATING_RULES, Article, standard
from chahe.wording import Text

STAFF_RULES = Text(
    "證券商負責人與業務人員管理規則（G0400020）",
    "Rules governing responsible persons and associated persons of securities firms (G0400020)",
)
QUERY_RULES = Text(
    "證券商受僱人員查詢客戶資料管理作業要點（FL060598）",
    "Directions on the look-up of customers' data by employees of securities firms (FL060598)",
)
RECOMMENDATION_RULES = Text(
    "證券商推介客戶買賣有價證券管理辦法（FL007363）",
    "Rules on recommending securities to customers (FL007363)",
)
_STAFF_2024 = date(2024, 3, 6)
_RECOMMENDATION_2017 = date(2017, 11, 22)
_EARLIER_UNREAD = Text(
    "此日之前的條文未能取得，請確認當時版本。",
    "The text before the next version was not available; confirm the version of that time.",
)


def _staff(article: Article, says: Text) -> Citation:
    """An item of Art. 18(2) of the rules on staff, which the slides cite by the numbers of today."""
    return Citation(
        STAFF_RULES,
        (
            Version(article.zh, None, Sureness.DECK, article.en, _EARLIER_UNREAD),
            Version(article.zh, _STAFF_2024, Sureness.RULE, article.en),
        ),
        says,
    )


def _recommendation(article: Article, says: Text) -> Citation:
    return Citation(
        RECOMMENDATION_RULES,
        (
            Version(article.zh, None, Sureness.UNCONFIRMED, article.en, _EARLIER_UNREAD),
            Version(article.zh, _RECOMMENDATION_2017, Sureness.RULE, article.en),
        ),
        says,
    )


CUSTOMER_SECRETS_KEPT = _staff(
    Article("第18條第2項第2款", "Art. 18(2), item 2"),
    Text(
        "除依法令所為之查詢外，不得洩漏客戶委託事項及其他職務上所獲悉的秘密。",
        "Orders of customers and other secrets learned on duty may not be disclosed, lawful inquiry excepted.",
    ),
)
CUSTOMER_DATA_LOOKED_UP_ON_APPROVAL = Citation(
    QUERY_RULES,
    (
        Version("第7、8點", None, Sureness.UNCONFIRMED, "points 7 and 8", _EARLIER_UNREAD),
        Version("第7、8點", date(2011, 6, 24), Sureness.RULE, "points 7 and 8"),
    ),
    Text(
        "開戶、徵信、交易與集保資料的查詢系統，依法令並經授權核准才可查詢；申請人填寫編有流水號的申請單，載明日期、事由、申請人姓名與職稱；"
        "印鑑卡除供稽核外不得影印或列印。",
        "Data on opening, credit, trading and custody are looked up only by law and with approval of those authorised; the "
        "applicant fills in a form with a serial number that states date, reason, name and title; seal cards are not copied "
        "or printed, except for audit.",
    ),
)
QUERY_ID_CANCELLED_ON_LEAVING = Citation(
    QUERY_RULES,
    (
        Version("第10點", None, Sureness.UNCONFIRMED, "point 10", _EARLIER_UNREAD),
        Version("第10點", date(2011, 6, 24), Sureness.RULE, "point 10"),
    ),
    Text(
        "人員調職或離職時，要註銷其識別碼並收回通行碼。",
        "When staff are transferred or leave, their ID is cancelled and the pass code collected.",
    ),
)
CUSTOMER_DATA_UNDER_INTERNAL_CONTROL = standard(
    Article("CA-11210（四十一）", "CA-11210 (41)"),
    Text(
        "受託買賣作業的內部控制，要包括員工查詢客戶資料與員工不當行為的控管。",
        "Internal control of orders taken covers the look-up of customers' data by staff, and misconduct of staff.",
    ),
)
CUSTOMER_PROPERTY_NOT_KEPT = _staff(
    Article("第18條第2項第11款", "Art. 18(2), item 11"),
    Text(
        "不得挪用或代客戶保管有價證券、款項、印鑑或存摺。",
        "Customers' securities, money, seals and passbooks may not be misappropriated, nor kept for them.",
    ),
)
NO_RECOMMENDING_TO_MANY = _staff(
    Article("第18條第2項第15款", "Art. 18(2), item 15"),
    Text(
        "不得向不特定多數人推介買賣特定的股票。",
        "Particular shares may not be recommended to unspecified many.",
    ),
)
RECOMMENDED_UNDER_CONTRACT = _recommendation(
    Article("第2條", "Art. 2"),
    Text(
        "推介前要瞭解客戶的知識、經驗、財務與風險承受度，由業務人員說明風險並簽訂推介契約（專業機構投資人除外），且不得對不特定多數人推介。",
        "Before recommending, the firm knows the customer's knowledge, experience, means and tolerance of risk, an associated "
        "person explains the risks, and a contract is signed (professional institutions excepted); never to unspecified many.",
    ),
)
TWO_HOURS_AFTER_OPENING = _recommendation(
    Article("第5條", "Art. 5"),
    Text(
        "推介報告發布後，在其後開盤起二小時內，證券商與其人員不得買賣所推介的股票。",
        "After a report is issued the firm and its staff do not trade the recommended share until two hours after the opening "
        "that follows.",
    ),
)
STAFF_FOLLOW_RULES = Citation(
    OPERATING_RULES,
    (Version("第18條第2項", None, Sureness.RULE, "Art. 18(2)"),),
    Text(
        "證券商的人員要遵守交易所的規章與公告，證券商對其行為負完全責任。",
        "A firm's people follow the exchange's rules and notices, and the firm answers for them in full.",
    ),
)
