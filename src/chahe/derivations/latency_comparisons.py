"""How long orders of each customer took from receipt to sending, beside those of others under like load."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa

from chahe.derivations.journeys import Journeys, doublings, journeys, numbered, query, resolutions, waiting
from chahe.derivations.model import Condensation
from chahe.derivations.stratified_ranks import Sample, Verdicts, shift, verdicts, within_family
from chahe.evidence.latency_comparisons import table
from chahe.evidence.orders import table as orders

MEASURED = 0.05
"""The shift is worked out where the test alone is below this; elsewhere nobody asks for it."""
MILLION = 1_000_000


def compare(found: pa.Table) -> Iterable[Mapping[str, object]]:
    """A row for each account of each session. Orders are alike that came over the same session, on the same day, with the
    same event, when about as many others were waiting (in doublings)."""
    whole = journeys(found)
    if not len(whole.received):
        return
    stratum = numbered(whole.session, whole.day, whole.event, doublings(waiting(whole)))
    sample = Sample(whole.sent - whole.received, whole.group, stratum, numbered(whole.day))
    tested = verdicts(sample, len(whole.accounts))
    adjusted = within_family(tested)
    coarse = resolutions(whole)
    for group, (session, account) in enumerate(whole.accounts):
        yield {
            "session": whole.sessions[session],
            "account": account,
            "orders": int(tested.own[group]),
            "others": int(tested.others[group]),
            "days": int(tested.days[group]),
            "resolution_us": coarse[session],
            "superiority_permille": round(1000 * float(tested.superiority[group])),
            "chance_ppm": int(np.ceil(MILLION * tested.chance[group])),
            "adjusted_chance_ppm": int(np.ceil(MILLION * adjusted[group])),
            **_measured(sample, tested, group),
            **_shown(whole, sample, group),
        }


def _measured(sample: Sample, tested: Verdicts, group: int) -> Mapping[str, object]:
    if tested.chance[group] >= MEASURED:
        return {}
    found = shift(sample, group, float(tested.deviation[group]))
    return {"gain_us": found.estimate, "gain_low_us": found.low, "gain_high_us": found.high}


def _shown(whole: Journeys, sample: Sample, group: int) -> Mapping[str, object]:
    """The group's order of middling latency, and the slowest of another's that it is held against."""
    own = np.flatnonzero(sample.group == group)
    middle = own[np.argsort(sample.value[own], kind="stable")[len(own) // 2]]
    rows = {
        "row_id": whole.order_row[middle].as_py(),
        "own_row": whole.order_row[middle].as_py(),
        "own_receipt_row": whole.receipt_row[middle].as_py(),
    }
    like = np.flatnonzero((sample.stratum == sample.stratum[middle]) & (sample.group != group))
    if len(like):
        other = like[np.argmax(sample.value[like])]
        rows["other_row"] = whole.order_row[other].as_py()
        rows["other_receipt_row"] = whole.receipt_row[other].as_py()
    return rows


derivation = Condensation(table, (orders,), query, compare)
