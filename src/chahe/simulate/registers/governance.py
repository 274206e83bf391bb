"""The registers of governance and incidents, as workbooks and CSV files under their Chinese headings."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.company import Firm

_TERMS = ("工號", "姓名", "職務", "職級", "就任日", "卸任日")


def write_paper_registers(firm: Firm, folder: Path) -> None:
    """Under `records/registers`, beside the other lists."""
    _governance(firm, folder)
    _audit(firm, folder)
    _incidents(firm, folder)


def _governance(firm: Firm, folder: Path) -> None:
    papers = firm.papers
    write_workbook(
        folder / "風險評鑑.xlsx",
        [
            ("作業", "業務作業清冊", ("作業名稱", "主辦單位", "開辦日", "停辦日"), map(astuple, papers.operations)),
            (
                "評鑑",
                "風險評鑑紀錄　資訊安全部",
                ("評鑑編號", "作業名稱", "評鑑日期", "評鑑人員", "風險等級", "可接受風險等級", "核定主管", "等級核定日"),
                map(astuple, papers.assessments),
            ),
        ],
    )  # fmt: skip
    write_csv(
        folder / "資訊資產清冊.csv",
        ("資產編號", "資產名稱", "資產類別", "保管人", "機密等級", "標示", "登錄日期", "報廢日期"),
        map(astuple, papers.assets),
    )
    write_csv(
        folder / "內部規章清冊.csv",
        ("規章編號", "規章名稱", "規範事項", "核定層級", "核定日期", "檢視日期", "檢視人員", "納入內控日"),
        map(astuple, papers.rules),
        "utf-8-sig",
    )
    write_workbook(
        folder / "系統復原.xlsx",
        [
            (
                "計畫",
                "系統復原計畫清冊",
                ("計畫編號", "系統名稱", "核定日期", "RTO（分鐘）", "RPO（分鐘）"),
                map(astuple, papers.plans),
            ),
            (
                "演練",
                "復原演練紀錄",
                ("演練編號", "演練系統", "演練日期", "參與人員", "演練結果", "實際復原時間（分）", "實際資料損失（分）",
                 "檢討與改善", "改善期限", "改善完成日"),
                map(astuple, papers.drills),
            ),
        ],
    )  # fmt: skip
    write_csv(folder / "重要職務任命.csv", _TERMS, map(astuple, papers.officers))
    write_csv(
        folder / "公司年度條件.csv",
        ("年度終了日", "實收資本額（元）", "電子下單占比（%）", "市占率（%）", "自然人客戶占比（%）", "列入證交所名單"),
        map(astuple, papers.figures),
    )


def _audit(firm: Firm, folder: Path) -> None:
    papers = firm.papers
    write_workbook(
        folder / "內部稽核缺失.xlsx",
        [
            (
                "缺失",
                "內部稽核缺失清冊",
                ("缺失編號", "稽核報告日", "受查單位", "缺失內容", "缺失改善日"),
                map(astuple, papers.findings),
            ),
            (
                "追蹤",
                "稽核缺失追蹤紀錄",
                ("追蹤編號", "缺失編號", "追蹤日期", "追蹤人員", "改善情形"),
                map(astuple, papers.follow_ups),
            ),
        ],
    )
    write_csv(
        folder / "自訂控制作業.csv",
        ("控制編號", "控制步驟", "內控項目", "應辦人", "每幾個月", "每幾日", "實施日期"),
        map(astuple, papers.steps),
    )
    write_csv(
        folder / "控制執行紀錄.csv",
        ("執行編號", "控制編號", "應辦日期", "辦理日期", "辦理人", "佐證文件"),
        map(astuple, papers.step_records),
    )


def _incidents(firm: Firm, folder: Path) -> None:
    papers = firm.papers
    write_csv(
        folder / "資安事件登記簿.csv",
        ("事件編號", "事件類別", "事件摘要", "受影響系統", "事件等級", "發生時間", "知悉時間", "涉及個人資料", "是否重大",
         "結案日期"),
        map(astuple, papers.incidents),
    )  # fmt: skip
    write_csv(
        folder / "事件通報紀錄.csv",
        ("通報編號", "事件編號", "通報時間", "通報對象", "書面通報", "通報人員"),
        map(astuple, papers.incident_reports),
    )
    write_csv(
        folder / "矯正措施紀錄.csv",
        (
            "矯正措施編號",
            "事件編號",
            "矯正措施",
            "負責人員",
            "提出日期",
            "完成期限",
            "矯正完成日",
            "驗證日期",
            "驗證人員",
        ),
        map(astuple, papers.corrections),
    )
