"""OpenDocument texts: paragraphs, pages, tracked changes and hidden text, and what is refused."""

import pytest

from chahe.sources.catalogue import readers
from chahe.sources.documents.odt_text import reader
from chahe.sources.model import Head
from chahe.sources.registry import Unrecognised, recognise
from document_files import archive
from reading import read

SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "text", "table")
    )
    + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)
MIME = "application/vnd.oasis.opendocument.text"
STYLES = (
    '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="H2" style:parent-style-name="H"/>'
)


def odt(body: str, *, margins: str = "", title: str = "", manifest: str = "<manifest/>") -> bytes:
    return archive(
        {
            "mimetype": MIME,
            "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {SPACES}><office:master-styles><style:master-page>{margins}"
            "</style:master-page></office:master-styles></office:document-styles>",
            "meta.xml": f'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></m>',
            "META-INF/manifest.xml": manifest,
        }
    )


def p(inner: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def rows(data: bytes, **settings: str) -> list[dict[str, object]]:
    return read(reader, data, **settings).rows["document_passages"]


def test_paragraphs_headings_cells_notes_boxes_and_margins_are_told_apart() -> None:
    note = f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{p("見附件")}</text:note-body></text:note>'
    box = f"<draw:frame><draw:text-box>{p('附註')}</draw:text-box></draw:frame>"
    body = (
        '<text:h text:outline-level="1">總則</text:h>'
        + p(f"本文{note}後{box}")
        + f"<table:table><table:table-row><table:table-cell>{p('單價')}</table:table-cell></table:table-row></table:table>"
        + f"<text:list><text:list-item>{p('項目')}</text:list-item></text:list>"
        + p("")
    )
    found = read(
        reader,
        odt(
            body,
            margins=f"<style:header>{p('機密')}</style:header><style:footer>{p('頁尾')}</style:footer>",
            title="契約",
        ),
    )
    told = found.rows["document_passages"]

    assert [(row["kind"], row["text"]) for row in told] == [
        ("heading", "總則"),
        ("paragraph", "本文後"),
        ("footnote", "見附件"),
        ("text_box", "附註"),
        ("table_cell", "單價"),
        ("paragraph", "項目"),
        ("header", "機密"),
        ("footer", "頁尾"),
    ]
    assert ([row.get("heading") for row in told[:2]], told[0]["document"], len(found.skips)) == (
        [None, "總則"],
        "契約",
        1,
    )


def test_tracked_changes_are_told_apart_and_deleted_text_is_no_text() -> None:
    regions = (
        '<text:tracked-changes><text:changed-region text:id="d"><text:deletion><text:p>三</text:p></text:deletion></text:changed-region>'
        '<text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    changed = 'text:change-id="i"'
    body = regions + p(
        f'保密<text:change text:change-id="d"/><text:change-start {changed}/>五<text:change-end {changed}/>年'
    )
    (row,) = rows(odt(body))

    assert (row["text"], row["deleted_text"], row["inserted_text"]) == ("保密五年", "三", "五")


@pytest.mark.parametrize("style", ["H", "H2"])
def test_hidden_text_is_told_and_not_shown(style: str) -> None:
    spanned = rows(odt(p(f'看得到<text:span text:style-name="{style}">看不到</text:span>')))
    whole = rows(odt(p("看不到", style)))

    assert [(row.get("text"), row["hidden_text"]) for row in (*spanned, *whole)] == [
        ("看得到", "看不到"),
        (None, "看不到"),
    ]


def test_pages_are_those_of_the_last_layout_or_unknown() -> None:
    mark = "<text:soft-page-break/>"

    assert [row["page"] for row in rows(odt(p("a") + mark + p("b") + p(f"c{mark}d") + p("e")))] == [1, 2, 2, 3]
    assert [row.get("page") for row in rows(odt(p("a")))] == [None]


def test_blanks_tabs_and_line_ends_are_text_and_offsets_count_them() -> None:
    first, second = rows(odt(p('甲<text:s text:c="2"/>乙<text:tab/><text:line-break/>丙') + p("丁")))

    assert first["text"] == "甲  乙\t\n丙"
    assert second["text_offset"] == len(str(first["text"])) + 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (odt(p("a"), manifest="<m><encryption-data/></m>"), "password-protected"),
        (archive({"mimetype": MIME}), "no body"),
        (
            archive({"mimetype": MIME, "content.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}),
            "document type declaration",
        ),
        (odt(p("a"))[:-30], "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    reading = read(reader, data)

    assert reading.rows == {}
    assert why in reading.rejects[0].why.en


def test_it_is_taken_for_a_document_only_where_somebody_says_so() -> None:
    head = Head("a.odt", odt(p("a")), whole=True)

    assert recognise(head, readers(), "odt_text").reader is reader
    with pytest.raises(Unrecognised) as refused:
        recognise(head, readers())
    assert 'reader = "odt_text"' in refused.value.why.en
