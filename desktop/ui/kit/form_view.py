"""Edit a form: its fields in cards, the problem of each under it, RIGHT always in the left column."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

import desktop.ui.kit.label_editor
import desktop.ui.kit.many_editor
import desktop.ui.kit.rows_editor  # noqa: F401  all register the editor of their field
from desktop.forms.form import (
    Field,
    Form,
    ListField,
    Row,
    Section,
    SidesSection,
    StatementField,
    confirmed,
    source_of,
)
from desktop.models.choices import Side
from desktop.rules.problem import Circumstances, Problem
from desktop.rules.reading import Unreadable
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.clock import today
from desktop.ui.kit.editors import Editor, editor_for
from desktop.ui.kit.past_editor import LABEL_HEIGHT, PastEditor
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, px


class FieldBox(QWidget):
    """Label, editor, and one line kept free beneath for what there is to say, so that nothing jumps."""

    confirmed = Signal()
    """Somebody said that an unlikely answer is right."""

    def __init__(self, field: Field[Any], editor: Editor, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.editor = field, editor
        self._hint = field.hint
        self._is_read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        if not isinstance(field, StatementField) and field.label != heading:
            line = QHBoxLayout()
            line.setSpacing(px(SPACE_XS))
            label = Text(field.label, "label", parent=self)
            label.setBuddy(editor.inputs()[0])
            label.setMinimumHeight(px(LABEL_HEIGHT))
            line.addWidget(label, 1)
            if isinstance(editor, PastEditor):
                editor.put_source_in(line)
            column.addLayout(line)
        column.addWidget(editor.widget)
        self._foot = foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        self.note = Text(field.hint, "small", wrap=True, tone="muted", parent=self)
        self.note.setMinimumHeight(px(17))
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.confirm: Button | None = None
        foot.addWidget(self.note, 1)
        column.addLayout(foot)
        column.addStretch(1)
        for each in editor.inputs():
            each.setObjectName(field.name)
            each.setAccessibleName(field.full_label)

    def show_problem(self, problem: Problem | None) -> None:
        text = problem.message if problem else self._quiet_words()
        self.note.setText(text)
        tone = "muted" if problem is None else "warning" if problem.is_question else "danger"
        if self.note.property("tone") != tone:
            self.note.set_tone(tone)
        self._offer_to_confirm(problem is not None and problem.is_question)
        marked = "danger" if tone == "danger" else ""
        for each in self.editor.inputs():
            each.setAccessibleDescription(". ".join(filter(None, (text, self.editor.keys()))))
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

    def say(self, words: str) -> None:
        """Stands under the field, instead of its hint, while there is no problem."""
        self._hint = words or self.field.hint

    def set_read_only(self, read_only: bool) -> None:
        """What is only read says nothing about how to write it."""
        if self._is_read_only != read_only:
            self._is_read_only = read_only
            self.editor.set_read_only(read_only)
            self.note.setText("" if read_only else self._quiet_words())

    def _quiet_words(self) -> str:
        if self._is_read_only:
            return ""
        try:
            return self.editor.echo() or self._hint
        except Unreadable:
            return self._hint


class FormView(QScrollArea):
    """The answers of one record. Problems show under a field once a person has been there, all of them after Save."""

    edited = Signal()

    def __init__(self, form: Form, parent: QWidget | None = None, only: tuple[str, ...] = ()) -> None:
        super().__init__(parent)
        self.form = form
        self.boxes: dict[str, FieldBox] = {}
        self._confirmed: dict[str, Any] = {}
        self._visited: set[str] = set()
        self._loaded: dict[str, Any] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = self._page = QWidget()
        page.setProperty("kind", "page")
        self.setWidget(page)  # before it is filled: moving a filled page under another parent dresses it all again
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, px(SPACE_S), 0)
        self._column.setSpacing(px(SPACE_L))
        self.cards: dict[str, list[QWidget]] = {}
        for section in form.sections:
            if not only or section.title in only:
                self._add_section(section)
        self._column.addStretch(1)
        self._loaded = self.draft()

    def add_above(self, widget: QWidget) -> None:
        """Put something over the first card; it scrolls with the form, and Tab comes to it before the form."""
        first = _focus_chain(self._page)[0]
        self._column.insertWidget(0, widget)
        # Behind the first field, then that field behind them: one call would do nothing, as Tab goes round in circles.
        for one, following in pairwise([first, *_focus_chain(widget), first]):
            QWidget.setTabOrder(one, following)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the last card; it scrolls with the form."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def load(self, values: Mapping[str, Any]) -> None:
        """Show stored answers; nothing is dirty afterwards."""
        asked = self.form.problems(values, Circumstances(today=today()))
        self._confirmed = {
            p.field: values.get(p.field) for p in asked if p.is_question
        }  # stored: somebody confirmed it
        self._visited.clear()
        for name, box in self._in_reading_order():
            box.editor.blockSignals(True)
            box.editor.set_value(values.get(name))
            if isinstance(box.editor, PastEditor):
                box.editor.set_source(values.get(source_of(name)))
            box.editor.blockSignals(False)
        for box in self.boxes.values():
            box.show_problem(None)
        self._loaded = self.draft()

    def values(self) -> dict[str, Any]:
        """Every readable answer, with sources and confirmations; ask `problems` first."""
        found, _unreadable = self._read()
        return found

    def problems(self) -> list[Problem]:
        found, unreadable = self._read()
        return unreadable + self.form.problems(found, Circumstances(today=today()))

    def is_dirty(self) -> bool:
        return self.draft() != self._loaded

    def draft(self) -> dict[str, Any]:
        """What was typed, readable or not, as plain data."""
        return {name: box.editor.typed() for name, box in self.boxes.items()}

    def changes(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answers that were typed over, and what stood there before, as plain data."""
        typed = {name: now for name, now in self.draft().items() if now != self._loaded[name]}
        return typed, {name: self._loaded[name] for name in typed}

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Show a draft over the stored answers."""
        for name, box in self._in_reading_order():
            if name in typed:
                box.editor.retype(typed[name])
                self._visited.add(name)
        self.show_problems()

    def show_problems(self, everywhere: bool = False) -> list[Problem]:
        """Say what is wrong under the fields a person has visited, or under all of them."""
        problems = self.problems()
        of = {problem.field: problem for problem in problems}
        if everywhere:
            self._visited.update(self.boxes)
        for name, box in self.boxes.items():
            box.show_problem(of.get(name) if name in self._visited else None)
        return problems

    def confirm(self, name: str, value: Any) -> None:
        """Somebody said that this unlikely answer is right; the question about it is not asked again."""
        self._confirmed[name] = value

    def confirmed_answer(self, name: str) -> Any:
        return self._confirmed.get(name)

    def focus_problem(self, problem: Problem) -> None:
        if box := self.boxes.get(problem.field):
            self.ensureWidgetVisible(box, 0, px(40))
            box.editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        for box in self.boxes.values():
            box.set_read_only(read_only)

    def focus_first(self) -> None:
        """The first question takes the keyboard, and its card stands at the top, below what little is over it."""
        next(iter(self.boxes.values())).editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.activate()
        top = next(iter(self.cards.values()))[0].y()
        self.verticalScrollBar().setValue(top if top > self.viewport().height() // 2 else 0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What has the keyboard is in sight, and Enter in a line goes on to the next question."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched, 0, px(40))
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key()
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QLineEdit):
            return self.focusNextChild()
        return super().eventFilter(watched, event)

    def _in_reading_order(self) -> list[tuple[str, FieldBox]]:
        """Rows of times after the day they belong to, wherever the day stands in the form."""
        return sorted(self.boxes.items(), key=lambda item: isinstance(item[1].field, ListField))

    def _read(self) -> tuple[dict[str, Any], list[Problem]]:
        found: dict[str, Any] = {}
        unreadable: list[Problem] = []
        for name, box in self.boxes.items():
            try:
                found[name] = box.editor.value()
            except Unreadable as problem:
                unreadable.append(Problem(name, str(problem)))
            if isinstance(box.editor, PastEditor):
                found[source_of(name)] = box.editor.source_value()
        found |= {confirmed(name): value for name, value in self._confirmed.items()}
        return found, unreadable

    def _lookup(self, name: str) -> Any:
        try:
            return self.boxes[name].editor.value() if name in self.boxes else None
        except Unreadable:
            return None

    def _add_section(self, section: Section | SidesSection) -> None:
        if isinstance(section, Section):
            self.cards[section.title] = [self._card(Card(section.title, parent=self._page), section.rows, section.hint)]
            self._column.addWidget(self.cards[section.title][0])
            return
        sides = QHBoxLayout()
        sides.setSpacing(px(SPACE_L))
        self.cards[section.title] = []
        for side in (Side.RIGHT, Side.LEFT):
            card = Card(f"{side.label} · {section.title.lower()}", parent=self._page)
            card.title.set_tone(side.label.lower())
            self.cards[section.title].append(self._card(card, section.rows_of(side), section.hint))
            sides.addWidget(card, 1)
        self._column.addLayout(sides)

    def _card(self, card: Card, rows: tuple[Row, ...], hint: str) -> Card:
        if hint:
            card.add(Text(hint, "muted", wrap=True))
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(px(SPACE_L))
            for field in row if isinstance(row, tuple) else (row,):
                line.addWidget(self._box(field, card), 1)
            card.add(line)
        return card

    def _box(self, field: Field[Any], card: Card) -> FieldBox:
        editor = editor_for(field, self._lookup)
        if field.past:
            editor = PastEditor(field.full_label, editor)
        editor.setParent(self)
        box = FieldBox(field, editor, card.title.text(), card)
        editor.edited.connect(lambda: self._on_edited(field.name))
        box.confirmed.connect(lambda: self._on_confirmed(field.name))
        for each in editor.inputs():
            each.installEventFilter(self)
        self.boxes[field.name] = box
        return box

    def _on_edited(self, name: str) -> None:
        self._visited.add(name)
        self.show_problems()
        self.edited.emit()

    def _on_confirmed(self, name: str) -> None:
        self.confirm(name, self.boxes[name].editor.value())
        self.boxes[name].editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited(name)


def _focus_chain(within: QWidget) -> list[QWidget]:
    """Everything there that takes the keyboard, in the order of Tab."""
    chain = [within]
    while (following := chain[-1].nextInFocusChain()) is not None and following is not within:
        chain.append(following)
    takes = Qt.FocusPolicy.TabFocus
    return [one for one in chain if one.focusPolicy() & takes and (one is within or within.isAncestorOf(one))]
