"""How the device timeline looks once everything has its place: sure is solid, unsure is hatched and dashed."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from desktop.ui.kit.lanes_labels import MarkLabel
from desktop.ui.kit.lanes_layout import Bar, LaneLayout, LanesLayout, Mark, Worded
from desktop.ui.kit.lanes_model import Item
from desktop.ui.kit.theme import font, paint_focus_ring, px, side_ground, theme

_SIDES: tuple[Literal["right", "left"], ...] = ("right", "left")


def paint_lanes(painter: QPainter, layout: LanesLayout, focused: tuple[int, Item] | None) -> None:
    """`focused` is the lane and what in it has the focus."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _axis(painter, layout)
    for at, (side, lane) in enumerate(zip(_SIDES, layout.lanes, strict=True)):
        painter.setFont(font("caption"))
        painter.setPen(QColor(theme().words_of(side)))
        painter.drawText(lane.name, Qt.AlignmentFlag.AlignVCenter, side.upper())
        for gap in lane.gaps:
            _gap(painter, gap)
        for bar in lane.bars:
            _bar(painter, bar, side)
        if not lane.bars and not lane.gaps:
            _empty(painter, layout, lane)
        if focused is not None and focused[0] == at:
            for bar in lane.bars:
                if bar.spell is focused[1]:
                    paint_focus_ring(painter, bar.shown.adjusted(-3, -3, 3, 3), px(9))
    _today(painter, layout)
    for lane in layout.lanes:  # all of one kind first: no line runs over a word
        for label in lane.labels:
            _leader(painter, lane, label)
    for lane in layout.lanes:
        for label in lane.labels:
            _label(painter, label)
        for mark in lane.marks:
            _mark(painter, mark, is_focused=focused is not None and mark.event is focused[1])


def _axis(painter: QPainter, layout: LanesLayout) -> None:
    painter.setFont(font("muted", tabular=True))
    if layout.undated.width():
        painter.fillRect(layout.undated, QColor(theme().sunken))
        painter.setPen(QColor(theme().muted))
        painter.drawText(layout.undated_box, Qt.AlignmentFlag.AlignCenter, "undated")
    for tick in layout.ticks:
        painter.setPen(QColor(theme().line))
        painter.drawLine(QPointF(tick.x, px(18)), QPointF(tick.x, layout.plot_bottom))
        painter.setPen(QColor(theme().muted))
        painter.drawText(tick.box, Qt.AlignmentFlag.AlignCenter, tick.words)


def _bar(painter: QPainter, bar: Bar, side: Literal["right", "left"]) -> None:
    """Drawn through two windows: as sure where that is known, as unsure in the rest."""
    whole = bar.shown.adjusted(-1, -1, 1, 1)
    sure = _sure_part(bar).intersected(whole)
    painter.save()
    painter.setClipRect(whole)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().surface))  # hides the lines of the axis behind the words
    painter.drawRoundedRect(bar.box, px(7), px(7))
    if sure.width() > 0:
        painter.setClipRect(sure)
        _body(painter, bar, side, is_sure=True)
    for part in (_between(whole, whole.left(), sure.left()), _between(whole, sure.right(), whole.right())):
        if sure.width() > 0 and part.width() > 0:
            painter.setClipRect(part)
            _body(painter, bar, side, is_sure=False)
    if sure.width() <= 0:
        painter.setClipRect(whole)
        _body(painter, bar, side, is_sure=False)
    painter.restore()
    painter.setFont(font("muted"))
    painter.setPen(QColor(theme().text))
    if bar.label:
        _words_on_bar(painter, bar)


def _sure_part(bar: Bar) -> QRectF:
    """With the line around it where the bar itself ends there; empty where nothing is sure."""
    left = bar.box.left() - 1 if bar.sure_from <= bar.box.left() else bar.sure_from
    right = bar.box.right() + 1 if bar.sure_to >= bar.box.right() else bar.sure_to
    if bar.sure_from >= bar.sure_to:
        return QRectF(bar.box.left(), bar.box.top(), 0, 0)
    return QRectF(left, bar.box.top() - 1, right - left, bar.box.height() + 2)


def _between(whole: QRectF, left: float, right: float) -> QRectF:
    return QRectF(left, whole.top(), right - left, whole.height())


