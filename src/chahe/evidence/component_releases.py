"""Versions of software components as their makers published them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="component_releases",
    heading="元件發布版本",
    row=Text("一個元件的一個發布版本", "one published version of one component"),
    shape=Shape.REGISTER,
    key=("component", "version"),
    stale_after_months=1,
    columns=(
        Column(
            "component",
            Kind.TEXT,
            "元件名稱",
            Text("與軟體元件清單相同", "as in sbom_components"),
            required=True,
            also=("元件",),
        ),
        Column("version", Kind.TEXT, "發布版本", Text("版本", "the version"), required=True),
        Column(
            "released_on",
            Kind.DATE,
            "發布日期",
            Text("發布的日期", "day it was published"),
            required=True,
            also=("發布日",),
        ),
    ),
)
