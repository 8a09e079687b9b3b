"""The settings by keyboard: the practice, the accounts, one's password, the look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.choices import Role
from desktop.opening import OpenPractice, sign_in
from desktop.ui.kit.background import Background
from desktop.ui.kit.preferences import Preferences, keep_apart, keep_preferences, load_preferences
from desktop.ui.kit.screen import Place
from desktop.ui.kit.theme import apply_theme, scale, theme
from desktop.ui.office.libraries import libraries
from desktop.ui.office.screen import OfficeScreen

PASSWORD = "three boats and a gull"


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> Iterator[None]:
    """Nobody's own look is touched by a test."""
    keep_apart(tmp_path / "settings")
    yield
    if (theme().name, scale()) != ("light", 1.0):
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, "light")


@pytest.fixture
def office(qtbot: QtBot, background: Background) -> OfficeScreen:
    return shown(qtbot, background)


def shown(qtbot: QtBot, background: Background) -> OfficeScreen:
    made = OfficeScreen(background)
    qtbot.addWidget(made)
    made.resize(1020, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.refresh()
    qtbot.waitUntil(background.is_idle)
    return made


def field(screen: QWidget, name: str) -> QLineEdit:
    found = next(each for each in screen.findChildren(QLineEdit, name) if each.isVisible())
    assert isinstance(found, QLineEdit)
    return found


def open_section(qtbot: QtBot, office: OfficeScreen, number: int) -> None:
    qtbot.keySequence(office, QKeySequence(f"Ctrl+{number}"))
    qtbot.waitUntil(office.background.is_idle)


def add_nurse(qtbot: QtBot, office: OfficeScreen) -> None:
    open_section(qtbot, office, 2)
    qtbot.keyClick(office.accounts.add_button, Qt.Key.Key_Space)
    qtbot.keyClicks(field(office, "display_name"), "N. Rossi")
    nurse = office.accounts.form.ticks[Role.NURSE]
    nurse.setFocus()
    qtbot.keyClick(nurse, Qt.Key.Key_Space)
    qtbot.keyClicks(field(office, "password"), PASSWORD)
    qtbot.keySequence(office, QKeySequence("Ctrl+S"))
    qtbot.waitUntil(lambda: office.accounts.model.rowCount() == 2)


def test_that_the_practice_is_renamed(qtbot: QtBot, office: OfficeScreen) -> None:
    name = field(office, "name")
    assert name.text() == "Harbour Plastic Surgery"
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Quay Surgery")
    with qtbot.waitSignal(office.renamed) as renamed:
        qtbot.keySequence(office, QKeySequence("Ctrl+S"))
    assert renamed.args == ["Quay Surgery"]


def test_that_a_half_written_change_is_kept_when_another_part_is_opened(qtbot: QtBot, office: OfficeScreen) -> None:
    qtbot.keyClick(field(office, "phone"), Qt.Key.Key_End)
    qtbot.keyClicks(field(office, "phone"), "1")
    open_section(qtbot, office, 4)
    open_section(qtbot, office, 1)
    assert field(office, "phone").text() == "555-01001"


def test_that_a_nurse_reads_the_practice_and_cannot_change_it(qtbot: QtBot, as_role: Callable[..., Background]) -> None:
    office = shown(qtbot, as_role(Role.NURSE))
    assert field(office, "name").isReadOnly()
    assert not office.practice.editor.save_button.isVisible()


def test_that_a_nurse_is_told_who_looks_after_accounts(qtbot: QtBot, as_role: Callable[..., Background]) -> None:
    office = shown(qtbot, as_role(Role.NURSE))
    open_section(qtbot, office, 2)
    assert not office.accounts.findChildren(QLineEdit)


def test_that_a_new_colleague_signs_in_with_the_first_password(
    qtbot: QtBot, office: OfficeScreen, practice: OpenPractice
) -> None:
    add_nurse(qtbot, office)
    assert office.accounts.messages.words.text() == "N. Rossi can sign in as rossi."
    opened = sign_in(practice.folder, "rossi", PASSWORD)
    assert opened.actor.roles == {Role.NURSE}
    opened.close()


def test_that_a_sign_in_name_is_given_once(qtbot: QtBot, office: OfficeScreen) -> None:
    add_nurse(qtbot, office)
    office.accounts.open_add()
    qtbot.keyClicks(field(office, "display_name"), "Paola Rossi")
    office.accounts.form.ticks[Role.FRONT_DESK].setChecked(True)
    qtbot.keyClicks(field(office, "password"), PASSWORD)
    qtbot.keySequence(office, QKeySequence("Ctrl+S"))
    note = office.accounts.form.name.note
    qtbot.waitUntil(lambda: note.text().startswith("Somebody already signs in as rossi."))
    assert field(office, "display_name").text() == "Paola Rossi"


def test_that_missing_answers_are_named_under_their_fields(qtbot: QtBot, office: OfficeScreen) -> None:
    open_section(qtbot, office, 2)
    office.accounts.open_add()
    qtbot.keySequence(office, QKeySequence("Ctrl+S"))
    form = office.accounts.form
    qtbot.waitUntil(lambda: form.roles.note.text() == "Choose at least one role.")
    assert form.display_name.note.text().startswith("Write the name as it is printed")
    assert field(office, "display_name").hasFocus()


def test_that_escape_leaves_the_account_and_not_the_settings(qtbot: QtBot, office: OfficeScreen) -> None:
    open_section(qtbot, office, 2)
    office.accounts.open_add()
    qtbot.keyClicks(field(office, "password"), PASSWORD)
    qtbot.keyClick(field(office, "password"), Qt.Key.Key_Escape)
    assert office.accounts.table.isVisible()
    assert office.accounts.form.password.password() == ""


def test_that_an_account_is_switched_off_and_on_again(qtbot: QtBot, office: OfficeScreen) -> None:
    add_nurse(qtbot, office)
    accounts = office.accounts
    qtbot.waitUntil(lambda: accounts.switch_button.isEnabled())
    qtbot.keyClick(accounts.switch_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: accounts.switch_button.text() == "Switch on")
    assert not accounts.model.row(accounts.table.currentIndex().row()).is_active
    qtbot.keyClick(accounts.switch_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: accounts.switch_button.text() == "Switch off")


def test_that_nobody_switches_off_their_own_account(qtbot: QtBot, office: OfficeScreen) -> None:
    open_section(qtbot, office, 2)
    assert not office.accounts.switch_button.isEnabled()


def test_that_a_colleague_gets_another_password(qtbot: QtBot, office: OfficeScreen, practice: OpenPractice) -> None:
    add_nurse(qtbot, office)
    office.accounts.open_password()
    qtbot.keyClicks(field(office, "new_password"), "short")
    qtbot.keyClick(field(office, "new_password"), Qt.Key.Key_Return)
    assert office.accounts.password.note.text().startswith("Too short: 5")
    field(office, "new_password").clear()
    qtbot.keyClicks(field(office, "new_password"), "the tide is low tonight")
    qtbot.keyClick(field(office, "new_password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.accounts.messages.words.text() == "N. Rossi has a new password.")
    sign_in(practice.folder, "rossi", "the tide is low tonight").close()


def test_that_one_s_own_password_is_changed(qtbot: QtBot, office: OfficeScreen, practice: OpenPractice) -> None:
    open_section(qtbot, office, 3)
    qtbot.keyClicks(field(office, "own_password"), PASSWORD)
    qtbot.keyClick(field(office, "own_password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.password.messages.words.text().startswith("Your password is changed."))
    assert field(office, "own_password").text() == ""
    sign_in(practice.folder, "marchetti", PASSWORD).close()


def test_that_the_look_changes_at_once_and_is_kept(qtbot: QtBot, office: OfficeScreen) -> None:
    open_section(qtbot, office, 4)
    office.look.mode.set_value("light")
    office.look.mode.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert theme().name == "dark"
    office.look.percent.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert scale() == 1.25
    assert load_preferences() == Preferences("dark", 125)


@pytest.mark.parametrize(
    ("written", "read"), [("abc", 100), ("", 100), ("50", 100), ("150", 150), ("9999", 200), ("-5", 100)]
)
def test_that_an_unreadable_look_counts_as_not_chosen(written: str, read: int) -> None:
    keep_preferences(Preferences("dark"))
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Reprise", "look")
    settings.setValue("look/text_percent", written)
    settings.setValue("look/mode", "purple")
    settings.sync()
    assert load_preferences() == Preferences("system", read)


def test_that_every_library_is_named_with_its_licence(qtbot: QtBot, office: OfficeScreen) -> None:
    open_section(qtbot, office, 7)
    named = {library.name: library.licence for library in libraries()}
    assert office.about.table.rowCount() == len(named)
    assert {"SQLAlchemy", "PySide6_Essentials", "sqlcipher3", "typst"} <= set(named)
    assert all(named.values())


def test_that_signing_out_is_asked_of_the_window(qtbot: QtBot, office: OfficeScreen) -> None:
    with qtbot.waitSignal(office.went) as went:
        qtbot.keyClick(office.sign_out, Qt.Key.Key_Space)
    assert went.args == [Place("sign_out")]
