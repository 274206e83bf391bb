"""Clauses of a whole contract: who is who, what another place takes back, and where each sentence stands."""

from collections.abc import Sequence

import pytest

from chahe.derivations.contract_clauses import derive, roles_of

PARTIES = "立約人：海嶼證券股份有限公司（以下簡稱甲方）、瀚星資訊股份有限公司（以下簡稱乙方）"
AUDIT = "甲方得隨時派員至乙方處所實施資訊安全稽核。"


def passages(*texts: str | tuple[str, str], document: str = "C-1", **first: object) -> list[dict[str, object]]:
    """Passages of one document; a pair is a kind and a text."""
    rows, offset = [], 0
    for number, one in enumerate(texts, 1):
        kind, text = one if isinstance(one, tuple) else ("paragraph", one)
        rows.append(
            {
                "document": document, "title": None, "page": 1, "passage_number": number, "text_offset": offset,
                "kind": kind, "heading": None, "text": text, "inserted_text": None, "deleted_text": None,
                "hidden_text": None, "row_id": f"{document}#{number}", "observed_at_us": 0,
            }
        )  # fmt: skip
        offset += len(text) + 1
    rows[-1] |= first
    return rows


def audit(rows: Sequence[dict[str, object]]) -> list[object]:
    found = derive({"document_passages": rows})
    return [one["stance"] for one in found if one["clause"] == "right_to_audit"]


def test_a_sentence_is_quoted_with_its_page_and_place() -> None:
    rows = passages(PARTIES, "第八條　稽核：" + AUDIT)
    (found,) = (one for one in derive({"document_passages": rows}) if one["clause"] == "right_to_audit")
    whole = "\n".join(str(row["text"]) for row in rows)

    assert whole[found["begins_at"] : found["ends_at"]] == found["quote"]
    assert (found["stance"], found["page"], found["row_id"]) == ("granted", 1, "C-1#2")
    assert str(found["quote"]).endswith(AUDIT)


@pytest.mark.parametrize(
    ("line", "firm"),
    [
        (PARTIES, "甲方"),
        ("瀚星資訊（以下簡稱「甲方」）與海嶼證券（以下簡稱「乙方」）", "乙方"),
        ("甲方：海嶼證券股份有限公司", "甲方"),
        ("乙方（委託人）：海嶼證券股份有限公司", "乙方"),
        ("甲方：瀚星資訊股份有限公司", None),
        ("甲方：海嶼證券股份有限公司，乙方：東方證券股份有限公司", None),
        ("本契約由雙方簽訂。", None),
    ],
)
def test_who_is_party_a_is_read_from_the_contract(line: str, firm: str | None) -> None:
    assert roles_of(passages(line)).firm == firm


def test_a_contract_that_does_not_name_its_parties_leaves_everything_to_a_person() -> None:
    assert audit(passages(AUDIT)) == ["unsure"]


@pytest.mark.parametrize(
    "texts",
    [
        ("第八條　" + AUDIT, "但乙方得拒絕之。"),
        ("第八條　" + AUDIT + "但乙方得拒絕之。",),
        ("第八條　" + AUDIT, "前項於乙方營業時間外不適用。"),
        ("第八條　" + AUDIT, "第二十條　第八條自簽約日起不適用。"),
        ("第八條　" + AUDIT, "附則：刪除第八條。"),
        ("第八條　" + AUDIT.rstrip("。"), "之約定，雙方同意不生效力。"),
        ("第八條　甲方得隨時派員至乙方處所實施稽核", "，以乙方同意者為限。"),
        (("heading", "委外服務契約草案"), AUDIT),
        (AUDIT, ("footer", "範本，僅供參考")),
    ],
)
def test_what_another_place_may_take_back_is_not_plain(texts: tuple[str | tuple[str, str], ...]) -> None:
    assert audit(passages(PARTIES, *texts))[0] == "unsure"


@pytest.mark.parametrize(
    "texts",
    [
        ("第八條　" + AUDIT, "第九條　但書如下。"),
        ("第八條　" + AUDIT, "第二十條　第十八條不適用。"),
        ("第八條　" + AUDIT.rstrip("。"), "第九條　保密"),
        ("第七條　甲方應付款。但乙方遲延者不在此限。", "第八條　" + AUDIT),
    ],
)
def test_what_speaks_of_another_article_takes_nothing_back(texts: tuple[str, ...]) -> None:
    assert audit(passages(PARTIES, *texts)) == ["granted"]


@pytest.mark.parametrize("kind", ["heading", "comment", "header", "footer"])
def test_only_the_body_agrees(kind: str) -> None:
    assert audit(passages(PARTIES, (kind, AUDIT))) == ["mentioned"]
    assert audit(passages(PARTIES, (kind, "甲方不得稽核乙方。"))) == ["denied"]


@pytest.mark.parametrize("column", ["inserted_text", "deleted_text"])
def test_changes_that_nobody_accepted_yet_are_not_plain(column: str) -> None:
    assert audit(passages(PARTIES, AUDIT, **{column: "隨時"})) == ["unsure"]


def test_documents_do_not_speak_for_one_another() -> None:
    both = [*passages(PARTIES, "第一條　" + AUDIT), *passages("第一條　但不得稽核。", document="C-2")]

    assert audit(both)[0] == "granted"


def test_a_passage_without_seen_text_says_nothing() -> None:
    assert list(derive({"document_passages": passages(PARTIES, AUDIT, text=None, deleted_text=AUDIT)})) == []
