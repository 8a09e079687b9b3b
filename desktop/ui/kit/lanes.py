"""Which device was in which breast, from when to when: two lanes over the years, walked and zoomed by keyboard."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from typing_extensions import override

from desktop.rules.lane_span import Span
from desktop.rules.time_axis import TimeAxis
from desktop.ui.kit.lanes_layout import LanesLayout
from desktop.ui.kit.lanes_model import Gap, Item, Lane, LaneEvent, Spell
from desktop.ui.kit.lanes_painting import paint_lanes
from desktop.ui.kit.lanes_walk import Walk, next_of
from desktop.ui.kit.theme import paint_focus_ring, px, scale

__all__ = ["DeviceLanes", "Gap", "Lane", "LaneEvent", "Span", "Spell"]

_STEP: Final = 1.5
_SIDES: Final = ("RIGHT", "LEFT")
_NEARER: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_REACH: Final = 11
"""How near to a mark a press counts as meant for it."""
_FARTHER: Final = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
KEYS: Final = (
    "Arrow keys walk, Enter opens. Plus and minus zoom, 0 shows everything, Shift with an arrow moves. "
    "On a device in place, R records its removal and D shows all of it. P prints."
)


class DeviceLanes(QWidget):
    """Left and Right walk along a lane, Up and Down change it; what has the focus is told by `told`, in words."""

    chosen = Signal(object)
    """The key of what was opened."""
    removal_asked = Signal(object)
    details_asked = Signal(object)
    """The spell that has the focus; the first for a device in place only."""
    told = Signal(str)
    """What has the focus now; empty when nothing has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes, self._today = (Lane(), Lane()), dt.date(2000, 1, 1)
        self._walk: Walk | None = None
        self._dragged_from: QPointF | None = None
        self._is_dragging = False
        self._heights: dict[tuple[int, float], int] = {}
        self.view = self._whole()
        self._layout = LanesLayout(*self._lanes, self._today, px(600))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(px(320))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Devices over time")

    def set_lanes(self, right: Lane, left: Lane, today: dt.date) -> None:
        """What is seen of the time, and what has the focus, stay while the same story is told again."""
        before, walk = self.view, self._walk
        self._lanes, self._today, self._walk = (right, left), today, None
        self._heights.clear()
        whole = self._whole()
        self.view = before if before.fitted() == whole else whole
        self._arrange()
        self.setAccessibleDescription(f"{self.words()} {KEYS}")
        if walk is not None and (again := Walk.at_item(self._lanes, walk.lane, walk.item)) is not None:
            self._go(again, bring=False)
        elif self.hasFocus():
            self._start()

    def words(self) -> str:
        return " ".join(f"{name}: {lane.words()}" for name, lane in zip(_SIDES, self._lanes, strict=True))

    def focused_item(self) -> Item | None:
        return None if self._walk is None else self._walk.item

    def focused_spell(self) -> Spell | None:
        item = self.focused_item()
        return item if isinstance(item, Spell) else None

    def layout_now(self) -> LanesLayout:
        """Where everything stands at the present size and view."""
        return self._layout

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Nearer by `factor`; `about` is the day that stays in its place, else what has the focus, else the middle."""
        if about is None:
            about = self._middle()
        self._show(self.view.zoomed(factor, about))

    def fit(self) -> None:
        self._show(self.view.fitted())

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(900), self._layout.height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), self._layout.height)

    @override
    def heightForWidth(self, width: int) -> int:
        """Asked for about ten times while one page is laid out, and each answer takes a whole layout."""
        asked = (width, scale())
        if asked not in self._heights:
            self._heights[asked] = LanesLayout(*self._lanes, self._today, width).height
        return self._heights[asked]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        item = self.focused_item() if self.hasFocus() else None
        paint_lanes(painter, self._layout, (self._walk.lane, item) if self._walk and item else None)
        if self.hasFocus() and item is None:
            paint_focus_ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._start()
        self._tell()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._zoom_key(event) or self._walk_key(event) or self._item_key(event)):
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with Ctrl: without it the page scrolls, wherever the pointer happens to be."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (turned.y() / 120), self._layout.day_at(event.position().x()))
        elif turned.x() and abs(turned.x()) > abs(turned.y()):
            self._show(self.view.moved(-turned.x() / 120 * self.view.days * 0.1))
        else:
            event.ignore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from, self._is_dragging = event.position(), False
        hit = self._under(event.position())
        if hit is not None:
            self._go(hit, bring=False)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = event.position().x() - self._dragged_from.x()
        if self._is_dragging or abs(moved) >= QApplication.startDragDistance():
            self._is_dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            width = max(1.0, self._layout.plot_right - self._layout.plot_left)
            self._show(self.view.moved(-moved / width * self.view.days))
            self._dragged_from = event.position()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from, self._is_dragging = None, False
        self.unsetCursor()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._under(event.position())
        if hit is not None:
            self._open(hit.item)

    def _zoom_key(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in _NEARER or key in _FARTHER:
            self.zoom(_STEP if key in _NEARER else 1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._show(self.view.moved((1 if key == Qt.Key.Key_Right else -1) * self.view.days * 0.2))
        else:
            return False
        return True

    def _walk_key(self, event: QKeyEvent) -> bool:
        walk, key = self._walk, event.key()
        if walk is None:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(walk.along(1 if key == Qt.Key.Key_Right else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(walk.to_end(first=key == Qt.Key.Key_Home))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(walk.across(0 if key == Qt.Key.Key_Up else 1))
        else:
            return False
        return True

    def _item_key(self, event: QKeyEvent) -> bool:
        item, spell = self.focused_item(), self.focused_spell()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(item)
        elif spell is not None and event.key() == Qt.Key.Key_R and spell.is_in_place:
            self.removal_asked.emit(spell)
        elif spell is not None and event.key() == Qt.Key.Key_D:
            self.details_asked.emit(spell)
        else:
            return False
        return True

    def _open(self, item: Item) -> None:
        """Graded or seen outside an operation, there is nothing to open."""
        if item.key is not None:
            self.chosen.emit(item.key)

    def _under(self, where: QPointF) -> Walk | None:
        """What is under the pointer; a mark or its words before the bar on which it stands."""
        for lane, made in enumerate(self._layout.lanes):
            found: list[Item] = [
                mark.event for mark in made.marks if (mark.at - where).manhattanLength() <= px(_REACH)
            ] or [made.marks[at].event for label in made.labels if label.box.contains(where) for at in label.marks]
            found = found or [bar.spell for bar in made.bars if bar.shown.contains(where)]
            if found:
                return Walk.at_item(self._lanes, lane, next_of(found, self.focused_item()))
        return None

    def _start(self) -> None:
        """Begin with what is in place today, where there is something to walk."""
        if self._walk is None and (begun := Walk.begun(self._lanes)) is not None:
            self._go(begun, bring=False)

    def _go(self, to: Walk, *, bring: bool = True) -> None:
        self._walk, item = to, to.item
        self.setAccessibleName(f"Devices over time, {_SIDES[to.lane]}: {item.words()}")
        span = item.on if isinstance(item, LaneEvent) else item.start or item.end
        if bring and span is not None:
            until = (item.end or Span.of(self._today)) if isinstance(item, Spell) else span
            if until.latest.toordinal() < self.view.first or span.earliest.toordinal() > self.view.last:
                self._show(self.view.showing(span))
        self._tell()

    def _tell(self) -> None:
        walk = self._walk if self.hasFocus() else None
        self.told.emit(f"{_SIDES[walk.lane]}: {walk.item.words()}" if walk else "")
        self.update()

    def _middle(self) -> float:
        item = self.focused_item()
        day = float(item.begins_on) if item is not None else 0.0
        if isinstance(item, Spell) and item.end is None:
            day = float(self._today.toordinal())
        return day if self.view.first <= day <= self.view.last else (self.view.first + self.view.last) / 2

    def _show(self, view: TimeAxis) -> None:
        if view != self.view:
            self.view = view
            self._arrange()

    def _whole(self) -> TimeAxis:
        return TimeAxis.whole([span for lane in self._lanes for span in lane.spans()], self._today)

    def _arrange(self) -> None:
        before, width = self._layout.height, max(self.width(), px(320))
        whole = LanesLayout(*self._lanes, self._today, width)
        self._layout = whole
        if not self.view.is_whole:
            rows = (whole.lanes[0].rows, whole.lanes[1].rows)
            self._layout = LanesLayout(*self._lanes, self._today, width, self.view, rows)
        if self._layout.height != before:
            self.updateGeometry()
        self.update()
