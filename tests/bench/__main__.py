"""Prints what was measured, how much, against what, and the ratio beside its limit.

Everything is a ratio of two figures of the same run, because absolute times change from machine to machine.
`./test bench` measures all; `./test bench search lists` only these subjects; `--patients N` in a practice of N.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from tests.bench.measure import Measure
from tests.bench.places import Places, temporary_folder

SUBJECTS = (
    "starts",
    "saves",
    "index",
    "memory",
    "search",
    "encryption",
    "postgres",
    "documents",
    "forms",
    "lists",
    "screens",
    "cases",
)
"""Each is a module of this folder; those without a window come first, because a window's library stays in memory."""

PATIENTS = 1_000_000
TOOLS = Path(__file__).parents[2] / "tools"
"""Where the tests look for modules too, see pyproject.toml."""


def main(arguments: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.append(str(TOOLS))
    asked = _arguments(arguments)
    measures: list[Measure] = []
    with temporary_folder() as folder:
        places = Places(Path(folder), asked.patients)
        try:
            for subject in asked.subjects or SUBJECTS:
                print(f"… {subject}", file=sys.stderr, flush=True)
                measures += importlib.import_module(f"tests.bench.{subject}").measures(places)
        finally:
            places.close()
        for title, rows in places.tables:
            print(f"\n{title}")
            print_table(rows)
    print()
    print_table(
        [
            ("", "what", "measured", "against", "ratio", "limit", ""),
            *(
                (m.goal, m.what, m.measured, m.against, f"{m.ratio:.2f}", f"{m.limit:.2f}", _verdict(m))
                for m in measures
            ),
        ]
    )
    return 0 if all(measure.holds for measure in measures) else 1


def print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./test bench", description="Measures speed, memory and scale.")
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT", help=f"of {', '.join(SUBJECTS)}; all when none is named"
    )
    parser.add_argument("--patients", type=int, default=PATIENTS, help="in the big practice, a million unless told")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.subjects) - set(SUBJECTS):
        parser.error(f"not a subject: {', '.join(sorted(unknown))}")
    return asked


def _verdict(measure: Measure) -> str:
    return "holds" if measure.holds else "MISSED"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
