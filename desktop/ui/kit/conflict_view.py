"""Settle two versions of one record, field by field, with both in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from desktop.forms.form import PREFILLED, Field, Form, ListField, source_of
from desktop.rules.rows import merge_rows
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px


class ConflictView(QScrollArea):
    """What only one of the two changed is taken as it is; what both changed is asked."""

    settled = Signal()
    cancelled = Signal()

    def __init__(
        self, form: Form, opened: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> None:
        super().__init__()
        self._form, self._mine, self._theirs = form, mine, theirs
        self._opened = opened
        self.choices: dict[str, QButtonGroup] = {}
        self.setWidgetResizable(True)
        page = QWidget()
        page.setProperty("kind", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card("Two versions of this record")
        card.add(Text("Choose which answer to keep where both of you wrote something.", "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(SPACE_L))
        grid.setVerticalSpacing(px(SPACE_S))
        for at, heading in enumerate(("", "Mine", "Saved meanwhile")):
            grid.addWidget(Text(heading, "caption"), 0, at)
        for line, field in enumerate((f for f in form if self._is_question(f)), start=1):
            self._add_question(grid, line, field)
        for at in (1, 2):
            grid.setColumnStretch(at, 1)
        card.add(grid)
        save = button("Save my choices", primary=True)
        save.setObjectName("settle")
        save.clicked.connect(self.settled)
        back = button("Back to the form")
        back.clicked.connect(self.cancelled)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(save)
        card.add(foot)
        column.addWidget(card)
        column.addStretch(1)
        self.setWidget(page)
        self.setFocusProxy(save)

    def has_questions(self) -> bool:
        return bool(self.choices)

    def merged(self) -> dict[str, Any]:
        """The answers to save now."""
        merged = dict(self._theirs) | {n: v for n, v in self._mine.items() if n not in self._theirs}
        for field in self._form:
            group = self.choices.get(field.name)
            takes_mine = group.checkedId() == 1 if group else self._differs(field, self._mine, self._opened)
            if takes_mine and group is None and isinstance(field, ListField):
                merged[field.name] = self._joined(field)
            elif takes_mine:
                for name in (field.name, source_of(field.name)):
                    if name in self._mine:
                        merged[name] = self._mine[name]
        if PREFILLED in merged:  # what either of the two confirmed is confirmed
            merged[PREFILLED] = tuple(name for name in self._theirs[PREFILLED] if name in self._mine[PREFILLED])
        return merged

    def _is_question(self, field: Field[Any]) -> bool:
        """Rows that two people changed are joined, unless both changed the same one."""
        if isinstance(field, ListField) and self._joined(field) is not None:
            return False
        return (
            self._differs(field, self._mine, self._theirs)
            and self._differs(field, self._mine, self._opened)
            and self._differs(field, self._theirs, self._opened)
        )

    def _joined(self, field: ListField) -> tuple[Any, ...] | None:
        opened, mine, theirs = (each.get(field.name) or () for each in (self._opened, self._mine, self._theirs))
        return merge_rows(opened, mine, theirs)

    def _differs(self, field: Field[Any], one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        if isinstance(field, ListField):
            return _answers(one.get(field.name)) != _answers(other.get(field.name))
        return any(one.get(name) != other.get(name) for name in (field.name, source_of(field.name)))

    def _add_question(self, grid: QGridLayout, line: int, field: Field[Any]) -> None:
        group = QButtonGroup(self)
        grid.addWidget(Text(field.full_label, "label", wrap=True), line, 0)
        for at, values in ((1, self._mine), (2, self._theirs)):
            shown = field.show(values.get(field.name)) or "nothing"
            choice = QRadioButton(shown.replace("&", "&&"))
            choice.setAccessibleName(f"{field.full_label}: {'mine' if at == 1 else 'saved meanwhile'}: {shown}")
            group.addButton(choice, at)
            grid.addWidget(choice, line, at)
        group.button(1).setChecked(True)
        self.choices[field.name] = group


def _answers(rows: Any) -> list[dict[str, Any]]:
    """The rows without their numbers in the store, which a new row does not have yet."""
    return [{name: value for name, value in row.items() if name != "id"} for row in rows or ()]
