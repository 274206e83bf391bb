"""CC-17010 network security 網路安全管理, of the internal-control standard."""

from chahe.rules.citations.documents import Article, standard
from chahe.wording import Text

_FIREWALL = Article("CC-17010（二）防火牆之安全管理", "CC-17010 (2), firewalls")
_ASSESSMENT = Article("CC-17010 網路系統安全評估", "CC-17010, assessment of network security")
_NETWORK = Article("CC-17010 網路安全管理", "CC-17010, network security")

FIREWALL_EXISTS = standard(
    _FIREWALL, Text("公司的網路須有防火牆防護。", "The firm's network must be protected by a firewall.")
)
FIREWALL_RECORDS_THREE_YEARS = standard(
    _FIREWALL,
    Text(
        "防火牆的進出紀錄，連同備份，最少要留三年。",
        "A firewall's records of traffic in and out, and their backups, are kept for three years at least.",
    ),
)
FIREWALL_RULES_REVIEWED_YEARLY = standard(
    _FIREWALL,
    Text(
        "防火牆的存取規則每年要檢視、維護，並留下檢視紀錄。",
        "A firewall's access rules are reviewed and maintained every year, and the review is on record.",
    ),
)
IMPORTANT_SYSTEMS_BEHIND_FIREWALL = standard(
    _FIREWALL,
    Text(
        "網路下單等重要網站與伺服器，與網際網路之間須隔著防火牆。",
        "A firewall stands between the internet and important sites and servers, such as those for online orders.",
    ),
)
REMOTE_ACCESS_CONTROLLED = standard(
    _ASSESSMENT,
    Text(
        "從外部連進公司內部作業須依公司訂定的遠端連線辦法，留有維護紀錄，並由權責主管定期覆核。",
        "Work on internal systems from outside follows the firm's rules on remote access, leaves maintenance records, "
        "and is reviewed periodically by the responsible manager.",
    ),
)
NETWORK_SECURITY_ASSESSED = standard(
    _ASSESSMENT,
    Text(
        "公司要定期評估自己的網路系統是否安全，並留有紀錄。",
        "The firm periodically assesses the security of its own network and keeps the record.",
    ),
)
NETWORK_SOFTWARE_PATCHED = standard(
    _NETWORK,
    Text(
        "作業系統、網站伺服器、瀏覽器、防火牆與防毒軟體的漏洞要定期或及時修補，並留有文件。",
        "Holes in operating systems, web servers, browsers, firewalls and anti-virus software are patched periodically "
        "or in time, and the papers are kept.",
    ),
)
