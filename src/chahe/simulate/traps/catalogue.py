"""The register of all traps of the example firm, laid after its scenarios; and the controls that have room for none."""

from typing import TYPE_CHECKING, Final

from chahe.simulate.traps import access, desk, life, orders, papers, people, systems
from chahe.simulate.traps.trap import Trap
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.simulate.life.company import Firm
    from chahe.simulate.truth import Truth

TRAPS: Final[tuple[Trap, ...]] = (
    *systems.TRAPS,
    *access.TRAPS,
    *papers.TRAPS,
    *orders.TRAPS,
    *desk.TRAPS,
    *people.TRAPS,
    *life.TRAPS,
)
_BY_FORM: Final = Text("與申請單一起編號，寫在情境旁", "numbered with the forms, beside the scenarios")
NO_ROOM: Final = {
    "audit-log-retention": Text("只有五個重要系統", "there are five important systems"),
    "audit-log-unreviewed": Text("只有五個重要系統", "there are five important systems"),
    "customer-data-query-unapproved": _BY_FORM,
    "firewall-log-retention": Text(
        "再一個就要再一部防火牆三年的日誌", "one more would be three years' log of one more firewall"
    ),
    "firewall-rules-unreviewed": Text("只有四部防火牆", "there are four firewalls"),
    "important-system-exposed": Text("對外服務只有一項", "there is one service open to outside"),
    "log-shrunk": Text("再一個就要再匯出一份日誌", "one more would be one more log exported again"),
    "network-assessment-overdue": Text("全公司一個網路", "the firm has one network"),
    "order-overtaking": Text(
        "共置客戶十二人，再多就改變了偶然的數目",
        "twelve customers in co-location; more would change what chance brings",
    ),
    "program-content-unknown": Text("只有四個程式", "there are four programs"),
    "security-officer-missing": Text("只有一位資安長", "there is one officer"),
    "usage-rules-missing": Text("只有一份使用規則", "there is one set of rules"),
    "vendor-account-after-end": Text("委外人員三人", "the vendors have three people"),
    "vendor-top-privilege": Text("委外人員三人", "the vendors have three people"),
    "vulnerability-scan-overdue": Text("只有六部主機", "there are six hosts"),
}
"""Why there are no more near misses of a control than those beside the scenarios."""


def lay(firm: "Firm", truth: "Truth") -> None:
    """Of each trap one less than the firm's distractors, for one stands beside the scenarios; or as many as there is room for."""
    for trap in TRAPS:
        for nth in range(1, min(firm.distractors - 1, trap.room) + 1):
            trap.lay(firm, truth, nth)
