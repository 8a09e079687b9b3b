"""Edits the rows of a child table inside the form of the record they belong to."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.form import (
    ChoiceField,
    Field,
    ListField,
    ManyField,
    NumberField,
    SegmentField,
    StatementField,
    TextField,
)
from desktop.rules.reading import Unreadable
from desktop.ui.kit.buttons import Button, button, icon_button
from desktop.ui.kit.editors import Editor, Lookup, StatementEditor, editor_for
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.tab_order import stand_after, stand_for, stop_before
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

_TEXT_SHARE, _LEAST_SHARE, _MOST_SHARE, _ARROW_SHARE, _NUMBER_SHARE = 21, 8, 27, 8, 10


def _share(answer: Field[Any]) -> int:
    """How much of the line's width a column asks for: as much as its longest answer, so that few are cut off."""
    if isinstance(answer, StatementField | SegmentField):
        return 0
    if isinstance(answer, ChoiceField):
        longest = max(len(choice.label) for choice in answer.choices)
        return _ARROW_SHARE + min(_MOST_SHARE, max(_LEAST_SHARE, longest))
    if isinstance(answer, NumberField):
        return _NUMBER_SHARE
    if isinstance(answer, TextField) and answer.max_length:
        return min(_TEXT_SHARE, max(_LEAST_SHARE, answer.max_length))
    return _MOST_SHARE if isinstance(answer, ManyField) else _TEXT_SHARE


class EditedRow:
    def __init__(self, field: ListField, lookup: Lookup, record_id: int | None) -> None:
        self.record_id = record_id
        self.line = 0
        self.editors: dict[str, Editor] = {}
        for column in field.columns:
            editor = StatementEditor("") if isinstance(column, StatementField) else editor_for(column, lookup)
            self.editors[column.name] = editor
            for each in editor.inputs():
                each.setObjectName(f"{field.name}.{column.name}")
                each.setAccessibleName(f"{field.one}: {column.label}")
        self.remove: Button = icon_button("remove", f"Remove this {field.one.lower()}")
        self.beneath: QWidget | None = None
        self.actions: tuple[Button, ...] = ()

    def widgets(self) -> list[QWidget]:
        """Everything of it that stands in the grid by itself."""
        lone = (*(editor.widget for editor in self.editors.values()), *self.actions, self.remove)
        inside = [each for each in lone if self.beneath is None or not self.beneath.isAncestorOf(each)]
        return inside + ([self.beneath] if self.beneath is not None else [])

    def typed(self) -> dict[str, Any]:
        return {"id": self.record_id} | {name: editor.typed() for name, editor in self.editors.items()}

    def is_blank(self) -> bool:
        return not any(editor.typed() for editor in self.editors.values())


