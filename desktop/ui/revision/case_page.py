"""One revision case: its assessment and its plan, and beside both what is open and who signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.forms.plan import PLAN_FORM
from desktop.forms.revision import CASE_FORM
from desktop.rules.permission import Verb, may
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.services.revision import CaseFile, PlanVersion, new_plan, open_case, open_plan, save_case, save_plan
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Segmented, button
from desktop.ui.kit.cards import EmptyState, Pill
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.screen import Place
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px
from desktop.ui.revision.assessment.pages import AssessmentPages
from desktop.ui.revision.part import CasePart
from desktop.ui.revision.parts import ASSESSMENT, BAR, PARTS, PLAN
from desktop.ui.revision.plan.stage import PlanStage
from desktop.ui.revision.signing_column import SigningColumn, signature_words

SAVE_FIRST = "What comes next belongs to the assessment. Save the assessment first."


def draft_of_new_case(patient_id: int) -> DraftOf:
    return DraftOf(CASE_FORM.name, f"patient {patient_id}")


class CasePage(QWidget):
    """Ctrl+Page Down shows the next part of the case, Ctrl+Page Up the one before; Alt+1 to Alt+7 any."""

    case_saved = Signal(object)
    plan_saved = Signal(object)
    new_case_asked = Signal()
    went = Signal(object)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._roles = background.actor.roles
        self._made: dict[str, CasePart] = {}
        self._later: dict[str, Callable[[], None]] = {}
        self.file: CaseFile | None = None
        self._shown_version: int | None = None
        self._shown_part = ASSESSMENT
        self._patient_id = 0
        self._refusal = ""
        self.parts = Segmented("Part of the case", BAR)
        self.parts.changed.connect(self.show_part)
        self.signature = Pill("", "good")
        self.signature.hide()
        self.back_button = button("Back to the newest version")
        self.back_button.setObjectName("newest_version")
        self.back_button.clicked.connect(self.show_newest)
        self.new_case_button = button("Start a new case", icon="add")
        self.new_case_button.setObjectName("new_case")
        self.new_case_button.clicked.connect(self.new_case_asked)
        self.other_case_button = button("The case before")
        self.other_case_button.setObjectName("other_case")
        self.other_case_button.clicked.connect(self.go_to_other_case)
        QShortcut(QKeySequence("Alt+B"), self).activated.connect(self.go_to_other_case)
        for key in (self.back_button, self.new_case_button, self.other_case_button):
            key.hide()  # until the case says otherwise: together with the bar they are wider than a small window
        self.assessment = RecordEditor(CASE_FORM, background)
        self.planning = PlanStage(background)
        self.planning.currentChanged.connect(lambda _page: self._show_stage())
        self.plan, self.devices = self.planning.editor, self.planning.devices
        self.assessing = AssessmentPages(self.assessment, background)
        self.assessing.page_changed.connect(self._show_stage)
        save_first = button("Save the assessment", primary=True)
        save_first.clicked.connect(lambda: self.assessment.save(lambda: self.show_part(PLAN)))
        self.no_plan_yet = EmptyState(SAVE_FIRST, save_first)
        self.column = SigningColumn()
        self._stage = QStackedWidget()
        for each in (self.assessing, self.planning, self.no_plan_yet):
            self._stage.addWidget(each)
        self._lay_out()
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._step(step))
        for number, (part, _title) in enumerate(BAR, start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda part=part: self.go_to(part))
        self.assessment.opened.connect(lambda _snapshot: self._guard(self.assessment, Verb.EDIT_CASE))
        self.plan.opened.connect(self._on_plan_opened)
        self.assessment.saved.connect(self.case_saved)
        self.plan.saved.connect(self.plan_saved)
        self.column.version_asked.connect(self.show_version)

    def begin(self, patient_id: int) -> None:
        """A case nobody saved yet, or the one that was begun and not saved."""
        self.file = None
        self._shown_version = None
        self._later.clear()

        def empty(_session: Any) -> Snapshot:
            return Snapshot(None, None, CASE_FORM.empty())

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_case(session, opened, values, patient_id)

        self.assessing.begin(patient_id)
        self.assessment.edit(Verbs(empty, save), draft_of_new_case(patient_id))
        self.column.show_nothing_yet()
        self._say_state()
        self.go_to(ASSESSMENT)

    def open_case(self, patient_id: int, file: CaseFile, refusal: str = "") -> None:
        """Show a case from its store; what was typed and not saved comes back over it. `refusal` says why it is read
        again. A form that nobody looks at and nobody began is filled when somebody goes there."""
        self._refusal = refusal
        self.file = file
        self._patient_id, self._shown_version = patient_id, None
        self._later = {
            ASSESSMENT: lambda: self._open_assessment(patient_id, file),
            PLAN: lambda: self._open_plan(patient_id, file),
        }
        typed_in = {key for key, each in self._editors().items() if each.snapshot is not None and each.form.is_dirty()}
        for each in self._editors().values():
            each.close_record()
        self.assessing.turn_to(patient_id, _known(file.case))
        self.planning.open_case(patient_id, file)
        for key, draft_of in ((ASSESSMENT, _assessment_draft(file)), (PLAN, _plan_draft(file))):
            if draft_of in file.begun or key in typed_in:
                self._open_now(key)
        for part in self._made.values():
            part.open_case(patient_id, file)
        self.update_case(file)

    def update_case(self, file: CaseFile) -> None:
        """What is said beside the forms; the forms themselves stay as they are."""
        self.file = file
        self.assessing.update_case(file)
        self.planning.update_case(file)
        self.column.show_case(
            file,
            may_sign=may(self._roles, Verb.SIGN_PLAN),
            may_plan=may(self._roles, Verb.EDIT_PLAN),
            may_close=may(self._roles, Verb.EDIT_CASE),
        )
        self._say_state()
        self._show_stage()
        for part in self._made.values():
            part.update_case(file)

    def is_behind(self, file: CaseFile) -> bool:
        """Whether a form that nobody is typing in shows something older than what is stored."""
        pairs = ((self.assessment, file.case), (self.plan, file.plan))
        return any(
            editor.snapshot is not None
            and not editor.form.is_dirty()
            and editor.conflict is None
            and self._shown_version is None
            and (editor.snapshot.id, editor.snapshot.version) != (stored.id, stored.version)
            for editor, stored in pairs
        )

    def show_version(self, plan_id: int) -> None:
        """Look at one version of the plan; the newest is the one that can be edited."""
        if self.file is None or plan_id == self.file.plan.id:
            self.show_newest()
            return
        self._shown_version = plan_id
        self._later.pop(PLAN, None)
        self.plan.edit(
            Verbs(lambda session: open_plan(session, plan_id), lambda session, *_: open_plan(session, plan_id)),
            DraftOf(PLAN_FORM.name, f"version {plan_id}"),
        )
        self.go_to(PLAN)
        self._say_state()

    def show_newest(self) -> None:
        if self.file is not None and self._shown_version is not None:
            self._shown_version = None
            self.planning.open_case(self._patient_id, self.file)
            self._open_plan(self._patient_id, self.file)
            self._say_state()
        self.go_to(PLAN)

    def show_part(self, part: str | None) -> None:
        """Also told None, when somebody takes the answer back: one of the two is always shown."""
        if part is None:
            self.parts.set_value(self._shown_part)
            return
        self._shown_part = part
        self.parts.set_value(part)
        self._show_stage()
        self._say_state()

    def go_to(self, part: str) -> None:
        """Show a part and take the keyboard to the bar, from which Tab leads into it."""
        self.show_part(part)
        self.parts.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_other_case(self) -> None:
        """From a case to the one it goes on from, to be read; and from a case of the past to the newest."""
        if self.file is not None and (other := self.file.newest_id or self.file.carried_from_id) is not None:
            self.went.emit(Place("revision", self._patient_id, other, self._shown_part))

    def part(self, key: str) -> CasePart:
        """A part that is a page of its own, made when somebody goes there for the first time."""
        if key not in self._made:
            made = PARTS[key](self._background, self._stage)
            self._made[key] = made
            self._stage.addWidget(made)
            made.went.connect(self.went)
            if self.file is not None:
                made.open_case(self._patient_id, self.file)
        return self._made[key]

    def help_topic(self) -> str:
        return PARTS[self._shown_part].help_topic if self._shown_part in PARTS else "planning"

    def shown_plan_id(self) -> int | None:
        """The version in sight, for printing."""
        if self._shown_version is not None:
            return self._shown_version
        return self.file.plan.id if self.file else None

    def keep_drafts(self) -> None:
        self.assessment.keep_draft()
        self.assessing.keep_drafts()
        self.planning.keep_drafts()
        for part in self._made.values():
            part.keep_drafts()

    def editor_in_sight(self) -> RecordEditor | None:
        return self._editors().get(self._shown_part)

    def _editors(self) -> dict[str, RecordEditor]:
        return {ASSESSMENT: self.assessment, PLAN: self.plan}

    def is_opening(self, editor: RecordEditor) -> bool:
        """Whether the record is on its way from the store."""
        return self.file is not None and editor.snapshot is None

    def _open_now(self, part: str) -> None:
        if (fill := self._later.pop(part, None)) is not None:
            fill()

    def _open_assessment(self, patient_id: int, file: CaseFile) -> None:
        case_id = _known(file.case)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_case(session, opened, values, patient_id)

        verbs = Verbs(lambda session: open_case(session, case_id), save)
        _edit(self.assessment, verbs, _assessment_draft(file), file, file.case)

    def _open_plan(self, patient_id: int, file: CaseFile) -> None:
        case_id, plan_id = _known(file.case), file.plan.id

        def stored(session: Any) -> Snapshot:
            return new_plan() if plan_id is None else open_plan(session, plan_id)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_plan(session, opened, values, patient_id, case_id)

        _edit(self.plan, Verbs(stored, save), _plan_draft(file), file, file.plan)

    def _on_plan_opened(self, _snapshot: Snapshot) -> None:
        self._guard(self.plan, Verb.EDIT_PLAN)
        self.planning.on_opened(self.plan.save_button.isHidden())
        if self._refusal:
            self.plan.messages.refuse(self._refusal)
            self._refusal = ""

    def _guard(self, editor: RecordEditor, verb: Verb) -> None:
        """Whoever may not change it reads it; so does everybody once the case is closed."""
        is_signed = editor.snapshot is not None and editor.snapshot.is_signed
        is_closed = self.file is not None and self.file.closed_on is not None
        if is_signed:
            editor.messages.note("Signed. It is amended by a new version." if may(self._roles, verb) else "Signed.")
        elif not may(self._roles, verb):
            editor.set_read_only(True)
            editor.messages.note("You can read this; your role does not include changing it.")
        elif is_closed:
            editor.set_read_only(True)
            editor.messages.note("This case is closed. Open it again to change it.")

    def _step(self, by: int) -> None:
        keys = [key for key, _title in BAR]
        at = keys.index(self._shown_part) + by
        self.go_to(keys[max(0, min(at, len(keys) - 1))])

    def _show_stage(self) -> None:
        """The column of open points stands beside what it is about; other parts have the whole width."""
        shown = self._shown_part
        if self.file is not None:
            self._open_now(shown)
        if shown == ASSESSMENT:
            page: QWidget = self.assessing
        elif self.file is None:
            page = self.no_plan_yet
        else:
            page = self.planning if shown == PLAN else self.part(shown)
        self._stage.setCurrentWidget(page)
        is_beside_list = shown == ASSESSMENT and not self.assessing.shows_page()
        is_beside_plan = shown == PLAN and self.planning.shows_form()
        self.column.setVisible(is_beside_plan or is_beside_list)

    def _say_state(self) -> None:
        version = self._version_in_sight()
        looks_back = self._shown_version is not None and self.parts.value() == PLAN
        self.back_button.setVisible(looks_back)
        self.new_case_button.setVisible(
            self.file is not None
            and self.file.closed_on is not None
            and self.file.newest_id is None
            and may(self._roles, Verb.EDIT_CASE)
        )
        is_past = self.file is not None and self.file.newest_id is not None
        goes_on = self.file is not None and self.file.carried_from_id is not None
        self.other_case_button.setText("The newest case  (Alt+B)" if is_past else "The case before  (Alt+B)")
        # Both keys beside the bar are wider than a small window; Alt+B and the outcome's list lead there all the same.
        self.other_case_button.setVisible((is_past or goes_on) and self.new_case_button.isHidden())
        self.signature.setText(signature_words(version) if version else "")
        is_signed = version is not None and version.signed_at is not None
        self.signature.setVisible(is_signed and self._shown_part == PLAN and not is_past)

    def _version_in_sight(self) -> PlanVersion | None:
        shown = self.shown_plan_id()
        return next((v for v in self.file.versions if v.id == shown), None) if self.file else None

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_L))
        head.addWidget(self.parts)
        head.addStretch(1)
        head.addWidget(self.new_case_button)
        head.addWidget(self.other_case_button)
        beneath = QHBoxLayout()
        beneath.setSpacing(px(SPACE_L))
        beneath.addWidget(self.signature, 0, Qt.AlignmentFlag.AlignVCenter)
        beneath.addStretch(1)
        beneath.addWidget(self.back_button)
        left = QVBoxLayout()
        left.setSpacing(px(SPACE_M))
        left.addLayout(head)
        left.addLayout(beneath)
        left.addWidget(self._stage, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(SPACE_S), 0, 0)
        row.setSpacing(px(SPACE_L))
        row.addLayout(left, 1)
        row.addWidget(self.column)


def _edit(editor: RecordEditor, verbs: Verbs, draft_of: DraftOf, file: CaseFile, read: Snapshot) -> None:
    """What the file was read with is shown at once; a draft has to be fetched first."""
    if draft_of in file.begun:
        editor.edit(verbs, draft_of)
    else:
        editor.edit_as_read(verbs, draft_of, read)


def _assessment_draft(file: CaseFile) -> DraftOf:
    return DraftOf(CASE_FORM.name, str(_known(file.case)))


def _plan_draft(file: CaseFile) -> DraftOf:
    return DraftOf(PLAN_FORM.name, f"case {_known(file.case)} version {file.plan_version}")


def _known(snapshot: Snapshot) -> int:
    assert snapshot.id is not None, "a case file is read from the store"
    return snapshot.id