def _body(painter: QPainter, bar: Bar, side: Literal["right", "left"], *, is_sure: bool) -> None:
    colour = QColor(theme().words_of(side))
    box = bar.box.adjusted(0.8, 0.8, -0.8, -0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(side_ground(side, 0.07 if bar.is_thin else 0.16) if is_sure else _hatching(side))
    painter.drawRoundedRect(box, px(7), px(7))
    pen = QPen(colour, 1.6)
    if not is_sure:
        pen.setDashPattern([3.5, 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, px(7), px(7))


def _hatching(side: Literal["right", "left"]) -> QBrush:
    return QBrush(side_ground(side, 0.30), Qt.BrushStyle.BDiagPattern)


def _words_on_bar(painter: QPainter, bar: Bar) -> None:
    """Clear of the hatching: words that must be read never stand on a pattern."""
    width = painter.fontMetrics().horizontalAdvance(bar.label) + 2.0
    room = bar.shown.width() - width
    left = bar.shown.left() + min(px(10), room / 2)
    words = QRectF(left, bar.shown.top(), width, bar.shown.height())
    height = painter.fontMetrics().height()
    behind = QRectF(left - px(3), words.center().y() - height / 2, width + px(5), height)
    behind = behind.intersected(bar.shown.adjusted(2, 2, -2, -2))
    if not (bar.sure_from <= behind.left() and behind.right() <= bar.sure_to):
        painter.fillRect(behind, QColor(theme().surface))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, bar.label)


def _gap(painter: QPainter, gap: Worded) -> None:
    middle = gap.box.center().y()
    painter.setPen(QPen(QColor(theme().faint), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(gap.box.left() + 2, middle), QPointF(gap.box.right() - 2, middle))
    if gap.words:
        painter.setFont(font("muted"))
        width = painter.fontMetrics().horizontalAdvance(gap.words) + px(10)
        words = QRectF(gap.box.center().x() - width / 2, gap.box.top() + 1, width, gap.box.height() - 2)
        painter.fillRect(words, QColor(theme().surface))
        painter.setPen(QColor(theme().muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, gap.words)


def _empty(painter: QPainter, layout: LanesLayout, lane: LaneLayout) -> None:
    painter.setFont(font("muted"))
    words = "No device recorded"
    width = painter.fontMetrics().horizontalAdvance(words) + px(6)
    box = QRectF(layout.plot_left + px(6), lane.name.top() + px(8), width, lane.name.height() - px(16))
    painter.fillRect(box, QColor(theme().surface))
    painter.setPen(QColor(theme().muted))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


def _leader(painter: QPainter, lane: LaneLayout, label: MarkLabel) -> None:
    """From each mark to the words that tell it."""
    for at in label.marks:
        mark = lane.marks[at]
        is_near = abs(label.box.center().x() - mark.at.x()) <= px(3) and label.box.top() <= mark.at.y() + px(12)
        if not is_near or len(label.marks) > 1:
            painter.setPen(QPen(QColor(theme().faint), 1))
            foot = min(max(mark.at.x(), label.box.left() + 2), label.box.right() - 2)
            painter.drawLine(mark.at, QPointF(foot, label.box.top() + 1))


def _mark(painter: QPainter, mark: Mark, *, is_focused: bool) -> None:
    """A date that is not sure is a ring on a line as long as its doubt."""
    colour, on = QColor(theme().words_of(mark.event.tone)), mark.event.on
    is_sure = on is not None and on.is_exact
    if not is_sure:
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(mark.reach[0], mark.at.y()), QPointF(mark.reach[1], mark.at.y()))
    painter.setPen(QPen(QColor(theme().surface) if is_sure else colour, px(2)))
    painter.setBrush(colour if is_sure else QColor(theme().surface))
    painter.drawEllipse(mark.at, px(6.5 if is_sure else 5), px(6.5 if is_sure else 5))
    if is_focused:
        size = px(11)
        paint_focus_ring(painter, QRectF(mark.at.x() - size, mark.at.y() - size, 2 * size, 2 * size), size)


def _label(painter: QPainter, label: MarkLabel) -> None:
    painter.setFont(font("muted"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().surface))  # a label stands clear of the lines it crosses
    painter.drawRect(label.box.adjusted(1, 1, -1, 0))
    painter.setPen(QColor(theme().muted))
    painter.drawText(label.box, Qt.AlignmentFlag.AlignCenter, label.words)


def _today(painter: QPainter, layout: LanesLayout) -> None:
    if not layout.shows_today:
        return
    painter.setPen(QPen(QColor(theme().accent), 1.6))
    top = QPointF(layout.today_x, layout.today_box.bottom() + 1)
    painter.drawLine(top, QPointF(layout.today_x, layout.plot_bottom))
    painter.setFont(font("muted"))
    painter.drawText(layout.today_box, Qt.AlignmentFlag.AlignCenter, "today")
