from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.forms.patient import PATIENT_FORM
from desktop.opening import OpenPractice
from desktop.services.draft import DraftOf, find_draft
from desktop.services.record import open_record, save_record
from desktop.services.search import find_patients
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.patient.details_screen import PatientDetailsScreen
from tests.ui.hands import settle


@pytest.fixture
def screen(qtbot: QtBot, background: Background) -> PatientDetailsScreen:
    made = PatientDetailsScreen(background)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    return made


def type_into(qtbot: QtBot, screen: PatientDetailsScreen, name: str, text: str) -> None:
    line = screen.findChild(QLineEdit, name)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def register(qtbot: QtBot, screen: PatientDetailsScreen) -> None:
    screen.register()
    settle(qtbot, screen.background)


def stored(practice: OpenPractice, patient_id: int, name: str) -> object:
    with practice.database.unit_of_work(practice.actor) as session:
        return open_record(session, PATIENT_FORM, patient_id).values[name]


def test_that_a_patient_is_registered_by_keyboard(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice
) -> None:
    register(qtbot, screen)
    type_into(qtbot, screen, "family_name", "Okafor")
    type_into(qtbot, screen, "given_name", "Rosalind")
    type_into(qtbot, screen, "birth_date", "14 mar 1981")
    with qtbot.waitSignal(screen.went) as went:
        qtbot.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with practice.database.unit_of_work(practice.actor) as session:
        rows = find_patients(session, "okafor")
    assert [row.list_name for row in rows] == ["Okafor, Rosalind"]
    assert went.args == [Place("patient", rows[0].id)]


def test_that_why_it_was_not_saved_stays_when_the_draft_is_kept(qtbot: QtBot, screen: PatientDetailsScreen) -> None:
    register(qtbot, screen)
    type_into(qtbot, screen, "family_name", "Okafor")
    qtbot.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(screen.editor.messages.is_loud)
    screen.keep_drafts()
    settle(qtbot, screen.background)
    assert "Not saved" in screen.editor.messages.words.text()


def test_that_save_leads_to_the_first_answer_that_needs_correction(qtbot: QtBot, screen: PatientDetailsScreen) -> None:
    register(qtbot, screen)
    type_into(qtbot, screen, "family_name", "Okafor")
    qtbot.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    birth = screen.findChild(QLineEdit, "birth_date")
    qtbot.waitUntil(lambda: birth is not None and birth.hasFocus())
    assert screen.editor.messages.is_loud()
    assert screen.editor.form.draft()["family_name"] == "Okafor"


def test_that_what_was_typed_survives_leaving_the_screen(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, background: Background
) -> None:
    register(qtbot, screen)
    type_into(qtbot, screen, "family_name", "Oka")
    type_into(qtbot, screen, "birth_date", "1981-0")
    screen.keep_drafts()
    settle(qtbot, screen.background)
    with practice.database.unit_of_work(practice.actor) as session:
        kept = find_draft(session, DraftOf("patient", "new"))
    assert kept is not None
    assert kept.typed["birth_date"] == "1981-0"
    again = PatientDetailsScreen(background)
    qtbot.addWidget(again)
    register(qtbot, again)
    line = again.findChild(QLineEdit, "birth_date")
    assert line is not None
    assert line.text() == "1981-0"


def test_that_typing_is_kept_as_a_draft_by_itself(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice
) -> None:
    register(qtbot, screen)
    type_into(qtbot, screen, "family_name", "Oka")

    def is_kept() -> bool:
        with practice.database.unit_of_work(practice.actor) as session:
            return find_draft(session, DraftOf("patient", "new")) is not None

    qtbot.waitUntil(is_kept, timeout=4_000)


