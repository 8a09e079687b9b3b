"""Choose one patient's record: while nothing is typed who is much like her, then whom the typed text finds."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.patient import PATIENT_FORM
from desktop.rules.dates import show_date
from desktop.services.duplicate import LikelySame, find_likely_same
from desktop.services.record import open_record
from desktop.services.search import LIST_PAGE, PatientRow, find_patients
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import Card
from desktop.ui.kit.tables import Column, ListTable, PagedModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

COLUMNS = (
    Column("Name", lambda row: row.list_name, 240),
    Column("Born", lambda row: show_date(row.birth_date), 130),
    Column("Record", lambda row: row.record_number, 110),
    Column("Phone", lambda row: row.phone, 150),
    Column("Why", lambda row: row.why),
)


class _Line(QLineEdit):
    """Typing stays here; the arrows walk the list below, Enter chooses."""

    table: ListTable

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.table.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class RecordPicker(QWidget):
    picked = Signal(int)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        self.question = Text("", "heading", wrap=True)
        column.addWidget(self.question)
        self.line = _Line()
        self.line.setObjectName("pick")
        self.line.setPlaceholderText("Name, former name, phone, date of birth or record number")
        self.line.setClearButtonEnabled(True)
        self._beside_id: int | None = None
        self.model = PagedModel(COLUMNS, background, self._fetch, LIST_PAGE, self)
        self.table = ListTable(self.model, COLUMNS)
        self.table.setAccessibleName("Records. Enter chooses")
        self.line.table = self.table
        card = Card()
        card.add(self.line)
        card.add(self.table, 1)
        column.addWidget(card, 1)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.model.search)
        self.table.opened.connect(self._pick)

    def ask(self, question: str, beside_id: int | None = None) -> None:
        """`beside_id`: the record to which another one of the same person is looked for."""
        self._beside_id = beside_id
        self.question.setText(question)
        self.line.setAccessibleName(question)
        self.line.clear()
        self.model.search("")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, row: int) -> None:
        if self.model.is_answered():
            self.picked.emit(self.model.row(row).id)

    def _fetch(self, session: Any, text: str, after: PatientRow | None) -> tuple[PatientRow, ...]:
        """On the store's thread."""
        beside_id = self._beside_id
        if beside_id is None or text.strip():
            return find_patients(session, text, after.key if after else None)
        likely = find_likely_same(session, open_record(session, PATIENT_FORM, beside_id).values, beside_id)
        return () if after else tuple(map(_row, likely))


def _row(likely: LikelySame) -> PatientRow:
    return PatientRow(
        id=likely.id,
        list_name=likely.name,
        former_name=likely.values["former_name"] or "",
        birth_date=likely.birth_date,
        record_number=likely.record_number,
        phone=likely.values["phone"] or likely.values["mobile_phone"] or "",
        open_today="",
        why=" · ".join((*likely.likeness.reasons, *likely.likeness.doubts)),
    )
