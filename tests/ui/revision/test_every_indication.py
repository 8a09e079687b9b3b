"""Every reason for a revision (clinical reference §1.5), walked by keyboard from assessment to operation record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.choices import Indication, PlanStep, Side, SideEvent, StepOutcome
from desktop.opening import OpenPractice
from desktop.rules.indication import needs_prior_implant
from desktop.services.indication_words import read_finding_words
from desktop.services.operation import read_history
from desktop.services.report_file import read_report_file
from desktop.services.revision import find_newest_case
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.revision.screen import RevisionScreen
from desktop.ui.revision.sign_dialog import SignDialog
from tests.revision_story import add_augmentation
from tests.ui.hands import Hands

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
AddPatient = Callable[..., int]


class Surgeon(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1180, 700)

    def go(self, name: str) -> None:
        """Walk there by Tab and press it."""
        self.tab_to(name)
        self.press(KEY.Key_Space)
        self.wait()

    def turn_to(self, key: Qt.Key) -> None:
        self.press(key, ALT)
        self.wait()

    def save(self) -> None:
        editor = next(each for each in self.screen.findChildren(RecordEditor) if each.isVisible())
        self.press_by_shortcut(editor.save_button, KEY.Key_S, CTRL)

    def assess(self, indication: Indication, found: str) -> None:
        self.go("start_case")
        self.type("She says why she came.")
        self.go("indications")
        self.press(KEY.Key_Space)
        self.press(KEY.Key_Tab)
        self.type(indication.label.casefold())
        self.press(KEY.Key_Tab)
        self.type("surgeon")
        self.go("indications.findings")
        self.tab_to("note")
        self.type(found)
        self.save()
        self.press(KEY.Key_Escape)
        self.wait()

    def plan(self, letters: str) -> None:
        self.turn_to(KEY.Key_3)
        self.tab_to("right.steps")
        self.type(letters)
        self.press(KEY.Key_Return)
        self.save()

    def sign(self) -> None:
        """From “Not yet” back to the lines that ask why; the first reason is taken over into all of them."""
        self.go("sign")
        dialog = self.screen.findChild(SignDialog)
        assert dialog is not None
        self.qtbot.waitUntil(dialog.isActiveWindow)
        self.press(KEY.Key_Tab)
        self.press(KEY.Key_Space)
        self.type("Discussed.")
        self.press(KEY.Key_Return)
        while self.focus().objectName().startswith("reason_"):
            self.press(KEY.Key_Down)
            self.press(KEY.Key_Return)
        self.press(KEY.Key_Tab)
        self.press(KEY.Key_Space)
        self.wait()
        self.qtbot.waitUntil(lambda: self.screen.findChild(SignDialog) is None)
        self.activate()

    def operate(self) -> None:
        self.turn_to(KEY.Key_6)
        self.tab_to("report_surgeon")
        self.press(KEY.Key_Return)
        self.wait()
        self.press(KEY.Key_Space)
        self.save()


@pytest.mark.parametrize("indication", Indication)
def test_that_a_reason_is_walked_from_the_assessment_to_the_operation_record(
    qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient, indication: Indication
) -> None:
    has_implant = needs_prior_implant(indication) is True
    letters, step = (
        ("capsulotomy", PlanStep.CAPSULOTOMY) if has_implant else ("lift, vert", PlanStep.MASTOPEXY_VERTICAL)
    )
    found = f"found: {indication.value}"
    patient_id = add_patient(no_known_allergies=True)

    def store(verb: Callable[..., Any], *asked: Any) -> Any:
        with practice.database.unit_of_work(practice.actor) as session:
            return verb(session, *asked)

    if has_implant:
        store(add_augmentation, patient_id)
    surgeon = Surgeon(qtbot, background)
    surgeon.screen.show_patient(patient_id)
    surgeon.wait()
    surgeon.assess(indication, found)
    surgeon.plan(letters)
    surgeon.sign()
    surgeon.operate()

    file = store(find_newest_case, patient_id)
    [row] = file.case.values["indications"]
    assert (row["side"], row["indication"]) == (Side.RIGHT, indication)
    [words] = store(read_finding_words, file.case.id)
    assert found in dict(words.answers).values()
    assert file.signed_by == "Dr. A. Marchetti"
    report = store(read_report_file, patient_id, file.case.id).facts.report
    [done] = report["steps"]
    assert (done["side"], done["planned"], done["performed"]) == (Side.RIGHT, step, step)
    assert done["outcome"] is StepOutcome.AS_PLANNED
    newest = store(read_history, patient_id).operations[0]
    assert (newest.right, newest.left) == (SideEvent.KEPT, SideEvent.NONE)
