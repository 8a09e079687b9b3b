"""Checks everything a change must pass: style, types, then the tests, without a display.

`./test` checks all of it; `./test ARGUMENTS` passes them to pytest and checks nothing else; `./test bench` measures.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import database_server

ROOT = Path(__file__).parent.parent
TESTS = ("pytest", "-n", "2", "--dist", "loadgroup")
CHECKS = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), TESTS)
"""The tests come last, so that their closing line is the last thing printed."""


def commands(arguments: list[str]) -> list[tuple[str, ...]]:
    """The modules to run, each with its arguments."""
    if arguments[:1] == ["bench"]:
        return [("tests.bench", *arguments[1:])]
    if arguments:
        return [(*TESTS, *arguments)]
    return list(CHECKS)


def main(arguments: list[str]) -> int:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    database_server.provide()
    result = 0
    for command in commands(arguments):
        print("==", *command, flush=True)
        code = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=False).returncode
        result = result or code
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
