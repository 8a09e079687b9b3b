"""Is she registered already? Who is much like her, side by side with what was typed; a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.form import ListField
from desktop.forms.patient import PATIENT_FORM
from desktop.rules.dates import show_date
from desktop.rules.merge import Standing, rows_to_add, standing
from desktop.services.duplicate import LikelySame
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, SPACE_XS, px
from desktop.ui.patient.pair_rows import PairRows

TYPED = "TYPED"
WHAT_COMES_ALONG = (
    "If this is her, what you typed beyond her name and birth date comes along into her Details, unsaved, for you to "
    "look at. Her name and birth date stay as they are stored."
)


class LikelyQuestion(QWidget):
    is_her = Signal(int)
    somebody_else = Signal()
    left = Signal()

    def __init__(self, typed: Mapping[str, Any], likely: tuple[LikelySame, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed, self.likely = typed, likely
        self._shown = likely[0]
        self._pairs: PairRows | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addWidget(Text("Is she registered already?", "title"))
        self.people = WalkedList(px(SPACE_XS))
        self._rows = [self._person(each) for each in likely]
        who = Card("Much like her" if len(likely) == 1 else f"{len(likely)} people much like her")
        who.add(self.people)
        column.addWidget(who)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        self._compared = Card("What you typed")
        inside.addWidget(self._compared)
        inside.addStretch(1)
        column.addWidget(scrolling(page), 1)
        column.addWidget(Text(WHAT_COMES_ALONG, "muted", wrap=True))
        column.addLayout(self._foot())
        self.show_person(likely[0])
        self.setFocusProxy(self._rows[0])

    def show_person(self, likely: LikelySame) -> None:
        self._shown = likely
        for row, each in zip(self._rows, self.likely, strict=True):
            row.set_picked(each is likely)
        if self._pairs is not None:
            self._compared.body.removeWidget(self._pairs)
            self._pairs.hide()
            self._pairs.deleteLater()
        self._pairs = pairs = PairRows(TYPED, likely.record_number)
        for field in PATIENT_FORM:
            mine, theirs = self._typed.get(field.name), likely.values.get(field.name)
            words = (field.show(mine), field.show(theirs))
            if any(words):
                mark, tone = _mark(field, mine, theirs, likely.record_number)
                pairs.add(field.label, words, mark, tone=tone)
        self._compared.title.setText(f"What you typed, and record {likely.record_number}, {likely.name}")
        self._compared.add(pairs)
        pairs.show()

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _person(self, likely: LikelySame) -> PickRow:
        who = f"{likely.name} · born {show_date(likely.birth_date)} · record {likely.record_number}"
        reasons = " · ".join(likely.likeness.reasons)
        doubts = " · ".join(likely.likeness.doubts)
        row = PickRow(f"{who}. {reasons}. {doubts}")
        row.setObjectName(f"likely {likely.id}")
        column = QVBoxLayout(row)
        column.setContentsMargins(px(SPACE_S), px(SPACE_XS), px(SPACE_S), px(SPACE_XS))
        column.setSpacing(0)
        column.addWidget(Text(who, "strong", wrap=True))
        column.addWidget(Text(reasons[:1].upper() + reasons[1:], "muted", wrap=True))
        if doubts:
            column.addWidget(Text(f"But: {doubts}", "small", wrap=True, tone="warning"))
        row.opened.connect(lambda: self.show_person(likely))
        self.people.add(row)
        return row

    def _foot(self) -> QHBoxLayout:
        back = button("Back to the form")
        other = button("Somebody else: register")
        other.setObjectName("somebody_else")
        her = button("This is her: open her file", primary=True, shortcut="Ctrl+Return")
        her.setObjectName("is_her")
        back.clicked.connect(self.left)
        other.clicked.connect(self.somebody_else)
        her.clicked.connect(lambda: self.is_her.emit(self._shown.id))
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.setContentsMargins(0, 0, 0, px(SPACE_S))
        foot.addStretch(1)
        for each in (back, other, her):
            foot.addWidget(each)
        return foot


def _mark(field: Any, mine: Any, theirs: Any, number: str) -> tuple[str, str]:
    """In words whether two answers agree, and the tone that goes with them."""
    if isinstance(field, ListField):
        same = not rows_to_add(theirs or (), mine or ()) and not rows_to_add(mine or (), theirs or ())
        stands = Standing.SAME if same else standing(bool(mine), bool(theirs))
        stands = Standing.ASKED if stands is Standing.SAME and not same else stands
    else:
        stands = standing(mine, theirs)
    if stands is Standing.SAME:
        return "the same", "muted"
    if stands is Standing.ASKED:
        return "≠ different", "warning"
    return ("only typed now" if stands is Standing.KEPT else f"only in {number}"), "muted"
