"""Measures how far the cases of controls can be trusted, and keeps the scores beside them: `make assure`, or name the ids.

Without ids only what has no score that stands is measured; `--all` measures everything anew (minutes).
"""

import sys

from chahe.controls.catalogue import cases_of, controls
from chahe.engine.assurance import assure
from chahe.engine.scores import keep, score_of, scored


def main(asked: list[str]) -> int:
    """Print every survivor; 1 when there are any."""
    missing = [name for name, one in controls().items() if score_of(one) is None]
    left = 0
    for name in list(controls()) if asked == ["--all"] else asked or missing:
        control = controls()[name]
        found = assure(control, cases_of(control))
        keep({name: scored(found)})
        print(f"{name}: {scored(found).label.en}", flush=True)  # noqa: T201 - a tool speaks on standard output
        for one in found.survivors:
            print(f"  {one.fingerprint} {one.place} {one.operator}\n    - {one.before}\n    + {one.after}")  # noqa: T201 - as above
        for fingerprint in found.stale:
            print(f"  {fingerprint} is listed as equivalent and is not")  # noqa: T201 - as above
        left += len(found.survivors) + len(found.stale)
    return int(left > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
