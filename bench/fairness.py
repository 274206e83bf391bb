"""How often the tests of fairness accuse somebody wrongly, and how often they find who is favoured. Minutes on one core.

Run from the top: `python bench/fairness.py [SEEDS]`. The figures go to docs/fairness.md by hand.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.stats import beta

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chahe.controls.colocation.order_overtaking import control as order_overtaking
from chahe.controls.colocation.unfair_latency import control as unfair_latency
from chahe.derivations import latency_comparisons, overtakings
from order_journeys import Gateway, journeys_of

Compare = Callable[[pa.Table], Iterable[Mapping[str, object]]]
LEVELS = (50_000, 10_000, 1_000)
"""Family-wise rates of false alarms, per million."""


def smallest(compare: Compare, gateway: Gateway, seed: int) -> int:
    return min(row["adjusted_chance_ppm"] for row in compare(journeys_of(gateway, seed)))


def false_alarms(name: str, compare: Compare, gateway: Gateway, seeds: int) -> None:
    chances = np.array([smallest(compare, gateway, seed) for seed in range(seeds)])
    told = []
    for level in LEVELS:
        alarms = int((chances < level).sum())
        most = beta.ppf(0.95, alarms + 1, seeds - alarms) if alarms < seeds else 1.0
        told.append(f"{level / 10_000:g} %: {alarms} of {seeds} (95 % bound {100 * most:.2f} %)")
    print(f"{name:38} {'; '.join(told)}", flush=True)


def latency_found(gateway: Gateway, seed: int) -> bool:
    values = {name: one.value for name, one in unfair_latency.parameters.items()}
    return any(
        row["account"] == "a00"
        and row["adjusted_chance_ppm"] < values["chance"]
        and (row.get("gain_us") or 0) >= values["gain"]
        and row["gain_low_us"] > 0
        and row["superiority_permille"] >= values["superiority"]
        for row in latency_comparisons.compare(journeys_of(gateway, seed))
    )


def overtaking_found(gateway: Gateway, seed: int) -> bool:
    values = {name: one.value for name, one in order_overtaking.parameters.items()}
    return any(
        row["account"] == "a00"
        and row["adjusted_chance_ppm"] < values["chance"]
        and row["gain_permille"] >= values["gain"]
        and row["gain_low_permille"] > 0
        for row in overtakings.compare(journeys_of(gateway, seed))
    )


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print("False alarms without any preference (family-wise)")
    for accounts, days, per_day in ((10, 60, 50), (10, 20, 200), (40, 60, 100)):
        gateway = Gateway(days=days, per_day=per_day, accounts=accounts)
        name = f"{accounts} accounts, {days} days of {per_day} orders"
        false_alarms(f"latency, {name}", latency_comparisons.compare, gateway, seeds)
        false_alarms(f"overtaking, {name}", overtakings.compare, gateway, seeds)
    print("\nPower at the controls' own parameters, in per cent of runs (10 accounts)")
    print("orders of the favoured | " + " | ".join(f"{gain} µs" for gain in (10, 20, 40, 60, 80, 120, 200)))
    for days, per_day in ((60, 10), (60, 20), (60, 50), (120, 50), (240, 100)):
        cells = []
        for gain in (10, 20, 40, 60, 80, 120, 200):
            gateway = Gateway(days=days, per_day=per_day, gain_us=gain)
            runs = max(seeds // 8, 1)
            cells.append(f"{100 * np.mean([latency_found(gateway, seed) for seed in range(runs)]):.0f}")
        print(f"{days * per_day // 10} on {days} days | " + " | ".join(cells), flush=True)
    print("\nOvertaking: share of orders that jump a line that is otherwise first in, first out")
    for days, per_day in ((60, 50), (120, 50), (240, 100)):
        cells = []
        for share in (0.02, 0.05, 0.1, 0.2):
            gateway = Gateway(days=days, per_day=per_day, gain_us=400, share=share, in_order=True, apart_us=200)
            runs = max(seeds // 8, 1)
            cells.append(f"{share:.0%}: {100 * np.mean([overtaking_found(gateway, s) for s in range(runs)]):.0f}")
        print(f"{days * per_day // 10} on {days} days | " + " | ".join(cells), flush=True)


if __name__ == "__main__":
    main()
