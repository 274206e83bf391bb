"""The workbook of special orders, the exchange's list of dispositions, and its daily file (T30) of the days on which it is called for."""

from dataclasses import astuple
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from chahe.rules.trading_days import trading_days
from chahe.simulate.days import DAY, at
from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.company import Firm

DISPOSED: Final = "8997"
_NAMES: Final = (
    ("2330", "台積電", "1085.00"), ("2317", "鴻海", "182.50"), ("2454", "聯發科", "1320.00"), ("2881", "富邦金", "89.60"),
    ("8995", "例示生技", "9.80"), (DISPOSED, "例示電子", "45.00"),
)  # fmt: skip


def write_special_registers(firm: Firm, folder: Path) -> None:
    """`registers/特殊交易控管.xlsx`, `registers/處置有價證券公告.csv` and `market/T30_YYYYMMDD`, under the records."""
    kept = firm.special
    write_workbook(
        folder / "registers" / "特殊交易控管.xlsx",
        [
            ("預收款券", "處置有價證券預收款券登記簿",
             ("預收編號", "證券帳號", "證券代號", "委託日", "收取時間", "預收金額", "預收股數"), map(astuple, kept.prepayments)),
            ("特殊身分", "特殊身分客戶清冊",
             ("客戶編號", "特殊身分", "限制證券代號", "身分起日", "身分迄日", "公司知悉日", "電子交易單日限額"), map(astuple, kept.standings)),
            ("賣出核准", "投審會賣出核准登記簿",
             ("核准文號", "客戶編號", "證券代號", "核准日", "核准期限", "核准股數"), map(astuple, kept.approvals)),
            ("內部人", "上市公司內部人名冊",
             ("公司代號", "身分證字號", "姓名", "內部人身分", "所屬內部人身分證字號", "內部人起日"), map(astuple, kept.insiders)),
            ("轉讓申報", "內部人持股轉讓申報登記簿",
             ("申報編號", "公司代號", "申報人身分證字號", "持有人身分證字號", "轉讓方式", "交易方式", "申報轉讓股數", "每日最大轉讓股數",
              "申報日", "轉讓期間起日", "轉讓期間迄日", "受讓人", "受讓人身分證字號"), map(astuple, kept.filings)),
            ("鉅額配對", "鉅額配對交易檢核表",
             ("檢核表編號", "交易日", "證券帳號", "委託編號", "配對相對人", "配對相對人身分證字號", "特定人確認時間", "確認人員"),
             map(astuple, kept.pairings)),
        ],
    )  # fmt: skip
    if kept.disposed is None or kept.calm_from is None:
        return
    first, last = kept.disposed
    write_csv(
        folder / "registers" / "處置有價證券公告.csv",
        ("市場別", "證券代號", "證券名稱", "處置措施", "生效時間", "處置起日", "處置迄日", "撮合間隔", "單筆委託限制", "多筆委託限制",
         "款券預收成數"),
        [
            ("上市", "8998", "例示光電", "處置", at(kept.calm_from, 0), kept.calm_from, kept.calm_from + 13 * DAY, 5, 10, 30, 100),
            ("上市", DISPOSED, "例示電子", "處置", at(first, 0), first, last, 5, 10, 30, 100),
        ],
        "utf-8-sig",
    )  # fmt: skip
    calendar = trading_days()
    day = first
    while day <= min(last, first + 3 * DAY):
        if calendar.is_trading_day(day):
            records = b"".join(_record(*one, calendar.previous_trading_day(day)) for one in _NAMES)
            path = folder / "market" / f"T30_{day:%Y%m%d}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(records)
        day += DAY


def _record(symbol: str, name: str, price: str, traded: date) -> bytes:
    """A record of TWSE's T30: 100 bytes in Big5, prices with four decimals."""
    middle = Decimal(price)
    prices = "".join(f"{int(one * 10000):09}" for one in (middle * Decimal("1.1"), middle, middle * Decimal("0.9")))
    disposed = symbol == DISPOSED
    marks = f"0{'1' if disposed else '0'}0024  1"
    measures = "005000010000030100" if disposed else "0" * 18
    named = name.encode("cp950").ljust(16)
    return (
        f"{symbol:6}{prices}{traded:%Y%m%d}{marks}".encode("ascii") + named + f"{measures}10X0".encode("ascii")
    ).ljust(100)
