"""Renders every screen and dialog of the demo practice to pictures and every document to PDF, to be looked at."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.demo.build import build_demo
from desktop.demo.password import DEMO_PASSWORD
from desktop.errors import UserError
from desktop.opening import OpenPractice, sign_in
from desktop.opening import Cost
from desktop.ui.kit.background import Background
from desktop.ui.kit.clock import now, set_clock
from desktop.ui.kit.theme import apply_theme
from desktop.ui.main_window import MainWindow

SETTLED_MS = 40


@dataclass(frozen=True)
class Shot:
    name: str
    file: str
    shows: str


class Album:
    """Pictures and documents, numbered in the order in which they were taken."""

    def __init__(self, folder: Path, background: Callable[[], Background | None]) -> None:
        self.folder = folder
        self.shots: list[Shot] = []
        self._background = background

    def take(self, widget: QWidget, name: str, shows: str) -> None:
        self.settle()
        file = f"{len(self.shots) + 1:02}-{name}.png"
        if not widget.grab().save(str(self.folder / file)):
            raise UserError(f"{self.folder / file} could not be written. Choose a folder that you may write in.")
        self.shots.append(Shot(name, file, shows))

    def keep(self, pdf: bytes, name: str, shows: str) -> None:
        file = f"{len(self.shots) + 1:02}-{name}.pdf"
        (self.folder / file).write_bytes(pdf)
        self.shots.append(Shot(name, file, shows))

    def settle(self) -> None:
        """Until everything asked of the store has been answered and painted."""
        background = self._background()
        while background is not None and not background.is_idle():
            _wait(5)
        _wait(SETTLED_MS)
        if background is not None and not background.is_idle():
            self.settle()


def render_tour(folder: Path, theme: Literal["light", "dark"], size: tuple[int, int]) -> int:
    """How many pictures and documents are in `folder` now; `tour.json` there says what each shows."""
    app = QApplication.instance() or QApplication(["reprise"])
    assert isinstance(app, QApplication)
    apply_theme(app, theme)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder} cannot be made: {error.strerror}. Choose another folder.") from error
    for old in (*folder.glob("[0-9][0-9]-*.png"), *folder.glob("[0-9][0-9]-*.pdf")):
        old.unlink()
    morning = dt.datetime.now().astimezone().replace(hour=9, minute=41, second=0, microsecond=0)
    set_clock(morning.astimezone(dt.UTC))
    try:
        with tempfile.TemporaryDirectory() as place:
            practice_folder = Path(place) / "demo"
            build_demo(practice_folder, morning.date(), cost=Cost(memory_kib=8, passes=1, lanes=1))
            shots = _Tour(folder, practice_folder, size).walk()
    finally:
        set_clock(None)
    facts = {"theme": theme, "size": list(size), "pictures": [asdict(shot) for shot in shots]}
    (folder / "tour.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(shots)
