"""A start in a hurry: what is loaded when, and that Python is left as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.loading import load_heavy
from desktop.storage.vault import Cost, SlotOwner, create_vault

ROOT = Path(__file__).parent.parent

_LOADED = """
import builtins, gc, json, sys
plain, turn = builtins.__import__, sys.getswitchinterval()
from desktop.loading import load_heavy, load_qt
load_qt()
hurried = builtins.__import__ is plain, gc.isenabled()
load_heavy(["desktop.rules.dates"])
settled = builtins.__import__ is plain, gc.isenabled(), gc.get_freeze_count() > 0, sys.getswitchinterval() == turn
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.ui.kit.icons import load_icons
load_icons()
print(json.dumps([hurried, settled]))
"""

_STARTED = """
import enum, json, sys
from pathlib import Path
from desktop.loading import load_qt
load_qt()
from desktop.app import Application
from desktop.ui.kit.preferences import Preferences, apply_preferences
from desktop.ui.kit.theme import new_application
app = new_application([])
apply_preferences(app, Preferences())
application = Application(Path(sys.argv[1]))
seen = {}

def look():
    made = {each.__name__ for kind in (enum.Enum, enum.Flag) for each in kind.__subclasses__()}
    seen["heavy"] = sorted({"concurrent.futures", "hashlib", "sqlalchemy", "typing_extensions"} & set(sys.modules))
    seen["enumerations"] = sorted({"AlignmentFlag", "PixelMetric", "ThemeIcon"} & made)
    seen["windows"] = sum(widget.isVisible() for widget in app.topLevelWidgets())
    screen = application.sign_in_screen
    note, line = screen.form.password.note, screen.form.password.line
    seen["choices"] = [note.textFormat().name, note.alignment().name, sorted(line.inputMethodHints().name.split("|"))]
    app.setStyleSheet("")
    seen["style"] = app.style().name().lower()
    app.exit()

application.load = look
application.start()
app.exec()
print(json.dumps(seen))
"""


_COLLECTED = """
import json, sys
from pathlib import Path
from desktop.loading import load_qt
load_qt()
from desktop.app import Application
from desktop.ui.kit.theme import new_application
app = new_application([])
application = Application(Path(sys.argv[1]))
application.load()
from PySide6.QtCore import QTimer
from desktop.ui.kit.collector import _Collector
seen = []

def look():
    if app.findChild(_Collector) is not None:
        seen.append(application._loaded.done())
        app.exit()

watch = QTimer(interval=1)
watch.timeout.connect(look)
watch.start()
app.exec()
application.quit()
print(json.dumps(seen[0]))
"""


def answer(program: str, *arguments: str) -> Any:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_that_a_start_neither_watches_imports_nor_collects_garbage_but_on_the_gui_thread() -> None:
    hurried, settled = answer(_LOADED)
    assert hurried == [True, False]
    assert settled == [False, False, True, True]  # and the icons' library, which imports * from Qt, can be loaded


def test_that_garbage_is_collected_only_once_all_is_loaded(tmp_path: Path) -> None:
    assert answer(_COLLECTED, str(tmp_path)) is True


def test_that_python_is_left_as_it_was_when_a_module_cannot_be_loaded() -> None:
    turn = sys.getswitchinterval()
    with pytest.raises(ModuleNotFoundError):
        load_heavy(["desktop.nowhere"])
    assert sys.getswitchinterval() == turn


def test_that_the_first_picture_waits_for_nothing_it_does_not_show(tmp_path: Path) -> None:
    owner = SlotOwner("marchetti", "Dr. A. Marchetti", "Surgeon")
    create_vault(tmp_path, "Harbour", owner, "a calm quay at dawn", cost=Cost(8, 1, 1))
    assert answer(_STARTED, str(tmp_path)) == {
        "heavy": [],
        "enumerations": [],
        "windows": 1,
        "choices": [
            "PlainText",
            "AlignLeft|AlignTop",
            ["ImhHiddenText", "ImhNoAutoUppercase", "ImhNoPredictiveText", "ImhSensitiveData"],
        ],
        "style": "fusion",
    }
