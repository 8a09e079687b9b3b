"""To whom the letter about a case goes and what is added to it; then the letter as it would go out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import DocumentIncomplete, UserError
from desktop.rules.permission import Verb, may
from desktop.services.case_letter import LetterTo, issue_case_letter, preview_case_letter
from desktop.services.draft import DraftOf, KeptDraft, drop_draft, find_draft, keep_draft
from desktop.services.handout import Issued
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.print_view import PrintView
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

DRAFT_AFTER_MS = 2_000
EXPLAINED = (
    "The letter holds why she came, earlier surgery, findings, imaging, the signed plan and what was done, as far as it"
    " is recorded. It is kept among her documents once it is printed or saved."
)


class LetterPage(QWidget):
    """What is typed is kept as a draft; Escape steps back."""

    left = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._case: tuple[int, int] | None = None
        self._sent: LetterTo | None = None
        self.name = QLineEdit()
        self.name.setObjectName("letter_name")
        self.name.setMaxLength(LINE_LENGTH)
        self.address = self._lines("letter_address", 4)
        self.remark = self._lines("letter_remark", 6)
        self.messages = MessageBar()
        self.back_button = button("Back to the case", icon="back")
        self.back_button.setObjectName("letter_back")
        self.back_button.clicked.connect(self._leave)
        self.show_button = button("Show the letter", primary=True, icon="print")
        self.show_button.setObjectName("show_letter")
        self.show_button.clicked.connect(self.show_letter)
        self.view = PrintView("Letter about a breast revision", "Back to the text")
        self.view.left.connect(self._back_to_text)
        self.view.handed_over.connect(self._keep)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_drafts)
        for signal in (self.name.textEdited, self.address.textChanged, self.remark.textChanged):
            signal.connect(lambda *_: self._timer.start())
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._text_page())
        self._pages.addWidget(self.view)

    def write(self, patient_id: int, case_id: int) -> None:
        """A letter about this case; what was begun comes back."""
        self.keep_drafts()
        self._case = None
        self._fill(LetterTo(""))
        self.messages.clear()
        self._pages.setCurrentIndex(0)
        self._case = (patient_id, case_id)
        draft_of = self._draft_of()

        def show(draft: KeptDraft | None) -> None:
            if draft is not None and self._case == (patient_id, case_id) and self.typed() == LetterTo(""):
                self._fill(LetterTo(**draft.typed))

        self._background.read(self, find_draft, draft_of, done=show)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> LetterTo:
        return LetterTo(self.name.text(), self.address.toPlainText(), self.remark.toPlainText())

    def keep_drafts(self) -> None:
        self._timer.stop()
        if self._case is None or self.typed() in (LetterTo(""), self._sent):
            return
        to = self.typed()
        text = {"name": to.name, "address": to.address, "remark": to.remark}
        self._background.run(self, keep_draft, self._draft_of(), text, None)

    def show_letter(self) -> None:
        if self._case is not None:
            asked = (*self._case, self.typed())
            self._background.run(self, preview_case_letter, *asked, done=self._show_pdf, failed=self._refuse)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self._leave) or super().event(event)

    def _draft_of(self) -> DraftOf:
        assert self._case is not None, "a letter is about a case"
        return DraftOf("case_letter", f"case {self._case[1]}")

    def _fill(self, to: LetterTo) -> None:
        self.name.setText(to.name)
        self.address.setPlainText(to.address)
        self.remark.setPlainText(to.remark)
        self._timer.stop()

    def _leave(self) -> None:
        self.keep_drafts()
        self.left.emit()

    def _back_to_text(self) -> None:
        self._pages.setCurrentIndex(0)
        self.show_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pdf(self, pdf: bytes) -> None:
        self.messages.clear()
        try:
            self.view.show_pdf(pdf)
        except UserError as error:
            self._refuse(error)
            return
        self._pages.setCurrentWidget(self.view)

    def _keep(self, pdf: bytes) -> None:
        if self._case is None:
            return
        patient_id, case_id = self._case
        to, draft_of = self.typed(), self._draft_of()

        def kept(issued: Issued) -> None:
            self._sent = to
            self.view.messages.say(f"Kept among her documents: {issued.title}.")
            self._background.run(self, drop_draft, draft_of)

        self._background.run(
            self, issue_case_letter, patient_id, case_id, to, pdf, done=kept, failed=self._refuse_in_view
        )

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, DocumentIncomplete):
            self.messages.refuse(" ".join(error.missing.values()))
            if "recipient.name" in error.missing:
                self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    def _refuse_in_view(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.view.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    def _text_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_M))
        card = Card("Letter to a doctor")
        card.add(Text(EXPLAINED, "muted", wrap=True))
        for words, widget in (
            ("To", self.name),
            ("Address", self.address),
            ("What you want to add, for this letter alone", self.remark),
        ):
            label = Text(words, "label")
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            card.add(label)
            card.add(widget)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.show_button)
        column.addWidget(card)
        column.addStretch(1)
        column.addLayout(foot)
        self.show_button.setVisible(may(self._background.actor.roles, Verb.PRINT_HANDOUT))
        return page

    @staticmethod
    def _lines(name: str, count: int) -> QPlainTextEdit:
        edit = QPlainTextEdit()
        edit.setObjectName(name)
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(edit.fontMetrics().lineSpacing() * count + px(SPACE_M))
        return edit
