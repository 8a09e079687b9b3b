"""What is in each breast today: the chest from the front, and each side's device in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.forms.examination import EXAMINATION_FORM
from desktop.models.choices import Side
from desktop.rules.dates import show_date
from desktop.services.overview import Overview
from desktop.services.revision import CaseFile
from desktop.services.timeline import in_place_words
from desktop.ui.kit.cards import Card, EmptyState, Pill, SideHeading, SunkenBox
from desktop.ui.kit.chest import ChestDiagram
from desktop.ui.kit.chest_side import ChestSide
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import Tone, px
from desktop.ui.patient.chest import chest_side


class InPlaceCard(Card):
    """Filled anew for each patient, never made anew: to dress widgets takes longer than all that is said in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._as_of = Text("", "muted")
        super().__init__("In place today", self._as_of, parent)
        self._refused = EmptyState("Your role does not include the surgical history.", parent=self)
        self.add(self._refused, 1)
        self._diagram = ChestDiagram(self)
        self.add(self._diagram, 1)
        boxes = QHBoxLayout()
        boxes.setSpacing(px(10))
        self._boxes = {side: _DeviceBox(side, self) for side in (Side.RIGHT, Side.LEFT)}
        for box in self._boxes.values():
            boxes.addWidget(box, 1)
        self.add(boxes)

    def show_overview(self, overview: Overview) -> None:
        history = overview.history
        self._as_of.setText(f"as of {show_date(overview.as_of)}")
        self._refused.setVisible(history is None)
        for each in (self._diagram, *self._boxes.values()):
            each.setVisible(history is not None)
        if history is None:
            return
        case = _answers(overview.case_file) if overview.case_file else None
        sides = {side: chest_side(side, history, case) for side in Side}
        self._diagram.set_sides(sides[Side.RIGHT], sides[Side.LEFT])
        for side, box in self._boxes.items():
            box.show_device(*in_place_words(history, side, overview.as_of), sides[side])


def _answers(file: CaseFile) -> Mapping[str, Any]:
    examination = file.examination
    return {**(examination.values if examination else EXAMINATION_FORM.empty()), **file.case.values}


class _DeviceBox(SunkenBox):
    def __init__(self, side: Side, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = Text("", "strong", wrap=True, parent=self)
        self._words = Text("", "muted", wrap=True, parent=self)
        self._found = FlowRow(spacing=6, parent=self)
        heading = SideHeading("right" if side is Side.RIGHT else "left", sunken=True, parent=self)
        for each in (heading, self._title, self._words, self._found):
            self.add(each)

    def show_device(self, title: str, words: str, found: ChestSide) -> None:
        self._title.setText(_unbroken(title))
        self._words.setText(_unbroken(words))
        pills = _pills(found)
        self._found.clear()
        for said, tone in pills:
            self._found.add(Pill(said, tone, self._found))
        self._found.setVisible(bool(pills))


def _unbroken(words: str) -> str:
    """A number and its unit stay on one line."""
    return words.replace(" mL", "\u00a0mL").replace(" y)", "\u00a0y)")


def _pills(found: ChestSide) -> list[tuple[str, Tone]]:
    serious = ("ruptured", "deflated", "Baker III", "Baker IV")
    return [
        (words[:1].upper() + words[1:], "danger" if words in serious else "good" if words == "Baker I" else "warning")
        for words in found.findings()
    ]
