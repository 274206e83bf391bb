"""The example firm as it should be: nothing in it breaks a control. Scenarios then change it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from chahe.simulate.cast.access import AccessPapers
from chahe.simulate.cast.chats import Chat
from chahe.simulate.cast.colocation import Cabinet
from chahe.simulate.cast.credit import Credit
from chahe.simulate.cast.customers import Clientele
from chahe.simulate.cast.desk import DeskPapers
from chahe.simulate.cast.development import Development
from chahe.simulate.cast.governance import Papers
from chahe.simulate.cast.payments import Money
from chahe.simulate.cast.special_orders import SpecialPapers
from chahe.simulate.cast.staff_and_systems import (
    Account,
    Approval,
    Contract,
    Downtime,
    Employee,
    Firewall,
    FirewallReview,
    FirewallRule,
    Link,
    Order,
    Policy,
    Published,
    Request,
    Review,
    RootUse,
    Scan,
    SignIn,
    Silence,
    System,
    Treatment,
    VendorPerson,
)
from chahe.simulate.cast.supervision import Supervision
from chahe.simulate.cast.upkeep import Upkeep
from chahe.simulate.cast.watch import Watch
from chahe.simulate.crowd.members import Members
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.complaints import ComplaintPapers
from chahe.simulate.life.custody import CustodyPapers
from chahe.simulate.life.recommendations import RecommendationPapers
from chahe.simulate.sizes import SMALL, Size

NAME = "海嶼證券股份有限公司"
ORDER_GATEWAY, COLOCATED, WEB_ORDER, OFFICIAL_SITE, SETTLEMENT, OFFICE = (
    "order-gw", "colo-trade", "web-order", "official-site", "settle", "office-ad",
)  # fmt: skip
OGW, COLO, WEB, WWW, WIN, DC = "ogw01", "colo01", "web01", "www01", "win-set01", "win-dc01"
MONITOR = "10.10.9.5"
"""The monitoring host, whose key signs in to every Linux host each hour."""


@dataclass
class Firm:
    """Everything the firm has and did, as records that writers turn into files."""

    seed: int
    as_of: date
    kept_from: date
    """The day from which logs must be held."""
    period_from: date
    employees: list[Employee]
    vendors: list[VendorPerson]
    contracts: list[Contract]
    size: Size = SMALL
    members: Members | None = None
    """Everybody on the list of customers; None where the firm has no background."""
    systems: list[System] = field(default_factory=list)
    firewalls: list[Firewall] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    firewall_reviews: list[FirewallReview] = field(default_factory=list)
    firewall_rules: list[FirewallRule] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)
    downtimes: list[Downtime] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    root_uses: list[RootUse] = field(default_factory=list)
    sign_ins: list[SignIn] = field(default_factory=list)
    log_from: dict[str, date] = field(default_factory=dict)
    """By host: the day its sign-in log begins."""
    host_silences: dict[str, list[Silence]] = field(default_factory=dict)
    scans: list[Scan] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    traders: list[str] = field(default_factory=list)
    """The accounts of the customers whose orders these are."""
    clientele: Clientele = field(default_factory=Clientele)
    cabinet: Cabinet = field(default_factory=Cabinet)
    papers: Papers = field(default_factory=Papers)
    access: AccessPapers = field(default_factory=AccessPapers)
    desk: DeskPapers = field(default_factory=DeskPapers)
    complaints: ComplaintPapers = field(default_factory=ComplaintPapers)
    custody: CustodyPapers = field(default_factory=CustodyPapers)
    recommendations: RecommendationPapers = field(default_factory=RecommendationPapers)
    development: Development = field(default_factory=Development)
    upkeep: Upkeep = field(default_factory=Upkeep)
    watch: Watch = field(default_factory=Watch)
    money: Money = field(default_factory=Money)
    credit: Credit = field(default_factory=Credit)
    special: SpecialPapers = field(default_factory=SpecialPapers)
    talk: list[Chat] = field(default_factory=list)
    supervision: Supervision = field(default_factory=Supervision)
    distractors: int = 1
    """How many near misses of each kind there are, where there is room for so many."""
    names: dict[str, str] = field(default_factory=dict)
    """What hosts, systems and firewalls are called in files, by the names of the story."""

    def rng(self, subject: str) -> Random:
        """A stream of chance of a subject's own, so that a change in one subject leaves the others as they are."""
        return Random(f"{self.seed} {subject}")

    def called(self, name: str) -> str:
        """What files call a host, system or firewall of the story."""
        return self.names.get(name, name)

    @property
    def brokers(self) -> list[str]:
        """Who looks after the background's customers: those of the story and of the branches who have not left."""
        told = self.employees[people.BROKER : people.FOURTH_BROKER + 1]
        others = (one for one in self.employees[people.STORY :] if one.title == "營業員")
        return [one.person for one in (*told, *others) if one.left is None]

    def employee(self, nth: int) -> Employee:
        return self.employees[nth]

    def account(self, place: str, name: str) -> Account:
        """The account of that name; StopIteration where the firm has none."""
        return next(one for one in self.accounts if one.place == place and one.name == name)

    def system_of(self, host: str) -> System:
        """The system a host or domain belongs to."""
        return next(one for one in self.systems if host in (one.host, one.name))

    def firewall(self, device: str) -> Firewall:
        return next(one for one in self.firewalls if one.device == device)


