"""Approved releases of programs, with the digest of what was approved."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="program_releases",
    heading="程式核定版本清冊",
    row=Text("一個程式檔案的一個核定版本", "one approved release of one program file"),
    shape=Shape.REGISTER,
    key=("system", "program", "version"),
    stale_after_months=1,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("程式所屬的系統", "the system it belongs to"),
            required=True,
            also=("系統",),
            naming=Naming.HOST,
        ),
        Column(
            "program",
            Kind.TEXT,
            "程式檔案",
            Text("檔案的完整路徑或名稱，與程式內容摘要相同", "the file's path or name, as in program_digests"),
            required=True,
            also=("檔案路徑",),
        ),
        Column("version", Kind.TEXT, "核定版本", Text("版本", "the version"), required=True, also=("版本",)),
        Column(
            "digest",
            Kind.NAME,
            "核定摘要值",
            Text("核定上線檔案的雜湊值（十六進位）", "hash of the approved file, hexadecimal"),
            also=("核定雜湊值",),
        ),
        Column("request_id", Kind.TEXT, "異動單號", Text("所依據的異動申請", "the change request behind it")),
        Column(
            "approved_on",
            Kind.DATE,
            "版本核准日",
            Text("核准上線的日期", "day its release was approved"),
            also=("核准日期", "上線核准日"),
        ),
        Column("approver", Kind.NAME, "核准人", Text("核准上線的人", "who approved it"), also=("核准主管",)),
    ),
)
