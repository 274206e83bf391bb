"""The example firm, written into a workspace: `chahe.toml`, `records/…` in the formats of real systems, and `truth.json`."""

from datetime import date
from pathlib import Path

from chahe.simulate import traps
from chahe.simulate.access_keeping import add_access_papers, write_access_papers
from chahe.simulate.account_lists import write_account_lists
from chahe.simulate.cabinet import add_cabinet
from chahe.simulate.cabinet_registers import write_cabinet_registers
from chahe.simulate.client_registers import write_client_registers
from chahe.simulate.clients import add_clients
from chahe.simulate.company import Firm, found
from chahe.simulate.complaints import add_complaints, write_complaints
from chahe.simulate.contract_texts import write_contracts
from chahe.simulate.credit import add_credit
from chahe.simulate.credit_registers import write_credit_registers
from chahe.simulate.crowd.background import mingle, prepare, write_background
from chahe.simulate.crowd.seating import take_seats
from chahe.simulate.custody import add_custody, write_custody
from chahe.simulate.deeds import add_deeds
from chahe.simulate.desk_keeping import add_desk
from chahe.simulate.desk_registers import write_desk
from chahe.simulate.developing import add_development
from chahe.simulate.development_registers import write_development
from chahe.simulate.dials import EVERYTHING, NOTHING, Choice
from chahe.simulate.files import write_text
from chahe.simulate.firewall_configs import write_firewall_configs
from chahe.simulate.firewall_logs import write_firewall_logs
from chahe.simulate.holders import add_accounts
from chahe.simulate.later import LATER
from chahe.simulate.linux_logs import write_linux_logs
from chahe.simulate.money import add_money, write_money
from chahe.simulate.naming import name_places
from chahe.simulate.network_registers import write_network_registers
from chahe.simulate.order_logs import write_orders
from chahe.simulate.orders import add_orders
from chahe.simulate.paper_registers import write_paper_registers
from chahe.simulate.paperwork import add_papers
from chahe.simulate.password_rules import write_password_rules
from chahe.simulate.recommending import add_recommendations, write_recommendations
from chahe.simulate.registers import write_registers
from chahe.simulate.remote import write_remote_logs
from chahe.simulate.scan_reports import write_scan_reports
from chahe.simulate.scanning import add_scans
from chahe.simulate.scenarios import MODULES
from chahe.simulate.scenarios_supervision import write_supervision
from chahe.simulate.settings import settings
from chahe.simulate.sizes import SMALL, Size
from chahe.simulate.sourcing import add_sourcing
from chahe.simulate.special_registers import write_special_registers
from chahe.simulate.talk import add_talk, write_talk
from chahe.simulate.truth import Truth
from chahe.simulate.upkeeping import add_upkeep
from chahe.simulate.watching import add_watch, write_watch
from chahe.simulate.web_pages import add_links, write_links
from chahe.simulate.windows_logs import write_windows_logs


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
    traps.lay(firm, truth)
    take_seats(firm, truth)
    mingle(firm)
    name_places(firm, truth)
    return firm, truth
