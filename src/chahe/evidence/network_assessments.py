"""Assessments of the security of the firm’s own network."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="network_assessments",
    heading="網路安全評估紀錄",
    row=Text("一次評估", "one assessment"),
    shape=Shape.REGISTER,
    key=("assessment_id",),
    stale_after_months=12,
    columns=(
        Column(
            "assessment_id",
            Kind.TEXT,
            "評估編號",
            Text("評估紀錄的編號", "number of the record"),
            required=True,
            also=("網路評估編號",),
        ),
        Column(
            "assessed_on",
            Kind.DATE,
            "評估完成日",
            Text("完成評估的日期", "day it was finished"),
            also=("完成評估日",),
        ),
        Column(
            "assessor",
            Kind.TEXT,
            "評估單位",
            Text("辦理評估的人員或單位", "who assessed"),
            also=("評估執行單位",),
        ),
        Column(
            "scope",
            Kind.TEXT,
            "評估範圍",
            Text("評估的網路與設備", "the networks and devices assessed"),
            also=("範圍",),
        ),
        Column(
            "result",
            Kind.TEXT,
            "評估結論",
            Text("評估的結論與改善事項", "what came of it"),
            also=("結論",),
        ),
    ),
)
