"""The surgery of a case on the tour: nothing signed, beginning, half answered, the longest answers, signed, amended."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop.models.choices import PlanStep, Side, StepOutcome
from desktop.opening import OpenPractice
from desktop.services.operative_report_page import operative_report_page
from desktop.tour.album import Album
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.parts import SURGERY
from desktop.ui.revision.screen import RevisionScreen
from desktop.ui.revision.surgery.part import SurgeryPart

_LONG = "Donaudampfschifffahrtsgesellschaft " * 5


def show_surgery(album: Album, window: MainWindow, practice: OpenPractice, find: Callable[[str], int]) -> None:
    tour = _SurgeryTour(album, window)
    tour.open(find("okafor"))
    album.take(window, "surgery-unsigned", "no plan is signed: what to do first")
    tour.open(find("virtanen"))
    album.take(window, "surgery-begin", "where the report begins: the signed plan, the day, the surgeon")
    tour.open(find("haddad"))
    tour.whole_form("surgery-half", "in the operating room: RIGHT answered as planned, LEFT open")
    tour.ask_for_rest()
    tour.longest()
    tour.open(find("sato"))
    tour.whole_form("surgery-signed", "signed, amended once; one difference and one find nobody suspected")
    tour.part.page.column.print_button.click()
    album.take(window, "surgery-paper", "the operative report on paper")
    tour.part.paper.left.emit()
    tour.amend()
    newest = tour.part.page.file.newest if tour.part.page.file else None
    if newest is not None:
        with practice.database.unit_of_work(practice.actor) as session:
            album.keep(operative_report_page(session, newest.id), "operative-report", "a signed operative report")


class _SurgeryTour:
    def __init__(self, album: Album, window: MainWindow) -> None:
        self._album, self._window = album, window

    @property
    def part(self) -> SurgeryPart:
        screen = cast(RevisionScreen, self._window.file.screen_of("revision"))
        return cast(SurgeryPart, screen.case.part(SURGERY))

    @property
    def _editor(self) -> RecordEditor:
        return self.part.page.editor

    def open(self, patient_id: int) -> None:
        self._window.go(Place("revision", patient_id))
        self._album.settle()
        cast(RevisionScreen, self._window.file.screen_of("revision")).case.go_to(SURGERY)
        self._album.settle()

    def whole_form(self, name: str, why: str) -> None:
        """From its top to its end, a window at a time."""
        bar = self._editor.form.verticalScrollBar()
        bar.setValue(0)
        self._album.take(self._window, name, why)
        for number in range(2, 6):
            if bar.value() >= bar.maximum():
                break
            bar.setValue(bar.value() + bar.pageStep())
            self._album.take(self._window, f"{name}-{number}", f"{why}: further down")
        bar.setValue(0)

    def ask_for_rest(self) -> None:
        self.part.page.column.rest_button.click()
        self._album.take(self._window, "surgery-rest", "what is left as planned is listed before it is set")
        self.part.page.column.as_planned.left.emit()

    def longest(self) -> None:
        steps = self.part.page.steps
        for row in steps.sides[Side.LEFT].rows:
            row.retype({"id": row.record_id, "outcome": StepOutcome.NOT_DONE.value, "reason": _LONG})
        steps.sides[Side.LEFT].add(PlanStep.CAPSULECTOMY_TOTAL_INTACT, _LONG)
        steps.sides[Side.LEFT].add(None, "")
        boxes = self._editor.form.boxes
        for name in ("left.differs_because", "left.note", "assistant"):
            boxes[name].editor.retype(_LONG)
        boxes["left.plane"].editor.retype("subfascial")
        steps.edited.emit()
        self.whole_form("surgery-long", "the longest answers")
        self._editor.revert()
        self._album.settle()

    def amend(self) -> None:
        column = self.part.page.column
        column.amend_button.click()
        self._album.take(self._window, "surgery-amend", "why a signed report is amended, asked in the page")
        column.amend_box.left.emit()
