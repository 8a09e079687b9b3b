"""Edits several answers of one closed list, in the order that counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.forms.form import ManyField
from desktop.models.choices import Choice
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.icons import icon
from desktop.ui.kit.tab_order import stand_for
from desktop.ui.kit.theme import SPACE_S, SPACE_XS, font, px, theme

_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
ROW_HEIGHT, NUMBER_WIDTH, REMOVE_WIDTH = 30, 28, 30


class _StepLine(QStyledItemDelegate):
    """One chosen answer: its number, its words, and the sign that takes it away."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        drawn, colours, view = QRect(option.rect), theme(), option.widget
        is_current = bool(option.state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent_soft if is_current else colours.sunken))
        painter.drawRoundedRect(drawn.adjusted(0, 1, 0, -1), px(6), px(6))
        painter.setPen(QColor(colours.text if is_current else colours.muted))
        painter.setFont(font("small", tabular=True))
        number = QRect(drawn.left(), drawn.top(), px(NUMBER_WIDTH), drawn.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.setPen(QColor(colours.text))
        painter.setFont(font("body"))
        can_remove = not isinstance(view, _ChosenList) or not view.is_read_only
        words = drawn.adjusted(px(NUMBER_WIDTH), 0, -px(REMOVE_WIDTH if can_remove else SPACE_S), 0)
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if can_remove:
            sign = QRect(0, 0, px(14), px(14))
            sign.moveCenter(remove_sign(drawn).center())
            icon("close", "muted").paint(painter, sign)
        painter.restore()


def remove_sign(line: QRect) -> QRect:
    """Where in the line of an answer a click takes it away."""
    return QRect(line.right() - px(REMOVE_WIDTH) + 1, line.top(), px(REMOVE_WIDTH), line.height())


class _ChosenList(QListWidget):
    """The chosen answers; Delete takes one away, Alt with the arrows moves it, and so does dragging."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self.is_read_only = False
        self.setItemDelegate(_StepLine(self))
        self.setProperty("kind", "results")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setTabKeyNavigation(False)
        self.model().rowsMoved.connect(lambda *_: self._changed())

    def set_read_only(self, read_only: bool) -> None:
        self.is_read_only = read_only
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.NoDragDrop if read_only else mode.InternalMove)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        step = _ARROWS.get(Qt.Key(event.key()), 0)
        if row >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take(row)
        elif row >= 0 and _moves(event):
            self._move(row, row + step)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        item = self.itemAt(at)
        if item is not None and remove_sign(self.visualItemRect(item)).contains(at):
            self._take(self.row(item))
            return
        super().mousePressEvent(event)

    @override
    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    @override
    def event(self, event: QEvent) -> bool:
        """Alt with the arrows stays here, where it moves a line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _moves(event):
            event.accept()
            return True
        return super().event(event)

    def _take(self, row: int) -> None:
        if not self.is_read_only:
            self.takeItem(row)
            self._changed()

    def _move(self, row: int, to: int) -> None:
        if not self.is_read_only and 0 <= to < self.count():
            self.insertItem(to, self.takeItem(row))
            self.setCurrentRow(to)
            self._changed()


def _moves(event: QKeyEvent) -> bool:
    return event.key() in _ARROWS and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


class _AddBox(ChoiceBox):
    """Letters and arrows look for an answer, Enter adds it; nothing is added on the way."""

    chooses_while_typing = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()), 0)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex() > 0:
                self.activated.emit(self.currentIndex())
        elif step and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.setCurrentIndex(min(self.count() - 1, max(0, self.currentIndex() + step)))
        else:
            super().keyPressEvent(event)


class ManyEditor(Editor):
    def __init__(self, choices: type[Choice], prompt: str) -> None:
        super().__init__()
        self._choices = choices
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        self.chosen = _ChosenList(self._on_changed)
        self.box = _AddBox()
        self.box.addItem(prompt, "")
        for choice in choices:
            self.box.addItem(choice.label, choice.value)
        self.box.setMaxVisibleItems(14)
        self.box.setMinimumContentsLength(6)
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(self._add)
        column.addWidget(self.chosen)
        column.addWidget(self.box)
        self.widget.setFocusProxy(self.box)
        self._fit()

    @override
    def value(self) -> tuple[Choice, ...]:
        return tuple(self._choices.from_code(code) for code in self.typed())

    @override
    def set_value(self, value: tuple[Choice, ...] | None) -> None:
        self.retype([choice.value for choice in value or ()])

    @override
    def typed(self) -> list[str]:
        return [str(self.chosen.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.chosen.count())]

    @override
    def retype(self, typed: Any) -> None:
        self.chosen.clear()
        for code in typed or ():
            self._append(code)
        self.box.setCurrentIndex(0)
        self._fit()

    @override
    def keys(self) -> str:
        return "Letters find, Enter adds, Delete removes, Alt with up or down moves"

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.chosen.set_read_only(read_only)
        self.box.setVisible(not read_only)
        stand_for(self.widget, None if read_only else self.box)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.box, self.chosen)

    def _add(self, index: int) -> None:
        code = self.box.itemData(index)
        self.box.setCurrentIndex(0)
        if code and code not in self.typed():
            self._append(code)
            self._on_changed()

    def _append(self, code: str) -> None:
        label = self._choices.from_code(code).label
        item = QListWidgetItem(label)
        item.setData(Qt.ItemDataRole.UserRole, code)
        item.setToolTip(label)
        self.chosen.addItem(item)

    def _on_changed(self) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        """As tall as what was chosen, so that nothing scrolls inside a page that scrolls."""
        rows = self.chosen.count()
        if rows == 0 and self.chosen.hasFocus():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.setVisible(rows > 0)
        frame = 2 * self.chosen.frameWidth() + px(4)
        self.chosen.setFixedHeight(rows * px(ROW_HEIGHT) + frame)


@editor_for.register
def _(field: ManyField, lookup: Lookup) -> Editor:
    return ManyEditor(field.choices, field.prompt)
