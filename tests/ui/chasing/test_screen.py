"""What the office waits for, walked and worked off by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.models.choices import Role, Side, SpecimenKind, WarrantyState
from desktop.models.removal import Removal, Specimen
from desktop.opening import OpenPractice
from desktop.services.handout import list_documents
from desktop.services.records_request import list_requests
from desktop.ui.chasing.patient_page import CLOSE
from desktop.ui.chasing.screen import OUTSTANDING, ChasingScreen
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from tests.ui.chasing.story import Printer, ask, operate, request

AddPatient = Callable[..., int]


def opened(qtbot: QtBot, background: Background) -> ChasingScreen:
    made = ChasingScreen(background)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    qtbot.waitActive(made)
    made.print_bytes = Printer()
    made.refresh()
    qtbot.waitUntil(background.is_idle)
    return made


def shown(screen: ChasingScreen, row: int, column: int) -> str:
    return str(screen.requests.index(row, column).data())


@pytest.fixture
def patient_id(practice: OpenPractice, add_patient: AddPatient) -> int:
    return add_patient()


@pytest.fixture
def numbers(practice: OpenPractice, patient_id: int) -> tuple[int, int]:
    """The numbers of one request that is overdue and of one that is not."""
    operation_id = operate(practice, patient_id)
    late = request(practice, patient_id, operation_id, dt.date(2026, 11, 14)).row.id
    return late, request(practice, patient_id, operation_id).row.id


def test_that_the_overdue_stand_first_and_say_so_in_words(
    qtbot: QtBot, background: Background, numbers: tuple[int, int]
) -> None:
    screen = opened(qtbot, background)
    assert [screen.requests.row(at).id for at in range(2)] == list(numbers)
    assert shown(screen, 0, 4) == "14 Nov 2026, 9 days overdue"
    assert shown(screen, 1, 4) == "7 Dec 2026, due in 14 days"
    assert screen.count.text() == "2 waiting · 1 overdue"
    assert screen.requests_table.hasFocus()


def test_that_two_patients_of_one_name_are_told_apart_by_their_record_numbers(
    qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient
) -> None:
    for patient_id in (add_patient(), add_patient()):
        operation_id = operate(practice, patient_id)
        request(practice, patient_id, operation_id)
        with practice.database.unit_of_work(practice.actor) as session:
            removal = Removal(patient_id=patient_id, operation_id=operation_id, side=Side.LEFT)
            removal.specimens = [Specimen(kind=SpecimenKind.CYTOLOGY, sent_on=dt.date(2026, 11, 3))]
            session.add(removal)
    screen = opened(qtbot, background)
    for model in (screen.requests, screen.outstanding):
        names, numbers = ({str(model.index(row, column).data()) for row in range(2)} for column in (0, 1))
        assert (len(names), len(numbers)) == (1, 2)


def test_that_enter_opens_her_records_and_c_leads_to_closing(
    qtbot: QtBot, background: Background, numbers: tuple[int, int], patient_id: int
) -> None:
    screen = opened(qtbot, background)
    qtbot.keyClick(screen.requests_table, Qt.Key.Key_Down)
    for key, text in ((Qt.Key.Key_Return, ""), (Qt.Key.Key_C, CLOSE)):
        with qtbot.waitSignal(screen.went) as went:
            qtbot.keyClick(screen.requests_table, key)
        assert went.args == [Place("records", patient_id, numbers[1], text)]


def test_that_p_prints_a_reminder_and_the_day_is_kept(
    qtbot: QtBot, background: Background, practice: OpenPractice, numbers: tuple[int, int], patient_id: int
) -> None:
    screen = opened(qtbot, background)
    qtbot.keyClick(screen.requests_table, Qt.Key.Key_P)
    qtbot.waitUntil(background.is_idle)
    assert screen.messages.words.text() == "Reminder kept as given. Printed"
    assert shown(screen, 0, 5) == "23 Nov 2026"
    reminded = {row.id: row.reminded_on for row in ask(practice, list_requests, patient_id)}
    assert reminded == {numbers[0]: dt.date(2026, 11, 23), numbers[1]: None}
    assert ask(practice, list_documents, patient_id)[0].title.startswith("Reminder: ")


def test_that_a_printer_that_fails_leaves_the_reminder_kept(
    qtbot: QtBot, background: Background, numbers: tuple[int, int]
) -> None:
    screen = opened(qtbot, background)
    screen.print_bytes = Printer(UserError("Nothing was printed: the printer is gone."))
    qtbot.keyClick(screen.requests_table, Qt.Key.Key_P)
    qtbot.waitUntil(background.is_idle)
    assert screen.messages.words.text() == "Reminder kept as given. Nothing was printed: the printer is gone."
    assert screen.messages.is_loud()


def test_that_specimens_and_warranties_stand_in_their_own_list(
    qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int
) -> None:
    operation_id = operate(practice, patient_id)
    with practice.database.unit_of_work(practice.actor) as session:
        removal = Removal(
            patient_id=patient_id,
            operation_id=operation_id,
            side=Side.RIGHT,
            warranty=WarrantyState.TO_CLAIM,
            warranty_until=dt.date(2026, 12, 1),
        )
        removal.specimens = [Specimen(kind=SpecimenKind.CD30, sent_on=dt.date(2026, 11, 3), laboratory="Harbour Lab")]
        session.add(removal)
    screen = opened(qtbot, background)
    screen.show_list(OUTSTANDING)
    told = [[str(screen.outstanding.index(row, column).data()) for column in (2, 3, 4)] for row in range(2)]
    assert told == [
        ["RIGHT: CD30", "Harbour Lab", "sent 3 Nov 2026, 20 days ago, no result yet"],
        ["RIGHT: Warranty to be claimed", "", "claim by 1 Dec 2026, due in 8 days"],
    ]
    with qtbot.waitSignal(screen.went) as went:
        qtbot.keyClick(screen.outstanding_table, Qt.Key.Key_Return)
    assert went.args == [Place("history", patient_id, operation_id)]


def test_that_an_empty_list_says_what_belongs_there(qtbot: QtBot, background: Background) -> None:
    screen = opened(qtbot, background)
    assert screen.nothing.isVisible()
    assert "Ctrl+R" in screen.nothing.words.text()


@pytest.mark.parametrize(
    ("role", "lists"),
    [
        (Role.FRONT_DESK, ["requests"]),
        (Role.NURSE, ["requests", "outstanding"]),
        (Role.ANESTHESIA, ["outstanding"]),
        (Role.ADMINISTRATOR, []),
    ],
)
def test_that_each_role_sees_what_it_may(
    qtbot: QtBot,
    as_role: Callable[..., Background],
    numbers: tuple[int, int],
    role: Role,
    lists: list[str],
) -> None:
    screen = opened(qtbot, as_role(role))
    assert list(screen.listed()) == lists
    assert screen.requests.rowCount() == (2 if "requests" in lists else 0)
    assert screen.requests_table.isVisible() is ("requests" in lists)
    if not lists:
        assert screen.nothing.words.text() == "Your role includes none of what is chased here."
