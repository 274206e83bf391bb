"""Scenarios of personal data in clear, shared accounts, weak order sign-ins and outages; and what only looks so."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.access import OrderSignIn, Outage, PersonalFile
from chahe.simulate.days import DAY, at
from chahe.simulate.life import people
from chahe.simulate.life.access import CUSTOMER_LIST, INVESTOR_LIST, STAFF_LIST, national_id
from chahe.simulate.life.company import OGW, WEB, WEB_ORDER, WIN, Firm
from chahe.simulate.life.governance import report
from chahe.simulate.life.orders import trading_day
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text

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


def _password_alone(firm: Firm, truth: Truth, dial: Dial) -> None:
    nth = dial.pick(2, [0, 1, 5])
    for ago in range(dial.whole(1, 20, 1)):
        when = at(firm.as_of - (dial.among(12, 10, 14) + 3 * ago) * DAY, 8, 51)
        session = f"{dial.rng.getrandbits(32):08x}" if ago else "77e0c3d1"
        firm.access.order_sign_ins.append(
            OrderSignIn(when, _customer(firm, nth), f"203.0.113.{20 + nth}", "password", session)
        )
    truth.planted(
        "order-login-single-factor",
        "password_alone",
        "客戶由舊版下單程式只用密碼登入",
        system=WEB_ORDER,
        account=_customer(firm, nth),
    )


def _outage_unreported(firm: Firm, truth: Truth, dial: Dial) -> None:
    minutes = dial.whole(40, 180, 6)
    began = at(trading_day(firm.as_of - dial.among(18, 15, 22) * DAY), 9, 30)
    why = dial.pick("資料庫連線耗盡", ["負載平衡器故障", "憑證到期"])
    firm.access.outages.append(Outage("T-11", WEB_ORDER, began, began + minutes * _MINUTE, why))
    told = f"網路下單中斷{in_words(minutes)}分鐘，沒有通報證交所"
    truth.planted("trading-outage-unreported", "outage_unreported", told, subject="T-11", happened_on=began.date())


def _phones_in_export(firm: Firm, truth: Truth, _dial: Dial) -> None:
    firm.access.phones_masked = False
    truth.planted(
        "personal-data-exposed",
        "phones_in_export",
        "客戶帳號匯出檔有未遮罩的手機號碼",
        path=CUSTOMER_LIST,
        kind="mobile",
    )


def _id_in_log(firm: Firm, truth: Truth, dial: Dial) -> None:
    rng, count = firm.rng("told in clear"), dial.whole(3, 12, 1)
    days: tuple[int, ...] = dial.pick((20, 13, 6), [tuple(dial.rng.sample(range(5, 60), count))])
    for ago in days[:count]:
        firm.access.told_in_clear.append((at(firm.as_of - ago * DAY, 10, 21, 7), national_id(rng)))
    truth.planted(
        "personal-data-exposed",
        "id_in_log",
        "下單程式把身分證字號寫進系統日誌",
        path=f"records/auth/{WEB}/secure",
        kind="national_id",
    )


def _no_end(firm: Firm, truth: Truth, dial: Dial) -> None:
    path = dial.pick("開戶掃描檔/", ["電話錄音檔/", "印鑑卡影像/"])
    keeper = firm.employee(people.BROKERAGE).name
    firm.access.personal_files.append(PersonalFile(path, "契約管理", keeper, None))
    told = f"清冊上的{path.rstrip('/')}沒有刪除期限"
    truth.planted("personal-data-exposed", "no_end", told, path=path, kind=None)


def _two_holders(firm: Firm, truth: Truth, dial: Dial) -> None:
    first, second = dial.pick((people.CLERK, people.SECOND_CLERK), [(people.SECOND_CLERK, people.CLERK)])
    shared = firm.employee(first).account
    firm.access.also_held.append((WIN, shared, firm.employee(second).person))
    truth.planted("account-shared", "two_holders", "結算專員的帳號兩個人使用", system=WIN, account=shared)


def _customer(firm: Firm, nth: int) -> str:
    return [one.name for one in firm.accounts if one.kind == "customers"][nth]


SCENARIOS: Final = (
    Scenario(
        "password_alone",
        "order-login-single-factor",
        _password_alone,
        Text("二十次…一次只用密碼", "twenty times … once with the password alone"),
    ),
    Scenario(
        "outage_unreported",
        "trading-outage-unreported",
        _outage_unreported,
        Text("中斷一百八十…六分鐘", "down for 180 … six minutes"),
    ),
    Scenario(
        "phones_in_export",
        "personal-data-exposed",
        _phones_in_export,
        none("匯出檔遮罩或不遮罩", "an export is masked or not"),
    ),
    Scenario("id_in_log", "personal-data-exposed", _id_in_log, Text("十二筆…一筆字號", "twelve numbers … one")),
    Scenario(
        "no_end",
        "personal-data-exposed",
        _no_end,
        none("有期限或沒有；換的是檔案", "there is an end or not; the file varies"),
    ),
    Scenario(
        "two_holders",
        "account-shared",
        _two_holders,
        none("一人或兩人使用；換的是帳號", "one holder or two; the account varies"),
    ),
)
