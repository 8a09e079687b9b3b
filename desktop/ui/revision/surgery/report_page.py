"""The report itself: what was done beside the plan, the devices, what was found; and beside it what is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.forms.operative_report import REPORT_FORM
from desktop.rules.dates import show_partial_date
from desktop.rules.open_point import OpenPoint
from desktop.rules.performed import following_event
from desktop.rules.permission import Verb, may
from desktop.rules.report_comparison import compare, left_as_planned
from desktop.rules.report_facts import ReportFacts
from desktop.rules.report_points import report_points
from desktop.services.draft import DraftOf
from desktop.services.operative_report import open_report, save_report
from desktop.services.record import Snapshot
from desktop.services.report_file import ReportFile
from desktop.ui.kit.aligned_sides import AlignedSides
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import SunkenBox
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, px
from desktop.ui.kit.withdraw_line import WithdrawLine
from desktop.ui.revision.surgery.comparison_card import ComparisonCard
from desktop.ui.revision.surgery.device_cards import DeviceCards
from desktop.ui.revision.surgery.found_card import FoundCards
from desktop.ui.revision.surgery.planned_hints import PlannedHints
from desktop.ui.revision.surgery.report_column import ReportColumn
from desktop.ui.revision.surgery.steps_editor import StepsEditor

STEP_KEYS = "Space: as planned, and on to the next · I: something else instead · N: not done"
FOUND_SINCE = "What was found was changed after signing"
FOUND_SINCE_MEANS = "The signed report says otherwise. Amend it, or take the change back in the assessment."
READ_ONLY = "You can read this; your role does not include changing it."
CLOSED = "This case is closed. Open it again to change it."


class ReportPage(QWidget):
    """What stands beside the form follows what is typed, before it is saved."""

    operation_asked = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = background.actor.roles
        self.file: ReportFile | None = None
        self._shown_id: int | None = None
        self._is_closed = False
        self.editor = RecordEditor(REPORT_FORM, background)
        form = self.editor.form
        AlignedSides(form.boxes, self.editor)
        form.boxes["steps"].say(STEP_KEYS)
        self.hints = PlannedHints(form)
        self.about = SunkenBox()
        self._facts, self._otherwise = Text("", wrap=True), Text("", "muted", wrap=True)
        self.about.add(self._facts)
        self.about.add(self._otherwise)
        form.add_above(self.about)
        self.devices, self.found, self.comparison = DeviceCards(), FoundCards(), ComparisonCard()
        for each in (self.devices, self.found, self.comparison):
            form.add_below(each)
        self.withdraw_line = WithdrawLine("this report")
        self.editor.add_below(self.withdraw_line)
        self.column = ReportColumn()
        self.column.rest_asked.connect(self._ask_for_rest)
        self.column.rest_taken.connect(self._take_rest)
        self.column.operation_asked.connect(self.operation_asked)
        self.column.withdraw_asked.connect(self.withdraw_line.ask)
        self.editor.opened.connect(lambda _snapshot: self._guard())
        self.editor.saved.connect(lambda _snapshot: self._guard())
        form.edited.connect(self.refresh)
        left = QVBoxLayout()
        left.addWidget(self.editor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_L))
        row.addLayout(left, 1)
        row.addWidget(self.column)

    @property
    def steps(self) -> StepsEditor:
        editor = self.editor.form.boxes["steps"].editor
        assert isinstance(editor, StepsEditor), "its module registered it"
        return editor

    def open(self, patient_id: int, file: ReportFile, *, is_closed: bool) -> None:
        """Another report, or another version of it; what was typed and not saved comes back over it."""
        report_id = _id_of(file)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_report(session, opened, values, patient_id)

        self._shown_id = report_id
        self.show_file(file, is_closed=is_closed)
        self.editor.edit(
            Verbs(lambda session: open_report(session, report_id), save), DraftOf(REPORT_FORM.name, str(report_id))
        )

    def is_showing(self, file: ReportFile) -> bool:
        return file.report is not None and self._shown_id == file.report.id

    def forget(self) -> None:
        self._shown_id, self.file = None, None

    def show_file(self, file: ReportFile, *, is_closed: bool) -> None:
        """What stands beside the form, and the form itself where nobody types in it."""
        self.file, self._is_closed = file, is_closed
        self.steps.show_contingencies(file.contingencies)
        self.hints.show_planned(file.facts.planned)
        facts = file.facts
        on = show_partial_date(facts.happened_on) if facts.happened_on else "day not known"
        self._facts.setText(
            f"Operation of {on} · {facts.surgeon or 'surgeon not named'} · plan version {file.plan_version}"
        )
        self._otherwise.setText(f"If it is different: {file.contingency_note}" if file.contingency_note else "")
        self._otherwise.setVisible(bool(file.contingency_note))
        if file.report is not None and self.editor.snapshot is not None:
            self.editor.renew(file.report)
            self._guard()
        self.refresh()

    def facts(self) -> ReportFacts | None:
        """With what is typed, saved or not, and what the operation will say then."""
        if self.file is None:
            return None
        if self.editor.snapshot is None or self.editor.snapshot.id != self._shown_id:
            return self.file.facts
        stored, typed = self.file.facts, self.editor.form.values()
        events = {side: following_event(side, event, stored.report, typed) for side, event in stored.events.items()}
        return replace(stored, report=typed, events=events)

    def points(self) -> tuple[OpenPoint, ...]:
        facts, file = self.facts(), self.file
        if facts is None or file is None:
            return ()
        since = [OpenPoint(FOUND_SINCE, FOUND_SINCE_MEANS, to_know=True)] if file.is_found_changed else []
        return (*since, *report_points(facts))

    def refresh(self) -> None:
        facts, file = self.facts(), self.file
        if facts is None or file is None:
            return
        may_write = self._may_write()
        _answers, rest = left_as_planned(facts)
        self.devices.show_facts(facts, may_write=may_write)
        self.found.show_facts(facts, may_write=may_write)
        self.comparison.show_lines(compare(facts))
        self.column.show_report(
            file,
            self.points(),
            may_write=may(self._roles, Verb.EDIT_REPORT) and not self._is_closed,
            may_sign=may(self._roles, Verb.SIGN_REPORT) and not self._is_closed,
            has_rest=bool(rest),
        )

    def focus_first(self) -> None:
        """What is frozen takes no answers: there the keyboard goes to what can be done next."""
        if self._may_write():
            self.editor.form.boxes["steps"].editor.widget.setFocus()
        else:
            column = self.column
            (column.print_button if column.amend_button.isHidden() else column.amend_button).setFocus()

    def _may_write(self) -> bool:
        newest = self.file.newest if self.file else None
        is_signed = newest is not None and newest.signed_at is not None
        return may(self._roles, Verb.EDIT_REPORT) and not self._is_closed and not is_signed

    def _guard(self) -> None:
        editor, may_write = self.editor, may(self._roles, Verb.EDIT_REPORT)
        if editor.snapshot is not None and editor.snapshot.is_signed:
            editor.set_read_only(True)
            editor.messages.note("Signed. It is amended by a new version." if may_write else "Signed.")
        elif not may_write or self._is_closed:
            editor.set_read_only(True)
            editor.messages.note(CLOSED if may_write else READ_ONLY)
        self.hints.set_read_only(not self._may_write())
        self.refresh()

    def _ask_for_rest(self) -> None:
        facts = self.facts()
        if facts is not None:
            self.column.ask_for_rest(left_as_planned(facts)[1])

    def _take_rest(self) -> None:
        """As if each of them had been answered one by one; it is not saved yet."""
        facts = self.facts()
        answers = left_as_planned(facts)[0] if facts is not None else {}
        for name, answer in answers.items():
            editor = self.editor.form.boxes[name].editor
            editor.set_value(answer)
            editor.edited.emit()
        self.editor.save_button.setFocus()


def _id_of(file: ReportFile) -> int:
    assert file.report is not None, "a page shows a report that was begun"
    assert file.report.id is not None, "a begun report is stored"
    return file.report.id
