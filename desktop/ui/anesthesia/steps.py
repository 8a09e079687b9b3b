"""The three parts of the note as steps: which one is shown, which are done, how long the record has been running."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.kit.theme import SPACE_S, font, paint_focus_ring, px, theme


class _Step(QAbstractButton):
    """Painted as a pill: the chosen one in the accent, one that is done says so."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.is_done, self.words = False, ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tell(label, is_done=False)

    def tell(self, label: str, *, is_done: bool) -> None:
        self.is_done = is_done
        words = f"{label} · done" if is_done else label
        if words != self.words:
            self.words = words
            self.setAccessibleName(words)
            self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        self.setFont(font("pill", tabular=True))
        return QSize(self.fontMetrics().horizontalAdvance(self.words) + px(26), self.fontMetrics().height() + px(12))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        ground = look.accent_soft if self.isChecked() else look.good_soft if self.is_done else look.sunken
        words = look.accent if self.isChecked() else look.good if self.is_done else look.muted
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        painter.setPen(QColor(words))
        painter.setFont(font("pill", tabular=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        if self.hasFocus():
            paint_focus_ring(painter, inside, inside.height() / 2)


class Steps(QWidget):
    """One tab stop; Left and Right walk, Ctrl+Page Up and Ctrl+Page Down walk from anywhere on the screen."""

    chosen = Signal(int)

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._steps = [_Step(label) for label in labels]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        for number, step in enumerate(self._steps):
            self._group.addButton(step, number)
            step.installEventFilter(self)
            row.addWidget(step)
        row.addStretch(1)
        self.setAccessibleName("Parts of the note")
        self._group.idClicked.connect(self.choose)

    def walk_with(self, screen: QWidget) -> None:
        """Let the keys work from anywhere on this screen."""
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), screen)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._walk(by))

    def current(self) -> int:
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        self._steps[number].setChecked(True)
        for at, step in enumerate(self._steps):
            stop = at == number
            step.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._steps[number])
        self.chosen.emit(number)

    def tell(self, number: int, label: str, *, is_done: bool) -> None:
        self._steps[number].tell(label, is_done=is_done)

    def label(self, number: int) -> str:
        return self._steps[number].words

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._walk(by)
                self._steps[self.current()].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose(self.current())
                return True
        return super().eventFilter(watched, event)

    def _walk(self, by: int) -> None:
        self.choose(min(len(self._steps) - 1, max(0, self.current() + by)))
