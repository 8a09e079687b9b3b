"""Chooses on which imaging study of the patient a finding rests, and leads to where a new one is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.study_field import StudyField
from desktop.ui.kit.buttons import button
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.link_editor import LinkEditor
from desktop.ui.kit.theme import SPACE_S, px


class StudyEditor(LinkEditor):
    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__("none recorded of this side")
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        self.add_button = button("Record a study …", icon="add")
        self.add_button.setObjectName("add_study")
        self.add_button.clicked.connect(self.add_asked)
        row.addWidget(self.box, 1)
        row.addWidget(self.add_button)
        self.widget.setFocusProxy(self.box)

    def choose(self, study_id: int) -> None:
        """As if somebody had chosen it."""
        self._fill(study_id)
        self.edited.emit()

    @override
    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.add_button.setVisible(not read_only)


@editor_for.register
def _(field: StudyField, lookup: Lookup) -> Editor:
    return StudyEditor()
