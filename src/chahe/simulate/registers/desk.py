"""The log of look-ups and the registers of the desks, under their Chinese headings."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.company import SETTLEMENT, Firm


def write_desk(firm: Firm, folder: Path) -> None:
    """Under `records/lookups` and `records/registers`."""
    kept = firm.desk
    write_csv(
        folder / "lookups" / "客戶資料查詢紀錄.csv",
        ("查詢時間", "查詢系統", "查詢人員編號", "查詢帳號", "查詢資料類別", "查詢方式"),
        [
            (one.when, firm.called(SETTLEMENT), one.person, one.account, one.data, one.action)
            for one in sorted(kept.look_ups, key=lambda one: (one.when, one.person, one.account))
        ],
        "utf-8-sig",
    )
    registers = folder / "registers"
    write_workbook(
        registers / "客戶資料查詢申請單.xlsx",
        [
            (
                "申請單",
                "客戶資料查詢申請單登記簿　專人保管",
                ("查詢申請單號", "查詢申請日", "查詢事由類別", "查詢事由", "依據文號", "查詢申請人編號", "查詢申請人姓名",
                 "查詢申請人職稱", "申請查詢帳號", "申請資料類別", "查詢執行人編號", "資料使用人編號", "查詢核准人編號", "查詢核准時間",
                 "申請單作廢"),
                map(astuple, kept.forms),
            ),
            (
                "權限",
                "客戶資料查詢核准權限",
                ("有權核准人編號", "核准資料類別", "核准權限起日", "核准權限迄日"),
                map(astuple, kept.authorities),
            ),
        ],
    )  # fmt: skip
    write_csv(
        registers / "員工利害關係登記.csv",
        ("利害關係員工編號", "利害關係客戶編號", "利害關係種類", "利害關係起日", "利害關係迄日"),
        map(astuple, kept.interests),
        "utf-8-sig",
    )
    write_csv(
        registers / "工作指派紀錄.csv",
        ("工作編號", "工作種類", "承辦人員編號", "工作相關帳號", "工作相關客戶編號", "指派日期", "辦結日期"),
        map(astuple, kept.tasks),
        "utf-8-sig",
    )
