"""Orders: CA-11210 of the internal-control standard, and the exchange's rules on order records and order hosts."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import (
    OPERATING_RULES,
    ORDER_HOST_RULES,
    ORDER_RECORD_RULES,
    Article,
    standard,
)
from chahe.wording import Text

_EARLIER_UNREAD = Text(
    "此日之前的條文未能取得，請確認當時版本。",
    "The text before the next version was not available; confirm the version of that time.",
)

COLOCATION_IN_INTERNAL_CONTROL = standard(
    Article("CA-11210（一）23", "CA-11210 (1) 23"),
    Text(
        "與證交所簽有主機共置契約的經紀商，使用前要自訂使用規則，並在內控制度訂出控管與查核程序。",
        "A broker with a co-location contract first makes rules of use, and puts controls and audit steps into its "
        "internal control system.",
    ),
)
ELECTRONIC_ORDER_RECORDED = standard(
    Article("CA-11210（二十二）", "CA-11210 (22)"),
    Text(
        "電子式委託可免委託書，但要依時間順序即時產生委託紀錄，載明委託人姓名或帳號與委託時間等，並由經辦與部門主管簽章。",
        "Electronic orders need no slip, but records in time sequence at once, with the customer's name or account and "
        "the time of the order among others, signed by the handler and the head of department.",
    ),
)
ORDER_RECORDS_MADE_AND_KEPT = Citation(
    OPERATING_RULES,
    (
        Version(
            "第75條第8款",
            None,
            Sureness.DECK,
            "Art. 75, item 8",
            Text(
                "簡報引為第75條第8款；現行應為第75條第1項第8款，條文內容未讀，請確認。",
                "The slides cite Art. 75, item 8, which today should be Art. 75(1)(8); its text was not read. Confirm it.",
            ),
        ),
    ),
    Text(
        "受託買賣要有委託書或委託紀錄，並依規定製作與保存。",
        "Orders taken for customers have a slip or a record, made and kept by the rules.",
    ),
)
ELECTRONIC_ORDER_FIELDS = Citation(
    ORDER_RECORD_RULES,
    (
        Version("全文", None, Sureness.UNCONFIRMED, "whole text", _EARLIER_UNREAD),
        Version("全文", date(2020, 4, 20), Sureness.RULE, "whole text"),
    ),
    Text(
        "電子委託紀錄載明客戶、委託時間、證券、數量、價格、交易類別、有效期別、經手人與委託方式；網路委託另記 IP 位址與電子簽章，"
        "語音委託另記來電號碼；傳送證交所者另記傳送時間與序號。",
        "The record of an electronic order holds customer, time of the order, security, quantity, price, type, validity, "
        "handler and channel; internet orders also the IP address and electronic signature, voice orders the caller's "
        "number; orders sent to the exchange the time of sending and a serial number.",
    ),
)
ORDER_RECORDS_FIVE_YEARS = Citation(
    ORDER_RECORD_RULES,
    (
        Version(
            "全文",
            None,
            Sureness.UNCONFIRMED,
            "whole text",
            Text(
                "年限依櫃買中心相同規定（FL082227）解讀；證交所條文的年數未讀到，請確認。",
                "The number of years is that of the Taipei Exchange's twin rule (FL082227); the exchange's own number was "
                "not read. Confirm it.",
            ),
        ),
    ),
    Text(
        "電子委託紀錄與電腦檔案至少留五年；有爭議的留到爭議結束。",
        "Records and computer files of electronic orders are kept for five years at least, and while disputed until the "
        "dispute ends.",
    ),
)
ORDER_HOST_CHECKS = Citation(
    ORDER_HOST_RULES,
    (
        Version("檢核項目", None, Sureness.UNCONFIRMED, "check-points", _EARLIER_UNREAD),
        Version(
            "檢核項目第1至9項",
            date(2015, 1, 22),
            Sureness.RULE,
            "check-points 1 to 9",
            Text("第10項以後未讀。", "Items 10 and later were not read."),
        ),
    ),
    Text(
        "委託主機在接受委託前要檢核：證券與漲跌幅、客戶單日額度與信用額度（總分公司合併）、層級權限、變更交易與處置證券、特殊身分客戶、"
        "融資融券限制、零股與鉅額限制等。",
        "Before it accepts an order the order host checks security and price limits, the customer's daily and credit limits "
        "(head office and branches together), levels of authority, securities under altered trading or disposition, "
        "customers of special standing, margin and short limits, odd-lot and block limits, among others.",
    ),
)
