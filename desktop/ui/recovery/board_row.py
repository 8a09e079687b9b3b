"""One person on the recovery board: who, the eight days of the first week, and what is next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.recovery import FIRST_WEEK, DayState
from desktop.services.recovery_board import BoardRow
from desktop.ui.kit.cards import Pill
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, font, px, theme
from desktop.ui.recovery.day_section import TONES

CELL, GAP, HEIGHT, NEXT_WIDTH = 46, 6, 34, 250


class DayCells(QWidget):
    """A square for each day with its sign; an empty one is still to come."""

    def __init__(self, states: tuple[DayState, ...]) -> None:
        super().__init__()
        self._states = states
        self.setFixedSize(QSize(px(cells_width()), px(HEIGHT)))
        words = (f"day {day} {state.word}" for day, state in zip(FIRST_WEEK, states, strict=True))
        self.setAccessibleName(", ".join(words))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("heading"))
        for at, state in enumerate(self._states):
            cell = QRectF(px(CELL + GAP) * at, 0, px(CELL), px(HEIGHT))
            is_flag = state is DayState.RED_FLAG
            tone = TONES[state]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.danger if is_flag else colours.ground_of(tone)))
            painter.drawRoundedRect(cell, px(6), px(6))
            painter.setPen(QColor(colours.surface if is_flag else colours.words_of(tone)))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, state.sign)


class BoardRowView(PickRow):
    handout_asked = Signal()

    def __init__(self, row: BoardRow) -> None:
        spoken = ", ".join(f"day {day} {state.word}" for day, state in zip(FIRST_WEEK, row.states, strict=True))
        super().__init__(f"{row.list_name}. {row.detail}. {spoken}. Next: {row.next.text}")
        self.setObjectName(f"patient {row.patient_id}")
        self.row = row
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(9), px(4), px(9))
        line.setSpacing(px(SPACE_M))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(Text(row.list_name, "strong", elide=True))
        words.addWidget(Text(row.detail, "muted", elide=True))
        line.addLayout(words, 1)
        line.addWidget(DayCells(row.states))
        line.addWidget(next_column(Pill(row.next.text, row.next.tone)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.focus_neighbour(is_next=key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_P:
            self.handout_asked.emit()
        else:
            super().keyPressEvent(event)


def cells_width() -> int:
    return (CELL + GAP) * len(FIRST_WEEK) - GAP


def next_column(content: QWidget) -> QWidget:
    """What stands under “Next”, as wide in every row."""
    made = QWidget()
    made.setFixedWidth(px(NEXT_WIDTH))
    column = QHBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
    column.addStretch(1)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return made
