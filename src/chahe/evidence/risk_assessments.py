"""Risk assessments of operations, with the level of risk the firm accepts."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="risk_assessments",
    heading="風險評鑑紀錄",
    row=Text("對一項作業的一次風險評鑑", "one assessment of one operation"),
    shape=Shape.REGISTER,
    key=("assessment_id", "operation"),
    stale_after_months=12,
    columns=(
        Column(
            "assessment_id",
            Kind.TEXT,
            "評鑑編號",
            Text("評鑑紀錄的編號", "number of the assessment"),
            required=True,
            also=("風險評鑑編號",),
        ),
        Column(
            "operation",
            Kind.NAME,
            "作業名稱",
            Text("所評鑑的作業", "the operation assessed"),
            required=True,
            also=("業務作業", "作業項目"),
        ),
        Column("assessed_on", Kind.DATE, "評鑑日", Text("評鑑的日期", "day of the assessment"), also=("評鑑日期",)),
        Column("assessor", Kind.TEXT, "評鑑人", Text("評鑑人員", "who assessed"), also=("評鑑人員",)),
        Column(
            "risk_level",
            Kind.TEXT,
            "風險等級",
            Text("評鑑得出的風險等級", "the level of risk that was found"),
            also=("評鑑結果", "風險值"),
        ),
        Column(
            "acceptable_level",
            Kind.TEXT,
            "可接受風險等級",
            Text("公司決定可接受的風險等級", "the level of risk the firm accepts"),
            also=("可接受風險值", "可接受之風險等級"),
        ),
        Column(
            "level_approved_by",
            Kind.TEXT,
            "等級核定人",
            Text("核定可接受風險等級的主管", "the manager who approved the acceptable level"),
            also=("核定主管", "可接受等級核定人"),
        ),
        Column(
            "level_approved_on",
            Kind.DATE,
            "等級核定日",
            Text("核定可接受風險等級的日期", "day the acceptable level was approved"),
            also=("等級核定日期", "可接受等級核定日"),
        ),
    ),
)
