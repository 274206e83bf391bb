"""The registers of development, as workbooks and CSV files under their Chinese headings."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.company import Firm


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
    _sourcing(firm, folder)


def _sourcing(firm: Firm, folder: Path) -> None:
    kept = firm.development
    write_workbook(
        folder / "委外專案.xlsx",
        [
            (
                "專案",
                "委外專案清冊",
                ("專案編號", "契約編號", "廠商", "專案名稱", "專案驗收日"),
                map(astuple, kept.projects),
            ),
            (
                "階段",
                "委外專案階段紀錄",
                ("專案編號", "專案階段", "階段文件", "階段完成日", "階段確認人"),
                map(astuple, kept.stages),
            ),
        ],
    )
    write_csv(
        folder / "軟體元件清單.csv", ("系統名稱", "元件名稱", "元件版本", "列出時間"), map(astuple, kept.components)
    )
    write_csv(folder / "元件發布版本.csv", ("元件名稱", "發布版本", "發布日期"), map(astuple, kept.component_releases))
    write_csv(
        folder / "元件更新備版紀錄.csv",
        ("系統名稱", "元件名稱", "更新至版本", "對應程式版本", "備妥日期", "暫緩至", "核准人"),
        map(astuple, kept.component_updates),
    )
    write_workbook(
        folder / "行動應用程式.xlsx",
        [
            (
                "上架",
                "行動應用程式上架紀錄",
                ("App 名稱", "App 平台", "App 版本", "上架日期", "重大更新"),
                map(astuple, kept.app_releases),
            ),
            (
                "檢測",
                "行動應用程式檢測紀錄",
                ("檢測編號", "App 名稱", "App 平台", "檢測版本", "檢測單位", "認證實驗室", "涵蓋 OWASP Mobile Top 10",
                 "檢測完成日", "檢測結果"),
                map(astuple, kept.app_tests),
            ),
        ],
    )  # fmt: skip
