"""Scenarios of co-location: its cabinet, its rules, who may use it, and the records of its orders; and what only looks so."""

from dataclasses import replace
from datetime import date
from typing import Final

from chahe.simulate.cast.colocation import Item, Line, Use
from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life.colocation import CABINET, OLD_LINE, add_item, admit, count
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import calm
from chahe.simulate.scenarios.scenario import Dial, Scenario, none
from chahe.simulate.truth import Truth
from chahe.wording import Text

UNLISTED, WITH_KIN = 9, 8
"""Places in the list of traders, as are those of `fairness`."""
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


def _customers_server(firm: Firm, truth: Truth, dial: Dial) -> None:
    came = months_before(firm.as_of, dial.among(5, 4, 8))
    party = dial.pick("宏遠量化", ["翰光投資", "星河資本"])
    # The subtlest belongs to the firm, and only the customer uses it.
    owner, keeper = dial.by_degree(("客戶", "客戶"), (("客戶", "客戶"), ("客戶", "公司"), ("公司", "公司")))
    add_item(
        firm,
        Item("eq-11", "策略伺服器", "硬體", CABINET, "SN-88", None, owner, keeper, "客戶", party, None, came),
        counted=True,
    )
    truth.planted(
        "third-party-equipment", "customers_server", "機櫃裡放了客戶的伺服器", device_id="eq-11", installed_on=came
    )


def _not_applied_for(firm: Firm, truth: Truth, dial: Dial) -> None:
    came = months_before(firm.as_of, dial.among(5, 4, 8))
    name = dial.pick("行情伺服器", ["備援交換器", "時間伺服器"])
    add_item(
        firm,
        Item("eq-12", name, "硬體", CABINET, "CZ3A0611", None, "公司", "公司", "公司", None, None, came),
        counted=True,
    )
    firm.cabinet.applications.pop()
    truth.planted(
        "inventory-mismatch", "not_applied_for", "沒有申請就進駐的伺服器", subject_kind="device", subject="eq-12"
    )


def _not_on_the_list(firm: Firm, truth: Truth, dial: Dial) -> None:
    count(firm, "eq-13")
    if dial.by_degree(False, (False, True)):
        # Only the newest stock-take came upon it.
        firm.cabinet.counts.pop(-2)
    truth.planted(
        "inventory-mismatch", "not_on_the_list", "盤點到清冊沒有的設備", subject_kind="device", subject="eq-13"
    )


def _outside_control(firm: Firm, truth: Truth, _dial: Dial) -> None:
    next(one for one in firm.papers.rules if one.subject == "主機共置使用規則").controlled = None
    truth.planted("usage-rules-missing", "outside_control", "使用規則沒有納入內控", requirement="internal_control")


def _list_unreviewed(firm: Firm, truth: Truth, dial: Dial) -> None:
    told, limit = months_before(firm.as_of, 8), months_before(firm.as_of, 6)
    last = dial.day(told, told, limit - DAY)
    newest = firm.cabinet.list_reviews.pop()
    if last != told:
        firm.cabinet.list_reviews.append(replace(newest, review=f"LR-{last:%Y%m%d}", reviewed=last))
    since = "八個月" if last == told else f" {(firm.as_of - last).days} 天"
    truth.planted("usage-rules-missing", "list_unreviewed", f"合格名單{since}未檢討", requirement="review")


def _never_told(firm: Firm, truth: Truth, dial: Dial) -> None:
    told = months_before(firm.as_of, 4)
    eligible = dial.day(told, months_before(firm.as_of, 11), firm.as_of - 11 * DAY)
    admit(firm, "9990001", eligible, notified=None)
    since = "四個月" if eligible == told else f" {(firm.as_of - eligible).days} 天"
    truth.planted("unfair-access", "never_told", f"合格投資人{since}沒有通知", account="9990001")


def _refused(firm: Firm, truth: Truth, dial: Dial) -> None:
    eligible = months_before(firm.as_of, dial.among(4, 2, 9))
    admit(firm, "9990002", eligible, notified=eligible + 3 * DAY)
    why = dial.pick("名額已滿", ["機櫃空間不足", "暫不開放"])
    firm.cabinet.uses.append(Use("9990002", eligible + 9 * DAY, "拒絕", why, None))
    truth.planted("unfair-access", "refused", "合格投資人申請遭拒", account="9990002")


