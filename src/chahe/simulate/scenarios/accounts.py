"""Scenarios of accounts: unrequested, dormant, of leavers and of vendors; and what only looks so."""

from datetime import date, datetime
from typing import Final

from chahe.simulate.cast.staff_and_systems import Account, Review
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLO, OFFICE, OFFICIAL_SITE, SETTLEMENT, WEB, WIN, WWW, Firm
from chahe.simulate.life.deeds import approve, sign_in_weekly, use_root
from chahe.simulate.life.holders import request_for
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    _requested_the_same_day(firm, truth)
    _decided(firm, truth)
    _left_in_order(firm, truth)
    _vendors_in_order(firm, truth)


def _office(firm: Firm, nth: int) -> Account:
    return firm.account(OFFICE, firm.employee(nth).account)


def drop_requests(firm: Firm, account: Account) -> None:
    """Nobody ever asked for the account."""
    firm.requests = [one for one in firm.requests if (one.system, one.account) != (account.place, account.name)]


def _requested_the_same_day(firm: Firm, truth: Truth) -> None:
    account = _office(firm, people.CLERK)
    drop_requests(firm, account)
    request_for(firm, account, requester=firm.employee(people.CLERK).person, approved=account.created)
    truth.silent("account-unrequested", "核可與建立在同一天", system=OFFICE, account=account.name)


def _unrequested(firm: Firm, truth: Truth, dial: Dial) -> None:
    account = _office(firm, dial.pick(people.LAST_BROKER, [17, 21]))
    drop_requests(firm, account)
    truth.planted(
        "account-unrequested",
        "account_without_request",
        "員工的網域帳號沒有申請單",
        system=OFFICE,
        account=account.name,
    )


def _approved_late(firm: Firm, truth: Truth, dial: Dial) -> None:
    nth = dial.pick(people.GENERAL_AFFAIRS, [people.COMPLIANCE, people.SECURITY_ENGINEER])
    late, days = _office(firm, nth), dial.whole(5, 200, 1)
    drop_requests(firm, late)
    request_for(
        firm, late, requester=firm.employee(nth).person, approved=late.created + days * DAY,
        requested=late.created - DAY,
    )  # fmt: skip
    truth.planted(
        "account-unrequested",
        "approved_after_creation",
        f"帳號建立{in_words(days)}天後才核可",
        system=OFFICE,
        account=late.name,
    )


def unused(firm: Firm, account: Account, last: date) -> datetime:
    """Make an account one that was last used in the week before a day."""
    firm.sign_ins = [one for one in firm.sign_ins if (one.host, one.account) != (account.place, account.name)]
    sign_in_weekly(firm, account, last - 14 * DAY, last)
    return at(last, 0)


def _decided(firm: Firm, truth: Truth) -> None:
    """Eight months unused, but kept by decision two months ago; and a system reviewed exactly half a year ago."""
    account = _office(firm, people.FOURTH_BROKER)
    unused(firm, account, months_before(firm.as_of, 8))
    firm.reviews.append(
        Review(
            "RV-3-01",
            OFFICE,
            account.name,
            months_before(firm.as_of, 2),
            firm.employee(people.SECURITY).person,
            "保留",
            "育嬰留停，年底復職",
        )
    )
    truth.silent("dormant-account-unreviewed", "久未使用，但兩個月前審查決定保留", system=OFFICE, account=account.name)
    for review in firm.reviews:
        if review.system == OFFICIAL_SITE and review.review.startswith("RV-2"):
            review.reviewed = months_before(firm.as_of, 6)
    truth.silent("dormant-account-unreviewed", "系統恰在半年前當日審查", system=WWW, account=None)


def _dormant(firm: Firm, truth: Truth, dial: Dial) -> None:
    account = firm.account(WEB, firm.employee(people.DATABASE).account)
    last = dial.day(months_before(firm.as_of, 8), months_before(firm.as_of, 12), months_before(firm.as_of, 6) - DAY)
    unused(firm, account, last)
    told = "八個月" if last == months_before(firm.as_of, 8) else f" {(firm.as_of - last).days} 天以上"
    truth.planted(
        "dormant-account-unreviewed",
        "dormant_account",
        f"資料庫管理師{told}未登入網路下單主機，審查沒有對此帳號作決定",
        system=WEB,
        account=account.name,
    )


def _system_unreviewed(firm: Firm, truth: Truth, dial: Dial) -> None:
    last = dial.day(months_before(firm.as_of, 7), months_before(firm.as_of, 8), months_before(firm.as_of, 6) - DAY)
    for review in firm.reviews:
        if review.system == SETTLEMENT and review.review.startswith("RV-2"):
            review.reviewed = last
    told = "七個月" if last == months_before(firm.as_of, 7) else f" {(firm.as_of - last).days} 天"
    truth.planted(
        "dormant-account-unreviewed", "system_unreviewed", f"結算系統的帳號{told}未審查", system=WIN, account=None
    )


def _leaver(firm: Firm, truth: Truth, dial: Dial) -> None:
    who = firm.employee(people.SECOND_BROKER)
    told = months_before(firm.as_of, 1) - 3 * DAY
    who.left = dial.day(told, months_before(firm.as_of, 2), firm.as_of - DAY)
    account = firm.account(OFFICE, who.account)
    account.last_used = at(who.left - DAY, 13, 40)
    truth.planted(
        "leaver-account-active",
        "leaver_enabled",
        "上個月離職的營業員，網域帳號仍啟用" if who.left == told else f"{who.left} 離職的營業員，網域帳號仍啟用",
        system=OFFICE,
        account=account.name,
        person_id=who.person.lower(),
        defect="left_enabled",
    )


