"""A patient's revision on one screen: what is in place, what is planned, what needs attention, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.form import SIDE_PREFIX
from desktop.models.choices import UNKNOWN, Side
from desktop.rules.dates import show_date
from desktop.rules.missing_records import DeviceGaps
from desktop.services.operation import History
from desktop.services.overview import Overview, read_overview
from desktop.services.revision import CaseFile
from desktop.services.timeline import in_place_words
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState, FactPair, Pill, SideHeading, SunkenBox
from desktop.ui.kit.chest import ChestDiagram
from desktop.ui.kit.chest_side import ChestSide
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.history import HistoryEntry, HistoryList
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, Tone, px
from desktop.ui.patient.chest import chest_side


class OverviewScreen(Screen):
    watches = frozenset(
        {"patient", "operation", "device", "records_request", "revision_case", "revision_plan"}
        | {"recovery_checklist", "issued_document", "allergy"}
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, px(SPACE_S))
        self._row.setSpacing(px(14))
        self._columns: list[QWidget] = []

    def show_patient(self, patient_id: int) -> None:
        self._patient_id = patient_id
        self._clear()
        self.refresh()

    @override
    def refresh(self) -> None:
        if self._patient_id is not None:
            self.background.read(self, read_overview, self._patient_id, done=self._show)

    def _clear(self) -> None:
        for column in self._columns:
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        self._columns = []

    def _show(self, overview: Overview) -> None:
        self._clear()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        column.addWidget(self._plan(overview))
        column.addWidget(self._attention(overview), 1)
        for widget, stretch in ((self._in_place(overview), 11), (middle, 11), (self._history(overview), 8)):
            self._columns.append(widget)
            self._row.addWidget(widget, stretch)

    def _in_place(self, overview: Overview) -> QWidget:
        card = Card("In place today", Text(f"as of {show_date(overview.as_of)}", "muted"))
        if overview.history is None:
            card.add(EmptyState("Your role does not include the surgical history."), 1)
            return card
        case = overview.case_file.case.values if overview.case_file else None
        sides = {side: chest_side(side, overview.history, case) for side in Side}
        diagram = ChestDiagram()
        diagram.set_sides(sides[Side.RIGHT], sides[Side.LEFT])
        card.add(diagram, 1)
        boxes = QHBoxLayout()
        boxes.setSpacing(px(10))
        for side in (Side.RIGHT, Side.LEFT):
            boxes.addWidget(self._device(side, overview.history, sides[side], overview), 1)
        card.add(boxes)
        return card

    def _device(self, side: Side, history: History, found: ChestSide, overview: Overview) -> QWidget:
        box = SunkenBox()
        box.add(SideHeading("right" if side is Side.RIGHT else "left", sunken=True))
        title, words = in_place_words(history, side, overview.as_of)
        box.add(Text(_unbroken(title), "strong", wrap=True))
        box.add(Text(_unbroken(words), "muted", wrap=True))
        pills = [Pill(words, tone) for words, tone in _pills(found)]
        if pills:
            box.add(FlowRow(*pills, spacing=6))
        box.body.addStretch(1)
        return box

    def _plan(self, overview: Overview) -> QWidget:
        file = overview.case_file
        if file is None:
            card = Card("Revision plan")
            if overview.has_case:
                card.add(EmptyState("Your role does not include the plan."))
                return card
            start = button("Start a revision case", primary=True)
            start.clicked.connect(lambda: self._go("revision"))
            card.add(EmptyState("No revision case is open for this patient.", start))
            return card
        card = Card("Revision plan", _state(file))
        plan = file.plan.values
        card.add(Text(_indications(file.case.values), wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(px(SPACE_L))
        for side in (Side.RIGHT, Side.LEFT):
            sides.addWidget(FactPair(side.label, _planned(plan, side)), 1)
        card.add(sides)
        facts = QHBoxLayout()
        facts.setSpacing(px(SPACE_L))
        kind, days = plan.get("anesthesia_kind"), plan.get("routine_after_days")
        facts.addWidget(FactPair("Anesthesia", kind.label if kind else "Not chosen yet"), 1)
        facts.addWidget(FactPair("Back to routine", f"{days} days (surgeon set)" if days else "by the protocol"), 1)
        card.add(facts)
        open_plan = button("Open plan")
        open_plan.clicked.connect(lambda: self._go("revision"))
        foot = QHBoxLayout()
        foot.addWidget(open_plan)
        foot.addStretch(1)
        if overview.recovery_day is not None:
            foot.addWidget(Pill(f"Recovery day {overview.recovery_day}", "accent"))
        card.add(foot)
        return card

    def _attention(self, overview: Overview) -> QWidget:
        card = Card("Needs attention")
        flags = [AttentionPoint(f"{f.title}: {f.action.lower()}", f.detail, "danger") for f in overview.red_flags]
        open_points = overview.case_file.open_points if overview.case_file else ()
        points = [AttentionPoint(p.text, p.detail, "danger" if p.blocks else "warning") for p in open_points]
        points += [_lacking(found) for found in overview.missing]
        if overview.missing:
            chase = button("Missing records")
            chase.setObjectName("missing_records")
            chase.clicked.connect(lambda: self._go("records"))
            card.trail(chase)
        if not flags and not points:
            sees_all = overview.case_file is not None or not overview.has_case
            card.add(EmptyState("Nothing needs attention." if sees_all else "Your role does not include the plan."), 1)
            return card
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(AttentionList(flags + points))
        card.add(area, 1)
        return card

    def _history(self, overview: Overview) -> QWidget:
        card = Card("History")
        if not overview.happened:
            card.add(EmptyState("Operations, visits to the plan and documents appear here."), 1)
            return card
        entries = [
            HistoryEntry(line.when, line.title, line.detail, key=line.place, tone="accent" if at == 0 else "neutral")
            for at, line in enumerate(overview.happened)
        ]
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        history = HistoryList(entries)
        history.opened.connect(self._go)
        area.setWidget(history)
        card.add(area, 1)
        return card

    def _go(self, tab: str) -> None:
        self.went.emit(Place(tab, self._patient_id))


def _lacking(found: DeviceGaps) -> AttentionPoint:
    said = ", ".join(f"{gap.fact.label} ({gap.detail})" if gap.detail else gap.fact.label for gap in found.gaps)
    return AttentionPoint(f"{found.device.side.label} device: {found.completeness}", f"not known: {said}")


def _state(file: CaseFile) -> Pill:
    if file.signed_at is not None:
        return Pill("Signed", "good")
    if file.plan.id is None:
        return Pill("Not planned yet", "neutral")
    return (
        Pill("Not ready to sign", "warning")
        if any(p.blocks for p in file.open_points)
        else Pill("Ready to sign", "accent")
    )


def _indications(case: Mapping[str, Any]) -> str:
    rows = case["indications"]
    if not rows:
        return "No indication recorded yet."
    by_side = []
    for side in (Side.RIGHT, Side.LEFT):
        names = list(dict.fromkeys(row["indication"].label for row in rows if row["side"] is side))
        if names:
            by_side.append(f"{side.label}: {', '.join(names)}")
    return " · ".join(by_side)


def _planned(plan: Mapping[str, Any], side: Side) -> str:
    prefix = SIDE_PREFIX[side]
    steps = ", ".join(step.label for step in plan.get(f"{prefix}steps") or ())
    volume, plane = plan.get(f"{prefix}volume_ml"), plan.get(f"{prefix}plane")
    device = f"to {volume:,}\u00a0mL" if volume and volume is not UNKNOWN else ""
    return "; ".join(filter(None, (steps, device, plane.label if plane else ""))) or "Nothing planned"


def _unbroken(words: str) -> str:
    """A number and its unit stay on one line."""
    return words.replace(" mL", "\u00a0mL").replace(" y)", "\u00a0y)")


def _pills(found: ChestSide) -> list[tuple[str, Tone]]:
    serious = ("ruptured", "deflated", "Baker III", "Baker IV")
    return [
        (words[:1].upper() + words[1:], "danger" if words in serious else "good" if words == "Baker I" else "warning")
        for words in found.findings()
    ]
