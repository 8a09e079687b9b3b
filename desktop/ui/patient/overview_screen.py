"""A patient's revision on one screen: what is in place, what is planned, what needs attention, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import UNKNOWN, Side
from desktop.rules.missing_records import DeviceGaps
from desktop.rules.side import field_at
from desktop.services.overview import Overview, read_overview
from desktop.services.revision import CaseFile
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState, FactPair, Pill
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px
from desktop.ui.patient.happened_card import HappenedCard
from desktop.ui.patient.in_place_card import InPlaceCard


class OverviewScreen(Screen):
    watches = frozenset(
        {
            "patient",
            "operation",
            "device",
            "records_request",
            "revision_case",
            "revision_plan",
            "consent",
            "consent_withdrawal",
            "safety_phase",
            "complication",
        }
        | {"recovery_checklist", "issued_document", "allergy", "examination", "examination_side", "chest_mark"}
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self.in_place, self.happened = InPlaceCard(self), HappenedCard(self)
        self.happened.opened.connect(self._go)
        self._middle = QWidget(self)
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(14))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, px(SPACE_S))
        row.setSpacing(px(14))
        for column, stretch in ((self.in_place, 11), (self._middle, 11), (self.happened, 8)):
            column.hide()
            row.addWidget(column, stretch)

    def show_patient(self, patient_id: int) -> None:
        """Nothing of the patient before stays in sight while the new one is read."""
        self._patient_id = patient_id
        for column in (self.in_place, self._middle, self.happened):
            column.hide()
        self.happened.show_top()
        self.refresh()

    @override
    def refresh(self) -> None:
        if self._patient_id is not None:
            show = partial(self._show, self._patient_id)
            self.background.read(self, read_overview, self._patient_id, done=show)

    def _show(self, patient_id: int, overview: Overview) -> None:
        """What is only ready after another file was opened is not shown there."""
        if patient_id != self._patient_id:
            return
        self.in_place.show_overview(overview)
        self.happened.show_happened(overview.happened)
        while (item := self._column.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.hide()
                card.deleteLater()
        self._column.addWidget(self._plan(overview))
        self._column.addWidget(self._attention(overview), 1)
        for column in (self.in_place, self._middle, self.happened):
            column.show()

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
        if overview.consent is not None:
            words, is_settled = overview.consent
            foot.addWidget(Pill(f"Consent: {words}", "good" if is_settled else "warning"))
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
        for phase in overview.unfinished_phases:
            points.insert(0, AttentionPoint(f"Safety checklist: {phase.lower()} is not finished", "Begun, not signed."))
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
    prefix = field_at(side, "")
    steps = ", ".join(step.label for step in plan.get(f"{prefix}steps") or ())
    volume, plane = plan.get(f"{prefix}volume_ml"), plan.get(f"{prefix}plane")
    device = f"to {volume:,}\u00a0mL" if volume and volume is not UNKNOWN else ""
    return "; ".join(filter(None, (steps, device, plane.label if plane else ""))) or "Nothing planned"
