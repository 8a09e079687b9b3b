"""Somebody at work in the window: searching, scrolling, opening files; and how much memory that takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.bench.resident import resident_mb

PAGES = 30
NAMES = ("smith", "anna mül", "ö", "garcia", "2/3/1971", "5551234", "wang")


def window(folder: Path, key: bytes) -> dict[str, float]:
    return _at_work(folder, key)


def window_alone(folder: Path, key: bytes) -> dict[str, float]:
    return _at_work(folder, key, pages_kib=1024)


def _at_work(folder: Path, key: bytes, pages_kib: int | None = None) -> dict[str, float]:
    from desktop.loading import load_heavy, load_qt

    load_qt()
    load_heavy()
    from PySide6.QtCore import QEventLoop
    from sqlalchemy import event

    from desktop.opening import open_with_key
    from desktop.storage.vault import DataKey
    from desktop.ui.kit.background import Background
    from desktop.ui.kit.icons import load_icons
    from desktop.ui.kit.preferences import Preferences, apply_preferences
    from desktop.ui.kit.screen import Place
    from desktop.ui.kit.theme import new_application
    from desktop.ui.main_window import MainWindow
    from tests.bench.quiet import keep_hints_back

    keep_hints_back()
    app = new_application([])
    apply_preferences(app, Preferences())
    load_icons()
    practice = open_with_key(folder, DataKey(key), "marchetti")
    if pages_kib is not None:
        practice.database.engine.pool.dispose()
        event.listen(
            practice.database.engine,
            "connect",
            lambda driver, _record: driver.execute(f"PRAGMA cache_size = -{pages_kib}"),
        )
    background = Background(practice.database, practice.actor)
    shown = MainWindow(background, "Bench")
    shown.resize(1440, 900)
    shown.show()

    def settle() -> None:
        app.processEvents()
        while not background.is_idle():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        app.processEvents()

    shown.go(Place("patients"))
    settle()
    patients: Any = shown.screen_of("patients")
    for _ in range(PAGES):
        bar = patients.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        settle()
    shown.palette_box.open()
    for name in NAMES:
        for end in range(1, len(name) + 1):
            shown.palette_box.line.setText(name[:end])
            settle()
    shown.palette_box.close_palette()
    for patient_id in range(1, 11):
        shown.go(Place("overview", patient_id))
        settle()
    answer = {"resident_mb": resident_mb()}
    background.close()
    practice.close()
    return answer
