"""A patient's anesthesia tab: the note of her revision case, its printed page, or why there is none to see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.permission import Verb, may
from desktop.services.anesthesia import AnesthesiaFile, open_anesthesia_file
from desktop.services.anesthesia_page import print_anesthesia_note
from desktop.services.record import Snapshot
from desktop.ui.anesthesia.note_page import NotePage
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import EmptyState
from desktop.ui.kit.screen import Place, Screen

if TYPE_CHECKING:
    from desktop.ui.kit.print_view import PrintView


class AnesthesiaScreen(Screen):
    watches = frozenset({"anesthesia_note", "addendum", "revision_case", "patient", "allergy", "medicine"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._file: AnesthesiaFile | None = None
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.to_revision = button("Open a revision case", primary=True)
        self.to_revision.clicked.connect(lambda: self.went.emit(Place("revision", self._patient_id)))
        self.no_case = EmptyState("No revision case is open. The anesthesia note belongs to one.", self.to_revision)
        self.no_role = EmptyState(
            "The anesthesia note is kept by nurse, anesthesia and surgeon. Your role does not include it."
        )
        self._nothing = QWidget()
        self.note = NotePage(background, self._stack)
        self.print_view: PrintView | None = None
        for page in (self._nothing, self.no_case, self.no_role, self.note):
            self._stack.addWidget(page)
        self.note.changed.connect(self.refresh)
        self.note.print_asked.connect(self._print)
        self.note.editor.opened.connect(self._on_opened)

    def show_patient(self, patient_id: int) -> None:
        self.note.leave()
        self._patient_id, self._file = patient_id, None
        if not may(self.background.actor.roles, Verb.VIEW_ANESTHESIA):
            self._stack.setCurrentWidget(self.no_role)
            return
        self._stack.setCurrentWidget(self._nothing)
        self.background.read(self, open_anesthesia_file, patient_id, done=partial(self._show, patient_id))

    @override
    def refresh(self) -> None:
        if self._patient_id is not None and self._file is not None:
            self.background.read(
                self, open_anesthesia_file, self._patient_id, done=partial(self._show, self._patient_id)
            )

    @override
    def keep_drafts(self) -> None:
        self.note.keep_drafts()

    def _show(self, patient_id: int, file: AnesthesiaFile) -> None:
        if patient_id != self._patient_id:
            return
        before, self._file = self._file, file
        if file.case_id is None:
            self._stack.setCurrentWidget(self.no_case)
        elif before is None or before.case_id != file.case_id:
            self.note.open(file)
        else:
            self.note.reread(file)

    def _on_opened(self, _snapshot: Snapshot) -> None:
        self._stack.setCurrentWidget(self.note)

    def _print(self) -> None:
        if self._file is not None and self._file.case_id is not None:
            self.background.run(
                self, print_anesthesia_note, self._file.case_id, done=self._show_print, failed=self.note.refuse
            )

    def _show_print(self, data: bytes) -> None:
        from desktop.ui.kit.print_view import PrintView  # its libraries are large: loaded when first asked for

        if self.print_view is None:
            self.print_view = PrintView("Anesthesia note", "Back to the note")
            self.print_view.left.connect(lambda: self._stack.setCurrentWidget(self.note))
            self._stack.addWidget(self.print_view)
        number = self._file.known.record_number.replace(" ", "") if self._file else ""
        self.print_view.show_pdf(data, f"anesthesia-note-{number}.pdf")
        self._stack.setCurrentWidget(self.print_view)
