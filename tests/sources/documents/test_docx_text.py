"""Word documents: paragraphs with pages and offsets, tracked changes and hidden text told apart, and what is refused."""

import pytest

from chahe.sources.catalogue import readers
from chahe.sources.documents.docx_text import reader
from chahe.sources.model import Head
from chahe.sources.registry import Unrecognised, recognise
from document_files import archive, docx, part
from reading import Reading, read, shared_data

STYLES = part(
    "styles",
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="own"><w:name w:val="條次"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:styleId="body"><w:name w:val="Body"/><w:basedOn w:val="body"/></w:style>'
    '<w:style w:styleId="secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>',
)


def t(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def rows(data: bytes, **settings: str) -> list[dict[str, object]]:
    return read(reader, data, **settings).rows["document_passages"]


def texts(data: bytes) -> list[tuple[object, object]]:
    return [(row["kind"], row.get("text")) for row in rows(data)]


def test_it_reads_the_document_of_the_samples() -> None:
    reading = read(reader, shared_data("registers", "plaso", "Document.docx").read_bytes())

    assert [(row["text"], row["page"], row["kind"]) for row in reading.rows["document_passages"]] == [
        ("I love plaso!", 1, "paragraph")
    ]
    assert (reading.units, len(reading.skips), reading.rejects) == (2, 1, [])


def test_offsets_lead_into_the_whole_text() -> None:
    found = rows(docx(p(t("第一條")) + p("") + p(t("乙方")) + p(t("  甲方 "))))
    whole = "\n".join(str(row["text"]) for row in found)

    assert [row["passage_number"] for row in found] == [1, 2, 3]
    for row in found:
        begin = int(str(row["text_offset"]))
        assert whole[begin : begin + len(str(row["text"]))] == row["text"]


def test_tracked_changes_are_told_apart_and_deleted_text_is_no_text() -> None:
    body = p(
        t("保密")
        + '<w:del w:id="1"><w:r><w:delText>三</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{t("五")}</w:ins>'
        + f"<w:moveFrom>{t('甲')}</w:moveFrom><w:moveTo>{t('乙')}</w:moveTo>"
        + t("年")
    )
    (row,) = rows(docx(body))

    assert (row["text"], row["deleted_text"], row["inserted_text"]) == ("保密五乙年", "三甲", "五乙")


def test_a_paragraph_that_is_deleted_whole_is_still_evidence() -> None:
    first, second = rows(docx(p('<w:del w:id="1"><w:r><w:delText>罰則</w:delText></w:r></w:del>') + p(t("其他"))))

    assert "text" not in first
    assert first["deleted_text"] == "罰則"
    assert (second["text_offset"], second["passage_number"]) == (0, 2)


@pytest.mark.parametrize(
    "hidden",
    [
        p(t("看得到") + t("看不到", "<w:vanish/>")),
        p(t("看得到") + t("看不到", '<w:rStyle w:val="secret"/>')),
        p(t("看得到", '<w:vanish w:val="0"/>') + t("看不到"), '<w:pStyle w:val="secret"/>'),
    ],
)
def test_hidden_text_is_told_and_not_shown(hidden: str) -> None:
    (row,) = rows(docx(hidden, styles=STYLES))

    assert (row["text"], row["hidden_text"]) == ("看得到", "看不到")


def test_headings_are_known_by_style_and_outline_and_stand_over_what_follows() -> None:
    body = (
        p(t("總則"), '<w:pStyle w:val="1"/>')
        + p(t("內容"), '<w:pStyle w:val="body"/>')
        + p(t("保密"), '<w:pStyle w:val="own"/>')
        + p(t("附則"), '<w:outlineLvl w:val="0"/>')
        + p(t("完"), '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
    )
    found = rows(docx(body, styles=STYLES))

    assert [row["kind"] for row in found] == ["heading", "paragraph", "heading", "heading", "paragraph"]
    assert [row.get("heading") for row in found] == [None, "總則", "總則", "保密", "附則"]


def test_cells_boxes_notes_comments_headers_and_footers_are_told_apart() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{p(t('單價'))}</w:tc></w:tr></w:tbl>"
    box = f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{p(t('附註'))}</w:txbxContent></mc:Choice>"
    box += f"<mc:Fallback><w:txbxContent>{p(t('附註'))}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    notes = f'<w:footnote w:type="separator">{p(t("-"))}</w:footnote><w:footnote w:id="2">{p(t("見附件"))}</w:footnote>'
    data = docx(
        cell + p(t("本文") + box),
        footnotes=part("footnotes", notes),
        comments=part("comments", f"<w:comment>{p(t('請確認'))}</w:comment>"),
        header=part("hdr", p(t("機密"))),
        footer=part("ftr", p(t("第 1 頁"))),
    )

    assert texts(data) == [
        ("table_cell", "單價"),
        ("paragraph", "本文"),
        ("text_box", "附註"),
        ("footnote", "見附件"),
        ("comment", "請確認"),
        ("header", "機密"),
        ("footer", "第 1 頁"),
    ]


def test_fields_tabs_breaks_and_symbols_are_the_text_that_is_seen() -> None:
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    inner = (
        field
        + t("甲")
        + '<w:r><w:tab/><w:br/><w:noBreakHyphen/><w:sym w:char="2713"/><w:sym w:char="D800"/></w:r>'
        + t("乙")
    )

    assert rows(docx(p(inner)))[0]["text"] == "甲\t\n-✓乙"


BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"
BY_HAND = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    ("body", "pages", "expected"),
    [
        (p(t("a")) + p(BREAK + t("b")) + p(t("c") + BREAK + t("d")), None, [1, 2, 2]),
        (p(t("a") + BY_HAND) + p(BREAK + t("b")), None, [1, 2]),
        (p(t("a") + BY_HAND) + p(t("b"), "<w:pageBreakBefore/>"), 3, [1, 3]),
        (p(t("a") + BY_HAND) + p(t("b")), None, [None, None]),
        (p(t("a") + BY_HAND) + p(t("b")), 7, [None, None]),
        (p(t("a")), 1, [1]),
    ],
)
def test_pages_are_those_of_the_last_layout_or_unknown(
    body: str, pages: int | None, expected: list[int | None]
) -> None:
    assert [row.get("page") for row in rows(docx(body, pages=pages))] == expected


def test_its_name_is_the_setting_its_title_or_its_first_words() -> None:
    assert rows(docx(p(t("甲")), title="契約"), document="C-1")[0]["document"] == "C-1"
    assert (rows(docx(p(t("甲")), title="契約"))[0]["document"], rows(docx(p("") + p(t("甲"))))[0]["document"]) == (
        "契約",
        "甲",
    )


def refused(data: bytes) -> str:
    reading: Reading = read(reader, data)
    assert reading.rows == {}
    (reject,) = reading.rejects
    return reject.why.en


def test_old_locked_damaged_and_explosive_documents_are_refused_with_what_to_do() -> None:
    bomb = (
        "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'>]>"
        + part("document", f"<w:body>{p(t('&x;'))}</w:body>").partition("?>")[2]
    )

    assert "save it as .docx without a password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "document type declaration" in refused(archive({"word/document.xml": bomb}))
    assert "unpacks to" in refused(archive({"word/document.xml": bytes(40 << 20)}))
    assert "damaged" in refused(docx(p(t("甲")))[:-40])
    assert "damaged" in refused(archive({"word/document.xml": "<w:document>"}))
    assert "no body" in refused(archive({"word/other.xml": "<a/>"}))


def test_it_is_taken_for_a_document_only_where_somebody_says_so() -> None:
    """A list printed into a document, beside the lists it belongs to, must not pass for read."""
    head = Head("a.docx", docx(p(t("甲"))), whole=True)

    assert recognise(head, readers(), "docx_text").reader is reader
    with pytest.raises(Unrecognised) as refused:
        recognise(head, readers())
    assert 'reader = "docx_text"' in refused.value.why.en
