"""Cases as they are read: the picture is the same everywhere, the tables hold all of it, and addresses are not spread."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from chahe.controls.linked import Family
from chahe.findings.casefiles import Case, cases
from chahe.findings.links import Thing
from chahe.reports.case_graph import DRAWN, HEIGHT, WIDTH, fitted, picture
from chahe.reports.case_sheets import CASE_HEADINGS, DETAIL_HEADINGS, case_rows, detail_rows
from chahe.reports.case_views import formula, names, plain, steps, whose
from chahe.reports.page import case_section
from findings.linked_findings import found, holder

AS_OF = date(2026, 11, 22)
HIDDEN = "ab" * 32 + "#7"


@pytest.fixture
def case() -> Case:
    made = cases(
        [
            found("a-1", person="e1", account="x", place="p", happened_on="2026-10-02", severity=5),
            found("b-2", family=Family.MONEY, person="e1", customer="c2", amount=500_000, happened_on="2026-11-02"),
            found("c-3", person="e1", device=HIDDEN, account="y"),
        ],
        holder("x", "c1"),
        AS_OF,
    )
    return made[0]


def test_the_parts_multiply_to_the_score(case: Case) -> None:
    told = steps(case)
    assert abs(told[-1].product - case.rank.score) < 1
    assert formula(case) == " × ".join(str(step.factor) for step in told)
    assert whose(case, "zh") == "員工 e1"
    assert whose(case, "en") == "employee e1"


def test_what_is_known_by_its_record_alone_shows_no_value(case: Case) -> None:
    assert names(case, "zh")[Thing("device", HIDDEN)] == "裝置 1"
    assert HIDDEN not in "".join(names(case, "en").values())


def test_every_person_and_thing_has_a_place_of_its_own_and_every_tie_a_line(case: Case) -> None:
    drawn = picture(case)
    assert {spot.thing for spot in drawn.spots} == {one.thing for one in case.people}
    assert sorted(number for line in drawn.lines for number in line.ties) == list(range(1, len(case.bonds) + 1))
    corners = [(spot.x, spot.y) for spot in drawn.spots]
    assert len(set(corners)) == len(corners)
    for x, y in corners:
        assert 0 <= x <= drawn.width - WIDTH
        assert 0 <= y <= drawn.height - HEIGHT
    assert picture(case) == drawn


def test_a_picture_leaves_out_what_nobody_could_read_and_says_so() -> None:
    many = [found(f"f-{nth}", person="e1", customer=f"c{nth:03}") for nth in range(70)]
    (case,) = cases(many, {}, AS_OF)
    drawn = picture(case)
    assert len(drawn.spots) == DRAWN
    assert drawn.left_out == 71 - DRAWN
    assert len(detail_rows([case], "zh")) == 71 + 70


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_tells_in_tables_what_the_picture_shows(case: Case, lang: str) -> None:
    page = case_section([case], lang)  # type: ignore[arg-type]
    assert page == case_section([case], lang)  # type: ignore[arg-type]
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert svg
    drawn = ET.fromstring(svg[0])  # noqa: S314 - our own page
    anchors = {one.get("href") for one in drawn.iter("a")}
    tables = page.replace(svg[0], "")
    assert anchors == {f"#{case.id}-{nth}" for nth in range(1, len(case.people) + 1)}
    assert all(f'id="{one[1:]}"' in tables for one in anchors if one)
    for bond in case.bonds:
        assert all(row in tables for row in bond.rows)
    assert ("不是認定違規" if lang == "zh" else "judges nobody") in page
    assert "guilty" not in page


def test_labels_are_cut_to_their_box() -> None:
    assert fitted("員工 e1") == "員工 e1"
    assert fitted("員工的關係人 12（未成年子女、受監護人）") == "員工的關係人 12（未成年…"


def test_sheets_and_json_hold_every_tie_event_and_record(case: Case) -> None:
    (row,) = case_rows([case], "zh")
    assert len(row) == len(CASE_HEADINGS)
    details = detail_rows([case], "en")
    assert {len(one) for one in details} == {len(DETAIL_HEADINGS)}
    assert len(details) == len(case.people) + len(case.bonds) + len(case.moments)
    told = str(plain(case))
    assert all(one in "\n".join(str(cell) for cells in details for cell in cells) for one in case.rows)
    assert all(one in told for one in case.rows)
