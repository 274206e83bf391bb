"""The outcomes of an audit seen otherwise than by chapter: by item of the slides on co-location, and by system or device."""

from collections.abc import Mapping
from dataclasses import dataclass

from chahe.controls.catalogue import controls
from chahe.engine.record import AssuranceRecord, AuditRecord, CanaryRecord, ResultRecord
from chahe.rules.deck import ITEMS
from chahe.wording import Text

_SUBJECTS = ("system", "host", "device", "watched")
"""The columns of an exception that say which system or device it stands on, the first that has a value counts."""
_COLOCATION = "共置"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the slides and the results of the controls that answer it."""

    name: str
    title: Text
    results: tuple[ResultRecord, ...]


def colocation(record: AuditRecord) -> list[Item]:
    """The items of the co-location audits, in the slides' order; an item that no control of the audit answers has no results."""
    known = controls()
    return [
        Item(
            name,
            title,
            tuple(one for one in record.results if one.control in known and name in known[one.control].deck),
        )
        for name, title in ITEMS.items()
        if name.startswith(_COLOCATION)
    ]


def by_system(record: AuditRecord) -> Mapping[str, list[tuple[ResultRecord, int]]]:
    """For each system or device that a finding names: the deficient controls, with the number of findings there."""
    seen: dict[str, list[tuple[ResultRecord, int]]] = {}
    for result in record.results:
        counted: dict[str, int] = {}
        for finding in result.findings:
            named = next((str(finding.row[name]) for name in _SUBJECTS if finding.row.get(name)), None)
            if named is not None:
                counted[named] = counted.get(named, 0) + 1
        for name, count in counted.items():
            seen.setdefault(name, []).append((result, count))
    return dict(sorted(seen.items()))


def assurance(result: ResultRecord) -> Text:
    """How far the control's cases could be trusted when the audit was made."""
    match result.assurance:
        case AssuranceRecord(mutants=mutants, killed=killed, equivalent=equivalent):
            real = mutants - equivalent
            return Text(
                f"在 SQL 中故意放入 {real} 個錯誤，案例測出 {killed} 個",
                f"of {real} mistakes put into its SQL, its cases tell {killed}",
            )
        case None:
            return Text("尚未以變異測試", "not measured with mutants as it stands")


def canary(result: ResultRecord) -> Text:
    """What became of the breaches that were planted beside the evidence for trial."""
    match result.canary:
        case None:
            return Text("這次查核沒有試植違規", "no breach was planted for trial in this audit")
        case CanaryRecord(unplanted=Text() as why):
            return Text(f"無法試植：{why.zh}", f"none could be planted: {why.en}")
        case CanaryRecord(planted=planted, missed=missed, changed=changed) if missed or changed:
            return Text(
                f"試植 {planted} 件違規，未通過：沒有查出 {'、'.join(missed) or '無'}；改變了公司原有的缺失 {'、'.join(changed) or '無'}",
                f"{planted} breaches planted beside the evidence, and it failed: not found {', '.join(missed) or 'none'}; "
                f"findings of the firm's that changed {', '.join(changed) or 'none'}",
            )
        case CanaryRecord(planted=planted):
            return Text(
                f"在證據旁試植 {planted} 件違規，全部查出",
                f"{planted} breaches planted beside the evidence, all found",
            )


def trust(result: ResultRecord) -> Text:
    """How far a control's findings can be trusted, in a line: its cases, and the breaches planted for trial if any were."""
    cases = assurance(result)
    if result.canary is None:
        return cases
    planted = canary(result)
    return Text(f"{cases.zh}；{planted.zh}", f"{cases.en}; {planted.en}")
