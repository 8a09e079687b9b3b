"""A closed list to choose from; the letters a person types find the answer, wherever in it they stand."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter
from typing_extensions import override

TYPING_PAUSE_MS = 1_500
"""After so long a pause the next letter begins a new search."""

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ChoiceBox(QComboBox):
    """The mouse wheel cannot change it by accident while the page scrolls; Delete takes the answer back."""

    chooses_while_typing = True

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._since = QElapsedTimer()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentIndex() > 0:
            self._typed = ""
            self.setCurrentIndex(0)
            self.activated.emit(0)
            return
        if self._is_letter(event):
            at = self._find(event.text())
            if at >= 0 and at != self.currentIndex():
                self.setCurrentIndex(at)
                if self.chooses_while_typing:
                    self.activated.emit(at)
            return
        self._typed = ""
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """An answer that is too long for its box ends in …, never in half a letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        if self.currentIndex() < 0 or shown == self.currentText():
            super().paintEvent(event)
            return
        option.currentText = shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @override
    def showPopup(self) -> None:
        self._typed = ""
        self.view().installEventFilter(self)
        super().showPopup()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters typed into the open list find in it too; Enter takes what was found."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._is_letter(event):
            at = self._find(event.text())
            if at >= 0:
                self.view().setCurrentIndex(self.model().index(at, self.modelColumn()))
            return True
        return super().eventFilter(watched, event)

    def _is_letter(self, event: QKeyEvent) -> bool:
        text = event.text()
        if not text or not text.isprintable() or event.modifiers() & _COMMANDS:
            return False
        return text != " " or bool(self._typed)  # a blank before any letter opens the list

    def _find(self, letters: str) -> int:
        if self._since.isValid() and self._since.hasExpired(TYPING_PAUSE_MS):
            self._typed = ""
        self._since.start()
        for typed in (self._typed + letters.casefold(), letters.casefold()):
            if (at := self._best(typed)) >= 0:
                self._typed = typed
                return at
        return -1

    def _best(self, typed: str) -> int:
        """The first label that begins so, else one with a word that does, else one that contains it."""
        labels = [self.itemText(at).casefold() for at in range(self.count())]
        ranks = (
            lambda label: label.startswith(typed),
            lambda label: f" {typed}" in label,
            lambda label: typed in label,
        )
        return next((at for fits in ranks for at, label in enumerate(labels) if self.itemData(at) and fits(label)), -1)
