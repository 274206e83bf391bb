"""Findings of made-up controls, for tests of cases: no control of the catalogue is named."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie, Trait
from chahe.findings.links import Found, Owner, Thing
from chahe.wording import Text

NODES = (
    Node(column="person", role=Role.EMPLOYEE),
    Node(column="customer", role=Role.CUSTOMER, joins=False),
    Node(column="account", role=Role.ACCOUNT),
    Node(column="device", role=Role.DEVICE),
    Node(column="place", role=Role.IP),
    Node(column="speaker", role=Role.SPEAKER),
)
TIES = (
    Tie(ends=(("person",), ("account", "customer")), what=Text("往來", "dealt with"), rows=("deed_row",), strength=60),
    Tie(ends=(("account",), ("place",)), what=Text("由此下單", "ordered from"), rows=("deed_row", "place_row")),
)


def found(
    name: str,
    *,
    family: Family = Family.ORDERS,
    confidence: int = 50,
    severity: int = 3,
    traits: tuple[Trait, ...] = (),
    control: str | None = None,
    **row: object,
) -> Found:
    """A finding that names what its row says; `happened_on` is its day, `amount` its money."""
    return Found(
        finding=name,
        control=control or f"of-{family.value}",
        title=Text(f"控制點 {family.value}", f"control {family.value}"),
        severity=severity,
        message=Text(f"缺失 {name}", f"finding {name}"),
        row={"deed_row": f"raw#{name}", **row},
        linked=Linked(
            family=family,
            nodes=NODES,
            ties=TIES,
            events=(Event(column="happened_on", what=Text("發生", "it happened"), rows=("deed_row",)),),
            money=("amount",),
            confidence=confidence,
            traits=traits,
        ),
        words={},
    )


def holder(account: str, customer: str) -> dict[Thing, Owner]:
    return {Thing("account", account): Owner(Thing("customer", customer), f"list#{account}")}
