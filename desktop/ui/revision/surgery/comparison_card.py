"""Planned beside performed, as a table: both sides, the difference, and the reason for it."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.rules.report_comparison import ComparedLine
from desktop.ui.kit.cards import Card, SideHeading
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

_HEADINGS = ("What", "Planned", "Performed", "Difference", "Why")
_STRETCH = (2, 4, 4, 3, 5)


class ComparisonCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Planned and performed", parent=parent)
        self._lines: tuple[ComparedLine, ...] | None = None
        self._page = QWidget(self)
        self.add(self._page)

    def show_lines(self, lines: tuple[ComparedLine, ...]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        old, self._page = self._page, _table(lines, self)
        self.body.replaceWidget(old, self._page)
        self._page.show()
        old.hide()
        old.deleteLater()


def _table(lines: tuple[ComparedLine, ...], parent: QWidget) -> QWidget:
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(SPACE_S))
    for side, of_side in groupby(lines, key=lambda line: line.side):
        column.addWidget(SideHeading("right" if side.label == "RIGHT" else "left", parent=page))
        column.addLayout(_grid(tuple(of_side), page))
    return page


def _grid(lines: tuple[ComparedLine, ...], page: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(SPACE_M))
    grid.setVerticalSpacing(px(6))
    for at, (heading, stretch) in enumerate(zip(_HEADINGS, _STRETCH, strict=True)):
        grid.addWidget(Text(heading, "caption", parent=page), 0, at)
        grid.setColumnStretch(at, stretch)
    for number, line in enumerate(lines, start=1):
        reason = line.reason or ("not written yet" if line.differs else "")
        cells = (
            Text(line.what, "muted", wrap=True, parent=page),
            Text(line.planned, wrap=True, tabular=True, parent=page),
            Text(line.performed, wrap=True, tabular=True, parent=page),
            Text(line.difference, "strong", wrap=True, tabular=True, tone="warning", parent=page),
            Text(reason, wrap=True, tone="danger" if line.differs and not line.reason else None, parent=page),
        )
        for at, cell in enumerate(cells):
            cell.setMinimumWidth(1)  # a word without end is cut at its column; it never widens the page
            grid.addWidget(cell, number, at, Qt.AlignmentFlag.AlignTop)
    return grid
