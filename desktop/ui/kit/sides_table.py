"""Measurements of both sides as a table: RIGHT and LEFT of a question beside each other, the difference at its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.measure_field import MeasureField
from desktop.models.choices import Side
from desktop.rules.problem import Problem
from desktop.rules.reading import Unreadable
from desktop.ui.kit.field_box import FieldBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px

_NO_DIFFERENCE = "–"


class TableBox(FieldBox):
    """An editor in a table, which names its question. What there is to say stands beside it; what is wrong with the
    answer has the width of the table, in a line that is made when it is first needed."""

    place_line: Callable[[QWidget], object]

    @override
    def show_problem(self, problem: Problem | None) -> None:
        super().show_problem(problem)
        if problem is not None:
            self.note.setText(self._quiet_words())
            self.note.set_tone("muted")
            side = f"{self.field.side.label}: " if self.field.side else ""
            line = self._problem_line()
            line.setText(f"{side}{problem.message}")
            line.set_tone("warning" if problem.is_question else "danger")
        if self._line is not None:
            self._line.setVisible(problem is not None)

    @override
    def _lay_out(self, heading: str) -> None:
        self._hint = ""
        self._line: QWidget | None = None
        self._problem: Text | None = None
        self.note.setText("")
        self.note.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.editor.widget.setFixedWidth(px(112))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.editor.widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.note, 1)

    def _problem_line(self) -> Text:
        if self._line is None or self._problem is None:
            line = self._line = QWidget(self.parentWidget())
            line.setLayout(self._foot)
            self._foot.setContentsMargins(0, 0, 0, 0)
            self._problem = Text("", "small", wrap=True, parent=line)
            self._foot.insertWidget(0, self._problem, 1)
            self.place_line(line)
        return self._problem


class SidesTable(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[MeasureField, TableBox, TableBox, Text]] = []
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(SPACE_L))
        grid.setVerticalSpacing(px(SPACE_S))
        for at, side in enumerate(Side, start=1):
            grid.addWidget(Text(side.label, "label", tone=side.label.lower(), parent=self), 0, at)
            grid.setColumnStretch(at, 1)
        grid.addWidget(Text("RIGHT − LEFT", "label", tone="muted", parent=self), 0, 3)

    def add_row(self, right: TableBox, left: TableBox) -> None:
        field = right.field
        assert isinstance(field, MeasureField)
        line = self._grid.rowCount()
        for at, box in enumerate((right, left), start=line + 1):
            box.place_line = partial(self._place_line, at)
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addWidget(Text(field.label, "label", parent=self))
        named.addWidget(Text(field.hint, "small", tone="muted", parent=self))
        by = Text(_NO_DIFFERENCE, "body", tone="muted", tabular=True, parent=self)
        self._grid.addLayout(named, line, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(right, line, 1)
        self._grid.addWidget(left, line, 2)
        self._grid.addWidget(by, line, 3)
        self._grid.setRowMinimumHeight(line + 2, 0)  # the lines of problems have their rows before they are made
        self._rows.append((field, right, left, by))

    def _place_line(self, at: int, line: QWidget) -> None:
        self._grid.addWidget(line, at, 1, 1, 3)

    def show_differences(self) -> None:
        """Missing is not zero: while one side has no readable number there is no difference."""
        for field, right, left, by in self._rows:
            words = field.show_difference(_value(right), _value(left))
            if by.text() != (words or _NO_DIFFERENCE):
                by.setText(words or _NO_DIFFERENCE)
                by.set_tone(None if words else "muted")
            by.setAccessibleName(f"{field.label}, RIGHT minus LEFT: {words or 'not known'}")


def _value(box: TableBox) -> int | None:
    try:
        value: int | None = box.editor.value()
    except Unreadable:
        return None
    return value
