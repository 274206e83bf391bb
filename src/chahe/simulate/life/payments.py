"""Payments on bank accounts of the firm, its staff and its customers, and the statements that show them."""

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Final

from chahe.simulate.cast.access import PersonalFile
from chahe.simulate.cast.customers import Client, Contact
from chahe.simulate.cast.payments import Holder, Moved
from chahe.simulate.days import DAY, months_before
from chahe.simulate.files import write_csv
from chahe.simulate.life.company import NAME, Firm

FIRM_ACCOUNT: Final = "822-000770012345"
STATEMENTS: Final = {
    "公司帳務": "公司往來帳戶明細.csv",
    "員工申報": "員工申報帳戶明細.csv",
    "客訴": "客戶提供往來明細.csv",
}
"""How a statement was come by, and the file it is kept in."""
_KNOWN_BY: Final = {"公司帳務": "公司自己的帳", "員工申報": "員工申報", "客訴": "客訴或檢舉資料"}


HEADINGS: Final = (
    "銀行代碼", "帳號", "戶名", "交易日期", "支出金額", "存入金額", "對方銀行", "對方帳號", "對方戶名", "附言", "資料取得方式",
)  # fmt: skip
OURS: Final = "公司帳務"


_BANKS: Final = ("004", "005", "007", "009", "012", "013", "700", "808", "812", "822")
_POST: Final = "700"
_LONGEST_NAME: Final = 4
"""Characters of a person's name."""


def private_account(rng: Random) -> str:
    """An account of somebody at some bank; the post office's have two digits more."""
    bank = rng.choice(_BANKS)
    return f"{bank}-{rng.randrange(10**14):014}" if bank == _POST else f"{bank}-{rng.randrange(10**12):012}"


def client_account(client: Client) -> Holder:
    return Holder(client.bank, client.name)


def add_money(firm: Firm) -> None:
    """Salaries to all staff and settlements with the first customers, on the firm's own account; staff declare their accounts."""
    ours = Holder(FIRM_ACCOUNT, NAME)
    for employee in firm.employees:
        rng = firm.rng(f"bank of {employee.person}")
        held = Holder(f"808-{rng.randrange(10**9):012}", employee.name)
        firm.money.staff_accounts[employee.person] = held
        firm.clientele.contacts.append(Contact("員工", employee.person, "其他銀行帳戶", held.account, employee.hired))
        salary = 42_000 + 500 * rng.randrange(60)
        for month in range(1, 13):
            on = months_before(firm.as_of, month).replace(day=5)
            firm.money.moved.append(Moved(on, ours, held, salary, "薪資", ours, "公司帳務"))
            firm.money.moved.append(Moved(on, ours, held, salary, "薪資轉入", held, "員工申報"))
    rng = firm.rng("settlements")
    for client in firm.clientele.clients[:8]:
        for _ in range(6):
            on, paid = firm.as_of - rng.randrange(5, 330) * DAY, rng.random() < 0.5
            amount, other = rng.randrange(20_000, 900_000), client_account(client)
            payer, payee = (other, ours) if paid else (ours, other)
            firm.money.moved.append(Moved(on, payer, payee, amount, "交割款", ours, "公司帳務"))
            if client is firm.clientele.clients[1]:
                # Who once complained of a late settlement, and showed the statement.
                firm.money.moved.append(Moved(on, payer, payee, amount, "證券交割", other, "客訴"))
    keeper = firm.employee(0).name
    firm.access.personal_files += [
        PersonalFile(name, "帳務管理", keeper, firm.as_of + 500 * DAY) for name in STATEMENTS.values()
    ]


def write_money(firm: Firm, folder: Path) -> None:
    """The statements by how they were come by, each account's lines together in the order of their days."""
    for kept_as, name in STATEMENTS.items():
        if firm.members is not None and kept_as == OURS:
            continue  # It is written with the background's payments.
        lines = sorted(
            (one for one in firm.money.moved if one.kept_as == kept_as),
            key=lambda one: (one.statement.account, one.on, one.amount, one.memo, one.payer.account, one.payee.account),
        )
        write_csv(
            folder / name,
            HEADINGS,
            statement_lines(lines, ringed=firm.members is not None and kept_as != OURS),
            "utf-8-sig",
        )


def statement_lines(moved: Iterable[Moved], *, ringed: bool = False) -> Iterable[tuple[object, ...]]:
    """Payments as the statement's rows; where the bank shows other people's names so, with a ring in the middle."""
    for one in moved:
        bank, _, number = one.statement.account.partition("-")
        out = one.statement == one.payer
        other = one.payee if out else one.payer
        other_bank, _, other_number = other.account.partition("-")
        amounts = (one.amount, None) if out else (None, one.amount)
        shown = _ringed(other.name) if ringed and other.name != one.statement.name else other.name
        yield (bank, number, one.statement.name, one.on, *amounts, other_bank, other_number, shown, one.memo,
               _KNOWN_BY[one.kept_as])  # fmt: skip


def _ringed(name: str) -> str:
    """A person's name; firms are shown whole."""
    return (
        name if len(name) > _LONGEST_NAME or "○" in name else f"{name[0]}{'○' * max(len(name) - 2, 1)}{name[2:][-1:]}"
    )
