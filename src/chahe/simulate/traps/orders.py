"""Traps of orders, credit and co-location: on the limit, in the same microsecond, paid on the hour, allowed by standing."""

from decimal import Decimal
from typing import Final

from chahe.simulate.cast.colocation import Item, Line
from chahe.simulate.cast.special_orders import SaleApproval
from chahe.simulate.days import DAY, at, months_before, us
from chahe.simulate.life.colocation import CABINET, add_item, admit
from chahe.simulate.life.company import Firm
from chahe.simulate.life.credit import completed_halves, due_on
from chahe.simulate.life.orders import MICROSECOND, among_others, calm, place, trading_day
from chahe.simulate.registers.special_orders import DISPOSED
from chahe.simulate.scenarios.credit import EXACT
from chahe.simulate.scenarios.defaults import weekly_orders
from chahe.simulate.scenarios.fairness import LINE, hurry
from chahe.simulate.scenarios.filings import ISSUER
from chahe.simulate.scenarios.special import (
    APPROVED,
    CHILD,
    DIRECTOR,
    FOREIGNER,
    MANAGER,
    SUPERVISOR,
    WIFE,
    known,
    special_order,
)
from chahe.simulate.traps.trap import Trap
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_BRISK: Final = (4, 6)
_MEANS: Final = (13, 14, 15, 16, 17, 18, 19, 20, 22)
_SMALL: Final = (APPROVED, WIFE, DIRECTOR, MANAGER, SUPERVISOR, FOREIGNER, CHILD)
_WITHIN: Final = Text("一年之內", "within the year")


def _in_the_same_breath(firm: Firm, truth: Truth, nth: int) -> None:
    order = calm(firm)[-125 - 3 * nth]
    order.checked, order.received = order.sent - MICROSECOND, order.sent - 2 * MICROSECOND
    order.timed = True
    key: dict[str, Value] = {"session": LINE, "order_id": order.order_id, "event": "new", "sent_at_us": us(order.sent)}
    truth.silent("pre-trade-check-missing", "送出前一微秒通過檢核", **key)
    truth.silent("receipt-time-missing", "送出前兩微秒才收到", **key)


def _by_telephone(firm: Firm, truth: Truth, nth: int) -> None:
    order = calm(firm)[-300 - 3 * nth]
    order.channel, order.address, order.signature, order.caller = "語音", None, None, "0223456789"
    key: dict[str, Value] = {"record_on": order.sent.date(), "subject_kind": "order", "subject": order.order_id}
    truth.silent("order-record-incomplete", "語音委託沒有 IP 位址，但有來電號碼", **key, account=order.account)


def _old_line(firm: Firm, truth: Truth, nth: int) -> None:
    begins, ends = months_before(firm.as_of, 90), months_before(firm.as_of, 60) - (1 + nth) * DAY
    firm.cabinet.lines.append(Line(f"fax{nth}>haiyu", colocated=False, begins=begins, ends=ends))
    truth.silent("order-record-retention", "停用已逾五年的線路", session=f"fax{nth}>haiyu")


def _leased_and_new(firm: Firm, truth: Truth, nth: int) -> None:
    came, serial = months_before(firm.as_of, 11) - nth * DAY, f"FOC23{nth:02}K"
    leased = Item(
        f"eq-2{nth:02}", "交換器", "硬體", CABINET, serial, None, "出租人", "公司", "公司", "和潤租賃", None, came
    )
    add_item(firm, leased, counted=True)
    truth.silent("third-party-equipment", "租用，由公司管理與使用", device_id=leased.device, installed_on=came)
    newest = Item(
        f"eq-3{nth:02}", "備援伺服器", "硬體", CABINET, f"CZ3A07{nth:02}", None, "公司", "公司", "公司", None, None,
        firm.as_of - DAY,
    )  # fmt: skip
    add_item(firm, newest, counted=False)
    truth.silent("inventory-mismatch", "昨天才進駐，還不到盤點的時候", subject_kind="device", subject=newest.device)


def _told_in_time(firm: Firm, truth: Truth, nth: int) -> None:
    account, eligible = f"99911{nth:02}", months_before(firm.as_of, 5) - nth * DAY
    admit(firm, account, eligible, notified=eligible + 10 * DAY)
    truth.silent("unfair-access", "合格後第十日通知", account=account)


def _a_little_quicker(firm: Firm, truth: Truth, nth: int) -> None:
    account = firm.traders[_BRISK[nth - 1]]
    for order in calm(firm):
        if order.account == account:
            hurry(order, 6)
    truth.silent("unfair-latency", "只快六微秒，在可容忍範圍內", session=LINE, account=account)


def _on_the_limit(firm: Firm, truth: Truth, nth: int) -> None:
    client = firm.clientele.clients[EXACT]
    limit = firm.credit.limit_of(client.customer)
    day = trading_day(months_before(firm.as_of, 5) + 7 * nth * DAY)
    account = firm.clientele.account_of(client.customer).account
    for hour in (9, 12):
        when = among_others(firm, at(day, hour, 31), firm.rng(f"on the limit {nth} at {hour}"))
        place(firm, account, when, price=Decimal(limit.amount) / 400_000, quantity=200_000)
    truth.silent("order-over-limit", "兩筆委託合計恰為單日額度", customer_id=client.customer.lower(), traded_on=day)


