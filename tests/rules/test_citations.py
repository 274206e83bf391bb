"""What is cited, which article was in force when, and how sure we are."""

import pkgutil
from datetime import date
from importlib import import_module

import pytest

from chahe.rules import citations
from chahe.rules.citation import Citation, Sureness, Version
from chahe.rules.citations import documents
from chahe.wording import Text

EVERY = {name: getattr(citations, name) for name in citations.__all__}
RULE = Text("某規定", "a rule")
SAYS = Text("要求", "what it asks")


def by_name() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("cited", [pytest.param(one, id=name) for name, one in EVERY.items()])


def test_every_constant_of_every_chapter_can_be_imported_from_the_package() -> None:
    defined = {
        name: value
        for module in pkgutil.iter_modules(citations.__path__)
        for name, value in vars(import_module(f"{citations.__name__}.{module.name}")).items()
        if isinstance(value, Citation)
    }
    assert defined == EVERY
    assert len(EVERY) > 40


def test_no_two_citations_say_the_same() -> None:
    wordings = [(cited.rule, cited.says.zh) for cited in EVERY.values()]
    assert len(set(wordings)) == len(wordings)


@by_name()
def test_a_citation_is_written_in_both_languages(cited: Citation) -> None:
    for text in (cited.rule, cited.says, *(version.label for version in cited.versions)):
        assert text.zh.strip() == text.zh != ""
        assert text.en.strip() == text.en != ""
    assert cited.says.zh.endswith("。")
    assert cited.says.en.endswith(".")


@by_name()
def test_an_unconfirmed_version_says_what_is_unconfirmed(cited: Citation) -> None:
    for version in cited.versions:
        if version.sureness is Sureness.UNCONFIRMED:
            assert version.note is not None


@by_name()
def test_a_version_is_in_force_on_the_day_it_begins_and_not_before(cited: Citation) -> None:
    for version in cited.versions:
        if version.since is not None:
            assert cited.in_force(version.since) is version
    assert cited.in_force(date(2026, 11, 22)) is cited.versions[-1]


@by_name()
def test_todays_wording_of_the_standard_is_never_claimed_as_confirmed(cited: Citation) -> None:
    if cited.rule == documents.STANDARD:
        assert cited.in_force(date(2021, 12, 31)).sureness is Sureness.DECK
        assert cited.in_force(date(2026, 11, 22)).sureness is Sureness.UNCONFIRMED


@pytest.mark.parametrize(
    ("name", "on", "article", "english"),
    [
        ("COLOCATION_RULES_OF_USE", "2021-05-10", "第11條第2項", "Art. 11(2)"),
        ("COLOCATION_RULES_OF_USE", "2021-05-11", "第18條", "Art. 18"),
        ("COLOCATION_SECURED", "2021-05-10", "第19條", "Art. 19"),
        ("COLOCATION_SECURED", "2021-05-11", "第22條", "Art. 22"),
        ("COLOCATION_NO_THIRD_PARTY", "2020-11-01", "第14條第7款", "Art. 14(7)"),
        ("COLOCATION_NO_THIRD_PARTY", "2026-11-22", "第14條第7款", "Art. 14(7)"),
        ("COLOCATION_IN_INTERNAL_CONTROL", "2020-11-01", "CA-11210（一）23", "CA-11210 (1) 23"),
    ],
)
def test_the_article_follows_the_renumbering(name: str, on: str, article: str, english: str) -> None:
    assert EVERY[name].in_force(date.fromisoformat(on)).label == Text(article, english)


def test_the_duty_to_notify_eligible_investors_began_with_the_amendment_of_2021() -> None:
    with pytest.raises(ValueError, match="was not in force on 2021-05-10"):
        EVERY["COLOCATION_ELIGIBLE_NOTIFIED"].in_force(date(2021, 5, 10))


def test_the_mechanism_on_colocation_began_in_2025() -> None:
    with pytest.raises(ValueError, match="was not in force on 2025-04-10"):
        EVERY["MECHANISM_COLOCATION_SECURED"].in_force(date(2025, 4, 10))
    assert EVERY["MECHANISM_COLOCATION_SECURED"].in_force(date(2025, 4, 11)).sureness is Sureness.RULE


def test_what_was_read_in_2022_is_not_claimed_for_2025() -> None:
    cited = EVERY["MECHANISM_DORMANT_ACCOUNTS_REVIEWED_HALF_YEARLY"]
    assert cited.in_force(date(2024, 1, 1)).sureness is Sureness.RULE
    assert cited.in_force(date(2026, 1, 1)).sureness is Sureness.UNCONFIRMED


@pytest.mark.parametrize(
    "versions",
    [
        pytest.param((), id="none"),
        pytest.param(
            (Version("2", date(2021, 5, 11), Sureness.RULE), Version("1", None, Sureness.DECK)), id="late None"
        ),
        pytest.param(
            (Version("1", date(2021, 5, 11), Sureness.RULE), Version("2", date(2021, 5, 11), Sureness.RULE)),
            id="two from the same day",
        ),
    ],
)
def test_versions_out_of_order_are_refused(versions: tuple[Version, ...]) -> None:
    with pytest.raises(ValueError, match="in the order of their days"):
        Citation(RULE, versions, SAYS)


def test_an_article_that_reads_the_same_in_both_languages_is_written_once() -> None:
    assert Version("CA-11210", None, Sureness.DECK).label == Text("CA-11210", "CA-11210")


def test_every_sureness_has_a_label() -> None:
    assert all(sureness.label.zh and sureness.label.en for sureness in Sureness)
