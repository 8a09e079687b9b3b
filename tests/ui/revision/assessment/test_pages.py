"""From the reason she came to its findings and back, as a surgeon does it on a keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import (
    Indication,
    IndicationLayer,
    OperationKind,
    Side,
    SideEvent,
    UrgencyTier,
    YesNo,
)
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.services.indication import open_finding, read_assessment, save_finding
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.services.revision import close_case, find_newest_case, save_case
from desktop.ui.kit.background import Background
from desktop.ui.revision.screen import RevisionScreen
from tests.factories import case_values, indication_row
from tests.ui.hands import Hands

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
RIGHT, LEFT = Side.RIGHT, Side.LEFT
NEW = Snapshot(None, None, {})

AddPatient = Callable[..., int]


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1180, 700)

    @property
    def pages(self) -> Any:
        return self.screen.case.assessing

    @property
    def finding(self) -> Any:
        shown = self.pages.shown_finding()
        assert shown is not None
        return shown

    def show(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()

    def go(self, name: str, key: Qt.Key = KEY.Key_Space) -> None:
        """Walk there by Tab and press it."""
        self.tab_to(name)
        self.press(key)
        self.wait()

    def leave(self) -> None:
        self.press(KEY.Key_Escape)
        self.wait()

    def save(self) -> None:
        editor = self.finding.record.editor if self.pages.shown_finding() else self.pages.editor
        self.press_by_shortcut(editor.save_button, KEY.Key_S, CTRL)

    def stored(self, patient_id: int) -> Any:
        found: list[Any] = []
        self.background.read(self.screen, find_newest_case, patient_id, done=found.append)
        self.wait()
        return found[0].case


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Desk:
    return Desk(qtbot, background)


def do(practice: OpenPractice, verb: Callable[..., Any], *given: Any) -> Any:
    with practice.database.unit_of_work(practice.actor) as session:
        return verb(session, *given)


def add_implants(practice: OpenPractice, patient_id: int) -> None:
    both = {f"{side}.event": SideEvent.IMPLANTED for side in ("right", "left")}
    own = {"kind": OperationKind.AUGMENTATION, "happened_on": PartialDate(2014), "right.volume_ml": 325}
    do(practice, save_operation, NEW, OPERATION_FORM.empty() | both | own, patient_id)


def add_case(practice: OpenPractice, patient_id: int, *rows: dict[str, Any], **answers: Any) -> Any:
    return do(practice, save_case, NEW, case_values(indications=rows, **answers), patient_id)


def test_that_an_indication_leads_to_its_findings_and_back_by_keyboard(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    add_implants(practice, patient_id)
    desk.show(patient_id)
    desk.go("start_case")
    desk.go("indications")
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Tab)
    desk.type("gel rupture, in")
    desk.press(KEY.Key_Tab)
    desk.type("surgeon")
    desk.go("indications.findings")

    assert desk.finding.record.heading.text() == "RIGHT · Gel rupture, inside the capsule"
    assert "325 mL" in desk.finding.beside.words()
    assert not desk.screen.case.column.isVisible()
    row = desk.stored(patient_id).values["indications"][0]
    desk.tab_to("new_pain")
    desk.press(KEY.Key_Space)
    assert "Expedite, because symptomatic: new pain" in desk.finding.beside.tier.suggestion.text()
    desk.tab_to("noticed_on")
    desk.type("apr 2026")
    desk.save()
    stored = do(practice, open_finding, row["id"]).values
    assert (stored["new_pain"], stored["noticed_on"]) == (YesNo.YES, PartialDate(2026, 4))
    desk.leave()

    assert desk.pages.shown_finding() is None
    assert desk.screen.case.column.isVisible()
    assert desk.focus().objectName() == "indications.findings"
    assert "written" in desk.focus().accessibleName()
    assert "new pain suggests “Expedite”" in desk.pages.urgency.suggestions.text()
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.finding.record.editor.form.values()["new_pain"] is YesNo.YES


def test_that_a_patient_without_any_implant_is_assessed_as_smoothly(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    desk.show(patient_id)
    desk.go("start_case")
    desk.wait()
    desk.go("indications.both")  # one key: a row for each side
    assert desk.focus().objectName() == "indications.indication"
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Tab)
    desk.type("surgeon")
    desk.press(KEY.Key_Tab)
    desk.save()
    rows = desk.stored(patient_id).values["indications"]
    assert [(row["side"], row["indication"]) for row in rows] == [
        (RIGHT, Indication.TISSUE_CHANGE),
        (LEFT, Indication.TISSUE_CHANGE),
    ]
    offered = desk.pages.rows._rows[0].editors["indication"].order()
    assert offered[0] is Indication.TISSUE_CHANGE
    assert offered[-1] is Indication.PATIENT_REQUEST_EXPLANT
    assert set(offered) == set(Indication)
    desk.tab_to("indications.findings")
    desk.press(KEY.Key_Space)
    desk.wait()
    assert "No implant recorded, RIGHT" in desk.finding.beside.words()
    desk.tab_to("pregnancies")
    desk.type("2")
    desk.tab_to("weight_change_kg")
    desk.type("-8")
    desk.save()
    assert do(practice, open_finding, rows[0]["id"]).values["pregnancies"] == 2
    desk.leave()
    assert desk.pages.shown_finding() is None


def test_that_a_study_is_recorded_from_the_findings_and_is_what_they_rest_on(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    case = add_case(practice, patient_id, indication_row(LEFT, Indication.RUPTURE_GEL_EXTRA))
    desk.show(patient_id)
    desk.go("indications.findings")
    desk.go("add_study")
    desk.tab_to("kind")
    desk.type("mri")
    imaging = desk.pages.currentWidget()
    assert imaging.heading.text() == "LEFT · Imaging"
    desk.press_by_shortcut(imaging.editor.save_button, KEY.Key_S, CTRL)
    desk.leave()
    assert desk.focus().objectName() == "imaging_id"
    assert desk.finding.study.box.currentText() == "MRI · date unknown"
    desk.save()
    row = case.values["indications"][0]
    assert do(practice, open_finding, row["id"]).values["imaging_id"] is not None


def test_that_an_indication_with_findings_goes_only_when_somebody_says_so(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    case = add_case(
        practice,
        patient_id,
        indication_row(RIGHT, Indication.RIPPLING),
        indication_row(LEFT, Indication.RIPPLING),
    )
    row_id = case.values["indications"][0]["id"]
    do(practice, save_finding, NEW, {"note": "felt at the edge"}, patient_id, row_id)
    desk.show(patient_id)
    desk.pages.rows._rows[0].remove.setFocus()
    desk.press(KEY.Key_Space)
    desk.save()
    box = desk.pages.editor.form.boxes["indications"]
    assert "Findings are written for RIGHT Rippling" in box.note.text()
    assert len(desk.stored(patient_id).values["indications"]) == 2
    box.confirm.setFocus()
    desk.press(KEY.Key_Space)
    desk.save()
    assert [row["side"] for row in desk.stored(patient_id).values["indications"]] == [LEFT]


def test_that_rows_are_ranked_and_doubled_by_keyboard_and_the_layers_stand_beside_each_other(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    add_case(
        practice,
        patient_id,
        indication_row(RIGHT, Indication.RIPPLING),
        indication_row(RIGHT, Indication.CAPSULAR_CONTRACTURE, layer=IndicationLayer.FOUND),
    )
    desk.show(patient_id)
    desk.tab_to("indications.indication")
    desk.press(KEY.Key_Down, ALT)
    assert [row["indication"] for row in desk.pages.editor.form.values()["indications"]] == [
        Indication.CAPSULAR_CONTRACTURE,
        Indication.RIPPLING,
    ]
    assert desk.focus().currentText() == "Rippling"
    desk.press(KEY.Key_O, ALT)
    values = desk.pages.editor.form.values()["indications"]
    assert [(row["side"], row["indication"]) for row in values][2] == (LEFT, Indication.RIPPLING)
    assert desk.pages.layers.lines() == [
        "RIGHT Capsular contracture: found at surgery, found, not suspected",
        "RIGHT Rippling: surgeon assesses, suspected, not found",
        "LEFT Rippling: surgeon assesses",
    ]


def test_that_codes_for_the_indications_are_added_by_a_key_and_others_by_words(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    add_case(practice, patient_id, indication_row(), surgery_on=dt.date(2026, 12, 4))
    desk.show(patient_id)
    desk.tab_to("codes.suggested")
    assert desk.focus().text() == "T85.44XA  RIGHT"
    desk.press(KEY.Key_Space)
    desk.go("codes")
    desk.press(KEY.Key_Delete)
    desk.tab_to("codes.code")
    desk.type("ptosis")
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    desk.save()
    codes = desk.stored(patient_id).values["codes"]
    assert [(row["side"], row["code"], row["text"]) for row in codes] == [
        (RIGHT, "T85.44XA", "Capsular contracture of breast implant, initial"),
        (None, "N64.81", "Ptosis of breast"),
    ]


def test_that_a_tier_is_taken_over_from_the_suggestion(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    case = add_case(practice, patient_id, indication_row(LEFT, Indication.SYSTEMIC_SYMPTOMS))
    row_id = case.values["indications"][0]["id"]
    do(practice, save_finding, NEW, {"acutely_unwell": YesNo.YES}, patient_id, row_id)
    desk.show(patient_id)
    assert desk.pages.urgency.words() == "Routine"
    desk.go("indications.findings")
    desk.go("take_tier")
    desk.save()
    assessment = do(practice, read_assessment, patient_id, case.id)
    assert assessment.most_urgent is UrgencyTier.U2
    desk.leave()
    assert desk.pages.urgency.words() == "Expedite"


def test_that_a_page_asked_for_of_one_patient_never_opens_over_another(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    one, other = add_patient(), add_patient(family_name="Bell")
    case = add_case(practice, one, indication_row(RIGHT, Indication.RIPPLING))
    add_case(practice, other, indication_row(LEFT, Indication.RIPPLING))
    desk.show(one)
    desk.screen.show_patient(other)  # asked of the store before the page, and answered before it
    desk.pages.open_finding(case.values["indications"][0]["id"], Indication.RIPPLING)
    desk.wait()
    assert desk.pages.shown_finding() is None
    desk.go("indications.findings")
    assert desk.finding.record.heading.text() == "LEFT · Rippling"


def test_that_the_findings_of_a_closed_case_are_read_and_not_changed(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    case = add_case(practice, patient_id, indication_row(RIGHT, Indication.RIPPLING))
    do(practice, close_case, case.id)
    desk.show(patient_id)
    desk.pages.open_finding(case.values["indications"][0]["id"], Indication.RIPPLING)
    desk.wait()
    assert desk.finding.record.editor.messages.words.text() == "This case is closed. Open it again to change it."
    assert not desk.finding.record.editor.save_button.isVisible()
    desk.leave()
    assert desk.pages.shown_finding() is None
