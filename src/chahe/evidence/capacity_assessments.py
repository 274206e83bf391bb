"""Assessments of the capacity of systems."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="capacity_assessments",
    heading="系統容量評估",
    row=Text("一個系統的一次容量評估", "one assessment of one system"),
    shape=Shape.REGISTER,
    key=(
        "assessment_id",
        "system",
    ),
    stale_after_months=12,
    columns=(
        Column(
            "assessment_id",
            Kind.TEXT,
            "容量評估編號",
            Text("評估紀錄的編號", "number of the record"),
            required=True,
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("評估的系統", "the system assessed"),
            required=True,
            also=("系統",),
            naming=Naming.HOST,
        ),
        Column(
            "assessed_on",
            Kind.DATE,
            "容量評估日",
            Text("評估的日期", "day of the assessment"),
            also=("容量評估日期",),
        ),
        Column(
            "assessor",
            Kind.TEXT,
            "容量評估人員",
            Text("評估的人員", "who assessed"),
        ),
        Column(
            "result",
            Kind.TEXT,
            "容量評估結果",
            Text("評估的結果", "what came of it"),
        ),
    ),
)
