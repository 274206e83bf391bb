"""What a log relay's tests expect of real firewall lines, held against what a reader makes of them."""

import csv
from datetime import UTC, datetime, timedelta

from chahe.sources.model import Reader
from reading import Reading, read, shared_data

COLUMNS = {
    "happened_at_us": "timestamp",
    "device": "device",
    "source_address": "src_ip",
    "source_port": "src_port",
    "destination_address": "dst_ip",
    "destination_port": "dst_port",
    "action_written": "action",
    "bytes_sent": "src_bytes",
    "bytes_received": "dst_bytes",
    "account": "user",
    "event_code": "event_code",
}
"""Ours, and the relay's."""


def relay_reading(reader: Reader, name: str) -> Reading:
    """A reader over all lines of a maker's samples."""
    return read(reader, shared_data("firewall_logs", "sekoia", f"{name}.lines.log").read_bytes())


def differences(reading: Reading, name: str) -> dict[tuple[int, str], tuple[object, str]]:
    """By line and column, our value and the relay's where they differ; of lines without a row, ours is null."""
    rows = {one["place"]: one for one in reading.rows["firewall_events"]}
    truth = shared_data("firewall_logs", "sekoia", f"{name}.truth.tsv").read_text().splitlines()
    return {
        (int(line["line"]), ours): (value, line[theirs])
        for line in csv.DictReader(truth, delimiter="\t")
        for ours, theirs in COLUMNS.items()
        if not _agrees(value := rows.get(int(line["line"]), {}).get(ours), line[theirs])
    }


def _agrees(value: object, theirs: str) -> bool:
    if isinstance(value, int) and "T" in theirs:
        moment = datetime.fromisoformat(theirs)
        # Nanoseconds are cut here and rounded there.
        return abs((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) - value) <= 1
    return str("" if value is None else value).lower() == theirs.lower()
