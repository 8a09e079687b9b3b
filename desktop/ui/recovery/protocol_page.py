"""The recovery protocol to be read by the surgeon whose name is to stand under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.recovery import day_label
from desktop.rules.recovery_protocol import ProtocolItem
from desktop.services.recovery_protocol import ProtocolFile
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px


class ProtocolPage(QWidget):
    approved = Signal()
    left = Signal()

    def __init__(self, file: ProtocolFile, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        protocol = file.protocol
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addWidget(Text(f"{protocol.name}, version {protocol.version}", "title", wrap=True))
        column.addWidget(
            Text(
                "Your name will stand on every page made from exactly this wording, its warning signs included. A "
                "later change of a single letter needs a new approval. One patient's own days are changed on "
                "that patient's recovery page.",
                wrap=True,
            )
        )
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("The text of the protocol")
        self.area.setWidget(_text_of(file))
        card = Card()
        card.add(self.area, 1)
        column.addWidget(card, 1)
        self.approve = button(f"Approve as {who}", primary=True, icon="sign")
        self.approve.setObjectName("approve")
        self.approve.clicked.connect(self.approved)
        back = button("Back")
        back.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.approve)
        column.addLayout(foot)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)


def _text_of(file: ProtocolFile) -> QWidget:
    made = QWidget()
    made.setProperty("kind", "page")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, px(SPACE_S), 0)
    column.setSpacing(px(SPACE_S))
    protocol = file.protocol
    days = "1 day" if protocol.routine_after_days == 1 else f"{protocol.routine_after_days} days"
    column.addWidget(_line("Everyday routine", f"after {days}, unless the surgeon's plan says another number"))
    column.addWidget(Text("What is asked", "heading"))
    for item in sorted((i for i in protocol.items if not i.is_limit), key=lambda i: i.start_day):
        column.addWidget(_line(_when(item), item.worded()))
    column.addWidget(Text("Limits", "heading"))
    for item in (i for i in protocol.items if i.is_limit):
        last = f"day {item.end_day}"
        column.addWidget(_line(_when(item), item.worded().replace("{until}", last)))
    column.addWidget(Text("Warning signs", "heading"))
    for flag in file.red_flags.flags:
        column.addWidget(_line(flag.action.title, f"{flag.text}. On the phone: {flag.shown}"))
    column.addWidget(Text("Sources", "heading"))
    for source in (*protocol.sources, *file.red_flags.sources):
        column.addWidget(Text(source, "muted", wrap=True))
    column.addStretch(1)
    return made


def _line(name: str, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(SPACE_L))
    label = Text(name, "strong", wrap=True)
    label.setFixedWidth(px(190))
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    row.addWidget(label)
    row.addWidget(Text(words, wrap=True), 1)
    return made


def _when(item: ProtocolItem) -> str:
    first, last = day_label(item.start_day), day_label(item.end_day)
    drains = ", with a drain" if item.applies_to == "drains" else ""
    return f"{first}{drains}" if item.start_day == item.end_day else f"{first} to {last.lower()}{drains}"
