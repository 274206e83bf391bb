"""The base score that a CVSS vector stands for, by the formulas of CVSS 2.0 (section 3.2.1) and 3.1 (sections 7.1, 7.4). No reader of its own.

    CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H      9.8
    AV:N/AC:L/Au:N/C:P/I:P/A:P                        7.5

Vectors of 4.0 are not computed: their scores come from a table of 270 entries, and tools that write them give the score as well.
"""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Final

_TENTH: Final = Decimal("0.1")
_ONE: Final = Decimal(1)


def _weights(**metrics: str) -> dict[str, dict[str, Decimal]]:
    return {
        metric: {name: Decimal(weight) for name, _, weight in (part.partition("=") for part in given.split())}
        for metric, given in metrics.items()
    }


_V3: Final = _weights(
    AV="N=0.85 A=0.62 L=0.55 P=0.2",
    AC="L=0.77 H=0.44",
    PR="N=0.85 L=0.62 H=0.27",
    UI="N=0.85 R=0.62",
    S="U=0 C=1",
    C="H=0.56 L=0.22 N=0",
    I="H=0.56 L=0.22 N=0",
    A="H=0.56 L=0.22 N=0",
)
_PRIVILEGES_CHANGED: Final = _weights(PR="N=0.85 L=0.68 H=0.5")["PR"]
_V2: Final = _weights(
    AV="L=0.395 A=0.646 N=1",
    AC="H=0.35 M=0.61 L=0.71",
    Au="M=0.45 S=0.56 N=0.704",
    C="N=0 P=0.275 C=0.66",
    I="N=0 P=0.275 C=0.66",
    A="N=0 P=0.275 C=0.66",
)


def base_score(vector: str) -> Decimal | None:
    """The base score, to one decimal; None for what is no vector of version 2 or 3."""
    parts = dict(part.partition(":")[::2] for part in vector.strip().strip("()").split("/"))
    version = parts.get("CVSS", "3" if "PR" in parts else "2")
    if version.startswith("3"):
        return _three(parts)
    return _two(parts) if version.startswith("2") else None


def _picked(parts: dict[str, str], weights: dict[str, dict[str, Decimal]]) -> dict[str, Decimal] | None:
    picked = {metric: given.get(parts.get(metric, "")) for metric, given in weights.items()}
    found = {metric: weight for metric, weight in picked.items() if weight is not None}
    return found if len(found) == len(weights) else None


def _three(parts: dict[str, str]) -> Decimal | None:
    weight = _picked(parts, _V3)
    if weight is None:
        return None
    changed = parts["S"] == "C"
    privileges = _PRIVILEGES_CHANGED[parts["PR"]] if changed else weight["PR"]
    missed = _ONE - (_ONE - weight["C"]) * (_ONE - weight["I"]) * (_ONE - weight["A"])
    if changed:
        impact = Decimal("7.52") * (missed - Decimal("0.029")) - Decimal("3.25") * (missed - Decimal("0.02")) ** 15
    else:
        impact = Decimal("6.42") * missed
    if impact <= 0:
        return Decimal(0)
    exploitability = Decimal("8.22") * weight["AV"] * weight["AC"] * privileges * weight["UI"]
    total = (impact + exploitability) * (Decimal("1.08") if changed else _ONE)
    # Rounded up to a tenth, past what is smaller than five decimals (appendix A).
    return min(total, Decimal(10)).quantize(Decimal("0.00001"), ROUND_HALF_UP).quantize(_TENTH, ROUND_CEILING)


def _two(parts: dict[str, str]) -> Decimal | None:
    weight = _picked(parts, _V2)
    if weight is None:
        return None
    impact = Decimal("10.41") * (_ONE - (_ONE - weight["C"]) * (_ONE - weight["I"]) * (_ONE - weight["A"]))
    exploitability = 20 * weight["AV"] * weight["AC"] * weight["Au"]
    factor = Decimal("1.176") if impact else Decimal(0)
    total = (Decimal("0.6") * impact + Decimal("0.4") * exploitability - Decimal("1.5")) * factor
    return max(total, Decimal(0)).quantize(_TENTH, ROUND_HALF_UP)
