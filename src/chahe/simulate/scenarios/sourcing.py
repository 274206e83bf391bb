"""Scenarios of what the firm has from others: stages without documents, libraries left old, apps untested; and what only looks so."""

from typing import Final

from chahe.simulate.cast.development import AppRelease, ComponentRelease, ComponentUpdate
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life.company import ORDER_GATEWAY, WEB_ORDER, Firm
from chahe.simulate.life.sourcing import APP
from chahe.simulate.scenarios.scenario import Dial, Scenario, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    truth.silent("outsourcing-stage-undocumented", "進行中的專案尚未到測試階段", project_id="PJ-02", stage="test")
    kept = firm.development
    kept.component_releases.append(ComponentRelease("jackson-databind", "2.18.4", firm.as_of - 90 * DAY))
    truth.silent(
        "library-outdated", "新版發布恰滿九十日", system=WEB_ORDER, component="jackson-databind", version="2.18.0"
    )
    kept.app_releases.append(AppRelease(APP, "iOS", "3.3", months_before(firm.as_of, 1), important=False))
    truth.silent("mobile-app-untested", "不是重大更新", app=APP, platform="ios", app_version="3.3", duty="update")


def _no_document(firm: Firm, truth: Truth, dial: Dial) -> None:
    stage, code = dial.pick(("測試", "test"), [("設計", "design"), ("程式撰寫", "coding")])
    kept = firm.development
    kept.stages = [one for one in kept.stages if (one.project, one.stage) != ("PJ-01", stage)]
    truth.planted(
        "outsourcing-stage-undocumented",
        "no_test_document",
        f"已驗收的專案沒有{stage}文件",
        project_id="PJ-01",
        stage=code,
    )


def _deferral_over(firm: Firm, truth: Truth, dial: Dial) -> None:
    kept, over = firm.development, dial.whole(1, 90, 1)
    kept.component_releases.append(ComponentRelease("quickfix", "1.16.0", months_before(firm.as_of, 7)))
    kept.component_updates.append(
        ComponentUpdate(ORDER_GATEWAY, "quickfix", "1.16.0", None, None, firm.as_of - over * DAY, "e002")
    )
    truth.planted(
        "library-outdated",
        "deferral_over",
        "下單閘道的函式庫逾期未備版，暫緩已到期",
        system=ORDER_GATEWAY,
        component="quickfix",
        version="1.15.1",
    )


def _update_untested(firm: Firm, truth: Truth, dial: Dial) -> None:
    released = firm.as_of - dial.whole(9, 80, 1) * DAY
    firm.development.app_releases.append(AppRelease(APP, "Android", "3.4", released, important=True))
    truth.planted(
        "mobile-app-untested",
        "update_untested",
        "Android 重大更新未經檢測即上架",
        app=APP,
        platform="android",
        app_version="3.4",
        duty="update",
    )


SCENARIOS: Final = (
    Scenario(
        "no_test_document",
        "outsourcing-stage-undocumented",
        _no_document,
        none("有文件或沒有；換的是階段", "there is a document or not; the stage varies"),
    ),
    Scenario(
        "deferral_over",
        "library-outdated",
        _deferral_over,
        Text("暫緩到期九十天…一天", "the deferral 90 days … one day over"),
    ),
    Scenario(
        "update_untested",
        "mobile-app-untested",
        _update_untested,
        Text("上架八十天…一天未檢測", "untested 80 days … one day after its release"),
    ),
)
