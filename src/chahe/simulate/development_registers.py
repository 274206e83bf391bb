"""The registers of development, as workbooks and CSV files under their Chinese headings."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.company import Firm
from chahe.simulate.files import write_csv, write_workbook


def write_development(firm: Firm, folder: Path) -> None:
    """Under `records/registers`, beside the other lists."""
    kept = firm.development
    write_workbook(
        folder / "程式異動.xlsx",
        [
            (
                "申請",
                "程式異動申請單登記簿",
                ("異動單號", "系統名稱", "異動事由", "程式名稱", "申請人", "申請日期", "開發人員", "維護單位意見", "核准人",
                 "核准時間", "測試人員", "測試結果", "測試日期", "上線日期", "上線人員"),
                map(astuple, kept.changes),
            ),
            (
                "核定版本",
                "程式核定版本清冊",
                ("系統名稱", "程式檔案", "核定版本", "核定摘要值", "異動單號", "版本核准日", "核准人"),
                map(astuple, kept.releases),
            ),
        ],
    )  # fmt: skip
    write_csv(
        folder / "程式上線紀錄.csv",
        ("部署時間", "系統名稱", "部署環境", "部署編號", "上線版本", "異動單號", "部署人員", "部署結果"),
        map(astuple, kept.deployments),
    )
    write_csv(
        folder / "資料庫異動紀錄.csv",
        ("發生時間", "系統名稱", "帳號", "資料庫", "物件", "異動類別", "指令", "結果", "異動筆數"),
        map(astuple, kept.database_changes),
    )
    write_csv(
        folder / "程式摘要量測.csv", ("系統名稱", "程式檔案", "程式摘要值"), map(astuple, kept.measured), "utf-8-sig"
    )
