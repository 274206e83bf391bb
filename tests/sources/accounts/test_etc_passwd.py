"""/etc/passwd as evidence: the accounts that are root by their number."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.etc_passwd import reader
from chahe.sources.model import Context, Head
from reading import read, shared_data

SAMPLE = b"""root:x:0:0:root:/root:/bin/bash
toor:x:0000:0:second root:/root:/bin/sh
trader1:x:1001:1001:Trader One:/home/trader1:/bin/bash
"""


def test_every_account_with_uid_0_holds_top_privilege():
    reading = read(reader, SAMPLE, system="db1")
    assert reading.rows["account_rights"] == [
        {"place": 1, "system": "db1", "account": "root", "right_name": "uid 0", "top_privilege": True},
        {"place": 2, "system": "db1", "account": "toor", "right_name": "uid 0", "top_privilege": True},
    ]
    [(place, why)] = reading.skips
    assert place == 3
    assert "no right in itself" in why.en


@pytest.mark.parametrize("uid", ["", "-0", "+0", " 0", "0x0", "０", "4294967296", "1_000"])
def test_it_refuses_a_uid_that_is_no_number(uid):
    [reject] = read(reader, f"root:x:{uid}:0:root:/root:/bin/sh".encode(), system="db1").rejects
    assert "field 3" in reject.why.en


def test_it_refuses_a_line_whose_fields_are_out_of_place():
    reading = read(reader, b"root:x:0:0:root:/root\n:x:0:0:root:/root:/bin/sh\n", system="db1")
    assert [reject.place for reject in reading.rejects] == [1, 2]


def test_nis_blank_and_comment_lines_are_skipped():
    assert len(read(reader, b"\n#x\n+::::::\n-bob::::::\n", system="db1").skips) == 4


def test_it_knows_its_file_and_no_other():
    assert reader.recognise(Head("passwd", SAMPLE, whole=True)).sureness == 95
    assert reader.recognise(Head("a.txt", SAMPLE, whole=True)).sureness == 80
    assert reader.recognise(Head("passwd", b"root:x:0:\n", whole=True)) is None
    assert reader.recognise(Head("passwd", b"changing your passwd: a guide\n", whole=True)) is None
    assert reader.recognise(Head("passwd", b"", whole=True)) is None


def test_the_sample_agrees_with_its_truth():
    folder = shared_data("accounts", "jc", "centos-7.7")
    data = (folder / "passwd.out").read_bytes()
    truth = json.loads((folder / "passwd.json").read_text())
    reading = read(reader, data, system="c7")
    assert not reading.rejects
    roots = [entry["username"] for entry in truth if entry["uid"] == 0]
    assert [row["account"] for row in reading.rows["account_rights"]] == roots
    assert reading.units == len(data.splitlines())
    assert len(reading.skips) == reading.units - len(roots)
    assert reader.recognise(Head("passwd.out", data, whole=True)) is not None


@settings(deadline=None)
@given(st.binary(max_size=300) | st.lists(st.sampled_from([b"root", b":", b"0", b"x", b"\n", b","])).map(b"".join))
def test_any_bytes_are_conserved(data):
    read(reader, data, system="db1")


@settings(deadline=None)
@given(
    fields=st.lists(st.sampled_from(["root", "x", "0", "1000", "/root", ""]), max_size=8),
    at=st.integers(0, 8),
    secret=st.text("./0123456789ABCDEFabcdef", min_size=8, max_size=30),
)
def test_a_hash_never_leaves_the_reader(fields, at, secret):
    fields.insert(at, f"$1$SECRET{secret}")
    context = Context(observed_at_us=0, settings={"system": "db1"})
    for unit in reader.read(BytesIO(":".join(fields).encode()), context):
        assert "SECRET" not in repr(unit)
