"""Staff's own trading beside customers': the rules on staff of securities firms, and CA-11210 on shared addresses."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.conduct_money import STAFF_RULES
from chahe.rules.citations.documents import Article, standard
from chahe.wording import Text

_EXCEPTION_REPORT = Text(
    "證券商公會財富管理業務規定（A040390060010700；依證期（券）字第1100339240號函及 CA-11210（四十六））",
    "Securities association's rules on wealth management (A040390060010700; after a letter of the bureau and CA-11210 (46))",
)
_ITEM_UNREAD = Text(
    "所引 CA-11210（四十六）本文未讀，請確認。",
    "CA-11210 (46), to which it refers, was not read. Confirm it.",
)

_READ = date(2024, 3, 6)
_NOT_CITED = Text(
    "簡報未引此款；此日之前的條文未能取得，請確認當時版本。",
    "The slides do not cite this item, and the text before the next version was not available. Confirm the version of that time.",
)

OWN_TRADE_AGAINST_CUSTOMER = Citation(
    STAFF_RULES,
    (
        Version("第18條第2項第6款", None, Sureness.UNCONFIRMED, "Art. 18(2)(6)", _NOT_CITED),
        Version("第18條第2項第6款", _READ, Sureness.RULE, "Art. 18(2)(6)"),
    ),
    Text(
        "從業人員不得自為客戶委託的相對買賣。",
        "Staff do not take the other side of a customer's order themselves.",
    ),
)
CUSTOMERS_NAME_NOT_USED = Citation(
    STAFF_RULES,
    (
        Version("第18條第2項第7款", None, Sureness.DECK, "Art. 18(2)(7)"),
        Version("第18條第2項第7款", _READ, Sureness.RULE, "Art. 18(2)(7)"),
    ),
    Text(
        "從業人員不得利用客戶名義或帳戶申購、買賣有價證券。",
        "Staff do not subscribe to or trade securities in a customer's name or through a customer's account.",
    ),
)
ORDERS_BY_RIGHTFUL_HANDS = Citation(
    STAFF_RULES,
    (
        Version("第18條第2項第17款", None, Sureness.DECK, "Art. 18(2)(17)"),
        Version("第18條第2項第17款", _READ, Sureness.RULE, "Art. 18(2)(17)"),
    ),
    Text(
        "除法定代理人外，從業人員不得代理他人開戶、申購、買賣或交割。",
        "Except as legal representatives, staff do not act as others' agents in opening accounts, subscribing, trading or settling.",
    ),
)
SHARED_ADDRESS_REPORT = Citation(
    _EXCEPTION_REPORT,
    (
        Version("例外報表", None, Sureness.UNCONFIRMED, "exception report", _ITEM_UNREAD),
        Version("例外報表", date(2022, 1, 25), Sureness.RULE, "exception report", _ITEM_UNREAD),
    ),
    Text(
        "定期產出例外報表，查核業務人員與客戶是否由同一 IP 下單，或對帳單寄送至同一地址、信箱。",
        "A regular exception report looks for staff and customers who order from one IP address, or whose statements go to one address or mailbox.",
    ),
)
ORDER_TAKING_CONTROLLED = standard(
    Article("CA-11210（四十一）", "CA-11210 (41)"),
    Text(
        "受託買賣要防止業務人員利用客戶帳戶、洩漏客戶資料等不當行為。",
        "Order-taking is controlled so that staff do not use customers' accounts or leak their data.",
    ),
)
