"""What a scanner sends is told from what a person types, wherever the keyboard is, and falls into no field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import UNKNOWN
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.scan_line import ENDING_MS, FASTEST_MS, ScanLine
from tests.ui.scanner import CTRL, GS, Scanner

LABEL = f"]d201095212345432131727123110LOTA1{GS}21SN0001"
HIBCC = "+A999BI4101/$$+3270331SN0001%"


class Desk:
    """A window with what a file has: a line, remarks, a closed list and a button."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        self.line, self.remarks, self.list, self.button = QLineEdit(), QPlainTextEdit(), ChoiceBox(), QPushButton("Go")
        for each in (self.line, self.remarks, self.list, self.button):
            column.addWidget(each)
        self.list.addItem("", "")
        for words in ("0 mL", "100 mL"):
            self.list.addItem(words, words)
        self.pressed: list[bool] = []
        self.button.clicked.connect(lambda: self.pressed.append(True))
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.listens = True
        self.scans: list[str] = []
        self.listener = ScanLine(lambda: self.listens, self.window)
        self.listener.scanned.connect(self.scans.append)

    def focus(self, widget: QWidget) -> None:
        widget.setFocus()
        assert QApplication.focusWidget() is widget


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.fixture
def scanner() -> Scanner:
    return Scanner()


@pytest.fixture
def heard(qtbot: QtBot, desk: Desk) -> Callable[..., None]:
    def wait(*texts: str) -> None:
        qtbot.waitUntil(lambda: len(desk.scans) >= len(texts))
        assert desk.scans == list(texts)

    return wait


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, None])
@pytest.mark.parametrize("label", [LABEL, HIBCC, f"{GS}{LABEL[3:]}", "(01)09521234543213(21)SN0001", "=/A9999XYZ100T"])
def test_that_a_scan_is_heard_whole_and_leaves_the_field_as_it_was(
    desk: Desk, scanner: Scanner, heard: Callable[..., None], label: str, end: Qt.Key | None
) -> None:
    desk.focus(desk.line)
    scanner.scan(label, end)
    heard(label)
    assert desk.line.text() == ""
    assert QApplication.focusWidget() is desk.line


def test_that_two_scans_are_two_texts(desk: Desk, scanner: Scanner, heard: Callable[..., None]) -> None:
    desk.focus(desk.line)
    scanner.scan(LABEL)
    scanner.scan(HIBCC)
    heard(LABEL, HIBCC)


def test_that_a_scan_after_a_silence_begins_anew_though_nothing_ended_the_first(
    desk: Desk, scanner: Scanner, heard: Callable[..., None]
) -> None:
    desk.focus(desk.line)
    scanner.scan(HIBCC, end=None)
    scanner.scan(LABEL)
    heard(HIBCC, LABEL)


def test_that_slow_typing_of_a_label_stays_typing(desk: Desk, scanner: Scanner, qtbot: QtBot) -> None:
    desk.focus(desk.line)
    scanner.send(HIBCC, after=FASTEST_MS + 1)
    assert desk.line.text() == HIBCC
    scanner.key(Qt.Key.Key_Return, "\r", after=FASTEST_MS + 1)
    assert desk.scans == []


@pytest.mark.parametrize("text", ["0271234567890", "1200", "10 mg of it", "(see the letter)", "(555) 0142", "+1 555"])
def test_that_quick_fingers_lose_no_letter_of_what_is_no_label(
    desk: Desk, scanner: Scanner, qtbot: QtBot, text: str
) -> None:
    desk.focus(desk.line)
    scanner.send(text)
    qtbot.waitUntil(lambda: desk.line.text() == text)
    scanner.pause()
    scanner.send("x")
    assert desk.line.text() == text + "x"
    assert desk.scans == []


def test_that_another_key_sends_on_what_was_held_back_in_its_order(desk: Desk, scanner: Scanner) -> None:
    desk.focus(desk.line)
    scanner.send("0123")
    scanner.key(Qt.Key.Key_Backspace, "\b")
    assert desk.line.text() == "012"
    scanner.send("01")
    scanner.key(Qt.Key.Key_Tab, "\t")
    assert desk.line.text() == "01201"
    assert QApplication.focusWidget() is desk.remarks


def test_that_a_label_in_the_middle_of_quick_typing_is_no_scan(desk: Desk, scanner: Scanner) -> None:
    desk.focus(desk.line)
    scanner.send(f"x{HIBCC}")
    assert desk.line.text() == f"x{HIBCC}"


