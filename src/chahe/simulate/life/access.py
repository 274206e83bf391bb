"""Personal data, order sign-ins and outages of the example firm as they should be, and the files they stand in."""

from dataclasses import astuple
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from chahe.simulate.cast.access import Conflict, OrderSignIn, Outage, PersonalFile
from chahe.simulate.days import DAY, at, days_from, months_before
from chahe.simulate.files import write_csv
from chahe.simulate.life import people
from chahe.simulate.life.company import WEB_ORDER, Firm, work_hours

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
STAFF_LIST, CUSTOMER_LIST = "records/registers/員工名冊.csv", "records/registers/網路下單客戶帳號.xlsx"
INVESTOR_LIST: Final = "records/registers/主機共置投資人.xlsx"


SIGN_INS: Final = "weborder/網路下單登入紀錄.csv"
SIGN_IN_HEADINGS: Final = ("發生時間", "主機", "動作", "結果", "帳號", "來源位址", "驗證方式", "服務", "工作階段")


def national_id(rng: Random) -> str:
    """A made-up national ID whose check digit holds."""
    letter = rng.randrange(26)
    tens, ones = divmod(letter + 10, 10)
    digits = [rng.randint(1, 2), *(rng.randrange(10) for _ in range(7))]
    rest = tens + 9 * ones + sum(digit * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True))
    return _LETTERS[letter] + "".join(map(str, digits)) + str(-rest % 10)


def add_access_papers(firm: Firm) -> None:
    """The register of personal-data files, duties apart, a mended outage, and customers' sign-ins with two factors."""
    kept = firm.access
    kept.personal_files = [
        PersonalFile("員工名冊.csv", "人事管理", firm.employee(people.PRESIDENT).name, firm.as_of + 400 * DAY),
        PersonalFile("主機共置投資人.xlsx", "契約管理", firm.employee(people.BROKERAGE).name, firm.as_of + 700 * DAY),
        PersonalFile("records/orders/", "契約管理", firm.employee(people.BROKERAGE).name, firm.as_of + 1826 * DAY),
        PersonalFile("客戶資料.xlsx", "契約管理", firm.employee(people.BROKERAGE).name, firm.as_of + 700 * DAY),
        PersonalFile("客戶徵信與額度.xlsx", "契約管理", firm.employee(people.BROKERAGE).name, firm.as_of + 700 * DAY),
        PersonalFile("客戶交割清冊.csv", "契約管理", firm.employee(people.SETTLEMENT).name, firm.as_of + 700 * DAY),
        PersonalFile("客戶違約申報.csv", "契約管理", firm.employee(people.SETTLEMENT).name, firm.as_of + 700 * DAY),
        PersonalFile("員工關係人.csv", "人事管理", firm.employee(people.PRESIDENT).name, firm.as_of + 400 * DAY),
        PersonalFile(
            "舊客戶名單.xlsx",
            "契約管理",
            firm.employee(people.BROKERAGE).name,
            firm.as_of - 40 * DAY,
            firm.as_of - 41 * DAY,
        ),
    ]
    kept.conflicts = [Conflict("administrators", "backup operators", None, "設定與備份應由不同人員辦理")]
    began = at(firm.as_of - 61 * DAY, 10, 15)
    kept.outages = [Outage("T-01", WEB_ORDER, began, began + timedelta(minutes=4), "應用伺服器重啟")]
    rng = firm.rng("order sign-ins")
    customers = [one.name for one in firm.accounts if one.kind == "customers"]
    for nth, account in enumerate(customers):
        for day in days_from(months_before(firm.as_of, 11), firm.as_of):
            if day.toordinal() % 14 == nth:
                when = work_hours(rng, day)
                session = f"{rng.randrange(16**8):08x}"
                address = f"203.0.113.{20 + nth}"
                kept.order_sign_ins.append(OrderSignIn(when, account, address, "password+certificate", session))


def write_access_papers(firm: Firm, folder: Path) -> None:
    """Under `records/registers`, and the web application's sign-in log under `records/weborder`."""
    kept = firm.access
    registers = folder / "registers"
    write_csv(
        registers / "個人資料檔案清冊.csv",
        ("個資檔案名稱", "特定目的", "檔案保管人", "刪除期限", "實際刪除日"),
        map(astuple, kept.personal_files),
    )
    write_csv(
        registers / "職務分離清冊.csv",
        ("第一項權限", "第二項權限", "適用系統", "分離理由"),
        map(astuple, kept.conflicts),
    )
    write_csv(
        registers / "電子交易系統故障紀錄.csv",
        ("故障編號", "故障系統", "故障開始時間", "修復時間", "故障情形", "對應事件編號"),
        map(astuple, kept.outages),
        "utf-8-sig",
    )
    if firm.members is None:
        signed_in = sorted(kept.order_sign_ins, key=lambda one: (one.when, one.account, one.method))
        write_csv(folder / SIGN_INS, SIGN_IN_HEADINGS, (sign_in_row(firm, one) for one in signed_in), "utf-8-sig")


def sign_in_row(firm: Firm, one: OrderSignIn) -> tuple[object, ...]:
    """A line of the web application's log."""
    return (
        one.when,
        firm.called(WEB_ORDER),
        "登入",
        "成功",
        one.account,
        one.address,
        one.method,
        "weborder",
        one.session,
    )
