"""The contracts themselves, as Word documents: what each article says, and the bytes of a .docx without clock or chance."""

from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chahe.simulate.cast.staff_and_systems import Contract
from chahe.simulate.life.company import NAME, Firm

AUDIT: Final = "第五條　稽核"
_ARTICLES: Final = (
    ("第一條　委託事項", ("乙方應依附件一之規格辦理委託事項，並按月提出工作報告。",)),
    ("第二條　契約價金", ("甲方應於收受統一發票後三十日內付款。",)),
    (
        "第三條　資訊安全",
        ("乙方應遵守甲方之資訊安全規定。", "附件二資訊安全協定為本契約之一部分。"),
    ),
    (
        "第四條　資安事件通報",
        ("乙方發生資安事件時，應於一小時內通知甲方。", "改善報告應於十日內提出。"),
    ),
    (
        AUDIT,
        ("甲方得每年至少一次對乙方進行資訊安全稽核。", "乙方不得規避、妨礙或拒絕甲方實施查核。"),
    ),
    ("第六條　轉包與分包", ("乙方非經甲方書面同意，不得將本案轉包予第三人。",)),
    ("第七條　保密", ("乙方及其員工對因履行本契約知悉之資料，應負保密義務。",)),
    ("第八條　契約終止", ("甲方得於三十日前以書面通知乙方終止本契約。", "乙方違反本契約者，甲方得終止本契約。")),
    ("第九條　終止後之處理", ("契約終止後，乙方應於十日內返還或銷毀甲方資料。",)),
)  # fmt: skip
_HEADING: Final = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def articles() -> dict[str, tuple[str, ...]]:
    """The articles of a contract by their heading, as they should be."""
    return dict(_ARTICLES)


def write_contracts(firm: Firm, folder: Path) -> None:
    """One document for each contract whose text the firm has at hand."""
    folder.mkdir(parents=True, exist_ok=True)
    for contract in firm.contracts:
        if contract.articles:
            (folder / f"{contract.contract}.docx").write_bytes(_docx(_paragraphs(contract)))


def _paragraphs(contract: Contract) -> list[tuple[str, bool]]:
    """Each paragraph, and whether it is a heading."""
    parties = f"立約人：{NAME}（以下簡稱甲方）、{contract.vendor}股份有限公司（以下簡稱乙方），雙方同意訂立本契約如下。"
    found = [(f"{contract.subject}委外服務契約", True), (parties, False)]
    for heading, sentences in contract.articles.items():
        found.append((heading, True))
        found += [(sentence, False) for sentence in sentences]
    found.append((f"甲方：{NAME}", False))
    found.append((f"乙方：{contract.vendor}股份有限公司", False))
    return found


def _docx(paragraphs: list[tuple[str, bool]]) -> bytes:
    body = "".join(
        f'<w:p>{_HEADING if heading else ""}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text, heading in paragraphs
    )
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            part = ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return out.getvalue()
