"""Planted rows cannot be told from the background's by numbers, formats or the time of day alone.

A decision tree is trained on nothing else, on some worlds, and judged on another: what it learns there must hold of any world. Judged
are the orders that a world with its breaches has and one without them has not, the customers, accounts and contacts that its
truth names, its look-ups, the messages that break a rule, and the payments on private accounts.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from chahe.simulate.crowd.order_stream import batches
from chahe.simulate.crowd.registers import Papers, Seat, seats_of
from chahe.simulate.days import us
from chahe.simulate.dials import NOTHING
from chahe.simulate.firm import made
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import HEAD_OFFICE
from chahe.simulate.life.payments import OURS, statement_lines
from chahe.simulate.logs.order_rows import Row, came
from chahe.simulate.logs.order_table import rows_of
from chahe.simulate.sizes import Size
from chahe.simulate.truth import Truth

AS_OF = date(2026, 11, 22)
SIZE = Size(
    name="judged", employees=40, customers=1_200, orders_a_day=40, busy_days=0, busy_orders=0, transfers=0, chats=14,
    messages_a_chat=60, look_ups_a_day=8, order_sign_ins_a_day=0, firewall_an_hour=4, monitoring_an_hour=1,
)  # fmt: skip
SEEDS = range(11, 19)
MOST = 0.55
BACKGROUND = 1_200
"""Rows of a world's background that are judged beside the planted ones."""

Features = Sequence[float]
World = tuple[list[Features], list[Features]]
"""Planted rows and the background's: what the tree may look at."""


@pytest.fixture(scope="module")
def worlds() -> list[tuple[World, ...]]:
    """Orders, customers, look-ups, messages and payments of each world."""
    held = []
    for seed in SEEDS:
        firm, truth = made(seed, AS_OF, size=SIZE)
        orders = _orders(firm, made(seed, AS_OF, scenarios=NOTHING)[0])
        held.append(
            (orders, _customers(firm, truth), _look_ups(firm, truth), _messages(firm, truth), _payments(firm, truth))
        )
    return held


def auc(judged: Sequence[World]) -> float:
    """Of a tree, over rows of worlds that it was not trained on."""
    rows: list[Features] = []
    labels, places = [], []
    for place, (planted, background) in enumerate(judged):
        chosen = [background[nth] for nth in np.random.default_rng(1).permutation(len(background))[:BACKGROUND]]
        rows += [*planted, *chosen]
        labels += [1] * len(planted) + [0] * len(chosen)
        places += [place] * (len(planted) + len(chosen))
    tree = DecisionTreeClassifier(max_depth=4, min_samples_leaf=4, class_weight="balanced", random_state=1)
    told = cross_val_predict(
        tree, np.array(rows, dtype=float), labels, groups=places, cv=LeaveOneGroupOut(), method="predict_proba"
    )
    return float(roc_auc_score(labels, told[:, 1]))


def digits(text: str, last: int = 4) -> list[float]:
    """The length, and the last signs by their code."""
    return [len(text), *(ord(one) for one in text[-last:].rjust(last))]


