"""restricted-sale-unapproved, sale by sale in order of time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from twins.worlds import DAY, SPAN, Evidence, Rows, Told, at, days, names, of, seldom

from chahe.engine.casebook import AS_OF

_DAY = AS_OF - timedelta(days=30)
_AT = of(*[at(_DAY), at(_DAY, 9, 1), at(_DAY) + DAY] * 3, at(SPAN.begin, 0), at(SPAN.begin, 0) - 1)
DRAWN = {
    "orders": Rows(3, 9, {"logged_at_us": _AT, "sent_at_us": seldom(_AT), "leg": of("exchange", "exchange", "exchange", "customer"), "event": of("new", "new", "new", "cancel"), "order_id": names("o", 2), "account": names("a", 2), "symbol": of(*["2330"] * 6, "2317"), "side": of(*["sell"] * 6, "buy"), "quantity": of(1000, 500)}, blank=16),
    "executions": Rows(2, 9, {"executed_at_us": _AT, "execution_id": names("x", 99), "order_id": names("o", 2), "account": names("a", 2), "last_quantity": of(1000, 500, 500), "event": of("fill", "fill", "fill", "cancel")}, blank=16),
    "special_standings": Rows(1, 3, {"customer_id": names("c", 2), "standing": of("investment_commission", "investment_commission", "minor"), "symbol": seldom(of("2330")), "standing_from": seldom(days(_DAY)), "standing_until": seldom(days(_DAY), 5)}),
    "customers": Rows(2, 4, {"customer_id": names("c", 2), "residency": of("domestic", "foreign", "overseas_chinese", "mainland")}),
    "trading_accounts": Rows(2, 5, {"account": names("a", 2), "customer_id": names("c", 2)}),
    "sale_approvals": Rows(2, 5, {"approval_id": names("p", 9), "customer_id": names("c", 2), "symbol": of("2330", "2330", "2317"), "approved_on": days(_DAY), "valid_until": seldom(days(_DAY)), "approved_quantity": of(500, 1000, 1500)}, blank=7),
}  # fmt: skip
ALSO = ("defect", "filled", "allowed", "used")


def told(evidence: Evidence) -> Told:
    said = Told()
    sales = sorted(_sales(evidence), key=lambda one: (one.day or date.min, one.at or 0, one.order_id))
    for sale in sales:
        if sale.day is not None and not evidence.begin <= sale.day <= evidence.until:
            continue
        said.candidates += 1
        key = (sale.day, sale.account, sale.order_id)
        papers = [one for one in evidence.sale_approvals if _valid(one, sale)]
        dated = [one for one in papers if one.approved_on is not None]
        doubt = _doubt(sale, papers, dated)
        if doubt:
            said.undetermined.append((*key, doubt))
        elif not papers:
            said.exceptions.append((*key, "none", sale.filled, None, None))
        elif sale.restricted:
            allowed = sum(one.approved_quantity for one in dated)
            used = max(
                sum(one.filled for one in sales[: sales.index(sale) + 1] if _valid(paper, one)) for paper in dated
            )
            if used > allowed:
                said.exceptions.append((*key, "beyond", sale.filled, allowed, used))
    return said


def _doubt(sale: SimpleNamespace, papers: list[SimpleNamespace], dated: list[SimpleNamespace]) -> str | None:
    if sale.day is None:
        return "no_time"
    if not sale.sent:
        return "no_leg"
    if sale.side is None:
        return "no_side"
    if sale.symbol is None:
        return "no_symbol"
    if not sale.restricted:
        return "unclassed"
    if papers and not dated:
        return "undated"
    return "unmeasured" if any(one.approved_quantity is None for one in dated) else None


def _valid(paper: SimpleNamespace, sale: SimpleNamespace) -> bool:
    same = (paper.customer_id, paper.symbol) == (sale.customer_id, sale.symbol)
    return (
        same and sale.day is not None and (paper.approved_on or sale.day) <= sale.day <= (paper.valid_until or sale.day)
    )


def _sales(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """Orders to sell of holders who need approval, and of customers from abroad whom the register does not know."""
    owners = {one.account: one.customer_id for one in evidence.trading_accounts}
    residency = {one.customer_id: one.residency for one in evidence.customers}
    classed = {one.customer_id for one in evidence.special_standings}
    records = defaultdict(list)
    for one in evidence.orders:
        if one.event == "new" and one.leg in ("exchange", None) and one.account in owners:
            records[one.happened_on, one.account, one.order_id].append(one)
    for (day, account, order_id), listed in records.items():
        customer = owners[account]
        symbol, side = (
            max((getattr(one, name) for one in listed if getattr(one, name)), default=None)
            for name in ("symbol", "side")
        )
        standings = [
            one for one in evidence.special_standings
            if one.customer_id == customer and one.standing == "investment_commission" and (None in (one.symbol, symbol) or one.symbol == symbol)
            and (day is None or (one.standing_from or day) <= day <= (one.standing_until or day))
        ]  # fmt: skip
        stranger = customer not in classed and residency.get(customer) in ("foreign", "overseas_chinese")
        if side == "buy" or not (standings or stranger):
            continue
        fills = [
            one.last_quantity
            for one in evidence.executions
            if (one.happened_on, one.account, one.order_id) == (day, account, order_id) and one.event in ("fill", None)
        ]
        yield SimpleNamespace(
            day=day, account=account, order_id=order_id, customer_id=customer, symbol=symbol, side=side, restricted=bool(standings),
            sent=any(one.leg == "exchange" for one in listed), at=min(one.sent_at_us or one.logged_at_us or 2**62 for one in listed), filled=sum(one or 0 for one in fills),
        )  # fmt: skip
