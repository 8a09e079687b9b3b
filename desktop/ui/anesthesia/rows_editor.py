"""Edits rows that are written down while they happen: a table of all of them, and one line in which a row is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.anesthesia import TimedRowsField
from desktop.forms.form import ChoiceField, Field, MomentField
from desktop.rules.reading import Unreadable
from desktop.ui.anesthesia.rows_table import ChoiceReader, Reader, RowsModel, RowsTable, TypedRow, shown_cell
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.theme import SPACE_XS, px

_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_OPEN_LINE = "open_line"
"""Marks, among the rows of a draft, the line that was being typed and is no row yet."""


class TimedRowsEditor(Editor):
    """The rows stand in the order of their times. What is being typed in the open line is kept in the draft too."""

    change_asked = Signal(int)
    """A row is to be changed; the screen opens the entry line with it."""
    line_typed = Signal()

    def __init__(self, field: TimedRowsField, lookup: Lookup) -> None:
        super().__init__()
        self.field, self.lookup = field, lookup
        self._day: Any = None
        self._readers: dict[str, Reader] = {column.name: self._reader(column) for column in field.columns}
        self._rows: list[TypedRow] = []
        self._taken_out: TypedRow | None = None
        self._read_only = False
        self.open_line: dict[str, Any] | None = None
        self._model = RowsModel(field)
        self.table = RowsTable(self._model, field.columns)
        self._model.setParent(self.table)
        self.table.chosen.connect(self._on_chosen)
        self.table.removed.connect(self.remove)
        self.put_back = Button("", "link")
        self.put_back.setObjectName(f"{field.name}.put_back")
        self.put_back.clicked.connect(self._on_put_back)
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        column.addWidget(self.table)
        column.addWidget(self.put_back, 0, Qt.AlignmentFlag.AlignLeft)
        self.widget.setFocusProxy(self.table)
        self._show()

    def readable_rows(self) -> tuple[dict[str, Any], ...]:
        """The rows that can be read, for the chart and the sums."""
        found, day = [], self._look_once()
        for row in self._rows:
            try:
                found.append(row.values(self._readers, day))
            except Unreadable:
                continue
        return tuple(found)

    def typed_row(self, number: int) -> Mapping[str, Any]:
        return self._rows[number].typed

    def put(self, typed: Mapping[str, Any], number: int | None = None) -> None:
        """Add a row, or change the one with this number."""
        is_new = number is None or number >= len(self._rows)
        changed = TypedRow(None if is_new or number is None else self._rows[number].record_id, typed)
        if is_new or number is None:
            self._rows.append(changed)
        else:
            self._rows[number] = changed
        self.open_line = None
        self._taken_out = None
        self._show()
        self.table.selectRow(self._rows.index(changed))
        self.edited.emit()

    def remove(self, number: int) -> None:
        if self._read_only or self.open_line is not None:
            return
        self._taken_out = self._rows.pop(number)
        self._show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def keep_open_line(self, typed: Mapping[str, Any] | None, number: int | None = None) -> None:
        """What stands in the entry line now; None when it is closed. A line that is not ended is nothing wrong."""
        line: dict[str, Any] | None = None
        if typed is not None:
            record_id = self._rows[number].record_id if number is not None and number < len(self._rows) else None
            line = {"id": record_id, "number": number, "typed": dict(typed)}
        if line != self.open_line:
            self.open_line = line
            self.line_typed.emit()

    def left_open(self) -> tuple[Mapping[str, Any], int | None] | None:
        """The line that a draft brought back, and the number of the row it changes, if that row is still there."""
        if self.open_line is None:
            return None
        record_id, number = self.open_line["id"], self.open_line["number"]
        if record_id is not None:
            number = next((at for at, row in enumerate(self._rows) if row.record_id == record_id), None)
        return self.open_line["typed"], number if number is not None and number < len(self._rows) else None

    @override
    def value(self) -> tuple[dict[str, Any], ...]:
        if self.open_line is not None:
            one = self.field.one.lower()
            raise Unreadable(f"A line of {one} is still open: Enter adds it, Esc leaves it out.")
        found, day = [], self._look_once()
        for number, row in enumerate(self._rows, start=1):
            try:
                found.append(row.values(self._readers, day))
            except Unreadable as problem:
                raise Unreadable(f"{self.field.one} {number}: {problem}") from problem
        return tuple(found)

    @override
    def set_value(self, value: Any) -> None:
        """Show stored rows; the open line belongs to the person who types in it and stays."""
        self._look_once()
        self._rows = [TypedRow(answers.get("id"), self._written(answers)) for answers in value or ()]
        self._taken_out = None
        self._show()

    @override
    def typed(self) -> list[dict[str, Any]]:
        rows = [{"id": row.record_id} | row.typed for row in self._rows]
        return [*rows, {_OPEN_LINE: self.open_line}] if self.open_line is not None else rows

    @override
    def retype(self, typed: Any) -> None:
        known = {tuple(row.typed.items()): row.record_id for row in self._rows if row.record_id is not None}
        self._rows = []
        for answers in typed or ():
            if _OPEN_LINE in answers:
                self.open_line = dict(answers[_OPEN_LINE])
                continue
            row = {column.name: answers.get(column.name, "") for column in self.field.columns}
            record_id = answers.get("id")
            # a row that was saved since it was typed is that row, not another one
            self._rows.append(TypedRow(known.get(tuple(row.items())) if record_id is None else record_id, row))
        self._taken_out = None
        self._show()

    @override
    def echo(self) -> str:
        return "" if self._rows else "None recorded."

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.table,)

    def _reader(self, column: Field[Any]) -> Reader:
        if isinstance(column, ChoiceField):
            return ChoiceReader(column.choices)
        editor = editor_for(column, lambda _day: self._day)
        editor.setParent(self)
        return editor

    def _look_once(self) -> Any:
        """The day of the note as it is written now; read once for all rows instead of once for each time."""
        moment = next(column for column in self.field.columns if isinstance(column, MomentField))
        self._day = self.lookup(moment.day_field)
        return self._day

    def _written(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        written = {}
        for name, reader in self._readers.items():
            reader.set_value(answers.get(name))
            written[name] = reader.typed()
        return written

    def _show(self) -> None:
        day = self._look_once()
        for row in self._rows:
            try:
                row.values(self._readers, day)
            except Unreadable:
                continue  # it is shown as it was typed; `value` says what is wrong with it
        self._rows.sort(key=lambda row: row.known().get("at") or _LAST)
        self._model.show_rows(self._rows)
        self.table.fit()
        taken = self._taken_out
        self.put_back.setVisible(taken is not None)
        if taken is not None:
            cells = (shown_cell(column, taken) for column in self.field.columns)
            self.put_back.setText(f"Put back: {' · '.join(filter(None, cells))}".replace("&", "&&"))

    def _on_chosen(self, number: int) -> None:
        if not self._read_only:
            self.change_asked.emit(number)

    def _on_put_back(self) -> None:
        if self._taken_out is not None:
            taken, self._taken_out = self._taken_out, None
            self._rows.append(taken)
            self._show()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()


@editor_for.register
def _(field: TimedRowsField, lookup: Lookup) -> Editor:
    return TimedRowsEditor(field, lookup)
