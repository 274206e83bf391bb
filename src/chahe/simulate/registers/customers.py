"""Customers, accounts, ways to reach people, relatives and shared networks, as the lists that the firm keeps."""

from dataclasses import astuple
from pathlib import Path
from typing import Final

from chahe.simulate.cast.customers import Client, TradingAccount
from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.company import Firm

CUSTOMERS: Final = ("客戶編號", "客戶姓名", "身分證字號", "客戶類別", "國籍別", "出生日期", "死亡日期", "知悉死亡日")
ACCOUNTS: Final = ("證券帳號", "客戶編號", "帳戶類別", "開戶據點", "負責營業員", "開戶日", "銷戶日", "營業員接任日")
CONTACTS: Final = (
    "身分", "當事人編號", "聯絡資料種類", "聯絡內容", "登記起日", "登記迄日", "聯絡人姓名", "聯絡人身分證字號", "異動經辦人",
)  # fmt: skip
AUTHORIZATIONS: Final = ("證券帳號", "受任人姓名", "受任人身分證字號", "授權事項", "授權起日", "授權迄日")


def write_client_registers(firm: Firm, folder: Path) -> None:
    """`員工關係人.csv`, `已知網路清冊.csv` and, where there is no background, `客戶資料.xlsx` under `records/registers`."""
    kept = firm.clientele
    if firm.members is None:
        write_workbook(
            folder / "客戶資料.xlsx",
            [
                ("客戶", "客戶基本資料　經紀部", CUSTOMERS, map(customer_row, kept.clients)),
                ("帳戶", "證券帳戶清冊", ACCOUNTS, map(account_row, kept.accounts)),
                ("聯絡", "聯絡資料", CONTACTS, map(astuple, kept.contacts)),
                ("授權", "帳戶授權清冊", AUTHORIZATIONS, map(astuple, kept.authorizations)),
            ],
        )
    write_csv(
        folder / "員工關係人.csv",
        ("員工編號", "關係人姓名", "關係人身分證字號", "關係", "資料來源", "關係起日", "關係迄日"),
        map(astuple, kept.relations),
        "utf-8-sig",
    )
    write_csv(folder / "已知網路清冊.csv", ("網段", "網路種類", "網路說明"), map(astuple, kept.networks), "utf-8-sig")


def customer_row(one: Client) -> tuple[object, ...]:
    return one.customer, one.name, one.national_id, one.kind, one.residency, one.born, one.died, one.death_known


def account_row(one: TradingAccount) -> tuple[object, ...]:
    return (one.account, one.customer, one.account_class, one.broker, one.representative, one.opened, one.closed,
            one.representative_from)  # fmt: skip
