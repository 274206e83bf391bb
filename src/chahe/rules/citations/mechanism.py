"""The mechanism for checking information security 建立證券商資通安全檢查機制 (FL007290), points 5, 7, 8, 9 and CC-23000."""

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import (
    MECHANISM,
    MECHANISM_2018,
    MECHANISM_2022,
    MECHANISM_2025,
    Article,
    mechanism,
    mechanism_heading,
)
from chahe.wording import Text

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
