"""The registers of co-location and of the order book's signatures, under their Chinese headings."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.company import Firm


def write_cabinet_registers(firm: Firm, folder: Path) -> None:
    """Under `records/registers`, beside the other lists."""
    cabinet = firm.cabinet
    write_workbook(
        folder / "主機共置設備.xlsx",
        [
            (
                "設備",
                "主機共置機櫃設備清冊　資訊部",
                ("設備編號", "品名", "軟硬體別", "機櫃", "產品序號", "所屬系統", "所有人", "管理人", "使用人", "他人名稱",
                 "共用機櫃核准文號", "進駐日", "撤出日"),
                map(astuple, cabinet.items),
            ),
            (
                "進出申請",
                "主機共置用戶服務系統申請",
                ("進出申請編號", "設備編號", "進出別", "進出申請日", "進出核准日"),
                map(astuple, cabinet.applications),
            ),
            (
                "盤點",
                "半年度盤點紀錄",
                ("盤點編號", "設備編號", "盤點日期", "盤點人員", "實物在櫃"),
                map(astuple, cabinet.counts),
            ),
        ],
    )  # fmt: skip
    write_workbook(
        folder / "主機共置投資人.xlsx",
        [
            (
                "合格名單",
                "共置合格投資人名單　經紀部",
                ("客戶帳號", "合格起日", "合格迄日", "資格依據"),
                map(astuple, cabinet.eligible),
            ),
            ("通知", "資格通知紀錄", ("客戶帳號", "資格通知日", "通知方式"), map(astuple, cabinet.notices)),
            (
                "申請",
                "使用申請登記簿",
                ("客戶帳號", "使用申請日", "准駁", "拒絕理由", "使用起日", "使用迄日"),
                map(astuple, cabinet.uses),
            ),
            (
                "檢討",
                "名單檢討紀錄",
                ("檢討編號", "名單檢討日", "檢討人員", "檢討結果"),
                map(astuple, cabinet.list_reviews),
            ),
        ],
    )
    write_csv(
        folder / "委託線路清冊.csv",
        ("委託線路", "經由主機共置", "線路啟用日", "線路停用日"),
        map(astuple, cabinet.lines),
    )
    write_csv(
        folder / "委託紀錄簽章表.csv",
        ("委託紀錄日期", "經辦簽章", "主管簽章", "簽章日期"),
        map(astuple, cabinet.sign_offs),
        "utf-8-sig",
    )
