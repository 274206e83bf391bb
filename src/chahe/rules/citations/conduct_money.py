"""Conduct of staff towards customers: money, promises and who has to see to it."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import FIRMS_RULES, OPERATING_RULES
from chahe.wording import Text

STAFF_RULES = Text(
    "證券商負責人與業務人員管理規則（G0400020）",
    "Regulations governing responsible persons and associated persons of securities firms (G0400020)",
)
_READ = date(2024, 3, 6)
_NOT_CITED = Text(
    "簡報列為常見缺失而未引款次；此日之前的條文未能取得，款次依現行條文，請確認當時版本。",
    "The slides list it without its item, and the text before the next version was not available; the item is today's. "
    "Confirm the version of that time.",
)


def _prohibited(item: str, number: int, says: Text, *, cited: bool) -> Citation:
    """An item of what staff may not do; `cited`: the slides name it by this number."""
    article, english = f"第18條第2項第{item}款", f"Art. 18(2)({number})"
    earlier = (
        Version(article, None, Sureness.DECK, english)
        if cited
        else Version(article, None, Sureness.UNCONFIRMED, english, _NOT_CITED)
    )
    return Citation(STAFF_RULES, (earlier, Version(article, _READ, Sureness.RULE, english)), says)


NO_DISCRETIONARY_ORDERS = _prohibited(
    "3", 3, Text("不得受理客戶全權委託買賣。", "Staff take no discretionary orders from customers."), cited=False
)
NO_PROFIT_GUARANTEED = _prohibited(
    "4",
    4,
    Text(
        "不得對客戶作贏利的保證或分享利益的證券買賣。",
        "Staff guarantee customers no profit, and do not trade for a share of it.",
    ),
    cited=True,
)
NO_SHARED_GAINS_AND_LOSSES = _prohibited(
    "5",
    5,
    Text(
        "不得與客戶約定共同承擔買賣損益。",
        "Staff agree with no customer to share the gains and losses of trading.",
    ),
    cited=False,
)
NO_MONEY_WITH_CUSTOMERS = _prohibited(
    "9",
    9,
    Text(
        "不得與客戶有借貸款項、有價證券，或為借貸款項、有價證券之媒介情事。",
        "Staff neither lend to customers nor borrow from them, in money or securities, nor broker such loans.",
    ),
    cited=False,
)
NO_MISLEADING_ACTS = _prohibited(
    "10",
    10,
    Text(
        "辦理買賣時不得有隱瞞、詐欺或其他足以致人誤信的行為；簡報案一並指負責人未善盡督導管理之責。",
        "No concealment, fraud or misleading act in trading; in the slides' first case the responsible persons also failed to supervise.",
    ),
    cited=True,
)
STAFF_BREACHES_REPORTED = Citation(
    FIRMS_RULES,
    (
        Version(
            "第4條",
            None,
            Sureness.RULE,
            "Art. 4",
            Text(
                "條文已讀；何時起施行未查。",
                "The article was read; since when it has been in force was not looked up.",
            ),
        ),
    ),
    Text(
        "人員違反證券法令等情事，應於五個營業日內申報。",
        "Breaches of securities law by staff are reported within five business days.",
    ),
)
FIRM_ANSWERS_FOR_STAFF = Citation(
    OPERATING_RULES,
    (
        Version(
            "第18條第2項",
            None,
            Sureness.DECK,
            "Art. 18(2)",
        ),
    ),
    Text(
        "證券商的人員要遵守證交所章則、公告與通函，證券商對其行為負完全責任。",
        "A firm's staff follow the exchange's rules, notices and letters, and the firm answers fully for what they do.",
    ),
)
