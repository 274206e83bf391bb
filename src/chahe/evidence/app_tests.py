"""Security tests of the firm's mobile apps."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="app_tests",
    heading="行動應用程式檢測紀錄",
    row=Text("一個 App 版本的一次檢測", "one test of one version of an app"),
    shape=Shape.REGISTER,
    key=("test_id",),
    stale_after_months=3,
    columns=(
        Column(
            "test_id",
            Kind.TEXT,
            "檢測編號",
            Text("檢測報告的編號", "number of the report"),
            required=True,
            also=("檢測報告編號",),
        ),
        Column(
            "app",
            Kind.TEXT,
            "App 名稱",
            Text("App 的名稱", "name of the app"),
            required=True,
            also=("行動應用程式名稱",),
        ),
        Column(
            "platform",
            Kind.NAME,
            "App 平台",
            Text("iOS、Android 等", "iOS, Android and so on"),
            required=True,
            also=("作業平台",),
        ),
        Column("app_version", Kind.TEXT, "檢測版本", Text("檢測的版本", "the version tested"), required=True),
        Column(
            "laboratory",
            Kind.TEXT,
            "檢測單位",
            Text("實驗室或公司單位", "the laboratory, or the firm's own unit"),
            also=("檢測實驗室",),
        ),
        Column(
            "accredited",
            Kind.BOOLEAN,
            "認證實驗室",
            Text("是否為 TAF 認可的第三方實驗室", "is it a third-party laboratory accredited by the TAF"),
            also=("是否合格實驗室",),
        ),
        Column(
            "whole_scope",
            Kind.BOOLEAN,
            "涵蓋 OWASP Mobile Top 10",
            Text("範圍是否涵蓋全部十項", "does its scope cover all ten"),
            also=("檢測範圍完整",),
        ),
        Column(
            "tested_on", Kind.DATE, "檢測完成日", Text("檢測完成的日期", "day it was completed"), also=("檢測日期",)
        ),
        Column(
            "result",
            Kind.CHOICE,
            "檢測結果",
            Text("通過或未通過", "passed or failed"),
            choices={"passed": Text("通過", "passed"), "failed": Text("未通過", "failed")},
        ),
    ),
)
