"""Where a recovery stands: the day of surgery, the day today, and when everyday routine is expected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.rules.dates import show_date
from desktop.rules.recovery import date_of, day_label
from desktop.services.recovery_view import ROUTINE, ChecklistView
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, FactPair, Pill
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px
from desktop.ui.recovery.day_section import written_out
from desktop.ui.recovery.inline_entry import InlineEntry


class RecoveryHeader(Card):
    routine_asked = Signal()
    follow_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._facts = QHBoxLayout()
        self._facts.setSpacing(px(SPACE_L))
        self.change = button("Change the days …")
        self.change.setObjectName("change_routine")
        self.change.clicked.connect(self.routine_asked)
        top = QHBoxLayout()
        top.setSpacing(px(SPACE_L))
        top.addLayout(self._facts, 1)
        top.addWidget(self.change)
        self.add(top)
        self._pills = FlowRow()
        self.add(self._pills)
        self._moved = Text("", "body", wrap=True, tone="danger")
        self.follow = button("")
        self.follow.setObjectName("follow_surgery")
        self.follow.clicked.connect(self.follow_asked)
        moved = QHBoxLayout()
        moved.setSpacing(px(SPACE_S))
        moved.addWidget(self._moved, 1)
        moved.addWidget(self.follow)
        self.add(moved)
        self._stage = QVBoxLayout()
        self.add(self._stage)
        self.entry: InlineEntry | None = None

    def show_view(self, view: ChecklistView) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        days = "1 day" if view.routine_after_days == 1 else f"{view.routine_after_days} days"
        who = f"set by {view.routine_set_by}" if view.routine_set_by else "by the protocol"
        for caption, value, stretch in (
            ("Surgery", written_out(view.surgery_on), 3),
            ("Today", _today(view), 3),
            ("Everyday routine", f"after {days}, {show_date(view.routine_on)} ({who})", 4),
        ):
            self._facts.addWidget(FactPair(caption, value), stretch)
        self.change.setVisible(view.may_override)
        self._show_pills(view)
        self._show_moved(view)

    def open_entry(self, entry: InlineEntry) -> None:
        self.close_entry()
        self.entry = entry
        self._stage.addWidget(entry)
        entry.focus_first()

    def close_entry(self) -> None:
        if self.entry is not None:
            self._stage.removeWidget(self.entry)
            self.entry.hide()
            self.entry.deleteLater()
            self.entry = None
            self.change.setFocus()

    def _show_pills(self, view: ChecklistView) -> None:
        self._pills.clear()
        named = f"{view.protocol_name}, version {view.protocol_version}"
        if view.approval.approved_by:
            self._pills.add(Pill(f"{named}: approved by {view.approval.approved_by}", "good"))
        else:
            self._pills.add(Pill(f"{named}: to be approved by your surgeon", "warning"))
        if override := view.override_of(ROUTINE):
            on = show_date(override.made_at.astimezone().date())
            words = f"Changed by {override.made_by}, {on}: {override.old_day} → {override.new_day} days"
            self._pills.add(Pill(f"{words} ({override.reason})", "accent"))
        if view.reports:
            latest = view.reports[0]
            on = show_date(latest.at.astimezone().date())
            self._pills.add(Pill(f"! {latest.title}, reported {on} to {latest.by}", "danger"))

    def _show_moved(self, view: ChecklistView) -> None:
        is_moved = view.surgery_moved_to is not None
        self._moved.setVisible(is_moved)
        self.follow.setVisible(is_moved and view.may_tick)
        if view.surgery_moved_to is not None:
            then = show_date(view.surgery_moved_to)
            self._moved.setText(f"The revision plan says now that surgery is on {then}.")
            self.follow.setText(f"Count from {then}")


def _today(view: ChecklistView) -> str:
    today = show_date(date_of(view.surgery_on, view.today))
    if view.today < 0:
        left = "tomorrow" if view.today == -1 else f"in {-view.today} days"
        return f"Surgery is {left}"
    name = day_label(view.today)
    return f"{name} (day {view.today}), {today}" if name.startswith("Week") else f"{name}, {today}"
