"""Cases: what belongs together is one case, what does not stays apart, and nothing depends on the order of findings."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chahe.controls.linked import Family, Role, Trait
from chahe.findings.casefiles import Case, cases
from chahe.findings.grouping import CROWD
from chahe.findings.links import Found, Owner, Thing
from findings.linked_findings import found, holder

AS_OF = date(2026, 11, 22)


def _together(made: list[Case]) -> set[frozenset[str]]:
    return {frozenset(one.finding for one in case.found) for case in made}


def _cases(*findings: Found, owners: dict[Thing, Owner] | None = None) -> list[Case]:
    return cases(findings, owners or {}, AS_OF)


def test_findings_of_one_employee_are_one_case_whatever_control_made_them() -> None:
    made = _cases(
        found("a", person="e1", account="x"),
        found("b", family=Family.MONEY, person="e1", customer="c1"),
        found("c", family=Family.ACCESS, person="e1", customer="c2"),
    )
    assert _together(made) == {frozenset("abc")}
    assert [(one.role, one.value) for one in made[0].subjects] == [("employee", "e1")]


def test_sharing_holds_at_any_remove() -> None:
    made = _cases(
        found("a", person="e1", account="x"),
        found("b", account="x", device="d"),
        found("c", account="y", device="d"),
        found("d", person="e2", account="y"),
    )
    assert _together(made) == {frozenset("abcd")}
    assert [one.value for one in made[0].subjects] == ["e1", "e2"]


def test_findings_that_share_nothing_stay_apart() -> None:
    made = _cases(found("a", person="e1", account="x"), found("b", person="e2", account="y"))
    assert _together(made) == {frozenset("a"), frozenset("b")}


def test_an_account_belongs_to_its_holder() -> None:
    made = _cases(
        found("a", person="e1", account="x"),
        found("b", account="y", device="d"),
        owners=holder("x", "c") | holder("y", "c"),
    )
    assert _together(made) == {frozenset("ab")}


def test_a_name_is_the_employee_who_alone_bears_it() -> None:
    known = {Thing("speaker", "王小明"): Owner(Thing("employee", "e1"), "staff#1")}
    both = found("a", person="e1", account="x"), found("b", family=Family.WORDS, speaker="王小明", customer="c")
    assert _together(_cases(*both, owners=known)) == {frozenset("ab")}
    assert _together(_cases(*both)) == {frozenset("a")}


def test_an_address_of_an_office_does_not_make_one_case_of_everybody_there() -> None:
    few = [found(f"f{nth}", person=f"e{nth}", account=f"x{nth}", place="office") for nth in range(CROWD[Role.IP])]
    assert len(_cases(*few)) == 1
    many = [*few, found("g", person="e9", account="x9", place="office")]
    assert len(_cases(*many)) == len(many)


def test_customers_whom_a_deed_was_about_link_cases_and_do_not_join_them() -> None:
    made = _cases(found("a", person="e1", customer="c"), found("b", person="e2", customer="c"))
    assert _together(made) == {frozenset("a"), frozenset("b")}
    assert [(one.related[0][0], one.related[0][1].value) for one in made] == [(made[1].id, "c"), (made[0].id, "c")]


def test_a_finding_about_a_customer_is_shown_in_the_case_of_that_customer_too_and_counts_in_its_own() -> None:
    deed, contact = found("a", person="e1", account="x"), found("b", family=Family.CONTACTS, person="e2", customer="c")
    made = {one.subjects[0].value: one for one in _cases(deed, contact, owners=holder("x", "c"))}
    assert {name: [one.finding for one in case.adjoining] for name, case in made.items()} == {"e1": ["b"], "e2": []}
    assert "e2" in {one.thing.value for one in made["e1"].people}
    assert "raw#b" in made["e1"].rows
    assert [one.en for one in made["e1"].looks_like] == ["possibly a hidden account"]
    assert made["e1"].rank == _cases(deed, owners=holder("x", "c"))[0].rank


def test_a_finding_that_ties_nobody_to_anything_is_no_case_alone() -> None:
    alone = found("a", account="x")
    assert _cases(alone) == []
    assert _together(_cases(alone, found("b", family=Family.MONEY, account="x"))) == {frozenset("ab")}
    assert _cases(found("c")) == []


def test_ties_carry_the_records_of_every_finding_that_shows_them() -> None:
    (case,) = _cases(
        found("a", person="e1", account="x", place="p", place_row="p#1"),
        found("b", person="e1", account="x"),
        owners=holder("x", "c"),
    )
    shown = {(one.one.value, one.other.value, one.what.en): one.rows for one in case.bonds}
    assert shown == {
        ("e1", "x", "dealt with"): ("raw#a", "raw#b"),
        ("c", "x", "is the holder's"): ("list#x",),
        ("x", "p", "ordered from"): ("raw#a", "p#1"),
    }
    assert set(case.rows) == {"raw#a", "raw#b", "p#1", "list#x"}


def test_the_time_line_is_in_order_and_leads_to_the_records() -> None:
    (case,) = _cases(
        found("b", person="e1", account="x", happened_on="2026-10-02"),
        found("a", person="e1", account="x", happened_on="2026-11-01"),
        found("c", person="e1", account="x"),
    )
    assert [(one.day.isoformat(), one.findings, one.rows) for one in case.moments] == [
        ("2026-10-02", ("b",), ("raw#b",)),
        ("2026-11-01", ("a",), ("raw#a",)),
    ]


def test_a_case_keeps_its_number_while_its_first_subject_is_in_it() -> None:
    (before,) = _cases(found("a", person="e1", account="x"))
    (after,) = _cases(found("b", person="e1", account="y"), found("c", person="e1", account="z"))
    assert before.id == after.id


def test_kinds_of_record_that_meet_name_what_a_case_looks_like() -> None:
    orders = found("a", person="e1", account="x", traits=(Trait.DISCRETION,))
    contacts = found("b", family=Family.CONTACTS, person="e1", customer="c")
    money = found("c", family=Family.MONEY, person="e1", customer="c")

    def looks(*findings: Found) -> list[str]:
        return [one.en for one in _cases(*findings)[0].looks_like]

    assert looks(orders) == []
    assert looks(orders, contacts) == ["possibly a hidden account"]
    assert looks(orders, money) == ["possibly private asset management"]
    assert looks(orders, contacts, money) == ["possibly a hidden account", "possibly private asset management"]


_VALUES = st.one_of(st.none(), st.sampled_from("123456"))


@st.composite
def _worlds(draw: st.DrawFn) -> list[Found]:
    rows = draw(
        st.lists(
            st.fixed_dictionaries(dict.fromkeys(("person", "customer", "account", "device", "place"), _VALUES)),
            min_size=1,
            max_size=14,
        )
    )
    families = draw(st.lists(st.sampled_from(list(Family)), min_size=len(rows), max_size=len(rows)))
    return [found(f"f{nth:02}", family=families[nth], **row) for nth, row in enumerate(rows)]


@given(_worlds(), st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(world: list[Found], random: object) -> None:
    shuffled = list(world)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    owners = holder("1", "1") | holder("2", "1")
    assert cases(shuffled, owners, AS_OF) == cases(world, owners, AS_OF)


@given(_worlds())
def test_a_finding_is_in_one_case_at_most_and_beside_those_of_its_subject(world: list[Found]) -> None:
    made = cases(world, {}, AS_OF)
    placed = {one.finding: case.id for case in made for one in case.found}
    assert len(placed) == sum(len(case.found) for case in made)
    for one in world:
        for other in world:
            same = one.row.get("person") is not None and one.row.get("person") == other.row.get("person")
            if same and one is not other:
                assert placed[one.finding] == placed[other.finding]
