"""Co-location: the exchange's rules on the service (FL086480) and its letter on firewalls at the exchange links."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import COLOCATION_2019, COLOCATION_2021, COLOCATION_RULES, LETTER
from chahe.wording import Text

COLOCATION_RULES_OF_USE = Citation(
    COLOCATION_RULES,
    (
        Version("第11條第2項", COLOCATION_2019, Sureness.DECK, "Art. 11(2)"),
        Version("第18條", COLOCATION_2021, Sureness.RULE, "Art. 18"),
    ),
    Text(
        "經紀業務使用主機共置前，要自訂使用規則並納入內控與稽核，且依規則公平對待投資人。",
        "Before brokerage uses co-location the firm makes its own rules of use, puts them into internal control and "
        "audit, and treats investors fairly by them.",
    ),
)
COLOCATION_ELIGIBLE_NOTIFIED = Citation(
    COLOCATION_RULES,
    (Version("第19條", COLOCATION_2021, Sureness.RULE, "Art. 19"),),
    Text(
        "使用規則要定明投資人資格；符合資格者須通知得申請使用，並留有紀錄。",
        "The rules of use state which investors are eligible; those are told that they may apply, and the record is kept.",
    ),
)
COLOCATION_ELIGIBLE_REVIEWED_HALF_YEARLY = Citation(
    COLOCATION_RULES,
    (
        Version(
            "第19條",
            COLOCATION_2021,
            Sureness.UNCONFIRMED,
            "Art. 19",
            Text(
                "「每半年」係由英文譯本解讀，中文條文未讀，請確認。",
                "“Half-yearly” is our reading of the English translation; the Chinese text was not read. Confirm it.",
            ),
        ),
    ),
    Text(
        "符合資格的投資人名單至少每半年檢討一次，並留有紀錄。",
        "The list of eligible investors is reviewed at least every half-year, and the record is kept.",
    ),
)
COLOCATION_NO_THIRD_PARTY = Citation(
    COLOCATION_RULES,
    (
        Version("第14條第7款", COLOCATION_2019, Sureness.DECK, "Art. 14(7)"),
        Version("第14條第7款", COLOCATION_2021, Sureness.RULE, "Art. 14(7)"),
    ),
    Text(
        "除依第15條共用機櫃外，機櫃空間不得轉租、出借或以其他方式讓第三人使用。",
        "Apart from a cabinet shared under Art. 15, cabinet space is not let, lent or in any way given to a third party.",
    ),
)
COLOCATION_SECURED = Citation(
    COLOCATION_RULES,
    (
        Version("第19條", COLOCATION_2019, Sureness.RULE, "Art. 19"),
        Version("第22條", COLOCATION_2021, Sureness.RULE, "Art. 22"),
    ),
    Text(
        "放在共置機房的軟硬體要有完善防護並定期偵測、修補漏洞；110年修正後依資通安全檢查機制與內控標準規範辦理。",
        "Software and hardware in the co-location room are well protected, and vulnerabilities detected and patched "
        "periodically; since 2021 by the mechanism and the internal-control standard.",
    ),
)
FIREWALL_ON_EXCHANGE_LINKS = Citation(
    LETTER,
    (
        Version(
            "107年8月2日臺證作字第1070701866號",
            date(2018, 8, 2),
            Sureness.DECK,
            "臺證作字第1070701866號 of 2018-08-02",
        ),
    ),
    Text(
        "經由 TCP/IP 證券交易資訊網路或主機共置網路連到證交所的設備，每一部都要裝防火牆。",
        "Every device that connects to the exchange over the TCP/IP trading network or the co-location network has a "
        "firewall.",
    ),
)
