"""What reports quote: for a finding, the raw records behind it, a few for each control."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chahe.engine.headings import heading
from chahe.engine.message import moment
from chahe.engine.record import FindingRecord, ResultRecord
from chahe.engine.show import NoRecord, RawRecord, raw_record
from chahe.engine.store import Store
from chahe.sources.personal.finds import hidden
from chahe.vault.errors import VaultError
from chahe.wording import Lang

QUOTED_FINDINGS = 20
"""Findings of one control whose raw records are quoted; of the others the row ids lead to them."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A finding with its values as text and, if quoted, its raw records."""

    finding: FindingRecord
    values: Mapping[str, str]
    """The exception's columns but for row ids; moments in Asia/Taipei."""
    row_ids: Mapping[str, str]
    raw: tuple[RawRecord, ...]


def quote(store: Store, result: ResultRecord, lang: Lang) -> list[Quoted]:
    """Every finding of a result; the raw records of the first QUOTED_FINDINGS."""
    return [
        _quoted(store, result.control, finding, lang, with_raw=index < QUOTED_FINDINGS)
        for index, finding in enumerate(result.findings)
    ]


def values_of(control: str, row: Mapping[str, object], lang: Lang) -> dict[str, str]:
    """An exception's values by heading: row ids, nulls and wordings of the other language left out."""
    other = "_en" if lang == "zh" else "_zh"
    return {
        heading(control, name, lang): shown(name, value)
        for name, value in row.items()
        if value is not None and not name.endswith(("_row", other))
    }


def shown(name: str, value: object) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith("_us"):
        return moment(value)
    return str(value)


def _quoted(store: Store, control: str, finding: FindingRecord, lang: Lang, *, with_raw: bool) -> Quoted:
    row_ids = {name: str(value) for name, value in finding.row.items() if name.endswith("_row") and value is not None}
    values = values_of(control, finding.row, lang)
    raw = tuple(_raw_records(store, row_ids)) if with_raw else ()
    return Quoted(finding, values, row_ids, raw)


def _raw_records(store: Store, row_ids: Mapping[str, str]) -> list[RawRecord]:
    found = []
    exposed = {row_id for name, row_id in row_ids.items() if name.endswith("exposure_row")}
    for row_id in dict.fromkeys(row_ids.values()):
        try:
            record = raw_record(store, row_id)
            # A finding about personal data must not spread them.
            found.append(replace(record, text=hidden(record.text)) if row_id in exposed else record)
        except (NoRecord, VaultError):
            # The row id stands in the report all the same; `chahe show` says why its bytes cannot be had.
            continue
    return found
