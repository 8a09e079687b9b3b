"""The chest diagram on the tour, filled in and empty, and the work-up of a late seroma."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt

from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.tour.album import Album
from desktop.ui.kit.chest_editor import ChestEditor
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.examination.part import ExaminationPart
from desktop.ui.revision.screen import RevisionScreen

_FULL, _SWOLLEN = "okafor", "παπαδοπούλου"


def show_chest(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    """`find` gives the patient whom a text means."""
    _diagram(album, window, find(_FULL))
    _work_up(album, window, find(_SWOLLEN))


def _diagram(album: Album, window: MainWindow, patient_id: int) -> None:
    screen = _revision(album, window, patient_id)
    screen.case.go_to("examination")
    album.settle()
    visit = cast(ExaminationPart, screen.case.part("examination")).visit
    if visit is None:
        raise LookupError("the demo's fullest case has no examination")
    form = visit.editor.form
    box = form.boxes["marks"]
    editor = cast(ChestEditor, box.editor)
    form.ensureWidgetVisible(box, 0, 0)
    editor.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    album.take(window, "chest-full", "the chest diagram as the surgeon filled it in")
    editor.canvas.choose(5)
    album.take(window, "chest-mark", "one mark of it, with its place, its length and its note")
    editor.set_value(())
    editor.canvas.set_kind(MarkKind.PAIN)
    album.take(window, "chest-empty", "nothing marked yet; pain is chosen, a click or Enter places it")
    editor.set_value(tuple(_many()))
    album.take(window, "chest-many", "every kind of mark on both sides")
    visit.editor.revert()
    album.settle()


def _work_up(album: Album, window: MainWindow, patient_id: int) -> None:
    screen = _revision(album, window, patient_id)
    screen.case.go_to("assessment")
    album.take(window, "late-seroma", "a late seroma told above the reasons of the case")
    work_ups = screen.case.assessing.work_ups
    work_ups.open_work_up(Side.LEFT)
    album.take(window, "late-seroma-work-up", "its work-up: on what it rests, and what is not documented")
    if work_ups.page is not None:
        form = work_ups.page.editor.form
        form.ensureWidgetVisible(form.boxes["stage"], 0, 40)
    album.take(window, "late-seroma-result", "further down: the fluid, its tests, and what a confirmed result asks for")
    if work_ups.page is not None:
        work_ups.page.left.emit()
    album.settle()


def _revision(album: Album, window: MainWindow, patient_id: int) -> RevisionScreen:
    window.go(Place("revision", patient_id))
    album.settle()
    return cast(RevisionScreen, window.file.screen_of("revision"))


def _many() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for side in Side:
        for kind, place in zip(MarkKind, ChestPlace, strict=False):
            way = Displacement.LATERAL if kind is MarkKind.DISPLACEMENT else None
            rows.append({"side": side, "kind": kind, "place": place, "direction": way})
    pain: dict[str, object] = {
        "side": Side.RIGHT,
        "kind": MarkKind.PAIN,
        "place": ChestPlace.UPPER_OUTER,
        "note": "when lying on it",
    }
    whole: dict[str, object] = {"side": Side.LEFT, "kind": MarkKind.FIRMNESS, "place": ChestPlace.WHOLE}
    return [*rows, *[pain] * 4, whole]
