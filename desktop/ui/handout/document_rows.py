"""What can be given to a patient, and what was given to her: one row each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.rules.dates import show_date, show_time
from desktop.services.handout import GivenDocument, Offer
from desktop.ui.kit.cards import Pill
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

LETTERS = "letters"


class DocumentRow(PickRow):
    """`document` is None for a page that can be given now, called `name`."""

    def __init__(
        self, title: str, detail: str, document: GivenDocument | None, pill: Pill | None = None, name: str = ""
    ) -> None:
        state = pill.text() if pill else ""
        super().__init__(". ".join(filter(None, (title, detail, state))))
        self.document, self.offers = document, name
        self.setObjectName(f"given {document.id}" if document else f"offer {name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(8), px(10), px(8))
        row.setSpacing(px(SPACE_S))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(Text(title, "strong", wrap=True))
        words.addWidget(Text(detail, "muted", wrap=True))
        row.addLayout(words, 1)
        if pill is not None:
            row.addWidget(pill)


def offer_row(name: str, offer: Offer) -> DocumentRow:
    lacking = len(offer.missing)
    facts = "1 fact missing" if lacking == 1 else f"{lacking} facts missing"
    pill = Pill("Ready", "good") if offer.pdf is not None else Pill(facts, "warning")
    return DocumentRow(offer.title, f"version {offer.version}", None, pill, name)


def letters_row() -> DocumentRow:
    """They are made where it is known what to ask, and whom."""
    detail = "a request and the patient's permission; made under “Missing records”"
    return DocumentRow("Letters that ask for records", detail, None, None, LETTERS)


def given_row(given: GivenDocument) -> DocumentRow:
    pages = "1 page" if given.page_count == 1 else f"{given.page_count} pages"
    return DocumentRow(
        given.title, f"{when(given)} · {given.issued_by} · version {given.template_version} · {pages}", given
    )


def when(given: GivenDocument) -> str:
    return f"{show_date(given.issued_at.astimezone().date())} {show_time(given.issued_at)}"
