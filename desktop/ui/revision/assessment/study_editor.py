"""Chooses on which imaging study of the patient a finding rests, and leads to where a new one is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.study_field import StudyField
from desktop.services.indication import Study
from desktop.ui.kit.buttons import button
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.theme import SPACE_S, px


class StudyEditor(Editor):
    """The answer is the number of a study; it stays the answer also while nobody has told yet which there are."""

    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[int, str] = {}
        self._read_only = False
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        self.box = ChoiceBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.activated.connect(lambda _index: self.edited.emit())
        self.add_button = button("Record a study …", icon="add")
        self.add_button.setObjectName("add_study")
        self.add_button.clicked.connect(self.add_asked)
        row.addWidget(self.box, 1)
        row.addWidget(self.add_button)
        self.widget.setFocusProxy(self.box)
        self._fill(None)

    def show_studies(self, studies: Iterable[Study]) -> None:
        self._words = {study.id: study.words for study in studies}
        self._fill(self.value())

    def choose(self, study_id: int) -> None:
        """As if somebody had chosen it."""
        self._fill(study_id)
        self.edited.emit()

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
        self.add_button.setVisible(not read_only)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.box,)

    def _fill(self, chosen: int | None) -> None:
        self.box.clear()
        self.box.addItem("" if self._words else "none recorded of this side", None)
        known = self._words if chosen is None or chosen in self._words else {chosen: "…", **self._words}
        for study_id, words in known.items():
            self.box.addItem(words, study_id)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)) if chosen is not None else 0)


@editor_for.register
def _(field: StudyField, lookup: Lookup) -> Editor:
    return StudyEditor()
