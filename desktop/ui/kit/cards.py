"""What facts stand on: cards, sunken boxes, pills, pairs of caption and value, and the empty screen."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, Tone, px, theme

Side = Literal["right", "left"]


class _Box(QFrame):
    """A frame with one column in it."""

    def __init__(self, kind: str, margin: int, spacing: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(margin), px(margin - 2), px(margin), px(margin - 2))
        self.body.setSpacing(px(spacing))

    def add(self, content: QWidget | QLayout, stretch: int = 0) -> None:
        if isinstance(content, QWidget):
            self.body.addWidget(content, stretch)
        else:
            self.body.addLayout(content, stretch)


class Card(_Box):
    """A surface with a heading; `trailing` stands at the right end of the heading's line."""

    def __init__(self, title: str = "", trailing: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__("card", 18, SPACE_S, parent)
        self.setAccessibleName(title)
        self.title = Text(title, "heading")
        self._heading = QHBoxLayout()
        self._heading.setSpacing(px(SPACE_S))
        if title or trailing:
            self._heading.addWidget(self.title, 1)
            self.body.addLayout(self._heading)
        if trailing:
            self.trail(trailing)

    def trail(self, widget: QWidget) -> None:
        """Put something at the right end of the heading's line."""
        self._heading.addWidget(widget)


class SunkenBox(_Box):
    """Facts that belong together inside a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", 14, SPACE_XS, parent)
        self.body.addStretch(1)

    @override
    def add(self, content: QWidget | QLayout, stretch: int = 0) -> None:
        """Facts gather at the top; boxes side by side may be taller than what one of them holds."""
        last = self.body.count() - 1
        if isinstance(content, QWidget):
            self.body.insertWidget(last, content, stretch)
        else:
            self.body.insertLayout(last, content, stretch)


class Pill(Text):
    """A short fact with a tone; the word is always there, the colour only helps. Long ones break; none is cut."""

    def __init__(self, text: str, tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        self._pill_tone: Tone = tone
        super().__init__(text, "pill", wrap=True, tone="muted" if tone == "neutral" else tone, parent=parent)
        self.setContentsMargins(px(10), px(3), px(10), px(3))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def sizeHint(self) -> QSize:
        room = self.contentsMargins()
        widest = max((self.fontMetrics().horizontalAdvance(line) for line in self.text().splitlines()), default=0)
        lines = max(1, len(self.text().splitlines()))
        return QSize(
            widest + room.left() + room.right() + 2, self.fontMetrics().height() * lines + room.top() + room.bottom()
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), px(64)), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().ground_of(self._pill_tone)))
        height = min(self.height(), max(self.heightForWidth(self.width()), self.sizeHint().height()))
        radius = min(height / 2, px(12))
        top = (self.height() - height) / 2  # in a taller row it stays as high as its words
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), radius, radius)
        painter.end()
        super().paintEvent(event)


class FactPair(QWidget):
    """A small caption and what it is about."""

    def __init__(self, caption: str, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        self.caption = Text(caption.upper(), "caption", wrap=True)
        self.caption.setAccessibleName(caption)
        self.value = Text(value, "body", wrap=True)
        column.addWidget(self.caption)
        column.addWidget(self.value)
        column.addStretch(1)
        self.setAccessibleName(f"{caption}: {value}")


class SideHeading(QWidget):
    """RIGHT or LEFT, always as a word. On a sunken ground the word is plain and a mark carries the colour: the
    sides' own colours reach 4.5 : 1 on cards only."""

    def __init__(self, side: Side, rest: str = "", *, sunken: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side: Side = side
        words = side.upper() + (f" · {rest}" if rest else "")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10) if sunken else 0, 0, 0, 0)
        self._sunken = sunken
        self.words = Text(words, "caption" if sunken else "heading", tone="plain" if sunken else side, wrap=True)
        line.addWidget(self.words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sunken:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme().words_of(self._side)))
            painter.drawRoundedRect(QRectF(0, px(1), px(4), self.height() - px(2)), px(2), px(2))


class EmptyState(QWidget):
    """What belongs here, and the one action that fills it."""

    def __init__(self, text: str, action: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(px(SPACE_L))
        column.addStretch(1)
        self.words = Text(text, "body", tone="muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.words)
        if action:
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)


class Divider(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "divider")
        self.setFixedHeight(1)
