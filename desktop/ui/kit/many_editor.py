"""Edits several answers of one closed list, in the order that counts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.form import ManyField
from desktop.models.choices import Choice
from desktop.ui.kit.editors import ChoiceBox, Editor, Lookup, editor_for
from desktop.ui.kit.theme import SPACE_XS, px


class _ChosenList(QListWidget):
    """The chosen answers; Delete takes one away, Alt with the arrows moves it."""

    def __init__(self, changed: Any) -> None:
        super().__init__()
        self._changed = changed
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if row >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.takeItem(row)
            self._changed()
        elif row >= 0 and step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if 0 <= row + step < self.count():
                self.insertItem(row + step, self.takeItem(row))
                self.setCurrentRow(row + step)
                self._changed()
        else:
            super().keyPressEvent(event)


class ManyEditor(Editor):
    def __init__(self, label: str, choices: type[Choice]) -> None:
        super().__init__()
        self._choices = choices
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        self._chosen = _ChosenList(self._on_changed)
        self._chosen.setAccessibleName(f"{label}: chosen. Delete removes, Alt with up or down moves")
        self._box = ChoiceBox()
        self._box.addItem("Add a step …", "")
        for choice in choices:
            self._box.addItem(choice.label, choice.value)
        self._box.setMaxVisibleItems(14)
        self._box.setAccessibleName(f"{label}: add")
        self._box.activated.connect(self._add)
        column.addWidget(self._chosen)
        column.addWidget(self._box)
        self.widget.setFocusProxy(self._box)
        self._fit()

    @override
    def value(self) -> tuple[Choice, ...]:
        return tuple(self._choices.from_code(code) for code in self.typed())

    @override
    def set_value(self, value: tuple[Choice, ...] | None) -> None:
        self.retype([choice.value for choice in value or ()])

    @override
    def typed(self) -> list[str]:
        return [str(self._chosen.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self._chosen.count())]

    @override
    def retype(self, typed: Any) -> None:
        self._chosen.clear()
        for code in typed or ():
            self._append(code)
        self._fit()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._chosen, self._box)

    def _add(self, index: int) -> None:
        code = self._box.itemData(index)
        self._box.setCurrentIndex(0)
        if code and code not in self.typed():
            self._append(code)
            self._on_changed()

    def _append(self, code: str) -> None:
        item = QListWidgetItem(self._choices.from_code(code).label)
        item.setData(Qt.ItemDataRole.UserRole, code)
        self._chosen.addItem(item)

    def _on_changed(self) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        """As tall as what was chosen, so that nothing scrolls inside a page that scrolls."""
        rows = self._chosen.count()
        self._chosen.setVisible(rows > 0)
        self._chosen.setFixedHeight(rows * px(26) + px(8))


@editor_for.register
def _(field: ManyField, lookup: Lookup) -> Editor:
    return ManyEditor(field.full_label, field.choices)
