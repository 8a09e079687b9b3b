"""What can be placed on the chest drawing: the list to choose from, which is its legend as well."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from desktop.models.choices import Displacement, MarkKind
from desktop.rules.chest_symbol import symbol
from desktop.ui.kit.chest_editor_walk import LETTERS
from desktop.ui.kit.chest_strokes import paint_strokes
from desktop.ui.kit.theme import font, px, theme

_ROW, _LEAST_WIDTH, _SIGN = 26, 152, 28
_LETTER_OF = {kind: letter for letter, kind in LETTERS.items()}


class _KindLine(QStyledItemDelegate):
    """The symbol, the words, and the letter that places it."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = option.widget
        return view.gridSize() if isinstance(view, QListView) else super().sizeHint(option, index)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        kind = MarkKind.from_code(str(index.data(Qt.ItemDataRole.UserRole)))
        look, view = theme(), option.widget
        rect = QRect(option.rect).adjusted(1, 1, -1, -1)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_current = view.hasFocus() and isinstance(view, QListView) and view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.accent) if is_current else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent_soft) if is_chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, px(6), px(6))
        painter.save()
        painter.translate(rect.left() + px(_SIGN) / 2, rect.center().y() + 0.5)
        painter.scale(px(84) / 100, px(84) / 100)
        way = Displacement.LATERAL if kind is MarkKind.DISPLACEMENT else None
        paint_strokes(painter, symbol(kind, way), look)
        painter.restore()
        painter.setFont(font("small", tabular=True))
        painter.setPen(QColor(look.muted))
        apart = px(12) if rect.width() > px(_LEAST_WIDTH) + px(16) else 0  # from the symbol of the next column
        letter = QRect(rect.right() - px(16) - apart, rect.top(), px(15), rect.height())
        painter.drawText(letter, Qt.AlignmentFlag.AlignCenter, _LETTER_OF[kind])
        painter.setFont(font("strong" if is_chosen else "body"))
        painter.setPen(QColor(look.text))
        words = rect.adjusted(px(_SIGN) + 2, 0, -px(16) - apart, 0)
        shown = painter.fontMetrics().elidedText(kind.label, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class KindList(QListWidget):
    """Nothing is chosen at first; what is chosen is let go by choosing it again, or by Escape on the drawing."""

    picked = Signal(object)
    """A `MarkKind`, or None."""
    done = Signal()
    """Enter: on to the drawing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_KindLine(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMinimumWidth(2 * px(_LEAST_WIDTH) + px(8))
        self.setAccessibleName("What to place on the drawing")
        self.setAccessibleDescription("Arrows choose, Enter goes on to the drawing")
        for kind in MarkKind:
            item = QListWidgetItem(kind.label)
            item.setData(Qt.ItemDataRole.UserRole, kind.value)
            item.setToolTip(f"{kind.label}: press {_LETTER_OF[kind]} on the drawing")
            self.addItem(item)
        self.itemSelectionChanged.connect(lambda: self.picked.emit(self.kind()))

    def kind(self) -> MarkKind | None:
        chosen = self.selectedItems()
        return MarkKind.from_code(chosen[0].data(Qt.ItemDataRole.UserRole)) if chosen else None

    def show_kind(self, kind: MarkKind | None) -> None:
        if kind is None:
            self.clearSelection()
        elif kind is not self.kind():
            self.setCurrentRow(list(MarkKind).index(kind))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
            return
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.isSelected():
            self.clearSelection()
            return
        super().mousePressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many columns as are wide enough, and as tall as they need, so that nothing scrolls here."""
        room = self.viewport().width() - 2
        columns = max(1, min(4, room // px(_LEAST_WIDTH)))
        self.setGridSize(QSize(room // columns, px(_ROW)))
        rows = -(-self.count() // columns)
        self.setFixedHeight(rows * px(_ROW) + 2 * self.frameWidth() + 2)