def _left_in_order(firm: Firm, truth: Truth) -> None:
    today = firm.employee(people.THIRD_BROKER)
    today.left = firm.as_of
    truth.silent(
        "leaver-account-active",
        "今天離職，權限到今天結束",
        system=OFFICE,
        account=today.account,
        person_id=today.person.lower(),
        defect="left_enabled",
    )
    mover = firm.employee(people.BROKER)
    mover.moved = months_before(firm.as_of, 2)
    account = firm.account(OFFICE, mover.account)
    request_for(firm, account, requester=mover.person, approved=mover.moved)
    truth.silent(
        "leaver-account-active",
        "調職後已重新申請權限",
        system=OFFICE,
        account=mover.account,
        person_id=mover.person.lower(),
        defect="moved_enabled",
    )


def _vendors_in_order(firm: Firm, truth: Truth) -> None:
    truth.silent("vendor-top-privilege", "委外人員沒有最高權限", system=WEB, account="v.hengan1", how="holds")
    vendor = next(one for one in firm.vendors if one.person == "V002")
    vendor.engaged_until = firm.as_of
    truth.silent(
        "vendor-account-after-end",
        "委任今天到期，今天仍有效",
        system=COLO,
        account="v.hanxin2",
        person_id="v002",
        how="enabled",
    )


def _vendor_in_wheel(firm: Firm, truth: Truth, dial: Dial) -> None:
    """A vendor's person is in wheel but never signs in."""
    member = firm.account(COLO, "v.hanxin1")
    member.groups = ("wheel",)
    firm.sign_ins = [one for one in firm.sign_ins if one.account != member.name]
    security = firm.employee(people.SECURITY).person
    reviewed = months_before(firm.as_of, dial.among(1, 1, 5))
    kept = Review("RV-3-02", COLO, member.name, reviewed, security, "保留", "待命支援，平時不登入")
    firm.reviews.append(kept)
    truth.planted(
        "vendor-top-privilege",
        "vendor_in_wheel",
        "廠商帳號在 wheel 群組",
        system=COLO,
        account="v.hanxin1",
        how="holds",
    )
    truth.planted(
        "rights-exceed-request",
        "group_not_requested",
        "廠商帳號加入 wheel，申請單沒有這項權限",
        system=COLO,
        account="v.hanxin1",
        right_name="wheel",
    )


def _vendor_became_root(firm: Firm, truth: Truth, dial: Dial) -> None:
    """With consent and all."""
    when = at(firm.as_of - dial.among(19, 13, 22) * DAY, dial.among(20, 18, 22), 15, 30)
    use_root(firm, COLO, "v.hanxin2", when)
    approve(firm, COLO, when.replace(minute=0), when.replace(minute=59), requester="V002")
    truth.planted(
        "vendor-top-privilege",
        "vendor_became_root",
        "廠商人員以 sudo 使用 root",
        system=COLO,
        account="v.hanxin2",
        how="uses",
    )


def _vendor_after_end(firm: Firm, truth: Truth, dial: Dial) -> None:
    vendor = next(one for one in firm.vendors if one.person == "V003")
    told = months_before(firm.as_of, 1)
    vendor.engaged_until = ended = dial.day(told, months_before(firm.as_of, 5), firm.as_of - DAY)
    account = firm.account(WEB, "v.hengan1")
    firm.sign_ins = [one for one in firm.sign_ins if one.account != account.name or one.when.date() <= ended]
    truth.planted(
        "vendor-account-after-end",
        "vendor_enabled_after_end",
        f"委任{'上個月' if ended == told else f'於 {ended} '}結束，廠商帳號仍啟用",
        system=WEB,
        account=account.name,
        person_id="v003",
        how="enabled",
    )


SCENARIOS: Final = (
    Scenario(
        "account_without_request",
        "account-unrequested",
        _unrequested,
        none("有申請單或沒有；換的是人", "there is a request or not; whose varies"),
    ),
    Scenario(
        "approved_after_creation",
        "account-unrequested",
        _approved_late,
        Text("建立後兩百天…一天才核可", "approved 200 days … one day after it was made"),
    ),
    Scenario(
        "dormant_account",
        "dormant-account-unreviewed",
        _dormant,
        Text("一年…半年又數日未使用", "unused for a year … little more than half a year"),
    ),
    Scenario(
        "system_unreviewed",
        "dormant-account-unreviewed",
        _system_unreviewed,
        Text("八個月…半年又一天未審查", "unreviewed for eight months … half a year and a day"),
    ),
    Scenario(
        "leaver_enabled",
        "leaver-account-active",
        _leaver,
        Text("離職兩個月…一天仍啟用", "enabled two months … one day after leaving"),
    ),
    Scenario(
        "vendor_in_wheel",
        "vendor-top-privilege rights-exceed-request",
        _vendor_in_wheel,
        none("在群組內或不在；換的是審查日", "in the group or not; the day of the review varies"),
        also=("group_not_requested",),
    ),
    Scenario(
        "vendor_became_root",
        "vendor-top-privilege",
        _vendor_became_root,
        none("使用或沒有使用；換的是時間", "used or not; the moment varies"),
    ),
    Scenario(
        "vendor_enabled_after_end",
        "vendor-account-after-end",
        _vendor_after_end,
        Text("委任結束五個月…一天仍啟用", "enabled five months … one day after the engagement"),
    ),
)
