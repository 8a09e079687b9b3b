"""Each fact that a request asked for, as it stands in the record now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtWidgets import QCheckBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.missing_records import State, side_of
from desktop.services.records_closing import AskedFact
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px

TITLE = "What was asked for, and what stands in the record now"


class FactsCard(Card):
    """Beside each fact that is still empty a tick states it to be unknown; they are shown when `offer_unknown` says."""

    def __init__(self) -> None:
        super().__init__(TITLE)
        self.ticks: dict[str, QCheckBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(SPACE_L))
        self._grid.setVerticalSpacing(px(SPACE_S))
        page = QWidget()
        page.setProperty("kind", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, px(SPACE_S), 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        area.setAccessibleName(TITLE)
        self.add(area, 1)

    def show_facts(self, facts: Iterable[AskedFact], ticked: Collection[str] = ()) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.ticks = {}
        for row, fact in enumerate(sorted(facts, key=_place)):
            label = Text(fact.label[:1].upper() + fact.label[1:])
            label.setMinimumHeight(px(26))  # as high as a line with a tick, so that nothing jumps
            is_known = fact.state in (State.KNOWN, State.PARTLY)
            line: list[QWidget] = [label, Text(_standing(fact), "strong" if is_known else "muted")]
            if fact.is_empty:
                line.append(self._tick(fact, fact.name in ticked))
            for column, widget in enumerate(line):
                self._grid.addWidget(widget, row, column)
                widget.show()  # at once; the layout alone would show it a moment later
        self._grid.setColumnStretch(3, 1)

    def ticked(self) -> tuple[str, ...]:
        return tuple(name for name, tick in self.ticks.items() if tick.isChecked())

    def tick_all(self, is_ticked: bool) -> None:
        for tick in self.ticks.values():
            tick.setChecked(is_ticked)

    def offer_unknown(self, is_offered: bool) -> None:
        for tick in self.ticks.values():
            tick.setVisible(is_offered)

    def _tick(self, fact: AskedFact, is_ticked: bool) -> QCheckBox:
        made = QCheckBox("state as unknown")
        made.setObjectName(f"unknown {fact.name}")
        made.setAccessibleName(f"State as unknown: {fact.label}")
        made.setChecked(is_ticked)
        self.ticks[fact.name] = made
        return made


def _place(fact: AskedFact) -> int:
    """RIGHT, LEFT, then what is said of the whole operation; in each the most needed first."""
    side = side_of(fact.name)
    return 2 if side is None else 0 if side is Side.RIGHT else 1


def _standing(fact: AskedFact) -> str:
    if fact.state is None:
        return ""
    if fact.state in (State.NOT_ASKED, State.UNKNOWN):
        return str(fact.state.value)
    return f"{fact.shown} · {fact.source or 'no source yet'}"
