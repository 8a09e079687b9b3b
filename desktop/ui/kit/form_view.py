"""Edit a form: its fields in cards, the problem of each under it, RIGHT always in the left column."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

import desktop.ui.kit.chest_editor
import desktop.ui.kit.label_editor
import desktop.ui.kit.many_editor
import desktop.ui.kit.measure_editor
import desktop.ui.kit.rows_editor  # noqa: F401  all register the editor of their field
from desktop.forms.form import (
    PREFILLED,
    PREFILLED_FROM,
    Field,
    Form,
    ListField,
    Row,
    Section,
    SidesSection,
    TableSection,
    confirmed,
    source_of,
)
from desktop.models.choices import Side
from desktop.rules.problem import Circumstances, Problem
from desktop.rules.reading import Unreadable
from desktop.ui.kit.cards import Card
from desktop.ui.kit.clock import today
from desktop.ui.kit.editors import Editor, editor_for
from desktop.ui.kit.field_box import FieldBox
from desktop.ui.kit.past_editor import PastEditor
from desktop.ui.kit.sides_table import SidesTable, TableBox
from desktop.ui.kit.tab_order import stand_after
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px

B = TypeVar("B", bound=FieldBox)


class FormView(QScrollArea):
    """The answers of one record. Problems show under a field once a person has been there, all of them after Save."""

    edited = Signal()
    prefilled_changed = Signal()
    """Another answer waits to be confirmed, or one does no more."""

    def __init__(self, form: Form, parent: QWidget | None = None, only: tuple[str, ...] = ()) -> None:
        super().__init__(parent)
        self.form = form
        self.boxes: dict[str, FieldBox] = {}
        self._confirmed: dict[str, Any] = {}
        self._visited: set[str] = set()
        self._prefilled: list[str] = []
        self.prefilled_from: str | None = None
        self._loaded: dict[str, Any] = {}
        self._tables: list[SidesTable] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        if form.can_be_prefilled:
            for keys in ("Ctrl+Return", "Ctrl+Enter"):
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(self._confirm_where_the_keyboard_is)
        self._loaded = self.draft()

    def add_above(self, widget: QWidget) -> None:
        """Put something over the first card; it scrolls with the form, and Tab comes to it before the form."""
        first = _focus_chain(self._page)[0]
        self._column.insertWidget(0, widget)
        # Behind the first field, then that field behind them: one call would do nothing, as Tab goes round in circles.
        for one, following in pairwise([first, *_focus_chain(widget), first]):
            QWidget.setTabOrder(one, following)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the last card; it scrolls with the form, and Tab comes to it after the form."""
        last = _focus_chain(self._page)[-1]
        self._column.insertWidget(self._column.count() - 1, widget)
        stops = _focus_chain(widget)
        stand_after(last, stops)
        for each in stops:
            if not isinstance(each, QLineEdit):  # whose Enter belongs to what was put here
                each.installEventFilter(self)

    def add_after(self, title: str, widget: QWidget) -> None:
        """Put something under the card of a section; it scrolls with the form."""
        self._column.insertWidget(self._column.indexOf(self.cards[title][0]) + 1, widget)

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
        self._show_differences()
        self._show_prefilled(values.get(PREFILLED) or (), values.get(PREFILLED_FROM))
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
        """What was typed, readable or not, as plain data; and what of it nobody confirmed yet."""
        typed = {name: box.editor.typed() for name, box in self.boxes.items()}
        if self.form.can_be_prefilled:
            typed |= {PREFILLED: list(self._prefilled), PREFILLED_FROM: self.prefilled_from}
        return typed

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
        waiting = typed.get(PREFILLED, [name for name in self._prefilled if name not in typed])
        self._show_prefilled(waiting, typed.get(PREFILLED_FROM, self.prefilled_from))
        self.show_problems()

    def prefill(self, values: Mapping[str, Any], source: str) -> None:
        """Fill in answers that somebody is to confirm; what stands elsewhere stays."""
        names = [name for name in self.boxes if name in values]
        for name, box in self._in_reading_order():
            if name in values:
                box.editor.blockSignals(True)
                box.editor.set_value(values[name])
                box.editor.blockSignals(False)
        self._visited.update(names)
        self._show_prefilled([*self._prefilled, *names], source)
        self._show_differences()
        self.show_problems()
        self.edited.emit()

    def prefilled(self) -> tuple[str, ...]:
        """The answers that nobody gave yet, in reading order."""
        return tuple(self._prefilled)

    def confirm_prefilled(self, *names: str) -> None:
        """Somebody looked at these answers and says that they are right."""
        self._show_prefilled([name for name in self._prefilled if name not in names], self.prefilled_from)
        self.show_problems()
        self.edited.emit()

    def go_to_prefilled(self, after: str = "") -> None:
        """The keyboard to the next answer that waits to be confirmed, after the last one to the first."""
        order = list(self.boxes)
        at = order.index(after) if after in order else -1
        waiting = [name for name in (*order[at + 1 :], *order[: at + 1]) if name in self._prefilled]
        if waiting:
            box = self.boxes[waiting[0]]
            self.ensureWidgetVisible(box, 0, px(40))
            box.editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problems(self, everywhere: bool = False) -> list[Problem]:
        """Say what is wrong under the fields a person has visited, or under all of them."""
        problems = self.problems()
        of = {problem.field: problem for problem in problems}
        if everywhere:
            self._visited.update(self.boxes)
        for name, box in self.boxes.items():
            box.show_problem(of.get(name) if name in self._visited else None)
        self._show_differences()
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
        if self.form.can_be_prefilled:
            found |= {PREFILLED: tuple(self._prefilled), PREFILLED_FROM: self.prefilled_from}
        return found, unreadable

    def _lookup(self, name: str) -> Any:
        try:
            return self.boxes[name].editor.value() if name in self.boxes else None
        except Unreadable:
            return None

    def _show_differences(self) -> None:
        for table in self._tables:
            table.show_differences()

    def _add_section(self, section: Section | SidesSection) -> None:
        if isinstance(section, TableSection):
            self._add_table(section)
            return
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

    def _add_table(self, section: TableSection) -> None:
        card = Card(section.title, parent=self._page)
        if section.hint:
            card.add(Text(section.hint, "muted", wrap=True))
        table = SidesTable(card)
        for right, left in zip(section.fields_of(Side.RIGHT), section.fields_of(Side.LEFT), strict=True):
            table.add_row(
                *(self._register(TableBox(field, self._editor(field), parent=table)) for field in (right, left))
            )
        card.add(table)
        self._tables.append(table)
        self.cards[section.title] = [card]
        self._column.addWidget(card)

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
        return self._register(FieldBox(field, self._editor(field), card.title.text(), card))

    def _editor(self, field: Field[Any]) -> Editor:
        editor = editor_for(field, self._lookup)
        if field.past:
            editor = PastEditor(field.full_label, editor)
        editor.setParent(self)
        return editor

    def _register(self, box: B) -> B:
        name = box.field.name
        box.editor.edited.connect(lambda: self._on_edited(name))
        box.confirmed.connect(lambda: self._on_confirmed(name))
        box.prefilled_confirmed.connect(lambda: self.confirm_prefilled(name))
        for each in box.editor.inputs():
            each.installEventFilter(self)
        self.boxes[name] = box
        return box

    def _on_edited(self, name: str) -> None:
        self._visited.add(name)
        if name in self._prefilled:  # changed by somebody: theirs now
            self._show_prefilled([each for each in self._prefilled if each != name], self.prefilled_from)
        self.show_problems()
        self.edited.emit()

    def _on_confirmed(self, name: str) -> None:
        self.confirm(name, self.boxes[name].editor.value())
        self.boxes[name].editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited(name)

    def _show_prefilled(self, names: Collection[str], source: str | None) -> None:
        """In reading order; what of it stands in no box of this view is kept."""
        unseen = [name for name in names if name not in self.boxes]
        self._prefilled = [name for name in self.boxes if name in names] + unseen
        self.prefilled_from = source
        for name, box in self.boxes.items():
            box.show_prefilled((source or "elsewhere") if name in self._prefilled else "")
        self.prefilled_changed.emit()

    def _confirm_where_the_keyboard_is(self) -> None:
        """And on to the next."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, FieldBox):
            widget = widget.parentWidget()
        if widget is not None and widget.field.name in self._prefilled and widget.waits_for_confirmation():
            self.confirm_prefilled(widget.field.name)
            self.go_to_prefilled(widget.field.name)


def _focus_chain(within: QWidget) -> list[QWidget]:
    """Everything there that takes the keyboard, in the order of Tab."""
    chain = [within]
    while (following := chain[-1].nextInFocusChain()) is not None and following is not within:
        chain.append(following)
    takes = Qt.FocusPolicy.TabFocus
    return [one for one in chain if one.focusPolicy() & takes and (one is within or within.isAncestorOf(one))]
