"""How fast the example firm's large files are made, and in how much memory: orders of one day and firewall records, at two sizes.

`python bench/simulate.py` takes a minute or two of processor time; each measurement is a process of its own, so that its peak is its own.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from chahe.simulate.days import DAY
from chahe.simulate.life.company import Firm, found
from chahe.simulate.logs.firewalls import write_firewall_logs
from chahe.simulate.logs.orders import write_orders
from chahe.simulate.sizes import LARGE, Size

AS_OF = date(2026, 11, 22)
ORDERS = (200_000, 2_000_000)
RECORDS = (1_000_000, 10_000_000)
HOURS = 24 * 1_096


def firm_of(orders: int, an_hour: int) -> Firm:
    """A firm of the large one's customers with one busy day and nothing of the story."""
    size = Size(
        name="bench", employees=LARGE.employees, customers=LARGE.customers, orders_a_day=0, busy_days=1, busy_orders=orders,
        transfers=0, chats=0, messages_a_chat=0, look_ups_a_day=0, order_sign_ins_a_day=0, firewall_an_hour=an_hour,
        monitoring_an_hour=0, packed=LARGE.packed,
    )  # fmt: skip
    return found(1, AS_OF, size)


def orders(count: int, folder: Path) -> None:
    firm = firm_of(count, 4)
    firm.period_from = AS_OF - 2 * DAY
    write_orders(firm, folder)


def records(count: int, folder: Path) -> None:
    firm = firm_of(0, count // HOURS)
    firm.firewalls = firm.firewalls[:1]
    firm.firewalls[0].busy = False
    write_firewall_logs(firm, folder, folder / "later")


def measured(name: str, count: int) -> None:
    """One line: how many, CPU seconds, how many a second, peak memory, bytes on disk."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        {"orders": orders, "records": records}[name](count, Path(folder))
        spent = time.process_time() - began
        held = sum(one.stat().st_size for one in Path(folder).rglob("*") if one.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name} {count:,}: {spent:,.1f} s CPU, {count / spent:,.0f}/s, {peak:,.0f} MiB peak, {held / 1e6:,.0f} MB",
        flush=True,
    )


def main() -> None:
    wanted = sys.argv[1:] or ["orders", "records"]
    for name, counts in (("orders", ORDERS), ("records", RECORDS)):
        for count in counts if name in wanted else ():
            process = multiprocessing.get_context("spawn").Process(target=measured, args=(name, count))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
