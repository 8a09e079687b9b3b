"""Which device a label belongs to: its side, which nobody guesses, and the operation that put it in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.models.choices import Side
from desktop.rules.dates import show_partial_date
from desktop.services.label import LabelPlace, LabelReading, LabelTarget
from desktop.ui.kit.buttons import Segmented
from desktop.ui.kit.cards import Card
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

_ASKED = "Press R for RIGHT or L for LEFT. Nothing is taken for granted."


class WhereCard(Card):
    chosen = Signal(object)
    """The `LabelPlace` that somebody confirmed, or None while there is none."""

    def __init__(self) -> None:
        super().__init__("Where it belongs")
        self._reading: LabelReading | None = None
        self.side = Segmented("Side of the device", [(Side.RIGHT, "RIGHT"), (Side.LEFT, "LEFT")])
        self.side.setObjectName("side")
        self.side.changed.connect(lambda _side: self._show_places())
        self.hint = Text(_ASKED, "muted", wrap=True)
        self.rows = WalkedList(spacing=2)
        for each in (self.side, self.hint, self.rows):
            self.add(each)
        self.places: list[PlaceRow] = []
        self.place: LabelPlace | None = None

    def ask(self, reading: LabelReading) -> None:
        """Of a new label nothing is known: neither the side nor the operation."""
        self._reading = reading
        self.side.set_value(None)
        self._show_places()

    def show_again(self, reading: LabelReading) -> None:
        """The same label held beside a record that changed meanwhile; what was chosen stays."""
        target = self.place.target if self.place else None
        self._reading = reading
        self._show_places()
        if target is not None and (place := reading.place(target)) is not None:
            self._choose(place)

    def choose_side(self, side: Side) -> None:
        """The first row takes the keyboard: Enter confirms it, the arrows go to another."""
        self.side.set_value(side)
        self._show_places()
        self.focus_rows()

    def focus_rows(self) -> None:
        target = self.places[0] if self.places else self.side
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_places(self) -> None:
        self.rows.clear()
        self.places, self.place = [], None
        side: Side | None = self.side.value()
        if side is None or self._reading is None:
            self.hint.setText(_ASKED)
        else:
            places = self._reading.places_in(side)
            self.hint.setText(
                f"Which device in {side.label}? Enter confirms."
                if places
                else f"No operation that put a device into {side.label} is recorded."
            )
            for place in places:
                row = PlaceRow(place)
                row.opened.connect(lambda place=place: self._choose(place))
                self.rows.add(row)
                self.places.append(row)
        self.chosen.emit(None)

    def _choose(self, place: LabelPlace) -> None:
        self.place = place
        for row in self.places:
            row.set_picked(row.target == place.target)
        self.chosen.emit(place)


class PlaceRow(PickRow):
    def __init__(self, place: LabelPlace) -> None:
        self.target: LabelTarget = place.target
        when = _when(place)
        super().__init__(f"{place.target.side.label}: {place.title}. {when}")
        self.setObjectName("place")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SPACE_S), px(6), px(SPACE_S), px(6))
        row.setSpacing(px(SPACE_S))
        side = place.target.side.label
        word = Text(side, "strong", tone=side.lower())
        word.setMinimumWidth(px(52))
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(1))
        column.addWidget(Text(place.title, "body", wrap=True))
        column.addWidget(Text(when, "muted", wrap=True))
        row.addLayout(column, 1)


def _when(place: LabelPlace) -> str:
    """`put in 12 May 2014 · Augmentation`, or that it is only being typed."""
    if place.is_typed:
        day = f"of {show_partial_date(place.happened_on)}" if place.happened_on else ""
        return " · ".join(filter(None, (day, "goes into its form, and is saved with it")))
    day = f"put in {show_partial_date(place.happened_on)}" if place.happened_on else "put in at an unknown date"
    return " · ".join(filter(None, (day, place.kind.label if place.kind else "")))
