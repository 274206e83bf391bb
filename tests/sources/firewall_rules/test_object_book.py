"""Objects and groups of them: expanded, never narrower, in circles and in depth."""

from chahe.sources.firewall_rules.object_book import Book


def test_groups_are_expanded_in_order_and_each_word_once() -> None:
    book = Book(leaves={"a": ("1",), "b": ("2", "3")}, groups={"g": ("b", "a"), "h": ("a", "g", "g")})

    assert book.expand(("h",)) == ("1", "2", "3")
    assert book.expand(("g", "h")) == ("2", "3", "1")


def test_a_name_that_is_nowhere_and_an_empty_group_are_unknown() -> None:
    book = Book(groups={"g": ("gone", "none"), "none": ()})

    assert book.expand(("g", "other thing")) == ("unknown:gone", "unknown:none", "unknown:other_thing")


def test_a_group_inside_itself_adds_nothing() -> None:
    book = Book(leaves={"x": ("1",)}, groups={"a": ("b", "x"), "b": ("a",)})

    assert book.expand(("a",)) == ("1",)
    assert book.expand(("b",)) == ("1",)


def test_what_a_group_leaves_out_is_taken_off_wherever_it_is_used() -> None:
    leaves = {"net": ("10.0.0.0/8",), "part": ("10.0.0.0/9",), "other": ("10.1.0.0/16",)}
    book = Book(leaves=leaves, groups={"inner": ("net",), "outer": ("inner", "other")}, excluded={"inner": ("part",)})

    assert book.expand(("outer",)) == ("10.128.0.0/9", "10.1.0.0/16")


def test_a_group_that_excludes_itself_is_unknown_to_itself() -> None:
    book = Book(leaves={"net": ("10.0.0.0/8",)}, groups={"a": ("net",)}, excluded={"a": ("a",)})

    assert book.expand(("a",)) == ("10.0.0.0/8", "except:a")


def test_names_are_looked_for_above_and_mean_there_what_they_mean_there() -> None:
    above = Book(leaves={"a": ("1",), "b": ("2",)}, groups={"g": ("a", "b")})
    book = Book(leaves={"a": ("9",)}, parent=above)

    assert book.expand(("a", "b", "g")) == ("9", "2", "1")
    assert book.holds("g")
    assert not book.holds("c")


def test_a_thousand_groups_in_each_other_are_expanded() -> None:
    groups = {f"g{n}": (f"g{n + 1}", f"g{n + 2}") for n in range(3000)}
    book = Book(leaves={"g3000": ("1",), "g3001": ("2",)}, groups=groups)

    assert sorted(book.expand(("g0",))) == ["1", "2"]
