"""How long `chahe --help` takes as a whole process, beside Python doing nothing at all. `python bench/start.py`"""

import subprocess
import sys
import time

RUNS = 11


def median_seconds(command: list[str]) -> float:
    """The median of RUNS runs after one that is not counted."""
    times = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return sorted(times[1:])[RUNS // 2]


def main() -> None:
    bare = median_seconds([sys.executable, "-c", "pass"])
    ours = median_seconds([sys.executable, "-m", "chahe", "--help"])
    print(f"chahe --help {ours:.3f} s; Python alone {bare:.3f} s; ratio {ours / bare:.1f}")


if __name__ == "__main__":
    main()
