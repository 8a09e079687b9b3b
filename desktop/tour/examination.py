"""The visits of a patient on the tour: full, new, at the ends of what can be measured, and followed over time."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QLineEdit

from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.examination.part import ExaminationPart
from desktop.ui.revision.screen import RevisionScreen


def show_examination(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    tour = _ExaminationTour(album, window)
    part = tour.open(find("okafor"))
    tour.take_form(part, "examination", "a visit with every measurement, the ones before it beside")
    part.open_visit(None)
    tour.take_form(part, "examination-new", "a new visit: nothing is carried over")
    tour.take_problems(part)
    part.show_trends()
    album.take(window, "trends", "Baker, pain and measurements from visit to visit")
    part = tour.open(find("ibarra"))
    part.show_trends()
    album.take(window, "trends-devices", "grades of different devices are not joined")
    part.open_study(None)
    album.take(window, "examination-imaging", "an imaging study, added where it is looked at")
    part = tour.open(find("hohenfels"))
    tour.take_form(part, "examination-extreme", "the longest answers and lengths beyond every range")
    part = tour.open(find("tabler"))
    tour.take_form(part, "examination-first", "somebody seen once")


class _ExaminationTour:
    def __init__(self, album: Album, window: MainWindow) -> None:
        self._album, self._window = album, window

    def open(self, patient_id: int) -> ExaminationPart:
        self._window.go(Place("revision", patient_id))
        self._album.settle()
        screen = cast(RevisionScreen, self._window.file.screen_of("revision"))
        screen.case.show_part("examination")
        self._album.settle()
        return cast(ExaminationPart, screen.case.part("examination"))

    def take_form(self, part: ExaminationPart, name: str, why: str) -> None:
        """From its top, and from its measurements."""
        self._album.settle()
        assert part.visit is not None
        form = part.visit.editor.form
        form.verticalScrollBar().setValue(0)
        self._album.take(self._window, name, why)
        form.verticalScrollBar().setValue(form.cards["Measurements"][0].y())
        self._album.take(self._window, f"{name}-measured", f"{why}: its measurements")

    def take_problems(self, part: ExaminationPart) -> None:
        assert part.visit is not None
        form = part.visit.editor.form
        for name, typed in (
            ("right.nipple_to_fold_mm", "95"),
            ("left.nipple_to_fold_mm", "9,5"),
            ("right.nipple_above_fold_mm", "2"),
            ("left.nipple_above_fold_mm", "2 below"),
        ):
            line = cast(QLineEdit, form.boxes[name].editor.inputs()[0])
            line.setText(typed)
            line.textEdited.emit(typed)
        self._album.take(self._window, "examination-asked", "millimeters for centimeters are asked, a sign is required")
        form.load(form.form.empty())
