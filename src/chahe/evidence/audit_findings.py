"""Deficiencies that internal audit found, until they are mended."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="audit_findings",
    heading="內部稽核缺失清冊",
    row=Text("一項稽核缺失", "one deficiency found by internal audit"),
    shape=Shape.REGISTER,
    key=("finding_id",),
    stale_after_months=3,
    columns=(
        Column(
            "finding_id",
            Kind.TEXT,
            "缺失編號",
            Text("缺失的編號", "number of the deficiency"),
            required=True,
            also=("稽核缺失編號",),
        ),
        Column(
            "reported_on",
            Kind.DATE,
            "稽核報告日",
            Text("稽核報告提出的日期", "day of the audit report"),
            also=("報告日期", "查核日期"),
        ),
        Column("unit", Kind.TEXT, "受查單位", Text("有缺失的單位", "the unit audited")),
        Column(
            "summary",
            Kind.TEXT,
            "缺失事項",
            Text("缺失的內容", "what is deficient"),
            required=True,
            also=("缺失內容", "稽核發現"),
        ),
        Column(
            "mended_on",
            Kind.DATE,
            "缺失改善日",
            Text("確認改善完成的日期；未改善則空白", "day it was confirmed mended; blank until then"),
            also=("改善完成日", "結案日"),
        ),
    ),
)
