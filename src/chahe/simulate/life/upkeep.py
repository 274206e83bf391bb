"""The upkeep of the example firm as it should be: everything supported, patched, guarded and assessed."""

from chahe.simulate.cast.upkeep import CapacityAssessment, NetworkAssessment, Patch, Software, StressTest
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life.company import DC, SETTLEMENT, WIN, Firm
from chahe.simulate.life.remote import add_remote_access

SYSTEM, GUARD = "作業系統", "防毒軟體"


def add_upkeep(firm: Firm) -> None:
    as_of, upkeep = firm.as_of, firm.upkeep
    for nth, host in enumerate(dict.fromkeys(system.host for system in firm.systems)):
        windows = host in (WIN, DC)
        product, version = ("Windows Server 2022", "21H2") if windows else ("Red Hat Enterprise Linux", "9.4")
        checked = months_before(as_of, 1) - nth * DAY
        upkeep.software += [
            Software(host, product, SYSTEM, version, months_before(as_of, -50), checked),
            Software(host, "端點防毒 EP", GUARD, "14.2", None, checked, as_of - 2 * DAY, as_of - DAY),
        ]
        for months in (5, 2):
            out = months_before(as_of, months) - nth * DAY
            number = f"{'KB50' if windows else 'RHSA-'}{out:%y%m}-{nth:02}"
            upkeep.patches.append(Patch(number, host, product, "高", out, out + 12 * DAY))
    for wall in firm.firewalls:
        upkeep.software.append(Software(wall.device, wall.make, "防火牆", "7.2.8", None, months_before(as_of, 2)))
    add_remote_access(firm)
    _capacity(firm)
    for months in (15, 4):
        day = months_before(as_of, months)
        upkeep.assessments.append(
            NetworkAssessment(
                f"NA-{day.year - 1911}-01", day, "資訊安全部", "總公司、分公司與共置網路", "無重大風險，改善三項"
            )
        )


def _capacity(firm: Firm) -> None:
    for nth, system in enumerate((one for one in firm.systems if one.important), 1):
        day = months_before(firm.as_of, 6) - nth * DAY
        number, orders = f"{day.year - 1911}-{nth:02}", system.name != SETTLEMENT
        firm.upkeep.capacities.append(CapacityAssessment(f"CP-{number}", system.name, day, "資訊部", "容量足夠"))
        firm.upkeep.stress_tests.append(
            StressTest(
                f"ST-{number}", system.name, day, f"{system.host}、負載平衡器", orders, 6000 if orders else None, "通過"
            )
        )
