"""Setting up a practice with the keyboard alone, from the welcome to the first sign-in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.models.choices import Language, PaperSize, Role
from desktop.opening import NewPractice, PracticeInTheMaking
from desktop.storage.vault import Cost
from desktop.ui.kit.account_form import suggested_sign_in_name
from desktop.ui.set_up.answers import SetUpAnswers
from desktop.ui.set_up.wizard import SetUpWizard

PASSWORD = "a calm quay at dawn"
CODE = "7K2QX-ABCDE-12345-VWXYZ-7K2QX-ABCDE-12345-VWXYZ"


@pytest.fixture
def wizard(qtbot: QtBot) -> SetUpWizard:
    made = SetUpWizard()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def field(wizard: QWidget, name: str) -> QLineEdit:
    found = next(each for each in wizard.findChildren(QLineEdit, name) if each.isVisible())
    assert isinstance(found, QLineEdit)
    return found


def fill_practice(qtbot: QtBot, wizard: SetUpWizard) -> None:
    qtbot.keyClick(wizard.welcome.first, Qt.Key.Key_Return)
    qtbot.keyClicks(field(wizard, "name"), "Harbour Plastic Surgery")
    qtbot.keyClicks(field(wizard, "phone"), "555-0100")
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)


def fill_person(qtbot: QtBot, wizard: SetUpWizard, password: str = PASSWORD) -> None:
    qtbot.keyClicks(field(wizard, "display_name"), "Dr. A. Marchetti, MD")
    qtbot.keyClicks(field(wizard, "password"), password)
    qtbot.keyClick(field(wizard, "password"), Qt.Key.Key_Return)


def refuse_group_2(_typed: str) -> bool:
    raise UserError("Group 2 of the recovery code is not as on the sheet.")


def test_that_a_practice_is_set_up_by_keyboard_with_its_own_keys(
    qtbot: QtBot, wizard: SetUpWizard, tmp_path: Path
) -> None:
    making: list[PracticeInTheMaking] = []

    def begin(answers: SetUpAnswers, password: str) -> None:
        cheap = Cost(memory_kib=8, passes=1, lanes=1)
        making.append(PracticeInTheMaking(tmp_path / "practice", NewPractice(**vars(answers)), password, cost=cheap))
        wizard.proves = making[-1].proves
        wizard.show_code(making[-1].recovery_code)

    wizard.begin_asked.connect(begin)
    fill_practice(qtbot, wizard)
    fill_person(qtbot, wizard)
    assert wizard.recovery.print.hasFocus()
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    typed = field(wizard, "typed_code")
    assert typed.hasFocus()
    qtbot.keyClicks(typed, making[0].recovery_code.lower().replace("-", " "))
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert wizard.ready.first.hasFocus()
    with qtbot.waitSignal(wizard.finish_asked) as asked:
        qtbot.keyClick(wizard.ready.first, Qt.Key.Key_Return)
    assert asked.args == [False]
    opened = making[0].finish()
    assert opened.actor.name == "Dr. A. Marchetti, MD"
    assert opened.actor.roles == {Role.SURGEON, Role.ADMINISTRATOR}
    opened.close()


def test_that_the_answers_are_handed_over_as_they_were_typed(qtbot: QtBot, wizard: SetUpWizard) -> None:
    fill_practice(qtbot, wizard)
    with qtbot.waitSignal(wizard.begin_asked) as asked:
        fill_person(qtbot, wizard)
    assert asked.args == [
        SetUpAnswers(
            name="Harbour Plastic Surgery",
            address=None,
            phone="555-0100",
            after_hours_phone=None,
            emergency_number=None,
            paper_size=PaperSize.LETTER,
            language=Language.ENGLISH,
            account_name="marchetti",
            display_name="Dr. A. Marchetti, MD",
            roles=(Role.SURGEON, Role.ADMINISTRATOR),
        ),
        PASSWORD,
    ]
    assert wizard.message.text() == "Making the keys …"
    assert not wizard.next.isEnabled()


def test_that_enter_walks_through_the_practice(qtbot: QtBot, wizard: SetUpWizard) -> None:
    qtbot.keyClick(wizard.welcome.first, Qt.Key.Key_Return)
    name = field(wizard, "name")
    assert name.hasFocus()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert not name.hasFocus()


def test_that_a_practice_without_a_name_does_not_go_on(qtbot: QtBot, wizard: SetUpWizard) -> None:
    qtbot.keyClick(wizard.welcome.first, Qt.Key.Key_Return)
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    assert wizard.practice.form.boxes["name"].note.text() == "Name of the practice is needed."
    assert field(wizard, "name").hasFocus()


def test_that_only_languages_with_handouts_are_offered(wizard: SetUpWizard) -> None:
    (language,) = wizard.practice.form.findChildren(QComboBox, "language")
    assert {language.itemText(at) for at in range(language.count())} == {"", "English"}


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "Too short: 5 of at least 15 characters."),
        ("aaaaaaaaaaaaaaaa", "It repeats only a few characters"),
        ("abcdefghijklmnopq", "It follows the order of the alphabet"),
    ],
)
def test_that_a_weak_password_is_refused_with_its_reason(
    qtbot: QtBot, wizard: SetUpWizard, password: str, reason: str
) -> None:
    fill_practice(qtbot, wizard)
    with qtbot.assertNotEmitted(wizard.begin_asked):
        fill_person(qtbot, wizard, password)
    assert wizard.person.account.password.note.text().startswith(reason)
    assert field(wizard, "password").hasFocus()


def test_that_a_password_can_be_pasted_and_its_length_is_counted(qtbot: QtBot, wizard: SetUpWizard) -> None:
    fill_practice(qtbot, wizard)
    line = field(wizard, "password")
    qtbot.keyClicks(line, "a calm quay")
    assert wizard.person.account.password.note.text() == "11 of at least 15 characters."
    line.selectAll()
    line.insert(PASSWORD)
    line.textEdited.emit(PASSWORD)
    assert wizard.person.account.password.note.text() == "19 characters. Good."


def test_that_the_first_account_stays_an_administrator(qtbot: QtBot, wizard: SetUpWizard) -> None:
    fill_practice(qtbot, wizard)
    tick = wizard.person.account.ticks[Role.ADMINISTRATOR]
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()


def test_that_answers_survive_going_back_and_forth(qtbot: QtBot, wizard: SetUpWizard) -> None:
    fill_practice(qtbot, wizard)
    qtbot.keyClicks(field(wizard, "display_name"), "Dr. A. Marchetti")
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert field(wizard, "name").text() == "Harbour Plastic Surgery"
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    assert field(wizard, "display_name").text() == "Dr. A. Marchetti"
    assert field(wizard, "name").text() == "marchetti"


def test_that_a_sign_in_name_once_chosen_is_not_overwritten(qtbot: QtBot, wizard: SetUpWizard) -> None:
    fill_practice(qtbot, wizard)
    qtbot.keyClicks(field(wizard, "name"), "anna")
    qtbot.keyClicks(field(wizard, "display_name"), "Dr. A. Marchetti")
    assert field(wizard, "name").text() == "anna"


def test_that_a_refusal_keeps_what_was_typed(qtbot: QtBot, wizard: SetUpWizard) -> None:
    fill_practice(qtbot, wizard)
    fill_person(qtbot, wizard)
    wizard.refuse("The disk is full. Make room and try again.")
    assert wizard.person.problem.text() == "The disk is full. Make room and try again."
    assert wizard.next.isEnabled()
    with qtbot.waitSignal(wizard.begin_asked):
        qtbot.keyClick(wizard.next, Qt.Key.Key_Return)


def test_that_new_keys_are_made_only_when_an_answer_has_changed(qtbot: QtBot, wizard: SetUpWizard) -> None:
    fill_practice(qtbot, wizard)
    fill_person(qtbot, wizard)
    wizard.show_code(CODE)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(wizard.begin_asked):
        qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    assert wizard.recovery.code == CODE
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    qtbot.keyClicks(field(wizard, "display_name"), " FACS")
    with qtbot.waitSignal(wizard.begin_asked):
        qtbot.keyClick(wizard.next, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("proves", "reason"),
    [
        (refuse_group_2, "Group 2 of the recovery code is not as on the sheet."),
        (lambda _typed: False, "This is a recovery code, but not the one on the sheet"),
    ],
)
def test_that_a_code_typed_wrongly_says_where(
    qtbot: QtBot, wizard: SetUpWizard, proves: Callable[[str], bool], reason: str
) -> None:
    wizard.proves = proves
    fill_practice(qtbot, wizard)
    fill_person(qtbot, wizard)
    wizard.show_code(CODE)
    qtbot.keyClick(wizard.next, Qt.Key.Key_Return)
    qtbot.keyClicks(field(wizard, "typed_code"), CODE)
    qtbot.keyClick(field(wizard, "typed_code"), Qt.Key.Key_Return)
    assert wizard.recovery.typed.note.text().startswith(reason)
    assert field(wizard, "typed_code").hasFocus()
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.recovery.is_proving()


def test_that_the_sheet_is_saved_as_a_pdf(qtbot: QtBot, wizard: SetUpWizard, tmp_path: Path) -> None:
    wizard.recovery.choose_file = lambda _suggested, _parent: str(tmp_path / "sheet")
    fill_practice(qtbot, wizard)
    fill_person(qtbot, wizard)
    wizard.show_code(CODE)
    qtbot.keySequence(wizard, QKeySequence("Ctrl+S"))
    qtbot.waitUntil(lambda: wizard.recovery.message.text().startswith("Saved as sheet.pdf."))
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_that_a_sheet_that_cannot_be_saved_is_told_in_words(qtbot: QtBot, wizard: SetUpWizard, tmp_path: Path) -> None:
    wizard.recovery.choose_file = lambda _suggested, _parent: str(tmp_path / "missing" / "sheet.pdf")
    fill_practice(qtbot, wizard)
    fill_person(qtbot, wizard)
    wizard.show_code(CODE)
    qtbot.keySequence(wizard, QKeySequence("Ctrl+S"))
    qtbot.waitUntil(lambda: wizard.recovery.message.text().startswith("The PDF was not saved in"))


def test_that_the_demo_practice_can_be_looked_at_before_and_after(qtbot: QtBot, wizard: SetUpWizard) -> None:
    with qtbot.waitSignal(wizard.demo_asked):
        qtbot.keyClick(wizard.welcome.second, Qt.Key.Key_Return)
    with qtbot.waitSignal(wizard.finish_asked) as asked:
        wizard.ready.second.click()
    assert asked.args == [True]


def test_that_escape_on_the_first_page_leaves(qtbot: QtBot, wizard: SetUpWizard) -> None:
    with qtbot.waitSignal(wizard.cancelled):
        qtbot.keyClick(wizard, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("printed", "sign_in_name"),
    [
        ("Dr. A. Marchetti", "marchetti"),
        ("Prof. Síle O'Neill, MD FACS", "oneill"),
        ("N. Rossi RN", "rossi"),
        ("김민서", "김민서"),
        ("Dr.", ""),
    ],
)
def test_that_a_sign_in_name_is_suggested(printed: str, sign_in_name: str) -> None:
    assert suggested_sign_in_name(printed) == sign_in_name
