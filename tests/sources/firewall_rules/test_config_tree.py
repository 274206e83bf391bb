"""Configurations as trees: the same tree from commands and from braces, commands that change it, and what breaks."""

import pytest

from chahe.sources.firewall_rules.config_tree import Node, Tree, tree


def parsed(text: str) -> Tree:
    return tree(enumerate(text.split("\n"), 1))


def paths(node: Node, *above: str) -> list[tuple[str, ...]]:
    if not node.children:
        return [above]
    return [path for name, below in node.children.items() for path in paths(below, *above, name)]


def test_braces_and_commands_give_one_tree() -> None:
    braces = parsed('a {\n  b "c d" {\n    e [ f "g h"\n    i ];\n    j;\n  }\n  /* k */ l m;\n}\n')
    commands = parsed('set a b "c d" e [ f "g h" i]\nset a b "c d" j\nset a l m\n')

    assert paths(braces.root) == paths(commands.root)
    assert paths(braces.root) == [
        ("a", "b", "c d", "e", "f"),
        ("a", "b", "c d", "e", "g h"),
        ("a", "b", "c d", "e", "i"),
        ("a", "b", "c d", "j"),
        ("a", "l", "m"),
    ]


def test_nodes_know_the_lines_that_made_them() -> None:
    found = parsed('a {\n  b {\n    c d;\n    e "f\ng";\n  }\n}\n').root

    assert found.children["a"].lines == [1, 2, 3, 4, 5, 6, 7]
    assert found.children["a"].children["b"].lines == [2, 3, 4, 5, 6]
    assert found.children["a"].children["b"].children["e"].lines == [4, 5]


def test_what_is_inactive_is_left_out_of_names_but_stays_a_child() -> None:
    braces = parsed("a {\n inactive: b c;\n d;\n}\n").root.children["a"]
    command = parsed("set a b c\nset a d\ndeactivate a b\n").root.children["a"]

    assert braces.names("b") == ()
    assert command.names() == ("d",)
    assert list(command.children) == ["b", "d"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("move r c top", ["c", "a", "b"]),
        ("move r a bottom", ["b", "c", "a"]),
        ("move r c before b", ["a", "c", "b"]),
        ("move r a after b", ["b", "a", "c"]),
        ("insert r c before rule b", ["a", "c", "b"]),
        ("move r gone top", ["a", "b", "c"]),
        ("move r a before gone", ["a", "b", "c"]),
        ("delete r b", ["a", "c"]),
        ("delete r [ a c ]", ["b"]),
    ],
)
def test_commands_change_the_tree(command: str, expected: list[str]) -> None:
    assert list(parsed(f"set r [ a b c ]\n{command}\n").root.children["r"].children) == expected


def test_lines_outside_every_brace_are_left_aside() -> None:
    found = parsed('keeper@fw> show configuration\n!kept aside\n# a comment with " in it\n[edit]\na b;\n')

    assert paths(found.root) == [("a", "b")]
    assert found.faults == {}


@pytest.mark.parametrize(
    ("text", "places"),
    [("set a [ b c\n", [1]), ('set a "b\nset c d\n', [1]), ("a;\n}\n", [2]), ("rename a to b\n", [1])],
)
def test_what_cannot_be_read_is_a_fault_at_its_line(text: str, places: list[int]) -> None:
    assert sorted(parsed(text).faults) == places


def test_a_line_that_cannot_be_read_is_shown_only_where_it_is_about_rules() -> None:
    found = parsed(
        "set mgt-config users keeper phash [ hunter2hunter2\nset rulebase security rules a source [ b\n"
    ).faults

    assert [text for _, text in found.values()] == ["set mgt-config …", "set rulebase security rules a source [ b"]


def test_a_text_that_ends_inside_a_brace_is_cut() -> None:
    assert parsed("a {\n b;\n").cut
    assert not parsed("a {\n b;\n}\n").cut


def test_braces_without_end_are_faults_and_no_trouble() -> None:
    found = parsed("a {\n" * 5000)

    assert found.cut
    assert len(found.faults) > 4000
