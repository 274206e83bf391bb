"""The documents say what the program does: commands, exit codes, links, examples and generated pages."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click
import pytest
from format_pages import formats, pages, samples

from chahe.cli import exits
from chahe.cli.first_file import first_file
from chahe.cli.main import group
from chahe.controls.catalogue import controls
from chahe.engine.casebook import read_cases
from chahe.engine.outcome import Outcome
from chahe.evidence.catalogue import tables
from chahe.reports.control_pages import control_pages
from chahe.reports.reference import evidence_reference
from chahe.reports.reference_controls import controls_reference
from chahe.simulate.scenarios.page import scenario_page
from chahe.sources.catalogue import readers
from chahe.workspace import open_workspace

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
COMMANDS = (DOCS / "reference" / "commands.md").read_text("utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands(within: click.Group = group) -> dict[str, click.Command]:
    """By name as it is typed after `chahe`; a group is its commands."""
    context, found = click.Context(within), dict[str, click.Command]()
    for name in within.list_commands(context):
        command = within.get_command(context, name)
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": one for inner, one in commands(command).items()}
        elif command is not None:
            found[name] = command
    return found


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


def examples(language: str) -> list[object]:
    """Every block of a language in the documents, named by its page and number."""
    return [
        pytest.param(text, id=f"{named(page)}-{number}")
        for page in PAGES
        for number, text in enumerate(blocks(page, language), start=1)
    ]


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_in_the_reference(name: str) -> None:
    assert re.search(rf"^\| `chahe {name}\b[^`]*` \|", COMMANDS, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_of_a_command_is_in_the_reference(name: str) -> None:
    shared = COMMANDS.split("| command |")[0]
    row = next(line for line in COMMANDS.splitlines() if line.startswith(f"| `chahe {name}"))

    for parameter in commands()[name].params:
        if isinstance(parameter, click.Option):
            assert any(option in shared + row for option in parameter.opts), parameter.opts


def test_every_command_of_the_reference_exists() -> None:
    assert set(re.findall(r"^\| `chahe ([a-z]+(?: [a-z]+)?)", COMMANDS, re.MULTILINE)) == set(commands())


def test_every_command_in_any_document_exists() -> None:
    for page in PAGES:
        for text in re.findall(r"`(chahe [^`]*)`", page.read_text("utf-8")) + blocks(page, "console"):
            for name in re.findall(r"(?:^|\$ )chahe ([a-z]+)", text):
                assert any(name in known.split() for known in commands()), (named(page), name)


def test_every_exit_code_is_in_the_reference() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)}

    assert codes
    assert listed == codes


def anchors(page: Path) -> set[str]:
    """What links may point at: headings as GitHub names them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        leads = (page.parent / path).resolve() if path else page
        assert leads.exists(), target
        assert not anchor or anchor in anchors(leads), target


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("reference/evidence.md", evidence_reference),
        ("reference/controls.md", controls_reference),
        ("reference/samples.md", samples),
        ("reference/scenarios.md", scenario_page),
        ("formats.md", formats),
    ],
)
def test_generated_pages_are_up_to_date(name: str, written: Callable[[], str]) -> None:
    assert (DOCS / name).read_text("utf-8") == written(), "run make docs"


def test_every_control_has_a_page_and_every_page_is_up_to_date() -> None:
    assert {path.name: path.read_text("utf-8") for path in (DOCS / "controls").glob("*.md")} == control_pages(), (
        "run make docs"
    )


@cache
def _controls_page() -> str:
    return controls_reference()


@pytest.mark.parametrize("control", sorted(controls()))
def test_every_control_is_in_the_reference(control: str) -> None:
    section = _controls_page().split(f"\n### {control}\n")[1].split("\n### ")[0]
    one = controls()[control]

    assert one.title.zh in section
    assert one.question.en in section
    assert all(parameter.why.zh in section for parameter in one.parameters.values())
    assert all(text.zh in section and text.en in section for text in one.blind_spots)
    assert one.remedy.en in section


def test_every_row_of_the_controls_page_has_as_many_cells_as_its_heading() -> None:
    for line in _controls_page().splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") == 6, line


def test_every_reader_has_its_page_and_no_page_is_left_over() -> None:
    assert sorted(pages()) == sorted(readers())


@pytest.mark.parametrize("name", sorted(readers()))
def test_the_page_of_a_reader_tells_its_tables_and_settings(name: str) -> None:
    text = (DOCS / "formats" / f"{name}.md").read_text("utf-8")
    reader = readers()[name]

    if reader.tables and not getattr(reader, "generic", False):
        assert set(re.split(r", ", pages()[name].tables)) == set(reader.tables)
    assert all(f"`{setting.name}`" in text for setting in reader.settings)


@pytest.mark.parametrize("text", examples("toml"))
def test_every_toml_example_is_a_workspace(text: str, tmp_path: Path) -> None:
    assert tomllib.loads(text)
    (tmp_path / "chahe.toml").write_text(text, "utf-8")

    workspace = open_workspace(tmp_path)

    for source in workspace.sources:
        assert source.reader is None or source.reader in readers()
        known = {setting.name for reader in readers().values() for setting in reader.settings}
        columns = {name for table in tables().values() for name in table.names}
        assert set(source.settings) <= known | columns


@pytest.mark.parametrize("name", ["範例證券", 'Quote " and \\ Co', ""])
@pytest.mark.parametrize("fact", [True, False, None])
def test_the_first_file_is_a_workspace_and_so_are_its_examples(name: str, fact: bool | None, tmp_path: Path) -> None:
    text = first_file(name, {"internet_orders": fact, "colocation": fact})
    (tmp_path / "chahe.toml").write_text(text, "utf-8")

    opened = open_workspace(tmp_path)

    assert opened.name == name
    assert opened.facts == ({} if fact is None else {"internet_orders": fact, "colocation": fact})
    uncommented = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    (tmp_path / "chahe.toml").write_text(uncommented, "utf-8")
    examples_too = open_workspace(tmp_path)
    assert len(examples_too.sources) == 3
    assert set(examples_too.parameters) <= set(controls())
    assert len(examples_too.vault_settings.witnesses) == len(examples_too.vault_settings.timestamps) == 1


def test_the_case_that_teaches_cases_can_be_read(tmp_path: Path) -> None:
    [text] = blocks(DOCS / "write-a-control.md", "markdown")
    (tmp_path / "case.md").write_text(text, "utf-8")

    [case] = read_cases(tmp_path / "case.md")

    assert case.outcome is Outcome.DEFICIENT
    assert case.expected == [{"system": "order-gw", "account": "chen", "account_row": "a#1"}]
    assert list(case.given) == ["user_accounts"]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_speaks_of_the_machine_it_was_written_on(page: Path) -> None:
    assert not re.search(r"/(?:work|tmp|root|home/\w+)/", page.read_text("utf-8"))
