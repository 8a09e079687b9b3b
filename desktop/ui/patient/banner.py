"""Who is open: name, birth date and age, record number and alerts, on every screen of a patient."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.dates import show_age, show_date
from desktop.services.patient import PatientHeader
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Pill
from desktop.ui.kit.clock import today
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, font, px, theme


class Initials(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._letters = ""
        self.setFixedSize(QSize(px(46), px(46)))

    def show_letters(self, letters: str) -> None:
        self._letters = letters
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().accent_soft))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(QColor(theme().accent))
        painter.setFont(font("heading"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)


_MOST_OF_THE_LINE = 0.4
"""How much of the banner the facts may ask for before the alerts get their part."""


class Banner(QWidget):
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = Initials()
        self.name = Text("", "title", elide=True)
        self.facts = Text("", "muted", elide=True)
        self.alerts = FlowRow()
        self.print_button = button("Print handout", primary=True, icon="print", shortcut="Ctrl+P")
        self.print_button.clicked.connect(self.print_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_M))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        row.addWidget(self._initials)
        row.addLayout(words, 4)
        row.addWidget(self.alerts, 5, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.print_button)

    def show_header(self, header: PatientHeader) -> None:
        self._initials.show_letters(header.initials)
        self.name.setText(header.full_name)
        age = show_age(header.birth_date, today())
        facts = [f"Born {show_date(header.birth_date)}", age, f"Record {header.record_number}", header.phone]
        facts.append(f"Prefers {header.language}" if header.language else "")
        self.facts.setText(" · ".join(filter(None, facts)))
        self._make_room()
        self.alerts.clear()
        for alert in header.alerts:
            sign = "⚠ " if alert.tone == "danger" else ""
            self.alerts.add(Pill(f"{sign}{alert.text}", alert.tone))
        spoken = ". ".join([header.full_name, *filter(None, facts), *(alert.text for alert in header.alerts)])
        self.setAccessibleName(spoken)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Who this is stands there in full while there is room for it."""
        wanted = self.facts.fontMetrics().horizontalAdvance(self.facts.text()) + px(SPACE_S)
        self.facts.setMinimumWidth(min(wanted, int(_MOST_OF_THE_LINE * self.width())))
