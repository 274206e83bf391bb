"""git log in its layouts: jc's truth commit by commit, two repositories' logs in two layouts each, and what is refused."""

import json
from pathlib import Path

import pytest

from chahe.rules.roc import read_moment
from chahe.sources.changes.commit_log import commit_moment
from chahe.sources.changes.git_log import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

SHA = "9f2c1d7e0b5a4c3d2e1f0a9b8c7d6e5f4a3b2c1d"
OTHER = "6f7a053dfb44a67dbbfbdd35c92290cfdfdbc9a5"
HEADED = f"commit {SHA}\nAuthor: Wang Mei <mei@firm.example>\nDate:   Mon Mar 2 10:15:23 2026 +0800\n"
AT = read_moment("2026-03-02 10:15:23", "Asia/Taipei")


def log(text: str) -> Reading:
    return read(reader, text.encode(), repository="fees")


def only(text: str) -> dict[str, object]:
    (row,) = log(text).rows["commits"]
    return row


@pytest.mark.parametrize("layout", ["medium", "fuller"])
def test_it_equals_the_truth_commit_by_commit(layout: str) -> None:
    folder = shared_data("git_history", "jc", "generic")
    reading = read(reader, (folder / f"git-log-{layout}-stat.out").read_bytes(), repository="jc")
    truth = json.loads((folder / f"git-log-{layout}-stat.json").read_text(encoding="utf-8"))

    assert reading.rejects == reading.skips == []
    assert [as_jc(row) for row in reading.rows["commits"]] == [of_jc(commit) for commit in truth]


def as_jc(row: dict[str, object]) -> dict[str, object]:
    names = ("commit_id", "author", "author_mail", "authored_at_us", "parent_ids", "committer", "committer_mail")
    told = {name: row.get(name) for name in (*names, "committed_at_us", "files_changed", "insertions", "deletions")}
    return {**told, "message": row.get("message"), "paths": str(row.get("paths", "")).split("\n")}


def of_jc(commit: dict[str, object]) -> dict[str, object]:
    """jc counts what --stat leaves out as zero, as we do, and knows no zone in its epochs: its date's text is compared."""
    stats = commit.get("stats")
    assert isinstance(stats, dict | None)
    entered = commit.get("commit_by_date")
    return {
        "commit_id": commit["commit"],
        "author": commit["author"],
        "author_mail": commit["author_email"],
        "authored_at_us": commit_moment(str(commit["date"]), "Asia/Taipei"),
        "parent_ids": commit.get("merge"),
        "committer": commit.get("commit_by"),
        "committer_mail": commit.get("commit_by_email"),
        "committed_at_us": commit_moment(str(entered), "Asia/Taipei") if entered else None,
        "files_changed": stats["files_changed"] if stats else None,
        "insertions": stats["insertions"] if stats else None,
        "deletions": stats["deletions"] if stats else None,
        "message": commit["message"],
        "paths": stats["files"] if stats else [""],
    }


@pytest.mark.parametrize(
    ("name", "commits", "both"),
    [("FIXTradingCommunity_fix-log-to-orchestra", 120, 120), ("ssato_fortios-xutils", 204, 204)],
)
def test_two_layouts_of_a_repository_say_the_same_of_each_commit(name: str, commits: int, both: int) -> None:
    fuller, separated = (by_id(shared_data("git_history", "real_repos", f"{name}.{layout}.log")) for layout in LAYOUTS)
    shared = fuller.keys() & separated.keys()
    same = (
        "author",
        "author_mail",
        "authored_at_us",
        "committer",
        "committer_mail",
        "committed_at_us",
    )

    assert (len(fuller), len(shared)) == (commits, both)
    for commit in shared:
        first, second = fuller[commit], separated[commit]
        assert [first.get(column) for column in same] == [second.get(column) for column in same], commit
        if "files_changed" in first:
            assert first["files_changed"] == second["files_changed"], commit
        assert str(first["subject"]) == str(second["subject"]).split("\n")[0]
        parents = str(second.get("parent_ids", "")).split()
        assert str(first.get("parent_ids", "")).split() == ([one[:7] for one in parents] if len(parents) > 1 else [])


LAYOUTS = ("fuller_numstat", "sep_namestatus")


def by_id(path: Path) -> dict[str, dict[str, object]]:
    reading = read(reader, path.read_bytes(), repository="one")
    assert reading.rejects == []
    return {str(row["commit_id"]): row for row in reading.rows["commits"]}


def test_the_raw_layout_tells_parents_and_an_unverified_signature() -> None:
    row = only(
        f"commit {SHA}\ntree 1111111111111111111111111111111111111111\nparent {OTHER}\n"
        "author Wang Mei <mei@firm.example> 1772417723 +0800\ncommitter Chen Hua <hua@firm.example> 1772417800 +0800\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n    Fix\n\n    more\n\n"
        ":100644 100644 1111111 2222222 M\tsrc/a.py\n"
    )

    assert (row["parent_ids"], row["authored_at_us"], row["committed_at_us"]) == (OTHER, AT, AT + 77_000_000)
    assert (row["signature"], row["subject"], row["message"], row["paths"]) == (
        "unverified",
        "Fix",
        "Fix\n\nmore",
        "src/a.py",
    )
    assert row["happened_at_us"] == row["committed_at_us"]


@pytest.mark.parametrize(
    ("said", "signature"),
    [
        ('gpg: Good signature from "Wang Mei"', "good"),
        ('Good "git" signature for mei@firm.example with ED25519 key SHA256:x', "good"),
        ('gpg: BAD signature from "Wang Mei"', "bad"),
        ("gpg: Can't check signature: No public key", "unverified"),
        ("No signature", None),
    ],
)
def test_it_tells_what_show_signature_found(said: str, signature: str | None) -> None:
    assert only(HEADED.replace("\n", f"\n{said}\n", 1)).get("signature") == signature


