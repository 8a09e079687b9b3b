"""Edits the marks on a chest: the drawing, what can be placed on it, and the same facts in words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.chest_mark import MarksField
from desktop.models.choices import ChestPlace, MarkKind, Side
from desktop.rules.chest_mark import all_words, mark_words, side_words
from desktop.ui.kit.buttons import button
from desktop.ui.kit.chest_editor_canvas import ChestCanvas
from desktop.ui.kit.chest_editor_details import MarkDetails
from desktop.ui.kit.chest_editor_kinds import KindList
from desktop.ui.kit.chest_editor_marks import EditedMarks
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px

_KEYS = (
    "Arrows walk from place to place, a letter or Enter places a mark, Page Down goes to the next mark, "
    "Shift with arrows moves it, Delete removes it, Tab leads to its note"
)


class ChestEditor(Editor):
    """The marks are the facts: drawing and words are made from them after every change."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.marks = EditedMarks()
        self._is_read_only = False
        self.widget = QWidget()
        self.canvas = ChestCanvas(self.marks, self.widget)
        self.kinds = KindList(self.widget)
        self.kinds.setObjectName(f"{name}.kind")
        self.details = MarkDetails(name, self.widget)
        self.status = Text("", "small", elide=True, tone="muted", parent=self.widget)
        self.undo_button = button("Undo")
        self.redo_button = button("Redo")
        self._words = {side: Text("", "body", wrap=True, parent=self.widget) for side in Side}
        self._lay_out()
        self.widget.setFocusProxy(self.canvas)
        self.canvas.edited.connect(self._on_edited)
        self.canvas.chosen_changed.connect(self._show_details)
        self.canvas.said.connect(self.status.setText)
        self.canvas.kind_changed.connect(lambda: self.kinds.show_kind(self.canvas.kind))
        self.kinds.picked.connect(self._pick)
        self.kinds.done.connect(lambda: self.canvas.setFocus(Qt.FocusReason.TabFocusReason))
        self.details.answered.connect(self._answer)
        self.details.remove_asked.connect(self._remove)
        self.details.done.connect(lambda: self.canvas.setFocus(Qt.FocusReason.TabFocusReason))
        for keys, act in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+Shift+Z", self.redo)):
            shortcut = QShortcut(QKeySequence(keys), self.widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self._show()

    @override
    def value(self) -> tuple[dict[str, Any], ...]:
        return self.marks.values()

    @override
    def set_value(self, value: Any) -> None:
        self.marks.begin_with_values(value or ())
        self._begin()

    @override
    def typed(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self.marks.rows]

    @override
    def retype(self, typed: Any) -> None:
        self.marks.begin(typed or ())
        self._begin()

    @override
    def keys(self) -> str:
        """The drawing in words too: whoever cannot see it is told the same facts."""
        return f"{all_words(self.marks.marks())}. {'' if self._is_read_only else _KEYS}"

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._is_read_only = read_only
        self.canvas.set_read_only(read_only)
        self.details.set_read_only(read_only)
        for each in (self.kinds, self.undo_button, self.redo_button):
            each.setVisible(not read_only)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.canvas,)

    def undo(self) -> None:
        if not self._is_read_only and self.marks.undo():
            self.canvas.choose(None)
            self._on_edited()

    def redo(self) -> None:
        if not self._is_read_only and self.marks.redo():
            self.canvas.choose(None)
            self._on_edited()

    def _begin(self) -> None:
        self.canvas.choose(None)
        self.canvas.set_kind(None)
        self._show()

    def _pick(self, kind: MarkKind | None) -> None:
        if kind is not self.canvas.kind:
            self.canvas.choose(None)
            self.canvas.set_kind(kind)

    def _answer(self, name: str, typed: Any) -> None:
        number = self.canvas.chosen
        if number is None:
            return
        if name == "place":
            if typed:
                self.marks.place(number, ChestPlace.from_code(typed))
        else:
            self.marks.change(number, (name, number), **{name: typed})
        self.canvas.refresh()
        self._on_edited()

    def _remove(self) -> None:
        self.canvas.setFocus(Qt.FocusReason.TabFocusReason)
        self.canvas.remove_chosen()

    def _on_edited(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        marks = self.marks.marks()
        self.undo_button.setEnabled(self.marks.can_undo)
        self.redo_button.setEnabled(self.marks.can_redo)
        for side, text in self._words.items():
            words = "; ".join(side_words(marks, side)) or "nothing marked"
            text.setText(f"{side.label} · {words}")
        self._show_details()
        self.canvas.update()

    def _show_details(self) -> None:
        number = self.canvas.chosen
        if number is None:
            self.details.show_mark(None)
        else:
            self.details.show_mark(self.marks.rows[number], mark_words(self.marks.marks()[number]))

    def _lay_out(self) -> None:
        for each, words in ((self.undo_button, "Undo the last change"), (self.redo_button, "Redo it")):
            each.setAccessibleName(f"{words} of the drawing")
        left = QVBoxLayout()
        left.setSpacing(px(SPACE_S))
        left.addWidget(self.canvas)
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.redo_button)
        left.addLayout(foot)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(px(SPACE_S))
        right.addWidget(self.kinds)
        right.addWidget(self.details, 1)
        for text in self._words.values():
            right.addWidget(text)
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_L))
        row.addLayout(left, 5)
        row.addLayout(right, 5)
        details = self.details
        of_mark = (details.way, details.place.widget, details.length.widget, details.note.widget, details.remove)
        for one, following in pairwise((self.kinds, self.canvas, *of_mark, self.undo_button, self.redo_button)):
            QWidget.setTabOrder(one, following)


@editor_for.register
def _(field: MarksField, lookup: Lookup) -> Editor:
    return ChestEditor(field.name)
