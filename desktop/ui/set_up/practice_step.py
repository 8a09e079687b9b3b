"""Step 1: what the practice is called and how it is reached."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from desktop.forms.practice import LETTERHEAD, PRACTICE_FORM
from desktop.models.choices import Language, PaperSize
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.handout_languages import handout_languages, offer_handout_languages
from desktop.ui.set_up.step import Step


class PracticeStep(Step):
    def __init__(self) -> None:
        super().__init__("Your practice", "This stands at the head of what you print. You can change it at any time.")
        self.form = FormView(PRACTICE_FORM, only=(LETTERHEAD,))  # the rest is set when it is needed
        offer_handout_languages(self.form)
        start = {"paper_size": PaperSize.LETTER, "language": next(iter(handout_languages()), Language.ENGLISH)}
        self.form.load(PRACTICE_FORM.empty() | start)
        for box in self.form.boxes.values():
            for each in box.editor.inputs():
                each.installEventFilter(self)
        self.body.addWidget(self.form, 1)

    @override
    def is_complete(self) -> bool:
        problems = self.form.show_problems(everywhere=True)
        if problems:
            self.form.focus_problem(problems[0])
        return not problems

    @override
    def focus_first(self) -> None:
        self.form.focus_first()

    def values(self) -> dict[str, Any]:
        given = self.form.values()
        given["paper_size"] = given["paper_size"] or PaperSize.LETTER
        given["language"] = given["language"] or Language.ENGLISH
        return given

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line goes to the next question."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key()
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QLineEdit):
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)
