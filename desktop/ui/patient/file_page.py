"""A patient's file: the banner that never leaves, the tabs, and the screen of the chosen tab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.patient import PatientHeader, open_file, read_header
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import Divider
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.shell import TabRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.patient.banner import Banner


class PatientScreen(Protocol):
    """What the file asks of the screen behind a tab."""

    def show_patient(self, patient_id: int) -> None: ...


Makers = Mapping[str, tuple[str, Callable[[Background], Screen]]]
"""By tab: its label, and how its screen is made the first time somebody goes there."""


class PatientFilePage(QWidget):
    went = Signal(object)
    shown = Signal(object)
    """The header of the patient who is open now."""

    def __init__(self, background: Background, makers: Makers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background, self._makers = background, makers
        self._screens: dict[str, Screen] = {}
        self._shows: dict[str, int] = {}
        self.header: PatientHeader | None = None
        self.banner = Banner()
        self.tabs = TabRow([(key, label) for key, (label, _make) in makers.items()])
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(self.banner)
        self.led_here = Text("", wrap=True, tone="warning")
        self.led_here.hide()
        column.addWidget(self.led_here)
        column.addWidget(self.tabs)
        column.addWidget(Divider())
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        self.banner.print_asked.connect(lambda: self.show_tab("documents"))
        background.tables_changed.connect(self._on_tables_changed)

    def open_patient(self, patient_id: int, tab: str = "overview", place: Place | None = None) -> None:
        """Open a file; another patient's screens never stay on view meanwhile."""
        self.keep_drafts()
        if self.header is None or self.header.id != patient_id:
            self.header = None
            self._shows.clear()
            self._stack.hide()
            self.banner.hide()
        self._background.run(self, open_file, patient_id, done=lambda header: self._show(header, tab, place))

    def show_tab(self, tab: str) -> None:
        if self.header is None:
            return
        if self.tabs.selected() != tab:
            self.tabs.select(tab)  # which comes back here
            return
        self.keep_drafts()
        screen = self.screen_of(tab)
        if self._shows.get(tab) != self.header.id:
            cast(PatientScreen, screen).show_patient(self.header.id)
            self._shows[tab] = self.header.id
        else:
            screen.refresh()
        if screen is not self._stack.currentWidget() and _has_keyboard(self._stack):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)  # what is left must not pass the keyboard on unseen
        self._stack.setCurrentWidget(screen)

    def screen_of(self, tab: str) -> Screen:
        if tab not in self._screens:
            made = self._makers[tab][1](self._background)
            made.went.connect(self._on_went)
            made.header_changed.connect(self.read_header)
            self._screens[tab] = made
            self._stack.addWidget(made)
        return self._screens[tab]

    def keep_drafts(self) -> None:
        for screen in self._screens.values():
            screen.keep_drafts()

    def read_header(self) -> None:
        if self.header is not None:
            self._background.read(self, read_header, self.header.id, done=self._show_header)

    def _show(self, header: PatientHeader, tab: str, place: Place | None) -> None:
        self.led_here.setText(header.led_here)
        self.led_here.setVisible(bool(header.led_here))
        self._show_header(header)
        self.banner.show()
        if self.isVisible() and not _has_keyboard(self):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_tab(tab)
        self._stack.show()  # only now: what another patient's screens held is never laid out again
        if place is not None:
            self.screen_of(tab).go_to(place)

    def _show_header(self, header: PatientHeader) -> None:
        if self.header is not None and self.header.id != header.id:
            return
        self.header = header
        self.banner.show_header(header)
        self.shown.emit(header)

    def _on_went(self, place: Place) -> None:
        if place.name in self._makers and self.header is not None and place.patient_id in (None, self.header.id):
            self.show_tab(place.name)
            self.screen_of(place.name).go_to(place)
        else:
            self.went.emit(place)

    def _on_tables_changed(self, tables: frozenset[str]) -> None:
        if self.isVisible() and tables & {"patient", "allergy", "medicine", "condition"}:
            self.read_header()


def _has_keyboard(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and widget.isAncestorOf(focused)