def found(seed: int, as_of: date, size: Size = SMALL) -> Firm:
    """The firm's frame: people, systems, firewalls, links. Accounts and deeds come after."""
    rng = Random(f"{seed} people")
    firm = Firm(
        seed=seed,
        as_of=as_of,
        kept_from=months_before(as_of, 36),
        period_from=months_before(as_of, 12),
        employees=people.employees(rng, as_of),
        vendors=people.vendor_staff(rng, as_of),
        contracts=people.contracts(as_of),
        size=size,
    )
    firm.employees += people.further(firm.rng("further employees"), as_of, size.employees)
    if size.crowded:
        firm.members = Members(seed, as_of, size.customers)
    old = months_before(as_of, 52)
    firm.systems = [
        System(ORDER_GATEWAY, OGW, "10.10.1.11", "下單閘道", True, old, "fg-hq"),
        System(COLOCATED, COLO, "10.20.1.11", "主機共置交易系統", True, old, "fg-colo", colocated=True),
        System(WEB_ORDER, WEB, "10.10.2.21", "網路下單", True, old, "fg-hq", internet_facing=True),
        System(
            OFFICIAL_SITE, WWW, "10.10.2.31", "公司官網", False, old, "fg-hq", internet_facing=True, official_site=True
        ),
        System(SETTLEMENT, WIN, "10.10.3.41", "結算交割系統", True, old, "fg-hq"),
        System(OFFICE, DC, "10.10.4.51", "辦公室網域", False, old, None),
    ]
    _network(firm)
    for system in firm.systems:
        if system.important:
            firm.log_from[system.host] = firm.kept_from - 9 * DAY
    firm.log_from[WWW] = months_before(as_of, 8)
    return firm


def _network(firm: Firm) -> None:
    as_of = firm.as_of
    old = months_before(as_of, 50)
    firm.firewalls = [
        Firewall("fg-hq", "FG200FTK22900117", "FortiGate 200F", "總公司機房", old, firm.kept_from, firm.size.firewall_an_hour, busy=True),
        Firewall("fg-colo", "FG100FTK21800452", "FortiGate 100F", "主機共置機櫃 A07", old, firm.kept_from - 12 * DAY, 4),
        Firewall("asa-branch", "JAD2236042X", "Cisco ASA 5508-X", "台中分公司", old, firm.kept_from - 5 * DAY, max(3, firm.size.firewall_an_hour // 2), maker="asa"),
        Firewall("fg-dr", "FG60FTK24011873", "FortiGate 60F", "異地備援機房", months_before(as_of, 5), months_before(as_of, 5), 3),
    ]  # fmt: skip
    firm.links = [
        Link("L-01", "證券交易資訊網路", "總公司至證交所", "fg-hq", old),
        Link("L-02", "主機共置網路", "共置機櫃至撮合主機", "fg-colo", old),
        Link("L-03", "網際網路", "總公司對外", "fg-hq", old),
        Link("L-04", "網際網路", "台中分公司對外", "asa-branch", old),
        Link("L-05", "網際網路", "異地備援對外", "fg-dr", months_before(as_of, 5)),
    ]
    rng = firm.rng("firewall reviews")
    for nth, wall in enumerate(firm.firewalls, 1):
        reviewed = months_before(as_of, 4) - timedelta(days=rng.randrange(20))
        firm.firewall_reviews.append(
            FirewallReview(
                f"FR-115-{nth:02}",
                wall.device,
                reviewed,
                firm.employee(people.SECURITY).name,
                "規則均有業務需要，刪除停用規則 1 條",
            )
        )
        changed = max(reviewed - timedelta(days=30 + rng.randrange(60)), wall.in_service)
        # An ASA numbers the lines of a list.
        web, orders, rest = ("1", "2", "3") if wall.maker == "asa" else ("12", "15", "99")
        firm.firewall_rules += [
            FirewallRule(wall.device, web, "放行", "10.10.0.0/16", "任意", "HTTPS", changed, "員工上網"),
            FirewallRule(wall.device, orders, "放行", "10.10.1.11", "192.0.2.80", "TCP 7001", changed, "委託傳送"),
            FirewallRule(
                wall.device,
                rest,
                "拒絕",
                "任意",
                "任意",
                "ALL",
                changed,
                "預設拒絕",
                source_zone="any",
                destination_zone="any",
            ),
        ]
    firm.published = [
        Published("fg-hq", "vip-web-order", "203.0.113.21", "10.10.2.21", 443),
        Published("fg-hq", "vip-www", "203.0.113.31", "10.10.2.31", 443),
    ]
    for number, shown in (("21", firm.published[0]), ("22", firm.published[1])):
        firm.firewall_rules.insert(
            2,
            FirewallRule("fg-hq", number, "放行", "任意", shown.outside, "HTTPS", firm.firewall_rules[0].changed, "對外服務",
                         owner="經紀部", source_zone="wan1", destination_zone="dmz"),
        )  # fmt: skip


def work_hours(rng: Random, day: date) -> datetime:
    """A moment of a working day."""
    return at(day, 8 + rng.randrange(9), rng.randrange(60), rng.randrange(60))
