"""All consents of a case by kind, what each still lacks, and which kind is not there at all."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.choices import ConsentKind
from desktop.rules.consent import ConsentFacts, consent_points, needs_device_checklist, operated_sides
from desktop.rules.open_point import OpenPoint
from desktop.rules.problem import Values
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, Pill
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.tab_order import stand_after, stop_before
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, px
from desktop.ui.revision.consent.words import days_of, lacking_of, name_of, nothing_of, sides_of, state_of

_PLACES = {
    ConsentKind.PROCEDURE: (0, 0),
    ConsentKind.DECISION_CHECKLIST: (0, 1),
    ConsentKind.ANESTHESIA: (1, 0),
    ConsentKind.PHOTOGRAPHS: (1, 1),
}


class ConsentRow(PickRow):
    def __init__(self, consent: ConsentFacts, surgery_on: dt.date | None) -> None:
        state, tone = state_of(consent, surgery_on)
        lines = [name_of(consent), sides_of(consent), days_of(consent, surgery_on), lacking_of(consent, surgery_on)]
        super().__init__(". ".join(filter(None, (state, *lines))))
        self.consent_id = consent.consent_id
        self.setObjectName(f"consent_{consent.consent_id}")
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(Text(lines[0], "strong", wrap=True), 1)
        head.addWidget(Pill(state, tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_S), px(SPACE_S), px(SPACE_S), px(SPACE_S))
        column.setSpacing(px(SPACE_XS))
        column.addLayout(head)
        for words, role_tone in ((lines[1], None), (lines[2], "muted"), (lines[3], tone)):
            if words:
                column.addWidget(Text(words, "muted" if role_tone == "muted" else "body", wrap=True, tone=role_tone))


class ConsentList(QScrollArea):
    opened = Signal(int)
    """The number of the consent somebody opens."""
    new_asked = Signal(object)
    """The `ConsentKind` of one that is begun."""

    def __init__(self, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_edit = may_edit
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setProperty("kind", "page")
        self.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, px(SPACE_S), px(SPACE_S))
        column.setSpacing(px(SPACE_L))
        self.warning = Card("The plan cannot be signed")
        self._warned = QVBoxLayout()
        self.warning.add(self._warned)
        column.addWidget(self.warning)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(SPACE_L))
        for at in (0, 1):
            self._grid.setColumnStretch(at, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.cards = {kind: _KindCard(kind) for kind in _PLACES}
        for kind, card in self.cards.items():
            self._grid.addWidget(card, *_PLACES[kind])
            card.new_button.clicked.connect(partial(self.new_asked.emit, kind))
            card.opened.connect(self.opened)

    def show_consents(
        self, consents: tuple[ConsentFacts, ...], plan: Values, surgery_on: dt.date | None, *, is_open: bool
    ) -> None:
        """`is_open` False: the case is closed, nothing new is begun."""
        sides = operated_sides(plan)
        needed = {
            ConsentKind.PROCEDURE: bool(sides),
            ConsentKind.DECISION_CHECKLIST: needs_device_checklist(plan),
            ConsentKind.ANESTHESIA: bool(sides) and plan.get("anesthesia_kind") is not None,
            ConsentKind.PHOTOGRAPHS: None,
        }
        for kind, card in self.cards.items():
            of_kind = [consent for consent in reversed(consents) if consent.kind is kind]
            card.show_consents(of_kind, needed[kind], surgery_on, may_begin=self._may_edit and is_open)
        points = consent_points(consents, sides, needed[ConsentKind.DECISION_CHECKLIST] or False, surgery_on)
        self._warn([point for point in points if point.blocks])

    def focus_first(self) -> None:
        rows = self.findChildren(ConsentRow)
        buttons = [card.new_button for card in self.cards.values() if not card.new_button.isHidden()]
        for each in (*rows, *buttons)[:1]:
            each.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_consent(self, consent_id: int | None) -> None:
        """The row of a consent that was left, else the first."""
        row = self.findChild(ConsentRow, f"consent_{consent_id}")
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _warn(self, blocking: list[OpenPoint]) -> None:
        while (item := self._warned.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if blocking:
            self._warned.addWidget(AttentionList([AttentionPoint(p.text, p.detail, "danger") for p in blocking]))
        self.warning.setVisible(bool(blocking))


class _KindCard(Card):
    """What there is of one kind, the newest first, and the key that begins another."""

    opened = Signal(int)

    def __init__(self, kind: ConsentKind) -> None:
        super().__init__(kind.label)
        self._kind = kind
        self.state = FlowRow()
        self.trail(self.state)
        self.rows = WalkedList(spacing=SPACE_S)
        self.nothing = Text("", "muted", wrap=True)
        self.new_button = button("New …", icon="add")
        self.new_button.setObjectName(f"new_{kind.value}")
        self.new_button.setAccessibleName(f"New: {kind.label}")
        foot = QHBoxLayout()
        foot.addWidget(self.new_button)
        foot.addStretch(1)
        self.add(self.nothing)
        self.add(self.rows)
        self.add(foot)
        self.body.addStretch(1)

    def show_consents(
        self, consents: list[ConsentFacts], needed: bool | None, surgery_on: dt.date | None, *, may_begin: bool
    ) -> None:
        self.rows.clear()
        for consent in consents:
            row = ConsentRow(consent, surgery_on)
            row.opened.connect(partial(self.opened.emit, consent.consent_id))
            self.rows.add(row)
            stand_after(stop_before(self.new_button), [row])
        none_stands = not any(consent.stands for consent in consents)
        pill, sentence, tone = nothing_of(self._kind, needed, bool(consents))
        self.state.clear()
        if none_stands:
            self.state.add(Pill(pill, tone))
        self.nothing.setText(sentence)
        self.nothing.setVisible(none_stands)
        self.new_button.setVisible(may_begin)
