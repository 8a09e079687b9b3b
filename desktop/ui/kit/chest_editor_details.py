"""What more is said of the one mark that is chosen: its place, which way, how long, and a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.rules.chest_mark import HAS_LENGTH
from desktop.rules.numbers import read_whole
from desktop.rules.rows import Row
from desktop.ui.kit.buttons import Segmented, button
from desktop.ui.kit.editors import ChoiceEditor, LineEditor
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, SPACE_XS, px

_NOTHING = (
    "Choose what to place, then click where it is. With the keyboard, arrows walk from place to place and a letter or "
    "Enter places it there. Drag or Shift+arrows move a mark, Delete removes it, Page Down goes to the next one."
)
_WAYS = [(way.value, way.label) for way in Displacement if way is not Displacement.NONE]


class MarkDetails(QStackedWidget):
    """Told a mark, it shows what stands there; what a person changes goes out as the answer to one question."""

    answered = Signal(str, object)
    """The name of the answer and what was typed."""
    remove_asked = Signal()
    done = Signal()
    """Enter in a line: back to the drawing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nothing = Text(_NOTHING, "small", wrap=True, tone="muted", parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.addWidget(self.nothing)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        head = QHBoxLayout()
        self.heading = Text("", "strong", wrap=True, parent=page)
        self.remove = button("Remove", icon="remove")
        self.remove.setObjectName(f"{name}.remove")
        self.remove.clicked.connect(self.remove_asked)
        head.addWidget(self.heading, 1)
        head.addWidget(self.remove)
        column.addLayout(head)
        self.place = ChoiceEditor(ChestPlace)
        self.length = LineEditor(read_whole, str, "mm")
        self.note = LineEditor(str, str)
        self.way = Segmented("Which way", _WAYS)
        self.way.setObjectName(f"{name}.direction")
        self.way.changed.connect(lambda way: self.answered.emit("direction", way or ""))
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_M))
        self._length_box = _labelled("Length", self.length.widget, page)
        line.addWidget(_labelled("Place", self.place.widget, page), 2)
        line.addWidget(self._length_box, 1)
        self._way_box = _labelled("Which way", self.way, page)
        column.addWidget(self._way_box)
        column.addLayout(line)
        column.addWidget(_labelled("Note", self.note.widget, page))
        column.addStretch(1)
        self.addWidget(page)
        for key, editor in (("place", self.place), ("length_mm", self.length), ("note", self.note)):
            editor.setParent(self)
            editor.widget.setObjectName(f"{name}.{key}")
            editor.edited.connect(lambda key=key, editor=editor: self.answered.emit(key, editor.typed()))
        self.place.widget.setAccessibleName("Place of the mark")
        self.length.widget.setAccessibleName("Length of the mark in mm")
        self.note.widget.setAccessibleName("Note on the mark")
        for editor in (self.length, self.note):
            if isinstance(editor.widget, QLineEdit):
                editor.widget.returnPressed.connect(self.done)

    def show_mark(self, row: Row | None, words: str = "") -> None:
        if row is None:
            self.setCurrentIndex(0)
            return
        side, kind = Side.from_code(row["side"]), MarkKind.from_code(row["kind"])
        self.heading.setText(f"{side.label} · {words}")
        self.heading.set_tone(side.label.lower())
        for editor, key in ((self.place, "place"), (self.length, "length_mm"), (self.note, "note")):
            if editor.typed() != row[key]:
                editor.retype(row[key])
        self.way.set_value(row["direction"] or None)
        self._way_box.setVisible(kind is MarkKind.DISPLACEMENT)
        self._length_box.setVisible(kind in HAS_LENGTH)
        self.setCurrentIndex(1)

    def set_read_only(self, read_only: bool) -> None:
        self.remove.setVisible(not read_only)
        self.way.setEnabled(not read_only)
        for editor in (self.place, self.length, self.note):
            editor.set_read_only(read_only)
        self.nothing.setText("" if read_only else _NOTHING)


def _labelled(words: str, widget: QWidget, parent: QWidget) -> QWidget:
    box = QWidget(parent)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(SPACE_XS))
    label = Text(words, "label", parent=box)
    label.setBuddy(widget)
    column.addWidget(label)
    column.addWidget(widget)
    return box
