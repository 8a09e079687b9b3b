"""The practice's own templates of plans: keep this plan as one, rename, replace by this plan, offer no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from desktop.forms.plan_template import PLAN_TEMPLATE_FORM
from desktop.models.choices import Indication
from desktop.rules.dates import show_date
from desktop.services.draft import DraftOf
from desktop.services.plan_template import (
    TemplateRow,
    keep_template,
    list_templates,
    open_template,
    retire_template,
    save_template,
)
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import Verbs
from desktop.ui.kit.tables import Column, ListTable, RowsModel
from desktop.ui.revision.plan.list_and_editor import ListAndEditor

EMPTY = (
    "No template is kept yet. A template holds the answers of a plan, without the patient: keep this plan as one, "
    "and the next plan can begin with it."
)
WITH_TEXTS = "Keep the free texts too: nothing in them is about this patient"

COLUMNS = (
    Column("Name", lambda row: row.name),
    Column("Version", lambda row: str(row.template_version), 72),
    Column("Offered first for", lambda row: ", ".join(each.label for each in row.suits), 280),
    Column("Answers", lambda row: str(row.answer_count), 80),
    Column("Kept", lambda row: f"{show_date(row.made_on)}, {row.author}", 220),
    Column("", lambda row: "offered no more" if row.is_retired else "", 120),
)


class TemplatesPage(ListAndEditor):
    changed = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        model = RowsModel(COLUMNS)
        super().__init__(background, PLAN_TEMPLATE_FORM, model, ListTable(model, COLUMNS), parent)
        self._plan: Mapping[str, Any] = {}
        self._reasons: tuple[Indication, ...] = ()
        self.table.setObjectName("templates")
        self.table.setAccessibleName("Templates of plans. Enter opens one to rename it")
        self.with_texts = QCheckBox(WITH_TEXTS)
        self.with_texts.setObjectName("with_texts")
        self._keeps_texts = False
        self.with_texts.toggled.connect(self._on_texts)
        self.editor.form.add_below(self.with_texts)
        self.editor.saved.connect(lambda _saved: self._on_saved())
        keep, new = "Keep this plan as a template", "New version from this plan"
        self.keep_button = self.make_button(keep, "keep_template", lambda: self._keep(None), primary=True)
        self.replace_button = self.make_button(new, "new_version", self._replace)
        self.retire_button = self.make_button("Offer no more", "retire_template", self._retire)
        self.open_button = self.make_button("Rename …  (Enter)", "rename_template", self.open_current)
        self.lay_out(
            "templates of plans", (self.keep_button, self.replace_button, self.open_button, self.retire_button)
        )
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_buttons())

    def open_plan(self, plan: Mapping[str, Any], reasons: tuple[Indication, ...]) -> None:
        """`plan` is what is planned now; a template that is kept from it is offered first for the same `reasons`."""
        self._plan, self._reasons = plan, reasons
        self.messages.clear()
        self.show_list()

    @override
    def refresh(self) -> None:
        self._background.read(self, list_templates, done=self._show)

    @override
    def show_list(self) -> None:
        super().show_list()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, rows: tuple[TemplateRow, ...]) -> None:
        current: TemplateRow | None = self.current()
        self.model.show_rows(rows)
        at = next((at for at, row in enumerate(rows) if current and row.name == current.name), 0)
        if rows:
            self.table.selectRow(at)
        self.table.setVisible(bool(rows))
        self.words.setText("" if rows else EMPTY)
        self.words.setVisible(not rows)
        self._show_buttons()

    def _show_buttons(self) -> None:
        current: TemplateRow | None = self.current()
        for each in (self.replace_button, self.retire_button, self.open_button):
            each.setVisible(current is not None)
        words = "Offer again" if current is not None and current.is_retired else "Offer no more"
        self.retire_button.setText(words)
        self.retire_button.setAccessibleName(words)

    def _keep(self, replaced: TemplateRow | None) -> None:
        plan = dict(self._plan)
        opened = {"name": replaced.name if replaced else None, "suits": replaced.suits if replaced else self._reasons}

        def empty(_session: Any) -> Snapshot:
            return Snapshot(None, None, PLAN_TEMPLATE_FORM.empty() | opened)

        self.with_texts.setChecked(False)
        self._keeps_texts = False

        def save(session: Any, _opened: Snapshot, values: Any) -> Snapshot:
            return keep_template(session, values, plan, self._keeps_texts, replaced.id if replaced else None)

        key = f"version of {replaced.id}" if replaced else "new"
        self._edit(Verbs(empty, save), DraftOf(PLAN_TEMPLATE_FORM.name, key), is_kept=True)

    def _on_texts(self, is_ticked: bool) -> None:
        """Kept beside the tick, because what is saved is read on the store's thread."""
        self._keeps_texts = is_ticked

    def _replace(self) -> None:
        current: TemplateRow | None = self.current()
        if current is not None:
            self._keep(current)

    @override
    def open_current(self) -> None:
        current: TemplateRow | None = self.current()
        if current is not None:
            template_id = current.id
            verbs = Verbs(lambda session: open_template(session, template_id), save_template)
            self._edit(verbs, DraftOf(PLAN_TEMPLATE_FORM.name, str(template_id)), is_kept=False)

    def _edit(self, verbs: Verbs, draft_of: DraftOf, *, is_kept: bool) -> None:
        self.with_texts.setVisible(is_kept)
        self.editor.edit(verbs, draft_of)
        self.pages.setCurrentIndex(1)
        self.editor.form.focus_first()

    def _retire(self) -> None:
        current: TemplateRow | None = self.current()
        if current is not None:
            self._background.run(
                self,
                retire_template,
                current.id,
                not current.is_retired,
                done=lambda _none: self._on_saved(),
                failed=self.say_problem,
            )

    def _on_saved(self) -> None:
        self.show_list()
        self.messages.say("Kept.")
        self.changed.emit()
