"""The visits of a patient, newest first, and her imaging: each opened by Enter or a click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.rules.dates import show_date
from desktop.services.examination import Visit, Visits
from desktop.services.imaging import Study
from desktop.ui.kit.buttons import button
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, SPACE_XS, px

NEW_VISIT = "New visit"
GO_ON = "Go on with the new visit"


class VisitColumn(QScrollArea):
    visit_asked = Signal(object)
    """A number, or None for a new one."""
    trends_asked = Signal()
    study_asked = Signal(object)

    def __init__(self, *, may_edit: bool, may_add_imaging: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(px(224))
        page = QWidget()
        page.setProperty("kind", "page")
        self.setWidget(page)
        self.new_button = button(NEW_VISIT, icon="add", shortcut="Ctrl+Shift+N")
        self.new_button.setObjectName("new_visit")
        self.new_button.clicked.connect(lambda: self.visit_asked.emit(None))
        self.trends_button = button("Trends", shortcut="Ctrl+Shift+T")
        self.trends_button.setObjectName("trends")
        self.trends_button.clicked.connect(self.trends_asked)
        self.imaging_button = button("Add imaging", icon="add")
        self.imaging_button.setObjectName("add_imaging")
        self.imaging_button.clicked.connect(lambda: self.study_asked.emit(None))
        self.visits, self.studies = WalkedList(), WalkedList()
        self.nothing = Text("No visit is recorded yet.", "muted", wrap=True)
        self.no_study = Text("No imaging is recorded.", "muted", wrap=True)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, px(SPACE_XS), 0)
        column.setSpacing(px(SPACE_S))
        for each in (self.new_button, Text("VISITS", "caption"), self.nothing, self.visits, self.trends_button):
            column.addWidget(each)
        column.addSpacing(px(SPACE_M))
        for each in (Text("IMAGING", "caption"), self.no_study, self.studies, self.imaging_button):
            column.addWidget(each)
        column.addStretch(1)
        self.new_button.setVisible(may_edit)
        self.imaging_button.setVisible(may_add_imaging)

    def show_visits(self, visits: Visits, case_id: int | None, *, has_begun: bool) -> None:
        words = GO_ON if has_begun else NEW_VISIT
        self.new_button.setText(f" {words}" if has_begun else f" {words}  (Ctrl+Shift+N)")
        self.new_button.setShortcut("Ctrl+Shift+N")  # new words take it away
        self.new_button.setAccessibleName(words)
        self.nothing.setVisible(not visits.rows)
        self.trends_button.setVisible(bool(visits.rows))
        at = self._row_with_keyboard()
        self.visits.clear()
        for visit in visits.rows:
            row = _VisitRow(visit, case_id)
            row.opened.connect(lambda number=visit.id: self.visit_asked.emit(number))
            self.visits.add(row)
            if visit.id == at:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_studies(self, studies: Sequence[Study]) -> None:
        self.no_study.setVisible(not studies)
        self.studies.clear()
        for study in studies:
            row = _StudyRow(study)
            row.opened.connect(lambda number=study.row.id: self.study_asked.emit(number))
            self.studies.add(row)

    def pick(self, examination_id: int | None) -> None:
        for row in self.visits.findChildren(_VisitRow):
            row.set_picked(row.visit_id == examination_id)

    def _row_with_keyboard(self) -> int | None:
        return next((row.visit_id for row in self.visits.findChildren(_VisitRow) if row.hasFocus()), None)


class _VisitRow(PickRow):
    """Its day, who examined, and to which case it belongs."""

    def __init__(self, visit: Visit, case_id: int | None) -> None:
        on = show_date(visit.examined_on) if visit.examined_on else "Day not recorded"
        by, case = visit.examined_by or "examiner not recorded", case_words(visit, case_id)
        super().__init__(f"Visit of {on}, {by}, {case}")
        self.setObjectName("visit")
        self.visit_id = visit.id
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_S), px(6), px(SPACE_S), px(6))
        column.setSpacing(px(1))
        column.addWidget(Text(on, "strong"))
        column.addWidget(Text(by, "muted", elide=True))
        column.addWidget(Text(case, "muted", elide=True))


class _StudyRow(PickRow):
    """RIGHT or LEFT as a word in its colour, what it is, what it found, and whether its report is here."""

    def __init__(self, study: Study) -> None:
        report = f"report: {', '.join(study.reports)}" if study.reports else "no report attached"
        told = (study.row.title, study.row.detail, study.device, report)
        super().__init__(f"{study.row.side.label}: {'. '.join(filter(None, told))}")
        self.setObjectName("study")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_S), px(6), px(SPACE_S), px(6))
        column.setSpacing(px(1))
        column.addWidget(Text(study.row.side.label, "strong", tone=study.row.side.label.lower()))
        column.addWidget(Text(study.row.title, "body", wrap=True))
        for words in (study.row.detail, study.device, report):
            if words:
                column.addWidget(Text(words, "muted", wrap=True))


def case_words(visit: Visit, case_id: int | None) -> str:
    if visit.case_id is None:
        return "outside a case"
    if visit.case_id == case_id:
        return "this case"
    return f"case of {show_date(visit.case_opened_on)}" if visit.case_opened_on else "another case"
