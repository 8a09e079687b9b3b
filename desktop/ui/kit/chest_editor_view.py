"""The chest drawing that is filled in, as it is seen: marks, the one that is chosen, and where one stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.models.choices import MarkKind, Side
from desktop.rules.chest_figure import AREOLA_LINES, BREAST_LINES
from desktop.rules.chest_mark import PLACE_POINTS, drawn_points, mark_words
from desktop.rules.chest_symbol import SIZE, units_of
from desktop.ui.kit.chest_body import paint_body
from desktop.ui.kit.chest_editor_marks import EditedMarks
from desktop.ui.kit.chest_editor_walk import START, Here
from desktop.ui.kit.chest_frame import ChestFrame, half_of
from desktop.ui.kit.chest_marks import paint_marks
from desktop.ui.kit.chest_strokes import paint_strokes
from desktop.ui.kit.theme import font, px, theme


class ChestView(QWidget):
    """`kind` is what the next click or Enter puts there; None only looks."""

    edited = Signal()
    chosen_changed = Signal()
    kind_changed = Signal()
    said = Signal(str)
    """Where one stands, and what a key would do there."""

    def __init__(self, marks: EditedMarks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self.kind: MarkKind | None = None
        self.chosen: int | None = None
        self.here: Here = START
        self.asks_way = False
        self.is_read_only = False
        self.setMinimumSize(px(310), px(350))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def choose(self, number: int | None) -> None:
        self.asks_way = False
        self.chosen = number if number is not None and number < len(self._marks.rows) else None
        if self.chosen is not None:
            mark = self._marks.marks()[self.chosen]
            self.here = (mark.side, mark.place)
        self.update()
        self.chosen_changed.emit()

    def refresh(self) -> None:
        """The marks changed under it."""
        self.choose(self.chosen)

    def set_kind(self, kind: MarkKind | None) -> None:
        self.kind = kind
        self.setCursor(Qt.CursorShape.CrossCursor if kind and not self.is_read_only else Qt.CursorShape.ArrowCursor)
        self.kind_changed.emit()
        self.say_where()

    def set_read_only(self, read_only: bool) -> None:
        self.is_read_only = read_only
        self.set_kind(None)

    def say_where(self) -> None:
        side, place = self.here
        where = f"{side.label} · {place.label.lower()}"
        if self.asks_way:
            self.say(f"{where}: which way is it displaced? Press an arrow.")
        elif self.chosen is not None:
            self.say(f"{side.label} · {mark_words(self._marks.marks()[self.chosen])}")
        elif self.kind is not None:
            self.say(f"{where}. Enter or a click places {self.kind.label.lower()}.")
        else:
            self.say(where)

    def mark_at(self, point: QPointF) -> int | None:
        """The uppermost mark under the pointer."""
        frame, marks = self.frame(), self._marks.marks()
        reach = max(px(10), (SIZE + 2) * frame.factor)
        spots = [frame.to_screen(mark.side, units_of(*at)) for mark, at in zip(marks, drawn_points(marks), strict=True)]
        near = [(QPointF.dotProduct(spot - point, spot - point), -number) for number, spot in enumerate(spots)]
        nearest = min(near, default=None)
        return -nearest[1] if nearest is not None and nearest[0] <= reach * reach else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(430), px(354))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, marks, frame = theme(), self._marks.marks(), self.frame()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.accent), px(2)))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        with frame.drawn_into(painter):
            paint_body(painter, look)
            for side in Side:
                with half_of(painter, side):
                    paint_strokes(painter, (*BREAST_LINES, *AREOLA_LINES), look)
                    paint_marks(painter, marks, side, look, self.chosen)
                    if self.hasFocus() and side is self.here[0] and self.chosen is None:
                        self._paint_here(painter)
        self._paint_names(painter, frame)
        painter.end()

    def _paint_here(self, painter: QPainter) -> None:
        ring = QPen(QColor(theme().accent), 1.8)
        ring.setDashPattern([2.4, 1.8])
        painter.setPen(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*units_of(*PLACE_POINTS[self.here[1]])), SIZE + 6, SIZE + 6)

    def _paint_names(self, painter: QPainter, frame: ChestFrame) -> None:
        painter.setFont(font("strong"))
        half = min(self.width() / 2, 200 * frame.factor)
        for side, words, left in ((Side.RIGHT, "PATIENT RIGHT", -half), (Side.LEFT, "PATIENT LEFT", 0.0)):
            painter.setPen(QColor(theme().right if side is Side.RIGHT else theme().left))
            box = QRectF(frame.middle.x() + left, frame.bottom, half, self._foot())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def frame(self) -> ChestFrame:
        inset = px(6)
        return ChestFrame.within(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._foot())

    def _foot(self) -> float:
        return self.fontMetrics().height() + px(6)

    def say(self, words: str) -> None:
        self.said.emit(words)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
