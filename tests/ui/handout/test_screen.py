"""What a patient takes home, given and given again by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from desktop.errors import UserError
from desktop.models.choices import CardFormat, Language, Role
from desktop.models.document import IssuedDocument
from desktop.models.practice import Practice
from desktop.opening import OpenPractice
from desktop.services.device_card import preview_device_card
from desktop.services.handout import issue_recovery_handout, list_documents, preview_recovery_handout
from desktop.ui.handout.screen import DocumentsScreen
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from tests.recovery_story import add_recovering_patient
from tests.ui.hands import settle

AddPatient = Callable[..., int]


class Printer:
    """In place of the printer and of the file dialog."""

    def __init__(self, answer: Any = True) -> None:
        self.answer = answer
        self.printed: list[bytes] = []

    def __call__(self, pdf: bytes, *_args: Any, **_named: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        self.printed.append(pdf)
        return self.answer


def opened(qtbot: QtBot, background: Background, patient_id: int) -> DocumentsScreen:
    made = DocumentsScreen(background)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    qtbot.waitActive(made)
    made.show_patient(patient_id)
    settle(qtbot, made.background)
    return made


def press(qtbot: QtBot, screen: DocumentsScreen, name: str) -> None:
    found = screen.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    assert found.isEnabled()
    qtbot.keyClick(found, Qt.Key.Key_Space)
    settle(qtbot, screen.background)


@pytest.fixture
def patient_id(practice: OpenPractice, add_patient: AddPatient) -> int:
    return add_recovering_patient(practice, add_patient, given_name="<b>Bobby</b>")[0]


@pytest.fixture
def screen(qtbot: QtBot, background: Background, patient_id: int) -> DocumentsScreen:
    return opened(qtbot, background, patient_id)


def ask(practice: OpenPractice, work: Callable[..., Any], *args: Any) -> Any:
    with practice.database.unit_of_work(practice.actor) as session:
        return work(session, *args)


class TestGiving:
    def test_that_the_page_is_seen_before_it_is_given(
        self, screen: DocumentsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        assert screen.preview.isVisible()
        assert screen.preview.page_count() >= 2
        assert screen.state.text().startswith("Preview, not kept.")
        assert ask(practice, list_documents, patient_id) == ()

    def test_that_printing_gives_the_page_and_prints_what_was_kept(
        self, qtbot: QtBot, screen: DocumentsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        screen.print_bytes = printer = Printer()
        seen = ask(practice, preview_recovery_handout, patient_id)
        press(qtbot, screen, "print")
        assert printer.printed == [seen]
        (given,) = ask(practice, list_documents, patient_id)
        assert screen.messages.words.text() == "Kept as given. Printed"
        assert screen.state.text() == "Given 23 Nov 2026 15:00 by Dr. A. Marchetti. This is the exact same page."
        press(qtbot, screen, "print")
        assert printer.printed == [seen, seen]
        assert [row.id for row in ask(practice, list_documents, patient_id)] == [given.id]

    def test_that_saving_gives_the_page_under_a_name_without_hers(
        self, qtbot: QtBot, screen: DocumentsScreen, tmp_path: Path, practice: OpenPractice, patient_id: int
    ) -> None:
        suggested = []

        def save(pdf: bytes, name: str, _parent: Any) -> Path:
            suggested.append(name)
            path = tmp_path / "page.pdf"
            path.write_bytes(pdf)
            return path

        screen.save_bytes = save
        press(qtbot, screen, "save_pdf")
        assert suggested == ["Recovering after your revision 000001.pdf"]
        assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
        assert len(ask(practice, list_documents, patient_id)) == 1

    def test_that_a_printer_that_fails_leaves_the_page_kept_and_says_so(
        self, qtbot: QtBot, screen: DocumentsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        screen.print_bytes = Printer(UserError("Nothing was printed: the printer is gone."))
        press(qtbot, screen, "print")
        assert screen.messages.words.text() == "Kept as given. Nothing was printed: the printer is gone."
        assert screen.messages.is_loud()
        assert len(ask(practice, list_documents, patient_id)) == 1

    def test_that_a_second_thought_in_the_dialog_is_told(self, qtbot: QtBot, screen: DocumentsScreen) -> None:
        screen.print_bytes = Printer(False)
        press(qtbot, screen, "print")
        assert "Not printed; choose it under “Given”" in screen.messages.words.text()

    def test_that_the_front_desk_gives_it(
        self, qtbot: QtBot, as_role: Callable[..., Background], patient_id: int, practice: OpenPractice
    ) -> None:
        screen = opened(qtbot, as_role(Role.FRONT_DESK), patient_id)
        screen.print_bytes = printer = Printer()
        press(qtbot, screen, "print")
        assert len(printer.printed) == 1
        assert ask(practice, list_documents, patient_id)[0].issued_by == "Somebody (front_desk)"

    def test_that_another_language_is_told(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, _view = add_recovering_patient(practice, add_patient, language=Language.ARABIC)
        screen = opened(qtbot, background, patient_id)
        assert "The patient prefers Arabic; this text is in English." in screen.state.text()


class TestGivingAgain:
    def test_that_enter_shows_the_exact_same_page(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int
    ) -> None:
        issued = ask(practice, issue_recovery_handout, patient_id)
        with practice.database.unit_of_work(practice.actor) as session:
            session.scalars(select(Practice)).one().name = "Another name"
        screen = opened(qtbot, background, patient_id)
        screen.print_bytes = printer = Printer()
        offer = screen.findChild(QWidget, "offer recovery")
        row = screen.findChild(QWidget, f"given {issued.id}")
        assert isinstance(offer, QWidget)
        assert isinstance(row, QWidget)
        assert offer.hasFocus()
        qtbot.keyClick(row, Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        press(qtbot, screen, "print")
        assert printer.printed == [issued.pdf]
        assert len(ask(practice, list_documents, patient_id)) == 1
        qtbot.keyClick(offer, Qt.Key.Key_Return)
        assert screen.state.text().startswith("Preview")

    def test_that_a_page_whose_bytes_changed_is_not_shown(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int
    ) -> None:
        issued = ask(practice, issue_recovery_handout, patient_id)
        with practice.database.unit_of_work(practice.actor) as session:
            session.execute(update(IssuedDocument).values(pdf=b"%PDF-1.7 another"))
        screen = opened(qtbot, background, patient_id)
        row = screen.findChild(QWidget, f"given {issued.id}")
        assert isinstance(row, QWidget)
        qtbot.keyClick(row, Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        assert screen.messages.words.text().startswith("DO NOT USE")
        assert not screen.preview.isVisible()
        assert not screen.print_button.isEnabled()


class TestWhatIsMissing:
    def test_that_each_missing_fact_leads_to_where_it_is_filled_in(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id = add_patient()
        with practice.database.unit_of_work(practice.actor) as session:
            session.scalars(select(Practice)).one().after_hours_phone = None
        screen = opened(qtbot, background, patient_id)
        assert not screen.print_button.isEnabled()
        assert not screen.save_button.isEnabled()
        for name, place in (
            ("go practice.after_hours_phone", Place("office")),
            ("go surgery.surgeon_name", Place("revision", patient_id)),
            ("go checklist", Place("recovery", patient_id)),
        ):
            found = screen.findChild(QPushButton, name)
            assert isinstance(found, QPushButton)
            with qtbot.waitSignal(screen.went) as went:
                qtbot.keyClick(found, Qt.Key.Key_Space)
            assert went.args == [place]

    def test_that_filling_it_in_makes_the_page(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int
    ) -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            session.scalars(select(Practice)).one().phone = None
        screen = opened(qtbot, background, patient_id)
        assert not screen.print_button.isEnabled()
        with practice.database.unit_of_work(practice.actor) as session:
            session.scalars(select(Practice)).one().phone = "555-0100"
        screen.refresh()
        settle(qtbot, screen.background)
        assert screen.print_button.isEnabled()
        assert screen.preview.isVisible()


class TestTheDeviceCard:
    @pytest.fixture
    def card(self, qtbot: QtBot, screen: DocumentsScreen) -> DocumentsScreen:
        row = screen.findChild(QWidget, "offer device_card")
        assert isinstance(row, QWidget)
        qtbot.keyClick(row, Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        return screen

    def test_that_it_is_seen_in_every_size_and_given_in_the_chosen_one(
        self, qtbot: QtBot, card: DocumentsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        assert card.card_size.isVisible()
        assert card.preview.page_count() == 2
        qtbot.keyClick(card.card_size.focusProxy(), Qt.Key.Key_Right)
        qtbot.keyClick(card.card_size.focusProxy(), Qt.Key.Key_Right)
        settle(qtbot, card.background)
        assert card.preview.page_count() == 1
        seen = ask(practice, preview_device_card, patient_id, CardFormat.A6)
        card.print_bytes = printer = Printer()
        press(qtbot, card, "print")
        assert printer.printed == [seen]
        assert ask(practice, list_documents, patient_id)[0].title == "Device card: A6"
        assert not card.card_size.isVisible()

    def test_that_letters_are_made_where_it_is_known_what_is_missing(
        self, qtbot: QtBot, screen: DocumentsScreen, patient_id: int
    ) -> None:
        row = screen.findChild(QWidget, "offer letters")
        assert isinstance(row, QWidget)
        with qtbot.waitSignal(screen.went) as went:
            qtbot.keyClick(row, Qt.Key.Key_Return)
        assert went.args == [Place("records", patient_id)]

    def test_that_without_a_device_it_leads_to_where_one_is_recorded(
        self, qtbot: QtBot, background: Background, add_patient: AddPatient
    ) -> None:
        patient_id = add_patient(family_name="Bell")
        screen = opened(qtbot, background, patient_id)
        row = screen.findChild(QWidget, "offer device_card")
        assert isinstance(row, QWidget)
        qtbot.keyClick(row, Qt.Key.Key_Return)
        assert not screen.print_button.isEnabled()
        with qtbot.waitSignal(screen.went) as went:
            press(qtbot, screen, "go devices")
        assert went.args == [Place("history", patient_id)]
