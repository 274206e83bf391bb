"""Staff and other insiders: what the rules on them ask about accounts of their own and about customers'."""

from datetime import date
from typing import Final

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import Article, standard
from chahe.wording import Text

INSIDER_RULES: Final = Text(
    "證券商內部人員在所屬證券商開戶委託買賣有價證券管理辦法（FL007171）",
    "Rules on insiders of securities firms who open accounts and trade at their own firm (FL007171)",
)
# The exact title was not at hand; the code names the text that was read.
WEALTH_RULES: Final = Text(
    "券商公會財富管理業務規範（A040390060010700）",
    "The securities association's rules on wealth management (A040390060010700)",
)

INSIDER_ACCOUNTS_APART = Citation(
    INSIDER_RULES,
    (
        Version(
            "第3條第1項",
            None,
            Sureness.DECK,
            "Art. 3(1)",
            Text(
                "簡報所引；條文未能取得，內容依簡報缺失與相關規定解讀，請確認。",
                "As the slides cite it; its text was not available and is read from the slides' deficiencies and sister rules. Confirm it.",
            ),
        ),
    ),
    Text(
        "內部人（董事、監察人、受僱人及其配偶、未成年子女）在所屬證券商以內部人帳戶買賣，不得借予他人，也不得利用他人帳戶。",
        "Insiders (directors, supervisors, employees, their spouses and minor children) trade at their firm through accounts kept "
        "apart as insiders'; these may not be lent, nor others' accounts used.",
    ),
)
INSIDERS_DEFINED = Citation(
    INSIDER_RULES,
    (Version("第2條", None, Sureness.RULE, "Art. 2"),),
    Text(
        "內部人員指董事、監察人與受僱人，及其配偶與未成年子女。",
        "Insiders are directors, supervisors and employees, with their spouses and minor children.",
    ),
)
SHARED_CONTACT_REPORTED = Citation(
    WEALTH_RULES,
    (Version("全文", date(2022, 1, 25), Sureness.RULE, "whole text"),),
    Text(
        "定期產出例外報表，查核員工與客戶以同一 IP 位址交易，或以同一地址、電子郵件收受對帳單的情形。",
        "Exception reports are run periodically on staff and customers who trade from one IP address, or receive statements at one "
        "address or e-mail.",
    ),
)
CUSTOMER_ORDERS_TAKEN_PROPERLY = standard(
    Article("CA-11210（四十一）", "CA-11210 (41)"),
    Text(
        "受託買賣要防止人員利用客戶帳戶、資料與資產。",
        "Taking orders for customers includes guarding against staff who use customers' accounts, data and property.",
    ),
)
