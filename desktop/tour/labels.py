"""Device labels on the tour: read well, held beside the record, not read, and stopped by the guard."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QApplication

from desktop.models.choices import Side
from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.operation.scan_page import ScanPage
from desktop.ui.operation.screen import HistoryScreen

_READ = "]d201095212345432131727123110LOTA1\x1d21SN0001"
_EXPIRED = "(01)10888628001206(11)090401(17)140401(10)LOTB7(21)SN0002"
_DOUBTFUL = "01095212345432131727123110LOTA121SN0001"
_WRONG = "(01)10888628001228(10)LOTA1(21)SN0003"


def show_labels(album: Album, window: MainWindow, patient_id: int) -> None:
    window.go(Place("history", patient_id))
    album.settle()
    screen = cast(HistoryScreen, window.file.screen_of("history"))
    _scan(album, screen, "")
    album.take(window, "label-waits", "Ctrl+B: the page waits for a label, a paste or a picture")
    page = screen.scanning.page
    _scan(album, screen, _READ)
    album.take(window, "label-read", "a label, read: every part in words, no side taken for granted")
    _confirm(album, page, Side.LEFT)
    album.take(window, "label-confirmed", "RIGHT or LEFT said by a key, the device confirmed: what would be filled in")
    page.put()
    album.take(window, "label-kept", "in the record; the next label can follow at once")
    _scan(album, screen, _READ)
    _confirm(album, page, Side.RIGHT)
    page.put()
    album.take(window, "label-guard", "the guard: one label for both sides is stopped")
    _scan(album, screen, _EXPIRED)
    _confirm(album, page, Side.RIGHT)
    album.take(window, "label-cross-checks", "expired, another product, another lot: each a sentence, none corrected")
    _scan(album, screen, _DOUBTFUL)
    album.take(window, "label-doubtful", "a label whose separators the scanner lost: the part in doubt is no fact")
    _scan(album, screen, _WRONG)
    _confirm(album, page, Side.LEFT)
    album.take(window, "label-not-read", "a wrong check digit: said, nothing filled in, the text kept, typing offered")
    page.left.emit()
    album.settle()


def _scan(album: Album, screen: HistoryScreen, raw: str) -> None:
    screen.scan(raw, "history")
    album.settle()


def _confirm(album: Album, page: ScanPage, side: Side) -> None:
    page.where.choose_side(side)
    album.settle()
    page.where.places[0].opened.emit()
    for _ in range(3):
        QApplication.processEvents()
    album.settle()
