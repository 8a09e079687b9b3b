"""The body the chest diagram is drawn on: neck, shoulders, arms and flanks in one calm line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.ui.kit.theme import Theme


def paint_body(painter: QPainter, look: Theme) -> None:
    outline, fine = QPen(QColor(look.faint), 1.7), QPen(QColor(look.faint), 1.1)
    for pen in (outline, fine):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    for outward in (-1.0, 1.0):
        painter.save()
        painter.scale(outward, 1.0)
        painter.setPen(outline)
        shoulder = QPainterPath(QPointF(27, 4))
        shoulder.cubicTo(27, 26, 28, 40, 42, 49)
        shoulder.cubicTo(62, 59, 92, 60, 116, 68)
        shoulder.cubicTo(146, 77, 161, 98, 165, 130)
        shoulder.cubicTo(169, 166, 174, 196, 176, 232)
        shoulder.cubicTo(178, 262, 183, 284, 186, 312)
        painter.drawPath(shoulder)
        inner_arm = QPainterPath(QPointF(128, 158))
        inner_arm.cubicTo(134, 190, 142, 220, 147, 250)
        inner_arm.cubicTo(150, 274, 153, 292, 156, 312)
        painter.drawPath(inner_arm)
        flank = QPainterPath(QPointF(121, 240))  # from under the breast: its outer edge hides the rest
        flank.cubicTo(114, 268, 111, 294, 118, 322)
        painter.drawPath(flank)
        painter.setPen(fine)
        collar_bone = QPainterPath(QPointF(10, 82))
        collar_bone.cubicTo(34, 72, 62, 84, 112, 76)
        painter.drawPath(collar_bone)
        neck = QPainterPath(QPointF(24, 34))
        neck.cubicTo(20, 56, 14, 72, 8, 84)
        painter.drawPath(neck)
        axilla = QPainterPath(QPointF(128, 158))
        axilla.cubicTo(124, 146, 122, 138, 124, 126)
        painter.drawPath(axilla)
        painter.restore()
    painter.setPen(fine)
    notch = QPainterPath(QPointF(-8, 84))
    notch.quadTo(0, 91, 8, 84)
    painter.drawPath(notch)
    painter.setPen(QPen(QColor(look.line), 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(0, 98), QPointF(0, 318))
