"""The catalogue of devices on the tour: looked through, refused when it is broken, added to, and picked from."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.models.choices import Side
from desktop.paths import resource
from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.office.screen import OfficeScreen
from desktop.ui.operation.screen import HistoryScreen


def show_catalogue(album: Album, window: MainWindow, patient_id: int) -> None:
    window.go(Place("office"))
    office = cast(OfficeScreen, window.screen_of("office"))
    office.open_section("catalogue")
    section = office.catalogue
    _type(section.search, "mcghan")
    album.take(window, "catalogue-found", "settings: the catalogue, found by a maker's former name")
    _type(section.search, "")
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "devices.toml"
        shipped = resource("catalogue", "devices.toml").read_text(encoding="utf-8")
        broken.write_text(shipped.replace('"silicone_gel"', '"gel"', 1).replace("28001206", "28001208"), "utf-8")
        section.choose_file = lambda _parent: str(broken)
        section.import_file()
        album.take(window, "catalogue-refused", "a catalogue with faults: each with its line, and nothing changed")
    section.messages.clear()
    section.add_product()
    album.take(window, "catalogue-product", "a product of the practice's own, before anything is answered")
    section.product.leave()
    _pick(album, window, patient_id)


def _pick(album: Album, window: MainWindow, patient_id: int) -> None:
    window.go(Place("history", patient_id))
    album.settle()
    screen = cast(HistoryScreen, window.file.screen_of("history"))
    screen.add_operation()
    album.settle()
    right = screen.catalogue.boxes[Side.RIGHT]
    screen.editor.form.ensureWidgetVisible(right, 0, right.height() * 3)
    album.settle()
    _type(right.line, "mentor memory")
    album.take(window, "catalogue-picking", "picking a device from the catalogue: what is found while typing")
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(right.line, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    album.take(window, "catalogue-picked", "what the picking filled in, and the way back")
    screen.editor.revert()
    album.settle()


def _type(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)
