"""What a patient takes home: seen before it is given, given once, and given again exactly as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import DocumentIncomplete, UserError
from desktop.models.choices import CardFormat, DocumentKind
from desktop.services.device_card import issue_device_card
from desktop.services.document import Documents, read_documents
from desktop.services.handout import GivenDocument, Issued, issue_recovery_handout, list_documents, reprint
from desktop.ui.handout.document_rows import DocumentRow, given_row, letters_row, offer_row, when
from desktop.ui.handout.missing import MissingFacts
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Segmented, button
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pdf_preview import PdfPreview
from desktop.ui.kit.pick_row import WalkedList
from desktop.ui.kit.printing import print_pdf, save_pdf
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

PREVIEW = "Preview, not kept. Print or Save gives the page: it is kept then exactly as it is here."
RECOVERY, DEVICE_CARD = DocumentKind.RECOVERY_HANDOUT, DocumentKind.DEVICE_CARD
OUTSIDE = frozenset({"office", "board"})
"""Places that belong to no patient."""


class DocumentsScreen(Screen):
    watches = frozenset(
        {
            "issued_document",
            "operation",
            "operation_side",
            "device",
            "device_spell",
            "patient",
            "medicine",
            "practice",
            "revision_case",
            "revision_plan",
            "protocol_approval",
        }
        | {"recovery_checklist", "recovery_item", "recovery_override"}
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._documents: Documents | None = None
        self._offered = RECOVERY
        self._wanted: Place | None = None
        self._chosen: GivenDocument | None = None
        self._bytes: bytes | None = None
        self._document_rows: list[DocumentRow] = []
        self.print_bytes = print_pdf
        self.save_bytes = save_pdf
        self.offer_card = Card("To give")
        self.offers = WalkedList()
        self.offer_card.add(self.offers)
        self.given_card = Card("Given")
        self.given = WalkedList()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.given)
        self.given_card.add(area, 1)
        left = QVBoxLayout()
        left.setSpacing(px(14))
        left.addWidget(self.offer_card)
        left.addWidget(self.given_card, 1)
        self.what = Text("", "heading", wrap=True)
        self.state = Text("", "muted", wrap=True)
        self.print_button = button("Print …", primary=True, icon="print")
        self.print_button.setObjectName("print")
        self.print_button.clicked.connect(self._print)
        self.save_button = button("Save as PDF …", icon="download")
        self.save_button.setObjectName("save_pdf")
        self.save_button.clicked.connect(self._save)
        self.card_size = Segmented("Size of the card", [(size, size.label) for size in CardFormat])
        self.card_size.set_value(CardFormat.CARD)
        self.card_size.changed.connect(lambda _size: self.refresh())
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(self.what)
        words.addWidget(self.state)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addLayout(words, 1)
        head.addWidget(self.save_button)
        head.addWidget(self.print_button)
        self.preview = PdfPreview()
        self.missing = MissingFacts()
        self.missing.asked.connect(self._go)
        lacking = QScrollArea()
        lacking.setWidgetResizable(True)
        lacking.setFrameShape(QScrollArea.Shape.NoFrame)
        lacking.setWidget(self.missing)
        self.missing.setProperty("kind", "page")
        self._lacking = lacking
        self._nothing = EmptyState("This page cannot be shown.")
        self._stage = QStackedWidget()
        for each in (self.preview, lacking, self._nothing):
            self._stage.addWidget(each)
        sheet = Card()
        sheet.body.setSpacing(px(SPACE_M))
        sheet.add(head)
        sheet.add(self.card_size)
        sheet.add(self._stage, 1)
        self.messages = MessageBar()
        right = QVBoxLayout()
        right.setSpacing(px(SPACE_S))
        right.addWidget(sheet, 1)
        right.addWidget(self.messages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        self._left = QWidget()
        self._left.setFixedWidth(px(330))
        left.setContentsMargins(0, 0, 0, px(SPACE_S))
        self._left.setLayout(left)
        row.addWidget(self._left)
        row.addLayout(right, 1)
        self._sheet = sheet
        self._left.hide()
        sheet.hide()

    def show_patient(self, patient_id: int) -> None:
        """Another patient's pages never stay in view meanwhile."""
        self._patient_id, self._documents, self._chosen, self._bytes = patient_id, None, None, None
        self._offered = RECOVERY
        self.messages.clear()
        self._left.hide()
        self._sheet.hide()
        self.refresh()

    @override
    def go_to(self, place: Place) -> None:
        """Offer what the place's text names, now or as soon as its patient is here."""
        self._wanted = place
        self._lead_to_wanted()

    @override
    def refresh(self) -> None:
        patient_id, size = self._patient_id, self.card_size.value() or CardFormat.CARD
        if patient_id is None:
            return

        def show(found: Documents) -> None:
            if size is (self.card_size.value() or CardFormat.CARD):  # else another size was chosen meanwhile
                self._show(patient_id, found)

        self.background.read(self, read_documents, patient_id, size, done=show, failed=self._refuse)

    def _show(self, patient_id: int, documents: Documents) -> None:
        if patient_id != self._patient_id:
            return
        is_first = self._documents is None
        had = next((row.objectName() for row in self._document_rows if row.hasFocus()), None)
        if self._documents is None or documents != self._documents:
            self._documents = documents
            self._fill(documents)
        if self._chosen is None:
            self._show_offer()
        self._mark()
        self._left.show()
        self._sheet.show()
        for row in self._document_rows:
            if row.objectName() == (had or (f"offer {RECOVERY.value}" if is_first else None)):
                row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lead_to_wanted()

    def _lead_to_wanted(self) -> None:
        wanted = self._wanted
        if wanted is None or wanted.patient_id != self._patient_id or self._documents is None:
            return
        self._wanted = None
        row = next((each for each in self._document_rows if each.offers == wanted.text), None)
        if wanted.text and row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self._choose_offer(DocumentKind.from_code(wanted.text))

    def _fill(self, documents: Documents) -> None:
        self.offers.clear()
        self.given.clear()
        self._document_rows = []
        for kind, offer in documents.offers.items():
            offered = offer_row(kind, offer)
            offered.opened.connect(lambda chosen=kind: self._choose_offer(chosen))
            self._document_rows.append(offered)
        letters = letters_row()
        letters.opened.connect(lambda: self._go("records"))
        self._document_rows.append(letters)
        for offered in self._document_rows:
            self.offers.add(offered)
        for given in documents.given:
            row = given_row(given)
            row.opened.connect(lambda chosen=given: self._choose(chosen))
            self.given.add(row)
            self._document_rows.append(row)
        if not documents.given:
            self.given.add(Text("Nothing was given to this patient yet.", "muted", wrap=True))
        self.given.column.addStretch(1)

    def _mark(self) -> None:
        for row in self._document_rows:
            given = self._chosen is not None and row.document is not None and row.document.id == self._chosen.id
            row.set_picked(given or (self._chosen is None and row.offers == self._offered))

    def _choose_offer(self, kind: DocumentKind) -> None:
        self._chosen, self._offered = None, kind
        self._show_offer()
        self._mark()

    def _choose(self, given: GivenDocument) -> None:
        """The exact same page again."""
        self._chosen, self._bytes = given, None
        self.card_size.hide()
        self._mark()
        self.what.setText(given.title)
        self.state.setText(f"Given {when(given)} by {given.issued_by}. This is the exact same page.")
        self._allow(False)
        self.background.run(
            self, reprint, given.id, done=lambda pdf: self._show_given(given, pdf), failed=self._on_unfit
        )

    def _show_given(self, given: GivenDocument, pdf: bytes) -> None:
        if self._chosen is not None and self._chosen.id == given.id:
            self._show_pdf(pdf)

    def _on_unfit(self, error: Exception) -> None:
        self._stage.setCurrentWidget(self._nothing)
        self._refuse(error)

    def _show_offer(self) -> None:
        if self._documents is None:
            return
        offer = self._documents.offers[self._offered]
        self.card_size.setVisible(self._offered == DEVICE_CARD)
        self.what.setText(offer.title)
        if offer.pdf is None:
            self.state.setText(f"version {offer.version}")
            self.missing.show_missing(offer.missing)
            self._stage.setCurrentWidget(self._lacking)
            self._bytes = None
            self._allow(False)
            return
        self.state.setText(f"{PREVIEW} {offer.note}".strip())
        self._show_pdf(offer.pdf)

    def _show_pdf(self, pdf: bytes) -> None:
        if pdf != self._bytes or self._stage.currentWidget() is not self.preview:
            self._bytes = pdf
            self.preview.show_pdf(pdf)
        self._stage.setCurrentWidget(self.preview)
        self._allow(True)

    def _allow(self, is_allowed: bool) -> None:
        self.print_button.setEnabled(is_allowed)
        self.save_button.setEnabled(is_allowed)

    def _print(self) -> None:
        def send(pdf: bytes) -> str:
            was_sent = self.print_bytes(pdf, self, title=self.what.text())
            return "Printed" if was_sent else "Not printed; choose it under “Given” to print it"

        self._give_then(send)

    def _save(self) -> None:
        def write(pdf: bytes) -> str:
            number = self._documents.offers[RECOVERY].record_number if self._documents else ""
            path = self.save_bytes(pdf, f"{self.what.text()} {number}.pdf", self)
            return f"Saved as {path.name}" if path else "Not saved; choose it under “Given” to save it"

        self._give_then(write)

    def _give_then(self, act: Callable[[bytes], str]) -> None:
        """What was given already goes out as it was; a preview is given first, and then its kept bytes go out."""
        patient_id = self._patient_id
        if patient_id is None:
            return
        if self._chosen is not None:
            if self._bytes is not None:
                self._act(act, self._bytes)
            return
        self._allow(False)

        is_card, size = self._offered == DEVICE_CARD, self.card_size.value() or CardFormat.CARD

        def give(session: Any) -> tuple[Issued, GivenDocument]:
            if is_card:
                issued = issue_device_card(session, patient_id, size)
            else:
                issued = issue_recovery_handout(session, patient_id)
            return issued, list_documents(session, patient_id)[0]

        self.background.run(
            self, give, done=lambda found: self._on_given(patient_id, *found, act), failed=self._on_not_given
        )

    def _on_given(self, patient_id: int, issued: Issued, given: GivenDocument, act: Callable[[bytes], str]) -> None:
        if patient_id == self._patient_id:
            self._chosen = given
            self.card_size.hide()
            self.state.setText(f"Given {when(given)} by {given.issued_by}. This is the exact same page.")
            self._show_pdf(issued.pdf)
        self._act(act, issued.pdf, "Kept as given. ")

    def _on_not_given(self, error: Exception) -> None:
        self._refuse(error)
        if isinstance(error, DocumentIncomplete):
            self.refresh()
        else:
            self._allow(self._bytes is not None)

    def _act(self, act: Callable[[bytes], str], pdf: bytes, kept: str = "") -> None:
        try:
            self.messages.say(f"{kept}{act(pdf)}")
        except UserError as refusal:
            self.messages.refuse(f"{kept}{refusal}")

    def _go(self, place: str) -> None:
        self.went.emit(Place(place) if place in OUTSIDE else Place(place, self._patient_id))

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
