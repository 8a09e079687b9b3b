"""The same for the other side: copies what is planned in one side, and asks before it writes over anything."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.form import NoteField, SidesSection
from desktop.models.choices import Side
from desktop.rules.other_side import Copied, copy_to_other_side
from desktop.rules.side import field_at
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.field_box import FieldBox
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.tab_order import stand_after, stop_before
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

KEYS = "Ctrl+Shift+E"
NO_SIDE = "Go into RIGHT or LEFT first, then press the keys again: that side is copied to the other."
NOTHING = "{} has nothing that {} has not. Remarks are not copied."


class ReplaceQuestion(QFrame):
    """Over the form: what would be replaced. Esc, or the button that has the keyboard, keeps it."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self.words = Text("", wrap=True, parent=self)
        self.keep_button = button("")
        self.keep_button.setObjectName("keep_side")
        self.replace_button = button("")
        self.replace_button.setObjectName("replace_side")
        self.keep_button.clicked.connect(lambda: self._answer(False))
        self.replace_button.clicked.connect(lambda: self._answer(True))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SPACE_M), px(SPACE_S), px(SPACE_S), px(SPACE_S))
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.words, 1)
        row.addWidget(self.keep_button)
        row.addWidget(self.replace_button)
        self.hide()

    def ask(self, words: str, other: Side) -> None:
        self.words.setText(words)
        for each, verb in ((self.keep_button, "Keep"), (self.replace_button, "Replace")):
            each.setText(f"{verb} {other.label}")
            each.setAccessibleName(f"{verb} {other.label}")
            each.setAccessibleDescription(words)
        self.show()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, lambda: self._answer(False)) or super().event(event)

    def _answer(self, replaces: bool) -> None:
        self.hide()
        self.answered.emit(replaces)


class OtherSide(QObject):
    """A button at the head of each side, and keys for the side that has the keyboard."""

    def __init__(self, editor: RecordEditor, section: str, question: ReplaceQuestion) -> None:
        super().__init__(editor)
        self._editor, self._form = editor, editor.form
        self._asked: tuple[Side, Copied] | None = None
        self.question = question
        question.answered.connect(self._on_answer)
        found = next(each for each in self._form.form.sections if each.title == section)
        sides = cast(SidesSection, found)
        self._names = [field.key for field in sides.fields_of(Side.RIGHT) if not isinstance(field, NoteField)]
        self.buttons: dict[Side, Button] = {}
        for side, card in zip(Side, self._form.cards[section], strict=True):
            made = Button(f"Same for {side.other.label}", "link")
            made.setObjectName(field_at(side, "copy"))
            made.setAccessibleDescription(f"{KEYS} does the same for the side that has the keyboard")
            made.setToolTip(KEYS)
            made.clicked.connect(partial(self.copy, side))
            cast(Card, card).trail(made)
            first = self._form.boxes[field_at(side, self._names[0])].editor.inputs()[0]
            stand_after(stop_before(first), (made,))
            self.buttons[side] = made
        self.shortcut = QShortcut(QKeySequence(KEYS), editor)
        self.shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.shortcut.activated.connect(self.copy_where_the_keyboard_is)

    def set_read_only(self, read_only: bool) -> None:
        self.question.hide()
        self.shortcut.setEnabled(not read_only)
        for each in self.buttons.values():
            each.setVisible(not read_only)

    def copy_where_the_keyboard_is(self) -> None:
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, FieldBox):
            widget = widget.parentWidget()
        side = widget.field.side if widget is not None else None
        if side is None:
            self._editor.messages.refuse(NO_SIDE)
        else:
            self.copy(side)

    def copy(self, side: Side, _checked: bool = False) -> None:
        copied = copy_to_other_side(self._form.draft(), side, self._names)
        other = side.other
        if not copied.changes:
            self._editor.messages.note(NOTHING.format(side.label, other.label))
        elif not copied.replaced:
            self._write(side, copied)
        else:
            named = ", ".join(self._form.boxes[name].field.label for name in copied.replaced)
            what = f"{other.label} says something else: {named}. Replace it with what is planned for {side.label}?"
            self._asked = (side, copied)
            self.question.ask(what, other)

    def _on_answer(self, replaces: bool) -> None:
        asked, self._asked = self._asked, None
        if asked is not None and replaces:
            self._write(*asked)
        elif asked is not None:
            self._go_to(asked[0])

    def _write(self, side: Side, copied: Copied) -> None:
        self._form.restore(copied.changes)
        self._form.edited.emit()
        self._editor.keep_draft()
        self._editor.messages.note(f"{side.other.label} is planned like {side.label}. Not saved yet.")
        self._go_to(side.other)

    def _go_to(self, side: Side) -> None:
        box = self._form.boxes[field_at(side, self._names[0])]
        box.editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
