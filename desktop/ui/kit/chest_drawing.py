"""How the chest is drawn: a calm line, and on it what is in place and what was found, on any painter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.models.choices import Baker, Side
from desktop.rules.chest_figure import AREOLA_LINES, BREAST_LINES, NIPPLE
from desktop.ui.kit.chest_body import paint_body
from desktop.ui.kit.chest_frame import OUTWARD, ChestFrame, half_of
from desktop.ui.kit.chest_labels import ChestLabels
from desktop.ui.kit.chest_marks import paint_marks
from desktop.ui.kit.chest_side import ChestSide, Direction
from desktop.ui.kit.chest_strokes import paint_strokes
from desktop.ui.kit.theme import Theme, font

_BREAST = QPointF(NIPPLE[0] - 5, NIPPLE[1] - 8)
"""The middle of a breast: outward from the midline, down from the top."""
_USUAL_ML, _USUAL_RADIUS = 300.0, 43.0
_CAPSULE_WIDTH: dict[Baker | None, float] = {Baker.II: 2.5, Baker.III: 5.0, Baker.IV: 7.5}


def paint_chest(painter: QPainter, rect: QRectF, right: ChestSide, left: ChestSide, look: Theme) -> None:
    """Draw both sides into `rect`, as large as fits, labels included."""
    labels = ChestLabels(painter, rect, right, left)
    frame = ChestFrame.within(rect, labels.height)
    marks = (*right.marks, *left.marks)
    with frame.drawn_into(painter):
        paint_body(painter, look)
        if right.has_symmastia or left.has_symmastia:
            _symmastia(painter, look)
        for side, told, colour in ((Side.RIGHT, right, look.right), (Side.LEFT, left, look.left)):
            with half_of(painter, side):
                _side(painter, told, colour, look)
                paint_marks(painter, marks, side, look)
            if told.presence == "unknown":
                _letter(painter, "?", OUTWARD[side] * _BREAST.x(), 150, look)
    labels.paint(painter, frame.bottom, look)


def _side(painter: QPainter, side: ChestSide, colour: str, look: Theme) -> None:
    if side.presence == "in_place":
        _device(painter, side, colour, look)
    paint_strokes(painter, (*BREAST_LINES, *AREOLA_LINES), look)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if side.shows_rippling:
        _ripples(painter, side, look)
    if side.displacement and side.shows_displacement:
        _arrow(painter, side.displacement, look)
    if side.is_ruptured:
        _crack(painter, side, look)


def _middle_of(side: ChestSide) -> QPointF:
    step = {
        "upward": QPointF(0, -12),
        "downward": QPointF(0, 9),
        "outward": QPointF(7, 1),
        "toward the midline": QPointF(-9, 1),
    }.get(side.displacement or "", QPointF())
    return _BREAST + step


def _radius_of(side: ChestSide) -> float:
    """As the cube root of the volume, so that twice the volume looks like twice the volume."""
    ratio = (side.volume_ml / _USUAL_ML) ** (1 / 3) if side.volume_ml and side.volume_ml > 0 else 1.0
    return _USUAL_RADIUS * min(1.18, max(0.72, ratio))


def _device(painter: QPainter, side: ChestSide, colour: str, look: Theme) -> None:
    middle, radius = _middle_of(side), _radius_of(side)
    soft = QColor(colour)
    soft.setAlphaF(0.15)
    if width := _CAPSULE_WIDTH.get(side.baker):  # the capsule: thicker as the grade rises
        capsule = QColor(colour)
        capsule.setAlphaF(0.40)
        painter.setPen(QPen(capsule, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius + 2 + width / 2, radius + 2 + width / 2)
    if side.is_deflated:  # the pocket stays, the shell has sunk in it
        painter.setPen(QPen(QColor(look.faint), 1.2, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)
        radius *= 0.68
        middle = middle + QPointF(0, _radius_of(side) - radius - 3)
    edge = QPen(QColor(colour), 2.2)
    edge.setDashPattern([3.4, 2.2])
    painter.setPen(edge)
    painter.setBrush(soft)
    if side.is_deflated:
        painter.drawPath(_sunken_shell(middle, radius))
    else:
        painter.drawEllipse(middle, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _sunken_shell(middle: QPointF, radius: float) -> QPainterPath:
    x, y, r = middle.x(), middle.y(), radius
    shell = QPainterPath(QPointF(x - r, y - r * 0.35))
    shell.cubicTo(x - r * 0.5, y + r * 0.05, x - r * 0.3, y - r * 0.75, x, y - r * 0.4)
    shell.cubicTo(x + r * 0.3, y - r * 0.05, x + r * 0.5, y - r * 0.8, x + r, y - r * 0.35)
    shell.cubicTo(x + r * 1.15, y + r * 0.5, x + r * 0.6, y + r, x, y + r)
    shell.cubicTo(x - r * 0.6, y + r, x - r * 1.15, y + r * 0.5, x - r, y - r * 0.35)
    return shell


def _ripples(painter: QPainter, side: ChestSide, look: Theme) -> None:
    place = side.rippling or "upper inner"
    middle = _middle_of(side) + QPointF(-16 if "inner" in place else 17, -23 if "upper" in place else 26)
    pen = QPen(QColor(look.danger), 1.9)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for row in (-8, 0, 8):
        x, y = middle.x() - 14, middle.y() + row
        wave = QPainterPath(QPointF(x, y))
        wave.cubicTo(x + 5, y - 5, x + 9, y - 5, x + 14, y)
        wave.cubicTo(x + 19, y + 5, x + 23, y + 5, x + 28, y)
        painter.drawPath(wave)


def _arrow(painter: QPainter, direction: Direction, look: Theme) -> None:
    start, step = {
        "upward": (QPointF(66, 142), QPointF(0, -24)),
        "downward": (QPointF(70, 271), QPointF(0, 24)),
        "outward": (QPointF(80, 138), QPointF(25, 0)),
        "toward the midline": (QPointF(64, 138), QPointF(-25, 0)),
    }[direction]
    end = start + step
    length = (step.x() ** 2 + step.y() ** 2) ** 0.5
    along = step / length
    across = QPointF(-along.y(), along.x())
    pen = QPen(QColor(look.danger), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawLine(start, end)
    painter.drawPolyline(QPolygonF([end - along * 7 + across * 5.5, end, end - along * 7 - across * 5.5]))


def _crack(painter: QPainter, side: ChestSide, look: Theme) -> None:
    middle, radius = _middle_of(side), _radius_of(side)
    edge = middle + QPointF(radius * 0.72, -radius * 0.72)
    pen = QPen(QColor(look.danger), 2.3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    steps = ((9, -9), (1, -5), (3, 3), (-7, 3), (-5, 11), (-14, 12))
    painter.drawPolyline(QPolygonF([edge + QPointF(x, y) for x, y in steps]))


def _symmastia(painter: QPainter, look: Theme) -> None:
    pen = QPen(QColor(look.danger), 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for start, dip in ((186.0, 9.0), (224.0, -9.0)):
        bridge = QPainterPath(QPointF(-22, start))
        bridge.quadTo(0, start + dip, 22, start)
        painter.drawPath(bridge)


def _letter(painter: QPainter, sign: str, x: float, y: float, look: Theme) -> None:
    letters = font("heading")
    letters.setPixelSize(24)
    painter.setFont(letters)
    painter.setPen(QColor(look.muted))
    painter.drawText(QRectF(x - 20, y, 40, 34), Qt.AlignmentFlag.AlignCenter, sign)
