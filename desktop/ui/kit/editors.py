"""One widget per kind of field: what is typed, what it means, and what it means back in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import singledispatch
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from desktop.forms.form import (
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    HeightField,
    MomentField,
    NoteField,
    NumberField,
    PartialDateField,
    SegmentField,
    StatementField,
    TextField,
    VolumeField,
    WeightField,
)
from desktop.models.choices import Choice
from desktop.rules.dates import read_date, read_moment, read_partial_date
from desktop.rules.numbers import read_decimal, read_height_cm, read_volume_ml, read_weight_kg, read_whole
from desktop.rules.reading import Unreadable, clean_line
from desktop.ui.kit.buttons import Segmented
from desktop.ui.kit.choice_box import ChoiceBox as ChoiceBox
from desktop.ui.kit.clock import today
from desktop.ui.kit.theme import px
from desktop.ui.kit.unit_line import UnitLine

Lookup = Callable[[str], Any]
"""The value of another field of the same form, or None while it has none."""


class Editor(QObject):
    """Edits one value. Nothing entered means None; text that cannot be read raises `Unreadable` and is kept."""

    edited = Signal()
    widget: QWidget

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def typed(self) -> Any:
        """What the person entered, readable or not, as plain data; drafts keep this."""
        raise NotImplementedError

    def retype(self, typed: Any) -> None:
        raise NotImplementedError

    def echo(self) -> str:
        """How the value was understood, where that is worth saying."""
        return ""

    def keys(self) -> str:
        """What keys do in this field beyond writing; told to whoever cannot see it."""
        return ""

    def set_read_only(self, read_only: bool) -> None:
        self.widget.setEnabled(not read_only)

    def inputs(self) -> tuple[QWidget, ...]:
        """The widgets that take the keyboard, to be named and marked."""
        return (self.widget,)


class LineEditor(Editor):
    """One line of text that is read as a value."""

    def __init__(
        self, read: Callable[[str], Any], write: Callable[[Any], str], unit: str = "", echoes: bool = False
    ) -> None:
        super().__init__()
        self._line = UnitLine(unit) if unit else QLineEdit()
        self._read, self._write, self._echoes, self._unit_words = read, write, echoes, unit
        self.widget = self._line
        self._line.textEdited.connect(self.edited)

    @override
    def value(self) -> Any:
        text = clean_line(self._line.text())
        return self._read(text) if text else None

    @override
    def set_value(self, value: Any) -> None:
        self.retype("" if value is None else self._write(value))

    @override
    def typed(self) -> str:
        return self._line.text()

    @override
    def retype(self, typed: Any) -> None:
        self._line.setText(str(typed))
        self._line.setCursorPosition(0)

    @override
    def echo(self) -> str:
        if not self._echoes:
            return ""
        value = self.value()
        shown = "" if value is None else self._write(value)
        return f"{shown} {self._unit_words}".strip() if shown not in ("", self._line.text()) else ""

    @override
    def set_read_only(self, read_only: bool) -> None:
        if self._line.isReadOnly() != read_only:
            self._line.setReadOnly(read_only)
            _dress_again(self._line)


class NoteEditor(Editor):
    def __init__(self, lines: int) -> None:
        super().__init__()
        self.widget = self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * lines + px(24))
        self._quiet = False
        self._text.textChanged.connect(lambda: None if self._quiet else self.edited.emit())

    @override
    def value(self) -> str | None:
        return self._text.toPlainText().strip() or None

    @override
    def set_value(self, value: str | None) -> None:
        self.retype(value or "")

    @override
    def typed(self) -> str:
        return self._text.toPlainText()

    @override
    def retype(self, typed: Any) -> None:
        self._quiet = True
        self._text.setPlainText(str(typed))
        self._quiet = False

    @override
    def set_read_only(self, read_only: bool) -> None:
        if self._text.isReadOnly() != read_only:
            self._text.setReadOnly(read_only)
            _dress_again(self._text)


class ChoiceEditor(Editor):
    def __init__(self, choices: type[Choice]) -> None:
        super().__init__()
        self._choices = choices
        self.widget = self._box = ChoiceBox()
        self._box.model().blockSignals(True)  # nobody listens yet, and telling of each takes most of the time
        self.offer(choices)
        self._box.model().blockSignals(False)
        self._box.setCurrentIndex(0)
        self._box.setMaxVisibleItems(14)
        self._box.setMinimumContentsLength(6)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(self.edited)

    def order(self) -> tuple[Choice, ...]:
        """In which order the choices are offered."""
        codes = (self._box.itemData(at) for at in range(1, self._box.count()))
        return tuple(self._choices.from_code(code) for code in codes)

    def offer(self, choices: Iterable[Choice]) -> None:
        """In this order from now on; the answer stays."""
        answer = self.typed()
        self._box.clear()
        self._box.addItem("", "")
        for choice in choices:
            self._box.addItem(choice.label, choice.value)
        self.retype(answer)

    @override
    def value(self) -> Choice | None:
        code = self.typed()
        return self._choices.from_code(code) if code else None

    @override
    def set_value(self, value: Choice | None) -> None:
        self.retype(value.value if value else "")

    @override
    def typed(self) -> str:
        return str(self._box.currentData() or "")

    @override
    def retype(self, typed: Any) -> None:
        self._box.setCurrentIndex(max(0, self._box.findData(str(typed))))


class SegmentEditor(Editor):
    def __init__(self, label: str, choices: type[Choice], without: str = "") -> None:
        super().__init__()
        self._choices = choices
        shown = [(choice.value, choice.label.removeprefix(without)) for choice in choices]
        self.widget = self._segments = Segmented(label, shown)
        self._segments.changed.connect(self.edited)

    @override
    def value(self) -> Choice | None:
        code = self._segments.value()
        return self._choices.from_code(code) if code else None

    @override
    def set_value(self, value: Choice | None) -> None:
        self._segments.set_value(value.value if value else None)

    @override
    def typed(self) -> str:
        return self._segments.value() or ""

    @override
    def retype(self, typed: Any) -> None:
        self._segments.set_value(typed or None)


class StatementEditor(Editor):
    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._tick = QCheckBox(sentence.replace("&", "&&"))
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._tick)
        row.addStretch(1)
        self.widget.setFocusProxy(self._tick)
        self._tick.clicked.connect(self.edited)

    @override
    def value(self) -> bool:
        return self._tick.isChecked()

    @override
    def set_value(self, value: bool | None) -> None:
        self._tick.setChecked(bool(value))

    @override
    def typed(self) -> bool:
        return self._tick.isChecked()

    @override
    def retype(self, typed: Any) -> None:
        self._tick.setChecked(bool(typed))

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._tick,)


def _dress_again(widget: QWidget) -> None:
    """The style sheet looks at a property only when it is told that one changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


