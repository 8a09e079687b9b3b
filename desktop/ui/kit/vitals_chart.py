"""What was measured and given while the record runs: drugs in rows, pressure, pulse and saturation on one time axis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.kit.theme import font, paint_focus_ring, px, theme
from desktop.ui.kit.vitals import Dose, DrugRow, Infusion, VitalSigns, reading_words
from desktop.ui.kit.vitals_drawing import VitalsDrawing

__all__ = ["Dose", "DrugRow", "Infusion", "VitalSigns", "VitalsChart"]


class VitalsChart(QWidget):
    """Left and Right walk from reading to reading; the one under the line is written out below."""

    def __init__(self, parent: QWidget | None = None, empty: str = "Nothing recorded yet. Press V for vitals.") -> None:
        super().__init__(parent)
        self._empty, self._at = empty, -1
        self._drugs: tuple[DrugRow, ...] = ()
        self._vitals: tuple[VitalSigns, ...] = ()
        self._started_at: dt.datetime | None = None
        self._until: dt.datetime | None = None
        self._zone: dt.tzinfo | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(px(420), px(260))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Vital signs and drugs")
        self.setAccessibleDescription(self.words())

    def set_record(
        self,
        drugs: Sequence[DrugRow],
        vitals: Sequence[VitalSigns],
        *,
        started_at: dt.datetime | None = None,
        until: dt.datetime | None = None,
        zone: dt.tzinfo | None = None,
    ) -> None:
        """All moments are aware; `zone` is the clock on the wall (the computer's when None). `until` is now while the
        record runs: open infusions reach up to it."""
        self._drugs, self._vitals = tuple(drugs), tuple(sorted(vitals, key=lambda each: each.at))
        self._started_at, self._until, self._zone = started_at, until, zone
        self._at = min(self._at, len(self._vitals) - 1)
        self.setAccessibleDescription(self.words())
        if self.hasFocus():
            self._start()
        self.update()

    def words(self) -> str:
        if not self._drugs and not self._vitals:
            return self._empty
        told = [row.words(self._zone) for row in self._drugs]
        if self._vitals:
            told.append(f"{len(self._vitals)} readings; last {reading_words(self._vitals[-1], self._zone)}")
        return ". ".join(told) + "."

    def reading(self) -> VitalSigns | None:
        return self._vitals[self._at] if 0 <= self._at < len(self._vitals) else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(780), px(560))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._vitals) - 1
        steps = {
            Qt.Key.Key_Left: max(0, self._at - 1),
            Qt.Key.Key_Right: min(last, self._at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        to = steps.get(Qt.Key(event.key()))
        if to is None or last < 0:
            super().keyPressEvent(event)
            return
        self._walk(to)

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
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._drugs and not self._vitals:
            painter.setFont(font("body"))
            painter.setPen(QColor(theme().muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        else:
            self._drawing().paint(painter, self.reading() if self.hasFocus() else None)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(1, 1, self.width() - 2, self.height() - 2))

    def _drawing(self) -> VitalsDrawing:
        return VitalsDrawing(
            QRectF(self.rect()).adjusted(px(6), px(6), -px(6), -px(4)),
            self._drugs,
            self._vitals,
            self._started_at,
            self._until,
            self._zone,
        )

    def _start(self) -> None:
        """Begin with the newest reading."""
        if self._at < 0 and self._vitals:
            self._walk(len(self._vitals) - 1)

    def _walk(self, to: int) -> None:
        self._at = to
        self.setAccessibleName(f"Vital signs and drugs, {reading_words(self._vitals[to], self._zone)}")
        self.update()