def _paid_on_the_hour(firm: Firm, truth: Truth, nth: int) -> None:
    paid = weekly_orders(firm)[17 + nth]
    traded = paid.sent.date()
    firm.credit.settled_at[paid.account, traded] = at(due_on(traded), 11)
    truth.silent("default-late-report", "期限當時才補足款項", account=paid.account, traded_on=traded)


def _as_many_as_due(firm: Firm, truth: Truth, nth: int) -> None:
    begins, ends = completed_halves(firm)[-2 - nth]
    counted = f"{begins} {ends}"
    truth.silent("default-concentration", "違約人次與業務比重相當", subject_kind="share", subject=None, counted=counted)


def _as_much_as_the_means(firm: Firm, truth: Truth, nth: int) -> None:
    limit = firm.credit.limit_of(firm.clientele.clients[_MEANS[nth - 1]].customer)
    for check in firm.credit.assessments:
        if check.customer == limit.customer:
            check.means = limit.amount
    truth.silent("credit-assessment-missing", "額度恰為查證的資力", limit_id=limit.limit)


def _nine_units(firm: Firm, truth: Truth, nth: int) -> None:
    """Less than ten units by one order, and less than thirty by a day's."""
    if firm.special.disposed is None:
        raise ValueError("no security is under disposition")
    again, place_of = divmod(nth - 1, len(_SMALL))
    day = trading_day(firm.special.disposed[0] + (1 + 2 * again) * DAY)
    order = special_order(firm, known(firm, _SMALL[place_of]), day, DISPOSED, Decimal("45.00"), 9_000, hour=9)
    key: dict[str, Value] = {"traded_on": day, "account": order.account, "order_id": order.order_id, "symbol": DISPOSED}
    truth.silent("disposition-prepayment-missing", "單筆九張，未達預收標準", **key)


def _with_guardian(firm: Firm, truth: Truth, nth: int) -> None:
    day = trading_day(months_before(firm.as_of, 6) + 5 * nth * DAY)
    order = special_order(firm, known(firm, CHILD), day, "2881", Decimal("89.60"), 1_000, hour=9)
    key: dict[str, Value] = {"placed_on": day, "account": order.account, "order_id": order.order_id}
    truth.silent("special-customer-uncontrolled", "未成年客戶有法定代理人登記", **key)


def _as_approved(firm: Firm, truth: Truth, nth: int) -> None:
    last, client = trading_day(months_before(firm.as_of, 11) + 14 * nth * DAY), known(firm, APPROVED)
    number = f"經審字第1140{nth:06}號"
    firm.special.approvals.append(SaleApproval(number, client.customer, "2317", last - 4 * DAY, last, 1_000))
    order = special_order(firm, client, last, "2317", Decimal("182.50"), 1_000, buy=False)
    key: dict[str, Value] = {"sold_on": last, "account": order.account, "order_id": order.order_id}
    truth.silent("restricted-sale-unapproved", "在核准的最後一日恰賣出核准股數", **key)


def _ten_thousand_shares(firm: Firm, truth: Truth, nth: int) -> None:
    day = trading_day(months_before(firm.as_of, 6) + 9 * nth * DAY)
    order = special_order(firm, known(firm, DIRECTOR), day, ISSUER, Decimal("9.80"), 10_000, buy=False, hour=9)
    key: dict[str, Value] = {"sold_on": day, "account": order.account, "order_id": order.order_id, "symbol": ISSUER}
    truth.silent("insider-transfer-mismatch", "當日恰一萬股，免申報", **key)


TRAPS: Final = (
    Trap("pre-trade-check-missing receipt-time-missing", _in_the_same_breath, 50, _WITHIN),
    Trap("order-record-incomplete", _by_telephone, 100, _WITHIN),
    Trap("order-record-retention", _old_line),
    Trap("third-party-equipment inventory-mismatch", _leased_and_new),
    Trap("unfair-access", _told_in_time, 99, Text("編號只有這些", "there are no more numbers")),
    Trap(
        "unfair-latency",
        _a_little_quicker,
        len(_BRISK),
        Text("共置客戶十二人", "there are twelve customers in co-location"),
    ),
    Trap("order-over-limit", _on_the_limit, 12, Text("近幾個月內", "within some months")),
    Trap("default-late-report", _paid_on_the_hour, 20, _WITHIN),
    Trap("default-concentration", _as_many_as_due, 1, Text("兩年只有這幾個半年", "two years have no more halves")),
    Trap(
        "credit-assessment-missing",
        _as_much_as_the_means,
        len(_MEANS),
        Text("其餘客戶另有情節", "the other customers have parts to play"),
    ),
    Trap(
        "disposition-prepayment-missing",
        _nine_units,
        2 * len(_SMALL),
        Text("處置期間有限", "a disposition lasts so long"),
    ),
    Trap("special-customer-uncontrolled", _with_guardian, 30, _WITHIN),
    Trap("restricted-sale-unapproved", _as_approved, 10, _WITHIN),
    Trap("insider-transfer-mismatch", _ten_thousand_shares, 18, _WITHIN),
)
