"""Pick a device from the catalogue: it fills what is empty, names what it knows otherwise, and is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import UNKNOWN, Choice
from desktop.rules.catalogue import PICKED, Catalogue
from desktop.rules.catalogue_entry import Entry, Kind, facts_of
from desktop.rules.reading import Unreadable
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.catalogue_words import CatalogueWords
from desktop.ui.kit.field_box import FieldBox
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.palette_rows import Result
from desktop.ui.kit.past_editor import PastEditor
from desktop.ui.kit.suggesting import Suggesting
from desktop.ui.kit.tab_order import stand_after, stop_before
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, SPACE_XS, px

OF_A_DEVICE = PICKED - {Kind.MATRIX}
OF_A_MATRIX = frozenset({Kind.MATRIX})

_HINT = "Catalogue: maker, line, style or number"
_NOTHING = "The catalogue does not know this. Type what is known into the fields."
_NOTHING_NEW = "Everything this tells stands there already."
_OF_ONE_FACT = (("profile", "profile_name"), ("surface", "surface_edition", "surface_name"))
"""Where one of these was typed otherwise, the others are not filled in either: half of each would contradict itself."""


class CatalogueBox(QWidget):
    """One line over the fields of a device. It never writes over what was typed, and says nothing about the source:
    a catalogue tells what a product is, not that it is this one.

    `prefix` is what the names of the fields begin with in the form: `right.`, `left.` or nothing.
    """

    def __init__(
        self, form: FormView, prefix: str = "", kinds: frozenset[Kind] = OF_A_DEVICE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form, self._prefix, self._kinds = form, prefix, kinds
        self._catalogue: Catalogue | None = None
        self._wrote: dict[str, tuple[Any, Any]] = {}
        self.line = QLineEdit()
        self.line.setObjectName(f"{prefix}catalogue")
        self.line.setPlaceholderText(_HINT)
        of_side = f"{prefix.removesuffix('.').upper()} " if prefix else ""
        self.line.setAccessibleName(f"{of_side}Pick from the catalogue")
        self.line.installEventFilter(self)
        self.said = Text("", "small", wrap=True, tone="muted")
        self.said.setMinimumHeight(px(17))
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.use_button = Button("", "link")
        self.keep_button = Button("Keep as typed", "link")
        self.back_button = Button("Take it back", "link")
        self.back_button.setAccessibleDescription("Delete in the empty line does the same")
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.said, 1)
        for each in (self.use_button, self.keep_button, self.back_button):
            each.hide()
            foot.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        column.addWidget(self.line)
        column.addLayout(foot)
        column.addStretch(1)
        self.suggesting = Suggesting(self.line, self._suggest, is_picking=True)
        self.suggesting.chosen.connect(self.pick)
        self.line.returnPressed.connect(self._on_enter)
        self.back_button.clicked.connect(self.take_back)
        self.use_button.clicked.connect(self._use_maker)
        self.keep_button.clicked.connect(self._keep_maker)
        self.words = CatalogueWords(form, prefix, self)
        self.words.former_name_written.connect(self._ask_about_maker)
        form.edited.connect(self.show_whether_asked)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        self._catalogue = self.words.catalogue = catalogue

    def begin(self, read_only: bool = False) -> None:
        """Another record is in the form: nothing that was picked before can be taken back."""
        self._wrote = {}
        self.words.begin()
        self.line.clear()
        self._say("")
        self.setVisible(not read_only)
        self._stand_in_order()
        self.show_whether_asked()

    def show_whether_asked(self) -> None:
        """Where no device is described, none is picked."""
        fields = [self._box(name) for name in ("manufacturer", "product")]
        self.line.setEnabled(any(box is not None and box.isEnabled() for box in fields))

    def pick(self, entry: Entry) -> None:
        """Fill what is empty; what was typed stays, and is named where the catalogue says something else."""
        self._wrote = {}
        facts = self._facts(entry)
        boxes = {name: box for name in facts if (box := self._box(name)) is not None and box.isEnabled()}
        kept = {
            name: differs
            for name, box in boxes.items()
            if not _is_empty(box) and (differs := self._differs(box, name, facts[name])) is not None
        }
        contradicted = {name for words in _OF_ONE_FACT if set(words) & set(kept) for name in words}
        empty = {name: box for name, box in boxes.items() if _is_empty(box) and name not in contradicted}
        typed = {box.field.name: _as_typed(box, facts[name]) for name, box in empty.items()}
        filled = [box.field.label for box in empty.values()]
        before = {name: self._form.boxes[name].editor.typed() for name in typed}
        self.line.clear()
        self._write(typed)
        self._wrote = {name: (stood, self._form.boxes[name].editor.typed()) for name, stood in before.items()}
        told = [f"Filled in: {' · '.join(filled)}."] if filled else [_NOTHING_NEW] if not kept else []
        told += [f"Kept as typed: {'. '.join(kept.values())}."] if kept else []
        self._say(" ".join((f"{entry.title}.", *told)))
        self.back_button.setVisible(bool(filled))

    def _facts(self, entry: Entry) -> dict[str, Any]:
        """A form that asks for the base width and not for the diameter is told the diameter of a round device."""
        facts = dict(facts_of(entry))
        if "width_mm" not in facts and "diameter_mm" in facts and self._box("diameter_mm") is None:
            facts["width_mm"] = facts["diameter_mm"]
        return facts

    def take_back(self) -> None:
        """What the picking wrote goes again; what somebody changed since stays."""
        same = {n: stood for n, (stood, wrote) in self._wrote.items() if self._form.boxes[n].editor.typed() == wrote}
        self._wrote = {}
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._write(same)
        self._say("What was picked is taken back.")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._form.ensureWidgetVisible(self, 0, px(SPACE_S))
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.line.text() and self._wrote:
            self.take_back()
            return True
        return super().eventFilter(watched, event)

    def _stand_in_order(self) -> None:
        """Tab comes here before the fields of the device; Qt goes by when a widget was made."""
        boxes = [box for name, box in self._form.boxes.items() if name.startswith(self._prefix)]
        is_maker = [box for box in boxes if self._prefix and box is self._box("manufacturer")]
        following = (is_maker or boxes)[0].editor.inputs()[0]
        before = stop_before(following)
        if before is not self.back_button:
            stand_after(before, (self.line, self.use_button, self.keep_button, self.back_button))

    def _box(self, name: str) -> FieldBox | None:
        return self._form.boxes.get(f"{self._prefix}{name}")

    def _write(self, typed: dict[str, Any]) -> None:
        if typed:
            self._form.restore(typed)
            self._form.edited.emit()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        for each in (self.use_button, self.keep_button, self.back_button):
            each.hide()
        self.line.setAccessibleDescription(words)

    def _suggest(self, text: str) -> Sequence[Result]:
        found = self._catalogue.suggest(text, self._kinds) if self._catalogue else ()
        self._say(_NOTHING if text.strip() and self._catalogue and not found else "")
        return tuple(Result(entry, entry.title, entry.detail, "", entry.kind.value) for entry in found)

    def _on_enter(self) -> None:
        if not self.line.text().strip():
            self.focusNextChild()

    def _differs(self, box: FieldBox, name: str, fact: Any) -> str | None:
        """`Volume 325 mL; the catalogue says 300 mL`, or None when both say the same."""
        try:
            value = box.editor.value()
        except Unreadable:
            value = None
        if value == fact or (isinstance(value, str) and self._is_same(name, value, fact)):
            return None
        shown = box.field.show(value) if value is not None else "what cannot be read yet"
        return f"{box.field.label} {shown}; the catalogue says {box.field.show_known(fact)}"

    def _is_same(self, name: str, value: str, fact: Any) -> bool:
        if name == "manufacturer" and self._catalogue and self._catalogue.maker(value) == fact:
            return True
        return not isinstance(fact, Choice) and value.casefold() == str(fact).casefold()

    def _ask_about_maker(self, written: str, maker: str) -> None:
        self._say(f"“{written}” is a name of {maker}.")
        self.use_button.setText(f"Use {maker}")
        self.use_button.setAccessibleName(f"Use {maker}")
        self.use_button.show()
        self.keep_button.show()

    def _use_maker(self) -> None:
        self._answer_about_maker(self.words.maker())

    def _keep_maker(self) -> None:
        self._answer_about_maker(None)

    def _answer_about_maker(self, instead: str | None) -> None:
        self._say("")
        if (box := self._box("manufacturer")) is None:
            return
        box.editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if instead is not None:
            self._write({box.field.name: _as_typed(box, instead, box.editor.typed())})
        else:
            self.words.keep_maker()


def _is_empty(box: FieldBox) -> bool:
    """“Unknown” is an answer."""
    if isinstance(box.editor, PastEditor):
        return not box.editor.has_answer()
    return box.editor.typed() in ("", None)


def _as_typed(box: FieldBox, fact: Any, stood: Any = None) -> Any:
    """The fact as if typed; the source of it stays as it stood, which for an empty field is none."""
    text = fact.value if isinstance(fact, Choice) else str(fact)
    if isinstance(box.editor, PastEditor):
        source = stood.get("source", "") if isinstance(stood, dict) else ""
        return {"unknown": fact is UNKNOWN, "text": text, "source": source}
    return text