def _not_granted(firm: Firm, truth: Truth, dial: Dial) -> None:
    unlisted = firm.traders[dial.pick(UNLISTED, [8, 10, 11])]
    firm.cabinet.uses = [one for one in firm.cabinet.uses if one.account != unlisted]
    truth.planted("unfair-access", "not_granted", "沒有核准卻使用共置線路", account=unlisted)


def _no_address(firm: Firm, truth: Truth, _dial: Dial) -> None:
    # Not of the customer with kin on the staff: nobody could tell then whether they order from one place.
    apart = firm.traders[WITH_KIN]
    without = next(one for one in reversed(calm(firm)) if one.channel == "網路" and one.account != apart)
    without.address = None
    truth.planted("order-record-incomplete", "no_address", "網路委託沒有 IP 位址", **_order(without))


def _number_skipped(firm: Firm, truth: Truth, dial: Dial) -> None:
    skipping = firm.orders[-10 * dial.among(_SKIPPED, 24, 40) - 5]
    skipping.skips_number = True
    truth.planted(
        "order-record-incomplete",
        "number_skipped",
        "委託書號跳號",
        record_on=skipping.sent.date(),
        subject_kind="numbers",
        subject="9A00 A",
        account=None,
    )


def _unsigned(firm: Firm, truth: Truth, dial: Dial) -> None:
    unsigned = firm.cabinet.sign_offs[-dial.among(14, 10, 60)]
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


def _hole(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Fifteen days without an order are one more than the market has ever been closed."""
    archived = firm.cabinet.archived
    begins = archived[dial.among(200, 100, 500)]
    last = begins + (dial.whole(0, 200, 15) - 1) * DAY
    held = [day for day in archived if not begins <= day <= last]
    if last < begins:
        held = archived[:200] + archived[240:]
    told = "有兩個月" if last < begins else f"自 {begins} 起 {(last - begins).days + 1} 天"
    firm.cabinet.archived = held
    truth.planted("order-record-retention", "hole_in_the_archive", f"舊線路{told}的委託紀錄不見", session=OLD_LINE)


def _order(order: Order) -> dict[str, str | date]:
    return {
        "record_on": order.sent.date(),
        "subject_kind": "order",
        "subject": order.order_id,
        "account": order.account,
    }


SCENARIOS: Final = (
    Scenario(
        "customers_server",
        "third-party-equipment",
        _customers_server,
        Text("客戶所有…公司所有而由客戶使用", "the customer's own … the firm's, used by the customer"),
    ),
    Scenario(
        "not_applied_for",
        "inventory-mismatch",
        _not_applied_for,
        none("有申請或沒有；換的是設備與日期", "applied for or not; the device and the day vary"),
    ),
    Scenario(
        "not_on_the_list",
        "inventory-mismatch",
        _not_on_the_list,
        Text("兩次…一次盤點到", "found by two … one stock-take"),
    ),
    Scenario(
        "outside_control",
        "usage-rules-missing",
        _outside_control,
        none("納入內控或沒有，只有一份規則", "part of internal control or not, and there is one set of rules"),
    ),
    Scenario(
        "list_unreviewed",
        "usage-rules-missing",
        _list_unreviewed,
        Text("八個月…半年又一天未檢討", "unreviewed for eight months … half a year and a day"),
    ),
    Scenario(
        "never_told",
        "unfair-access",
        _never_told,
        Text("合格後十一個月…十一天未通知", "untold for eleven months … eleven days"),
    ),
    Scenario(
        "refused",
        "unfair-access",
        _refused,
        none("遭拒或沒有；換的是日期與理由", "refused or not; the day and the reason vary"),
    ),
    Scenario(
        "not_granted",
        "unfair-access",
        _not_granted,
        none("有核准或沒有；換的是客戶", "granted or not; the customer varies"),
    ),
    Scenario(
        "no_address",
        "order-record-incomplete",
        _no_address,
        none("有位址或沒有；換的是哪一筆", "there is an address or not; which order varies"),
    ),
    Scenario(
        "number_skipped",
        "order-record-incomplete",
        _number_skipped,
        none("書號連續或不連續；換的是日子", "numbers run on or not; the day varies"),
    ),
    Scenario(
        "unsigned",
        "order-record-incomplete",
        _unsigned,
        none("有簽章或沒有；換的是日子", "signed or not; the day varies"),
    ),
    Scenario("hole_in_the_archive", "order-record-retention", _hole, Text("缺兩百天…十五天", "200 … 15 days gone")),
)
