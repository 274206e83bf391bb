"""Scenarios of passwords: too old, rules too weak, factory accounts in use; and what only looks so."""

from chahe.simulate import people
from chahe.simulate.cast import Policy
from chahe.simulate.company import COLO, DC, OFFICE, OGW, WEB_ORDER, WIN, WWW, Firm
from chahe.simulate.days import DAY, months_before
from chahe.simulate.holders import request_for
from chahe.simulate.scanning import DEFAULT_SNMP, scan_of, treat
from chahe.simulate.truth import Truth


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


def breaches(firm: Firm, truth: Truth) -> None:
    _old_passwords(firm, truth)
    _weak_policy(firm, truth)
    _default_account(firm, truth)
    scan_of(firm, DC, 2).weaknesses.append(DEFAULT_SNMP)
    treat(firm, DC, DEFAULT_SNMP, "風險評估", months_before(firm.as_of, 2) + 9 * DAY)
    truth.planted(
        "default-credential", "default_snmp_community", "弱點掃描發現網域主機仍用預設的 SNMP 社群名稱",
        system=DC, account=None, defect="default_password", weakness="41028 161/udp",
    )  # fmt: skip


def _old_passwords(firm: Firm, truth: Truth) -> None:
    for place, nth, days in (
        (OGW, people.DATABASE, 1),
        (OFFICE, people.ACCOUNTANT, 64),
        (WIN, people.SECOND_CLERK, 30),
    ):
        account = firm.account(place, firm.employee(nth).account)
        account.changed = months_before(firm.as_of, 3) - days * DAY
        truth.planted(
            "password-age", f"old_password_{account.kind}", f"{account.full_name}在 {place} 的密碼逾三個月未變更",
            system=place, account=account.name,
        )  # fmt: skip


def _weak_policy(firm: Firm, truth: Truth) -> None:
    policies = [one for one in firm.policies if one.place != WIN]
    firm.policies = [*policies, Policy(WIN, 5, 3, 0, 90)]
    for defect, told in (("length", "密碼最短五個字元"), ("lockout", "登入失敗不鎖定")):
        truth.planted(
            "password-policy-weak", f"weak_{defect}", f"結算主機的密碼原則：{told}", system=WIN, defect=defect
        )


def _default_account(firm: Firm, truth: Truth) -> None:
    """Asked for and approved, its password young, used by an engineer: everything in order but that it exists."""
    account = firm.account(WIN, "Administrator")
    engineer = firm.employee(people.SECOND_ENGINEER)
    account.enabled, account.person, account.holder = True, engineer.person, "員工"
    account.changed = firm.as_of - 25 * DAY
    account.signs_in = False
    clerk = firm.account(WIN, firm.employee(people.CLERK).account)
    account.last_used = clerk.last_used
    request_for(firm, account, requester=engineer.person, approved=account.created - 2 * DAY)
    truth.planted(
        "default-credential", "administrator_enabled", "結算主機的 Administrator 未停用也未更名",
        system=WIN, account="administrator", defect="default_account", weakness=None,
    )  # fmt: skip