@singledispatch
def editor_for(field: Field[Any], lookup: Lookup) -> Editor:
    """The editor of one field; `lookup` reads other answers of the same form."""
    raise TypeError(f"no editor for {type(field).__name__}")


@editor_for.register
def _(field: TextField, lookup: Lookup) -> Editor:
    return LineEditor(str, str)


@editor_for.register
def _(field: NoteField, lookup: Lookup) -> Editor:
    return NoteEditor(field.lines)


@editor_for.register
def _(field: DateField, lookup: Lookup) -> Editor:
    return LineEditor(lambda text: read_date(text, today()), field.show_known, echoes=True)


@editor_for.register
def _(field: PartialDateField, lookup: Lookup) -> Editor:
    return LineEditor(lambda text: read_partial_date(text, today()), field.show_known, echoes=True)


@editor_for.register
def _(field: MomentField, lookup: Lookup) -> Editor:
    def read(text: str) -> Any:
        day = lookup(field.day_field)
        if day is None:
            raise Unreadable("Write the day of anesthesia first, so that this time belongs to a day.")
        return read_moment(text, day)

    def write(value: Any) -> str:
        return field.show_on(value, lookup(field.day_field))

    return LineEditor(read, write, echoes=True)


@editor_for.register
def _(field: NumberField, lookup: Lookup) -> Editor:
    return LineEditor(read_whole, str, field.unit)


@editor_for.register
def _(field: VolumeField, lookup: Lookup) -> Editor:
    return LineEditor(read_volume_ml, str, field.unit, echoes=True)


@editor_for.register
def _(field: HeightField, lookup: Lookup) -> Editor:
    return LineEditor(read_height_cm, str, field.unit, echoes=True)


@editor_for.register
def _(field: DecimalField, lookup: Lookup) -> Editor:
    return LineEditor(read_decimal, lambda value: field.show_plain(value), field.unit)


@editor_for.register
def _(field: WeightField, lookup: Lookup) -> Editor:
    return LineEditor(read_weight_kg, lambda value: field.show_plain(value), field.unit, echoes=True)


@editor_for.register
def _(field: ChoiceField, lookup: Lookup) -> Editor:
    return ChoiceEditor(field.choices)


@editor_for.register
def _(field: SegmentField, lookup: Lookup) -> Editor:
    return SegmentEditor(field.label, field.choices, field.without)


@editor_for.register
def _(field: StatementField, lookup: Lookup) -> Editor:
    return StatementEditor(field.label)
