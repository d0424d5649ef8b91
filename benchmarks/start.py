"""How long `compliance check` of one record takes, next to importing yaml and jsonschema.

    python benchmarks/start.py [RECORD] [ROUNDS]

Prints both medians in seconds and their ratio. The two commands take turns, each in a fresh
process, so that a busy machine slows both; the first round warms the disk and is not counted.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
BASE = (sys.executable, "-c", "import yaml, jsonschema")


def check(record: Path) -> tuple[str, ...]:
    """The command line that checks `record` as the installed command does."""
    code = "import sys; from compliance.cli import main; sys.exit(main())"
    return (sys.executable, "-c", code, "check", str(record))


def seconds(command: tuple[str, ...], statuses: tuple[int, ...]) -> float:
    """Wall-clock seconds of one run; a status that is not among `statuses` ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in statuses:
        sys.exit(done.stderr.decode(errors="replace"))
    return taken


def main(arguments: list[str]) -> None:
    """Measure and print."""
    first = next(
        p for p in sorted(ROOT.glob("inspections/**/*.yaml")) if "applications" not in p.parts
    )
    record = Path(arguments[0]).resolve() if arguments else first
    rounds = int(arguments[1]) if len(arguments) > 1 else 7
    pairs = [(seconds(BASE, (0,)), seconds(check(record), (0, 1))) for _ in range(rounds + 1)][1:]
    base, checked = (median(times) for times in zip(*pairs))
    print(f"import yaml, jsonschema  {base:.3f} s")
    print(f"compliance check         {checked:.3f} s")
    print(f"ratio                    {checked / base:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
