"""Plain text and Markdown as documents: where passages end, headings, pages, offsets, encodings."""

from chahe.sources.documents.plain_text import reader
from chahe.sources.model import Head
from reading import read

POLICY = """# 資訊安全政策

第一章 總則

本公司為確保
資訊安全，訂定本政策。
第一條 目的
第二條 範圍：
一、總公司
（二）分公司
- 其他

修訂紀錄
--------
1. 民國一一五年
"""


def found(text: str, encoding: str = "utf-8") -> list[dict[str, object]]:
    return read(reader, text.encode(encoding)).rows["document_passages"]


def test_passages_end_at_blank_lines_articles_and_items() -> None:
    assert [(row["kind"], row["text"]) for row in found(POLICY)] == [
        ("heading", "資訊安全政策"),
        ("heading", "第一章 總則"),
        ("paragraph", "本公司為確保\n資訊安全，訂定本政策。"),
        ("paragraph", "第一條 目的"),
        ("paragraph", "第二條 範圍："),
        ("paragraph", "一、總公司"),
        ("paragraph", "（二）分公司"),
        ("paragraph", "- 其他"),
        ("heading", "修訂紀錄"),
        ("paragraph", "1. 民國一一五年"),
    ]


def test_offsets_lead_into_the_whole_text_and_the_first_heading_names_it() -> None:
    rows = found(POLICY)
    whole = "\n".join(str(row["text"]) for row in rows)

    assert {row["document"] for row in rows} == {"資訊安全政策"}
    for row in rows:
        begin = int(str(row["text_offset"]))
        assert whole[begin:].startswith(str(row["text"]))


def test_big5_and_utf16_say_the_same() -> None:
    assert found("第三條 保密", "cp950") == found("第三條 保密") == found("第三條 保密", "utf-16")


def test_pages_are_counted_by_form_feeds_where_there_are_some() -> None:
    assert [row.get("page") for row in found("甲\n\f乙\n\n丙\f丁")] == [1, 2, 2, 3]
    assert [row.get("page") for row in found("甲\n\n乙")] == [None, None]


def test_a_passage_that_cannot_be_decoded_is_rejected_and_no_other() -> None:
    reading = read(reader, "甲\n\n".encode() + b"x \xff\xff\xfe\n\n" + "乙".encode())

    assert [row["text"] for row in reading.rows["document_passages"]] == ["甲", "乙"]
    assert [reject.place for reject in reading.rejects] == [2]


def test_no_file_is_taken_for_one_unasked() -> None:
    assert reader.recognise(Head("policy.md", POLICY.encode(), whole=True)) is None