def test_decorations_and_a_merge_in_medium() -> None:
    row = only(
        HEADED.replace(SHA, f"{SHA} (HEAD -> main, tag: v1 (x))").replace("Author", "Merge: 8cd69bc 6f7a053\nAuthor", 1)
    )

    assert (row["refs"], row["parent_ids"], row["happened_at_us"]) == (
        "HEAD -> main, tag: v1 (x)",
        "8cd69bc 6f7a053",
        AT,
    )
    assert "committed_at_us" not in row
    assert "committer" not in row


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (" a.py | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n", (1, 1, 1, "a.py")),
        (" a.bin | Bin 0 -> 12 bytes\n 1 file changed, 0 insertions(+), 0 deletions(-)\n", (1, 0, 0, "a.bin")),
        ("3\t1\ta.py\n-\t-\tb.bin\n", (2, 3, 1, "a.py\nb.bin")),
        ("M\ta.py\nR095\told.py\tnew.py\n", (2, None, None, "a.py\nold.py => new.py")),
        ("a.py\ndir/b.py\n", (2, None, None, "a.py\ndir/b.py")),
        (" 3 files changed, 9 deletions(-)\n", (3, 0, 9, None)),
        ("", (None, None, None, None)),
    ],
)
def test_what_was_changed_in_each_way_git_prints_it(below: str, expected: tuple[object, ...]) -> None:
    row = only(f"{HEADED}\n    Words\n\n{below}")

    assert tuple(row.get(name) for name in ("files_changed", "insertions", "deletions", "paths")) == expected


def test_a_patch_is_left_out_and_its_lines_begin_no_commit() -> None:
    row = only(
        f"{HEADED}\n    Words\n\n1\t0\ta.txt\n\ndiff --git a/a.txt b/a.txt\n@@ -0,0 +1 @@\n+commit {OTHER}\n9\t9\tb.txt\n"
    )

    assert (row["files_changed"], row["insertions"], row["paths"]) == (1, 1, "a.txt")


@pytest.mark.parametrize(
    "written",
    [
        "Mon Mar 2 10:15:23 2026 +0800",
        "2026-03-02 10:15:23 +0800",
        "2026-03-02T10:15:23+08:00",
        "Mon, 2 Mar 2026 10:15:23 +0800",
        "1772417723 +0800",
        "1772417723",
        "Mon Mar 2 10:15:23 2026",
        "2026-03-02T02:15:23Z",
    ],
)
def test_every_style_of_dates_is_the_same_moment(written: str) -> None:
    assert commit_moment(written, "Asia/Taipei") == AT


@pytest.mark.parametrize("written", ["2026-03-02", "3 weeks ago", "Mon Foo 2 10:15:23 2026 +0800", "", "12345"])
def test_a_date_that_is_no_moment_rejects_its_commit_and_no_other(written: str) -> None:
    bad = HEADED.replace("Mon Mar 2 10:15:23 2026 +0800", written).replace(SHA, OTHER)
    reading = log(f"{HEADED}\n    One\n\n{bad}\n    Two\n")

    assert [row["subject"] for row in reading.rows["commits"]] == ["One"]
    assert [reject.place for reject in reading.rejects] == [2]


def test_lines_before_the_first_commit_and_cut_records_are_rejected() -> None:
    assert "no commit" in log(f"warning: something\n{HEADED}").rejects[0].why.en
    cut = log(f"\x1e{SHA}\x1f\x1fWang Mei\x1fmei@firm.example\n")
    assert "fields of this commit" in cut.rejects[0].why.en
    assert (
        "cannot be decoded" in read(reader, HEADED.encode() + b"\n    \xff\xff\xfe\n", repository="x").rejects[0].why.en
    )


def test_the_separated_layout_with_its_end_marked_keeps_lines_that_look_like_files() -> None:
    fields = [SHA, OTHER, "Wang Mei", "mei@firm.example", "2026-03-02T10:15:23+08:00"]
    entered = ["Chen Hua", "hua@firm.example", "2026-03-02T10:15:23+08:00", "Words", "1\t1\tnot a file\n"]
    row = only("\x1e" + "\x1f".join([*fields, *entered, ""]) + "\n\n5\t2\ta.py\n")

    assert (row["message"], row["paths"], row["insertions"]) == ("Words\n\n1\t1\tnot a file", "a.py", 5)


def test_a_drawn_log_is_refused_with_what_to_do() -> None:
    text = f"* commit {SHA}\n| Author: Wang Mei <mei@firm.example>\n| Date:   Mon Mar 2 10:15:23 2026 +0800\n"

    assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is not None
    assert "--graph" in log(text).rejects[0].why.en


def test_it_is_known_by_its_first_commit_alone() -> None:
    assert reader.recognise(Head("a.txt", f"\n{HEADED}".encode(), whole=True)) is not None
    for other in (
        "commit early, commit often\nAuthor: x <y>\n",
        "Author: Wang Mei <mei@firm.example>\n",
        '{"commit": "9f2c1d7e"}',
    ):
        assert reader.recognise(Head("a.txt", other.encode(), whole=True)) is None


def test_a_password_in_a_remotes_address_is_left_out() -> None:
    row = only(f"{HEADED}\n    Merge branch 'a' of https://mei:s3cret@git.example/fees\n")

    assert row["message"] == "Merge branch 'a' of https://mei:…@git.example/fees"
