"""Scenarios of accounts: unrequested, dormant, of leavers and of vendors; and what only looks so."""

from datetime import datetime

from chahe.simulate import people
from chahe.simulate.cast import Account, Review
from chahe.simulate.company import COLO, OFFICE, OFFICIAL_SITE, SETTLEMENT, WEB, WIN, WWW, Firm
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.deeds import approve, sign_in_weekly, use_root
from chahe.simulate.holders import request_for
from chahe.simulate.truth import Truth


def near_misses(firm: Firm, truth: Truth) -> None:
    _requested_the_same_day(firm, truth)
    _decided(firm, truth)
    _left_in_order(firm, truth)
    _vendors_in_order(firm, truth)


def breaches(firm: Firm, truth: Truth) -> None:
    _unrequested(firm, truth)
    _dormant(firm, truth)
    _leaver(firm, truth)
    _vendor_rights(firm, truth)
    _vendor_after_end(firm, truth)


def _office(firm: Firm, nth: int) -> Account:
    return firm.account(OFFICE, firm.employee(nth).account)


def _drop_requests(firm: Firm, account: Account) -> None:
    firm.requests = [one for one in firm.requests if (one.system, one.account) != (account.place, account.name)]


def _requested_the_same_day(firm: Firm, truth: Truth) -> None:
    account = _office(firm, people.CLERK)
    _drop_requests(firm, account)
    request_for(firm, account, requester=firm.employee(people.CLERK).person, approved=account.created)
    truth.silent("account-unrequested", "核可與建立在同一天", system=OFFICE, account=account.name)


def _unrequested(firm: Firm, truth: Truth) -> None:
    account = _office(firm, people.LAST_BROKER)
    _drop_requests(firm, account)
    truth.planted(
        "account-unrequested", "no_request", "營業員的網域帳號沒有申請單", system=OFFICE, account=account.name
    )
    late = _office(firm, people.GENERAL_AFFAIRS)
    _drop_requests(firm, late)
    request_for(
        firm, late, requester=firm.employee(people.GENERAL_AFFAIRS).person, approved=late.created + 5 * DAY,
        requested=late.created - DAY,
    )  # fmt: skip
    truth.planted(
        "account-unrequested", "approved_after_creation", "帳號建立五天後才核可", system=OFFICE, account=late.name
    )


def _unused(firm: Firm, account: Account) -> datetime:
    """Make an account one that was last used eight months ago."""
    firm.sign_ins = [one for one in firm.sign_ins if (one.host, one.account) != (account.place, account.name)]
    last = months_before(firm.as_of, 8)
    sign_in_weekly(firm, account, last - 14 * DAY, last)
    return at(last, 0)


def _decided(firm: Firm, truth: Truth) -> None:
    """Eight months unused, but kept by decision two months ago; and a system reviewed exactly half a year ago."""
    account = _office(firm, people.FOURTH_BROKER)
    _unused(firm, account)
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


def _dormant(firm: Firm, truth: Truth) -> None:
    account = firm.account(WEB, firm.employee(people.DATABASE).account)
    _unused(firm, account)
    truth.planted(
        "dormant-account-unreviewed", "dormant_account", "資料庫管理師八個月未登入網路下單主機，審查沒有對此帳號作決定",
        system=WEB, account=account.name,
    )  # fmt: skip
    for review in firm.reviews:
        if review.system == SETTLEMENT and review.review.startswith("RV-2"):
            review.reviewed = months_before(firm.as_of, 7)
    truth.planted(
        "dormant-account-unreviewed", "system_unreviewed", "結算系統的帳號七個月未審查", system=WIN, account=None
    )


def _leaver(firm: Firm, truth: Truth) -> None:
    who = firm.employee(people.SECOND_BROKER)
    who.left = months_before(firm.as_of, 1) - 3 * DAY
    account = firm.account(OFFICE, who.account)
    account.last_used = at(who.left - DAY, 13, 40)
    truth.planted(
        "leaver-account-active",
        "leaver_enabled",
        "上個月離職的營業員，網域帳號仍啟用",
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


def _vendor_rights(firm: Firm, truth: Truth) -> None:
    """One vendor's person is in wheel but never signs in; another became root, with consent and all."""
    member = firm.account(COLO, "v.hanxin1")
    member.groups = ("wheel",)
    firm.sign_ins = [one for one in firm.sign_ins if one.account != member.name]
    security = firm.employee(people.SECURITY).person
    kept = Review("RV-3-02", COLO, member.name, months_before(firm.as_of, 1), security, "保留", "待命支援，平時不登入")
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
    when = at(firm.as_of - 19 * DAY, 20, 15, 30)
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


def _vendor_after_end(firm: Firm, truth: Truth) -> None:
    vendor = next(one for one in firm.vendors if one.person == "V003")
    vendor.engaged_until = months_before(firm.as_of, 1)
    account = firm.account(WEB, "v.hengan1")
    firm.sign_ins = [
        one for one in firm.sign_ins if one.account != account.name or one.when.date() <= months_before(firm.as_of, 1)
    ]
    truth.planted(
        "vendor-account-after-end",
        "vendor_enabled_after_end",
        "委任上個月結束，廠商帳號仍啟用",
        system=WEB,
        account=account.name,
        person_id="v003",
        how="enabled",
    )
