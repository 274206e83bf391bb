"""The order book as the order system exports it, and the archive of the line that was in use before."""

from pathlib import Path
from typing import Final

from chahe.simulate.cabinet import OLD_LINE
from chahe.simulate.cast import Order
from chahe.simulate.company import Firm
from chahe.simulate.days import at
from chahe.simulate.files import write_gzip

BROKER: Final = "9A00"
_STAMP: Final = "%Y-%m-%d %H:%M:%S.%f"


def write_order_book(firm: Firm, folder: Path) -> None:
    """`book_YYYYQn.csv.gz`, every order that came from a customer, and `archive.csv.gz`."""
    quarters: dict[str, list[str]] = {}
    for one in sorted(firm.orders, key=lambda one: one.sent):
        if one.received is not None:
            quarters.setdefault(f"{one.sent.year}Q{(one.sent.month + 2) // 3}", []).append(_row(one))
    heading = (
        "紀錄時間,委託編號,動作,帳號,證券代號,買賣別,價格別,有效期間,價格,數量,委託種類,委託方式,接收委託時間,經辦人,"
        "客戶位址,裝置識別碼,電子簽章,來電號碼,委託書編號,證券商代號,交易種類,鉅額撮合方式"
    )
    for quarter, rows in quarters.items():
        write_gzip(folder / f"book_{quarter}.csv.gz", "\r\n".join([heading, *rows]) + "\r\n")
    archive = ["紀錄時間,連線,方向,動作,委託編號,帳號,證券代號,買賣別,價格,數量"]
    archive += [
        f"{at(day, 9, 31):{_STAMP}},{OLD_LINE},公司至交易所,新單,{day:%y%m%d}001,{firm.traders[0]},2330,買,600,1000"
        for day in firm.cabinet.archived
    ]
    write_gzip(folder / "archive.csv.gz", "\r\n".join(archive) + "\r\n")


def _row(one: Order) -> str:
    cells = (
        f"{one.received:{_STAMP}}", one.order_id, "新單", one.account, one.symbol, "買" if one.buy else "賣", "限價", "當日有效",
        one.price, one.quantity, "現股", one.channel, f"{one.received:{_STAMP}}", one.handler, one.address or "",
        one.device or "", one.signature or "", one.caller or "", one.slip or "", BROKER, one.trade_type,
        one.matching,
    )  # fmt: skip
    return ",".join(map(str, cells))
