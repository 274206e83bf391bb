"""Scenarios of personal data in clear, shared accounts, weak order sign-ins and outages; and what only looks so."""

from datetime import timedelta

from chahe.simulate import people
from chahe.simulate.access_keeping import CUSTOMER_LIST, INVESTOR_LIST, STAFF_LIST, national_id
from chahe.simulate.access_papers import OrderSignIn, Outage, PersonalFile
from chahe.simulate.company import OGW, WEB, WEB_ORDER, WIN, Firm
from chahe.simulate.days import DAY, at
from chahe.simulate.paperwork import report
from chahe.simulate.truth import Truth

_MINUTE = timedelta(minutes=1)


def near_misses(firm: Firm, truth: Truth) -> None:
    truth.silent(
        "personal-data-exposed", "名冊有身分證字號，登錄在個人資料檔案清冊", path=STAFF_LIST, kind="national_id"
    )
    truth.silent(
        "personal-data-exposed", "共置投資人的帳號，登錄在個人資料檔案清冊", path=INVESTOR_LIST, kind="trading_account"
    )
    truth.silent("personal-data-exposed", "客戶的身分證字號已遮罩", path=CUSTOMER_LIST, kind="national_id")
    engineer = firm.employee(people.ENGINEER).account
    truth.silent("account-shared", "同一人在每部主機各有一個帳號", system=OGW, account=engineer)
    truth.silent("rights-exceed-request", "群組在核准的申請單上", system=OGW, account=engineer, right_name="trading")
    when = at(firm.as_of - 25 * DAY, 9, 2)
    for method, seconds in (("密碼", 0), ("OTP", 8)):
        firm.access.order_sign_ins.append(
            OrderSignIn(when + timedelta(seconds=seconds), _customer(firm, 4), "203.0.113.24", method, "5c1e77aa")
        )
    truth.silent(
        "order-login-single-factor", "密碼與 OTP 分兩筆，是同一個工作階段", system=WEB_ORDER, account=_customer(firm, 4)
    )
    began = at(firm.as_of - 33 * DAY, 9, 40)
    firm.access.outages.append(Outage("T-02", WEB_ORDER, began, began + 5 * _MINUTE, "憑證驗證服務逾時"))
    truth.silent("trading-outage-unreported", "恰在五分鐘修復", subject="T-02", happened_on=began.date())
    later = began + 9 * DAY
    firm.access.outages.append(Outage("T-03", WEB_ORDER, later, later + 50 * _MINUTE, "電信線路中斷"))
    report(firm, "T-03", later + 30 * _MINUTE, "證交所")
    truth.silent("trading-outage-unreported", "恰在三十分鐘通報證交所", subject="T-03", happened_on=later.date())


def breaches(firm: Firm, truth: Truth) -> None:
    _personal_data(firm, truth)
    _accounts(firm, truth)
    old = at(firm.as_of - 12 * DAY, 8, 51)
    firm.access.order_sign_ins.append(OrderSignIn(old, _customer(firm, 2), "203.0.113.22", "password", "77e0c3d1"))
    truth.planted(
        "order-login-single-factor",
        "password_alone",
        "客戶由舊版下單程式只用密碼登入",
        system=WEB_ORDER,
        account=_customer(firm, 2),
    )
    began = at(firm.as_of - 18 * DAY, 9, 30)
    firm.access.outages.append(Outage("T-11", WEB_ORDER, began, began + 40 * _MINUTE, "資料庫連線耗盡"))
    truth.planted(
        "trading-outage-unreported",
        "outage_unreported",
        "網路下單中斷四十分鐘，沒有通報證交所",
        subject="T-11",
        happened_on=began.date(),
    )


def _personal_data(firm: Firm, truth: Truth) -> None:
    firm.access.phones_masked = False
    truth.planted(
        "personal-data-exposed",
        "phones_in_export",
        "客戶帳號匯出檔有未遮罩的手機號碼",
        path=CUSTOMER_LIST,
        kind="mobile",
    )
    rng = firm.rng("told in clear")
    for days in (20, 13, 6):
        firm.access.told_in_clear.append((at(firm.as_of - days * DAY, 10, 21, 7), national_id(rng)))
    truth.planted(
        "personal-data-exposed",
        "id_in_log",
        "下單程式把身分證字號寫進系統日誌",
        path=f"records/auth/{WEB}/secure",
        kind="national_id",
    )
    firm.access.personal_files.append(
        PersonalFile("開戶掃描檔/", "契約管理", firm.employee(people.BROKERAGE).name, None)
    )
    truth.planted("personal-data-exposed", "no_end", "清冊上的開戶掃描檔沒有刪除期限", path="開戶掃描檔/", kind=None)


def _accounts(firm: Firm, truth: Truth) -> None:
    shared = firm.employee(people.CLERK).account
    firm.access.also_held.append((WIN, shared, firm.employee(people.SECOND_CLERK).person))
    truth.planted("account-shared", "two_holders", "結算專員的帳號兩個人使用", system=WIN, account=shared)


def _customer(firm: Firm, nth: int) -> str:
    return [one.name for one in firm.accounts if one.kind == "customers"][nth]
