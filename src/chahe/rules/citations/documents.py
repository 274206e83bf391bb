"""The documents that controls cite, and how well each of their wordings is known."""

from datetime import date
from typing import NamedTuple

from chahe.rules.citation import Citation, Sureness, Version
from chahe.wording import Text

STANDARD = Text("證券商內部控制制度標準規範", "Standards for the internal control systems of securities firms")
MECHANISM = Text("建立證券商資通安全檢查機制", "Mechanism for checking the information security of securities firms")
COLOCATION_RULES = Text("主機共置服務管理辦法", "Rules on the co-location service")
OPERATING_RULES = Text("臺灣證券交易所營業細則", "Operating rules of the Taiwan Stock Exchange")
# The exact titles of the next two were not at hand; the exchange's own codes name them beyond doubt.
ORDER_RECORD_RULES = Text(
    "證交所電子式交易委託紀錄規定（法規代碼 FL007051）",
    "The exchange's rules on records of electronic orders (FL007051)",
)
ORDER_HOST_RULES = Text(
    "證交所電子式交易委託主機檢核規定（法規代碼 FL007356）",
    "The exchange's rules on the checks of electronic order hosts (FL007356)",
)
HANDLING_RULES = Text(
    "證券暨期貨市場各服務事業建立內部控制制度處理準則（G0400048）",
    "Regulations on the internal control systems of service enterprises in the securities and futures markets (G0400048)",
)
FIRMS_RULES = Text("證券商管理規則（G0400072）", "Regulations governing securities firms (G0400072)")
INCIDENT_NOTES = Text(
    "證券期貨市場資通安全事件通報應變作業注意事項",
    "Notes on reporting and responding to security incidents in the securities and futures markets",
)
PERSONAL_DATA_RULES = Text(
    "金管會指定非公務機關個人資料檔案安全維護辦法（G0380233）",
    "Regulations on the security of personal-data files of agencies designated by the FSC (G0380233)",
)
PROTECTION_ACT = Text("個人資料保護法（I0050021）", "Personal Data Protection Act (I0050021)")
EMERGING_GUIDANCE = Text(
    "新興科技資通安全管控指引（FL098969）", "Guidance on the security of emerging technology (FL098969)"
)
LETTER = Text("臺灣證券交易所函", "Letter of the Taiwan Stock Exchange")

STANDARD_UNREAD_SINCE = date(2022, 9, 6)
"""The standard's own text was not found. This is the first amendment of the parallel mechanism that we know after the slides."""
MECHANISM_2018 = date(2018, 11, 30)
MECHANISM_2022 = date(2022, 12, 28)
MECHANISM_2023 = date(2023, 12, 14)
"""The day of the English translation of points 9 and 10 that was read; the Chinese amendment may be some months older."""
MECHANISM_2024 = date(2024, 5, 15)
MECHANISM_2025 = date(2025, 4, 11)
"""The whole text of fourteen points, 臺證輔字第1140006323號."""
COLOCATION_2019 = date(2019, 8, 26)
COLOCATION_2021 = date(2021, 5, 11)
"""The amendment that renumbered articles 11 and 19."""

_STANDARD_TODAY = Text(
    "標準規範現行條文未能取得；項次與文字以證交所查核簡報所引為準，請向證交所確認現行版本。",
    "The standard's current text was not available; item and wording are those of the exchange's slides. "
    "Confirm the current version with the exchange.",
)
_NO_ITEM = Text(
    "簡報列為常見缺失而未引項次；章節係依內容判斷，請確認。",
    "The slides list it as a common deficiency without an item; the chapter is ours, by its content. Confirm it.",
)
_MECHANISM_EARLIER = Text(
    "此日之前的條文未能取得，請確認當時版本。",
    "The text before the next version was not available; confirm the version of that time.",
)
_MECHANISM_TODAY = Text(
    "114年4月11日全文的點次與稽核頻率已讀，本項細部文字未讀，請確認現行條文。",
    "Of the whole text of 2025-04-11 the point and its audit frequency were read, this item's wording was not; "
    "confirm the current text.",
)


class Article(NamedTuple):
    """An article as the exchange writes it, and for a reader of English."""

    zh: str
    en: str


def standard(article: Article, says: Text) -> Citation:
    """An item of the internal-control standard as the exchange's slides cite it; today's wording unconfirmed."""
    return Citation(
        STANDARD,
        (
            Version(article.zh, None, Sureness.DECK, article.en),
            Version(article.zh, STANDARD_UNREAD_SINCE, Sureness.UNCONFIRMED, article.en, _STANDARD_TODAY),
        ),
        says,
    )


def standard_without_item(article: Article, says: Text) -> Citation:
    """A common deficiency of the slides that cites no item of the standard."""
    return Citation(
        STANDARD,
        (
            Version(article.zh, None, Sureness.DECK, article.en, _NO_ITEM),
            Version(article.zh, STANDARD_UNREAD_SINCE, Sureness.UNCONFIRMED, article.en, _NO_ITEM),
        ),
        says,
    )


def mechanism(article: Article, says: Text, *, read: date | None) -> Citation:
    """An item of the mechanism whose wording was read in the version of the day `read`, or (None) in no version."""
    earliest = Version(article.zh, None, Sureness.UNCONFIRMED, article.en, _MECHANISM_EARLIER)
    today = Version(article.zh, MECHANISM_2025, Sureness.UNCONFIRMED, article.en, _MECHANISM_TODAY)
    if read is None:
        return Citation(MECHANISM, (earliest, today), says)
    return Citation(MECHANISM, (earliest, Version(article.zh, read, Sureness.RULE, article.en), today), says)


def mechanism_heading(article: Article, says: Text) -> Citation:
    """A point of the mechanism whose heading of 2025, with its audit frequency, was read."""
    earliest = Version(article.zh, None, Sureness.UNCONFIRMED, article.en, _MECHANISM_EARLIER)
    return Citation(MECHANISM, (earliest, Version(article.zh, MECHANISM_2025, Sureness.RULE, article.en)), says)
