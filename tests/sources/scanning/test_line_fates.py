"""What is said of lines, and what is shown of them."""

import numpy as np
import pyarrow as pa
import pytest

from chahe.sources.scanning.line_fates import SHOWN, LineFates, without_secrets


def told(fates: LineFates) -> list[tuple[object, ...]]:
    columns = fates.columns()
    return list(zip(*(columns[name].to_pylist() for name in ("fate", "why", "bad_column", "bad_value")), strict=True))


def test_a_line_is_a_row_until_something_is_said_and_the_first_thing_counts() -> None:
    fates = LineFates(pa.array(["a\n", "b\r\n", "c", "d"]), skips=("blank",))
    fates.say(np.array([False, True, False, False]), "blank")
    fates.say(np.array([False, True, True, False]), "stranger")
    fates.say(np.array([False, True, True, True]), "number", column="port", value=lambda line: f"value {line}")

    assert fates.open.tolist() == [True, False, False, False]
    assert told(fates) == [
        ("row", None, None, None),
        ("skip", "blank", None, None),
        ("reject", "stranger", None, "c"),
        ("reject", "number", "port", "value 3"),
    ]


def test_of_what_is_bad_only_the_beginning_is_shown() -> None:
    fates = LineFates(pa.array(["x" * 500]))
    fates.say(np.array([True]), "stranger")
    assert told(fates)[0][3] == "x" * SHOWN


def test_nothing_may_be_said_of_no_lines() -> None:
    fates = LineFates(pa.array([], pa.string()))
    fates.say(np.zeros(0, np.bool_), "stranger")
    assert told(fates) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nov 22 09:00:00 host sshd[1]: hello", "Nov 22 09:00:00 host sshd[1]: hello"),
        ("GET /?password=abc&x=1 HTTP", "GET /?… HTTP"),
        ("user mei PASSWD: abc def", "user mei … def"),
        ("api_token='abc' x", "api_… x"),
        ("Failed password, then nothing", "Failed password, then nothing"),
        ("serial hunter2hunter2 on 192.0.2.7", "serial … on 192.0.2.7"),
        ("22Nov2026 09:00:00", "22Nov2026 09:00:00"),
        ("20261122090000 and words", "20261122090000 and words"),
    ],
)
def test_what_could_be_a_secret_is_not_shown(text: str, shown: str) -> None:
    assert without_secrets(text) == shown