def test_that_typed_text_its_selection_and_its_undoing_survive_a_scan(
    desk: Desk, scanner: Scanner, heard: Callable[..., None]
) -> None:
    desk.focus(desk.line)
    scanner.send("Mentor", after=100)
    desk.line.setSelection(5, -3)
    scanner.scan(LABEL)
    heard(LABEL)
    assert desk.line.text() == "Mentor"
    assert (desk.line.selectedText(), desk.line.cursorPosition()) == ("nto", 2)
    desk.line.end(False)
    scanner.send("!", after=100)
    while desk.line.isUndoAvailable():
        desk.line.undo()
        assert "0" not in desk.line.text()
    assert desk.line.text() == ""


def test_that_a_scan_right_behind_typed_text_takes_nothing_of_it(
    desk: Desk, scanner: Scanner, heard: Callable[..., None]
) -> None:
    desk.focus(desk.line)
    scanner.send("Mentor", after=100)
    desk.line.setCursorPosition(3)
    scanner.send("9", after=100)
    scanner.scan(HIBCC)
    heard(HIBCC)
    assert (desk.line.text(), desk.line.cursorPosition()) == ("Men9tor", 4)


@pytest.mark.parametrize("typed", ["", "Calm\nand "])
def test_that_remarks_of_several_lines_survive_a_scan(
    desk: Desk, scanner: Scanner, heard: Callable[..., None], typed: str
) -> None:
    desk.focus(desk.remarks)
    desk.remarks.insertPlainText(typed)
    desk.remarks.selectAll()
    scanner.scan(LABEL)
    heard(LABEL)
    assert desk.remarks.toPlainText() == typed
    cursor = desk.remarks.textCursor()
    assert (cursor.anchor(), cursor.position()) == (0, len(typed))
    assert not desk.remarks.document().isRedoAvailable()
    desk.remarks.undo()
    assert "]" not in desk.remarks.toPlainText()


def test_that_a_scan_is_taken_back_whole_when_the_program_was_too_busy_to_hold_it(
    desk: Desk, scanner: Scanner, heard: Callable[..., None], qtbot: QtBot
) -> None:
    desk.focus(desk.line)
    scanner.send("Mentor", after=100)
    scanner.pause()
    scanner.send(HIBCC[:5])
    qtbot.waitUntil(lambda: desk.line.text() == f"Mentor{HIBCC[:5]}")  # the silence came before the keys that waited
    scanner.send(HIBCC[5:])
    heard(HIBCC)
    assert desk.line.text() == "Mentor"


def test_that_a_field_stated_to_be_unknown_stays_so(
    desk: Desk, scanner: Scanner, heard: Callable[..., None], qtbot: QtBot
) -> None:
    form = FormView(OPERATION_FORM)
    qtbot.addWidget(form)
    form.load(OPERATION_FORM.empty() | {"surgeon": UNKNOWN})
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.boxes["surgeon"].editor.inputs()[0].setFocus()
    scanner.scan(LABEL)
    heard(LABEL)
    assert form.values()["surgeon"] is UNKNOWN
    assert not form.is_dirty()


def test_that_a_closed_list_and_a_button_see_nothing_of_a_scan(
    desk: Desk, scanner: Scanner, heard: Callable[..., None]
) -> None:
    label = "01095212345432131727123110LOT A1"
    for widget in (desk.list, desk.button):
        desk.focus(widget)
        scanner.scan(label)
    heard(label, label)
    assert desk.list.currentIndex() == 0
    assert desk.pressed == []


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)  # an open list
def test_that_a_scan_into_an_open_list_closes_it_and_chooses_nothing(
    desk: Desk, scanner: Scanner, heard: Callable[..., None], qtbot: QtBot
) -> None:
    desk.focus(desk.list)
    desk.list.showPopup()
    qtbot.waitUntil(desk.list.view().isVisible)
    scanner.scan(LABEL)
    heard(LABEL)
    assert not desk.list.view().isVisible()
    assert desk.list.currentIndex() == 0


def test_that_what_is_typed_on_a_closed_list_still_finds_in_it(desk: Desk, scanner: Scanner, qtbot: QtBot) -> None:
    desk.focus(desk.list)
    scanner.send("1")
    qtbot.waitUntil(lambda: desk.list.currentText() == "100 mL")


