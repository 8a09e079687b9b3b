"""Edits the indications of a case: each leads to its findings, and one key adds the same for the other side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from typing_extensions import override

from desktop.forms.case_field import IndicationsField
from desktop.forms.form import ListField
from desktop.models.choices import Side
from desktop.rules.indication import offered
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.editors import ChoiceEditor, Editor, Lookup, editor_for
from desktop.ui.kit.rows_editor import EditedRow, RowsEditor


class IndicationRows(RowsEditor):
    """`findings_asked` carries the place of a row among those that are filled in, from 0."""

    findings_asked = Signal(int)
    reuses_rows = False

    def __init__(self, field: ListField, lookup: Lookup) -> None:
        self._has_device: Mapping[Side, bool] | None = None
        self._with_findings: frozenset[int] = frozenset()
        self._followed: dict[str, str] = {}
        super().__init__(field, lookup)
        self.both_button = button("Both sides", icon="add", shortcut="Alt+O")
        self.both_button.setShortcut(QKeySequence())  # the key works in the list alone, see below
        self.both_button.setObjectName(f"{field.name}.both")
        self.both_button.setAccessibleName("Add the same indication for the other side")
        self.both_button.clicked.connect(self.add_other_side)
        self.beside_add(self.both_button)
        shortcut = QShortcut(QKeySequence("Alt+O"), self.widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.add_other_side)

    def show_devices(self, has_device: Mapping[Side, bool]) -> None:
        """In which sides a device is: where there is none, what presupposes one is offered last."""
        if has_device != self._has_device:
            self._has_device = dict(has_device)
            for row in self._rows:
                self._offer(row)

    def show_findings(self, with_findings: Collection[int]) -> None:
        """The numbers of the rows of which findings are written."""
        self._with_findings = frozenset(with_findings)
        for row in self._rows:
            self._mark(row)

    def focus_findings(self, record_id: int) -> None:
        """Where somebody left the list for its page; without that row, the list."""
        row = next((each for each in self._rows if each.record_id == record_id), None)
        target = row.actions[0] if row else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_other_side(self) -> None:
        """The row with the keyboard, else the last one, for the other side too; where there is none, one for each."""
        if self._read_only:
            return
        if not self._rows:
            self._add_blank_pair()
            return
        row = self.row_with_keyboard() or self._rows[-1]
        typed = row.typed()
        side = Side.from_code(typed["side"]) if typed["side"] else Side.RIGHT
        row.editors["side"].set_value(side)
        twin = {**typed, "id": None, "side": side.other.value}
        if not any(_says_the_same(each.typed(), twin) for each in self._rows):
            at = self._rows.index(row)
            rows = [each.typed() for each in self._rows]
            self.retype([*rows[: at + 1], twin, *rows[at + 1 :]])
            self.focus_answer(self._rows[at + 1], "indication")
        self.edited.emit()

    def _add_blank_pair(self) -> None:
        """What is chosen in the first goes for the second as well, until that has an answer of its own."""
        self.retype([{"side": side.value} for side in Side])
        first, second = self._rows

        def follow(name: str) -> None:
            if second in self._rows and second.typed()[name] in ("", self._followed.get(name, "")):
                self._followed[name] = first.typed()[name]
                second.editors[name].retype(first.typed()[name])
                self._mark(second)

        self._followed.clear()
        for name in ("indication", "layer"):
            first.editors[name].edited.connect(lambda name=name: follow(name))
        self.focus_answer(first, "indication")

    @override
    def actions_of(self, row: EditedRow) -> tuple[Button, ...]:
        findings = button("Findings …")
        findings.setObjectName(f"{self._field.name}.findings")
        findings.clicked.connect(lambda: self._ask_for_findings(row))
        return (findings,)

    @override
    def _append(self, record_id: int | None) -> EditedRow:
        row = super()._append(record_id)
        row.editors["side"].edited.connect(lambda: self._offer(row))
        row.editors["indication"].edited.connect(lambda: self._mark(row))
        self._offer(row)
        self._mark(row)
        return row

    @override
    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.both_button.setVisible(not read_only)

    @override
    def set_value(self, value: Any) -> None:
        super().set_value(value)
        self._dress()

    @override
    def retype(self, typed: Any) -> None:
        super().retype(typed)
        self._dress()

    def _dress(self) -> None:
        for row in self._rows:
            self._offer(row)
            self._mark(row)

    def _offer(self, row: EditedRow) -> None:
        editor, side = row.editors["indication"], row.typed()["side"]
        if self._has_device is None or not isinstance(editor, ChoiceEditor):
            return
        has_device = self._has_device[Side.from_code(side)] if side else any(self._has_device.values())
        order = offered(has_device)
        if editor.order() != order:
            editor.offer(order)

    def _mark(self, row: EditedRow) -> None:
        """Whether findings are written already is said by a word, and read aloud with the row."""
        findings = row.actions[0]
        is_written = row.record_id in self._with_findings
        findings.setText("Findings ✓" if is_written else "Findings …")
        label = row.editors["indication"].value()
        state = "written" if is_written else "nothing written yet"
        findings.setAccessibleName(f"Findings of {label.label}, {state}" if label else "Findings")
        findings.setEnabled(label is not None)

    def _ask_for_findings(self, row: EditedRow) -> None:
        filled = [each for each in self._rows if not each.is_blank()]
        if row in filled:
            self.findings_asked.emit(filled.index(row))


def _says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("side", "indication", "layer"))


@editor_for.register
def _(field: IndicationsField, lookup: Lookup) -> Editor:
    return IndicationRows(field, lookup)
