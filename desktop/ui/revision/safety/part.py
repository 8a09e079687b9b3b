"""The safety checklist: its phases, the items of one of them in big letters, and the key that finishes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import RecordChanged, UserError
from desktop.models.choices import SafetyAgain, SafetyMoment, SafetyReply, Side
from desktop.rules.permission import Verb, may
from desktop.rules.safety import NOBODY_NAMED, missing_words
from desktop.services.revision import CaseFile
from desktop.services.safety import answer_item, call_again, finish_phase, name_present, read_safety
from desktop.services.safety_file import Phase, PhaseKey, SafetyFile
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Segmented, button
from desktop.ui.kit.cards import Card, Divider, Pill
from desktop.ui.kit.entry import LineEntry
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pick_row import WalkedList, bring_into_view
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px
from desktop.ui.revision.part import CasePart
from desktop.ui.revision.safety.item_row import ItemRow
from desktop.ui.revision.safety.questions import AgainQuestion, FinishQuestion
from desktop.ui.revision.safety.words import remark_of, state_of, tab_of, title_of

CHANGED_MEANWHILE = "Not finished: somebody answered meanwhile. Read it again, then finish."


class SafetyPart(CasePart):
    """What is answered is kept at once; there is nothing to save."""

    key = "safety"
    title = "Safety"
    help_topic = "safety"

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._may_run = may(background.actor.roles, Verb.RUN_CHECKLIST)
        self._patient_id, self._case_id = 0, 0
        self._shown = PhaseKey(SafetyMoment.SIGN_IN)
        self._under_way, self._is_behind, self._has_shown = 0, False, False
        self.file: SafetyFile | None = None
        self.rows: list[ItemRow] = []
        self._rows_of: PhaseKey | None = None
        self._tabs: list[tuple[PhaseKey, str]] = []
        self._head, self._title = QHBoxLayout(), QHBoxLayout()
        self.phases = Segmented("Phase", [])
        self.again_button = button("Time out again …")
        self.again_button.setObjectName("call_again")
        self.again_question = AgainQuestion()
        self.again_button.clicked.connect(self.again_question.ask)
        self.again_question.called.connect(self._call_again)
        self.second = Text("", "strong", tone="warning", wrap=True)
        self.heading, self.state, self.remark = Text("", "title"), Pill(""), Text("", "muted", wrap=True)
        self.present = LineEntry("present", "Who is present, who leads first")
        self.present.line.editingFinished.connect(self._name_present)
        self.list = WalkedList()
        self.area = QScrollArea()
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.finish_question = FinishQuestion(background.actor.name)
        self.finish_question.agreed.connect(self._finish)
        self.messages = MessageBar()
        self.finish_button = button("Finish", primary=True, icon="sign", shortcut="Ctrl+Return")
        self.finish_button.setObjectName("finish")
        self.finish_button.clicked.connect(self._ask_to_finish)
        self._lay_out()

    @override
    def open_case(self, patient_id: int, file: CaseFile) -> None:
        assert file.case.id is not None, "a case file is read from the store"
        if file.case.id != self._case_id:
            self._patient_id, self._case_id, self.file = patient_id, file.case.id, None
            self._has_shown = False
            self.again_question.hide()
            self.finish_question.hide()
            self.messages.clear()
            self._show_rows(())
        self._read()

    @override
    def update_case(self, file: CaseFile) -> None:
        """Somebody else answers too, devices arrive, drugs are given."""
        self._read()

    @override
    def keep_drafts(self) -> None:
        self._name_present()

    @override
    def focus_first(self) -> None:
        open_row = next((row for row in self.rows if row.shown.reply is None), None)
        (open_row or self.phases).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_behind:
            self._read()

    def show_phase(self, key: PhaseKey | None) -> None:
        if key is None:
            self.phases.set_value(self._shown)
            return
        self._name_present()
        self._shown = key
        self.finish_question.hide()
        self.messages.clear()
        if self.file is not None:
            self._show(self.file)

    def _read(self) -> None:
        if not self.isVisible() and self.file is not None:
            self._is_behind = True
            return
        self._is_behind = False
        patient_id, case_id = self._patient_id, self._case_id

        def show(file: SafetyFile) -> None:
            if case_id == self._case_id and not self._under_way:
                self._show(file)

        self.background.read(self, read_safety, patient_id, case_id, done=show)

    def _show(self, file: SafetyFile) -> None:
        self.file = file
        if not self._has_shown:  # the first phase that is not finished is where the team goes on
            self._has_shown = True
            self._shown = next((phase.key for phase in file.phases if not phase.is_finished), file.phases[-1].key)
        if self._shown not in [phase.key for phase in file.phases]:
            self._shown = file.phases[0].key
        self._show_tabs(file)
        phase = file.phase(self._shown)
        may_answer = self._may_run and file.is_open and not phase.is_finished
        self.heading.setText(title_of(phase))
        words, tone = state_of(phase)
        self._pill(words, tone)
        self.remark.setText(remark_of(phase))
        self.remark.set_tone("warning" if phase.waits_for else "muted")
        self.remark.setVisible(bool(self.remark.text()))
        self.second.setText(file.second_side.words if file.second_side else "")
        self.second.set_tone("danger" if file.second_side and file.second_side.is_late else "warning")
        self.second.setVisible(file.second_side is not None)
        if not self.present.line.hasFocus():
            self.present.set_words(phase.present)
        self.present.line.setReadOnly(not may_answer)
        self._show_rows(tuple(phase.lines))
        for row in self.rows:
            row.set_read_only(not may_answer)
        self.finish_button.setVisible(may_answer)
        self.again_button.setVisible(self._may_run and file.is_open)

    def _show_tabs(self, file: SafetyFile) -> None:
        """Made anew when a phase begins or is finished; the keyboard stays where it was."""
        tabs = [(phase.key, tab_of(phase)) for phase in file.phases]
        if tabs != self._tabs:
            self._tabs = tabs
            had_focus = self.phases.isAncestorOf(self.focusWidget() or self)
            made = Segmented("Phase", tabs)
            made.setObjectName("phases")
            made.changed.connect(self.show_phase)
            self._head.replaceWidget(self.phases, made)
            self.phases.hide()
            self.phases.deleteLater()
            self.phases = made
            QWidget.setTabOrder(made, self.again_button)
            if had_focus:
                made.setFocus(Qt.FocusReason.OtherFocusReason)
        self.phases.set_value(self._shown)

    def _pill(self, words: str, tone: Any) -> None:
        made = Pill(words, tone)
        self._title.replaceWidget(self.state, made)
        self.state.hide()
        self.state.deleteLater()
        self.state = made

    def _show_rows(self, lines: tuple[Any, ...]) -> None:
        if [row.shown.line for row in self.rows] == [line.line for line in lines] and self._rows_of == self._shown:
            for row, line in zip(self.rows, lines, strict=True):
                row.show_line(line)
            return
        self._rows_of = self._shown
        self.list.clear()
        self.rows = []
        for line in lines:
            row = ItemRow(line)
            row.answered.connect(lambda reply, comment, row=row: self._answer(row, reply, comment))
            if self.rows:
                self.list.add(Divider())
            self.list.add(row)
            self.rows.append(row)
        self.area.verticalScrollBar().setValue(0)

    def _answer(self, row: ItemRow, reply: SafetyReply | None, comment: str) -> None:
        self.messages.clear()
        shown = row.shown
        row.show_line(replace(shown, reply=reply, comment=comment))
        self._send(answer_item, self._shown, shown.line, reply, comment, shown.text)
        if reply is not None:
            self._move_on(row)
        else:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move_on(self, row: ItemRow) -> None:
        """To the next item that is not answered, else to who is present, else to the key that finishes."""
        at = self.rows.index(row)
        following = [*self.rows[at + 1 :], *self.rows[:at]]
        next_row = next((each for each in following if each.shown.reply is None), None)
        if next_row is not None:
            next_row.setFocus(Qt.FocusReason.TabFocusReason)
        elif not self.present.words():
            self._ask_who_is_present()
        else:
            self.finish_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_who_is_present(self) -> None:
        self.present.line.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_view(self.present)

    def _name_present(self) -> None:
        phase = self._phase()
        if (
            phase is None
            or phase.is_finished
            or self.present.line.isReadOnly()
            or self.present.words() == phase.present
        ):
            return
        self._send(name_present, self._shown, self.present.words())

    def _phase(self) -> Phase | None:
        return self.file.phase(self._shown) if self.file is not None else None

    def _send(self, verb: Callable[..., SafetyFile], *args: Any) -> None:
        """Several answers may be on their way; what is shown follows the last of them."""
        self._under_way += 1
        case_id = self._case_id

        def came(file: SafetyFile) -> None:
            self._under_way -= 1
            if case_id == self._case_id and not self._under_way:
                self._show(file)

        def failed(error: Exception) -> None:
            self._under_way -= 1
            self._refuse(error)
            self._read()

        self.background.run(self, verb, case_id, *args, done=came, failed=failed)

    def _call_again(self, because: SafetyAgain, side: Side | None) -> None:
        def called(file: SafetyFile) -> None:
            self.again_question.hide()
            again = [phase.key for phase in file.phases if phase.key.moment is SafetyMoment.TIME_OUT_AGAIN]
            self._shown = again[-1]
            self._show(file)
            self.focus_first()

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                self.again_question.refuse(str(error))
            else:
                self.background.failed.emit(error)

        self.background.run(self, call_again, self._case_id, because, side, done=called, failed=failed)

    def _ask_to_finish(self) -> None:
        self._name_present()
        self.background.read(self, read_safety, self._patient_id, self._case_id, done=self._ask_about)

    def _ask_about(self, file: SafetyFile) -> None:
        self._show(file)
        phase = file.phase(self._shown)
        if not phase.missing:
            self.messages.clear()
            self.finish_question.ask(title_of(phase), file.patient, phase)
            return
        self.messages.refuse("Not finished.", missing_words(phase.missing))
        if phase.missing[0] == NOBODY_NAMED:
            self._ask_who_is_present()
        else:
            self.focus_first()

    def _finish(self, reason: str) -> None:
        phase = self._phase()
        if phase is None:
            return

        def finished(file: SafetyFile) -> None:
            self.finish_question.hide()
            self._show(file)
            self.messages.say(f"{title_of(phase)} finished.")
            self.phases.setFocus(Qt.FocusReason.OtherFocusReason)

        version = phase.version or 0
        self.background.run(
            self, finish_phase, self._case_id, self._shown, version, reason, done=finished, failed=self._refuse
        )

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, RecordChanged):
            self.finish_question.hide()
            self.messages.refuse(CHANGED_MEANWHILE)
            self._read()
        elif isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)

    def _lay_out(self) -> None:
        self._head.setSpacing(px(SPACE_M))
        self._head.addWidget(self.phases)
        self._head.addStretch(1)
        self._head.addWidget(self.again_button)
        card = Card()
        self._title.setSpacing(px(SPACE_M))
        self._title.addWidget(self.heading)
        self._title.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        self._title.addStretch(1)
        card.add(self._title)
        card.add(self.remark)
        page = QWidget()
        page.setProperty("kind", "page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, px(SPACE_S), 0)
        inside.setSpacing(px(SPACE_S))
        inside.addWidget(self.list)
        inside.addWidget(self.present)
        inside.addStretch(1)
        self.area.setWidget(page)
        card.add(self.area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_M))
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.finish_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addLayout(self._head)
        column.addWidget(self.second)
        column.addWidget(self.again_question)
        column.addWidget(card, 1)
        column.addWidget(self.finish_question)
        column.addLayout(foot)
