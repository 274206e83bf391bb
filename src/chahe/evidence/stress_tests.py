"""Stress tests of systems: what was tested, and the load they bore."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="stress_tests",
    heading="系統壓力測試",
    row=Text("一個系統的一次壓力測試", "one test of one system"),
    shape=Shape.REGISTER,
    key=(
        "test_id",
        "system",
    ),
    stale_after_months=12,
    columns=(
        Column(
            "test_id",
            Kind.TEXT,
            "壓測編號",
            Text("測試紀錄的編號", "number of the test"),
            required=True,
            also=("壓力測試編號",),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("測試的系統", "the system tested"),
            required=True,
            also=("系統",),
            naming=Naming.HOST,
        ),
        Column(
            "tested_on",
            Kind.DATE,
            "壓測日期",
            Text("測試的日期", "day of the test"),
            also=("壓力測試日",),
        ),
        Column(
            "scope",
            Kind.TEXT,
            "壓測範圍",
            Text("受測的主機與元件", "the hosts and components tested"),
            also=("受測主機",),
        ),
        Column(
            "handles_orders",
            Kind.BOOLEAN,
            "承載委託",
            Text("是否承載客戶委託", "does it carry customers’ orders"),
            also=("是否承載委託",),
        ),
        Column(
            "peak_per_minute",
            Kind.INTEGER,
            "壓測峰值（筆/分）",
            Text("承受的委託筆數，每分鐘", "orders a minute it bore"),
            also=("每分鐘筆數",),
        ),
        Column(
            "result",
            Kind.CHOICE,
            "壓測結果",
            Text("通過或未通過", "passed or failed"),
            choices={
                "passed": Text("通過", "passed"),
                "failed": Text("未通過", "failed"),
            },
        ),
    ),
)
