"""The plan on the tour: full, empty, begun from a template, the order list, and more than anybody plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop.models.choices import ContingencyWhen, DeviceRole, DoseUnit, Drug, PlanStep, ProphylaxisKind, Side
from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.plan.stage import PlanStage
from desktop.ui.revision.screen import RevisionScreen

_LONG = "opened only if the fold does not hold, and only after both sides were looked at sitting up, twice"


def show_plan(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    stage = _go(album, window, find, "okafor")
    form = stage.editor.form
    for section, shows in (
        ("devices", "the devices to be at hand beside the first choice"),
        ("contingency_list", "what is done if it is different from what was expected, side by side"),
        ("minutes_needed", "an answer out of a template that nobody confirmed yet"),
    ):
        form.ensureWidgetVisible(form.boxes[section], 0, form.height() // 3)
        album.take(window, f"plan-{section}", shows)
    stage.other_side.copy(Side.RIGHT)
    album.take(window, "plan-other-side", "the same for the other side: asked before anything is replaced")
    stage.editor.messages.clear()
    _orders(album, window, stage)
    stage.show_templates()
    album.take(window, "plan-templates", "the practice's own templates of plans")
    stage.setCurrentIndex(0)
    _empty(album, window, find)
    _extreme(album, window, find)


def _orders(album: Album, window: MainWindow, stage: PlanStage) -> None:
    stage.show_orders()
    album.take(window, "order-list", "the order list: what is here, what is not, and what expires before the day")
    stage.setCurrentIndex(0)


def _empty(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    stage = _go(album, window, find, "ratnasari")
    album.take(window, "plan-empty", "nothing is planned yet; a template is offered")
    stage.templates.use_button.click()
    album.take(window, "plan-from-template", "begun from a template: every answer of it waits to be confirmed")
    stage.editor.revert()
    album.settle()


def _extreme(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    """More rows, and longer words, than anybody writes; nothing of it is saved."""
    stage = _go(album, window, find, "ratnasari")
    rows = tuple(
        {"side": side, "role": role, "manufacturer": _LONG, "line": _LONG, "volume_ml": 1_250, "note": _LONG}
        for side in Side
        for role in (DeviceRole.SPARE, DeviceRole.SIZER, DeviceRole.MATRIX)
    )
    steps = tuple(PlanStep)[:7]
    contingencies = tuple(
        {"side": side, "happens": happens, "detail": _LONG, "steps": steps[:3], "then": _LONG}
        for side in Side
        for happens in ContingencyWhen
    )
    dose = {"drug": Drug.BUPIVACAINE_EPINEPHRINE, "dose": None, "unit": DoseUnit.MCG_PER_KG_MIN, "given_when": _LONG}
    prophylaxis = tuple({"kind": kind, "note": _LONG, **dose} for kind in ProphylaxisKind)
    answers = {f"{side.label.lower()}.steps": steps for side in Side} | {
        "devices": rows,
        "contingency_list": contingencies,
        "prophylaxis": prophylaxis,
        "right.manufacturer": _LONG,
        "left.note": _LONG * 4,
    }
    form = stage.editor.form
    form.prefill(answers, f"template “{_LONG}”, version 12")
    form.show_problems(everywhere=True)
    album.take(window, "plan-extreme", "more steps, rows and words than anybody plans, and what is wrong with them")
    for name in ("devices", "contingency_list", "prophylaxis"):
        form.ensureWidgetVisible(form.boxes[name].editor.inputs()[0], 0, form.height() // 2)
        album.take(window, f"plan-extreme-{name}", "the same: rows of two lines with long words")
    stage.editor.revert()
    album.settle()


def _go(album: Album, window: MainWindow, find: Callable[[str], int], text: str) -> PlanStage:
    window.go(Place("revision", find(text)))
    album.settle()
    screen = cast(RevisionScreen, window.file.screen_of("revision"))
    screen.case.show_part("plan")
    album.settle()
    return screen.case.planning
