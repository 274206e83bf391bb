"""The real scan reports and what is known of them: counts.json, and DefectDojo's numbers of findings after its grouping."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from chahe.sources.model import Reader
from reading import Reading, read, shared_data

FOLDER = "vuln_scan/DefectDojo"


def sample(path: str) -> Path:
    """A report of DefectDojo's samples; the test is skipped where they are absent."""
    return shared_data(*FOLDER.split("/"), *path.split("/"))


def loaded(reader: Reader, path: str, **settings: str) -> Reading:
    """What a reader makes of a report."""
    return read(reader, sample(path).read_bytes(), **settings)


def document(path: str) -> Any:
    """A report in JSON as the standard library reads it: how tests look at it without our code."""
    return json.loads(sample(path).read_text("utf-8"))


@cache
def _counts() -> dict[str, dict[str, Any]]:
    counted: dict[str, dict[str, Any]] = json.loads(shared_data("vuln_scan", "counts.json").read_text("utf-8"))
    return counted


def counts(path: str) -> dict[str, Any]:
    """What counts.json says of a report."""
    return _counts()[f"dev/{FOLDER}/{path}"]


def grouped(path: str) -> set[int]:
    """How many findings DefectDojo makes of a report, in each of its modes."""
    with shared_data("vuln_scan", "DefectDojo.truth.tsv").open(encoding="utf-8", newline="") as lines:
        return {
            int(row["findings_after_DefectDojo_grouping"])
            for row in csv.DictReader(lines, delimiter="\t")
            if row["file"] == path
        }


def weaknesses(reading: Reading) -> list[dict[str, Any]]:
    """Its weaknesses, in order."""
    return reading.rows.get("vulnerabilities", [])


def scans(reading: Reading) -> list[dict[str, Any]]:
    """Its scanned hosts, in order."""
    return reading.rows.get("vulnerability_scans", [])


def components(reading: Reading) -> list[dict[str, Any]]:
    """Its components, in order."""
    return reading.rows.get("sbom_components", [])


def checks(reading: Reading) -> list[dict[str, Any]]:
    """Its configuration checks, in order."""
    return reading.rows.get("configuration_checks", [])
