"""The registers of customers' credit, settlements and defaults, under their Chinese headings."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Final

from chahe.simulate.days import at
from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.company import Firm
from chahe.simulate.life.credit import due_on

ASSESSMENTS: Final = ("徵信編號", "客戶編號", "徵信日", "徵信人員", "評估資力（元）", "身分證明文件", "財力證明文件")
LIMITS: Final = (
    "額度編號", "客戶編號", "證券帳號", "單日買賣額度（元）", "額度生效時間", "額度到期日", "額度申請人", "額度核准人", "額度核准時間",
    "徵信編號", "核給依據",
)  # fmt: skip
SETTLEMENTS: Final = ("客戶帳號", "成交日", "應交割日", "應收付淨額", "已完成交割", "完成交割時間")


def write_credit_registers(firm: Firm, folder: Path) -> None:
    """`客戶違約申報.csv`, `市場違約統計.csv`, and where there is no background `客戶徵信與額度.xlsx` and `客戶交割清冊.csv`."""
    kept = firm.credit
    if firm.members is None:
        write_workbook(
            folder / "客戶徵信與額度.xlsx",
            [
                ("徵信", "客戶徵信紀錄　經紀部", ASSESSMENTS, map(astuple, kept.assessments)),
                ("額度", "單日買賣額度紀錄　經紀部", LIMITS, map(astuple, kept.limits)),
            ],
        )
        write_csv(folder / "客戶交割清冊.csv", SETTLEMENTS, _settlements(firm))
    write_csv(
        folder / "客戶違約申報.csv",
        ("違約案號", "客戶帳號", "成交日", "應交割日", "違約金額（元）", "違約知悉原因", "違約申報時間", "違約結案日"),
        map(astuple, kept.defaults),
        "utf-8-sig",
    )
    write_csv(
        folder / "市場違約統計.csv",
        ("統計起日", "統計迄日", "集中市場違約人次", "本公司違約人次", "成交金額市占率（%）", "交易客戶占比（%）"),
        map(astuple, kept.market),
        "utf-8-sig",
    )


def _settlements(firm: Firm) -> Iterator[tuple[object, ...]]:
    """What each account's filled orders of a day came to, settled within the hour before ten unless something else is known."""
    nets: dict[tuple[date, str], int] = {}
    for one in firm.orders:
        if one.filled:
            key = (one.sent.date(), one.account)
            nets[key] = nets.get(key, 0) + round(one.price * one.quantity) * (1 if one.buy else -1)
    rng = firm.rng("settlements")
    for (traded, account), net in sorted(nets.items()):
        due = due_on(traded)
        usual = at(due, 9, rng.randrange(60), rng.randrange(60))
        when = firm.credit.settled_at.get((account, traded), usual)
        if due <= firm.as_of:
            yield account, traded, due, net, when is not None, when
