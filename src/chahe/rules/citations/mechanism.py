"""The mechanism for checking information security 建立證券商資通安全檢查機制 (FL007290), points 1, 2, 4, 5, 7 to 10 and CC-23000."""

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import (
    MECHANISM,
    MECHANISM_2018,
    MECHANISM_2022,
    MECHANISM_2023,
    MECHANISM_2024,
    MECHANISM_2025,
    Article,
    mechanism,
    mechanism_heading,
)
from chahe.wording import Text

_RISK = Article("第一點（11000）風險評鑑與管理", "point 1 (11000), risk assessment")
_POLICY = Article("第二點（12000）資訊安全政策", "point 2 (12000), security policy")
_ASSETS = Article("第四點（14000）資產分類與控制", "point 4 (14000), classification of assets")
_CONTINUITY = Article("第十點（20000）營運永續管理", "point 10 (20000), continuity")
_STAFF = Article("第五點（15000）人員安全", "point 5 (15000), personnel")
_NETWORK = Article("第七點（17010）網路安全管理", "point 7 (17010), network security")
_ACCESS = Article("第八點（18000）存取控制", "point 8 (18000), access control")
_DEVELOPMENT = Article("第九點（19000）系統開發及維護", "point 9 (19000), development and maintenance")

MECHANISM_LEAVER_ID_CANCELLED = mechanism(
    _STAFF,
    Text(
        "人員離職時註銷其代碼，並收回通行證件。",
        "When a person leaves, the identifier is cancelled and passes and cards are collected.",
    ),
    read=MECHANISM_2022,
)
MECHANISM_NETWORK_SECURITY = mechanism_heading(
    _NETWORK,
    Text(
        "網路安全須有控管，內部稽核每月查核。",
        "Network security is under control, and internal audit checks it every month.",
    ),
)
MECHANISM_FIREWALL_RECORDS = mechanism(
    _NETWORK,
    Text(
        "防火牆的進出紀錄與備份要保存；保存年限以現行條文為準。",
        "Firewalls' records and their backups are kept; for how long, the current text decides.",
    ),
    read=None,
)
MECHANISM_ACCESS_CONTROL = mechanism_heading(
    _ACCESS,
    Text(
        "存取控制須有控管，內部稽核每月查核。",
        "Access is under control, and internal audit checks it every month.",
    ),
)
MECHANISM_RIGHTS_UPDATED_ON_STAFF_CHANGE = mechanism(
    _ACCESS,
    Text(
        "存取權限須有書面規定；人員異動時要儘速更新其權限。",
        "Access follows written rules; when staff change, their rights are updated promptly.",
    ),
    read=MECHANISM_2022,
)
MECHANISM_VENDOR_RIGHTS_RECLAIMED = mechanism(
    _ACCESS,
    Text(
        "委外人員的權限要控管，委外結束即收回；駐點人員的網路與內部網路隔開。",
        "Vendors' rights are controlled and reclaimed when the engagement ends; vendors on site are kept apart from the "
        "internal network.",
    ),
    read=MECHANISM_2022,
)
MECHANISM_DORMANT_ACCOUNTS_REVIEWED_HALF_YEARLY = mechanism(
    _ACCESS,
    Text(
        "久未使用的帳號至少每半年審查一次；客戶除外。",
        "Accounts long unused are reviewed at least every half-year, customers' excepted.",
    ),
    read=MECHANISM_2022,
)
MECHANISM_PASSWORDS = mechanism(
    _ACCESS,
    Text(
        "首次登入須更換初始密碼；密碼以公開安全的演算法雜湊或不可逆方式儲存。",
        "The initial password is changed at first sign-in; passwords are stored hashed or irreversibly with a secure, "
        "public algorithm.",
    ),
    read=MECHANISM_2022,
)
MECHANISM_AUDIT_LOGS = mechanism(
    _ACCESS,
    Text(
        "重要系統的稽核日誌要記錄、檢視並保存；內容與年限以現行條文為準。",
        "Audit logs of important systems are written, reviewed and kept; for content and years, the current text decides.",
    ),
    read=None,
)
MECHANISM_DEVELOPMENT = mechanism_heading(
    _DEVELOPMENT,
    Text(
        "系統開發及維護須有控管，內部稽核每半年查核；弱點掃描與原始碼檢測適用於網路下單證券商。",
        "Development and maintenance are under control, and internal audit checks them every half-year; vulnerability "
        "scans and source-code checks are for firms that take orders over the internet.",
    ),
)
MECHANISM_CONTRACT_CLAUSES = mechanism(
    _DEVELOPMENT,
    Text(
        "委外契約應載明期間、範圍、交付、服務水準、變更、驗收、事件通報與處理、稽核權、轉讓與轉包、保密、違約與損害賠償、爭議處理、終止及終止後的處理。",
        "An outsourcing contract covers term, scope, delivery, level of service, changes, acceptance, reporting of incidents, the right to audit, assignment and sub-contracting, confidentiality, damages, disputes, termination and what follows it.",
    ),
    read=MECHANISM_2023,
)
MECHANISM_VULNERABILITY_SCAN_HALF_YEARLY = mechanism(
    _DEVELOPMENT,
    Text(
        "網路下單證券商的系統至少每半年做一次弱點掃描。",
        "Systems of firms that take orders over the internet are scanned for vulnerabilities at least every half-year.",
    ),
    read=MECHANISM_2018,
)
MECHANISM_COLOCATION_SECURED = Citation(
    MECHANISM,
    (Version("23000 主機共置", MECHANISM_2025, Sureness.RULE, "23000, co-location"),),
    Text(
        "共置機房內的設備進出要申請、點收並留紀錄，定期盤點軟硬體、網站與資料，並依本機制防護。",
        "Equipment moves in and out of the co-location room by application, counted and recorded; software, hardware, "
        "site and data there are inventoried periodically and secured by this mechanism.",
    ),
)
MECHANISM_RISK_ASSESSED_YEARLY = mechanism(
    _RISK,
    Text(
        "訂定各作業可接受的風險等級，風險評鑑至少每年一次並留紀錄；核心系統訂定復原時間與資料復原點目標。",
        "An acceptable level of risk is set for each operation, risk is assessed every year at least and on record; core "
        "systems have objectives for the time to recovery and the loss of data.",
    ),
    read=MECHANISM_2024,
)
MECHANISM_POLICY_REVIEWED_YEARLY = mechanism(
    _POLICY,
    Text(
        "資訊安全政策經管理階層核定，公告周知，至少每年評估一次。",
        "The security policy is approved by management, announced, and evaluated every year at least.",
    ),
    read=None,
)
MECHANISM_ASSETS_CLASSIFIED = mechanism(
    _ASSETS,
    Text(
        "建立並維護資訊資產清冊，訂有分級與標示的規範。",
        "A list of information assets is kept up, and there are rules for their classes and labels.",
    ),
    read=MECHANISM_2024,
)
MECHANISM_RECOVERY_TESTED = mechanism(
    _CONTINUITY,
    Text(
        "復原程序要定期測試，測試後召開檢討會議，並留紀錄。",
        "Recovery procedures are tested periodically; after each test a meeting reviews it, and the record is kept.",
    ),
    read=MECHANISM_2023,
)
MECHANISM_INCIDENTS_CORRECTED = mechanism(
    _CONTINUITY,
    Text(
        "訂有資安事件通報程序與聯絡管道；事件依矯正程序處理並留紀錄。",
        "There is a procedure and a channel for reporting incidents; incidents are handled by a corrective procedure, on record.",
    ),
    read=MECHANISM_2023,
)
MECHANISM_PERSONAL_DATA_REPORTED_AT_ONCE = mechanism(
    _CONTINUITY,
    Text(
        "個人資料被竊取、竄改、毀損、滅失或洩漏時，立即以書面通報證交所、櫃買中心或證券商公會。",
        "When personal data are stolen, altered, damaged, lost or leaked, this is reported at once in writing to the "
        "exchange, the Taipei Exchange or the association.",
    ),
    read=MECHANISM_2023,
)