def test_that_no_shortcut_acts_on_what_a_scanner_sends(
    desk: Desk, scanner: Scanner, heard: Callable[..., None], qtbot: QtBot
) -> None:
    fired: list[str] = []
    for keys in ("Ctrl+]", "L", "D", "1"):
        QShortcut(QKeySequence(keys), desk.window).activated.connect(lambda keys=keys: fired.append(keys))
    desk.focus(desk.button)
    window = desk.window.windowHandle()
    label = f"]d20109521234543213172712311077{GS}2101"
    for character in label:  # as the platform sends it, shortcuts included
        if character == GS:
            QTest.keyClick(window, Qt.Key.Key_BracketRight, CTRL)
        else:
            QTest.keyClick(window, Qt.Key(ord(character.upper())))
    QTest.keyClick(window, Qt.Key.Key_Return)
    heard(label)
    assert fired == []
    QTest.keyClick(window, Qt.Key.Key_BracketRight, CTRL)
    assert fired == ["Ctrl+]"]


def test_that_every_control_character_of_an_envelope_is_kept(
    desk: Desk, scanner: Scanner, heard: Callable[..., None]
) -> None:
    desk.focus(desk.line)
    scanner.pause()
    scanner.send("[)>")
    scanner.key(Qt.Key.Key_AsciiCircum, "\x1e", CTRL)
    scanner.send("06")
    scanner.key(Qt.Key.Key_BracketRight, "", CTRL)  # some platforms tell no text for it
    scanner.send("9NX1")
    scanner.key(Qt.Key.Key_D, "\x04", CTRL)
    scanner.key(Qt.Key.Key_Return, "\r")
    heard("[)>\x1e06\x1d9NX1\x04")


def test_that_a_second_ending_presses_nothing(desk: Desk, scanner: Scanner, heard: Callable[..., None]) -> None:
    desk.focus(desk.line)
    scanner.scan(HIBCC)
    scanner.key(Qt.Key.Key_J, "\n", CTRL)
    heard(HIBCC)
    desk.focus(desk.button)
    scanner.key(Qt.Key.Key_Tab, "\t", after=10)
    assert QApplication.focusWidget() is desk.button
    scanner.key(Qt.Key.Key_Tab, "\t", after=2 * ENDING_MS)
    assert QApplication.focusWidget() is not desk.button


def test_that_a_late_ending_belongs_to_the_scan(desk: Desk, scanner: Scanner, heard: Callable[..., None]) -> None:
    desk.focus(desk.line)
    scanner.scan(HIBCC, end=None)
    heard(HIBCC)
    scanner.key(Qt.Key.Key_Tab, "\t", after=ENDING_MS - 10)
    assert QApplication.focusWidget() is desk.line


def test_that_a_key_held_down_is_no_scan(desk: Desk, scanner: Scanner) -> None:
    desk.focus(desk.line)
    scanner.key(Qt.Key.Key_Equal, "=")
    for _ in range(30):
        scanner.key(Qt.Key.Key_Equal, "=", after=30, repeat=True)
    assert desk.line.text() == "=" * 31
    assert desk.scans == []


def test_that_words_of_an_input_method_and_a_paste_go_where_they_go(desk: Desk, scanner: Scanner, qtbot: QtBot) -> None:
    desk.focus(desk.line)
    composed = QInputMethodEvent()
    composed.setCommitString("小明01095212345432")
    QCoreApplication.sendEvent(desk.line, composed)
    QApplication.clipboard().setText(HIBCC)
    scanner.key(Qt.Key.Key_V, "\x16", CTRL)
    assert desk.line.text() == f"小明01095212345432{HIBCC}"
    assert desk.scans == []


def test_that_a_scan_is_heard_in_a_dialog_beside_the_window(
    desk: Desk, scanner: Scanner, heard: Callable[..., None], qtbot: QtBot
) -> None:
    dialog = QDialog(desk.window)
    line = QLineEdit(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    line.setFocus()
    scanner.scan(LABEL)
    heard(LABEL)
    assert line.text() == ""
    assert dialog.isVisible()


def test_that_nothing_is_heard_or_kept_from_a_field_where_nobody_listens(desk: Desk, scanner: Scanner) -> None:
    desk.listens = False
    desk.focus(desk.line)
    scanner.send(LABEL)
    assert desk.line.text() == LABEL.replace(GS, "")
    assert desk.scans == []


def test_that_a_field_nobody_may_write_into_does_not_matter(
    desk: Desk, scanner: Scanner, heard: Callable[..., None]
) -> None:
    desk.line.setText("Signed")
    desk.line.setReadOnly(True)
    desk.focus(desk.line)
    scanner.scan(HIBCC)
    heard(HIBCC)
    assert desk.line.text() == "Signed"
