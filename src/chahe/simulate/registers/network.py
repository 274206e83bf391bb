"""The registers of the network and its upkeep, as workbooks and CSV files under their Chinese headings."""

from dataclasses import astuple
from pathlib import Path

from chahe.simulate.days import months_before
from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life import people
from chahe.simulate.life.company import OFFICIAL_SITE, WEB_ORDER, Firm


def write_network_registers(firm: Firm, folder: Path) -> None:
    """Under `records/registers`, beside the other lists."""
    _openings(firm, folder)
    _upkeep(firm, folder)
    _remote(firm, folder)
    _capacity(firm, folder)


def _openings(firm: Firm, folder: Path) -> None:
    approved = months_before(firm.as_of, 30)
    manager = firm.employee(people.IT_MANAGER).name
    write_csv(
        folder / "對外服務清冊.csv",
        ("服務編號", "系統名稱", "對外服務", "開放對象", "服務用途", "服務核准人", "服務核准日", "服務終止日"),
        [
            ("PS-01", firm.called(WEB_ORDER), "TCP 443", None, "網路下單", manager, approved, None),
            ("PS-02", firm.called(OFFICIAL_SITE), "TCP 443", None, "公司官網", manager, approved, None),
        ],
    )
    write_csv(
        folder / "防火牆介面清冊.csv",
        ("防火牆名稱", "介面名稱", "是否通往外部"),
        [(wall.device, zone, zone in ("wan1", "outside")) for wall in firm.firewalls for zone in _zones(wall.maker)],
    )


def _zones(maker: str) -> tuple[str, ...]:
    return ("inside", "outside") if maker == "asa" else ("lan", "dmz", "wan1")


def _upkeep(firm: Firm, folder: Path) -> None:
    upkeep = firm.upkeep
    write_workbook(
        folder / "軟體與修補.xlsx",
        [
            (
                "軟體",
                "主機軟體清冊　資訊部",
                ("主機名稱", "軟體名稱", "軟體類別", "軟體版本", "支援終止日", "更新檢查日", "掃毒引擎更新日", "病毒碼更新日",
                 "免裝防毒至", "免裝核准人"),
                map(astuple, upkeep.software),
            ),
            (
                "修補",
                "修補程式紀錄",
                ("修補編號", "主機名稱", "軟體名稱", "修補嚴重程度", "發布日", "安裝日", "暫緩至", "暫緩核准人", "暫緩理由"),
                map(astuple, upkeep.patches),
            ),
        ],
    )  # fmt: skip
    write_csv(
        folder / "網路安全評估.csv",
        ("評估編號", "評估完成日", "評估單位", "評估範圍", "評估結論"),
        map(astuple, upkeep.assessments),
    )


def _remote(firm: Firm, folder: Path) -> None:
    upkeep = firm.upkeep
    write_csv(
        folder / "遠端連線申請.csv",
        (
            "遠端申請編號",
            "連線帳號",
            "連線人員",
            "連線事由",
            "遠端核准主管",
            "遠端核准時間",
            "連線期間起",
            "連線期間迄",
        ),
        map(astuple, upkeep.requests),
    )
    write_csv(
        folder / "遠端連線覆核.csv",
        ("遠端覆核編號", "閘道設備", "覆核期間起", "覆核期間迄", "覆核日", "覆核主管", "覆核結果"),
        map(astuple, upkeep.reviews),
    )
    approved = [one for one in firm.approvals if one.approval not in upkeep.unrecorded]
    write_csv(
        folder / "維護作業紀錄.csv",
        ("維護編號", "依據單號", "維護人員", "維護系統", "維護日期", "維護內容"),
        [
            *map(astuple, upkeep.works),
            *((f"MR-{p.approval}", p.approval, p.requester, p.system, p.begins.date(), p.purpose) for p in approved),
        ],
    )


def _capacity(firm: Firm, folder: Path) -> None:
    write_workbook(
        folder / "容量與壓力測試.xlsx",
        [
            (
                "容量",
                "系統容量評估",
                ("容量評估編號", "系統名稱", "容量評估日", "容量評估人員", "容量評估結果"),
                map(astuple, firm.upkeep.capacities),
            ),
            (
                "壓測",
                "系統壓力測試",
                ("壓測編號", "系統名稱", "壓測日期", "壓測範圍", "承載委託", "壓測峰值（筆/分）", "壓測結果"),
                map(astuple, firm.upkeep.stress_tests),
            ),
        ],
    )
