"""How often orders of each customer were sent before the order received just before them, beside how often others' were."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa

from chahe.derivations.journeys import Journeys, doublings, journeys, numbered, query, resolutions, waiting
from chahe.derivations.latency_comparisons import MILLION
from chahe.derivations.model import Condensation
from chahe.derivations.stratified_ranks import CONFIDENCE_Z, Longs, Sample, verdicts, within_family
from chahe.evidence.orders import table as orders
from chahe.evidence.overtakings import table

MOST = 1000
"""Per thousand: no difference of rates is larger."""


def contests(whole: Journeys) -> tuple[Longs, Longs]:
    """Pairs of orders, the later by its number and the one received just before it, of another customer and still waiting.

    Only neighbours are paired: a customer who comes at the end of another's burst would meet many at once.
    Orders received in the same tick have no order.
    """
    later = np.arange(1, len(whole.received))
    earlier = later - 1
    kept = (
        (whole.session[later] == whole.session[earlier])
        & (whole.group[later] != whole.group[earlier])
        & (whole.received[later] > whole.received[earlier])
        & (whole.received[later] < whole.sent[earlier])
    )
    return later[kept].astype(np.int64), earlier[kept].astype(np.int64)


def compare(found: pa.Table) -> Iterable[Mapping[str, object]]:
    """A row for each account of each session. Contests are alike in the same session, with about the same distance between
    the receipts and about as many orders waiting (both in doublings)."""
    whole = journeys(found)
    if not len(whole.received):
        return
    later, earlier = contests(whole)
    overtook = whole.sent[later] < whole.sent[earlier]
    distance = doublings(whole.received[later] - whole.received[earlier])
    stratum = numbered(whole.session[later], distance, doublings(waiting(whole)[later]))
    groups = len(whole.accounts)
    sample = Sample(1 - overtook.astype(np.int64), whole.group[later], stratum, numbered(whole.day[later]))
    tested = verdicts(sample, groups)
    adjusted = within_family(tested)
    coarse = resolutions(whole)
    times = np.bincount(whole.group[later], overtook, groups)
    suffered = np.bincount(whole.group[earlier], overtook, groups)
    for group, (session, account) in enumerate(whole.accounts):
        gain, reach = (2000 * float(one) for one in (tested.superiority[group] - 0.5, tested.deviation[group]))
        yield {
            "session": whole.sessions[session],
            "account": account,
            "contests": int(tested.own[group]),
            "others": int(tested.others[group]),
            "days": int(tested.days[group]),
            "overtook": int(times[group]),
            "overtaken": int(suffered[group]),
            "resolution_us": coarse[session],
            "gain_permille": round(gain),
            "gain_low_permille": max(round(gain - CONFIDENCE_Z * reach), -MOST),
            "gain_high_permille": min(round(gain + CONFIDENCE_Z * reach), MOST),
            "chance_ppm": int(np.ceil(MILLION * tested.chance[group])),
            "adjusted_chance_ppm": int(np.ceil(MILLION * adjusted[group])),
            **_shown(whole, later[overtook], earlier[overtook], group),
        }


def _shown(whole: Journeys, later: Longs, earlier: Longs, group: int) -> Mapping[str, object]:
    """The group's first overtaking: both orders, sent and received; without any, its first order."""
    own = np.flatnonzero(whole.group[later] == group)
    if not len(own):
        first = int(np.argmax(whole.group == group))
        return {"row_id": whole.order_row[first].as_py(), "own_row": whole.order_row[first].as_py()}
    mine, other = int(later[own[0]]), int(earlier[own[0]])
    return {
        "row_id": whole.order_row[mine].as_py(),
        "own_row": whole.order_row[mine].as_py(),
        "own_receipt_row": whole.receipt_row[mine].as_py(),
        "other_row": whole.order_row[other].as_py(),
        "other_receipt_row": whole.receipt_row[other].as_py(),
    }


derivation = Condensation(table, (orders,), query, compare)
