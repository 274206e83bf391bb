"""Output of sha256sum and its kin: each program with its digest, and what proves nothing rejected."""

import pytest

from chahe.sources.changes.sha256sum import NOT_ONE, UNOPENED, WEAK, reader
from chahe.sources.model import Head
from reading import read

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def rows(text: str) -> list[dict[str, object]]:
    return read(reader, text.encode(), system="ogw01").rows["program_digests"]


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (f"{DIGEST}  /opt/a", "/opt/a"),
        (f"{DIGEST} */opt/a", "/opt/a"),
        (f"{DIGEST.upper()}  /opt/交易 程式", "/opt/交易 程式"),
        (f"\\{DIGEST}  a\\\\b\\nc", "a\\b\nc"),
        (f"{DIGEST}  a\\nb", "a\\nb"),
        (f"SHA256 (/opt/a (old)) = {DIGEST}", "/opt/a (old)"),
        (f"SHA2-256(/opt/a)= {DIGEST}", "/opt/a"),
    ],
)
def test_a_line_is_a_program_and_its_digest(line: str, path: str) -> None:
    assert rows(line + "\n") == [
        {"place": 1, "system": "ogw01", "program": path, "digest": DIGEST, "algorithm": "sha256"}
    ]


@pytest.mark.parametrize(("length", "kind"), [(96, "sha384"), (128, "sha512")])
def test_longer_digests_are_told_by_their_length(length: int, kind: str) -> None:
    [row] = rows(f"{'0a' * (length // 2)}  x\n")

    assert row["algorithm"] == kind


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"{'a' * 32}  /opt/a", WEAK),
        (f"{'a' * 40} */opt/a", WEAK),
        (f"{'a' * 63}  /opt/a", WEAK),
        (f"MD5 (/opt/a) = {'a' * 32}", WEAK),
        (f"SHA3-256 (/opt/a) = {DIGEST}", WEAK),
        ("sha256sum: /opt/a: Permission denied", UNOPENED),
        (f"{DIGEST} /opt/a", NOT_ONE),
        (f"{DIGEST}  ", NOT_ONE),
        (f"{'g' * 64}  /opt/a", NOT_ONE),
    ],
)
def test_what_proves_no_content_is_rejected_and_never_left_out(line: str, why: object) -> None:
    reading = read(reader, f"{DIGEST}  /opt/b\n{line}\n# note\n\n".encode(), system="ogw01")

    [reject] = reading.rejects
    assert (reject.place, reject.why) == (2, why)
    assert [place for place, _ in reading.skips] == [3, 4]


def test_only_such_a_list_is_recognised() -> None:
    line = f"{DIGEST}  /opt/a\n".encode()

    assert reader.recognise(Head("x", line, whole=True)) is not None
    assert reader.recognise(Head("x", line + b"sha256sum: /x: Permission denied\n", whole=True)) is not None
    assert reader.recognise(Head("x", line + b"a,b\nc,d\n", whole=True)) is None
    assert reader.recognise(Head("x", b"", whole=True)) is None
