"""The names of the catalogue's chapters."""

from chahe.wording import Text

_TITLES = {
    "ca11120_credit": Text("CA-11120 客戶徵授信", "CA-11120 customer credit"),
    "ca11210_orders": Text("CA-11210 受託買賣及成交作業", "CA-11210 orders and executions"),
    "cc17010_network": Text("CC-17010 網路安全管理", "CC-17010 network security"),
    "cc17020_operations": Text("CC-17020 電腦系統及作業安全管理", "CC-17020 systems and operations"),
    "cc18000_access": Text("CC-18000 存取控制", "CC-18000 access control"),
    "cc19000_development": Text("CC-19000 系統開發及維護", "CC-19000 development and maintenance"),
    "colocation": Text("主機共置", "Co-location"),
    "conduct": Text("業務行為", "Conduct"),
    "governance": Text("資安治理", "Governance"),
    "incidents": Text("資安事件", "Incidents"),
    "own": Text("公司自訂的控制點", "The firm's own controls"),
}


def chapter_title(chapter: str) -> Text:
    """A chapter's title; one that has none is shown by its folder name."""
    return _TITLES.get(chapter, Text(chapter, chapter))