def test_that_saving_drops_the_draft(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    screen.show_patient(patient_id)
    settle(qtbot, screen.background)
    type_into(qtbot, screen, "phone", "555-0100")
    screen.keep_drafts()
    screen.editor.save()
    settle(qtbot, screen.background)
    assert stored(practice, patient_id, "phone") == "555-0100"
    with practice.database.unit_of_work(practice.actor) as session:
        assert find_draft(session, DraftOf("patient", str(patient_id))) is None


def test_that_two_versions_are_settled_field_by_field(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient(phone="555-0100", email="old@example.org")
    screen.show_patient(patient_id)
    settle(qtbot, screen.background)
    type_into(qtbot, screen, "phone", "555-0111")
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, patient_id)
        theirs = {"phone": "555-0122", "email": "new@example.org"}
        save_record(session, PATIENT_FORM, opened, dict(opened.values) | theirs)
    screen.editor.save()
    qtbot.waitUntil(lambda: screen.editor.conflict is not None)
    conflict = screen.editor.conflict
    assert conflict is not None
    assert set(conflict.choices) == {"phone"}
    shown = {choice.text() for choice in conflict.findChildren(QRadioButton)}
    assert shown == {"555-0111", "555-0122"}
    button = conflict.findChild(QPushButton, "settle")
    assert button is not None
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: screen.editor.conflict is None)
    settle(qtbot, screen.background)
    assert stored(practice, patient_id, "phone") == "555-0111"
    assert stored(practice, patient_id, "email") == "new@example.org"


def test_that_changes_to_different_fields_are_joined_without_a_question(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient(phone="555-0100")
    screen.show_patient(patient_id)
    settle(qtbot, screen.background)
    type_into(qtbot, screen, "email", "ann@example.org")
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, patient_id)
        save_record(session, PATIENT_FORM, opened, dict(opened.values) | {"phone": "555-0122"})
    screen.editor.save()
    qtbot.waitUntil(lambda: stored(practice, patient_id, "email") == "ann@example.org")
    assert stored(practice, patient_id, "phone") == "555-0122"


def test_that_null_answers_survive_load_and_save(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    screen.show_patient(patient_id)
    settle(qtbot, screen.background)
    before = screen.editor.snapshot
    screen.editor.save()
    settle(qtbot, screen.background)
    with practice.database.unit_of_work(practice.actor) as session:
        assert open_record(session, PATIENT_FORM, patient_id) == before


def kept_over(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, patient_id: int, **theirs: object
) -> None:
    """The phone is typed, left as a draft, and somebody else saves `theirs` before it is opened again."""
    screen.show_patient(patient_id)
    settle(qtbot, screen.background)
    type_into(qtbot, screen, "phone", "555-0111")
    screen.keep_drafts()
    settle(qtbot, screen.background)
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, patient_id)
        save_record(session, PATIENT_FORM, opened, dict(opened.values) | theirs)
    screen.show_patient(patient_id)
    settle(qtbot, screen.background)


def test_that_a_draft_leaves_alone_what_somebody_else_saved_meanwhile(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient(phone="555-0100", email="old@example.org")
    kept_over(qtbot, screen, practice, patient_id, email="new@example.org")
    screen.editor.save()
    settle(qtbot, screen.background)
    assert screen.editor.conflict is None
    assert stored(practice, patient_id, "phone") == "555-0111"
    assert stored(practice, patient_id, "email") == "new@example.org"


def test_that_a_draft_typed_over_what_somebody_else_changed_meanwhile_is_asked_about(
    qtbot: QtBot, screen: PatientDetailsScreen, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient(phone="555-0100")
    kept_over(qtbot, screen, practice, patient_id, phone="555-0122")
    for _ in range(2):  # also when the open question is left and come back to
        screen.editor.save()
        settle(qtbot, screen.background)
        assert screen.editor.conflict is not None
        assert stored(practice, patient_id, "phone") == "555-0122"
        screen.keep_drafts()
        screen.show_patient(patient_id)
        settle(qtbot, screen.background)
    screen.editor.revert()
    settle(qtbot, screen.background)
    assert stored(practice, patient_id, "phone") == "555-0122"


def test_that_what_quick_fingers_type_before_the_form_is_ready_stays(
    qtbot: QtBot, screen: PatientDetailsScreen, add_patient: Callable[..., int]
) -> None:
    screen.show_patient(add_patient(phone="555-0100", email="old@example.org"))
    settle(qtbot, screen.background)
    screen.register()
    type_into(qtbot, screen, "family_name", "Oka")
    settle(qtbot, screen.background)
    draft = screen.editor.form.draft()
    assert (draft["family_name"], draft["phone"], draft["email"]) == ("Oka", "", "")
