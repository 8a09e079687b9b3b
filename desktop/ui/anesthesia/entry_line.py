"""The line in which one row is typed while work goes on: big fields, Enter adds it, Esc leaves it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.anesthesia import TimedRowsField
from desktop.forms.form import Field, MomentField
from desktop.rules.problem import Problem
from desktop.rules.reading import Unreadable
from desktop.ui.anesthesia.rows_editor import TimedRowsEditor
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import SunkenBox
from desktop.ui.kit.clock import now
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, SPACE_XS, font, px

_PER_LINE = 5


class _Fields(QWidget):
    """The editors of one kind of row, side by side."""

    def __init__(self, field: TimedRowsField, lookup: Lookup) -> None:
        super().__init__()
        self.editors: dict[str, Editor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(SPACE_S))
        grid.setVerticalSpacing(px(SPACE_XS))
        for number, column in enumerate(field.columns):
            editor = editor_for(column, lookup)
            editor.setParent(self)
            line, at = divmod(number, _PER_LINE)
            label = Text(column.label, "muted", elide=True)
            label.setBuddy(editor.widget)
            grid.addWidget(label, 2 * line, at)
            grid.addWidget(editor.widget, 2 * line + 1, at)
            editor.widget.setMinimumSize(px(60), px(42))
            editor.widget.setFont(font("heading", tabular=True))
            for each in editor.inputs():
                each.setObjectName(f"{field.name}.{column.name}")
                each.setAccessibleName(f"{field.one}: {column.label} {getattr(column, 'unit', '')}".strip())
            self.editors[column.name] = editor
        for at in range(min(_PER_LINE, len(field.columns))):
            grid.setColumnStretch(at, 1)

    def typed(self) -> dict[str, Any]:
        return {name: editor.typed() for name, editor in self.editors.items()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        for name, editor in self.editors.items():
            editor.retype(typed.get(name, ""))

    def mark(self, name: str | None) -> None:
        for each, editor in self.editors.items():
            tone = "danger" if each == name else ""
            if (editor.widget.property("tone") or "") != tone:
                editor.widget.setProperty("tone", tone)
                editor.widget.style().unpolish(editor.widget)
                editor.widget.style().polish(editor.widget)


class EntryLine(SunkenBox):
    entered = Signal(str, object)
    """A row was added or changed: the name of its list, and the row when a person confirmed an unlikely value."""
    closed = Signal()

    def __init__(self, lookup: Lookup) -> None:
        super().__init__()
        self._lookup = lookup
        self._made: dict[str, _Fields] = {}
        self._rows: TimedRowsEditor | None = None
        self._number: int | None = None
        self._asked: dict[str, Any] | None = None
        self.title = Text("", "heading")
        self.words = Text("", "small", wrap=True)
        self.words.setMinimumHeight(px(17))
        self._place = QVBoxLayout()
        self.leave_button = button("Leave out  (Esc)")
        self.leave_button.setObjectName("entry.leave")
        self.leave_button.clicked.connect(self.leave)
        self.add_button = button("Add  (Enter)")
        self.add_button.setObjectName("entry.add")
        self.add_button.clicked.connect(self.enter)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.words, 1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.add_button)
        self.add(self.title)
        self.add(self._place)
        self.add(foot)
        self.hide()

    def is_open(self) -> bool:
        return self._rows is not None

    def open(self, rows: TimedRowsEditor, number: int | None = None, typed: Mapping[str, Any] | None = None) -> None:
        """A new row with the time it is now, a stored row to be changed, or a line that was left behind as a draft."""
        if self._rows is not None:
            self.take_focus()
            return
        self._rows, self._number, self._asked = rows, number, None
        field = rows.field
        if field.name not in self._made:
            made = self._made[field.name] = _Fields(field, self._lookup)
            for editor in made.editors.values():
                editor.edited.connect(self._on_typed)
            self._place.addWidget(made)
        for name, each in self._made.items():
            each.setVisible(name == field.name)
        fields = self._fields()
        if typed is None and number is not None:
            typed = rows.typed_row(number)
        fields.retype(typed or {})
        if typed is None:
            moment = next(column for column in field.columns if isinstance(column, MomentField))
            fields.editors[moment.name].set_value(now().replace(second=0, microsecond=0))
        self.title.setText(field.one if number is None else f"Change this {field.one.lower()}")
        self.add_button.setText("Add  (Enter)" if number is None else "Change  (Enter)")
        self._be_quiet()
        self.show()
        self.take_focus(quietly=True)

    def take_focus(self, *, quietly: bool = False) -> None:
        """The keyboard goes to the first answer after the time."""
        if self._rows is not None:
            if not quietly:
                self.words.setText("Finish this line first: Enter adds it, Esc leaves it out.")
            second = self._rows.field.columns[1].name
            self._fields().editors[second].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Put the row into the record, or say what is wrong with it; an unlikely one is asked about once."""
        if self._rows is None:
            return
        typed, values, problem = self._fields().typed(), {}, None
        for name, editor in self._fields().editors.items():
            try:
                values[name] = editor.value()
            except Unreadable as unreadable:
                problem = problem or Problem(name, str(unreadable))
        problem = problem or self._first_problem(values)
        if problem is not None and not (problem.is_question and self._asked == typed):
            again = "  Press Enter again if it is right." if problem.is_question else ""
            self._say(problem.message + again, problem)
            self._asked = typed if problem.is_question else None
            self._rows.keep_open_line(typed, self._number)
            self._fields().editors[problem.field].inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        rows, number = self._rows, self._number
        self.abandon()
        rows.put(typed, number)
        self.entered.emit(rows.field.name, values if problem is not None else None)

    def leave(self) -> None:
        """Close the line without a row."""
        if self._rows is not None:
            rows = self._rows
            self.abandon()
            rows.keep_open_line(None)
            self.closed.emit()

    def abandon(self) -> None:
        """Hide the line without telling anybody."""
        self._rows, self._number, self._asked = None, None, None
        self.hide()

    @override
    def event(self, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_key and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # here Esc leaves the line, not the screen
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            event.accept()  # a letter that no field took begins no second line

    def _fields(self) -> _Fields:
        assert self._rows is not None
        return self._made[self._rows.field.name]

    def _first_problem(self, values: Mapping[str, Any]) -> Problem | None:
        assert self._rows is not None
        field = self._rows.field
        of_columns = [problem for column in field.columns for problem in column.problems(values[column.name])]
        found = of_columns or [_with_label(field.columns, problem) for problem in field.check_row(values)]
        return min(found, key=lambda problem: problem.is_question, default=None)

    def _on_typed(self) -> None:
        if self._rows is not None:
            self._asked = None
            self._be_quiet()
            self._rows.keep_open_line(self._fields().typed(), self._number)

    def _be_quiet(self) -> None:
        """What helps to fill the line in, while nothing is wrong with it."""
        assert self._rows is not None
        self._say("; ".join(column.hint for column in self._rows.field.columns if column.hint), None)

    def _say(self, words: str, problem: Problem | None) -> None:
        self.words.setText(words)
        self.words.set_tone("muted" if problem is None else "warning" if problem.is_question else "danger")
        self._fields().mark(problem.field if problem is not None and not problem.is_question else None)


def _with_label(columns: tuple[Field[Any], ...], problem: Problem) -> Problem:
    label = next(column.label for column in columns if column.name == problem.field)
    return Problem(problem.field, f"{label}: {problem.message}", problem.is_question)
