"""What the catalogue suggests in the free texts of a device, and the question when a maker goes by a former name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from desktop.rules.catalogue import Catalogue
from desktop.rules.catalogue_entry import Kind
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.palette_rows import Result
from desktop.ui.kit.suggesting import suggest_texts

TEXTS = ("manufacturer", "line", "style", "gel", "surface_name", "profile_name", "product")
_MOST, _LOOKED_THROUGH = 7, 500


class CatalogueWords(QObject):
    """`prefix` is what the names of the fields begin with in the form: `right.`, `left.` or nothing."""

    former_name_written = Signal(str, str)
    """What was written, and the name under which the catalogue has this maker."""

    def __init__(self, form: FormView, prefix: str, parent: QObject) -> None:
        super().__init__(parent)
        self.catalogue: Catalogue | None = None
        self._kept: set[str] = set()
        self._manufacturer: QLineEdit | None = None
        for name in TEXTS:
            box = form.boxes.get(f"{prefix}{name}")
            line = box.editor.inputs()[0] if box is not None else None
            if not isinstance(line, QLineEdit):
                continue
            suggest_texts(line, partial(self._texts, name))
            if name == "manufacturer":
                self._manufacturer = line
                line.editingFinished.connect(self._on_maker_written)

    def begin(self) -> None:
        """Another record is in the form; what was kept in the one before is asked again."""
        self._kept.clear()

    def maker(self) -> str | None:
        """The maker that stands in the form, when the catalogue knows it."""
        return self.catalogue.maker(self._written()) if self.catalogue is not None else None

    def keep_maker(self) -> None:
        """Somebody said that the former name is meant."""
        self._kept.add(self._written())

    def _written(self) -> str:
        return self._manufacturer.text().strip() if self._manufacturer is not None else ""

    def _texts(self, name: str, text: str) -> Sequence[Result]:
        if self.catalogue is None:
            return ()
        if name == "manufacturer":
            makers = self.catalogue.suggest(text, frozenset({Kind.MAKER}))
            return [Result(e.facts[name], e.facts[name], f"also {', '.join(e.also)}" if e.also else "") for e in makers]
        maker = self.maker()
        found = self.catalogue.suggest(text, frozenset(Kind), _LOOKED_THROUGH)
        of_maker = [entry for entry in found if maker in (None, entry.facts.get("manufacturer"))]
        words = dict.fromkeys(str(entry.facts[name]) for entry in of_maker if name in entry.facts)
        return [Result(each, each) for each in words if each.casefold() != text.strip().casefold()][:_MOST]

    def _on_maker_written(self) -> None:
        written, maker = self._written(), self.maker()
        was_typed = self._manufacturer is not None and self._manufacturer.isModified()
        if was_typed and maker not in (None, written) and written not in self._kept:
            self.former_name_written.emit(written, maker)
