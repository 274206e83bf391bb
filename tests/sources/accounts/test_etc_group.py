"""/etc/group as evidence: who belongs to which group."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.etc_group import reader
from chahe.sources.model import Context, Head
from reading import read, shared_data

SAMPLE = b"root:x:0:\nwheel:x:10:ops1,ops2\nmail:x:12:postfix\n"


def rights(data: bytes) -> list[tuple[object, object, object]]:
    rows = read(reader, data, system="db1").rows["account_rights"]
    return [(row["account"], row["right_name"], row["top_privilege"]) for row in rows]


def test_each_member_is_a_row():
    assert rights(SAMPLE) == [("ops1", "wheel", True), ("ops2", "wheel", True), ("postfix", "mail", False)]


def test_a_group_without_members_is_skipped():
    [(place, why)] = read(reader, SAMPLE, system="db1").skips
    assert place == 1
    assert "without members" in why.en


@pytest.mark.parametrize("group", ["root:x:0", "wheel:x:10", "sudo:x:27", "admin:x:110", "system:x:0"])
def test_groups_with_the_power_of_root_are_top_privilege(group):
    assert rights(f"{group}:ops1\n".encode()) == [("ops1", group.split(":")[0], True)]


def test_a_member_named_twice_is_one_row():
    assert rights(b"ops:x:500:a,b,a,\n") == [("a", "ops", False), ("b", "ops", False)]


@pytest.mark.parametrize("line", ["ops:x:five:a", "ops:x:1_0:a", "ops:x::a", "ops:x:10", "$5:x:1:a", "ops:x:1:a b"])
def test_it_refuses_a_line_it_cannot_read(line):
    reading = read(reader, line.encode(), system="db1")
    assert len(reading.rejects) == 1


def test_it_knows_its_file_and_no_other():
    assert reader.recognise(Head("group", SAMPLE, whole=True)).sureness == 90
    assert reader.recognise(Head("a.txt", SAMPLE, whole=True)).sureness == 40
    assert reader.recognise(Head("gshadow", b"root:::\nwheel:::joe\n", whole=True)) is None
    assert reader.recognise(Head("group", b"root:x:0:0:root:/root:/bin/sh\n", whole=True)) is None
    assert reader.recognise(Head("group", b"", whole=True)) is None


def test_the_sample_agrees_with_its_truth():
    folder = shared_data("accounts", "jc", "centos-7.7")
    data = (folder / "group.out").read_bytes()
    truth = json.loads((folder / "group.json").read_text())
    reading = read(reader, data, system="c7")
    assert not reading.rejects
    expected = [(member, entry["group_name"]) for entry in truth for member in entry["members"]]
    assert [(row["account"], row["right_name"]) for row in reading.rows["account_rights"]] == expected
    assert [row["account"] for row in reading.rows["account_rights"] if row["top_privilege"]] == ["joeuser"]
    assert reader.recognise(Head("gshadow.out", (folder / "gshadow.out").read_bytes(), whole=True)) is None


@settings(deadline=None)
@given(st.binary(max_size=300) | st.lists(st.sampled_from([b"root", b":", b"0", b"x", b"\n", b","])).map(b"".join))
def test_any_bytes_are_conserved(data):
    read(reader, data, system="db1")


@settings(deadline=None)
@given(
    fields=st.lists(st.sampled_from(["ops", "x", "0", "a,b", ""]), max_size=5),
    at=st.integers(0, 5),
    secret=st.text("./0123456789ABCDEFabcdef", min_size=8, max_size=30),
)
def test_a_hash_never_leaves_the_reader(fields, at, secret):
    fields.insert(at, f"$1$SECRET{secret}")
    context = Context(observed_at_us=0, settings={"system": "db1"})
    for unit in reader.read(BytesIO(":".join(fields).encode()), context):
        assert "SECRET" not in repr(unit)
