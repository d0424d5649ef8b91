"""Records a second and peak memory of the engines, at 500 and at 2,000 records.

    python benchmarks/engines.py

Each line is a process of its own, so that the peak is that engine's alone. The records are
those of `inspections/`, repeated under new ids; reading them is not timed. Peak memory is the
largest resident set, which holds the interpreter, the rule book and the records too.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from compliance.engines import engine
from compliance.load import load_rules
from compliance.submission import read_submissions

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("durable", "direct")
SIZES = (500, 2_000)


def measure(name: str, size: int) -> str:
    """One line: the engine, the number of records, records a second, peak memory in MB."""
    book = load_rules()
    samples = read_submissions([ROOT / "inspections"], book).records
    records = [
        replace(record, inspection=replace(record.inspection, id=f"B-{number}"))
        for number, record in enumerate(islice(cycle(samples), size))
    ]
    answer = engine(name, book).answer
    start = time.perf_counter()
    for record in records:
        answer(record)
    rate = size / (time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (2**20 if sys.platform == "darwin" else 2**10)
    return f"{name:8}{size:8,}{rate:12,.0f}{megabytes:10.1f}"


def main(arguments: list[str]) -> None:
    """Print the table, or with a name and a number one line of it."""
    if arguments:
        print(measure(arguments[0], int(arguments[1])))
        return
    print(f"{'engine':8}{'records':>8}{'records/s':>12}{'peak MB':>10}")
    for name in ENGINES:
        for size in SIZES:
            subprocess.run([sys.executable, __file__, name, str(size)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
