"""Two records side by side before they become one: every answer, what moves, and what a person has to decide."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.dates import show_age, show_date
from desktop.rules.merge import Question, Standing, unanswered
from desktop.rules.search_key import digits
from desktop.services.merge_preview import MergePreview
from desktop.services.patient import PatientHeader
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, Pill
from desktop.ui.kit.clock import today
from desktop.ui.kit.entry import LineEntry
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px
from desktop.ui.patient.pair_rows import PairRows


class MergeView(QWidget):
    """Merging stays out of reach until everything is decided and the number of the record that goes is typed."""

    merge_asked = Signal(object)
    swap_asked = Signal()
    left = Signal()

    def __init__(self, preview: MergePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = preview
        self._groups: dict[str, QButtonGroup] = {}
        kept, goes = preview.kept, preview.merged
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        who = QHBoxLayout()
        who.setSpacing(px(SPACE_L))
        who.addWidget(person_card("This record stays", kept), 1)
        who.addWidget(person_card("This record goes", goes), 1)
        column.addLayout(who)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, px(SPACE_S), 0)
        inside.setSpacing(px(SPACE_M))
        if preview.questions:
            inside.addWidget(self._questions())
        self.pairs = self._answers()
        answers = Card("Every answer of both")
        answers.add(self.pairs)
        inside.addWidget(answers)
        inside.addWidget(self._records())
        inside.addStretch(1)
        column.addWidget(scrolling(page), 1)
        column.addLayout(self._foot())
        for group in (*self._groups.values(), *self.pairs.choices.values()):
            group.idToggled.connect(lambda _at, _on: self._show_state())
        self._show_state()

    def chosen(self) -> dict[str, str]:
        options = {question.key: question.options for question in self.preview.questions}
        picked = {key: group.checkedId() for key, group in self._groups.items()}
        return self.pairs.chosen() | {key: options[key][at][0] for key, at in picked.items() if at >= 0}

    def focus_first(self) -> None:
        """The first thing to be decided, else the line that confirms."""
        asked = [group.buttons()[0] for group in (*self._groups.values(), *self.pairs.choices.values())]
        (asked[0] if asked else self.confirm.line).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _questions(self) -> Card:
        card = Card("To be decided first")
        for question in self.preview.questions:
            card.add(Text(question.sentence, wrap=True))
            card.add(self._options(question))
        return card

    def _options(self, question: Question) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(px(SPACE_S), 0, 0, px(SPACE_S))
        column.setSpacing(px(2))
        group = self._groups[question.key] = QButtonGroup(self)
        for at, (_value, words) in enumerate(question.options):
            choice = QRadioButton(words.replace("&", "&&"))
            choice.setObjectName(f"{question.key}.{at}")
            choice.setAccessibleName(f"{question.sentence} {words}")
            group.addButton(choice, at)
            column.addWidget(choice)
        return made

    def _answers(self) -> PairRows:
        kept, goes = self.preview.kept.record_number, self.preview.merged.record_number
        pairs = PairRows(kept, goes)
        marks = {
            Standing.SAME: "the same",
            Standing.KEPT: f"only in {kept}, stays",
            Standing.OTHER: f"only in {goes}, taken over",
            Standing.BOTH: "those of both stand",
        }
        for pair in self.preview.fields:
            words = (pair.kept, pair.other)
            if pair.standing is Standing.ASKED:
                pairs.ask(pair.name, pair.label, words, "≠ different: choose one")
            elif any(words):
                tone = "muted" if pair.standing in (Standing.SAME, Standing.KEPT) else "accent"
                pairs.add(pair.label, words, marks[pair.standing], tone=tone)
        return pairs

    def _records(self) -> Card:
        kept, goes = self.preview.kept.record_number, self.preview.merged.record_number
        card = Card(f"What moves from record {goes} to record {kept}")
        moves = " · ".join(self.preview.moves) or f"Nothing: record {goes} has no operation, case or document."
        card.add(Text(moves, wrap=True))
        signed = "What was signed or given stays word for word as it was. Nothing is deleted, and all can be undone."
        card.add(Text(signed, "muted", wrap=True))
        for remark in self.preview.remarks:
            card.add(Text(remark, wrap=True, tone="warning"))
        return card

    def _foot(self) -> QHBoxLayout:
        number = self.preview.merged.record_number
        self.confirm = LineEntry("confirm_number", f"To merge, type the number of the record that goes: {number}")
        self.confirm.line.setMaxLength(20)
        self.confirm.edited.connect(self._show_state)
        self.confirm.line.returnPressed.connect(self._merge)
        back, swap = button("Choose another"), button("Keep the other one instead")
        swap.setObjectName("swap")
        self.merge_button = button("Merge these two", primary=True)
        self.merge_button.setObjectName("merge")
        back.clicked.connect(self.left)
        swap.clicked.connect(self.swap_asked)
        self.merge_button.clicked.connect(self._merge)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.confirm, 1)
        for each in (back, swap, self.merge_button):
            foot.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        return foot

    def _show_state(self) -> None:
        left = unanswered(self.preview.asked, self.preview.questions, self.chosen())
        is_typed = digits(self.confirm.words()) == digits(self.preview.merged.record_number)
        things = "1 thing is" if len(left) == 1 else f"{len(left)} things are"
        self.confirm.set_hint(f"{things} still to be decided above." if left else "", "warning")
        self.merge_button.setEnabled(not left and is_typed)

    def _merge(self) -> None:
        if self.merge_button.isEnabled():
            self.merge_asked.emit(self.chosen())


def person_card(title: str, header: PatientHeader) -> Card:
    """Who it is in large: two of these side by side are never taken for one another."""
    card = Card(title)
    card.add(Text(header.full_name, "title", wrap=True))
    card.add(Text(f"Record {header.record_number}", "title"))
    born = f"Born {show_date(header.birth_date)} · {show_age(header.birth_date, today())}"
    card.add(Text(" · ".join(filter(None, (born, header.phone))), wrap=True))
    pills = FlowRow()
    for alert in header.alerts:
        pills.add(Pill(alert.text, alert.tone))
    card.add(pills)
    return card
