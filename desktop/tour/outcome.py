"""The outcome on the tour: no complication, a graded one, its page, the question and the case that goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.outcome.part import OutcomePart
from desktop.ui.revision.parts import ASSESSMENT, OUTCOME
from desktop.ui.revision.screen import RevisionScreen


def show_outcome(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    def part(patient_id: int, case_id: int | None = None) -> OutcomePart:
        window.go(Place("revision", patient_id, case_id, OUTCOME))
        album.settle()
        screen = cast(RevisionScreen, window.file.screen_of("revision"))
        return cast(OutcomePart, screen.case.part(OUTCOME))

    part(find("okafor"))
    album.take(window, "outcome-empty", "no complication, one case")
    shown = part(find("sato"))
    album.take(window, "outcome", "a hematoma that was evacuated under local with sedation: IIIa")
    shown.list.opened.emit(shown.known.rows[0].id)
    album.take(window, "complication", "one complication")
    bar = shown.page.editor.form.verticalScrollBar()
    bar.setValue(bar.maximum())
    album.take(window, "complication-grades", "what the grades mean, the chosen one in color")
    shown.page.left.emit()
    shown.list.reoperation_asked.emit()
    album.take(window, "reoperation-asked", "what is carried over, asked before anything is closed")
    shown.list.question.hide()
    maren = find("delacroix")
    shown = part(maren)
    album.take(window, "outcome-cases", "the case that goes on, and the one before")
    window.go(Place("revision", maren, text=ASSESSMENT))
    album.take(window, "reoperation-carried", "what was carried over waits to be confirmed")
    screen = cast(RevisionScreen, window.file.screen_of("revision"))
    screen.case.go_to_other_case()
    album.settle()
    screen.case.go_to(OUTCOME)
    album.take(window, "reoperation-before", "the case before, to be read, with the grade that counts")
