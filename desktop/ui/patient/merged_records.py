"""Under a patient's details: which records were merged into hers, and the way to merge another or take one out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.dates import show_date
from desktop.rules.permission import Verb, may
from desktop.services.merge_undo import MergeLine, list_merges
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px


class MergedRecords(Card):
    went = Signal(object)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        self._merge = button("This is the same person as …")
        self._merge.setObjectName("same_person")
        super().__init__("Merged records", self._merge, parent)
        self._background = background
        self._patient_id: int | None = None
        self._may = may(background.actor.roles, Verb.MERGE_PATIENTS)
        self._merge.setVisible(self._may)
        self._merge.clicked.connect(lambda: self.went.emit(Place("merge", record_id=self._patient_id)))
        self._none = Text("No other record was merged into this one.", "muted")
        self.add(self._none)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(SPACE_S))
        self.add(self._lines)
        self._shown: list[QWidget] = []

    def show_patient(self, patient_id: int) -> None:
        self._patient_id = patient_id
        self._show(())
        self.refresh()

    def refresh(self) -> None:
        if (patient_id := self._patient_id) is not None:
            self._background.read(
                self,
                list_merges,
                patient_id,
                done=lambda merges: self._show(merges) if self._patient_id == patient_id else None,
            )

    def _show(self, merges: tuple[MergeLine, ...]) -> None:
        for line in self._shown:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._shown = [self._line(merge) for merge in merges]
        for line in self._shown:
            self._lines.addWidget(line)
            line.show()
        self._none.setVisible(not merges)
        self.setVisible(self._may or bool(merges))

    def _line(self, merge: MergeLine) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        day = show_date(merge.merged_at.astimezone().date())
        born = f"born {show_date(merge.birth_date)}"
        words = f"Record {merge.record_number} · {merge.name} · {born} · merged by {merge.merged_by} on {day}"
        row.addWidget(Text(words, wrap=True), 1)
        if self._may:
            undo = button("Undo …")
            undo.setObjectName(f"undo {merge.id}")
            undo.setAccessibleName(f"Undo merging record {merge.record_number}")
            undo.clicked.connect(lambda: self.went.emit(Place("undo_merge", record_id=merge.id)))
            row.addWidget(undo)
        return line
