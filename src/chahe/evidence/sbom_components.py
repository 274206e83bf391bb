"""What software is made of: one row for one component of one system or artifact, as one list of them says."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="sbom_components",
    heading="軟體元件清單",
    row=Text("一個系統或成品所含的一個元件", "one component of one system or artifact"),
    shape=Shape.LOG,
    key=(),
    time="listed_at_us",
    covered_by="system",
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統或成品",
            Text("含有元件的系統、映像檔、程式或檔案", "the system, image, program or file that holds it"),
            required=True,
            also=("系統名稱", "系統", "成品"),
            naming=Naming.HOST,
        ),
        Column(
            "component",
            Kind.TEXT,
            "元件",
            Text("元件的名稱，有群組則在前（群組/名稱）", "its name, after its group where it has one (group/name)"),
            required=True,
            also=("元件名稱", "套件", "套件名稱"),
        ),
        Column("version", Kind.TEXT, "版本", Text("元件的版本", "its version"), also=("元件版本",)),
        Column("purl", Kind.TEXT, "套件網址", Text("purl（Package URL）", "its package URL (purl)"), also=("PURL",)),
        Column(
            "type",
            Kind.NAME,
            "元件種類",
            Text(
                "library、application、operating-system 或套件種類",
                "library, application, operating-system, or the kind of package",
            ),
            also=("種類",),
        ),
        Column(
            "licence",
            Kind.TEXT,
            "授權",
            Text("授權條款，多個以逗號分隔", "its licences, parted by commas"),
            also=("授權條款", "授權方式"),
        ),
        Column("lister", Kind.NAME, "產生工具", Text("產生清單的工具", "the tool that made the list"), also=("工具",)),
        Column(
            "listed_at_us",
            Kind.MOMENT,
            "列出時間",
            Text("清單產生的時間", "when the list was made"),
            also=("清單日期",),
        ),
    ),
)
