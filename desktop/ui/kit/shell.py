"""What frames every screen: the rail at the left, the search at the top, and the row of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import icon
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, font, paint_focus_ring, px, theme

RAIL_WIDTH = 208


@dataclass(frozen=True)
class RailEntry:
    key: str
    label: str
    icon: str


class Rail(QFrame):
    """Where one can go. Up and Down walk, Enter goes, Ctrl+L locks."""

    chosen = Signal(str)
    settings_asked = Signal()
    lock_asked = Signal()

    def __init__(self, practice: str, entries: Sequence[RailEntry], signed_in: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setAccessibleName("Navigation")
        self.setFixedWidth(px(RAIL_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_M), px(18), px(SPACE_M), px(SPACE_M))
        column.setSpacing(px(SPACE_XS))
        self.name = Text("Reprise", "title", tone="rail_selected")
        self.practice = Text(practice, "small", tone="rail", elide=True)
        for words in (self.name, self.practice):
            words.setIndent(px(SPACE_S))
            column.addWidget(words)
        column.addSpacing(px(SPACE_S))
        self._entries: dict[str, Button] = {}
        for entry in entries:
            made = self._button(entry.label, entry.icon)
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, key=entry.key: self._choose(key))
            self._entries[entry.key] = made
            column.addWidget(made)
        column.addStretch(1)
        self.settings = self._button("Settings", "settings")
        self.settings.clicked.connect(self.settings_asked)
        self.lock = self._button("Lock  (Ctrl+L)", "lock")
        self.lock.setAccessibleName("Lock")
        self.lock.setShortcut(QKeySequence("Ctrl+L"))
        self.lock.clicked.connect(self.lock_asked)
        self.signed_in = Text(signed_in, "small", tone="rail", elide=True)
        self.signed_in.setIndent(px(SPACE_S))
        for widget in (self.settings, self.lock, self.signed_in):
            column.addWidget(widget)
        self._order = [*self._entries.values(), self.settings, self.lock]

    def select(self, key: str) -> None:
        """Show where we are; an unknown key (a screen of no entry) selects nothing."""
        for each, made in self._entries.items():
            made.setChecked(each == key)
            made.setFont(font("strong" if each == key else "body"))

    def selected(self) -> str | None:
        return next((key for key, made in self._entries.items() if made.isChecked()), None)

    def entry(self, key: str) -> Button:
        return self._entries[key]

    def set_practice(self, name: str) -> None:
        self.practice.setText(name)

    @override
    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._order:
            at = self._order.index(watched)
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._order[(at + step) % len(self._order)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._order[at].click()
                return True
        return super().eventFilter(watched, event)

    def _button(self, label: str, icon_name: str) -> Button:
        made = Button(f"  {label}", "rail")
        made.setAccessibleName(label)
        made.setIcon(icon(icon_name, "rail_text"))
        made.installEventFilter(self)
        return made

    def _choose(self, key: str) -> None:
        self.select(key)
        self.chosen.emit(key)


class SearchBox(Button):
    """Looks like a field and opens the palette; a letter typed on it goes along."""

    asked = Signal(str)

    def __init__(self, hint: str) -> None:
        super().__init__("", "search")
        self._hint = hint
        self.setAccessibleName("Search")
        self.setAccessibleDescription(f"{hint} Shortcut Ctrl+K")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setShortcut(QKeySequence("Ctrl+K"))
        self.clicked.connect(lambda: self.asked.emit(""))

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(520), px(36))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed.strip() and typed.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.asked.emit(typed)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme().muted))
        inside = self.rect().adjusted(px(14), 0, -px(14), 0)
        keys_width = painter.fontMetrics().horizontalAdvance("Ctrl+K") + px(SPACE_L)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Ctrl+K")
        shown = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, inside.width() - keys_width)
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class TopBar(QWidget):
    """The search box at the left, what can always be done at the right."""

    search_asked = Signal(str)

    def __init__(self, hint: str = "Search name, phone, date of birth, record number, implant serial…") -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(SPACE_S))
        self.search = SearchBox(hint)
        self.search.setMaximumWidth(px(520))
        self.search.asked.connect(self.search_asked)
        self._row.addWidget(self.search, 1)
        self._row.addStretch(0)

    def add_action(self, action: QWidget) -> None:
        self._row.addWidget(action)


class TabRow(QTabBar):
    """The parts of one record; Left and Right walk, Ctrl+1 … Ctrl+9 jump."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = [key for key, _label in tabs]
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("Parts of this record")
        for number, (_key, label) in enumerate(tabs, start=1):
            at = self.addTab(label.replace("&", "&&"))
            self.setAccessibleTabName(at, label)
            self.setTabToolTip(at, f"Ctrl+{number}")
            jump = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            jump.activated.connect(lambda at=at: self.setCurrentIndex(at))
        self.currentChanged.connect(lambda at: self.chosen.emit(self._keys[at]))

    def select(self, key: str) -> None:
        self.setCurrentIndex(self._keys.index(key))

    @override
    def tabSizeHint(self, index: int) -> QSize:
        """As wide as the name in bold, so that choosing a tab moves no other."""
        room = 2 * px(SPACE_XS) + px(SPACE_XL) + 6
        words = self.tabText(index).replace("&&", "&")
        width = QFontMetrics(font("strong")).horizontalAdvance(words) + room
        return QSize(width, super().tabSizeHint(index).height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            tab = self.tabRect(self.currentIndex()).toRectF().adjusted(1, 1, -px(SPACE_XL) - 1, -1)
            paint_focus_ring(QPainter(self), tab, px(SPACE_XS))

    def selected(self) -> str:
        return self._keys[self.currentIndex()]
