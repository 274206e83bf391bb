"""What the example firm has from others, as it should be: outsourced projects, libraries, and tests of its apps."""

from datetime import date
from typing import Final

from chahe.simulate.cast.development import (
    AppRelease,
    AppTest,
    Component,
    ComponentRelease,
    ComponentUpdate,
    Project,
    Stage,
)
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import ORDER_GATEWAY, WEB_ORDER, Firm

APP: Final = "海嶼e點通"
STAGES: Final = ("開發規劃", "設計", "程式撰寫", "測試", "驗收")
LABORATORY: Final = "中立資安檢測實驗室"


def add_sourcing(firm: Firm) -> None:
    """A finished project and one under way, four libraries, and an app on two platforms."""
    confirmed = firm.employee(people.IT_DEPUTY).person
    kept = firm.development
    kept.projects = [
        Project("PJ-01", "C-114-02", "衡安科技", "網路下單改版", months_before(firm.as_of, 6)),
        Project("PJ-02", "C-113-07", "瀚星資訊", "共置行情解碼", None),
    ]
    for nth, stage in enumerate(STAGES):
        day = months_before(firm.as_of, 12 - nth)
        kept.stages.append(Stage("PJ-01", stage, f"PJ-01-{stage}文件", day, confirmed))
        if nth < 2:
            kept.stages.append(
                Stage("PJ-02", stage, f"PJ-02-{stage}文件", months_before(firm.as_of, 4 - nth), confirmed)
            )
    listed = at(firm.as_of - 6 * DAY, 22)
    for system, component, version in (
        (ORDER_GATEWAY, "quickfix", "1.15.1"), (WEB_ORDER, "spring-core", "6.2.1"), (WEB_ORDER, "jackson-databind", "2.18.0"),
        (WEB_ORDER, "log4j-core", "2.24.1"),
    ):  # fmt: skip
        kept.components.append(Component(system, component, version, listed))
        kept.component_releases.append(ComponentRelease(component, version, months_before(firm.as_of, 14)))
    kept.component_releases.append(ComponentRelease("spring-core", "6.2.9", months_before(firm.as_of, 5)))
    kept.component_updates.append(
        ComponentUpdate(WEB_ORDER, "spring-core", "6.2.9", "4.21", months_before(firm.as_of, 4))
    )
    for platform in ("iOS", "Android"):
        first = months_before(firm.as_of, 30)
        kept.app_releases.append(AppRelease(APP, platform, "1.0", first, important=True))
        _tested(firm, platform, "1.0", first - 5 * DAY)
        update = months_before(firm.as_of, 3)
        kept.app_releases.append(AppRelease(APP, platform, "3.2", update, important=True))
        _tested(firm, platform, "3.2", update)


def _tested(firm: Firm, platform: str, version: str, day: date) -> None:
    number = f"AT-{len(firm.development.app_tests) + 1:02}"
    firm.development.app_tests.append(
        AppTest(number, APP, platform, version, LABORATORY, accredited=True, whole=True, tested=day)
    )
