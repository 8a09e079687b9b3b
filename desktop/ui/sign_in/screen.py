"""Who is there? The first window: painted before anything heavy is loaded, so it imports Qt and a little of the kit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.kit.brand_panel import BrandPanel
from desktop.ui.kit.clock import now
from desktop.ui.kit.overriding import override
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.theme import SPACE_L, px
from desktop.ui.sign_in.sign_in_page import SignInPage

if TYPE_CHECKING:
    from desktop.ui.sign_in.recovery_page import RecoveryPage

FORM_WIDTH = 362
LOCKED = "Locked — your drafts are kept."


class SignInScreen(QWidget):
    """`accounts` are sign-in names with what a person reads: ("marchetti", "Dr. A. Marchetti · Surgeon")."""

    sign_in_asked = Signal(str, str)
    recovery_asked = Signal(str, str, str)

    def __init__(
        self,
        practice_name: str,
        accounts: Sequence[tuple[str, str]],
        hint: str = "",
        greeting: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # From the outside in: Qt dresses all that stands in a widget again whenever the widget is put into another one.
        self._accounts = tuple(accounts)
        self.panel = BrandPanel(practice_name, parent=self)
        self._pages = QStackedWidget(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addWidget(self._pages, 1)
        page = self._new_page()
        self.form = SignInPage(self._accounts, greeting or greeting_at(now().astimezone().hour), hint, page)
        _put_in_the_middle(page, self.form)
        self.recovery: RecoveryPage | None = None
        self.form.sign_in_asked.connect(self.sign_in_asked)
        self.form.recovery_asked.connect(self.open_recovery)
        QShortcut(QKeySequence("Ctrl+R"), self).activated.connect(self.open_recovery)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close_recovery)

    def select(self, name: str) -> None:
        """Choose an account; its password is asked for next."""
        self.form.select(name)
        self._focus()

    def set_busy(self, is_busy: bool) -> None:
        self._asking().set_busy(is_busy)

    def refuse(self, message: str, wait_seconds: int = 0) -> None:
        """A sentence under the answer that was refused; the button counts down until the next try."""
        self._asking().refuse(message, wait_seconds)

    def show_locked(self, name: str) -> None:
        """The same screen in the middle of the day: nobody is greeted, nothing typed is lost."""
        self.close_recovery()
        self.form.greeting.setText("Locked")
        self.form.words.setText(LOCKED)
        self.form.password.clear()
        self.select(name)

    def open_recovery(self) -> None:
        if self.form.button.is_busy():
            return
        if self.recovery is None:
            from desktop.ui.sign_in.recovery_page import RecoveryPage  # late: seldom seen, and it reads a word list

            page = self._new_page()
            self.recovery = RecoveryPage(self._accounts, page)
            _put_in_the_middle(page, self.recovery)
            self.recovery.recovery_asked.connect(self.recovery_asked)
            self.recovery.left.connect(self.close_recovery)
        self.recovery.who.setCurrentIndex(self.form.who.currentIndex())
        self._pages.setCurrentIndex(1)
        self.recovery.code.setFocus()

    def close_recovery(self) -> None:
        """Back to the password, unless the practice is being opened with the code."""
        if self.recovery is not None and self._asking() is self.recovery and not self.recovery.button.is_busy():
            self.recovery.clear()
            self._pages.setCurrentIndex(0)
            self._focus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.width())

    def _focus(self) -> None:
        if self._pages.currentIndex() == 0:
            self.form.focus_password()

    def _asking(self) -> SignInPage | RecoveryPage:
        """The page in sight that waits for an answer."""
        return self.recovery if self.recovery and self._pages.currentIndex() == 1 else self.form

    def _new_page(self) -> QWidget:
        """Empty yet; on a small or much enlarged screen it scrolls."""
        page = QWidget()
        self._pages.addWidget(scrolling(page))
        return page


def _put_in_the_middle(page: QWidget, form: QWidget) -> None:
    form.setMaximumWidth(px(FORM_WIDTH))
    around = QVBoxLayout(page)
    around.setContentsMargins(px(SPACE_L), px(SPACE_L), px(SPACE_L), px(SPACE_L))
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(form, 100)
    line.addStretch(1)
    around.addStretch(1)
    around.addLayout(line)
    around.addStretch(1)


def greeting_at(hour: int) -> str:
    if 5 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"
