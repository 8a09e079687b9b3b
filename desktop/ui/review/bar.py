"""Stands above a file that was opened from the list: which case of how many, on to the next, back to the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.case_review import CaseLine
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.review.screen import place_of


class ReviewBar(QWidget):
    """F8 goes on, Shift+F8 back; hidden while nobody works through the list."""

    went = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[CaseLine, ...] = ()
        self._at = 0
        self.words = Text("", "muted", elide=True)
        self.back_button = Button("Back to the list", "quiet")
        self.back_button.setObjectName("review_list")
        self.back_button.clicked.connect(lambda: self.went.emit(Place("review")))
        self.previous_button = Button("Previous", "quiet")
        self.previous_button.setObjectName("review_previous")
        self.previous_button.clicked.connect(lambda: self._step(-1))
        self.next_button = button("Next case  (F8)")
        self.next_button.setObjectName("review_next")
        self.next_button.setAccessibleName("Next case")
        self.next_button.clicked.connect(lambda: self._step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.words, 1)
        for each in (self.back_button, self.previous_button, self.next_button):
            row.addWidget(each)
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self._step(by))
        self.hide()

    def begin(self, lines: tuple[CaseLine, ...], at: int) -> None:
        """Work through these cases from this one on."""
        self._lines, self._at = lines, at
        self._show()

    def follow(self, place: Place) -> None:
        """Seen only above the file of a case of the list: whoever goes elsewhere has left it."""
        on_it = bool(self._lines) and place.patient_id == self._lines[self._at].patient_id
        self.setVisible(on_it)
        if place.patient_id is None:
            self._lines = ()

    def _step(self, by: int) -> None:
        """Past the last one the list comes back."""
        at = self._at + by
        if not self._lines or at < 0:
            return
        if at >= len(self._lines):
            self.went.emit(Place("review"))
            return
        self._at = at
        self._show()

    def _show(self) -> None:
        line = self._lines[self._at]
        what = " · ".join(each.label for each, _since in line.waits)
        self.words.setText(f"Case {self._at + 1} of {len(self._lines)} to decide · {what}")
        self.previous_button.setEnabled(self._at > 0)
        is_last = self._at == len(self._lines) - 1
        self.next_button.setText("Done, back to the list  (F8)" if is_last else "Next case  (F8)")
        self.next_button.setAccessibleName("Back to the list" if is_last else "Next case")
        self.went.emit(place_of(line))
