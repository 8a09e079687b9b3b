"""How words are set: a label that never guesses rich text, in one of the few roles of the design."""

from __future__ import annotations

from PySide6 import QtCore, QtWidgets  # for what the first window does without, see theme.py
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.kit.overriding import override
from desktop.ui.kit.theme import Role, font


class Text(QLabel):
    """Words as they are. `wrap` breaks lines; `elide` shortens with … and keeps the whole for screen readers."""

    def __init__(
        self,
        label: str = "",
        role: Role = "body",
        *,
        wrap: bool = False,
        elide: bool = False,
        tone: str | None = None,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._tabular, self._elide, self._whole = role, tabular, elide, label
        self.setProperty("textFormat", "PlainText")  # in words, see theme.py
        self.setWordWrap(wrap)
        self.setFont(font(role, tabular=tabular))
        self.setProperty("tone", tone or ("muted" if role in ("muted", "caption") else ""))
        if elide:
            self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Preferred, QtWidgets.QSizePolicy.Policy.Fixed)
        self.setText(label)

    @override
    def setText(self, label: str) -> None:
        self._whole = label
        self.setAccessibleName(label)
        self._show()

    @override
    def text(self) -> str:
        """The whole text, also when less is shown."""
        return self._whole

    def set_tone(self, tone: str | None) -> None:
        """`muted`, `danger`, `warning`, `good`, `accent`, `right`, `left`, or None for plain words."""
        if self.property("tone") == (tone or ""):
            return
        self.setProperty("tone", tone or "")
        if self.testAttribute(QtCore.Qt.WidgetAttribute.WA_WState_Polished):  # before, the style has not looked yet
            self.style().unpolish(self)
            self.style().polish(self)

    def shown(self) -> str:
        return super().text()

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(min(hint.width(), self.fontMetrics().averageCharWidth() * 6))
        return hint

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._whole) + 2)
        return hint

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(font(self._role, tabular=self._tabular))
        super().changeEvent(event)

    def _show(self) -> None:
        shown = self._whole
        if self._elide:
            one_line = " ".join(self._whole.split())
            shown = self.fontMetrics().elidedText(one_line, QtCore.Qt.TextElideMode.ElideRight, self.width())
        if shown != super().text():
            super().setText(shown)
            self.updateGeometry()
