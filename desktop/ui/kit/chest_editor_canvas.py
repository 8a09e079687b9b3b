"""The chest drawing that is filled in: by a click, a drag, or wholly by keys; one place or one mark at a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.models.choices import Displacement, MarkKind, Side
from desktop.rules.chest_mark import drawn_points, mark_words, place_at, within_reach
from desktop.rules.chest_symbol import thousandths_of
from desktop.ui.kit.chest_editor_marks import EditedMarks
from desktop.ui.kit.chest_editor_view import ChestView
from desktop.ui.kit.chest_editor_walk import ARROWS, LETTERS, direction_of, walk
from desktop.ui.kit.theme import px

_NUDGE = 50
_DRAG_TELLS_WAY = 14
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ChestCanvas(ChestView):
    """Escape is ours only while there is something of ours to step back from."""

    def __init__(self, marks: EditedMarks, parent: QWidget | None = None) -> None:
        super().__init__(marks, parent)
        self._press = 0  # counts them, so that what one press leads to is one step to undo
        self._pressed_at: QPointF | None = None
        self._way_dragged = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def remove_chosen(self) -> None:
        if self.chosen is not None and not self.is_read_only:
            said = mark_words(self._marks.marks()[self.chosen])
            side = self.here[0]
            self._marks.remove(self.chosen)
            self.choose(None)
            self.edited.emit()
            self.say(f"{side.label}: {said} removed. Ctrl+Z brings it back.")

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._has_something_to_leave():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._step_back()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if held & _COMMANDS:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._press_arrow(key, bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._walk_marks(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Space:
            self._choose_next_here()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_chosen()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add_here(self.kind)
        elif kind := LETTERS.get(event.text().upper()):
            self._add_here(kind)
        else:
            super().keyPressEvent(event)

    def _press_arrow(self, key: Qt.Key, nudges: bool) -> None:
        if self.asks_way and self.chosen is not None:
            self._set_way(direction_of(self.here[0], key))
        elif nudges and self.chosen is not None and not self.is_read_only:
            self._nudge(self.chosen, key)
        elif not nudges:
            self.here = walk(self.here, key)
            self.choose(next(iter(self._numbers_here()), None))
            self.say_where()

    def _nudge(self, number: int, key: Qt.Key) -> None:
        side = self.here[0]
        across, down = drawn_points(self._marks.marks())[number]
        step_across, step_down = ARROWS[key]
        outward = direction_of(side, key) is Displacement.LATERAL
        across += _NUDGE * abs(step_across) * (1 if outward else -1)
        self._marks.move(number, across, down + _NUDGE * step_down, ("nudge", number))
        self.choose(number)
        self.edited.emit()
        self.say_where()

    def _walk_marks(self, step: int) -> None:
        count = len(self._marks.rows)
        if count:
            order = sorted(range(count), key=lambda number: list(Side).index(self._marks.marks()[number].side))
            at = order.index(self.chosen) + step if self.chosen is not None else (0 if step > 0 else count - 1)
            self.choose(order[at % count])
            self.say_where()

    def _choose_next_here(self) -> None:
        """Each mark of this place in turn, then none of them."""
        numbers = [*self._numbers_here(), None]
        at = numbers.index(self.chosen) if self.chosen in numbers else -1
        self.choose(numbers[(at + 1) % len(numbers)])
        self.say_where()

    def _numbers_here(self) -> list[int]:
        marks = self._marks.marks()
        return [number for number, mark in enumerate(marks) if (mark.side, mark.place) == self.here]

    def _add_here(self, kind: MarkKind | None) -> None:
        if self.is_read_only:
            return
        if kind is None:
            self.say("Choose what to place: press its letter, or Shift+Tab to the list.")
            return
        side, place = self.here
        self._was_added(self._marks.add(side, kind, place), kind)

    def _was_added(self, number: int, kind: MarkKind) -> None:
        self.choose(number)
        self.asks_way = kind is MarkKind.DISPLACEMENT
        self.edited.emit()
        self.update()
        self.say_where()

    def _set_way(self, way: Displacement) -> None:
        assert self.chosen is not None
        self.asks_way = False
        self._marks.change(self.chosen, ("way", self.chosen), direction=way.value)
        self.refresh()
        self.edited.emit()
        self.say_where()

    def _has_something_to_leave(self) -> bool:
        return self.asks_way or self.chosen is not None or self.kind is not None

    def _step_back(self) -> None:
        if self.asks_way or self.chosen is not None:
            self.choose(None)
            self.say_where()
        else:
            self.set_kind(None)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._press += 1
        self._pressed_at = event.position()
        hit = self.mark_at(event.position())
        frame = self.frame()
        side = frame.side_at(event.position())
        point = within_reach(*thousandths_of(*frame.to_units(side, event.position())))
        if hit is not None:
            self.choose(hit)
        elif self.kind is None or self.is_read_only:
            self.here = (side, place_at(*point))
            self.choose(None)
        else:
            self._was_added(self._marks.add_at(side, self.kind, *point, step=("drag", self._press)), self.kind)
            return
        self.say_where()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        frame = self.frame()
        if not event.buttons() & Qt.MouseButton.LeftButton or self._pressed_at is None:
            side = frame.side_at(event.position())
            place = place_at(*within_reach(*thousandths_of(*frame.to_units(side, event.position()))))
            self.said.emit(f"{side.label} · {place.label.lower()}")
            return
        if self.chosen is None or self.is_read_only:
            return
        way = event.position() - self._pressed_at
        if abs(way.x()) + abs(way.y()) < px(_DRAG_TELLS_WAY if self.asks_way else 4):
            return
        if self.asks_way:
            self._drag_way(way)
        elif self._way_dragged != self._press:
            side = self.here[0]  # of its own side, however far the hand goes
            point = thousandths_of(*frame.to_units(side, event.position()))
            self._marks.move(self.chosen, *point, step=("drag", self._press))
            self.choose(self.chosen)
            self.edited.emit()
            self.say_where()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.say_where()
        super().leaveEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _drag_way(self, way: QPointF) -> None:
        """A displacement that is drawn as an arrow: the drag tells which way."""
        if abs(way.x()) > abs(way.y()):
            key = Qt.Key.Key_Right if way.x() > 0 else Qt.Key.Key_Left
        else:
            key = Qt.Key.Key_Down if way.y() > 0 else Qt.Key.Key_Up
        self._way_dragged = self._press
        self._set_way(direction_of(self.here[0], key))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.say_where()
