"""Scenarios of co-location: its cabinet, its rules, who may use it, and the records of its orders; and what only looks so."""

from datetime import date, timedelta

from chahe.simulate.cabinet import CABINET, OLD_LINE, add_item, admit, count
from chahe.simulate.cabinet_papers import Item, Line, Use
from chahe.simulate.cast import Order
from chahe.simulate.company import Firm
from chahe.simulate.days import DAY, months_before
from chahe.simulate.orders import MICROSECOND, calm
from chahe.simulate.truth import Truth

LINE = "haiyu>twse"
FAVOURED, UNLISTED, HASTY, BRISK = 3, 9, 5, 7
"""Places in the list of traders."""
_SKIPPED = 25


def near_misses(firm: Firm, truth: Truth) -> None:
    cabinet = firm.cabinet
    truth.silent(
        "third-party-equipment",
        "租用的交換器，由公司管理與使用",
        device_id="eq-02",
        installed_on=cabinet.items[1].installed,
    )
    newest = Item(
        "eq-06", "備援伺服器", "硬體", CABINET, "CZ3A0502", None, "公司", "公司", "公司", None, None, firm.as_of - DAY
    )
    add_item(firm, newest, counted=False)
    truth.silent("inventory-mismatch", "昨天才進駐，還不到盤點的時候", subject_kind="device", subject="eq-06")
    cabinet.uses[0].begins = next(one.approved for one in firm.papers.rules if one.subject == "主機共置使用規則")
    truth.silent("usage-rules-missing", "使用規則核定當日開始使用", requirement="rules")
    eligible = months_before(firm.as_of, 5)
    admit(firm, "9990003", eligible, notified=eligible + 10 * DAY)
    truth.silent("unfair-access", "合格後第十日通知", account="9990003")
    cabinet.lines.append(
        Line(
            "fax>haiyu", colocated=False, begins=months_before(firm.as_of, 90), ends=months_before(firm.as_of, 60) - DAY
        )
    )
    truth.silent("order-record-retention", "停用已逾五年的線路", session="fax>haiyu")
    spoken = calm(firm)[-11]
    spoken.channel, spoken.address, spoken.signature, spoken.caller = "語音", None, None, "0223456789"
    truth.silent("order-record-incomplete", "語音委託沒有 IP 位址，但有來電號碼", **_order(spoken))
    for order in (one for one in calm(firm) if one.account == firm.traders[BRISK]):
        _hurry(order, 8)
    truth.silent("unfair-latency", "只快八微秒，在可容忍範圍內", session=LINE, account=firm.traders[BRISK])
    for before, order in _neighbours(firm, firm.traders[HASTY])[:3]:
        _overtake(before, order)
    truth.silent("order-overtaking", "三次超越，不多於偶然", session=LINE, account=firm.traders[HASTY])


def breaches(firm: Firm, truth: Truth) -> None:
    _equipment(firm, truth)
    _rules(firm, truth)
    _access(firm, truth)
    _records(firm, truth)
    _favour(firm, truth)


def _equipment(firm: Firm, truth: Truth) -> None:
    came = months_before(firm.as_of, 5)
    add_item(
        firm,
        Item("eq-11", "策略伺服器", "硬體", CABINET, "SN-88", None, "客戶", "客戶", "客戶", "宏遠量化", None, came),
        counted=True,
    )
    truth.planted(
        "third-party-equipment", "customers_server", "機櫃裡放了客戶的伺服器", device_id="eq-11", installed_on=came
    )
    add_item(
        firm,
        Item("eq-12", "行情伺服器", "硬體", CABINET, "CZ3A0611", None, "公司", "公司", "公司", None, None, came),
        counted=True,
    )
    firm.cabinet.applications.pop()
    truth.planted(
        "inventory-mismatch", "not_applied_for", "沒有申請就進駐的伺服器", subject_kind="device", subject="eq-12"
    )
    count(firm, "eq-13")
    truth.planted(
        "inventory-mismatch", "not_on_the_list", "盤點到清冊沒有的設備", subject_kind="device", subject="eq-13"
    )


