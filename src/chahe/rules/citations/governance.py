"""Governance and incidents: what the slides ask without an item, internal control and audit, security officers, reporting."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import (
    FIRMS_RULES,
    HANDLING_RULES,
    INCIDENT_NOTES,
    LETTER,
    PERSONAL_DATA_RULES,
    PROTECTION_ACT,
    Article,
    standard_without_item,
)
from chahe.wording import Text

_HANDLING_2024 = date(2024, 4, 22)
_EARLIER_UNREAD = Text(
    "此日之前的條文未能取得，請確認當時版本。",
    "The text before the next version was not available; confirm the version of that time.",
)


RISK_LEVEL_DETERMINED = standard_without_item(
    Article("CC-11000 風險評鑑與管理", "CC-11000, risk assessment"),
    Text(
        "風險評鑑管理要確定公司各作業可接受的資訊安全風險等級。",
        "Risk management determines, for each operation of the firm, the level of security risk that is accepted.",
    ),
)
INFORMATION_CLASSIFIED_AND_LABELLED = standard_without_item(
    Article("CC-14000 資產分類與控制", "CC-14000, classification of assets"),
    Text(
        "要訂定資訊分級並作標示處理的規範。",
        "There are rules for classifying information and labelling it.",
    ),
)
RECOVERY_PLAN_DRILLED = standard_without_item(
    Article("CC-20000 營運永續管理", "CC-20000, continuity"),
    Text("系統復原計畫要定期辦理模擬演練。", "Plans to recover systems are drilled periodically."),
)
VENDOR_ACCOUNTS_UNDER_RULES = standard_without_item(
    Article("CC-18000（二）權限管理", "CC-18000 (2), rights"),
    Text(
        "要訂定委外人員帳號權限的申請程序，權限的使用要適當控管。",
        "There is a procedure by which vendors' accounts and rights are requested, and their use is under control.",
    ),
)
INCIDENT_REPORTING_SET_UP = standard_without_item(
    Article("CC-20000 營運永續管理", "CC-20000, continuity"),
    Text("要訂定資訊安全訊息的通報機制。", "There is a mechanism for reporting matters of information security."),
)
AUDIT_FINDINGS_TRACKED_QUARTERLY = Citation(
    HANDLING_RULES,
    (
        Version("第15條", None, Sureness.UNCONFIRMED, "Art. 15", _EARLIER_UNREAD),
        Version("第15條", _HANDLING_2024, Sureness.RULE, "Art. 15"),
    ),
    Text(
        "內部稽核所發現的缺失，至少按季追蹤，到改善為止。",
        "Deficiencies that internal audit finds are followed up every quarter at least, until they are mended.",
    ),
)
SECURITY_OFFICER_APPOINTED = Citation(
    HANDLING_RULES,
    (
        Version(
            "第36條之2",
            date(2021, 9, 30),
            Sureness.DECK,
            "Art. 36-2",
            Text(
                "金管證審字第1100363789號令；條件與三月底期限見於簡報。",
                "Order 金管證審字第1100363789號; conditions and the end of March are those of the slides.",
            ),
        ),
        Version("第36條之2第1項", _HANDLING_2024, Sureness.RULE, "Art. 36-2(1)"),
    ),
    Text(
        "符合條件的證券商，應指定副總經理以上或職責相當的人兼任資訊安全長。",
        "A firm that meets the conditions appoints a person of vice-president rank or above, or of equal duties, as "
        "information security officer.",
    ),
)
INTERNAL_CONTROL_EXECUTED = Citation(
    FIRMS_RULES,
    (
        Version(
            "第2條",
            None,
            Sureness.UNCONFIRMED,
            "Art. 2",
            Text(
                "讀到的是現行條文；其施行日未查，請確認查核期間的版本。",
                "The present text was read, not from when it holds; confirm the version of the audited period.",
            ),
        ),
    ),
    Text(
        "證券商要依自己訂的內部控制制度經營業務。",
        "A securities firm conducts its business by its own internal control system.",
    ),
)
_INCIDENT_TEXT_UNREAD = Text(
    "條文未能取得；依簡報與證期(資)字第1060009117號函所述，時限與分級請確認。",
    "The text was not available; it is as the slides and letter 證期(資)字第1060009117號 tell it. Confirm deadlines and grades.",
)
INCIDENTS_REPORTED = Citation(
    INCIDENT_NOTES,
    (Version("全文", None, Sureness.DECK, "whole text", _INCIDENT_TEXT_UNREAD),),
    Text(
        "與資訊系統有關的資訊安全或服務異常事件，要依規定通報。",
        "Security incidents and abnormalities of service of information systems are reported as the notes ask.",
    ),
)
INCIDENTS_CORRECTED = Citation(
    INCIDENT_NOTES,
    (Version("全文", None, Sureness.DECK, "whole text", _INCIDENT_TEXT_UNREAD),),
    Text(
        "事件要採取適當的矯正程序，並留存紀錄。",
        "Incidents are followed by an adequate corrective procedure, and the record is kept.",
    ),
)
PERSONAL_DATA_BREACH_72_HOURS = Citation(
    PERSONAL_DATA_RULES,
    (Version("第6條", date(2021, 12, 14), Sureness.RULE, "Art. 6"),),
    Text(
        "重大個人資料事故，要在七十二小時內通報金管會。",
        "A major incident of personal data is reported to the Financial Supervisory Commission within 72 hours.",
    ),
)
_PDPA_UNREAD = Text(
    "條文以簡報與金管會辦法所述為準，請確認查核期間的版本。",
    "The article is as the slides and the commission's regulations tell it; confirm the version of the audited period.",
)
PERSONAL_DATA_PROTECTED = Citation(
    PROTECTION_ACT,
    (Version("第27條", None, Sureness.UNCONFIRMED, "Art. 27", _PDPA_UNREAD),),
    Text(
        "保有個人資料檔案的公司要採行適當的安全措施，防止個人資料外洩；客戶與公司內部的個人資料都要妥善處理。",
        "A firm that holds files of personal data takes adequate measures of security against their leaking; the data of "
        "customers and of its own people are handled with care.",
    ),
)
PERSONAL_DATA_MASKED = Citation(
    PERSONAL_DATA_RULES,
    (Version("第10條", date(2021, 12, 14), Sureness.RULE, "Art. 10"),),
    Text(
        "提供電子商務服務時，個人資料的顯示要有隱碼機制。",
        "Where services are given electronically, personal data are shown masked.",
    ),
)
TRADING_FAILURE_REPORTED = Citation(
    LETTER,
    (
        Version(
            "電子交易系統故障通報",
            None,
            Sureness.DECK,
            "reporting failures of electronic trading",
            Text(
                "簡報列為常見缺失而未引條文；通報時限、管道與格式請向證交所確認。",
                "The slides list it as a common deficiency without an article; confirm deadline, channel and form with the exchange.",
            ),
        ),
    ),
    Text(
        "電子交易系統發生故障而無法立即修復時，要立即向證交所通報。",
        "When a system for electronic trading fails and cannot be mended at once, this is reported to the exchange at once.",
    ),
)
