"""Customers, accounts, ways to reach people, relatives and shared networks, as the lists that the firm keeps."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.company import Firm
from chahe.simulate.files import write_csv, write_workbook


def write_client_registers(firm: Firm, folder: Path) -> None:
    """`客戶資料.xlsx`, `員工關係人.csv` and `已知網路清冊.csv` under `records/registers`."""
    kept = firm.clientele
    write_workbook(
        folder / "客戶資料.xlsx",
        [
            (
                "客戶",
                "客戶基本資料　經紀部",
                ("客戶編號", "客戶姓名", "身分證字號", "客戶類別", "國籍別", "出生日期", "死亡日期", "知悉死亡日"),
                [
                    (c.customer, c.name, c.national_id, c.kind, c.residency, c.born, c.died, c.death_known)
                    for c in kept.clients
                ],
            ),
            (
                "帳戶",
                "證券帳戶清冊",
                ("證券帳號", "客戶編號", "帳戶類別", "開戶據點", "負責營業員", "開戶日", "銷戶日", "營業員接任日"),
                [
                    (a.account, a.customer, a.account_class, a.broker, a.representative, a.opened, a.closed,
                     a.representative_from)
                    for a in kept.accounts
                ],
            ),
            (
                "聯絡",
                "聯絡資料",
                ("身分", "當事人編號", "聯絡資料種類", "聯絡內容", "登記起日", "登記迄日", "聯絡人姓名",
                 "聯絡人身分證字號", "異動經辦人"),
                map(astuple, kept.contacts),
            ),
            (
                "授權",
                "帳戶授權清冊",
                ("證券帳號", "受任人姓名", "受任人身分證字號", "授權事項", "授權起日", "授權迄日"),
                map(astuple, kept.authorizations),
            ),
        ],
    )  # fmt: skip
    write_csv(
        folder / "員工關係人.csv",
        ("員工編號", "關係人姓名", "關係人身分證字號", "關係", "資料來源", "關係起日", "關係迄日"),
        map(astuple, kept.relations),
        "utf-8-sig",
    )
    write_csv(folder / "已知網路清冊.csv", ("網段", "網路種類", "網路說明"), map(astuple, kept.networks), "utf-8-sig")
