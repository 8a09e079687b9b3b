"""The plan part of a case: its form with what helps to fill it in, the order list, and the templates."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.forms.plan import PLAN_FORM, SIDES
from desktop.rules.permission import Verb, may
from desktop.rules.plan_template import is_empty_plan
from desktop.services.device_order import OrderList, read_orders
from desktop.services.plan_template import TemplateContent, TemplateRow, offer_templates, read_template
from desktop.services.revision import CaseFile
from desktop.ui.kit.aligned_sides import AlignedSides
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.catalogue_sides import CatalogueSides
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.revision.plan.device_lines import DeviceLines
from desktop.ui.revision.plan.orders_page import OrdersPage
from desktop.ui.revision.plan.other_side import OtherSide, ReplaceQuestion
from desktop.ui.revision.plan.template_bar import TemplateBar
from desktop.ui.revision.plan.templates_page import TemplatesPage


class PlanStage(QStackedWidget):
    """`editor` is the form; the other pages are made when somebody goes there for the first time."""

    changed = Signal()
    """The order list was changed, on which it rests whether the plan is ready."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._may_plan = may(background.actor.roles, Verb.EDIT_PLAN)
        self._file: CaseFile | None = None
        self._patient_id = 0
        self._is_read_only = True
        page = QWidget(self)
        question = ReplaceQuestion(page)
        self.templates = TemplateBar(page)  # before the form: Tab comes to it first
        self.editor = RecordEditor(PLAN_FORM, background, parent=page)
        form = self.editor.form
        self.devices = DeviceLines(form, SIDES)
        self.catalogue = CatalogueSides(form, background)
        self.other_side = OtherSide(self.editor, SIDES, question)
        heads = {f"{side.label.lower()}.device": line for side, line in self.devices.lines.items()}
        AlignedSides({**heads, **form.boxes}, self.editor)
        self.orders_button = self._button("Order list", "order_list", self.show_orders)
        self.templates_button = self._button("Templates …", "plan_templates", self.show_templates)
        for each in (self.orders_button, self.templates_button):
            self.editor.add_action(each)
        if not may(background.actor.roles, Verb.EDIT_TEMPLATES):
            self.templates_button.hide()
        stops = (self.orders_button, self.templates_button, self.editor.revert_button, self.editor.save_button)
        for before, following in pairwise(stops):
            QWidget.setTabOrder(before, following)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(question)
        column.addWidget(self.templates)
        column.addWidget(self.editor)
        self.addWidget(page)
        self._orders: OrdersPage | None = None
        self._templates: TemplatesPage | None = None
        self.templates.chosen.connect(self._begin_from)
        form.edited.connect(self._offer_templates)

    def open_case(self, patient_id: int, file: CaseFile) -> None:
        """Another case, or the same read again: the form is what is shown first."""
        self._patient_id, self._file = patient_id, file
        self.setCurrentIndex(0)
        self.editor.form.verticalScrollBar().setValue(0)
        self.orders_button.setText("Order list")
        self.templates.say_lost(())
        self.catalogue.refresh()

    def update_case(self, file: CaseFile) -> None:
        """What stands beside the form follows the store."""
        self._file = file
        self.devices.show_devices(file.devices, plan_is_here=self.editor.snapshot is not None)
        case_id = file.case.id
        if case_id is None:
            return
        self._background.read(
            self, read_orders, self._patient_id, case_id, done=lambda orders: self._show_orders(case_id, orders)
        )
        if self._orders is not None and self.currentWidget() is self._orders:
            self._orders.refresh()
        if self._may_plan and is_empty_plan(file.plan.values):
            self._background.read(
                self, offer_templates, case_id, done=lambda offered: self._show_templates(case_id, offered)
            )

    def on_opened(self, is_read_only: bool) -> None:
        """A record stands in the form now."""
        self._is_read_only = is_read_only
        self.devices.refresh()
        self.catalogue.begin(is_read_only)
        self.other_side.set_read_only(is_read_only)
        self._offer_templates()

    def keep_drafts(self) -> None:
        self.editor.keep_draft()
        for page in (self._orders, self._templates):
            if page is not None:
                page.keep_drafts()

    def shows_form(self) -> bool:
        """The other pages have the whole width."""
        return self.currentIndex() == 0

    def show_orders(self) -> None:
        """What is planned is saved first, so that the list is made from what is seen."""
        if self._file is None or self._file.case.id is None:
            return
        if not self._is_read_only and self.editor.form.is_dirty():
            self.editor.save(self.show_orders)
            return
        if self._orders is None:
            self._orders = OrdersPage(self._background, self)
            self._orders.left.connect(lambda: self._back_to_form(self.orders_button))
            self._orders.shown.connect(lambda orders: self._show_orders_in_words(orders))
            self.addWidget(self._orders)
        self._orders.open_case(self._patient_id, self._file.case.id)
        self.setCurrentWidget(self._orders)

    def show_templates(self) -> None:
        if self._file is None:
            return
        if self._templates is None:
            self._templates = TemplatesPage(self._background, self)
            self._templates.left.connect(lambda: self._back_to_form(self.templates_button))
            self.addWidget(self._templates)
        rows = self._file.case.values["indications"] or ()
        reasons = tuple(dict.fromkeys(row["indication"] for row in rows if row.get("indication")))
        self.setCurrentWidget(self._templates)
        self._templates.open_plan(self.editor.form.values(), reasons)

    def _back_to_form(self, button_pressed: Button) -> None:
        self.setCurrentIndex(0)
        button_pressed.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._file is not None:
            self.update_case(self._file)

    def _show_orders(self, case_id: int, orders: OrderList) -> None:
        if self._file is not None and self._file.case.id == case_id:
            self._show_orders_in_words(orders)

    def _show_orders_in_words(self, orders: OrderList) -> None:
        words = f"Order list: {orders.words()}" if orders.lines or orders.missing else "Order list"
        self.orders_button.setText(words)
        self.orders_button.setAccessibleName(words)

    def _show_templates(self, case_id: int, offered: tuple[TemplateRow, ...]) -> None:
        if self._file is not None and self._file.case.id == case_id:
            self.templates.show_templates(offered)
            self._offer_templates()

    def _offer_templates(self) -> None:
        is_open = not self._is_read_only and self.editor.snapshot is not None
        self.templates.offer(is_open and is_empty_plan(self.editor.form.draft()))

    def _begin_from(self, template_id: int) -> None:
        self._background.read(self, read_template, template_id, done=self._fill_in, failed=self._say_problem)

    def _fill_in(self, content: TemplateContent) -> None:
        if not is_empty_plan(self.editor.form.draft()):  # somebody typed meanwhile
            return
        self.templates.say_lost(content.lost)
        self.editor.prefill(content.answers, content.source)
        self.editor.form.go_to_prefilled()

    def _say_problem(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.editor.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    def _button(self, words: str, name: str, act: Any) -> Button:
        made = button(words)
        made.setObjectName(name)
        made.clicked.connect(lambda _checked=False: act())
        return made
