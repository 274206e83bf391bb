"""Traps of accounts and personal data: asked for the same day, kept by decision, changed just in time, declared."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.access import OrderSignIn, Outage, PersonalFile
from chahe.simulate.cast.staff_and_systems import Policy, Review
from chahe.simulate.cast.watch import DoorEvent
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLO, OFFICE, OGW, WEB, WEB_ORDER, WWW, Firm
from chahe.simulate.life.holders import request_for
from chahe.simulate.life.orders import trading_day
from chahe.simulate.life.watch import HEADQUARTERS
from chahe.simulate.scenarios.accounts import drop_requests, unused
from chahe.simulate.traps.trap import Trap
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_CALM: Final = (
    people.SECOND_ENGINEER, people.DATABASE, people.SECURITY, people.SECOND_CLERK, people.BROKERAGE,
    people.RISK_MANAGER, people.CHIEF_AUDITOR, people.AUDITOR, people.SETTLEMENT,
)  # fmt: skip
"""Staff whose accounts in the domain no scenario touches."""
_ON_LINUX: Final = (
    (OGW, people.SECOND_ENGINEER), (OGW, people.DATABASE), (COLO, people.ENGINEER), (COLO, people.SECOND_ENGINEER),
    (WEB, people.SECOND_ENGINEER), (WEB, people.DATABASE), (WWW, people.SECOND_ENGINEER),
)  # fmt: skip
_STAFF: Final = Text("員工二十五人，多有別的情節", "of 25 employees many have other parts to play")


def _asked_the_same_day(firm: Firm, truth: Truth, nth: int) -> None:
    who = firm.employee(_CALM[nth - 1])
    account = firm.account(OFFICE, who.account)
    drop_requests(firm, account)
    request_for(firm, account, requester=who.person, approved=account.created)
    truth.silent("account-unrequested", "核可與建立在同一天", system=OFFICE, account=account.name)


def _kept_by_decision(firm: Firm, truth: Truth, nth: int) -> None:
    account = firm.account(OFFICE, firm.employee(_CALM[nth - 1]).account)
    unused(firm, account, months_before(firm.as_of, 8))
    decided, by = months_before(firm.as_of, 2) + nth * DAY, firm.employee(people.IT_MANAGER).person
    firm.reviews.append(Review(f"RV-4-{nth:02}", OFFICE, account.name, decided, by, "保留", "派駐分公司，年底歸建"))
    truth.silent("dormant-account-unreviewed", "久未使用，但審查決定保留", system=OFFICE, account=account.name)


def _asked_anew(firm: Firm, truth: Truth, nth: int) -> None:
    mover = firm.employee((people.RISK_MANAGER, people.ACCOUNTANT)[nth - 1])
    mover.moved = months_before(firm.as_of, 2) - nth * DAY
    request_for(firm, firm.account(OFFICE, mover.account), requester=mover.person, approved=mover.moved)
    key: dict[str, Value] = {
        "system": OFFICE,
        "account": mover.account,
        "person_id": mover.person.lower(),
        "defect": "moved_enabled",
    }
    truth.silent("leaver-account-active", "調職後已重新申請權限", **key)


def _as_asked(firm: Firm, truth: Truth, nth: int) -> None:
    """One account a person and host, with the group that was asked for."""
    host, who = _ON_LINUX[nth - 1]
    name = firm.employee(who).account
    truth.silent("rights-exceed-request", "群組在核准的申請單上", system=host, account=name, right_name="trading")
    truth.silent("account-shared", "同一人在每部主機各有一個帳號", system=host, account=name)


def _changed_in_time(firm: Firm, truth: Truth, nth: int) -> None:
    name = firm.employee(_CALM[nth - 1]).account
    firm.account(OFFICE, name).changed = months_before(firm.as_of, 3)
    truth.silent("password-age", "恰在三個月前當日變更", system=OFFICE, account=name)


def _just_strong_enough(firm: Firm, truth: Truth, nth: int) -> None:
    place, defect = [(place, kind) for place in (WWW, OGW, COLO, WEB) for kind in ("length", "lockout")][nth]
    firm.policies = [*(one for one in firm.policies if one.place != place), Policy(place, 6, 2, 10, 92)]
    truth.silent("password-policy-weak", "長度、混合、次數與期限恰在標準上", system=place, defect=defect)


def _locked(_firm: Firm, truth: Truth, nth: int) -> None:
    place, name = ((COLO, "root"), (WEB, "root"), (WWW, "root"), (OFFICE, "guest"), (OFFICE, "administrator"))[nth - 1]
    key: dict[str, Value] = {"system": place, "account": name, "defect": "default_account", "weakness": None}
    truth.silent("default-credential", "預設帳號已停用或鎖定密碼", **key)


def _deleted_in_time(firm: Firm, truth: Truth, nth: int) -> None:
    path, due = f"舊客戶名單_{nth:02}.xlsx", firm.as_of - (40 + nth) * DAY
    keeper = firm.employee(people.BROKERAGE).name
    firm.access.personal_files.append(PersonalFile(path, "契約管理", keeper, due, due))
    truth.silent("personal-data-exposed", "期限當日刪除", path=path, kind=None)


def _two_factors(firm: Firm, truth: Truth, nth: int) -> None:
    customer = [one.name for one in firm.accounts if one.kind == "customers"][(3, 6, 7)[nth - 1]]
    when = at(firm.as_of - (26 + nth) * DAY, 9, 2)
    for method, seconds in (("密碼", 0), ("OTP", 8)):
        signed = when + timedelta(seconds=seconds)
        firm.access.order_sign_ins.append(OrderSignIn(signed, customer, "203.0.113.24", method, f"5c1e78{nth:02}"))
    truth.silent("order-login-single-factor", "密碼與 OTP 分兩筆，是同一個工作階段", system=WEB_ORDER, account=customer)


def _mended_at_once(firm: Firm, truth: Truth, nth: int) -> None:
    outage, began = f"T-2{nth:02}", at(trading_day(firm.as_of - (64 + 9 * nth) * DAY), 9, 40)
    firm.access.outages.append(Outage(outage, WEB_ORDER, began, began + timedelta(minutes=5), "應用伺服器重啟"))
    truth.silent("trading-outage-unreported", "恰在五分鐘修復", subject=outage, happened_on=began.date())


def _door_stayed_shut(firm: Firm, truth: Truth, nth: int) -> None:
    broker, day = firm.employee(people.THIRD_BROKER).person, firm.as_of - (40 + 3 * nth) * DAY
    firm.watch.entries.append(DoorEvent(at(day, 12, 31, 44), HEADQUARTERS, broker, admitted=False))
    key: dict[str, Value] = {"room": HEADQUARTERS, "person_id": broker.lower(), "happened_on": day}
    truth.silent("machine-room-access-unreviewed", "營業員刷卡，門沒有開", **key)


TRAPS: Final = (
    Trap("account-unrequested", _asked_the_same_day, len(_CALM), _STAFF),
    Trap("dormant-account-unreviewed", _kept_by_decision, len(_CALM), _STAFF),
    Trap("leaver-account-active", _asked_anew, 2, _STAFF),
    Trap(
        "rights-exceed-request account-shared",
        _as_asked,
        len(_ON_LINUX),
        Text("主機帳號只有這些", "hosts have no more accounts"),
    ),
    Trap("password-age", _changed_in_time, len(_CALM), _STAFF),
    Trap(
        "password-policy-weak",
        _just_strong_enough,
        7,
        Text("只有四部 Linux 主機", "there are four hosts with Linux"),
    ),
    Trap("default-credential", _locked, 5, Text("預設帳號只有這些", "there are no more default accounts")),
    Trap("personal-data-exposed", _deleted_in_time),
    Trap(
        "order-login-single-factor",
        _two_factors,
        3,
        Text("只有八個網路下單帳號", "there are eight customers' accounts"),
    ),
    Trap("trading-outage-unreported", _mended_at_once, 30, Text("一年之內", "within the year")),
    Trap("machine-room-access-unreviewed", _door_stayed_shut, 90, Text("一年之內", "within the year")),
)
