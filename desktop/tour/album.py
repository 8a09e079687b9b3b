"""Takes pictures of widgets and keeps documents, numbered in the order in which they were taken."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.ui.kit.background import Background

_SETTLED_MS, _DOCUMENT_MS, _MOST_LOOKS = 60, 700, 20


@dataclass(frozen=True)
class Shot:
    name: str
    file: str
    shows: str


class Album:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shots: list[Shot] = []
        self.background: Background | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for old in (*folder.glob("[0-9][0-9]*-*.png"), *folder.glob("[0-9][0-9]*-*.pdf")):
                old.unlink()
        except OSError as error:
            raise UserError(f"{folder} cannot be written: {error.strerror}. Choose another folder.") from error

    def take(self, widget: QWidget, name: str, shows: str) -> None:
        self.settle()
        file = self._file(name, "png")
        if not self._picture(widget).save(str(self.folder / file)):
            raise UserError(f"{self.folder / file} could not be written. Choose a folder that you may write in.")
        self.shots.append(Shot(name, file, shows))

    def keep(self, pdf: bytes, name: str, shows: str) -> None:
        file = self._file(name, "pdf")
        try:
            (self.folder / file).write_bytes(pdf)
        except OSError as error:
            raise UserError(f"{self.folder / file} could not be written: {error.strerror}.") from error
        self.shots.append(Shot(name, file, shows))

    def settle(self) -> None:
        """Until everything asked of the store has been answered and painted."""
        wait(_SETTLED_MS)
        while self.background is not None and not self.background.is_idle():
            wait(_SETTLED_MS)

    def _picture(self, widget: QWidget) -> QImage:
        """The widget once it has stopped moving; the pages of a document are painted on a thread of their own."""
        if any(view.isVisible() for view in widget.findChildren(QPdfView)):
            wait(_DOCUMENT_MS)
        shown, before = widget.grab().toImage(), QImage()
        for _ in range(_MOST_LOOKS):
            if shown == before:
                break
            wait(_SETTLED_MS)
            shown, before = widget.grab().toImage(), shown
        return shown

    def write_contents(self, theme: str, size: tuple[int, int]) -> None:
        facts = {"theme": theme, "size": list(size), "pictures": [asdict(shot) for shot in self.shots]}
        text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        (self.folder / "tour.json").write_text(text, encoding="utf-8")

    def _file(self, name: str, kind: str) -> str:
        return f"{len(self.shots) + 1:03}-{name}.{kind}"


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