def _rules(firm: Firm, truth: Truth) -> None:
    next(one for one in firm.papers.rules if one.subject == "主機共置使用規則").controlled = None
    truth.planted("usage-rules-missing", "outside_control", "使用規則沒有納入內控", requirement="internal_control")
    firm.cabinet.list_reviews.pop()
    truth.planted("usage-rules-missing", "list_unreviewed", "合格名單八個月未檢討", requirement="review")


def _access(firm: Firm, truth: Truth) -> None:
    eligible = months_before(firm.as_of, 4)
    admit(firm, "9990001", eligible, notified=None)
    truth.planted("unfair-access", "never_told", "合格投資人四個月沒有通知", account="9990001")
    admit(firm, "9990002", eligible, notified=eligible + 3 * DAY)
    firm.cabinet.uses.append(Use("9990002", eligible + 9 * DAY, "拒絕", "名額已滿", None))
    truth.planted("unfair-access", "refused", "合格投資人申請遭拒", account="9990002")
    unlisted = firm.traders[UNLISTED]
    firm.cabinet.uses = [one for one in firm.cabinet.uses if one.account != unlisted]
    truth.planted("unfair-access", "not_granted", "沒有核准卻使用共置線路", account=unlisted)


def _records(firm: Firm, truth: Truth) -> None:
    without = next(one for one in reversed(calm(firm)) if one.channel == "網路")
    without.address = None
    truth.planted("order-record-incomplete", "no_address", "網路委託沒有 IP 位址", **_order(without))
    for nth in (-20, -33):
        truth.planted(
            "order-record-incomplete",
            "order_made_by_program",
            "程式自行產生的委託不在委託簿",
            **_order(calm(firm)[nth]),
        )
    skipping = firm.orders[-10 * _SKIPPED - 5]
    skipping.skips_number = True
    day = skipping.sent.date()
    truth.planted(
        "order-record-incomplete",
        "number_skipped",
        "委託書號跳號",
        record_on=day,
        subject_kind="numbers",
        subject="9A00 A",
        account=None,
    )
    unsigned = firm.cabinet.sign_offs[-14]
    unsigned.manager = None
    truth.planted(
        "order-record-incomplete",
        "unsigned",
        "當日委託紀錄缺主管簽章",
        record_on=unsigned.day,
        subject_kind="day",
        subject=None,
        account=None,
    )
    del firm.cabinet.archived[200:240]
    truth.planted("order-record-retention", "hole_in_the_archive", "舊線路有兩個月的委託紀錄不見", session=OLD_LINE)


def _favour(firm: Firm, truth: Truth) -> None:
    account = firm.traders[FAVOURED]
    for order in calm(firm):
        if order.account == account:
            _hurry(order, 120)
    truth.planted("unfair-latency", "favoured", "一個客戶的委託快了約一百二十微秒", session=LINE, account=account)
    for before, order in _neighbours(firm, account):
        _overtake(before, order)
    truth.planted("order-overtaking", "favoured", "一個客戶的委託總是插隊", session=LINE, account=account)


def _order(order: Order) -> dict[str, str | date]:
    return {
        "record_on": order.sent.date(),
        "subject_kind": "order",
        "subject": order.order_id,
        "account": order.account,
    }


def _hurry(order: Order, micros: int) -> None:
    """Sent so much sooner, and checked between receipt and sending."""
    if order.received is None or order.checked is None:
        return
    sent = order.sent - timedelta(microseconds=micros)
    if order.received < order.checked < order.sent and order.received < sent:
        order.sent = sent
        order.checked = min(order.checked, order.received + (sent - order.received) / 2)


def _neighbours(firm: Firm, account: str) -> list[tuple[Order, Order]]:
    """Orders of an account that came in a burst, each with the one just before it."""
    return [
        (before, order)
        for before, order in zip(firm.orders, firm.orders[1:], strict=False)
        if order.account == account and before.in_burst and order.in_burst
    ]


def _overtake(before: Order, order: Order) -> None:
    order.sent = before.sent - 10 * MICROSECOND
    if order.received is not None:
        order.checked = order.received + 20 * MICROSECOND