class RowsEditor(Editor):
    """One line of editors a row, or two where the form says so. A row in which nothing was entered does not count."""

    reuses_rows: ClassVar[bool] = True
    """Whether a row that was taken away serves again for another: making one takes most of the time of opening a
    record. Not where each row is listened to as it is made."""

    def __init__(self, field: ListField, lookup: Lookup) -> None:
        super().__init__()
        self._field, self._lookup = field, lookup
        self._rows: list[EditedRow] = []
        self._spare: list[EditedRow] = []
        self._read_only = False
        self.widget = QWidget()
        column = self._column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(SPACE_S))
        self._grid.setVerticalSpacing(px(6))
        self._first_line = field.columns[: len(field.columns) - len(field.beneath)]
        self._headings = [Text(c.label, "caption") for c in self._first_line]
        for at, (heading, answer) in enumerate(zip(self._headings, self._first_line, strict=True)):
            self._grid.addWidget(heading, 0, at)
            self._grid.setColumnStretch(at, _share(answer))
        column.addLayout(self._grid)
        line = self._foot = QHBoxLayout()
        self.add_button = button(f"Add {field.one.lower()}", icon="add")
        self.add_button.setObjectName(f"{field.name}.add")
        self.add_button.clicked.connect(self.add_row)
        line.addWidget(self.add_button)
        line.addStretch(1)
        column.addLayout(line)
        self.widget.setFocusProxy(self.add_button)
        if hasattr(field.row, "position"):
            for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
                shortcut = QShortcut(QKeySequence(keys), self.widget)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda by=by: self._move(by))
        self._show_headings()

    def actions_of(self, row: EditedRow) -> tuple[Button, ...]:
        """Buttons at the end of a row's line, left of the one that removes it."""
        return ()

    def beside_add(self, widget: QWidget) -> None:
        """A further button, right of Add."""
        self._foot.insertWidget(self._foot.count() - 1, widget)
        QWidget.setTabOrder(self.add_button, widget)

    def put_below(self, widget: QWidget) -> None:
        """Something under the rows and Add."""
        self._column.addWidget(widget)

    def row_with_keyboard(self) -> EditedRow | None:
        return next((row for row in self._rows if self._answer_with_keyboard(row)), None)

    def add_row(self) -> None:
        """A blank row with the keyboard in its first answer."""
        row = self._append(None)
        next(iter(row.editors.values())).widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def focus_empty(self, name: str) -> None:
        """The keyboard into the first row that lacks this answer, scrolled into sight once it has its place."""
        row = next((each for each in self._rows if not each.editors[name].typed()), None)
        if row is not None:
            widget = row.editors[name].widget
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, widget, lambda: bring_into_view(widget))

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
        """The keyboard stays in the answer where it is: saving shows anew what was saved."""
        here = self.row_with_keyboard()
        at = [row for row in self._rows if not row.is_blank()].index(here) if here and not here.is_blank() else None
        answer = self._answer_with_keyboard(here) if here else ""
        self._clear()
        for answers in value or ():
            row = self._append(answers.get("id"))
            for name, editor in row.editors.items():
                editor.set_value(answers.get(name))
        if at is not None and at < len(self._rows):
            self.focus_answer(self._rows[at], answer)

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
    def keys(self) -> str:
        return "Alt with up or down moves a row" if hasattr(self._field.row, "position") else ""

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.add_button.setVisible(not read_only)
        stand_for(self.widget, None if read_only else self.add_button)
        for row in self._rows:
            self._apply_read_only(row)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.add_button,)

    def _append(self, record_id: int | None) -> EditedRow:
        row = self._spare.pop() if self._spare else self._make_row()
        row.record_id, row.line = record_id, self._rows[-1].line + 2 if self._rows else 1
        for at, answer in enumerate(self._first_line):
            self._grid.addWidget(row.editors[answer.name].widget, row.line, at)
        for at, action in enumerate((*row.actions, row.remove), start=len(self._first_line)):
            self._grid.addWidget(action, row.line, at)
        if row.beneath is not None:
            self._grid.addWidget(row.beneath, row.line + 1, 0, 1, len(self._first_line))
        for widget in row.widgets():
            if widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                widget.show()  # it was hidden when it was taken away
        self._rows.append(row)
        self._stand_in_order(row)
        self._apply_read_only(row)
        self._show_headings()
        return row

    def _make_row(self) -> EditedRow:
        row = EditedRow(self._field, self._lookup, None)
        for editor in row.editors.values():
            editor.setParent(self)
            editor.edited.connect(self.edited)
        row.actions = self.actions_of(row)
        if self._field.beneath:
            row.beneath = self._second_line(row)
        row.remove.clicked.connect(lambda: self._remove(row))
        return row

    def _second_line(self, row: EditedRow) -> QWidget:
        """What stands beneath is named beside it: its columns are none of the first line."""
        beneath = QWidget(self.widget)
        line = QHBoxLayout(beneath)
        line.setContentsMargins(0, 0, 0, px(SPACE_S))
        line.setSpacing(px(SPACE_S))
        for answer in self._field.beneath:
            name = Text(answer.label, "caption", parent=beneath)
            name.setContentsMargins(0, px(SPACE_S), 0, 0)
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(row.editors[answer.name].widget, _share(answer), Qt.AlignmentFlag.AlignTop)
        return beneath

    def _stand_in_order(self, row: EditedRow) -> None:
        """Tab comes to the rows one after the other and then to Add; Qt goes by when a widget was made."""
        at = self._rows.index(row)
        before = self._rows[at - 1].remove if at else stop_before(self.add_button)
        widgets = (*(editor.widget for editor in row.editors.values()), *row.actions, row.remove)
        stand_after(before, [stop for widget in widgets for stop in _stops(widget)])

    def _apply_read_only(self, row: EditedRow) -> None:
        row.remove.setVisible(not self._read_only)
        for editor in row.editors.values():
            editor.set_read_only(self._read_only)

    def _remove(self, row: EditedRow) -> None:
        if row not in self._rows:  # pressed once more while it went
            return
        self._rows.remove(row)
        self._discard(row)
        self._show_headings()
        self.add_button.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def _move(self, by: int) -> None:
        """The row with the keyboard goes up or down; the keyboard stays in the same answer of it."""
        row = self.row_with_keyboard()
        if row is None or self._read_only:
            return
        at = self._rows.index(row)
        if not 0 <= at + by < len(self._rows):
            return
        answer = self._answer_with_keyboard(row)
        typed = [each.typed() for each in self._rows]
        typed.insert(at + by, typed.pop(at))
        self.retype(typed)
        self.focus_answer(self._rows[at + by], answer)
        self.edited.emit()

    def focus_answer(self, row: EditedRow, name: str) -> None:
        """Shown at once, so that it can take the focus; the layout alone would show a new row a moment later."""
        widget = row.editors[name].widget
        widget.show()
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _answer_with_keyboard(self, row: EditedRow) -> str:
        """The name of the answer; of a button of the row, that of its first."""
        here = QApplication.focusWidget()
        if here is None:
            return ""
        for name, editor in row.editors.items():
            if here is editor.widget or editor.widget.isAncestorOf(here):
                return name
        return next(iter(row.editors)) if here in (*row.actions, row.remove) else ""

    def _clear(self) -> None:
        gone, self._rows = self._rows, []
        for row in reversed(gone):  # the first one serves first again
            self._discard(row)
        self._show_headings()

    def _discard(self, row: EditedRow) -> None:
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
        if self.reuses_rows:
            for editor in row.editors.values():
                editor.set_value(None)
            self._spare.append(row)
            return
        for gone in (*row.widgets(), *row.editors.values()):
            gone.deleteLater()

    def _show_headings(self) -> None:
        for heading in self._headings:
            heading.setVisible(bool(self._rows))


def _stops(widget: QWidget) -> list[QWidget]:
    """Everything in it that can take the keyboard, in the order in which it was made."""
    parts = [each for each in (widget, *widget.findChildren(QWidget)) if each.window() is widget.window()]
    return [each for each in parts if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.focusProxy() is None]


@editor_for.register
def _(field: ListField, lookup: Lookup) -> Editor:
    return RowsEditor(field, lookup)
