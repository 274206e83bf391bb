"""CC-18000 access control 存取控制, of the internal-control standard."""

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import STANDARD, STANDARD_UNREAD_SINCE, Article, standard
from chahe.wording import Text

_RIGHTS = Article("CC-18000（二）權限管理", "CC-18000 (2), rights")
_PASSWORDS = Article("CC-18000（三）密碼管理", "CC-18000 (3), passwords")
_AUDIT_LOGS = Article("CC-18000（四）電腦稽核紀錄管理", "CC-18000 (4), audit logs")

ACCOUNT_REQUESTED_AND_APPROVED = standard(
    _RIGHTS,
    Text(
        "使用系統資源要先提出書面申請，寫明目的與權限，經使用單位主管和資訊單位主管核可。",
        "Use of a system is requested in writing, naming purpose and rights, and approved by the managers of the using "
        "unit and of IT.",
    ),
)
ONE_ID_PER_USER = standard(
    _RIGHTS, Text("一名使用者只用一個專屬代碼，不得共用。", "Each user has one identifier that nobody else uses.")
)
VENDOR_RIGHTS_LIMITED = standard(
    _RIGHTS,
    Text(
        "委外人員的權限不得過高或不當；要從電腦使用紀錄查核確認。",
        "Vendors' staff hold no excessive or improper rights; the records of their use are examined to make sure.",
    ),
)
VENDOR_RIGHTS_WITHDRAWN_AT_END = standard(
    _RIGHTS,
    Text(
        "委外期間一結束，委外人員的權限要馬上收回。",
        "When an engagement ends, the rights of the vendor's staff are withdrawn at once.",
    ),
)
DORMANT_ACCOUNTS_REVIEWED_HALF_YEARLY = standard(
    _RIGHTS,
    Text(
        "很久沒有使用的帳號權限，至少每半年審查檢討一次；客戶帳號除外。",
        "Rights of accounts long unused are reviewed at least every half-year, customers' accounts excepted.",
    ),
)
_NO_ITEM = Text(
    "簡報列為常見缺失而未引項次；章節係依內容判斷，請確認。",
    "The slides list it as a common deficiency without an item; the chapter is ours, by its content. Confirm it.",
)
ACCESS_SEPARATED_BY_RIGHT = Citation(
    STANDARD,
    (
        Version("CC-18000 存取控制", None, Sureness.DECK, "CC-18000, access control", _NO_ITEM),
        Version("CC-18000 存取控制", STANDARD_UNREAD_SINCE, Sureness.UNCONFIRMED, "CC-18000, access control", _NO_ITEM),
    ),
    Text(
        "程式、檔案、網路與系統的存取要依權限區分；機房門禁權限與久未使用的帳號權限要定期審查。",
        "Access to programs, files, networks and systems is separated by right; door rights of the machine room and rights "
        "of accounts long unused are reviewed periodically.",
    ),
)
PASSWORD_THREE_MONTHS = standard(
    _PASSWORDS,
    Text(
        "除客戶外，公司使用者的密碼至少每三個月要換一次。",
        "Passwords of all users but customers are changed at least every three months.",
    ),
)
PASSWORD_QUALITY = standard(
    _PASSWORDS,
    Text(
        "密碼要有六個字元以上，並含文數字或符號。",
        "Passwords have six characters or more, with letters and digits or symbols.",
    ),
)
DEFAULT_PASSWORDS_AVOIDED = standard(
    _PASSWORDS,
    Text(
        "網站、伺服器、分享資料夾、網路設備、作業系統與資料庫都要設密碼，不用出廠預設或太簡單的帳號密碼，也要設管理者權限。",
        "Sites, servers, shares, network devices, operating systems and databases have passwords, no default or simple "
        "accounts and passwords, and administrators' rights are set.",
    ),
)
AUDIT_LOG_CONTENT = standard(
    _AUDIT_LOGS,
    Text(
        "重要系統（例如主機連線、網路下單）的稽核日誌要記下使用者識別碼、登入日期時間，以及電腦的識別資料或位址。",
        "Audit logs of important systems (such as the exchange link and online orders) hold the user's identifier, the "
        "date and time of sign-in, and the computer's identity or address.",
    ),
)
AUDIT_LOG_REVIEWED = standard(
    _AUDIT_LOGS,
    Text(
        "重要系統的稽核紀錄要有專人定期查看。",
        "A designated person reviews the audit records of important systems periodically.",
    ),
)
AUDIT_LOG_THREE_YEARS = standard(
    _AUDIT_LOGS,
    Text(
        "重要系統的稽核紀錄至少留三年，並以能當作數位證據的方式收集、保護與管理。",
        "Audit records of important systems are kept for three years at least, collected, protected and managed so that "
        "they serve as digital evidence.",
    ),
)
ORDER_LOGIN_MULTI_FACTOR = Citation(
    STANDARD,
    (
        Version("CC-18000 存取控制", None, Sureness.DECK, "CC-18000, access control", _NO_ITEM),
        Version("CC-18000 存取控制", STANDARD_UNREAD_SINCE, Sureness.UNCONFIRMED, "CC-18000, access control", _NO_ITEM),
    ),
    Text(
        "網路下單登入要採多因子認證（例如下單憑證、綁定裝置、OTP、生物辨識），確保是客戶本人登入。",
        "Signing in to place orders over the internet takes several factors (such as the order certificate, a bound device, a "
        "one-time password, biometrics), so that it is the customer who signs in.",
    ),
)
