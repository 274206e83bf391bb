"""What the sieve leaves out of customers' contacts meets nobody on the side of staff, and can be read."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow as pa

from chahe.derivations.addresses import UNREAD, door
from chahe.derivations.contact_parties import ADDRESSES, Known, of_customers, place, rows, staff, value_key
from chahe.derivations.contact_sieve import sifted

COUNTIES = ("臺北市", "台中市", "新竹縣", "臺東縣", "嘉義市", "連江縣")
DISTRICTS = ("大安區", "前鎮區", "中區", "三民區", "新市區", "八德區", "竹東鎮", "太麻里鄉", "后里區", "信義區")
ROADS = (
    "和平東路",
    "臺灣大道",
    "文化路",
    "博愛二路",
    "市政路",
    "里港路",
    "大里路",
    "松德路",
    "公園街",
    "村中路",
    "青海路",
)
PAIRS = Path(__file__).with_name("address_pairs.tsv")


def addresses(chance: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        parts = [chance.choice(COUNTIES), chance.choice(DISTRICTS), chance.choice(ROADS)]
        parts += [f"{chance.choice('一二九十23')}段"] * chance.randrange(2)
        parts += [f"{chance.randint(1, 3)}巷"] * chance.randrange(2) + [f"{chance.randint(1, 2)}弄"] * chance.randrange(
            2
        )
        parts += [f"{chance.randint(1, 30)}號", chance.choice(("", "3樓", "三樓", "之2", "對面", "A室", "、7號"))]
        yield "".join(parts)
    for line in PAIRS.read_text("utf-8").splitlines()[1:]:
        yield from line.split("\t")[2:]


def numbers(chance: Random, count: int) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        one = f"{chance.randint(0, 60):04}"
        yield (
            chance.choice(("mobile", "agent")),
            chance.choice((f"0912-34{one}", f"+886 912 34{one}#5", f"０９１２34{one}")),
        )
        yield "phone", f"(02)2345{one} 分機 {chance.randint(1, 99)}"
        yield "settlement_account", chance.choice((f"812-000099{one}", f"812 00009９{one}"))
        yield (
            "email",
            chance.choice((f"Mr.{one}@gmail.com", f"mr{one}+x@googlemail.com", f" MR{one}@firm.tw", f"ｍr{one}@a.tw")),
        )
        yield "statement_delivery", f"mr{one}@gmail.com"


def world(chance: Random, count: int) -> pa.Table:
    """Employees e0 … with details like the customers', one in twelve; each with a national ID."""
    told = [
        *(("residence", one) for one in addresses(chance, count)),
        *numbers(chance, count),
        ("residence", None),
        ("email", None),
    ]
    found = [
        Known("employee", None, f"e{number}", None, None, "員工", f"E{number}", None, None, None, f"e#{number}")
        for number in range(40)
    ]
    for number, (detail, value) in enumerate(told):
        kind, party = ("employee", f"e{number % 40}") if chance.randrange(12) == 0 else ("customer", f"k{number}")
        person = f"E{chance.randrange(400)}"
        found.append(Known("contact", kind, party, detail, value, None, person, None, None, None, f"d#{number}"))
    found += [
        Known("authority", None, f"k{n}", "trade", None, None, f"E{n}", None, None, None, f"a#{n}")
        for n in range(30, 60)
    ]
    fields = [pa.field(name, pa.date32() if name in ("begins", "ends") else pa.string()) for name in Known._fields]
    return pa.Table.from_pylist([one._asdict() for one in found], schema=pa.schema(fields))


def test_what_is_left_out_meets_no_detail_of_staff_and_can_be_read() -> None:
    for seed in range(5):
        found = world(Random(seed), 300)  # noqa: S311 - a test wants the same chance for the same seed
        side, customers = staff(found), found.filter(of_customers(found))
        kept = {row.row_id for row in rows(sifted(customers, side))}
        for row in rows(customers):
            if row.row_id in kept:
                continue
            assert row.national_id not in side.ids, row
            assert value_key(row) not in side.values, row
            if row.detail in ADDRESSES:
                read = door(row.value or "")
                assert read.status != UNREAD, row
                assert place(read) not in side.doors, row
        assert 0 < len(kept) < 0.8 * customers.num_rows


def test_customers_with_plain_details_of_their_own_are_left_out() -> None:
    plain = {
        "residence": "臺北市信義區松德路二段3巷4弄5號6樓",
        "mobile": "0987-654-321",
        "email": "customer@example.com",
        "settlement_account": "812-00001234567890",
        "bank_account": "812-00001234567890",
    }
    found = world(Random(1), 50)  # noqa: S311 - as above
    customers = pa.Table.from_pylist(
        [
            Known("contact", "customer", "k", detail, value, None, "K", None, None, None, detail)._asdict()
            for detail, value in plain.items()
        ],
        schema=found.schema,
    )

    assert sifted(customers, staff(found)).num_rows == 0
