"""Edits the steps of an operative report: RIGHT in the left column, each with its contingencies under it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.operative_report import PerformedStepsField
from desktop.models.choices import PlanStep, Side, StepOutcome
from desktop.rules.reading import clean_line
from desktop.rules.report_facts import PlannedContingency
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import SideHeading
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.tab_order import stand_for
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, px
from desktop.ui.revision.surgery.step_row import Answers, StepRow, tab_anchor

_NOTHING = "Nothing was planned here."


class SideSteps(QWidget):
    """The steps of one side, what may be added to them, and what the plan says if it is different."""

    def __init__(self, side: Side, editor: StepsEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self.side, self._editor = side, editor
        self.rows: list[StepRow] = []
        self._read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(SideHeading("right" if side is Side.RIGHT else "left", parent=self))
        self._start = tab_anchor(self)
        self.nothing = Text(_NOTHING, "muted", parent=self)
        column.addWidget(self.nothing)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(px(SPACE_S))
        column.addLayout(self._steps)
        self.add_button = button("Add a step that was not planned", icon="add")
        self.add_button.setObjectName(f"{side.label.lower()}.add_step")
        self.add_button.setAccessibleName(f"{side.label}: add a step that was not planned")
        self.add_button.clicked.connect(lambda: self.add(None, ""))
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.otherwise = QWidget(self)
        self._otherwise = QVBoxLayout(self.otherwise)
        self._otherwise.setContentsMargins(0, px(SPACE_S), 0, 0)
        self._otherwise.setSpacing(px(SPACE_XS))
        column.addWidget(self.otherwise)
        column.addStretch(1)

    def fill(self, answers: Sequence[Answers]) -> None:
        """Rows that are there already are filled anew, so that the keyboard stays where it is."""
        wanted = [each.get("planned") or "" for each in answers]
        if wanted != [row.planned.value if row.planned else "" for row in self.rows]:
            for row in self.rows:
                self._discard(row)
            self.rows = [self._row(PlanStep.from_code(code) if code else None) for code in wanted]
        for row, each in zip(self.rows, answers, strict=True):
            row.retype(each)
        self._number()

    def add(self, step: PlanStep | None, reason: str, *, take_focus: bool = True) -> None:
        row = self._row(None)
        row.retype({"id": None, "performed": step.value if step else "", "reason": reason})
        self.rows.append(row)
        self._number()
        if take_focus:
            row.take_focus()
        self._editor.edited.emit()

    def show_contingencies(self, contingencies: Sequence[PlannedContingency]) -> None:
        while (item := self._otherwise.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, each in enumerate(contingencies, start=1):
            then = ", ".join(filter(None, (*(step.label for step in each.steps), each.then or "")))
            words = Text(f"{each.condition} → {then or 'not said'}", "small", wrap=True, parent=self.otherwise)
            self._otherwise.addWidget(words)
            if each.steps and not self._read_only:
                take = Button("It was so: add these steps", "link", self.otherwise)
                take.setObjectName(f"{self.side.label.lower()}.contingency.{number}")
                take.setAccessibleName(f"{self.side.label}: {each.condition}. It was so: add {then}")
                take.clicked.connect(lambda _checked=False, each=each: self._take_over(each))
                self._otherwise.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
        self.otherwise.setVisible(bool(contingencies))
        self._order_tabs()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.add_button.setVisible(not read_only)
        for row in self.rows:
            row.set_read_only(read_only)

    def _take_over(self, contingency: PlannedContingency) -> None:
        """Its steps with it as their reason; one that is there for that reason already is not added again."""
        there = {(row.typed()["performed"], row.typed()["reason"]) for row in self.rows}
        for step in contingency.steps:
            if (step.value, contingency.condition) not in there:
                self.add(step, contingency.condition, take_focus=False)

    def _row(self, planned: PlanStep | None) -> StepRow:
        row = StepRow(self.side.label, planned, self)
        row.set_read_only(self._read_only)
        row.changed.connect(self._editor.edited)
        row.answered.connect(lambda: self._editor.go_on(row))
        row.removed.connect(lambda: self._remove(row))
        self._steps.addWidget(row)
        row.show()
        return row

    def _remove(self, row: StepRow) -> None:
        self.rows.remove(row)
        self._discard(row)
        self._number()
        self.add_button.setFocus(Qt.FocusReason.TabFocusReason)
        self._editor.edited.emit()

    def _discard(self, row: StepRow) -> None:
        self._steps.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _number(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            row.name_it(number)
        self.nothing.setVisible(not self.rows)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """What is made later stands at the end of the keyboard's way unless it is put where it is seen."""
        steps = [each for row in self.rows for each in row.inputs()]
        otherwise = self.otherwise.findChildren(Button)
        for one, following in pairwise([self._start, *steps, self.add_button, *otherwise]):
            QWidget.setTabOrder(one, following)


