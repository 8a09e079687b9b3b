"""Which device was in which breast, from when to when: two lanes over the years, walked with the arrow keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.kit.lanes_layout import Lane, LaneEvent, LanesLayout, Span, Spell
from desktop.ui.kit.lanes_painting import paint_lanes
from desktop.ui.kit.theme import paint_focus_ring, px

__all__ = ["DeviceLanes", "Lane", "LaneEvent", "Span", "Spell"]


class DeviceLanes(QWidget):
    """Left and Right walk along a lane, Up and Down change it, Enter opens; the chosen spell is told in words."""

    chosen = Signal(object)
    """The key of the spell that was opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._right, self._left, self._today = Lane(), Lane(), dt.date(2000, 1, 1)
        self._at: tuple[int, int] | None = None
        self._layout = LanesLayout(self._right, self._left, self._today, px(600))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(px(320))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Devices over time")

    def set_lanes(self, right: Lane, left: Lane, today: dt.date) -> None:
        self._right, self._left, self._today, self._at = right, left, today, None
        self._arrange()
        self.setAccessibleDescription(self.words())
        if self.hasFocus():
            self._start()

    def words(self) -> str:
        return " ".join(f"{name}: {lane.words()}" for name, lane in (("RIGHT", self._right), ("LEFT", self._left)))

    def focused_spell(self) -> Spell | None:
        return None if self._at is None else self._lanes()[self._at[0]].spells[self._at[1]]

    def layout_now(self) -> LanesLayout:
        """Where everything stands at the present size."""
        return self._layout

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(900), self._layout.height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), self._layout.height)

    @override
    def heightForWidth(self, width: int) -> int:
        return LanesLayout(self._right, self._left, self._today, width).height

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        spell = self.focused_spell()
        paint_lanes(painter, self._layout, spell if self.hasFocus() else None)
        if self.hasFocus() and spell is None:
            paint_focus_ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._start()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, spell = event.key(), self.focused_spell()
        if self._at is None or spell is None:
            super().keyPressEvent(event)
            return
        lane, at = self._at
        last = len(self._lanes()[lane].spells) - 1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(spell.key)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go((lane, max(0, min(last, at + (1 if key == Qt.Key.Key_Right else -1)))))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go((lane, 0 if key == Qt.Key.Key_Home else last))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            other = self._lanes()[1 - lane].spells
            if other and lane != (0 if key == Qt.Key.Key_Up else 1):
                self._go((1 - lane, min(at, len(other) - 1)))
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._spell_under(event)
        if hit is not None:
            self._go(hit)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._spell_under(event)
        if hit is not None:
            self.chosen.emit(self._lanes()[hit[0]].spells[hit[1]].key)

    def _lanes(self) -> Sequence[Lane]:
        return (self._right, self._left)

    def _spell_under(self, event: QMouseEvent) -> tuple[int, int] | None:
        for lane, bars in enumerate(self._layout.bars):
            for at, bar in enumerate(bars):
                if bar.box.contains(event.position()):
                    return lane, at
        return None

    def _start(self) -> None:
        """Begin with what is in place today, where there is something to walk."""
        lane = next((at for at, each in enumerate(self._lanes()) if each.spells), None)
        if self._at is None and lane is not None:
            self._go((lane, len(self._lanes()[lane].spells) - 1))

    def _go(self, to: tuple[int, int]) -> None:
        self._at = to
        spell = self.focused_spell()
        if spell is not None:
            side = "RIGHT" if to[0] == 0 else "LEFT"
            self.setAccessibleName(f"Devices over time, {side}: {spell.words()}")
        self.update()

    def _arrange(self) -> None:
        before = self._layout.height
        self._layout = LanesLayout(self._right, self._left, self._today, max(self.width(), px(320)))
        if self._layout.height != before:
            self.updateGeometry()
        self.update()
