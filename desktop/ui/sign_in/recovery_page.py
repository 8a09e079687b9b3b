"""A forgotten password: the code on the recovery sheet opens the practice and a new password is set."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.entry import Entry, LineEntry
from desktop.ui.kit.new_password_entry import NewPasswordEntry
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.sign_in.waiting_button import WaitingButton

_WORDS = "It was printed when the practice was set up. Its code stays good afterwards."
_CODE_HINT = "Capitals, blanks and dashes do not matter."


class RecoveryPage(QWidget):
    """The new password is asked for once: it can be shown, which catches more slips than typing blindly twice."""

    recovery_asked = Signal(str, str, str)
    left = Signal()

    def __init__(self, accounts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = LineEntry("recovery_code", "Recovery code", _CODE_HINT)
        self.who = QComboBox()
        for name, description in accounts:
            self.who.addItem(description, name)
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        who_entry = Entry("recovery_account", "For whom?", self.who)
        self.password = NewPasswordEntry("new_password", "New password", self._names)
        self.button = WaitingButton("Set password and sign in")
        self.button.setObjectName("recover")
        self.button.setMinimumHeight(px(40))
        self.back = Button("Back to sign in  (Esc)", "quiet")
        self.back.setAccessibleName("Back to sign in")
        self.back.setAutoDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(Text("Use the recovery sheet", "title", wrap=True))
        column.addWidget(Text(_WORDS, tone="muted", wrap=True))
        column.addSpacing(px(SPACE_S))
        for each in (self.code, who_entry, self.password, self.button):
            column.addWidget(each)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.code.line.returnPressed.connect(lambda: self.password.setFocus(Qt.FocusReason.OtherFocusReason))
        self.who.currentIndexChanged.connect(lambda _index: self.password.check())
        self.password.entered.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)

    def set_busy(self, is_busy: bool) -> None:
        self.button.set_busy("Opening …" if is_busy else "")

    def submit(self) -> None:
        if not self.button.isEnabled():
            return
        code = self.code.words()
        weak = self.password.problem()
        self.code.show_problem("" if code else "Type the code that is printed on the recovery sheet.")
        if weak:
            self.password.show_problem(weak)
        if not code or weak:
            (self.password if code else self.code).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.recovery_asked.emit(code, str(self.who.currentData()), self.password.password())

    def refuse(self, message: str, wait_seconds: int) -> None:
        """What was typed stays: a code of forty signs is mended, not typed again."""
        self.set_busy(False)
        self.code.show_problem(message)
        if wait_seconds > 0:
            self.button.wait("", wait_seconds)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        for line in (self.code.line, self.password.line):
            line.clear()
        self.code.show_problem("")
        self.password.check()

    def _names(self) -> tuple[str, ...]:
        """What must not be the password: the account's sign-in name and the name as printed."""
        return str(self.who.currentData() or ""), self.who.currentText().partition(" · ")[0]
