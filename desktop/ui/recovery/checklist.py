"""The checklist itself: limits and days as sections, today's open, every answer one key away."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.services.recovery_view import ChecklistView, DayGroup, ItemLine
from desktop.ui.kit.pick_row import WalkedList
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.recovery.day_section import DaySection, written_out
from desktop.ui.recovery.item_row import ItemRow

LIMITS = "limits"


class ChecklistPage(QScrollArea):
    """Rebuilt only when other lines stand there; else each line is shown anew where it is."""

    answered = Signal(object, object)
    move_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = WalkedList(SPACE_S)
        self._list.column.setContentsMargins(0, 0, px(SPACE_S), 0)
        self.setWidget(self._list)
        self.sections: dict[str, DaySection] = {}
        self.rows: dict[int, ItemRow] = {}
        self._shape: tuple[object, ...] = ()

    def show_view(self, view: ChecklistView) -> None:
        if self.is_rebuilt_for(view):
            self._rebuild(view, keeps_place=bool(self._shape) and self._shape[0] == view.id)
            self._shape = _shape(view)
        for item in _lines(view):
            self.rows[item.id].show_item(item, view.override_of(item.code), may_move=_may_move(view, item))
        for group in view.days:
            self.sections[str(group.day)].show_count(group.answered, len(group.items), group.state)
        if LIMITS in self.sections:
            self.sections[LIMITS].show_count(0, 0, None)

    def is_rebuilt_for(self, view: ChecklistView) -> bool:
        return _shape(view) != self._shape

    def focus_today(self, view: ChecklistView) -> None:
        """The first line of the day that is open: today's, or the next one that has something to do."""
        section = self.sections[str(_day_to_open(view))]
        section.focus_first()
        QTimer.singleShot(0, section, lambda: self._show_section(section))

    def line(self, code: str, start_day: int) -> ItemRow | None:
        rows = (row for row in self.rows.values() if (row.item.code, row.item.start_day) == (code, start_day))
        return next(rows, None)

    def reveal(self, row: ItemRow) -> None:
        for section in self.sections.values():
            if section.isAncestorOf(row):
                section.set_open(True)
        self.ensureWidgetVisible(row)

    def _show_section(self, section: DaySection) -> None:
        self.verticalScrollBar().setValue(section.y())

    def _rebuild(self, view: ChecklistView, *, keeps_place: bool) -> None:
        opened = {name for name, section in self.sections.items() if section.is_open()}
        focused = next((row.item.id for row in self.rows.values() if row.hasFocus()), None)
        self.sections, self.rows = {}, {}
        self._list.clear()
        if not keeps_place:
            opened = {str(_day_to_open(view)), LIMITS}
        if view.limits:
            until = max(limit.end_day for limit in view.limits)
            self._add(view, LIMITS, "Limits", f"until day {until}", view.limits, opened)
        for group in view.days:
            self._add(view, str(group.day), group.label, _when(group), group.items, opened)
        self._list.column.addStretch(1)
        if focused in self.rows:
            self.rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(
        self, view: ChecklistView, name: str, label: str, when: str, items: tuple[ItemLine, ...], opened: set[str]
    ) -> None:
        section = DaySection(f"day_{name}", label, when)
        rows = [self._row(view, item) for item in items]
        section.set_rows(rows)
        section.set_open(name in opened)
        self.sections[name] = section
        self._list.add(section)

    def _row(self, view: ChecklistView, item: ItemLine) -> ItemRow:
        may_move = _may_move(view, item)
        row = ItemRow(item, view.override_of(item.code), view.today, may_tick=view.may_tick, may_move=may_move)
        row.answered.connect(self.answered)
        row.move_asked.connect(self.move_asked)
        self.rows[item.id] = row
        return row


def _shape(view: ChecklistView) -> tuple[object, ...]:
    return view.id, view.surgery_on, view.today, tuple((item.id, item.start_day) for item in _lines(view))


def _lines(view: ChecklistView) -> Iterator[ItemLine]:
    yield from view.limits
    for group in view.days:
        yield from group.items


def _may_move(view: ChecklistView, item: ItemLine) -> bool:
    """Only what is still to come has a day that can change; of several lines of one item the last one offers it."""
    if not view.may_override:
        return False
    lasts = [line.start_day for line in _lines(view) if line.code == item.code]
    return item.start_day == max(lasts) and (item.end_day > view.today or item.is_limit)


def _day_to_open(view: ChecklistView) -> int:
    days = [group.day for group in view.days]
    return next((day for day in days if day >= view.today), days[-1])


def _when(group: DayGroup) -> str:
    number = f"day {group.day} · " if group.label.startswith("Week") else ""
    return f"{number}{written_out(group.date)}"
