import subprocess
import sys

_MANY_CALLS = """
import {module}
from PySide6.QtCore import QObject
watched = QObject()
for _ in range(200_000):
    watched.setObjectName("x")
print("alive")
"""


def run(module: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _MANY_CALLS.format(module=module)], capture_output=True, text=True, check=False
    )


def test_that_many_qt_calls_do_not_end_the_program():
    ended = run("desktop")
    assert ended.stdout == "alive\n"
    assert ended.returncode == 0
