"""What a case gives on paper, and the list of cases in which something waits for the surgeon."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop.opening import OpenPractice
from desktop.rules.case_review import CaseFilter, Waiting
from desktop.services.case_letter import LetterTo, preview_case_letter
from desktop.services.operating_sheet import operating_sheet
from desktop.services.plan_page import plan_page
from desktop.services.revision import find_newest_case
from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.review.screen import ReviewScreen
from desktop.ui.revision.screen import RevisionScreen

_TO = LetterTo("Dr. Ines Calder", "4 Mill Lane\nPortland", "She would like to hear from you before the day of surgery.")


def show_papers(album: Album, window: MainWindow, practice: OpenPractice, find: Callable[[str], int]) -> None:
    for text in ("okafor", "ibarra", "hohenfels", "sato"):
        patient_id = find(text)
        with practice.database.unit_of_work(practice.actor) as session:
            file = find_newest_case(session, patient_id)
            assert file is not None
            assert file.case.id is not None
            if file.plan.id is not None:
                album.keep(plan_page(session, file.plan.id), f"plan-{text}", "the plan as it is printed")
                album.keep(operating_sheet(session, file.plan.id), f"sheet-{text}", "the operating-room sheet")
            letter = preview_case_letter(session, patient_id, file.case.id, _TO)
            album.keep(letter, f"case-letter-{text}", "the letter to another doctor")
    window.go(Place("revision", find("okafor")))
    album.settle()
    revision = cast(RevisionScreen, window.file.screen_of("revision"))
    revision.case.column.letter_asked.emit()
    album.take(window, "letter", "to whom a letter about a case goes")
    revision.letter.left.emit()


def show_review(album: Album, window: MainWindow) -> None:
    window.go(Place("review"))
    album.take(window, "to-decide", "open cases in which something waits, the longest wait first")
    screen = cast(ReviewScreen, window.screen_of("review"))
    screen.filter_row.waiting.set_value(Waiting.NOT_SIGNED)
    screen.filter_row.changed.emit()
    album.take(window, "to-decide-narrowed", "the same list, narrowed to plans that are not signed")
    screen.filter_row.show_wanted(CaseFilter())
    album.settle()
    screen.table.opened.emit(0)
    album.take(window, "to-decide-case", "a case opened from the list, with the way to the next one")
