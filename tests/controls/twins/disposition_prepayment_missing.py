"""disposition-prepayment-missing, order by order of a customer's day in one security."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from twins.worlds import MINUTE, SPAN, Evidence, Rows, Told, amounts, at, day_of, moments, names, of, seldom

from chahe.engine.casebook import AS_OF

_DAY = AS_OF - timedelta(days=30)
_NEXT, _BEFORE, _AFTER = (_DAY + timedelta(days=step) for step in (1, -9, 9))
_NINE, _LATER = at(_DAY), at(_DAY) + MINUTE
_LOGGED = of(
    *[_NINE, _NINE, _LATER, _LATER + 1] * 4,
    at(_NEXT),
    at(_BEFORE),
    at(_AFTER),
    at(SPAN.begin, 0),
    at(SPAN.begin, 0) - 1,
)
_LIMIT = of(10, 10, 10, 20, 0)
DRAWN = {
    "orders": Rows(4, 14, {
        "logged_at_us": _LOGGED, "sent_at_us": seldom(moments(_NINE, _LATER)), "leg": of(*["exchange"] * 7, "customer"), "event": of(*["new"] * 8, "replace", "cancel"),
        "order_id": names("o", 99), "account": names("a", 3), "symbol": names("s", 1), "side": of("buy", "buy", "sell"), "order_type": of("limit", "limit", "limit", "market", "other"),
        "price": amounts(10, 10, 10, "10.0001"), "quantity": of(9999, 10_000, 5_000, 5_000, 1_000, 20_000),
        "order_category": of(*["cash"] * 4, "margin_broker", "short_broker", "margin_finance_company", "short_finance_company", "borrowed"),
    }, blank=40, blanks={"price": 15, "leg": 20, "order_category": 4}),
    "disposition_securities": Rows(1, 4, {
        "begins_on": of(_DAY, _DAY, _NEXT, _DAY - timedelta(days=1)), "ends_on": of(_DAY, _DAY, _DAY, _NEXT, _NEXT + timedelta(days=1)), "symbol": names("s", 2),
        "measure": of(*["disposition"] * 4, "further", "none"), "single_order_limit_lots": _LIMIT, "cumulative_limit_lots": _LIMIT, "prepay_percent": of(100, 100, 100, 50, 0),
        "observed_at_us": of(at(_NEXT, 0) - 1, at(_NEXT, 0), at(_NEXT, 15)),
    }, blank=14),
    "prepayments": Rows(2, 7, {
        "prepayment_id": names("p", 99), "account": names("a", 3), "symbol": names("s", 2), "traded_on": of(_DAY, _DAY, _DAY, _NEXT), "collected_at_us": moments(_NINE, _LATER, _LATER),
        "amount": amounts(100_000, 100_000, 50_000, 49_995, 150_000), "quantity": of(10_000, 9_999, 5_000, 20_000),
    }, blank=20, blanks={"amount": 3, "quantity": 2, "traded_on": 3}),
    "trading_accounts": Rows(2, 6, {"account": names("a", 3), "customer_id": names("c", 2)}),
    "securities": Rows(1, 3, {"trading_day": of(_DAY, _DAY, _NEXT), "symbol": names("s", 2), "reference_price": amounts(10), "limit_up": amounts(10, 11)}, blank=7),
}  # fmt: skip
ALSO = ("defect", "day_quantity", "due_money", "due_shares", "paid_money", "paid_shares")
DEFECTS = ("none", "late", "short")
_UNIT = 1_000
_MARGIN, _SHORT = ("margin_broker", "margin_finance_company"), ("short_broker", "short_finance_company")


def told(evidence: Evidence) -> Told:
    said = Told()
    owners = {one.account: one.customer_id for one in evidence.trading_accounts}
    sent = [
        one
        for one in evidence.orders
        if one.leg != "customer" and (one.happened_on is None or evidence.begin <= one.happened_on <= evidence.until)
    ]
    lanes: dict[tuple[object, ...], list[SimpleNamespace]] = defaultdict(list)
    for one in sent:
        words = [word for word in evidence.disposition_securities if _binds(word, one)]
        if not words:
            continue
        if one.event != "new":
            said.leave_out("not_new")
        elif (one.side, one.order_category in _MARGIN, one.order_category in _SHORT) in (
            ("sell", True, False),
            ("buy", False, True),
        ):
            said.leave_out("closing")
        else:
            said.candidates += 1
            lone = () if None not in (one.account, one.happened_on) else (one.row_id,)
            lanes[owners.get(one.account, one.account), one.symbol, one.happened_on, *lone].append(one)
    for (customer, _, day, *_), lane in lanes.items():
        lane.sort(key=lambda one: (_moment(one), one.row_id))
        paid = [
            one
            for one in evidence.prepayments
            if owners.get(one.account, one.account) == customer and _for(one, lane[0].symbol, day)
        ]
        for nth, one in enumerate(lane):
            words = [word for word in evidence.disposition_securities if _binds(word, one)]
            _judge(said, lane[: nth + 1], _Words(words), (paid, evidence.securities, one.account in owners))
    for day in {
        one.happened_on for one in sent if one.happened_on is not None and not _filed(evidence, one.happened_on)
    }:
        said.candidates += 1
        said.undetermined.append((day, None, None, None, "no_file"))
    return said


def _binds(word: SimpleNamespace, order: SimpleNamespace) -> bool:
    """Does a row put the order's security under prepayment on the order's day? Of an order without a day, on any day."""
    asks = word.measure != "none" if word.prepay_percent is None else word.prepay_percent > 0
    day = order.happened_on
    return (
        asks
        and word.symbol == order.symbol
        and (day is None or (word.begins_on or day) <= day <= (word.ends_on or day))
    )


class _Words:
    """What several rows of one day say together: of each value the strictest that is said."""

    def __init__(self, words: list[SimpleNamespace]) -> None:
        self.percent = max((one.prepay_percent for one in words if one.prepay_percent is not None), default=None)
        self.said = any(None not in (one.single_order_limit_lots, one.cumulative_limit_lots) for one in words)
        self.single = min(
            (one.single_order_limit_lots * _UNIT for one in words if one.single_order_limit_lots), default=None
        )
        self.day = min((one.cumulative_limit_lots * _UNIT for one in words if one.cumulative_limit_lots), default=None)

    def reached(self, so_far: list[SimpleNamespace]) -> bool:
        if self.single is None and self.day is None:
            return True
        single = self.single is not None and any(one.quantity >= self.single for one in so_far)
        return single or (self.day is not None and sum(one.quantity for one in so_far) >= self.day)


def _moment(one: SimpleNamespace) -> int:
    return (one.logged_at_us if one.sent_at_us is None else one.sent_at_us) or 0


def _for(paid: SimpleNamespace, symbol: str, day: date | None) -> bool:
    """May it have been collected for orders in this security on this day?"""
    meant = paid.traded_on or day_of(paid.collected_at_us) or day
    return day is not None and meant == day and paid.symbol in (symbol, None)


def _filed(evidence: Evidence, day: date) -> bool:
    """Is there a T30 of the day, or a list that reaches from its first disposition to the day it was taken? Rows of a T30 are for one day."""
    lists = [
        one
        for one in evidence.disposition_securities
        if None not in (one.begins_on, one.ends_on) and one.ends_on > one.begins_on
    ]
    return (
        any(one.trading_day == day for one in evidence.securities)
        or any(one.begins_on == one.ends_on == day for one in evidence.disposition_securities)
        or any(one.begins_on <= day <= day_of(one.observed_at_us) for one in lists)
    )


def _judge(said: Told, so_far: list[SimpleNamespace], words: _Words, known: tuple) -> None:
    order = so_far[-1]
    key = (order.happened_on, order.account, order.symbol, order.order_id)
    paid, securities, listed = known
    doubt = _doubt(so_far, words)
    if doubt:
        said.undetermined.append((*key, doubt))
        return
    if not words.reached(so_far):
        if not listed:
            said.undetermined.append((*key, "unlisted"))
        return
    prices = [_price(one, securities) for one in so_far if one.side == "buy"]
    if None in prices:
        said.undetermined.append((*key, "no_price"))
        return
    money = sum((_price(one, securities) * one.quantity for one in so_far if one.side == "buy"), Decimal(0))
    shares = sum(one.quantity for one in so_far if one.side == "sell")
    state, got, held = _paid(so_far, paid, (money * words.percent, shares * words.percent))
    if state in ("none", "late", "short"):
        total = sum(one.quantity for one in so_far)
        said.exceptions.append((*key, state, total, f"{money:.4f}", shares, f"{got:.4f}", held))
    elif state != "good":
        said.undetermined.append((*key, state))


def _doubt(so_far: list[SimpleNamespace], words: _Words) -> str | None:
    order = so_far[-1]
    if order.happened_on is None:
        return "no_time"
    if order.leg is None:
        return "no_leg"
    if order.account is None or any(None in (one.side, one.quantity) for one in so_far):
        return "no_fields"
    if words.percent is None:
        return "no_percent"
    return None if words.said else "no_limits"


def _price(order: SimpleNamespace, securities: list[SimpleNamespace]) -> Decimal | None:
    """The order's price; of a market order the day's limit-up price."""
    if order.order_type != "market":
        return order.price
    ups = [one.limit_up for one in securities if (one.symbol, one.trading_day) == (order.symbol, order.happened_on)]
    return max((one for one in ups if one is not None), default=None)


def _paid(so_far: list[SimpleNamespace], paid: list[SimpleNamespace], due: tuple) -> tuple[str, Decimal, int]:
    """What is wrong with what was collected by the moment of sending, and the money and shares that were."""
    sent = _moment(so_far[-1])
    known = [one for one in paid if None not in (one.symbol, one.collected_at_us)]
    late = [one for one in known if one.collected_at_us > sent]
    before = [one for one in known if one.collected_at_us <= sent]
    blank = [one for one in before if one.amount is None and one.quantity is None]
    money = sum((one.amount for one in before if one.amount is not None), Decimal(0))
    shares = sum(one.quantity for one in before if one.quantity is not None)
    if money * 100 >= due[0] and shares * 100 >= due[1]:
        state = "good"
    elif len(known) < len(paid) or blank:
        state = "unsure"
    elif before and any(one.order_category in (*_MARGIN, *_SHORT) for one in so_far):
        state = "on_credit"
    elif any(one.leg is None for one in so_far):
        state = "no_leg"
    else:
        state = "late" if late else "short" if before else "none"
    return state, money, shares