class StepsEditor(Editor):
    """Every step stands there from the beginning, unanswered; Space answers “as planned” and goes on to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.widget = QWidget()
        line = QHBoxLayout(self.widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(SPACE_L))
        self.sides = {side: SideSteps(side, self, self.widget) for side in Side}
        for column in self.sides.values():
            line.addWidget(column, 1)
        self._contingencies: tuple[PlannedContingency, ...] = ()
        self._read_only = False
        self.edited.connect(self._guide)
        self._guide()

    def show_contingencies(self, contingencies: tuple[PlannedContingency, ...]) -> None:
        if contingencies != self._contingencies:
            self._contingencies = contingencies
            self._show_contingencies()

    def go_on(self, row: StepRow) -> None:
        """The next step that is open, in this side, then in the other; behind the last one the form goes on."""
        rows = self._rows()
        at = rows.index(row)
        following = next((each for each in (*rows[at + 1 :], *rows[:at]) if each.is_open()), None)
        if following is not None:
            following.take_focus()
        else:
            self.sides[Side.LEFT].add_button.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def value(self) -> tuple[dict[str, Any], ...]:
        return tuple(_read(each) for each in self.typed())

    @override
    def set_value(self, value: Any) -> None:
        self.retype([_plain(each) for each in value or ()])

    @override
    def typed(self) -> list[dict[str, Any]]:
        return [row.typed() | {"side": side.value} for side, column in self.sides.items() for row in column.rows]

    @override
    def retype(self, typed: Any) -> None:
        for side, column in self.sides.items():
            column.fill([each for each in typed or () if each.get("side") == side.value])
        self._guide()

    @override
    def keys(self) -> str:
        return "Space: as planned, and on to the next. I: something else instead. N: not done. Delete: no answer"

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for column in self.sides.values():
            column.set_read_only(read_only)
        self._show_contingencies()
        self._guide()

    def _show_contingencies(self) -> None:
        for side, column in self.sides.items():
            column.show_contingencies([each for each in self._contingencies if each.side is side])

    def _rows(self) -> list[StepRow]:
        return [row for column in self.sides.values() for row in column.rows]

    def _guide(self) -> None:
        """Whoever comes to the steps comes to the first that is open."""
        if self._read_only:
            stand_for(self.widget, None)
            return
        rows = self._rows()
        first = next((row for row in rows if row.is_open()), None)
        where: QWidget = self.sides[Side.RIGHT].add_button
        if first is not None and first.planned is not None and not first.outcome():
            where = first.segments
        elif first is not None and first.is_open():
            where = first.reason
        self.widget.setFocusProxy(where)


def _read(typed: Answers) -> dict[str, Any]:
    outcome, planned, performed = typed["outcome"], typed["planned"], typed["performed"]
    return {
        "id": typed.get("id"),
        "side": Side.from_code(typed["side"]),
        "planned": PlanStep.from_code(planned) if planned else None,
        "outcome": StepOutcome.from_code(outcome) if outcome else None,
        "performed": PlanStep.from_code(performed) if performed else None,
        "reason": clean_line(typed["reason"]) or None,
    }


def _plain(row: Any) -> Answers:
    """A stored row as if it had been typed."""
    answers = {name: row.get(name) for name in ("side", "planned", "outcome", "performed")}
    plain: Answers = {name: answer.value if answer is not None else "" for name, answer in answers.items()}
    return plain | {"id": row.get("id"), "reason": row.get("reason") or ""}


@editor_for.register
def _(field: PerformedStepsField, lookup: Lookup) -> Editor:
    return StepsEditor()
