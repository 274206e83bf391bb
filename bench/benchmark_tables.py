"""The tables of docs/benchmark.md, from the scores of many worlds."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from chahe.reports.proportion import Proportion
from chahe.reports.score import Fate, Score, Tally, pooled


def tables(by_dial: Mapping[str, Sequence[Score]], measured: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    """Overall by size and dial, by chapter, by scenario, what was wrong by name, and what it took; Markdown."""
    groups = {name: pooled(scores) for name, scores in by_dial.items()}
    if len(groups) > 1:
        groups["all"] = pooled([one for scores in by_dial.values() for one in scores])
    worlds = {**{name: len(scores) for name, scores in by_dial.items()}, "all": sum(map(len, by_dial.values()))}
    everything = pooled([one for scores in by_dial.values() for one in scores])
    return "\n\n".join(
        [
            "### Overall",
            _overall(groups, worlds),
            _counts(groups),
            "### By chapter",
            _tallies("chapter", everything.by_chapter()),
            "### By scenario",
            _scenarios(by_dial),
            "### What was wrong, by name",
            _wrong(everything),
            "### What it took",
            _took(measured),
        ]
    )


def _overall(groups: Mapping[str, Score], worlds: Mapping[str, int]) -> str:
    rows = []
    for name, found in groups.items():
        all_, cases = found.overall(), found.cases()
        shares = (all_.recall, all_.precision, cases.recall, cases.precision, found.near_misses_silent())
        rows.append([name, str(worlds[name]), *map(_share, shares)])
    return _table(
        ["worlds", "number", "recall", "precision", "cases: recall", "cases: precision", "near misses silent"], rows
    )


def _counts(groups: Mapping[str, Score]) -> str:
    rows = []
    for name, found in groups.items():
        all_, cases = found.overall(), found.cases()
        counts = (all_.planted, all_.found, all_.missed, all_.unjudged, all_.undetermined, all_.extra)
        rows.append([name, *map(str, counts), str(cases.planted), str(cases.whole), f"{all_.examined:,}"])
    heads = ["planted", "found", "missed", "no conclusion", "undetermined", "extra", "cases", "whole", "rows examined"]
    return _table(["worlds", *heads], rows)


def _tallies(what: str, tallies: Mapping[str, Tally]) -> str:
    rows = [
        [
            name,
            str(one.planted),
            str(one.found),
            str(one.extra),
            _share(one.recall),
            _share(one.precision),
            f"{one.examined:,}",
        ]
        for name, one in tallies.items()
    ]
    return _table([what, "planted", "found", "extra", "recall", "precision", "rows examined"], rows)


def _scenarios(by_dial: Mapping[str, Sequence[Score]]) -> str:
    found = {name: pooled(scores).by_scenario() for name, scores in by_dial.items()}
    names = sorted({scenario for one in found.values() for scenario in one})
    rows = []
    for name in names:
        cells = [one.get(name) for one in found.values()]
        rows.append(
            [f"`{name}`", *(f"{one.found}/{one.planted}" if one else "—" for one in cells), *map(_beside, cells)]
        )
    heads = [f"{name}, found" for name in found] + [f"{name}, extra beside" for name in found]
    return _table(["scenario", *heads], rows)


def _beside(one: Tally | None) -> str:
    return str(one.extra) if one and one.extra else ""


def _wrong(found: Score) -> str:
    said = [
        *(
            f"- not found ({one.fate.value}): {one.world}, `{one.told.finding}`, {one.told.scenario}"
            for one in found.planted
            if one.fate is not Fate.SPOKE
        ),
        *(
            f"- extra: {one.world}, `{one.finding}`" + (f", near miss: {one.near_miss.why}" if one.near_miss else "")
            for one in found.extra
        ),
        *(f"- near miss without a conclusion: {one.world}, `{one.told.finding}`" for one in _untold(found)),
    ]
    return "\n".join(said) or "Nothing."


def _untold(found: Score) -> Iterable[object]:
    return [one for one in found.near_misses if one.fate not in (Fate.SPOKE, Fate.SILENT)]


def _took(by_size: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    named = {
        "records_mb": "records, MB",
        "simulate_s": "making, CPU s",
        "ingest_s": "ingest, CPU s",
        "audit_s": "audit, CPU s",
        "peak_gib": "peak memory, GiB",
    }
    rows = []
    for size, measured in by_size.items():
        for key, heading in named.items():
            values = [one[key] for one in measured]
            rows.append([size, heading, *(f"{value:.1f}" for value in (min(values), median(values), max(values)))])
    return _table(["size", "a world", "least", "median", "most"], rows)


def _share(share: Proportion) -> str:
    return str(share)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
