"""The clauses of contracts, sentence by sentence, worked out of the passages of their documents.

Who is 甲方 is read from the contract itself; a sentence that a page or a later article may take back is never plain.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from chahe.derivations.clause_sentences import Roles, Sentence, Stance, limits_the_one_before, sentences, stances
from chahe.derivations.model import Derivation, Rows
from chahe.evidence.contract_clauses import table
from chahe.evidence.document_passages import table as document_passages

_ARTICLE: Final = re.compile(r"^第\s*([0-9零〇一二三四五六七八九十百]+)\s*條")
_TAKEN_BACK: Final = re.compile(
    r"第([0-9零〇一二三四五六七八九十百]+)條(?:第[0-9零〇一二三四五六七八九十百]+[項款])?[^。;,第]{0,12}(?:不適用|不予適用|刪除|失效|停止適用|作廢|不生效力|排除)"
    r"|(?:不適用|排除|刪除|停止適用)[^。;,]{0,6}第([0-9零〇一二三四五六七八九十百]+)條"
)
_NAMED: Final = re.compile(
    r"([^,。;:()（）「」]{2,40})[(（][^()（）]{0,8}(?:以下|下)?(?:簡稱|稱|合稱|簡稱為|稱為)[「『]?(甲方|乙方)"
)
_SIGNED: Final = re.compile(r"(甲方|乙方)(?:[(（][^()（）]{0,12}[)）])?:([^,。;]{2,40})")
_FIRM: Final = re.compile("證券|期貨|投信|投顧")
_UNFINISHED: Final = re.compile("草案|草稿|範本|樣本|樣張|未簽署|DRAFT|draft|Draft|SAMPLE|作廢")
_BODY: Final = frozenset({"paragraph", "table_cell", "text_box", "footnote"})
_TITLE_PASSAGES: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One sentence's word on one clause, in its passage."""

    passage: Mapping[str, object]
    article: str | None
    clause: str
    stance: Stance
    sentence: Sentence

    def row(self) -> dict[str, object]:
        begins = int(str(self.passage["text_offset"])) + self.sentence.begins
        return {
            "document": self.passage["document"],
            "clause": self.clause,
            "stance": self.stance,
            "page": self.passage["page"],
            "passage_number": self.passage["passage_number"],
            "begins_at": begins,
            "ends_at": begins + len(self.sentence.text),
            "quote": self.sentence.text,
            "row_id": self.passage["row_id"],
        }


def derive(rows: Mapping[str, Rows]) -> Iterator[dict[str, object]]:
    """A row for each sentence and clause it speaks of."""
    ordered = sorted(rows["document_passages"], key=lambda row: (str(row["document"]), int(str(row["passage_number"]))))
    for _, passages in groupby(ordered, key=lambda row: row["document"]):
        for found in clauses(list(passages)):
            yield found.row()


def clauses(passages: Rows) -> list[Found]:
    """What one document's passages, in their order, say of each clause."""
    roles = roles_of(passages)
    taken_back = _taken_back(passages)
    unfinished = _is_unfinished(passages)
    found: list[Found] = []
    article: str | None = None
    for place, passage in enumerate(passages):
        text = str(passage["text"] or "")
        begun = _ARTICLE.match(text)
        article = begun[1] if begun else article
        following = passages[place + 1] if place + 1 < len(passages) else None
        pending = bool(passage["inserted_text"] or passage["deleted_text"])
        for sentence in sentences(text):
            if limits_the_one_before(sentence.text):
                found = [_doubted(one) if one.article == article else one for one in found]
            doubtful = unfinished or pending or article in taken_back or _runs_on(sentence, following)
            told = _told(passage, sentence, roles, article)
            found += [_doubted(one) for one in told] if doubtful else told
    return found


def roles_of(passages: Rows) -> Roles:
    """Which party the contract calls 甲方: the securities firm must be named as one of the two, and only as one."""
    firms: set[str] = set()
    for passage in passages:
        plain = "".join(unicodedata.normalize("NFKC", str(passage["text"] or "")).split())
        named = [(name, party) for name, party in _NAMED.findall(plain)]
        named += [(name, party) for party, name in _SIGNED.findall(plain)]
        firms |= {party for name, party in named if _FIRM.search(name)}
    if firms == {"甲方"}:
        return Roles("甲方")
    return Roles("乙方") if firms == {"乙方"} else Roles(None)


def _told(passage: Mapping[str, object], sentence: Sentence, roles: Roles, article: str | None) -> list[Found]:
    """Headings, remarks, headers and footers agree on nothing; what they deny is heard."""
    body = passage["kind"] in _BODY
    return [
        Found(passage, article, clause, stance if body or stance == "denied" else "mentioned", sentence)
        for clause, stance in stances(sentence.text, roles).items()
    ]


def _doubted(one: Found) -> Found:
    return replace(one, stance="unsure") if one.stance == "granted" else one


def _runs_on(sentence: Sentence, following: Mapping[str, object] | None) -> bool:
    """May the sentence go on in the next passage (a page's end)? A passage that begins an article or item goes on with nothing."""
    if sentence.ended or following is None:
        return False
    text = str(following["text"] or "").strip()
    return not re.match(r"第\s*\S{1,6}\s*[章節條款項]|[(（]?[0-9一二三四五六七八九十]+[)）、.．]", text)


def _taken_back(passages: Rows) -> set[str | None]:
    """The articles that another place of the document says do not apply."""
    numbers: set[str | None] = set()
    for passage in passages:
        plain = "".join(unicodedata.normalize("NFKC", str(passage["text"] or "")).split())
        for first, second in _TAKEN_BACK.findall(plain):
            numbers.add(first or second)
    return numbers


def _is_unfinished(passages: Rows) -> bool:
    """Does its head, a header or a footer call it a draft or a specimen?"""
    shown: Iterable[Mapping[str, object]] = [
        *passages[:_TITLE_PASSAGES],
        *(one for one in passages if one["kind"] in ("header", "footer", "heading")),
    ]
    return any(_UNFINISHED.search(f"{one['document']} {one['title'] or ''} {one['text'] or ''}") for one in shown)


derivation = Derivation(table, (document_passages,), derive)
