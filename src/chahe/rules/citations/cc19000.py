"""CC-19000 development and maintenance 系統開發及維護, of the internal-control standard."""

from datetime import date

from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations.documents import EMERGING_GUIDANCE, Article, standard, standard_without_item
from chahe.wording import Text

_SCANS = Article("CC-19000（十四）資訊系統弱點掃描", "CC-19000 (14), vulnerability scans")
_INTRODUCED = Article("CC-19000 系統引進", "CC-19000, introduction of systems")
_MAINTAINED = Article("CC-19000 系統維護", "CC-19000, maintenance of systems")
_CHANGED = Article("CC-19000 應用系統異動管理", "CC-19000, changes of application systems")

VULNERABILITY_SCAN_HALF_YEARLY = standard(
    _SCANS,
    Text(
        "辦理網路下單的證券商，各資訊系統至少每半年做一次弱點掃描。",
        "A firm that takes orders over the internet scans each system for vulnerabilities at least every half-year.",
    ),
)
VULNERABILITY_ASSESSED_OR_PATCHED = standard(
    _SCANS,
    Text(
        "掃描發現的弱點，要評估風險或安裝修補程式，並留有紀錄。",
        "For each vulnerability found the risk is assessed or a patch installed, and the record is kept.",
    ),
)
OUTSOURCING_CONTRACT_CLAUSES = standard(
    _INTRODUCED,
    Text(
        "委外作業要簽訂契約，內容包含資訊安全協定與對委外廠商的資安稽核權。",
        "Outsourced work is under a contract with an information-security agreement and the right to audit the vendor.",
    ),
)
OUTSOURCING_STAGES_DOCUMENTED = standard(
    _INTRODUCED,
    Text(
        "委外的開發、設計、程式撰寫、測試、驗收各階段依合約程序進行，並備妥各階段文件。",
        "Development, design, coding, test and acceptance of outsourced work follow the contract, each with its documents.",
    ),
)
LIBRARY_VERSION_PREPARED = standard(
    _INTRODUCED,
    Text(
        "程式引用的函式庫有更新時，備妥對應的更新版本。",
        "When a library that a program uses is updated, the matching version of the program is prepared.",
    ),
)
CHANGE_REQUESTED_APPROVED_TESTED = standard(
    _MAINTAINED,
    Text(
        "程式異動先有書面申請，維護人員表示意見、權責主管核定，修改並測試正常後，才依異動程序上線。",
        "A change is asked for in writing, judged by the maintainers, approved by the manager in charge, made and tested, and only then released.",
    ),
)
CHANGE_RECORD_KEPT = standard_without_item(
    Article("CC-19000 系統維護（程式更新紀錄表）", "CC-19000, maintenance of systems (program update record)"),
    Text("程式更新要依規範填寫紀錄表。", "Each update of a program is put on record as the rules ask."),
)
PROGRAM_CONTENT_CONTROLLED = standard_without_item(
    Article(
        "CC-19000 應用系統異動管理（上線程式內容）",
        "CC-19000, changes of application systems (content of released programs)",
    ),
    Text(
        "上線的程式內容要能控管：執行中的程式就是核定上線的程式。",
        "What is released is under control: the programs that run are those whose release was approved.",
    ),
)
PRODUCTION_CHANGED_BY_PROGRAM_ONLY = standard(
    _CHANGED,
    Text(
        "正式環境的程序與資料除經由正式程式外，只能由系統負責人依核定結果異動。",
        "Procedures and data in production are changed by released programs, or by the system's owner as approved, and in no other way.",
    ),
)
EXTERNAL_LINKS_WARNED = standard_without_item(
    Article("CC-21100 社群媒體", "CC-21100, social media"),
    Text(
        "官方網站連往公司外的社群媒體時，要以提示視窗告知該連結不是公司的網站。",
        "Where the public site links to social media, a notice says that the link is not the firm's own site.",
    ),
)
MOBILE_APPS_TESTED = Citation(
    EMERGING_GUIDANCE,
    (
        Version("行動應用程式", None, Sureness.DECK, "mobile applications"),
        Version("第十九條、第二十條", date(2022, 5, 11), Sureness.RULE, "articles 19 and 20"),
    ),
    Text(
        "行動應用程式初次上架前與每年由合格實驗室檢測通過；一年內有重大更新者，上架前就更新項目檢測，範圍依 OWASP Mobile Top 10，並留紀錄。",
        "An app passes the test of an accredited laboratory before its first release and each year; within that year an important update is tested before its release, to the OWASP Mobile Top 10, on record.",
    ),
)
