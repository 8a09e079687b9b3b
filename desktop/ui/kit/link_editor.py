"""Chooses the one of the patient's records that an answer rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from desktop.forms.link_field import LinkField
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.editors import Editor, Lookup, editor_for


class Link(Protocol):
    """A record as it is chosen from a list."""

    @property
    def id(self) -> int: ...

    @property
    def words(self) -> str: ...


class LinkEditor(Editor):
    """The answer is a number; it stays the answer also while nobody has told yet what there is to choose from."""

    def __init__(self, none_words: str) -> None:
        super().__init__()
        self._none_words = none_words
        self._words: dict[int, str] = {}
        self.box = ChoiceBox()
        self.widget: QWidget = self.box
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.activated.connect(self.edited)
        self._fill(None)

    def show_links(self, links: Iterable[Link]) -> None:
        self._words = {link.id: link.words for link in links}
        self._fill(self.value())

    @override
    def value(self) -> int | None:
        chosen: int | None = self.box.currentData()
        return chosen

    @override
    def set_value(self, value: int | None) -> None:
        self._fill(value)

    @override
    def typed(self) -> int | None:
        return self.value()

    @override
    def retype(self, typed: Any) -> None:
        self._fill(typed if isinstance(typed, int) else None)

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.box.setEnabled(not read_only)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.box,)

    def _fill(self, chosen: int | None) -> None:
        self.box.clear()
        self.box.addItem("" if self._words else self._none_words, None)
        known = self._words if chosen is None or chosen in self._words else {chosen: "…", **self._words}
        for number, words in known.items():
            self.box.addItem(words, number)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)) if chosen is not None else 0)


@editor_for.register
def _(field: LinkField, lookup: Lookup) -> Editor:
    return LinkEditor("none recorded")
