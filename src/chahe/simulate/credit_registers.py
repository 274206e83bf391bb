"""The registers of customers' credit, under their Chinese headings."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.company import Firm
from chahe.simulate.files import write_workbook


def write_credit_registers(firm: Firm, folder: Path) -> None:
    """`客戶徵信與額度.xlsx` under `records/registers`."""
    write_workbook(
        folder / "客戶徵信與額度.xlsx",
        [
            (
                "額度",
                "單日買賣額度紀錄　經紀部",
                ("額度編號", "客戶編號", "證券帳號", "單日買賣額度（元）", "額度生效時間", "額度到期日", "額度申請人",
                 "額度核准人", "額度核准時間", "徵信編號", "核給依據"),
                map(astuple, firm.credit.limits),
            ),
        ],
    )  # fmt: skip
