"""One start of a window in a process of its own; prints what it measured as JSON.

`bare` is the smallest PySide6 window, `sign_in` ours. `eager` imports everything before it opens the store and asks it
a first question; `late` paints the sign-in window first and loads behind it. The parent takes the time.
`window` is somebody at work: searching, scrolling, opening files; `window_alone` the same with a store that keeps few
pages in memory, so that the rest can be seen.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tests.bench.resident import resident_mb


def main(kind: str, folder: str, key: str) -> None:
    from tests.bench.at_work import window, window_alone

    kinds = (bare, sign_in, eager, late, window, window_alone)
    answer = next(each for each in kinds if each.__name__ == kind)(Path(folder), bytes.fromhex(key))
    sys.stdout.write(json.dumps({"resident_mb": resident_mb()} | answer) + "\n")
    sys.stdout.flush()


def run_until_painted(window: object) -> None:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                QApplication.exit()
            return False

    assert isinstance(window, QWidget)
    watch = Watch()
    window.installEventFilter(watch)
    window.show()
    QApplication.exec()


def bare(_folder: Path, _key: bytes) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QWidget

    import desktop  # noqa: F401  keeps Python 3.11 alive under Qt, as in the program

    app = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    run_until_painted(window)
    del app
    return {}


def sign_in(folder: Path, _key: bytes) -> dict[str, float]:
    from desktop.loading import load_qt

    load_qt()  # as the program does
    from desktop.app import Application
    from desktop.ui.kit.preferences import Preferences, apply_preferences
    from desktop.ui.kit.theme import new_application

    app = new_application([])
    apply_preferences(app, Preferences())
    application = Application(folder)
    application.show_first_page()
    run_until_painted(application.window)
    return {"loads_sqlalchemy": float("sqlalchemy" in sys.modules)}


def first_question(folder: Path, key: bytes) -> None:
    from desktop.opening import open_with_key
    from desktop.services.search import find_patients
    from desktop.storage.vault import DataKey

    practice = open_with_key(folder, DataKey(key), "marchetti")
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        find_patients(session, "ok")
    practice.database.close()


def eager(folder: Path, key: bytes) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    import desktop.loading
    import desktop.opening
    import desktop.ui.main_window  # noqa: F401
    from desktop.ui.kit.preferences import Preferences, apply_preferences

    app = QApplication([])
    apply_preferences(app, Preferences())
    first_question(folder, key)
    return {}


def late(folder: Path, key: bytes) -> dict[str, float]:
    from desktop.loading import load_qt

    load_qt()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.app import Application
    from desktop.ui.kit.preferences import Preferences, apply_preferences
    from desktop.ui.kit.theme import new_application

    app = new_application([])
    apply_preferences(app, Preferences())
    application = Application(folder)
    application.show_first_page()
    run_until_painted(application.window)
    painted = time.perf_counter()
    last, gaps = painted, [0.0]

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer(interval=1)
    timer.timeout.connect(tick)
    timer.start()
    application.load()
    application._run(lambda: first_question(folder, key), lambda _none: QApplication.exit(), lambda _e: None)
    last = time.perf_counter()
    QApplication.exec()
    application.quit()  # or the thread would be left with the window's last reference
    return {"longest_gap_ms": max(gaps) * 1000}


if __name__ == "__main__":
    main(*sys.argv[1:])
