"""The consents on the tour: a full case, an empty one, endless words, a withdrawn one, a page, a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop.models.choices import ConsentKind
from desktop.opening import OpenPractice
from desktop.rules.consent import ConsentFacts
from desktop.services.consent import consent_facts
from desktop.services.consent_page import preview_consent_record
from desktop.services.revision import find_newest_case
from desktop.tour.album import Album
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.consent.part import ConsentPart
from desktop.ui.revision.parts import CONSENT
from desktop.ui.revision.screen import RevisionScreen


def show_consent(album: Album, window: MainWindow, practice: OpenPractice, find: Callable[[str], int]) -> None:
    tour = _ConsentTour(album, window)
    tour.case(find("okafor"), "full", "a consent that is filed, a checklist that is not all initialed")
    tour.consent("filed", 0, "a consent that is filed and stays as it is")
    tour.file()
    tour.consent("checklist", 1, "a decision checklist with two items left open")
    tour.questions()
    tour.new()
    tour.case(find("suilleabhain"), "empty", "no consent yet, and which of them the plan needs")
    tour.case(find("hohenfels"), "extreme", "a consent with the longest answers")
    tour.consent("extreme", 0, "a form of forty items with the longest answers")
    tour.case(find("beaumont"), "withdrawn", "a consent that the patient took back")
    tour.consent("withdrawn", 0, "a consent that counts as none")
    for text in ("okafor", "hohenfels", "beaumont"):
        for number, pdf in enumerate(_pages(practice, find(text)), start=1):
            album.keep(pdf, f"consent-{text}-{number}", "the record of a consent")


class _ConsentTour:
    def __init__(self, album: Album, window: MainWindow) -> None:
        self._album, self._window = album, window

    @property
    def _part(self) -> ConsentPart:
        screen = cast(RevisionScreen, self._window.file.screen_of("revision"))
        return cast(ConsentPart, screen.case.part(CONSENT))

    def case(self, patient_id: int, name: str, why: str) -> None:
        self._window.go(Place("revision", patient_id))
        self._album.settle()
        cast(RevisionScreen, self._window.file.screen_of("revision")).case.go_to(CONSENT)
        self._album.take(self._window, f"consents-{name}", why)

    def consent(self, name: str, at: int, why: str) -> None:
        """Opened from its row, from its top and from its end."""
        self._part.list.opened.emit(self._ids()[at])
        self._album.take(self._window, f"consent-{name}", why)
        bar = self._part.page.editor.form.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        self._album.take(self._window, f"consent-{name}-middle", f"{why}: sides and items")
        bar.setValue(bar.maximum())
        self._album.take(self._window, f"consent-{name}-end", f"{why}: signatures and files")

    def file(self) -> None:
        """The scan that is kept with the consent in sight."""
        page = self._part.page
        page.files.rows.findChildren(PickRow, "file")[0].opened.emit()
        self._album.take(self._window, "consent-scan", "a kept file, looked at inside the program")
        self._part.file.back_button.click()

    def questions(self) -> None:
        page = self._part.page
        page.head.withdraw_button.click()
        self._album.take(self._window, "consent-withdraw", "what is asked when the patient takes a consent back")
        page.withdraw_question.hide()
        page.head.file_button.click()
        self._album.take(self._window, "consent-not-filed", "why a consent that lacks something is not filed")
        page.left.emit()
        self._album.settle()

    def new(self) -> None:
        self._part.list.new_asked.emit(ConsentKind.ANESTHESIA)
        self._album.take(self._window, "consent-new", "a consent that is begun, and all that it lacks")
        self._part.page.left.emit()
        self._album.settle()

    def _ids(self) -> list[int]:
        return [consent.consent_id for consent in self._part.consents]


def _pages(practice: OpenPractice, patient_id: int) -> list[bytes]:
    with practice.database.unit_of_work(practice.actor) as session:
        file = find_newest_case(session, patient_id)
        consents: tuple[ConsentFacts, ...] = consent_facts(session, file.case.id) if file and file.case.id else ()
        return [preview_consent_record(session, consent.consent_id) for consent in consents]
