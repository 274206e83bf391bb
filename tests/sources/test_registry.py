"""What people are told of files that no reader takes, or that more than one would."""

import io

import pytest
from openpyxl import Workbook

from chahe.sources.catalogue import readers
from chahe.sources.model import Head, Match, Reader
from chahe.sources.registry import Unrecognised, recognise
from chahe.wording import Text


def refusal(data: bytes, *, declared: str | None = None, known: dict[str, Reader] | None = None) -> Text:
    with pytest.raises(Unrecognised) as refused:
        recognise(Head("file", data, whole=True), known or readers(), declared)
    return refused.value.why


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04" + bytes(60), "a Word, PowerPoint or ZIP file"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an old Office document"),
    ],
)
def test_a_file_that_holds_no_records_is_called_what_it_is(data: bytes, said: str) -> None:
    why = refusal(data)

    assert said in why.en
    assert why.zh.startswith("這是")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950"])
def test_a_list_under_unknown_headings_is_quoted_and_sent_to_the_template(encoding: str) -> None:
    why = refusal("流水號,品名,數量\n1,椅子,3\n".encode(encoding))

    assert "「流水號,品名,數量」" in why.zh
    assert '"流水號,品名,數量"' in why.en
    assert "chahe template" in why.zh


def test_a_long_first_line_is_cut_between_characters() -> None:
    why = refusal(("甲" * 200).encode())

    assert f"「{'甲' * 40}」" in why.zh


def test_bytes_that_are_no_text_are_shown_as_numbers() -> None:
    why = refusal(b"\x01\x02\xff\xfe\x00\x00\x00\x07rest")

    assert "0x0102fffe00000007" in why.zh
    assert "0x0102fffe00000007" in why.en


def test_an_empty_file_is_called_empty() -> None:
    assert "0 bytes" in refusal(b"").en


def test_a_declared_reader_is_taken_and_an_unknown_one_refused_with_the_known_names() -> None:
    assert recognise(Head("x", b"", whole=True), readers(), "chage").reader.name == "chage"
    assert "fortigate" in refusal(b"x", declared="fortgate").en


def test_two_readers_that_are_equally_sure_are_both_named() -> None:
    first, second = readers()["chage"], readers()["net_user"]
    alike = {
        name: type(one)(**{**{field: getattr(one, field) for field in one.__slots__}, "recognise": sure})
        for name, one, sure in (
            ("chage", first, lambda head: Match(70, "it looks so")),
            ("net_user", second, lambda head: Match(70, "it looks like that")),
        )
    }

    why = refusal(b"anything", known=alike)

    assert "chage (it looks so); net_user (it looks like that)" in why.en
    assert 'reader = "…"' in why.zh


def test_a_workbook_without_known_headings_is_called_one() -> None:
    held = io.BytesIO()
    Workbook().save(held)

    assert "Excel workbook" in refusal(held.getvalue()).en
    assert "chahe template" in refusal(held.getvalue()).zh
