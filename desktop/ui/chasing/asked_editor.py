"""Ticks what is asked for: a line for each fact, RIGHT always in the left column."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget
from typing_extensions import override

from desktop.forms.records_request import FactsField
from desktop.models.choices import Side
from desktop.rules.missing_records import FACTS, Fact
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_XS, px


class AskedEditor(Editor):
    """What is said of the whole operation has one tick, the rest one for each side."""

    def __init__(self) -> None:
        super().__init__()
        self.widget = QWidget()
        grid = QGridLayout(self.widget)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(SPACE_L))
        grid.setVerticalSpacing(px(SPACE_XS))
        grid.setColumnStretch(0, 1)
        self.ticks: dict[tuple[str, ...], QCheckBox] = {}
        for column, side in enumerate(Side, start=1):
            grid.addWidget(Text(side.label, "caption", tone=side.label.lower()), 0, column)
        for row, fact in enumerate(FACTS, start=1):
            grid.addWidget(Text(fact.label), row, 0)
            if fact.of_operation:
                grid.addWidget(self._tick(fact, None), row, 1, 1, 2)
            else:
                for column, side in enumerate(Side, start=1):
                    grid.addWidget(self._tick(fact, side), row, column)
        self.widget.setFocusProxy(next(iter(self.ticks.values())))

    @override
    def value(self) -> list[str]:
        return [name for names, tick in self.ticks.items() if tick.isChecked() for name in names]

    @override
    def set_value(self, value: list[str] | None) -> None:
        self.retype(value)

    @override
    def typed(self) -> list[str]:
        return self.value()

    @override
    def retype(self, typed: Any) -> None:
        asked = set(typed or ())
        for names, tick in self.ticks.items():
            tick.setChecked(not asked.isdisjoint(names))

    def _tick(self, fact: Fact, side: Side | None) -> QCheckBox:
        made = QCheckBox("of the operation" if side is None else "")
        made.setAccessibleName(f"{side.label} {fact.label}" if side else fact.label)
        names = fact.names(side or Side.RIGHT)
        made.setObjectName(f"ask {names[0]}")
        made.clicked.connect(lambda _ticked: self.edited.emit())
        self.ticks[names] = made
        return made


@editor_for.register
def _(field: FactsField, lookup: Lookup) -> Editor:
    return AskedEditor()
