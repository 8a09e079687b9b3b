"""Who is there? The first window: painted before anything heavy is loaded, so it imports Qt and a little of the kit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.brand_panel import BrandPanel
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.clock import now
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, px
from desktop.ui.sign_in.sign_in_page import WELCOME, SignInPage
from desktop.ui.sign_in.store_problem import StoreProblemScreen

if TYPE_CHECKING:
    from desktop.ui.sign_in.recovery_page import RecoveryPage

FORM_WIDTH = 362
LOCKED = "Locked — your drafts are kept."


class SignInScreen(QWidget):
    """`accounts` are sign-in names with what a person reads: ("marchetti", "Dr. A. Marchetti · Surgeon")."""

    sign_in_asked = Signal(str, str)
    recovery_asked = Signal(str, str, str)
    retry_asked = Signal()
    quit_asked = Signal()
    set_up_asked = Signal()

    def __init__(
        self,
        practice_name: str,
        accounts: Sequence[tuple[str, str]],
        hint: str = "",
        greeting: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._accounts = tuple(accounts)
        self._greeting = greeting or greeting_at(now().astimezone().hour)
        self.panel = BrandPanel(practice_name)
        self.form = SignInPage(self._accounts, self._greeting, hint)
        self.recovery: RecoveryPage | None = None
        self._recovery_page: QWidget | None = None
        self.problem: StoreProblemScreen | None = None
        self._pages = QStackedWidget()
        self._add_page(self.form if self._accounts else self._nobody())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addWidget(self._pages, 1)
        self.form.sign_in_asked.connect(self.sign_in_asked)
        self.form.recovery_asked.connect(self.open_recovery)
        QShortcut(QKeySequence("Ctrl+R"), self).activated.connect(self.open_recovery)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close_recovery)

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
        self._reset(name)

    def show_signed_out(self) -> None:
        """As at the start, with nothing left of whoever was here."""
        self.close_recovery()
        self.form.greeting.setText(self._greeting)
        self.form.words.setText(WELCOME)
        self._reset(self.form.name())

    def show_store_problem(self, message: str) -> None:
        """The practice cannot be opened; Try again asks for another look at it."""
        if self.problem is None:
            self.problem = StoreProblemScreen(message)
            self.problem.retry_asked.connect(self.retry_asked)
            self.problem.quit_asked.connect(self.quit_asked)
            self._pages.addWidget(self.problem)
        self.problem.set_message(message)
        self._pages.setCurrentWidget(self.problem)
        self.problem.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_recovery(self) -> None:
        if not self._accounts or self._pages.currentWidget() is self.problem:
            return
        if self.recovery is None:
            from desktop.ui.sign_in.recovery_page import RecoveryPage  # late: seldom seen, and it reads a word list

            self.recovery = RecoveryPage(self._accounts)
            self.recovery.recovery_asked.connect(self.recovery_asked)
            self.recovery.left.connect(self.close_recovery)
            self._recovery_page = self._add_page(self.recovery)
        self.recovery.who.setCurrentIndex(self.form.who.currentIndex())
        self._pages.setCurrentIndex(self._pages.indexOf(self._recovery_page) if self._recovery_page else 0)
        self.recovery.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_recovery(self) -> None:
        if self.recovery is not None and self._asking() is self.recovery:
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
        if self._accounts and self._pages.currentIndex() == 0:
            self.form.focus_password()

    def _reset(self, name: str) -> None:
        self._pages.setCurrentIndex(0)
        self.form.select(name)
        self.form.password.clear()
        self.form.password.show_problem("")
        self.form.set_busy(False)
        self._focus()

    def _asking(self) -> SignInPage | RecoveryPage:
        """The page in sight that waits for an answer."""
        return self.recovery if self.recovery and self._pages.currentWidget() is self._recovery_page else self.form

    def _add_page(self, form: QWidget) -> QWidget:
        """The form in the middle; on a small or much enlarged screen it scrolls."""
        form.setMaximumWidth(px(FORM_WIDTH))
        page = QWidget()
        around = QVBoxLayout(page)
        around.setContentsMargins(px(SPACE_L), px(SPACE_L), px(SPACE_L), px(SPACE_L))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(form, 100)
        line.addStretch(1)
        around.addStretch(1)
        around.addLayout(line)
        around.addStretch(1)
        area = scrolling(page)
        self._pages.addWidget(area)
        return area

    def _nobody(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(px(SPACE_M))
        self.set_up = Button("Set up our practice", "primary")
        self.set_up.setAutoDefault(True)
        self.set_up.clicked.connect(self.set_up_asked)
        column.addWidget(Text(self._greeting, "title", wrap=True))
        column.addWidget(Text("No practice has been set up on this computer.", tone="muted", wrap=True))
        column.addWidget(self.set_up)
        return page


def greeting_at(hour: int) -> str:
    if 5 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"
