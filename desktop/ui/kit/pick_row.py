"""A row that can be picked: one tab stop with a ring, opened by Enter, Space or a click, walked by the arrows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.theme import paint_focus_ring, px, theme


def bring_into_view(widget: QWidget) -> None:
    """Scroll the area round it, if there is one, so that all of it is seen."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(widget, 0, px(8))


class WalkedList(QWidget):
    """A column of rows, however deep they lie in it; the arrows walk from one to the next."""

    def __init__(self, spacing: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(spacing))

    def add(self, widget: QWidget) -> None:
        """Shown at once, so that it can take the focus; a layout alone would show it a moment later."""
        self.column.addWidget(widget)
        widget.show()

    def clear(self) -> None:
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class PickRow(QFrame):
    """Whatever is laid out in it; `picked` rows keep a soft ground, so that the eye finds what is shown beside them."""

    opened = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_picked = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_picked(self, picked: bool) -> None:
        self._is_picked = picked
        self.update()

    def is_picked(self) -> bool:
        return self._is_picked

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focus_neighbour(is_next=key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focus_neighbour(self, *, is_next: bool) -> None:
        """The row after or before this one in the nearest `WalkedList`; at either end the focus stays."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, WalkedList):
            around = around.parentWidget()
        if around is None:
            return
        rows = [row for row in around.findChildren(PickRow) if row is self or row.isVisible()]
        at = rows.index(self) + (1 if is_next else -1)
        if 0 <= at < len(rows):
            rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            bring_into_view(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # so that the release comes here too

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._is_picked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme().accent_soft))
            painter.drawRoundedRect(area, px(6), px(6))
        if self.hasFocus():
            paint_focus_ring(painter, area, px(6))
