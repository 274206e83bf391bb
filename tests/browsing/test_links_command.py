"""`chahe links` from the outside: a saved page in, a list that a reader knows and pictures out."""

import csv
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from chahe.cli import exits
from commands import call

CHROMIUM = shutil.which("chromium")
AS_ROOT = ("--no-sandbox",) if os.geteuid() == 0 else ()
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (tools/debian-packages)")


@needs_chromium
def test_a_saved_page_becomes_a_list_and_pictures_by_their_digest(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<meta charset="utf-8"><a href="https://www.facebook.com/x">臉書</a>', "utf-8")
    out = tmp_path / "site.csv"

    done = call("links", page, "-o", out, "--chromium", str(CHROMIUM), *AS_ROOT)

    assert done.returncode == exits.FINE, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["連結文字"], row["目標主機"], row["離站提示"]) == ("臉書", "www.facebook.com", "none")
    picture = tmp_path / "site_pictures" / f"{row['畫面摘要']}.png"
    assert sha256(picture.read_bytes()).hexdigest() == row["畫面摘要"]


@needs_chromium
def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "site.csv"
    out.write_text("kept", "utf-8")

    assert call("links", "https://example.invalid/", "-o", out).returncode == exits.USAGE
    assert out.read_text("utf-8") == "kept"


def test_without_a_browser_it_says_so(tmp_path: Path) -> None:
    done = call("links", "file:///nowhere", "-o", tmp_path / "a.csv", "--chromium", tmp_path / "none", "--lang", "en")

    assert done.returncode == exits.USAGE
    assert "browser" in done.stderr
    assert not (tmp_path / "a.csv").exists()
