"""A card of short lines that is drawn anew only when what it tells has changed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.anesthesia.told import Line, Lines
from desktop.ui.kit.cards import Card, FactPair
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, Role, px

_LONG_WORD = re.compile(r"(\w{24})(?=\w)")


class FactsCard(Card):
    """Pairs stand two in a line when `two_columns`."""

    def __init__(self, title: str, *, two_columns: bool = False) -> None:
        super().__init__(title)
        self._two_columns = two_columns
        self._lines: Lines = ()
        self._content: QWidget | None = None

    def tell(self, lines: Lines) -> None:
        if self._content is not None and tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        pairs: list[Line] = []
        for line in self._lines:
            if line.kind == "pair":
                pairs.append(line)
                if self._two_columns and len(pairs) < 2:
                    continue
            self._add_pairs(column, pairs)
            if line.kind != "pair":
                column.addWidget(_widget_of(line))
        self._add_pairs(column, pairs)
        self.body.addWidget(self._content)

    def words(self) -> str:
        """Everything the card tells, one line after the other."""
        return "\n".join(": ".join(filter(None, (line.caption, line.text))) for line in self._lines)

    @staticmethod
    def _add_pairs(column: QVBoxLayout, pairs: list[Line]) -> None:
        if not pairs:
            return
        row = QHBoxLayout()
        row.setSpacing(px(SPACE_M))
        for line in pairs:
            row.addWidget(FactPair(line.caption, _breakable(line.text)), 1)
        column.addLayout(row)
        pairs.clear()


def _widget_of(line: Line) -> QWidget:
    if line.kind != "timed":
        role: Role = "strong" if line.kind == "strong" else "muted" if line.kind == "muted" else "body"
        tone = line.kind if line.kind in ("muted", "warning", "danger", "good") else None
        return Text(_breakable(line.text), role, wrap=True, tone=tone)
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(SPACE_M))
    time = Text(line.caption, "body", tone="muted", tabular=True)
    row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(_breakable(line.text), "body", wrap=True), 1)
    widget.setAccessibleName(f"{line.caption} {line.text}")
    return widget


def _breakable(text: str) -> str:
    """A word longer than the card may go on in the next line; what is shown is otherwise the same."""
    return _LONG_WORD.sub("\\1\u200b", text)
