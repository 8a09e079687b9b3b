"""What is asked in the page: why the team stops again and for which side, and whether a phase is finished."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit
from typing_extensions import override

from desktop.models.choices import SafetyAgain, Side
from desktop.rules.safety import skipped_words
from desktop.services.safety_file import Phase
from desktop.ui.kit.buttons import Segmented, button
from desktop.ui.kit.cards import SunkenBox
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px


class AgainQuestion(SunkenBox):
    """Nothing is chosen beforehand; before the second side it is said which side that is."""

    called = Signal(object, object)
    """Why, and the side or None."""

    def __init__(self) -> None:
        super().__init__()
        self.because = Segmented("Why the team stops again", [(each, each.label) for each in SafetyAgain])
        self.because.setObjectName("again_because")
        self.side = Segmented("Which side comes now", [(each, each.label) for each in Side])
        self.side.setObjectName("again_side")
        self.because.changed.connect(lambda why: self.side.setVisible(why is SafetyAgain.SECOND_SIDE))
        self.problem = Text("", "small", tone="danger", wrap=True)
        go_on = button("Stop and read aloud", primary=True)
        go_on.setObjectName("call_again_now")
        go_on.clicked.connect(self._give)
        back = button("Not now")
        back.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.setSpacing(px(SPACE_L))
        row.addWidget(self.because)
        row.addWidget(self.side)
        row.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.problem, 1)
        foot.addWidget(back)
        foot.addWidget(go_on)
        self.add(Text("Why does the team stop again?", "strong"))
        self.add(row)
        self.add(foot)
        self.hide()

    def ask(self) -> None:
        self.because.set_value(None)
        self.side.set_value(None)
        self.side.hide()
        self.problem.setText("")
        self.show()
        self.because.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.hide) or super().event(event)

    def _give(self) -> None:
        if self.because.value() is None:
            self.refuse("Say why: before the second side, another team, or the plan changes.")
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.called.emit(
                self.because.value(),
                self.side.value() if self.because.value() is SafetyAgain.SECOND_SIDE else None,
            )


class FinishQuestion(SunkenBox):
    """Opens on “Not yet”: a phase is never signed by a key too many."""

    agreed = Signal(str)
    """Why the phase before it is not finished, where it is not."""

    def __init__(self, signer: str) -> None:
        super().__init__()
        self.words = Text("", "strong", wrap=True)
        self.reason = QLineEdit()
        self.reason.setObjectName("skipped_because")
        self.reason.setMaxLength(LINE_LENGTH)
        self.reason.setPlaceholderText("Why does this phase come first? It is signed with it.")
        self.reason.setAccessibleName("Why the phase before it is not finished")
        self.not_yet = button("Not yet")
        self.not_yet.setObjectName("not_yet")
        self.not_yet.clicked.connect(self.hide)
        agree = button(f"Finish as {signer}", icon="sign")
        agree.setObjectName("finish_now")
        agree.clicked.connect(lambda: self.agreed.emit(self.reason.text().strip()))
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.reason, 1)
        foot.addStretch(1)
        foot.addWidget(self.not_yet)
        foot.addWidget(agree)
        self.add(self.words)
        self.add(foot)
        self.hide()

    def ask(self, title: str, patient: str, phase: Phase) -> None:
        skipped = f" {skipped_words(phase.waits_for)}" if phase.waits_for else ""
        self.words.setText(f"Finish “{title}” of {patient}? It cannot be changed afterwards.{skipped}")
        self.reason.clear()
        self.reason.setVisible(phase.waits_for is not None)
        self.show()
        first = self.reason if phase.waits_for is not None else self.not_yet
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.hide) or super().event(event)
