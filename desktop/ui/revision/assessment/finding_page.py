"""The page of one indication: its own questions, and beside them what is known already and how soon."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.forms.indication import indication_form
from desktop.models.choices import Indication
from desktop.rules.indication_finding import suggest_tier, tier_in_force
from desktop.rules.permission import Verb, may
from desktop.services.draft import DraftOf
from desktop.services.indication import FindingPage, open_finding, read_finding_page, save_finding
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import Verbs
from desktop.ui.kit.record_page import RecordPage, Subject
from desktop.ui.kit.theme import SPACE_L, px
from desktop.ui.revision.assessment.beside import BesideColumn
from desktop.ui.revision.assessment.study_editor import StudyEditor


class FindingPageView(QWidget):
    """One for each kind of indication; which one of a case it shows is said by `show_finding`."""

    left = Signal()
    ready = Signal()
    """What was asked for is here; until then nothing of the one before is in sight."""
    study_asked = Signal(object)
    """A study of this side is to be recorded."""

    def __init__(
        self, indication: Indication, background: Background, *, may_edit: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._background, self._indication, self._may_edit = background, indication, may_edit
        self.page: FindingPage | None = None
        self._patient_id = 0
        self._wanted: int | None = None
        self.record = RecordPage(indication_form(indication), background, may_edit=may_edit, back_to="the assessment")
        self.beside = BesideColumn(self)
        self.study: StudyEditor | None = None
        box = self.record.editor.form.boxes.get("imaging_id")
        if box is not None and isinstance(box.editor, StudyEditor):
            self.study = box.editor
            self.study.add_asked.connect(self._ask_for_study)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_L))
        row.addWidget(self.record, 1)
        row.addWidget(self.beside)
        self.record.left.connect(self.left)
        self.record.editor.opened.connect(lambda _snapshot: self._on_opened())
        self.record.editor.saved.connect(lambda _snapshot: self._show_tier())
        self.record.editor.form.edited.connect(self._show_tier)
        self.beside.tier.taken.connect(lambda tier: self.record.editor.type_in({"tier": tier.value}))
        self.beside.tier.taken.connect(lambda _tier: self._show_tier())

    def show_finding(self, patient_id: int, indication_id: int) -> None:
        """Read what stands beside, then open the record: its side is in the heading from the first moment."""
        self._patient_id, self._wanted, self.page = patient_id, indication_id, None
        self._background.read(
            self, read_finding_page, patient_id, indication_id, done=lambda page: self._show(indication_id, page)
        )

    def read_beside_again(self) -> None:
        """Something in the store changed; what is typed stays."""
        if self.page is not None:
            self._background.read(
                self, read_finding_page, self._patient_id, self.page.indication_id, done=self._show_beside
            )

    def choose_study(self, study_id: int) -> None:
        """A study that was recorded from here, if it is of this side."""

        def choose(page: FindingPage) -> None:
            self._show_beside(page)
            if self.study is not None and study_id in {study.id for study in page.studies}:
                self.study.choose(study_id)

        if self.page is not None:
            indication_id = self.page.indication_id
            self._background.read(self, read_finding_page, self._patient_id, indication_id, done=choose)

    def close_finding(self) -> None:
        if self.page is not None:
            self.record.close_record()
        self.page = self._wanted = None

    def _show(self, indication_id: int, page: FindingPage) -> None:
        patient_id = self._patient_id
        if indication_id != self._wanted:
            return  # somebody turned to something else meanwhile

        def verbs(_record_id: int | None) -> Verbs:
            def save(session: Any, opened: Any, values: Any) -> Any:
                return save_finding(session, opened, values, patient_id, indication_id)

            return Verbs(lambda session: open_finding(session, indication_id), save)

        def draft(_record_id: int | None) -> DraftOf:
            return DraftOf(self.record.editor.form.form.name, str(indication_id))

        facts = " · ".join(filter(None, (page.layer.label, page.remark)))
        self.record.show_record(Subject(page.indication.label, facts, page.side, None, verbs, draft))
        self._show_beside(page)
        self.ready.emit()

    def _show_beside(self, page: FindingPage) -> None:
        if page.indication_id != self._wanted:
            return
        self.page = page
        self.beside.show_known(page.known)
        if self.study is not None:
            self.study.show_links(page.studies)
        self._show_tier()

    def _show_tier(self) -> None:
        if self.page is None:
            return
        values = self.record.editor.form.values()
        chosen = values.get("tier")
        tier = tier_in_force(self._indication, chosen)
        suggested = suggest_tier(self._indication, values, self.page.baker)
        self.beside.tier.show_tier(
            tier, self.page.words[tier], is_chosen=chosen is not None, suggested=suggested, may_take=self._may_edit
        )

    def _on_opened(self) -> None:
        self._show_tier()
        if not self._may_edit and may(self._background.actor.roles, Verb.EDIT_CASE):
            self.record.editor.messages.note("This case is closed. Open it again to change it.")

    def _ask_for_study(self) -> None:
        if self.page is not None:
            self.study_asked.emit(self.page.side)
