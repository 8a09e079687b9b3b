"""The assessment on the tour: its list, its layers and codes, and pages of findings full, empty and long."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QScrollArea

from desktop.models.choices import Indication, Side
from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.assessment.pages import AssessmentPages
from desktop.ui.revision.parts import ASSESSMENT
from desktop.ui.revision.screen import RevisionScreen

SHOWN = (
    ("okafor", Side.RIGHT, Indication.CAPSULAR_CONTRACTURE, "findings", "what was found, and what is known beside"),
    ("suilleabhain", Side.LEFT, Indication.PTOSIS, "findings-empty", "nothing written yet, and no implant"),
    ("hohenfels", Side.RIGHT, Indication.ROTATION, "findings-long", "the longest answers, a tier of the surgeon's own"),
    ("jovanovic", Side.LEFT, Indication.INFECTION, "findings-urgent", "a more urgent tier suggested by what was found"),
)


def show_indications(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    pages = _assessment(album, window, find("okafor"))
    form = pages.editor.form
    form.ensureWidgetVisible(pages.layers)
    album.take(window, "indication-layers", "what patient, surgeon and operation say, beside each other")
    form.ensureWidgetVisible(pages.codes.widget)
    album.take(window, "diagnosis-codes", "diagnosis codes, those for the indications offered")
    pages = _assessment(album, window, find("jovanovic"))
    album.take(window, "indication-urgent", "how soon, in the office's words, and what the findings suggest")
    for name, side, indication, shot, why in SHOWN:
        pages = _assessment(album, window, find(name))
        pages.open_finding(_row(pages, side, indication), indication)
        album.take(window, shot, why)
        page = pages.shown_finding()
        if page is not None and _to_end(page.record.editor.form):
            album.take(window, f"{shot}-end", f"{why}: its end")
        pages.back_to_list()


def _assessment(album: Album, window: MainWindow, patient_id: int) -> AssessmentPages:
    window.go(Place("revision", patient_id))
    album.settle()
    case = cast(RevisionScreen, window.file.screen_of("revision")).case
    case.show_part(ASSESSMENT)
    album.settle()
    return case.assessing


def _row(pages: AssessmentPages, side: Side, indication: Indication) -> int:
    snapshot = pages.editor.snapshot
    rows = snapshot.values["indications"] if snapshot else ()
    return next(int(row["id"]) for row in rows if (row["side"], row["indication"]) == (side, indication))


def _to_end(area: QScrollArea) -> bool:
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    return bar.maximum() > 0
