"""How the device timeline looks once everything has its place."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.kit.lanes_layout import Bar, LanesLayout, Mark, Spell
from desktop.ui.kit.theme import font, paint_focus_ring, px, side_ground, theme

_SIDES: tuple[Literal["right", "left"], ...] = ("right", "left")


def paint_lanes(painter: QPainter, layout: LanesLayout, focused: Spell | None) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _years(painter, layout)
    for at, side in enumerate(_SIDES):
        painter.setFont(font("caption"))
        painter.setPen(QColor(theme().words_of(side)))
        painter.drawText(layout.names[at], Qt.AlignmentFlag.AlignVCenter, side.upper())
        if not layout.bars[at]:
            painter.setFont(font("muted"))
            painter.setPen(QColor(theme().muted))
            empty = QRectF(layout.plot_left, layout.names[at].top(), px(300), layout.names[at].height())
            painter.fillRect(empty.adjusted(-px(2), px(8), -px(130), -px(8)), QColor(theme().surface))
            painter.drawText(empty, Qt.AlignmentFlag.AlignVCenter, "No device recorded")
        for bar in layout.bars[at]:
            _bar(painter, bar, side, is_focused=bar.spell is focused)
    _today(painter, layout)
    every = [mark for marks in layout.marks for mark in marks]
    for paint in (_leader, _label, _dot):  # all of one kind first: no line runs over a word
        for mark in every:
            paint(painter, mark)
    if focused is not None:
        painter.setFont(font("muted"))
        painter.setPen(QColor(theme().text))
        words = painter.fontMetrics().elidedText(
            focused.words(), Qt.TextElideMode.ElideRight, int(layout.detail.width())
        )
        painter.drawText(layout.detail, Qt.AlignmentFlag.AlignVCenter, words)


def _years(painter: QPainter, layout: LanesLayout) -> None:
    painter.setFont(font("muted", tabular=True))
    for tick in layout.years:
        painter.setPen(QColor(theme().line))
        painter.drawLine(QPointF(tick.x, px(18)), QPointF(tick.x, layout.plot_bottom))
        painter.setPen(QColor(theme().muted))
        painter.drawText(tick.box, Qt.AlignmentFlag.AlignCenter, tick.label)


def _bar(painter: QPainter, bar: Bar, side: Literal["right", "left"], *, is_focused: bool) -> None:
    colour, spell = QColor(theme().words_of(side)), bar.spell
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().surface))  # hides the year lines behind the words
    painter.drawRoundedRect(bar.box, px(7), px(7))
    painter.setBrush(side_ground(side, 0.16 if spell.is_exact else 0.09))
    pen = QPen(colour, 1.6)
    if not spell.is_exact:
        pen.setDashPattern([3.5, 2.5])
    painter.setPen(pen)
    painter.drawRoundedRect(bar.box.adjusted(0.8, 0.8, -0.8, -0.8), px(7), px(7))
    painter.setFont(font("muted"))
    painter.setPen(QColor(theme().text))
    painter.drawText(bar.box.adjusted(px(10), 0, -px(8), 0), Qt.AlignmentFlag.AlignVCenter, bar.label)
    if is_focused:
        paint_focus_ring(painter, bar.box.adjusted(-3, -3, 3, 3), px(9))


def _leader(painter: QPainter, mark: Mark) -> None:
    if abs(mark.box.center().x() - mark.at.x()) > px(3) or mark.box.top() > mark.at.y() + px(12):
        painter.setPen(QPen(QColor(theme().faint), 1))
        foot = min(max(mark.at.x(), mark.box.left() + 2), mark.box.right() - 2)
        painter.drawLine(QPointF(mark.at.x(), mark.at.y()), QPointF(foot, mark.box.top() + 1))


def _dot(painter: QPainter, mark: Mark) -> None:
    painter.setPen(QPen(QColor(theme().surface), px(2)))
    painter.setBrush(QColor(theme().words_of(mark.event.tone)))
    painter.drawEllipse(mark.at, px(6.5), px(6.5))


def _label(painter: QPainter, mark: Mark) -> None:
    painter.setFont(font("muted"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().surface))  # a label stands clear of the lines it crosses
    painter.drawRect(mark.box.adjusted(1, 1, -1, 0))
    painter.setPen(QColor(theme().muted))
    painter.drawText(mark.box, Qt.AlignmentFlag.AlignCenter, mark.label)


def _today(painter: QPainter, layout: LanesLayout) -> None:
    painter.setPen(QPen(QColor(theme().accent), 1.6))
    painter.drawLine(
        QPointF(layout.today_x, layout.today_box.bottom() + 1), QPointF(layout.today_x, layout.plot_bottom)
    )
    painter.setFont(font("muted"))
    painter.drawText(layout.today_box, Qt.AlignmentFlag.AlignCenter, "today")
