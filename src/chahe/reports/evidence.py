"""What reports quote: for a finding, the raw records behind it, a few for each control."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chahe.engine.message import duration, moment
from chahe.engine.record import FindingRecord, ResultRecord
from chahe.engine.show import NoRecord, RawRecord, Raws
from chahe.sources.personal.finds import hidden
from chahe.vault.errors import VaultError
from chahe.wording import Lang

QUOTED_FINDINGS = 20
"""Findings of one control whose raw records are quoted; of the others the row ids lead to them."""

_LONGEST_US = 10 * 365 * 86_400_000_000
"""Microseconds: no record is of the ten years after 1970, and no silence is longer."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A finding with its values as text and, if quoted, its raw records."""

    finding: FindingRecord
    values: Mapping[str, str]
    """The exception's columns but for row ids; moments in Asia/Taipei."""
    row_ids: Mapping[str, str]
    """The ids of its evidence, by heading."""
    raw: tuple[RawRecord, ...]


def quote(raws: Raws, result: ResultRecord, lang: Lang) -> list[Quoted]:
    """Every finding of a result; the raw records of the first QUOTED_FINDINGS."""
    return [
        _quoted(raws, result, finding, lang, with_raw=index < QUOTED_FINDINGS)
        for index, finding in enumerate(result.findings)
    ]


def values_of(result: ResultRecord, row: Mapping[str, object], lang: Lang) -> dict[str, str]:
    """An exception's values by heading: row ids, nulls and wordings of the other language left out; codes in words."""
    other = "_en" if lang == "zh" else "_zh"
    found: dict[str, str] = {}
    for name, value in row.items():
        if value is None or name.endswith(("_row", other)):
            continue
        word = result.words.get(name, {}).get(str(value))
        # Two columns may be called the same in the tables they come from.
        called = heading_of(result, name, lang)
        found[called if called not in found else f"{called}（{name}）"] = (
            word(lang) if word else shown(name, value, lang)
        )
    return found


def rows_of(result: ResultRecord, row: Mapping[str, object], lang: Lang) -> dict[str, str]:
    """The ids of the evidence behind an exception by heading, those that there are."""
    found: dict[str, str] = {}
    for name, value in row.items():
        if name.endswith("_row") and value is not None:
            called = heading_of(result, name, lang)
            found[called if called not in found else f"{called}（{name}）"] = str(value)
    return found


def heading_of(result: ResultRecord, column: str, lang: Lang) -> str:
    """What a column of a result's findings is called; its name in records of before headings were kept."""
    return result.headings[column](lang) if column in result.headings else column


def shown(name: str, value: object, lang: Lang) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith("_us"):
        return duration(value, lang) if abs(value) < _LONGEST_US else moment(value)
    return str(value)


def _quoted(raws: Raws, result: ResultRecord, finding: FindingRecord, lang: Lang, *, with_raw: bool) -> Quoted:
    row_ids = {name: str(value) for name, value in finding.row.items() if name.endswith("_row") and value is not None}
    raw = tuple(_raw_records(raws, row_ids)) if with_raw else ()
    return Quoted(finding, values_of(result, finding.row, lang), rows_of(result, finding.row, lang), raw)


def _raw_records(raws: Raws, row_ids: Mapping[str, str]) -> list[RawRecord]:
    found = []
    exposed = {row_id for name, row_id in row_ids.items() if name.endswith("exposure_row")}
    for row_id in dict.fromkeys(row_ids.values()):
        try:
            record = raws.of(row_id)
            # A finding about personal data must not spread them.
            found.append(replace(record, text=hidden(record.text)) if row_id in exposed else record)
        except (NoRecord, VaultError):
            # The row id stands in the report all the same; `chahe show` says why its bytes cannot be had.
            continue
    return found
