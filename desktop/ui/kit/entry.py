"""How a question outside the records is asked: its label, its input, and a line for what there is to say."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_XS, px

LINE_LENGTH = 300


class Entry(QWidget):
    """`name` is the object name of the input. A problem stands under it until there is none; nothing jumps."""

    def __init__(self, name: str, label: str, widget: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input = widget
        self._hint = hint
        self.setFocusProxy(widget)
        widget.setObjectName(name)
        widget.setAccessibleName(label)
        self.label = Text(label, "label")
        self.label.setBuddy(widget)
        self.note = Text("", "small", tone="muted", wrap=True)
        self.note.setMinimumHeight(px(17))
        self.note.setProperty("alignment", "AlignTop|AlignLeft")  # in words, see theme.py
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        for each in (self.label, widget, self.note):
            column.addWidget(each)
        column.addStretch(1)  # beside a taller one it keeps its place at the top
        self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """What is wrong with the answer; an empty sentence brings the hint back."""
        self._say(sentence or self._hint, "danger" if sentence else "muted")
        tone = "danger" if sentence else ""
        if (self.input.property("tone") or "") == tone:
            return
        self.input.setProperty("tone", tone)
        if self.input.testAttribute(
            QtCore.Qt.WidgetAttribute.WA_WState_Polished
        ):  # before, the style has not looked yet
            self.input.style().unpolish(self.input)
            self.input.style().polish(self.input)

    def set_hint(self, hint: str, tone: str = "muted") -> None:
        """A quiet remark under the input; it takes the place of a problem."""
        self._hint = hint
        self.show_problem("")
        self.note.set_tone(tone)

    def _say(self, words: str, tone: str) -> None:
        self.note.setText(words)
        self.note.set_tone(tone)
        self.input.setAccessibleDescription(words)


class LineEntry(Entry):
    """One line of words; line breaks that are pasted into it become blanks."""

    edited = Signal()

    def __init__(self, name: str, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(LINE_LENGTH)
        super().__init__(name, label, self.line, hint, parent)
        self.line.textEdited.connect(self._on_edited)

    def words(self) -> str:
        return " ".join(self.line.text().split())

    def set_words(self, words: str) -> None:
        self.line.setText(words)

    def _on_edited(self) -> None:
        self.show_problem("")
        self.edited.emit()
