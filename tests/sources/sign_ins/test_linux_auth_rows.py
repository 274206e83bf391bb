"""Sign-ins against what others say of the same lines, and messages that came without lines."""

import csv

import numpy as np
import pyarrow as pa
import pytest

from chahe.sources.sign_ins.linux_auth import reader
from chahe.sources.sign_ins.linux_auth_rows import WHYS, of_messages
from reading import read, shared_data

WAZUH = {
    "2502": {"outcome": "failure"},
    "5403": {"activity": "privilege_use", "outcome": "success"},
    "5404": {"activity": "privilege_use", "outcome": "failure"},
    "5405": {"activity": "privilege_use", "outcome": "failure"},
    "5401": {"activity": "privilege_use", "outcome": "failure"},
    "5402": {"activity": "privilege_use", "outcome": "success", "target_account": "root"},
    "5501": {"outcome": "success"},
    "5503": {"outcome": "failure"},
    "5710": {"outcome": "failure"},
    "5712": {"outcome": "failure"},
    "5716": {"activity": "logon", "outcome": "failure"},
    "5718": {"activity": "other", "outcome": "failure"},
    "5719": {"activity": "other", "outcome": "failure"},
    "5758": {"activity": "other", "outcome": "failure"},
    "5760": {"outcome": "failure"},
    "5761": {"activity": "other"},
    "5763": {"activity": "logon", "outcome": "failure"},
}
"""What Wazuh's rules say happened, where they tell of a sign-in, a refusal or a use of privilege."""
WITHOUT_ROW = ("Postponed ", "input_userauth_request: ")
"""Lines that Wazuh counts as an invalid user's, and that say nothing of a result: other lines of the same attempt do."""


@pytest.mark.parametrize(("name", "judged"), [("pam", 3), ("sshd", 42), ("sudo", 8)])
def test_it_agrees_with_the_rules_of_wazuh(name, judged):
    folder = shared_data("auth_linux", "wazuh_4.14.7_logtest")
    data = (folder / f"{name}.lines.log").read_bytes()
    rows = {row["place"]: row for row in read(reader, data).rows["auth_events"]}
    with (folder / f"{name}.truth.tsv").open() as file:
        truth = {int(row["line"]): row["wazuh_rule"] for row in csv.DictReader(file, delimiter="\t")}
    lines = data.decode().split("\n")
    places = [
        place
        for place, rule in truth.items()
        if rule in WAZUH and not any(word in lines[place - 1] for word in WITHOUT_ROW)
    ]

    assert len(places) == judged
    for place in places:
        meant = WAZUH[truth[place]]
        assert (place, {name: rows[place].get(name) for name in meant}) == (place, meant)


def test_messages_without_lines_say_the_same():
    programs = pa.array(["sshd", "su", None, "CRON", "sshd", "kernel"])
    messages = pa.array(
        [
            "Failed password for invalid user 王 from 192.0.2.7 port 5 ssh2",
            "pam_unix(su:session): session opened for user root by mei(uid=7)",
            None,
            "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)",
            "Server listening on 0.0.0.0 port 22.",
            "oops",
        ]
    )
    found = of_messages(programs, messages)

    assert [None if why < 0 else WHYS[why] for why in found.whys] == [
        *(None, None, "unrelated", "unattended", "ssh_detail", "unrelated")
    ]
    assert [found.columns[name].to_pylist()[0] for name in ("activity", "outcome", "account", "source_port")] == [
        *("logon", "failure", "王", 5)
    ]
    assert [found.columns[name].to_pylist()[1] for name in ("activity", "account", "target_account", "service")] == [
        *("privilege_use", "mei", "root", "su")
    ]


def test_a_part_of_a_column_of_messages_is_read_alone():
    messages = pa.array(["x", "Accepted password for mei from 192.0.2.7 port 5 ssh2"])
    found = of_messages(pa.array(["a", "sshd"]).slice(1), messages.slice(1))

    assert found.whys.tolist() == [-1]
    assert found.columns["account"].to_pylist() == ["mei"]
    assert found.whys.dtype == np.int32
