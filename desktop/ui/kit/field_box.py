"""One question of a form: its label, its editor, and what there is to say about the answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.forms.form import Field, StatementField
from desktop.rules.problem import Problem
from desktop.rules.reading import Unreadable
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.editors import Editor
from desktop.ui.kit.past_editor import LABEL_HEIGHT, PastEditor
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, SPACE_XS, px

PREFILLED_KEYS = "Ctrl+Enter confirms it"


class FieldBox(QWidget):
    """Label, editor, and one line kept free beneath for what there is to say, so that nothing jumps."""

    confirmed = Signal()
    """Somebody said that an unlikely answer is right."""
    prefilled_confirmed = Signal()
    """Somebody said that an answer that was filled in for them is right."""

    def __init__(self, field: Field[Any], editor: Editor, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.editor = field, editor
        self._hint, self._before = field.hint, ""
        self._is_read_only = False
        self._prefilled_from = ""
        self._heading: QHBoxLayout | None = None
        self._foot = foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        self.note = Text(field.hint, "small", wrap=True, tone="muted", parent=self)
        self.note.setMinimumHeight(px(17))
        self.confirm: Button | None = None
        self.mark: Button | None = None
        self._lay_out(heading)
        for each in editor.inputs():
            each.setObjectName(field.name)
            each.setAccessibleName(field.full_label)

    def _lay_out(self, heading: str) -> None:
        field, editor = self.field, self.editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        if not isinstance(field, StatementField) and field.label != heading:
            line = self._heading = QHBoxLayout()
            line.setSpacing(px(SPACE_XS))
            label = Text(field.label, "label", parent=self)
            label.setBuddy(editor.inputs()[0])
            label.setMinimumHeight(px(LABEL_HEIGHT))
            line.addWidget(label, 1)
            if isinstance(editor, PastEditor):
                editor.put_source_in(line)
            column.addLayout(line)
        column.addWidget(editor.widget)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._foot.addWidget(self.note, 1)
        column.addLayout(self._foot)
        column.addStretch(1)

    def show_problem(self, problem: Problem | None) -> None:
        text = problem.message if problem else self._quiet_words()
        self.note.setText(text)
        tone = "muted" if problem is None else "warning" if problem.is_question else "danger"
        if self.note.property("tone") != tone:
            self.note.set_tone(tone)
        self._offer_to_confirm(problem is not None and problem.is_question)
        marked = "danger" if tone == "danger" else "prefilled" if self._prefilled_from else ""
        keys = PREFILLED_KEYS if self.waits_for_confirmation() else ""
        for each in self.editor.inputs():
            each.setAccessibleDescription(". ".join(filter(None, (text, keys, self.editor.keys()))))
            if (each.property("tone") or "") != marked:
                each.setProperty("tone", marked)
                each.style().unpolish(each)
                each.style().polish(each)

    def _offer_to_confirm(self, offers: bool) -> None:
        """The button is made when an answer is first asked about: few ever are."""
        if offers and self.confirm is None:
            self.confirm = Button("It is right", "link", self)
            self.confirm.clicked.connect(self.confirmed)
            self._foot.addWidget(self.confirm)
            QWidget.setTabOrder(self.editor.inputs()[-1], self.confirm)
        if self.confirm is not None:
            self.confirm.setVisible(offers)

    def show_prefilled(self, source: str) -> None:
        """Nobody gave this answer yet: it says where it comes from, until somebody confirms or changes it."""
        if source == self._prefilled_from:
            return
        self._prefilled_from = source
        if source and self.mark is None:
            self.mark = Button("◇ Confirm", "link", self)
            self.mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same without a further stop
            self.mark.setAccessibleName(f"Confirm {self.field.full_label}")
            self.mark.setToolTip(PREFILLED_KEYS)
            self.mark.clicked.connect(self.prefilled_confirmed)
            (self._heading or self._foot).addWidget(self.mark)
        self._show_mark()
        self.show_problem(None)

    def waits_for_confirmation(self) -> bool:
        return bool(self._prefilled_from) and not self._is_read_only

    def _show_mark(self) -> None:
        if self.mark is not None:
            self.mark.setVisible(self.waits_for_confirmation())

    def say(self, words: str) -> None:
        """Stands under the field, instead of its hint, while there is no problem."""
        self._hint = words or self.field.hint

    def say_before(self, words: str) -> None:
        """What stood here at another time, always after what there is to say of now."""
        if self._before != words:
            self._before = words
            if self.note.property("tone") == "muted":  # else a problem stands there, which goes before
                self.show_problem(None)

    def set_read_only(self, read_only: bool) -> None:
        """What is only read says nothing about how to write it."""
        if self._is_read_only != read_only:
            self._is_read_only = read_only
            self.editor.set_read_only(read_only)
            self.note.setText(self._quiet_words())
            self._show_mark()

    def _quiet_words(self) -> str:
        waiting = f"◇ from {self._prefilled_from}" if self._prefilled_from else ""
        if self._is_read_only:
            return waiting
        try:
            told = " · ".join(filter(None, (self.editor.echo(), waiting))) or self._hint
        except Unreadable:
            told = waiting or self._hint
        return " · ".join(filter(None, (told, self._before)))
