"""PDF documents: paragraphs with pages and offsets, Chinese without embedded fonts, scanned and locked pages."""

import pytest

from chahe.sources.catalogue import readers
from chahe.sources.documents.pdf_text import reader
from chahe.sources.model import Head
from chahe.sources.registry import Unrecognised, recognise
from pdf_file import PICTURE, line, pdf
from reading import Reading, read

LONG = "The supplier keeps all that it learns about the customers of the firm secret,"


def page(*texts: str, top: int = 780, step: int = 16, left: int = 72) -> str:
    return "".join(line(text, at=(left, top - step * index)) for index, text in enumerate(texts))


def texts(data: bytes) -> list[object]:
    return [row["text"] for row in rows(data)]


def rows(data: bytes, **settings: str) -> list[dict[str, object]]:
    return read(reader, data, **settings).rows["document_passages"]


def test_lines_are_brought_together_to_paragraphs() -> None:
    lines = page(LONG, LONG.replace(",", ";"), "for five years.", "Article 4 Fees", LONG, "always.")

    assert texts(pdf([lines])) == [
        f"{LONG} {LONG.replace(',', ';')} for five years.",
        "Article 4 Fees",
        f"{LONG} always.",
    ]


def test_chinese_without_an_embedded_font_is_read_and_joined_without_blanks() -> None:
    first = "第三條 保密：乙方對於履行本契約所知悉之甲方客戶資料應予保密不得"
    data = pdf([page(first, "洩漏。", "第四條 罰則")], title="委外契約")
    found = rows(data)

    assert [row["text"] for row in found] == [first + "洩漏。", "第四條 罰則"]
    assert {(row["document"], row["title"]) for row in found} == {("委外契約", "委外契約")}


def test_a_wider_gap_and_another_size_begin_a_paragraph() -> None:
    gap = line(LONG, at=(72, 700)) + line(LONG, at=(72, 684)) + line(LONG, at=(72, 640))
    sizes = line("Outsourcing contract of the year", at=(72, 760), size=24) + line(LONG, at=(72, 730))

    assert texts(pdf([gap])) == [f"{LONG} {LONG}", LONG]
    assert texts(pdf([sizes])) == ["Outsourcing contract of the year", LONG]


def test_pages_and_offsets_lead_into_the_whole_text() -> None:
    found = rows(pdf([page("One", "Article 2"), "", page("Three")]))
    whole = "\n".join(str(row["text"]) for row in found)

    assert [(row["page"], row["passage_number"], row["place"]) for row in found] == [(1, 1, 1), (1, 2, 1), (3, 3, 3)]
    for row in found:
        begin = int(str(row["text_offset"]))
        assert whole[begin : begin + len(str(row["text"]))] == row["text"]


def fates(data: bytes) -> tuple[Reading, list[int], list[int]]:
    reading = read(reader, data)
    return reading, [place for place, _ in reading.skips], [reject.place for reject in reading.rejects]


def test_a_scanned_page_is_rejected_and_a_blank_one_skipped() -> None:
    reading, skips, rejects = fates(pdf([page("Words"), PICTURE, "", PICTURE + page("2026-03-02")]))

    assert (len(reading.rows["document_passages"]), skips, rejects) == (1, [3], [2, 4])
    assert "scanned page" in reading.rejects[0].why.en
    assert "OCR" in reading.rejects[0].why.zh


def test_text_over_a_picture_is_text() -> None:
    assert texts(pdf([PICTURE + page(LONG)])) == [LONG]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf([page("Words")], locked=True), "needs a password"),
        (b"%PDF-1.7\nnothing of the kind", "damaged or incomplete"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    reading = read(reader, data)

    assert reading.rows == {}
    assert why in reading.rejects[0].why.en


def test_it_is_taken_for_a_document_only_where_somebody_says_so() -> None:
    data = pdf([page("Words")])
    head = Head("a.pdf", data, whole=True)

    assert rows(data, document="P-7")[0]["document"] == "P-7"
    assert recognise(head, readers(), "pdf_text").reader is reader
    with pytest.raises(Unrecognised) as refused:
        recognise(head, readers())
    assert 'reader = "pdf_text"' in refused.value.why.en
