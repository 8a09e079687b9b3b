"""Setting up a practice, step by step; nothing is stored here, and nothing counts before the last step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.brand_panel import BrandPanel
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px
from desktop.ui.set_up.answers import SetUpAnswers
from desktop.ui.set_up.choice_step import ChoiceStep
from desktop.ui.set_up.person_step import PersonStep
from desktop.ui.set_up.practice_step import PracticeStep
from desktop.ui.set_up.recovery_step import RecoveryStep
from desktop.ui.set_up.step import Step

STEPS = ("Practice", "You", "Recovery sheet", "Ready")
_WIDEST = 760
_LEAST_WITH_PANEL = 900
"""Much enlarged letters need the whole width; the foot says the step as well."""


class SetUpWizard(QWidget):
    """`begin_asked` wants keys for these answers: answer with `show_code` or `refuse`, and set `proves` before.

    `finish_asked` wants the practice made for good; its argument says whether to look at the demo practice first.
    """

    begin_asked = Signal(object, str)
    finish_asked = Signal(bool)
    demo_asked = Signal()
    cancelled = Signal()

    def __init__(self, proves: Callable[[str], bool] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begun: tuple[SetUpAnswers, str] | None = None
        self.panel = BrandPanel(steps=STEPS)
        self.welcome = ChoiceStep(
            "Welcome to Reprise",
            "Everything stays on this computer, encrypted. Setting up takes about five minutes and a printer.",
            ("Set up our practice", "Name and phone numbers, your account, the recovery sheet."),
            ("Look at the demo practice first", "Thirty invented patients to try everything on."),
        )
        self.practice, self.person, self.recovery = PracticeStep(), PersonStep(), RecoveryStep()
        self.recovery.proves = proves
        self.ready = ChoiceStep(
            "Ready",
            "The recovery sheet is proven. From now on your name and password open the practice.",
            ("Start with our practice", "It is empty: register your first patient."),
            ("Look at the demo practice first", "Your practice is made too and waits for you."),
        )
        self._steps: tuple[Step, ...] = (self.welcome, self.practice, self.person, self.recovery, self.ready)
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step if step is self.practice else scrolling(step))
        self.back, self.next = Button("Back  (Esc)"), Button("Next", "primary")
        self.back.setAccessibleName("Back")
        self.next.setObjectName("next")
        for each in (self.back, self.next):
            each.setAutoDefault(True)
        self.message = Text("", "body", wrap=True)
        self.progress = Text("", "muted")
        self._lay_out()
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.person.entered.connect(self.go_on)
        self.recovery.entered.connect(self.go_on)
        self.welcome.first_chosen.connect(lambda: self._show(1))
        self.welcome.second_chosen.connect(self.demo_asked)
        self.ready.first_chosen.connect(lambda: self._finish(False))
        self.ready.second_chosen.connect(lambda: self._finish(True))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.go_back)
        self._show(0)

    @property
    def proves(self) -> Callable[[str], bool] | None:
        """Whether a typed code opens the practice in the making; a mistyped one raises a UserError that says where."""
        return self.recovery.proves

    @proves.setter
    def proves(self, proves: Callable[[str], bool]) -> None:
        self.recovery.proves = proves

    def show_code(self, code: str) -> None:
        """The keys are made: the recovery sheet can be printed."""
        answers = self.answers()
        self.set_busy("")
        self.recovery.show_code(code, answers.name, answers.paper_size, answers.language.value)
        self._show(3)

    def refuse(self, message: str) -> None:
        """What was asked for did not happen; everything typed is kept."""
        self.set_busy("")
        if self._here() == 2:
            self._begun = None
            self.person.refuse(message)
        else:
            self._say(message, "danger")
        self._steps[self._here()].focus_first()

    def set_busy(self, words: str) -> None:
        """While the keys or the store are made, the window stays alive and takes no second order."""
        self._say(words)
        for each in (self.next, self.back, self.ready.first, self.ready.second):
            each.setEnabled(not words)

    def answers(self) -> SetUpAnswers:
        account = self.person.account.answers()
        return SetUpAnswers(
            **self.practice.values(),
            account_name=account.name,
            display_name=account.display_name,
            roles=account.roles,
        )

    def go_on(self) -> None:
        here = self._here()
        if not self.next.isEnabled() or not self._steps[here].is_complete():
            self._show_buttons()
            return
        if here != 2:
            self._show(here + 1)
            return
        wanted = (self.answers(), self.person.account.answers().password)
        if wanted == self._begun:
            self._show(3)
            return
        self._begun = wanted
        self.set_busy("Making the keys …")
        self.begin_asked.emit(*wanted)

    def go_back(self) -> None:
        """One step back; what was typed stays."""
        if not self.back.isEnabled():
            return
        here = self._here()
        if here == 0:
            self.cancelled.emit()
        elif here == 3 and self.recovery.is_proving():
            self.recovery.open_sheet()
            self._show_buttons()
        else:
            self._show(here - 1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._steps[self._here()].focus_first()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.width())
        self.panel.setVisible(self.width() >= px(_LEAST_WITH_PANEL))

    def _finish(self, demo_first: bool) -> None:
        self.set_busy("Making the practice …")
        self.finish_asked.emit(demo_first)

    def _here(self) -> int:
        return self._stack.currentIndex()

    def _show(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.panel.show_step(at)
        self.progress.setText(f"Step {at} of {len(STEPS)} · {STEPS[at - 1]}" if at else "")
        self._say("")
        self._show_buttons()
        self._steps[at].focus_first()

    def _show_buttons(self) -> None:
        here = self._here()
        self.back.setVisible(here > 0)
        self.next.setVisible(0 < here < len(self._steps) - 1)
        proving = here == 3 and self.recovery.is_proving()
        self.next.setText("Check the code" if proving else "I have the sheet" if here == 3 else "Next")
        self.next.setAccessibleName(self.next.text())

    def _say(self, words: str, tone: str = "muted") -> None:
        self.message.setText(words)
        self.message.set_tone(tone)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.progress)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        middle = QWidget()
        middle.setMaximumWidth(px(_WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(px(SPACE_S), px(44), 0, px(SPACE_L))
        column.setSpacing(px(SPACE_M))
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, px(SPACE_L), 0)
        row.setSpacing(px(SPACE_L))
        row.addWidget(self.panel)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
