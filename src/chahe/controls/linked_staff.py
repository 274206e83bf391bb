"""What controls of staff's and customers' orders say alike about who belongs to whom (`chahe.controls.linked`)."""

from chahe.controls.linked import By, Event, Family, Linked, Node, Role, Tie, Trait
from chahe.wording import Text

ONE_MARK: By[Role] = By(
    "tie",
    {
        "certificate": Role.CERTIFICATE,
        "device": Role.DEVICE,
        "address": Role.IP,
        "caller": Role.TELEPHONE,
    },
    Role.DEVICE,
)
"""What the mark is that two orders have in common."""
STAFF_NODES = (
    Node(column="person_id", role=Role.EMPLOYEE),
    Node(column="relation_row", role=Role.RELATIVE, called="relation"),
    Node(column="account", role=Role.ACCOUNT),
)
STAFF_TIES = (
    Tie(
        ends=(("person_id",), ("relation_row",)),
        what=Text("關係人", "relative"),
        rows=("relation_row", "employee_row"),
        strength=95,
        told="relation",
    ),
    Tie(
        ends=(("relation_row", "person_id"), ("account",)),
        what=Text("名下帳戶", "account in that name"),
        rows=("account_row",),
        strength=95,
    ),
)
PAIR_NODES = (*STAFF_NODES, Node(column="customer_account", role=Role.ACCOUNT))
OPPOSITE_TRADES = Linked(
    family=Family.ORDERS,
    nodes=(*PAIR_NODES, Node(column="mark", role=ONE_MARK)),
    ties=(
        *STAFF_TIES,
        Tie(
            ends=(("account",), ("customer_account",)),
            what=Text("反向委託", "opposite orders"),
            told="grounds",
            strength=80,
            rows=("order_row", "customer_order_row", "last_order_row", "last_customer_order_row"),
        ),
        Tie(ends=(("account",), ("mark",)), what=Text("由此下單", "ordered by it"), rows=("order_row",), strength=70),
        Tie(
            ends=(("customer_account",), ("mark",)),
            what=Text("由此下單", "ordered by it"),
            rows=("customer_order_row",),
            strength=70,
        ),
    ),
    events=(
        Event(
            column="first_us",
            what=Text("首筆反向委託", "first opposite orders"),
            rows=("order_row", "customer_order_row"),
        ),
        Event(
            column="last_us",
            what=Text("末筆反向委託", "last opposite orders"),
            rows=("last_order_row", "last_customer_order_row"),
        ),
    ),
    confidence=By("tie", {"certificate": 95, "device": 90, "caller": 70}, 60),
)
"""Of `opposite-trade-linked`, whose module is long."""
_SHOWN = (
    ("address", Role.ADDRESS),
    ("phone", Role.TELEPHONE),
    ("email", Role.EMAIL),
    ("settlement_account", Role.BANK_ACCOUNT),
)
"""What has a place of its own in a case; agents and emergency contacts are ties between persons."""
SHARED_CONTACTS = Linked(
    family=Family.CONTACTS,
    nodes=(
        Node(column="person_id", role=Role.EMPLOYEE),
        Node(column="relation_row", role=Role.RELATIVE),
        # The customer may stand in another employee's case, where this finding is then shown beside.
        Node(column="customer_id", role=Role.CUSTOMER, joins=False),
        *(Node(column=f"{kind}_staff_row", role=role) for kind, role in _SHOWN),
    ),
    ties=(
        Tie(
            ends=(("person_id",), ("relation_row",)),
            what=Text("關係人", "relative"),
            rows=("relation_row",),
            strength=95,
        ),
        Tie(
            ends=(("relation_row", "person_id"), ("customer_id",)),
            what=Text("聯絡資料相同", "contact data in common"),
            told="ties",
            rows=(
                "customer_row",
                "account_row",
                "agent_staff_row",
                "agent_customer_row",
                "emergency_contact_staff_row",
                "emergency_contact_customer_row",
            ),
            strength=60,
        ),
        *(
            Tie(
                ends=(("relation_row", "person_id"), (f"{kind}_staff_row",)),
                what=Text("登記的聯絡資料", "registered contact"),
                rows=(f"{kind}_staff_row",),
                strength=60,
            )
            for kind, _ in _SHOWN
        ),
        *(
            Tie(
                ends=(("customer_id",), (f"{kind}_staff_row",)),
                what=Text("登記相同或相近", "registers the same, or one near it"),
                rows=(f"{kind}_customer_row",),
                strength=60,
            )
            for kind, _ in _SHOWN
        ),
    ),
    confidence=60,
)
"""Of `shared-contact`, whose module is long."""


def by_account(family: Family, *, traits: tuple[Trait, ...] = (), money: tuple[str, ...] = ()) -> Linked:
    """For a control about one account and nobody of the firm's: findings of one account are one case."""
    return Linked(
        family=family, nodes=(Node(column="account", role=Role.ACCOUNT),), confidence=100, traits=traits, money=money
    )
