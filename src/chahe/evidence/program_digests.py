"""Digests of the programs that run in production, as they were measured on their hosts."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="program_digests",
    heading="程式內容摘要",
    row=Text("一個系統上一個程式檔案的摘要", "the digest of one program file on one system"),
    shape=Shape.SNAPSHOT,
    key=("system", "program"),
    stale_after_months=1,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("程式所在的系統或主機", "the system or host it runs on"),
            required=True,
            also=("系統", "主機名稱", "主機"),
            naming=Naming.HOST,
        ),
        Column(
            "program",
            Kind.TEXT,
            "程式檔案",
            Text("檔案的完整路徑或名稱", "the file's path or name"),
            required=True,
            also=("Path", "路徑", "檔案路徑"),
        ),
        Column(
            "digest",
            Kind.NAME,
            "程式摘要值",
            Text("檔案的雜湊值（十六進位）", "the file's hash, hexadecimal"),
            also=("Hash", "SHA256", "SHA-256 值", "雜湊值"),
        ),
        Column("algorithm", Kind.NAME, "雜湊演算法", Text("如 SHA256", "as SHA256"), also=("Algorithm", "演算法")),
    ),
)
