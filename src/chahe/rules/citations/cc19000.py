"""CC-19000 development and maintenance 系統開發及維護, of the internal-control standard."""

from chahe.rules.citations.documents import Article, standard
from chahe.wording import Text

_SCANS = Article("CC-19000（十四）資訊系統弱點掃描", "CC-19000 (14), vulnerability scans")

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
