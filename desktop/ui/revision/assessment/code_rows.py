"""Edits the diagnosis codes of a case: offered by letters or words, those for its indications at the press of a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop.forms.case_field import CodesField
from desktop.forms.form import ListField
from desktop.models.choices import Indication
from desktop.rules.diagnosis_code import Code, CodeTable, SuggestedCode, normal_code
from desktop.rules.patient import rows_of
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.clock import today
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.palette_rows import Result
from desktop.ui.kit.rows_editor import EditedRow, RowsEditor
from desktop.ui.kit.suggesting import Suggesting
from desktop.ui.kit.text import Text

_MOST_OFFERED = 40


class CodeRows(RowsEditor):
    reuses_rows = False

    def __init__(self, field: ListField, lookup: Lookup) -> None:
        self._table: CodeTable | None = None
        self._buttons: tuple[SuggestedCode, ...] = ()
        super().__init__(field, lookup)
        self.edition = Text("", "small", tone="muted", wrap=True, parent=self.widget)
        self.offers = FlowRow(parent=self.widget)
        for each in (self.edition, self.offers):
            each.hide()
            self.put_below(each)
        self.edited.connect(self.refresh)

    def show_codes(self, table: CodeTable) -> None:
        self._table = table
        self.refresh()

    def refresh(self) -> None:
        """One button for each code that goes with an indication of the case and does not stand here yet."""
        table = self._table
        if table is None:
            return
        chosen = {(row.typed()["code"], row.typed()["side"]) for row in self._rows}
        suggested = table.suggested(rows_of(self._lookup("indications")), self._day())
        offered = tuple(each for each in suggested if (each.code.code, each.side.value) not in chosen)
        if self._read_only:
            offered = ()
        if offered != self._buttons:
            self._buttons = offered
            self._show_buttons(offered)

    @override
    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.refresh()

    @override
    def _append(self, record_id: int | None) -> EditedRow:
        row = super()._append(record_id)
        line = row.editors["code"].inputs()[0]
        assert isinstance(line, QLineEdit), "a code is one line of text"
        line.setPlaceholderText("code or words")
        suggesting = Suggesting(line, self._ask)
        suggesting.chosen.connect(lambda code: self._take(row, code))
        line.editingFinished.connect(lambda: self._complete(row))
        return row

    def _show_buttons(self, offered: tuple[SuggestedCode, ...]) -> None:
        self.offers.clear()
        if offered and self._table is not None:
            self.edition.setText(f"For these indications, {self._table.edition}:")
        for each in (self.edition, self.offers):
            each.setVisible(bool(offered))
        before: QWidget = self.add_button
        for one in offered:
            made = Button(f"{one.code.code}  {one.side.label}", parent=self.offers)
            made.setObjectName(f"{self._field.name}.suggested")
            made.setToolTip(one.code.text)
            made.setAccessibleName(f"Add {one.code.code} {one.side.label}: {one.code.text}")
            made.clicked.connect(lambda _checked=False, one=one: self._add(one))
            self.offers.add(made)
            made.show()
            QWidget.setTabOrder(before, made)
            before = made

    def _add(self, suggested: SuggestedCode) -> None:
        row = self._append(None)
        row.editors["side"].set_value(suggested.side)
        self._take(row, suggested.code)
        self.add_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask(self, typed: str) -> Sequence[Result]:
        if self._table is None or not typed.strip():
            return ()
        wanted = {row["indication"] for row in rows_of(self._lookup("indications")) if row.get("indication")}
        found = self._table.search(typed, self._day(), wanted)
        return [_result(each, wanted) for each in found[:_MOST_OFFERED]]

    def _take(self, row: EditedRow, code: Code) -> None:
        """The text goes with the code; the side as well, where the code says it."""
        row.editors["code"].set_value(code.code)
        row.editors["text"].set_value(code.text)
        if code.side is not None:
            row.editors["side"].set_value(code.side)
        self.edited.emit()

    def _complete(self, row: EditedRow) -> None:
        """A code that was typed whole brings its text, unless somebody wrote one."""
        typed = row.typed()
        known = self._table.find(normal_code(typed["code"])) if self._table and typed["code"] else None
        if known is not None and not typed["text"]:
            row.editors["text"].set_value(known.text)
            self.edited.emit()

    def _day(self) -> dt.date:
        surgery: Any = self._lookup("surgery_on")
        return surgery if isinstance(surgery, dt.date) else today()


def _result(code: Code, wanted: set[Indication]) -> Result:
    pill = "" if wanted.isdisjoint(code.indications) else "for these indications"
    return Result(code, f"{code.code}  {code.text}", code.note or code.edition, pill=pill)


@editor_for.register
def _(field: CodesField, lookup: Lookup) -> Editor:
    return CodeRows(field, lookup)
