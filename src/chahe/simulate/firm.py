"""The example firm, written into a workspace: `chahe.toml`, `records/…` in the formats of real systems, and `truth.json`."""

from datetime import date
from pathlib import Path

from chahe.simulate.crowd.background import mingle, prepare, write_background
from chahe.simulate.crowd.seating import take_seats
from chahe.simulate.dials import EVERYTHING, NOTHING, Choice
from chahe.simulate.files import write_text
from chahe.simulate.later import LATER
from chahe.simulate.life.access import add_access_papers, write_access_papers
from chahe.simulate.life.chats import add_talk, write_talk
from chahe.simulate.life.colocation import add_cabinet
from chahe.simulate.life.company import Firm, found
from chahe.simulate.life.complaints import add_complaints, write_complaints
from chahe.simulate.life.credit import add_credit
from chahe.simulate.life.custody import add_custody, write_custody
from chahe.simulate.life.customers import add_clients
from chahe.simulate.life.deeds import add_deeds
from chahe.simulate.life.desk import add_desk
from chahe.simulate.life.development import add_development
from chahe.simulate.life.governance import add_papers
from chahe.simulate.life.holders import add_accounts
from chahe.simulate.life.orders import add_orders
from chahe.simulate.life.payments import add_money, write_money
from chahe.simulate.life.recommendations import add_recommendations, write_recommendations
from chahe.simulate.life.remote import write_remote_logs
from chahe.simulate.life.scans import add_scans
from chahe.simulate.life.sourcing import add_sourcing
from chahe.simulate.life.upkeep import add_upkeep
from chahe.simulate.life.watch import add_watch, write_watch
from chahe.simulate.logs.firewalls import write_firewall_logs
from chahe.simulate.logs.linux import write_linux_logs
from chahe.simulate.logs.orders import write_orders
from chahe.simulate.logs.windows import write_windows_logs
from chahe.simulate.naming import name_places
from chahe.simulate.registers.colocation import write_cabinet_registers
from chahe.simulate.registers.contract_texts import write_contracts
from chahe.simulate.registers.credit import write_credit_registers
from chahe.simulate.registers.customers import write_client_registers
from chahe.simulate.registers.desk import write_desk
from chahe.simulate.registers.development import write_development
from chahe.simulate.registers.governance import write_paper_registers
from chahe.simulate.registers.network import write_network_registers
from chahe.simulate.registers.office import write_registers
from chahe.simulate.registers.special_orders import write_special_registers
from chahe.simulate.scenarios.catalogue import MODULES
from chahe.simulate.scenarios.supervision import write_supervision
from chahe.simulate.settings import settings
from chahe.simulate.sizes import SMALL, Size
from chahe.simulate.systems.account_lists import write_account_lists
from chahe.simulate.systems.firewall_configs import write_firewall_configs
from chahe.simulate.systems.password_rules import write_password_rules
from chahe.simulate.systems.scan_reports import write_scan_reports
from chahe.simulate.systems.web_pages import add_links, write_links
from chahe.simulate.traps.catalogue import lay as lay_traps
from chahe.simulate.truth import Truth


def simulate(
    folder: Path,
    *,
    seed: int,
    as_of: date = date(2026, 11, 22),
    scenarios: Choice = EVERYTHING,
    distractors: int = 1,
    size: Size = SMALL,
) -> None:
    """Write the whole workspace of the example firm as it stands at the end of a day.

    Some logs were exported anew since they were first read: `chahe.simulate.later.bring` puts those in their place.
    The same arguments give the same bytes. With no scenarios (`dials.NOTHING`) what only looks like a breach stays.
    `distractors` is how many of what only looks like a breach there are of each kind, as far as the firm has room.
    """
    firm, truth = made(seed, as_of, scenarios=scenarios, distractors=distractors, size=size)
    records = folder / "records"
    write_firewall_logs(firm, records / "firewall", folder / LATER / "records" / "firewall")
    write_firewall_configs(firm, records / "firewall_configs")
    write_remote_logs(firm, records / "remote")
    write_linux_logs(firm, records / "auth")
    write_windows_logs(firm, records / "auth")
    write_account_lists(firm, records / "accounts")
    write_password_rules(firm, records / "settings")
    write_scan_reports(firm, records / "scans")
    write_registers(firm, records / "registers")
    write_client_registers(firm, records / "registers")
    write_credit_registers(firm, records / "registers")
    write_paper_registers(firm, records / "registers")
    write_network_registers(firm, records / "registers")
    write_development(firm, records / "registers")
    write_contracts(firm, records / "contracts")
    write_links(firm, records / "web")
    write_cabinet_registers(firm, records / "registers")
    write_access_papers(firm, records)
    write_money(firm, records / "bank")
    write_desk(firm, records)
    write_watch(firm, records)
    write_complaints(firm, records / "registers")
    write_talk(firm, records / "talk")
    write_supervision(firm, records / "registers")
    write_custody(firm, records / "registers")
    write_recommendations(firm, records / "registers")
    write_special_registers(firm, records)
    write_orders(firm, records / "orders")
    write_background(firm, records)
    write_text(folder / "truth.json", truth.to_json() + "\n")
    write_text(folder / "chahe.toml", settings(firm))


def made(
    seed: int,
    as_of: date,
    *,
    clean: bool = False,
    scenarios: Choice = EVERYTHING,
    distractors: int = 1,
    size: Size = SMALL,
) -> tuple[Firm, Truth]:
    """The firm before anything is written, and its truth; moments of silences come with the writing."""
    firm, truth = found(seed, as_of, size), Truth()
    firm.distractors = distractors
    add_accounts(firm)
    add_deeds(firm)
    add_scans(firm)
    add_clients(firm)
    add_credit(firm)
    add_orders(firm)
    add_papers(firm)
    add_access_papers(firm)
    add_money(firm)
    add_desk(firm)
    add_complaints(firm)
    add_talk(firm)
    add_custody(firm)
    add_recommendations(firm)
    add_development(firm)
    add_sourcing(firm)
    add_upkeep(firm)
    add_links(firm)
    add_cabinet(firm)
    add_watch(firm)
    prepare(firm)
    for module in MODULES:
        module.near_misses(firm, truth)
    (NOTHING if clean else scenarios).tell(firm, truth)
    lay_traps(firm, truth)
    take_seats(firm, truth)
    mingle(firm)
    name_places(firm, truth)
    return firm, truth