def _order(one: Row) -> Features:
    minute = (came(one) // 60_000_000 + 480) % 1440
    # Whose device and line an order came by may be the very deed; only how they are written is judged.
    return [
        minute // 30, *digits(one.order_id), *digits(one.account), len(one.device), ":" in one.address, len(one.signature),
        len(one.handler), len(one.caller), len(one.price.partition(".")[2]),
    ]  # fmt: skip


def _orders(firm: Firm, innocent: Firm) -> World:
    kept = {(one.received, one.symbol, one.buy) for one in innocent.orders}
    planted = {one.order_id for one in firm.orders if (one.received, one.symbol, one.buy) not in kept}
    story = {one.order_id for one in firm.orders}
    told, background = [], []
    for batch in batches(firm):
        for one in rows_of(batch.received):
            if one.order_id in planted and one.line == HEAD_OFFICE and one.channel == "網路":
                told.append(_order(one))
            elif one.order_id not in story and one.channel == "網路":
                background.append(_order(one))
    return told, background


def _customers(firm: Firm, truth: Truth) -> World:
    members = firm.members
    assert members is not None
    named = {str(value) for one in truth.findings for value in one.key.values()}
    ways: dict[str, dict[str, str]] = {}
    for one in firm.clientele.contacts:
        ways.setdefault(one.party, {}).setdefault(one.kind, one.value)
    told = []
    for client in firm.clientele.clients:
        account = firm.clientele.account_of(client.customer).account
        if {client.customer.lower(), account} & named and client.kind == "自然人":
            seat, reached = members.taken[client.customer], ways.get(client.customer, {})
            told.append(_customer(seat, client.customer, account, client.national_id, reached))
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
    return told, background


def _customer(seat: int, customer: str, account: str, national_id: str, ways: dict[str, str]) -> Features:
    return [
        seat / SIZE.customers, *digits(customer), *digits(account), *digits(national_id), ord(national_id[1]),
        *digits(ways.get("手機", "").replace("-", "")), ord(ways.get("手機", "000")[2]), *digits(ways.get("電子郵件", ""), 14)[:3],
        *digits(ways.get("交割銀行帳戶", "")), len(ways.get("戶籍地址", "")), len(ways.get("通訊地址", "")),
    ]  # fmt: skip


def _look_ups(firm: Firm, truth: Truth) -> World:
    """The hour of a look-up with a form is that of the form, and part of the deed."""
    keys = {
        (one.key["person_id"], one.key["account"], one.key["looked_on"])
        for one in truth.findings
        if one.control == "customer-data-query-unapproved"
    }
    told, background = [], []
    for one in firm.desk.look_ups:
        planted = (one.person.lower(), one.account, one.when.date()) in keys
        (told if planted else background).append(
            [one.when.second, one.when.microsecond, *digits(one.account), len(one.person)]
        )
    return told, background


def _messages(firm: Firm, truth: Truth) -> World:
    """What is said is the deed; when, and beside what, is judged."""
    keys = {
        (one.key["conversation"], one.key["said_at_us"]) for one in truth.findings if one.control == "profit-guaranteed"
    }
    told, background = [], []
    for chat in firm.talk:
        for line in chat.lines:
            if chat.customers and line.sender in chat.staff:
                planted = (chat.title, us(line.when)) in keys
                row = [line.when.hour, line.when.minute, line.when.second, line.when.weekday()]
                (told if planted else background).append(row)
    return told, background


def _payments(firm: Firm, truth: Truth) -> World:
    """How much was paid when and for what is the deed; how accounts and names are written is judged."""
    customers = {one.key["customer_id"] for one in truth.findings if one.control == "money-between-staff-and-customer"}
    banks = {one.bank for one in firm.clientele.clients if one.customer.lower() in customers}
    staff = {one.name for one in firm.employees} | {one.name for one in firm.clientele.relations}
    told, background = [], []
    for one in firm.money.moved:
        if one.kept_as != OURS:
            row = next(iter(statement_lines([one], ringed=True)))
            other, number, name = str(row[6]), str(row[7]), str(row[8])
            planted = one.payer.account in banks and one.payee.name in staff
            features = [int(other), *digits(number, 2), len(name), len(str(row[0])), len(str(row[1]))]
            # Firms and one's own accounts at other banks are shown by their names.
            if "○" in name:
                (told if planted else background).append(features)
    return told, background


def test_a_tree_does_not_tell_planted_orders(worlds: list[tuple[World, ...]]) -> None:
    orders = [held[0] for held in worlds]

    assert min(len(planted) for planted, _ in orders) >= 60
    assert auc(orders) <= MOST


def test_a_tree_does_not_tell_customers_of_the_truth(worlds: list[tuple[World, ...]]) -> None:
    customers = [held[1] for held in worlds]

    assert min(len(planted) for planted, _ in customers) >= 30
    assert auc(customers) <= MOST


def test_a_tree_does_not_tell_planted_look_ups(worlds: list[tuple[World, ...]]) -> None:
    look_ups = [held[2] for held in worlds]

    assert min(len(planted) for planted, _ in look_ups) >= 5
    assert auc(look_ups) <= MOST


def test_a_tree_does_not_tell_planted_messages(worlds: list[tuple[World, ...]]) -> None:
    messages = [held[3] for held in worlds]

    assert min(len(planted) for planted, _ in messages) >= 2
    assert auc(messages) <= MOST


def test_a_tree_does_not_tell_planted_payments(worlds: list[tuple[World, ...]]) -> None:
    payments = [held[4] for held in worlds]

    assert min(len(planted) for planted, _ in payments) >= 10
    assert auc(payments) <= MOST


def test_the_tree_tells_rows_that_do_leak() -> None:
    background = [[7.0, nth % 5] for nth in range(200)]
    planted = [[8.0 if nth % 10 == 0 else 7.0, nth % 5] for nth in range(60)]

    assert auc([(planted, background)] * 3) > MOST
    assert auc([([[8.0, nth % 5] for nth in range(30)], background)] * 3) > 0.99
