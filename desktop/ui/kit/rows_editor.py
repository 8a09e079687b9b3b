"""Edits the rows of a child table inside the form of the record they belong to."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.form import ChoiceField, Field, ListField, SegmentField, StatementField
from desktop.rules.reading import Unreadable
from desktop.ui.kit.buttons import Button, button, icon_button
from desktop.ui.kit.editors import Editor, Lookup, StatementEditor, editor_for
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

_TEXT_SHARE, _LEAST_SHARE, _MOST_SHARE, _ARROW_SHARE = 21, 8, 27, 8


def _share(answer: Field[Any]) -> int:
    """How much of the line's width a column asks for: as much as its longest answer, so that few are cut off."""
    if isinstance(answer, StatementField | SegmentField):
        return 0
    if isinstance(answer, ChoiceField):
        longest = max(len(choice.label) for choice in answer.choices)
        return _ARROW_SHARE + min(_MOST_SHARE, max(_LEAST_SHARE, longest))
    return _TEXT_SHARE


class _Row:
    def __init__(self, field: ListField, lookup: Lookup, record_id: int | None) -> None:
        self.record_id = record_id
        self.editors: dict[str, Editor] = {}
        for column in field.columns:
            editor = StatementEditor("") if isinstance(column, StatementField) else editor_for(column, lookup)
            self.editors[column.name] = editor
            for each in editor.inputs():
                each.setObjectName(f"{field.name}.{column.name}")
                each.setAccessibleName(f"{field.one}: {column.label}")
        self.remove: Button = icon_button("remove", f"Remove this {field.one.lower()}")

    def typed(self) -> dict[str, Any]:
        return {"id": self.record_id} | {name: editor.typed() for name, editor in self.editors.items()}

    def is_blank(self) -> bool:
        return not any(editor.typed() for editor in self.editors.values())


class RowsEditor(Editor):
    """One line of editors a row. A row in which nothing was entered does not count."""

    def __init__(self, field: ListField, lookup: Lookup) -> None:
        super().__init__()
        self._field, self._lookup = field, lookup
        self._rows: list[_Row] = []
        self._read_only = False
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(SPACE_S))
        self._grid.setVerticalSpacing(px(6))
        self._headings = [Text(c.label, "caption") for c in field.columns]
        for at, (heading, answer) in enumerate(zip(self._headings, field.columns, strict=True)):
            self._grid.addWidget(heading, 0, at)
            self._grid.setColumnStretch(at, _share(answer))
        column.addLayout(self._grid)
        line = QHBoxLayout()
        self.add_button = button(f"Add {field.one.lower()}", icon="add")
        self.add_button.setObjectName(f"{field.name}.add")
        self.add_button.clicked.connect(self.add_row)
        line.addWidget(self.add_button)
        line.addStretch(1)
        column.addLayout(line)
        self.widget.setFocusProxy(self.add_button)
        self._show_headings()

    def add_row(self) -> None:
        """A blank row with the keyboard in its first answer."""
        row = self._append(None)
        next(iter(row.editors.values())).widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    @override
    def value(self) -> tuple[dict[str, Any], ...]:
        rows = []
        for number, row in enumerate((row for row in self._rows if not row.is_blank()), start=1):
            try:
                rows.append({"id": row.record_id} | {name: editor.value() for name, editor in row.editors.items()})
            except Unreadable as problem:
                raise Unreadable(f"{self._field.one} {number}: {problem}") from problem
        return tuple(rows)

    @override
    def set_value(self, value: Any) -> None:
        self._clear()
        for answers in value or ():
            row = self._append(answers.get("id"))
            for name, editor in row.editors.items():
                editor.set_value(answers.get(name))

    @override
    def typed(self) -> list[dict[str, Any]]:
        return [row.typed() for row in self._rows if not row.is_blank()]

    @override
    def retype(self, typed: Any) -> None:
        self._clear()
        for answers in typed or ():
            row = self._append(answers.get("id"))
            for name, editor in row.editors.items():
                if name in answers:
                    editor.retype(answers[name])

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.add_button.setVisible(not read_only)
        # A hidden proxy would hold the Tab key fast; Qt takes None here, its stubs do not say so.
        self.widget.setFocusProxy(None if read_only else self.add_button)  # type: ignore[arg-type]
        for row in self._rows:
            self._apply_read_only(row)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.add_button,)

    def _append(self, record_id: int | None) -> _Row:
        row = _Row(self._field, self._lookup, record_id)
        line = self._grid.rowCount()
        for at, editor in enumerate(row.editors.values()):
            editor.setParent(self)
            editor.edited.connect(self.edited)
            self._grid.addWidget(editor.widget, line, at)
        self._grid.addWidget(row.remove, line, len(row.editors))
        row.remove.clicked.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._apply_read_only(row)
        self._show_headings()
        return row

    def _apply_read_only(self, row: _Row) -> None:
        row.remove.setVisible(not self._read_only)
        for editor in row.editors.values():
            editor.set_read_only(self._read_only)

    def _remove(self, row: _Row) -> None:
        self._discard(row)
        self._rows.remove(row)
        self._show_headings()
        self.add_button.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def _clear(self) -> None:
        for row in self._rows:
            self._discard(row)
        self._rows.clear()
        self._show_headings()

    def _discard(self, row: _Row) -> None:
        for widget in (*(editor.widget for editor in row.editors.values()), row.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for editor in row.editors.values():
            editor.deleteLater()

    def _show_headings(self) -> None:
        for heading in self._headings:
            heading.setVisible(bool(self._rows))


@editor_for.register
def _(field: ListField, lookup: Lookup) -> Editor:
    return RowsEditor(field, lookup)
