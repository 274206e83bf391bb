"""CC-17020 security of systems and operations 電腦系統及作業安全管理, of the internal-control standard."""

from chahe.rules.citations.documents import Article, standard
from chahe.wording import Text

TOP_PRIVILEGE_USE_APPROVED = standard(
    Article("CC-17020 電腦作業系統環境設定及使用權限設定", "CC-17020, system settings and rights of use"),
    Text(
        "作業系統與應用系統的最高權限帳號須有管理辦法；每次使用要先經權責主管同意，並留有紀錄。",
        "Top-privilege accounts of operating systems and applications are under written rules; each use needs the "
        "responsible manager's consent first, and is recorded.",
    ),
)
CAPACITY_ASSESSED_AND_TESTED = standard(
    Article("CC-17020 電腦系統及作業安全管理", "CC-17020, systems and operations"),
    Text(
        "電腦系統要做容量評估與壓力測試，範圍須完整。",
        "The capacity of computer systems is assessed and stress-tested, in full scope.",
    ),
)
