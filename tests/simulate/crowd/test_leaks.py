"""Planted rows cannot be told from the background's by numbers, formats, places in files or the time of day alone.

A decision tree is trained on nothing else and judged on rows of customers it has not seen. Judged are the orders that a world with
its breaches has and one without them has not, and the customers, accounts and contacts that its truth names.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from chahe.simulate.company import Firm
from chahe.simulate.crowd.order_stream import batches
from chahe.simulate.crowd.registers import Papers, Seat, seats_of
from chahe.simulate.dials import NOTHING
from chahe.simulate.firm import made
from chahe.simulate.order_rows import Row, came
from chahe.simulate.orders import HEAD_OFFICE
from chahe.simulate.sizes import Size
from chahe.simulate.truth import Truth

AS_OF = date(2026, 11, 22)
SIZE = Size(
    name="judged", employees=40, customers=1_200, orders_a_day=12, busy_days=0, busy_orders=0, transfers=0, chats=14,
    messages_a_chat=60, look_ups_a_day=8, order_sign_ins_a_day=0, firewall_an_hour=4, monitoring_an_hour=1,
)  # fmt: skip
MOST = 0.55
BACKGROUND = 1_200
"""Rows of the background that are judged beside the planted ones."""

Features = Sequence[float]
Judged = tuple[str, Features]
"""Whose row it is, and what the tree may look at."""


@pytest.fixture(scope="module")
def world() -> tuple[Firm, Truth]:
    return made(5, AS_OF, size=SIZE)


@pytest.fixture(scope="module")
def innocent() -> Firm:
    return made(5, AS_OF, scenarios=NOTHING)[0]


def _auc(features: np.ndarray, labels: np.ndarray, owners: np.ndarray) -> float:
    tree = DecisionTreeClassifier(max_depth=4, min_samples_leaf=4, class_weight="balanced", random_state=1)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    told = cross_val_predict(tree, features, labels, groups=owners, cv=folds, method="predict_proba")[:, 1]
    return float(roc_auc_score(labels, told))


def judged(planted: list[Judged], background: list[Judged]) -> None:
    """The tree does no better than the limit, or than it does on labels dealt out by chance to customers."""
    chosen = [background[nth] for nth in np.random.default_rng(1).permutation(len(background))[:BACKGROUND]]
    owners = np.array([owner for owner, _ in (*planted, *chosen)])
    rows = np.array([row for _, row in (*planted, *chosen)], dtype=float)
    labels = np.array([1] * len(planted) + [0] * len(chosen))
    by_chance = [_auc(rows, _dealt(labels, owners, nth), owners) for nth in range(40)]
    bound = max(MOST, float(np.quantile(by_chance, 0.975)))

    assert len({owner for owner, _ in planted}) >= 20
    assert _auc(rows, labels, owners) <= bound


def _dealt(labels: np.ndarray, owners: np.ndarray, nth: int) -> np.ndarray:
    """As many labels by chance, whole customers at a time."""
    dealt = np.zeros_like(labels)
    for owner in np.random.default_rng(nth).permutation(np.unique(owners)):
        if dealt.sum() >= labels.sum():
            break
        dealt[owners == owner] = 1
    return dealt


def digits(text: str, last: int = 4) -> list[float]:
    """The length, and the last signs by their code."""
    return [len(text), *(ord(one) for one in text[-last:].rjust(last))]


def _order(place: float, one: Row) -> Judged:
    minute = (came(one) // 60_000_000 + 480) % 1440
    # Whose device and line an order came by may be the very deed; only how they are written is judged.
    return one.account, [
        place, minute // 30, *digits(one.order_id), *digits(one.account), len(one.device), ":" in one.address, len(one.signature),
        len(one.handler), len(one.caller), len(one.price.partition(".")[2]),
    ]  # fmt: skip


def test_a_tree_does_not_tell_planted_orders(world: tuple[Firm, Truth], innocent: Firm) -> None:
    kept = {(one.received, one.symbol, one.buy) for one in innocent.orders}
    planted = {one.order_id for one in world[0].orders if (one.received, one.symbol, one.buy) not in kept}
    story = {one.order_id for one in world[0].orders}
    told, background = [], []
    for batch in batches(world[0]):
        for nth, one in enumerate(batch.received):
            row = _order(nth / len(batch.received), one)
            if one.order_id in planted and one.line == HEAD_OFFICE and one.channel == "網路":
                told.append(row)
            elif one.order_id not in story and one.channel == "網路":
                background.append(row)

    judged(told, background)


def test_a_tree_does_not_tell_customers_of_the_truth(world: tuple[Firm, Truth]) -> None:
    firm, truth = world
    members = firm.members
    assert members is not None
    named = {str(value) for one in truth.findings for value in one.key.values()}
    ways: dict[str, dict[str, str]] = {}
    for one in firm.clientele.contacts:
        ways.setdefault(one.party, {})[one.kind] = ways.get(one.party, {}).get(one.kind, one.value)
    told = []
    for client in firm.clientele.clients:
        account = firm.clientele.account_of(client.customer).account
        if {client.customer.lower(), account} & named and client.kind == "自然人":
            told.append(
                _customer(
                    members.taken[client.customer],
                    client.customer,
                    account,
                    client.national_id,
                    ways.get(client.customer, {}),
                )
            )
    papers = Papers(firm, members)
    background = [
        _customer(
            one.seat,
            one.customer,
            one.account,
            str(next(papers.customer(one))[2]),
            {str(row[2]): str(row[3]) for row in papers.contacts(one)},
        )
        for one in seats_of(firm, members)
        if isinstance(one, Seat) and not one.corporate
    ]

    judged(told, background)


def _customer(seat: int, customer: str, account: str, national_id: str, ways: dict[str, str]) -> Judged:
    return customer, [
        seat / SIZE.customers, *digits(customer), *digits(account), *digits(national_id), ord(national_id[1]),
        *digits(ways.get("手機", "").replace("-", "")), ord(ways.get("手機", "000")[2]), *digits(ways.get("電子郵件", ""), 14)[:3],
        *digits(ways.get("交割銀行帳戶", "")), len(ways.get("戶籍地址", "")), len(ways.get("通訊地址", "")),
    ]  # fmt: skip


def test_the_tree_tells_rows_that_do_leak() -> None:
    background: list[Judged] = [(f"a{nth}", [7, nth % 5]) for nth in range(200)]
    with pytest.raises(AssertionError):
        judged([(f"b{nth}", [8, nth % 5]) for nth in range(30)], background)
