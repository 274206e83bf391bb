"""Scenarios of passwords: too old, rules too weak, factory accounts in use; and what only looks so."""

from functools import partial
from typing import Final

from chahe.simulate.cast.staff_and_systems import Policy
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLO, DC, OFFICE, OGW, WEB_ORDER, WIN, WWW, Firm
from chahe.simulate.life.holders import request_for
from chahe.simulate.life.scans import DEFAULT_SNMP, scan_of, treat
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    name = firm.employee(people.SECOND_ENGINEER).account
    firm.account(COLO, name).changed = months_before(firm.as_of, 3)
    truth.silent("password-age", "恰在三個月前當日變更", system=COLO, account=name)
    customer = next(one for one in firm.accounts if one.kind == "customers")
    truth.silent("password-age", "客戶帳號不在此限", system=WEB_ORDER, account=customer.name)
    truth.silent("password-age", "密碼已鎖定，不能登入", system=OGW, account="root")
    policies = [one for one in firm.policies if one.place != WWW]
    firm.policies = [*policies, Policy(WWW, 6, 2, 5, 92)]
    truth.silent("password-policy-weak", "長度、混合與期限恰在標準上", system=WWW, defect="length")
    truth.silent(
        "default-credential", "來賓帳號已停用", system=WIN, account="guest", defect="default_account", weakness=None
    )
    truth.silent(
        "default-credential", "root 已鎖定密碼", system=OGW, account="root", defect="default_account", weakness=None
    )


_OLD: Final = {
    "linux": (OGW, people.DATABASE, 1),
    "directory": (OFFICE, people.ACCOUNTANT, 64),
    "windows": (WIN, people.SECOND_CLERK, 30),
}
"""Of each kind of account: where, whose, and how many days over three months."""


def _old_password(firm: Firm, truth: Truth, dial: Dial, *, kind: str) -> None:
    place, nth, days = _OLD[kind]
    account = firm.account(place, firm.employee(nth).account)
    account.changed = months_before(firm.as_of, 3) - dial.whole(days, 400, 1) * DAY
    truth.planted(
        "password-age", f"old_password_{kind}", f"{account.full_name}在 {place} 的密碼逾三個月未變更",
        system=place, account=account.name,
    )  # fmt: skip


def _short(firm: Firm, truth: Truth, dial: Dial) -> None:
    policy = _policy(firm)
    policy.min_length = dial.whole(5, 3, 5)
    truth.planted(
        "password-policy-weak",
        "weak_length",
        f"結算主機的密碼原則：密碼最短{in_words(policy.min_length)}個字元",
        system=WIN,
        defect="length",
    )


def _no_lockout(firm: Firm, truth: Truth, dial: Dial) -> None:
    policy = _policy(firm)
    policy.attempts = dial.by_degree(0, (0, 50, 20, 11))
    told = f"失敗 {policy.attempts} 次才鎖定" if policy.attempts else "失敗不鎖定"
    truth.planted(
        "password-policy-weak", "weak_lockout", f"結算主機的密碼原則：登入{told}", system=WIN, defect="lockout"
    )


def _policy(firm: Firm) -> Policy:
    return next(one for one in firm.policies if one.place == WIN)


def _default_snmp(firm: Firm, truth: Truth, dial: Dial) -> None:
    host, told = dial.pick((DC, "網域主機"), [(OGW, "下單閘道"), (WWW, "官網主機")])
    scan_of(firm, host, 2).weaknesses.append(DEFAULT_SNMP)
    treat(firm, host, DEFAULT_SNMP, "風險評估", months_before(firm.as_of, 2) + 9 * DAY)
    truth.planted(
        "default-credential", "default_snmp_community", f"弱點掃描發現{told}仍用預設的 SNMP 社群名稱",
        system=host, account=None, defect="default_password", weakness="41028 161/udp",
    )  # fmt: skip


def _default_account(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Asked for and approved, its password young, used by an engineer: everything in order but that it exists."""
    account = firm.account(WIN, "Administrator")
    engineer = firm.employee(people.SECOND_ENGINEER)
    account.enabled, account.person, account.holder = True, engineer.person, "員工"
    account.changed = firm.as_of - dial.among(25, 5, 80) * DAY
    account.signs_in = False
    clerk = firm.account(WIN, firm.employee(people.CLERK).account)
    account.last_used = clerk.last_used
    request_for(firm, account, requester=engineer.person, approved=account.created - 2 * DAY)
    truth.planted(
        "default-credential", "administrator_enabled", "結算主機的 Administrator 未停用也未更名",
        system=WIN, account="administrator", defect="default_account", weakness=None,
    )  # fmt: skip


SCENARIOS: Final = (
    Scenario(
        "old_password_linux",
        "password-age",
        partial(_old_password, kind="linux"),
        Text("逾三個月四百天…一天", "400 days … one day over three months"),
    ),
    Scenario(
        "old_password_directory",
        "password-age",
        partial(_old_password, kind="directory"),
        Text("逾三個月四百天…一天", "400 days … one day over three months"),
    ),
    Scenario(
        "old_password_windows",
        "password-age",
        partial(_old_password, kind="windows"),
        Text("逾三個月四百天…一天", "400 days … one day over three months"),
    ),
    Scenario(
        "weak_length", "password-policy-weak", _short, Text("最短三個…五個字元", "three … five characters at least")
    ),
    Scenario(
        "weak_lockout",
        "password-policy-weak",
        _no_lockout,
        Text("永不鎖定…十一次才鎖定", "never locked … locked at the eleventh failure"),
    ),
    Scenario(
        "administrator_enabled",
        "default-credential",
        _default_account,
        none("帳號啟用或停用；換的是密碼變更日", "the account is enabled or not; the day of the password varies"),
    ),
    Scenario(
        "default_snmp_community",
        "default-credential",
        _default_snmp,
        none("用預設名稱或不用；換的是主機", "the default name is used or not; the host varies"),
    ),
)
