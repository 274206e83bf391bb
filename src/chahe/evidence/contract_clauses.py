"""What contracts say about security, audit, sub-contracting and the like: worked out of their text, sentence by sentence."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

CLAUSES = {
    "information_security": Text("資訊安全協定", "information-security agreement"),
    "right_to_audit": Text("對廠商的稽核權", "right to audit the vendor"),
    "incident_notice": Text("資安事件通知", "notice of incidents"),
    "sub_contracting": Text("轉包與複委託", "sub-contracting"),
    "confidentiality": Text("保密", "confidentiality"),
    "termination": Text("終止權", "right to terminate"),
    "after_termination": Text("終止後的返還與銷毀", "return and destruction after termination"),
}
"""The clauses that are looked for."""

table = Table(
    name="contract_clauses",
    heading="契約條款",
    row=Text("契約文字中談到某一條款的一句話", "one sentence of a contract that speaks of a clause"),
    shape=Shape.DERIVED,
    key=("document", "clause", "begins_at"),
    columns=(
        Column(
            "document", Kind.TEXT, "文件", Text("document_passages 的文件", "as in document_passages"), required=True
        ),
        Column("clause", Kind.CHOICE, "條款", Text("談到的條款", "the clause"), required=True, choices=CLAUSES),
        Column(
            "stance",
            Kind.CHOICE,
            "文義",
            Text("這句話是否約定了該條款", "does the sentence agree on the clause"),
            required=True,
            choices={
                "granted": Text("明白約定", "agreed plainly"),
                "denied": Text("否定或排除", "denied or excluded"),
                "unsure": Text("有條件或無法判斷，待人工判讀", "conditional or unclear: a person must read it"),
                "mentioned": Text("僅提及", "only mentioned"),
            },
        ),
        Column("page", Kind.INTEGER, "頁次", Text("所在頁；不知道則空白", "its page; null where unknown")),
        Column(
            "passage_number",
            Kind.INTEGER,
            "段落序",
            Text("所在段落", "the passage it stands in"),
            required=True,
        ),
        Column(
            "begins_at",
            Kind.INTEGER,
            "起始字元",
            Text("句子第一個字在全文中的位置，從 0 起", "where its first character stands in the whole text, from 0"),
            required=True,
        ),
        Column("ends_at", Kind.INTEGER, "結束字元", Text("句子之後的位置", "the place behind its last character")),
        Column("quote", Kind.TEXT, "原文", Text("句子的原文", "the sentence as it stands"), required=True),
    ),
)
