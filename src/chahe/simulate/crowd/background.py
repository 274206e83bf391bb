"""The background's own files, beside those in which its rows stand among the story's."""

from dataclasses import replace
from pathlib import Path

from chahe.simulate.crowd.desks import ask_for, look_up, spread, talk
from chahe.simulate.crowd.disposed import prepay
from chahe.simulate.crowd.household import live
from chahe.simulate.crowd.paying import write_payments
from chahe.simulate.crowd.registers import FILES, write_crowded
from chahe.simulate.crowd.settling import write_settlements
from chahe.simulate.crowd.visits import write_sign_ins
from chahe.simulate.life.access import SIGN_INS
from chahe.simulate.life.company import Firm


def prepare(firm: Firm) -> None:
    """The firm's papers on what the background's files hold; before the story is told."""
    if firm.members is None:
        return
    instead = {"客戶資料.xlsx", "客戶徵信與額度.xlsx"}
    files = firm.access.personal_files
    about = next(one for one in files if one.path in instead)
    firm.access.personal_files = [one for one in files if one.path not in instead]
    firm.access.personal_files += [replace(about, path=name) for name in FILES]
    firm.access.personal_files.append(replace(about, path=f"records/{SIGN_INS}"))
    ask_for(firm, firm.members)


def mingle(firm: Firm) -> None:
    """What the background's brokers look up and say, and what is paid; after the story's people have taken their seats."""
    if firm.members is not None:
        spread(firm)
        look_up(firm, firm.members)
        talk(firm, firm.members)
        prepay(firm, firm.members)
        live(firm, firm.members)


def write_background(firm: Firm, records: Path) -> None:
    """Nothing where the firm has no background."""
    if firm.members is not None:
        write_crowded(firm, firm.members, records / "registers")
        write_settlements(firm, firm.members, records / "registers")
        write_payments(firm, firm.members, records / "bank")
        write_sign_ins(firm, firm.members, records)
