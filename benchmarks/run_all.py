"""All benchmarks, one table each: ratios against a named baseline of the same run.

Usage: python benchmarks/run_all.py
"""

from __future__ import annotations

import answers
import cluster
import custody
import detection
import formats
import increments
import linking
import memory
import name_origins
import replacing
import review
import risk
import startup


def main() -> None:
    """Runs each benchmark and prints its table."""
    for benchmark in (
        startup,
        custody,
        detection,
        formats,
        linking,
        answers,
        replacing,
        name_origins,
        review,
        risk,
        increments,
        memory,
        cluster,
    ):
        title, rows = benchmark.measure()
        print(f"\n{title}\n")
        for row in rows:
            print("  " + "  ".join(row))


if __name__ == "__main__":
    main()
