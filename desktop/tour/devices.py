"""The pages about one device on the tour: full, empty and long; what came out, a matrix, a drain, imaging, mistakes."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.models.choices import Side
from desktop.tour.album import Album
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.record_page import RecordPage
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.operation.screen import HistoryScreen


def show_devices(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    tour = _DeviceTour(album, window)
    tour.history(find("virtanen"))
    tour.show_sides()
    tour.page("device", "everything about one device", lambda screen: screen.pages.open_device(Side.RIGHT))
    tour.page("removal", "what came out, with its specimens", lambda screen: screen.pages.open_removal(Side.RIGHT))
    tour.page("matrix-new", "a matrix or mesh, before its side is said", lambda screen: screen.pages.open_matrix(None))
    tour.page("matrix", "a matrix or mesh, tracked by its own label", lambda screen: _open_part(screen, 0))
    tour.page("drain", "a drain that was left in", lambda screen: _open_part(screen, 1))
    tour.page("imaging-new", "an imaging study of one side, empty", lambda screen: screen.pages.open_imaging(None))
    tour.withdraw()
    tour.history(find("hohenfels"))
    tour.page("device-long", "a device with the longest answers", lambda screen: screen.pages.open_device(Side.RIGHT))
    tour.history(find("carvalho"))
    tour.page("device-empty", "a device of which little is known", lambda screen: screen.pages.open_device(Side.LEFT))


class _DeviceTour:
    def __init__(self, album: Album, window: MainWindow) -> None:
        self._album, self._window = album, window

    @property
    def _screen(self) -> HistoryScreen:
        return cast(HistoryScreen, self._window.file.screen_of("history"))

    def history(self, patient_id: int) -> None:
        self._window.go(Place("history", patient_id))
        self._album.settle()

    def show_sides(self) -> None:
        form = self._screen.editor.form
        form.verticalScrollBar().setValue(_sides_of(form.cards).y())
        self._album.take(self._window, "operation-sides", "what was done in each side, and what was there before")
        form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
        self._album.take(self._window, "operation-parts", "what else was put in, and the pages about each device")

    def page(self, name: str, why: str, go: Callable[[HistoryScreen], None]) -> None:
        """The page from its top and, where it is longer than the window, from its end."""
        go(self._screen)
        self._album.settle()
        page = self._shown()
        self._album.take(self._window, name, why)
        bar = page.editor.form.verticalScrollBar()
        if bar.maximum() > 0:
            bar.setValue(bar.maximum())
            self._album.take(self._window, f"{name}-end", f"{why}: its end")
        page.left.emit()
        self._album.settle()

    def withdraw(self) -> None:
        self._screen.withdraw_button.click()
        self._album.take(self._window, "operation-withdraw", "why an operation is taken out, asked in the page")
        self._screen.withdraw_line.hide()

    def _shown(self) -> RecordPage:
        page = self._screen.pages.shown()
        assert page is not None
        return page


def _open_part(screen: HistoryScreen, at: int) -> None:
    """A row of the cards under the operation, the matrices before the drains."""
    screen.pages.cards.findChildren(PickRow, "part")[at].opened.emit()


def _sides_of(cards: dict[str, list[QWidget]]) -> QWidget:
    return next(pair[0] for pair in cards.values() if len(pair) == 2)
