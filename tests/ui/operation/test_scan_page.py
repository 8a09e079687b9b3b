"""A device label from the scanner to the record, as somebody with a scanner and a keyboard meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.form import source_of
from desktop.models.choices import LabelEntry, Role, Side, Source, UdiIssuer
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.device import open_device, save_device
from desktop.services.operation import read_history, save_operation
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.operation.label_where import PlaceRow
from desktop.ui.operation.scan_page import ScanPage
from desktop.ui.operation.screen import HistoryScreen
from tests.factories import operation_values
from tests.ui.scanner import CTRL, GS, Scanner

KEY = Qt.Key
RIGHT = f"]d201095212345432131727123110LOTA1{GS}21SN0001"
LEFT = f"]d201095212345432131727123110LOTA1{GS}21SN0002"
NEW = Snapshot(None, None, {})


class Desk:
    """The window of the program with a file open, a scanner, and hands on the keyboard."""

    def __init__(self, qtbot: QtBot, background: Background, practice: OpenPractice) -> None:
        self.qtbot, self.background, self.practice = qtbot, background, practice
        self.scanner = Scanner()
        self.window = MainWindow(background, "Harbour Plastic Surgery")
        qtbot.addWidget(self.window)
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def history(self) -> HistoryScreen:
        return cast(HistoryScreen, self.window.file.screen_of("history"))

    @property
    def page(self) -> ScanPage:
        return self.history.scanning.page

    def open(self, patient_id: int, tab: str = "overview") -> None:
        self.window.go(Place(tab, patient_id))
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(self.background.is_idle)

    def scan(self, raw: str) -> None:
        """Until the label stands on its page."""
        self.scanner.scan(raw)
        self.qtbot.waitUntil(lambda: self.page.reading is not None and self.page.reading.label.raw.endswith(raw))
        self.wait()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """As the platform sends it: to the window, shortcuts first."""
        QTest.keyClick(self.window.windowHandle(), key, held)
        self.wait()

    def put(self) -> None:
        with self.qtbot.waitSignal(self.page.put_button.clicked):
            self.press(KEY.Key_S, CTRL)
        self.wait()

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def rows(self) -> list[PlaceRow]:
        return self.page.where.places

    def label(self) -> str | None:
        """The text that stands on the page."""
        return self.page.reading.label.raw if self.page.reading is not None else None

    def said(self) -> str:
        messages = self.page.messages
        return f"{messages.words.text()} {messages.reason.text()}".strip()

    def device(self, operation_id: int, side: Side) -> dict[str, Any]:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return dict(open_device(session, operation_id, side).values)


@pytest.fixture
def desk(qtbot: QtBot, background: Background, practice: OpenPractice) -> Iterator[Desk]:
    yield Desk(qtbot, background, practice)
    qtbot.waitUntil(background.is_idle)


@pytest.fixture
def add_operation(practice: OpenPractice) -> Callable[..., int]:
    def add(patient_id: int, day: str = "2014-05-12", **answers: Any) -> int:
        values = operation_values(happened_on=PartialDate.from_iso(day))
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        values |= {f"{side}.event_confirmed": values[f"{side}.event"] for side in ("right", "left")}
        with practice.database.unit_of_work(practice.actor) as session:
            saved = save_operation(session, NEW, values, patient_id)
        assert saved.id is not None
        return saved.id

    return add


def test_that_both_sides_are_scanned_one_after_the_other_and_kept_with_their_devices(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    first, second = add_operation(patient_id, "2009-03-01"), add_operation(patient_id, "2014-05-12")
    desk.open(patient_id)
    desk.scan(RIGHT)
    assert desk.window.file.tabs.selected() == "history"
    assert "LOTA1␝" in desk.page.said.raw.text().replace("\u200b", "")
    assert desk.page.where.side.value() is None
    assert not desk.page.compare.isVisible()
    desk.press(KEY.Key_R)
    assert [row.target.operation_id for row in desk.rows()] == [second, first, None]
    assert desk.focus() is desk.rows()[0]
    assert desk.page.where.place is None
    desk.press(KEY.Key_Return)
    assert desk.page.compare.isVisible()
    assert desk.focus() is desk.page.put_button
    desk.press(KEY.Key_Return)
    assert desk.said() == "In the record: RIGHT, Mentor MemoryGel · 325 mL. Scan the next label."
    assert desk.focus() is desk.page.input.line

    desk.scan(LEFT)
    desk.press(KEY.Key_L)
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    desk.put()
    right, left = desk.device(second, Side.RIGHT), desk.device(first, Side.LEFT)
    assert (right["serial"], right[source_of("serial")]) == ("SN0001", Source.SCANNED)
    assert right["udi_raw"] == ScannedLabel(RIGHT, UdiIssuer.GS1, LabelEntry.SCANNED)
    assert left["serial"] == "SN0002"
    assert desk.device(second, Side.LEFT)["serial"] is None
    desk.press(KEY.Key_Escape)
    assert desk.window.file.tabs.selected() == "overview"
    assert desk.focus() is desk.window.file.tabs
    desk.open(patient_id, "history")
    assert desk.history.editor.form.values()["right.serial"] == "SN0001"


def test_that_a_label_cannot_go_into_the_record_before_its_side_and_operation_are_said(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    desk.open(patient_id)
    desk.scan(RIGHT)
    desk.put()
    assert "R for RIGHT, L for LEFT" in desk.said()
    desk.press(KEY.Key_L)
    desk.put()
    assert "Confirm first which device it is" in desk.said()
    assert desk.device(operation_id, Side.LEFT)["udi_raw"] is None
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_R)  # the other side after all: nothing of the first choice stays
    assert desk.page.where.place is None
    desk.put()
    assert desk.device(operation_id, Side.LEFT)["udi_raw"] is None


def test_that_what_differs_is_chosen_and_what_is_asked_is_confirmed_by_key(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id, right__serial="SN0009", right__lot="LOTB7")
    expired = "(01)09521234543213(17)140511(10)LOTA1(21)SN0001"
    desk.open(patient_id, "details")
    desk.scan(expired)
    desk.press(KEY.Key_R)
    desk.press(KEY.Key_Return)
    assert desk.focus().objectName() == "sure_expires_on"
    desk.put()
    assert "choose, or confirm" in desk.said()
    desk.press(KEY.Key_Return)
    assert desk.focus().objectName() == "lot_record"
    desk.put()
    desk.press(KEY.Key_Return)  # keeps the lot of the record
    assert desk.focus().objectName() == "serial_record"
    desk.press(KEY.Key_Right)
    assert desk.focus().objectName() == "serial_label"
    desk.press(KEY.Key_Return)
    assert desk.focus() is desk.page.put_button
    desk.press(KEY.Key_Return)
    kept = desk.device(operation_id, Side.RIGHT)
    assert (kept["lot"], kept["serial"]) == ("LOTB7", "SN0001")
    assert kept["udi_raw"].raw == expired
    desk.press(KEY.Key_Escape)
    assert desk.window.file.tabs.selected() == "details"


def test_that_one_label_for_both_sides_is_stopped(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    desk.open(patient_id)
    for side in (KEY.Key_R, KEY.Key_L):
        desk.scan(RIGHT)
        desk.press(side)
        desk.press(KEY.Key_Return)
        desk.put()
    assert "Nothing was changed yet" in desk.said()
    assert desk.focus().objectName() == "sure_serial"
    assert "The label of LEFT is the same text as the label of RIGHT" in desk.focus().accessibleName()
    assert desk.device(operation_id, Side.LEFT)["udi_raw"] is None


def test_that_a_label_that_cannot_be_read_says_so_and_its_text_stays_with_the_device(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    broken = "+A999BI4101Q"
    desk.open(patient_id)
    desk.scan(broken)
    assert desk.page.put_button.accessibleName() == "Keep the text with the device"
    desk.press(KEY.Key_R)
    desk.press(KEY.Key_Return)
    desk.put()
    kept = desk.device(operation_id, Side.RIGHT)
    assert kept["udi_raw"] == ScannedLabel(broken, None, LabelEntry.SCANNED)
    assert kept["udi_di"] is None


def test_that_the_numbers_can_be_typed_by_hand_instead(
    desk: Desk, qtbot: QtBot, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    add_operation(patient_id)
    desk.open(patient_id)
    desk.scan("+A999BI4101Q")
    desk.press(KEY.Key_L)
    desk.press(KEY.Key_Return)
    desk.page.hand_button.click()
    desk.wait()
    qtbot.waitUntil(lambda: desk.focus().objectName() == "serial")
    shown = desk.history.pages.shown()
    assert shown is not None
    assert shown.heading.text().startswith("LEFT")


def test_that_leaving_loses_no_label_and_that_each_waits_until_it_is_in_the_record(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id, other = add_patient(), add_patient(family_name="Ibarra")
    add_operation(patient_id)
    desk.open(patient_id)
    desk.scan(RIGHT)
    desk.scan(LEFT)
    assert [label.raw for label in desk.page.earlier] == [RIGHT]
    desk.press(KEY.Key_Escape)
    desk.open(other)
    desk.press(KEY.Key_B, CTRL)
    assert desk.label() is None
    assert not desk.page.said.isVisible()
    desk.press(KEY.Key_Escape)
    desk.open(patient_id)
    desk.press(KEY.Key_B, CTRL)
    assert desk.label() == LEFT
    desk.press(KEY.Key_L)
    desk.press(KEY.Key_Return)
    desk.put()
    assert desk.label() is None
    desk.page.input.earlier_button.click()
    desk.wait()
    assert desk.label() == RIGHT
    assert desk.page.earlier == ()


def test_that_a_label_that_belongs_to_nobody_here_can_be_dropped(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    desk.open(patient_id)
    desk.scan(RIGHT)
    desk.page.drop_button.click()
    desk.wait()
    assert desk.label() is None
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_B, CTRL)
    assert desk.label() is None
    assert desk.page.earlier == ()
    assert desk.device(operation_id, Side.RIGHT)["udi_raw"] is None


def test_that_a_new_scan_comes_before_the_label_that_waited(
    desk: Desk, qtbot: QtBot, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    desk.open(patient_id)
    desk.scan(RIGHT)
    again = Desk(qtbot, desk.background, desk.practice)  # after a restart
    again.open(patient_id)
    again.scan(LEFT)
    assert again.label() == LEFT
    assert [label.raw for label in again.page.earlier] == [RIGHT]


def test_that_a_text_of_several_lines_is_pasted_as_it_is(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    pasted = "+A999BI4101R\r\n+$$3270331SN0001RV\u00a0"
    desk.open(patient_id)
    desk.press(KEY.Key_B, CTRL)
    QApplication.clipboard().setText(pasted)
    desk.press(KEY.Key_V, CTRL)
    assert desk.page.reading is not None
    assert desk.page.reading.label == ScannedLabel(pasted, desk.page.reading.label.issuer, LabelEntry.PASTED)
    desk.press(KEY.Key_R)
    desk.press(KEY.Key_Return)
    desk.put()
    assert desk.device(operation_id, Side.RIGHT)["udi_raw"].raw == pasted


def test_that_a_whole_document_pasted_by_mistake_is_refused(desk: Desk, add_patient: Callable[..., int]) -> None:
    desk.open(add_patient())
    desk.press(KEY.Key_B, CTRL)
    QApplication.clipboard().setText("x" * 1_000_000)
    desk.press(KEY.Key_V, CTRL)
    assert "1,000,000 characters, so it is no label" in desk.said()
    assert desk.label() is None


def test_that_a_typed_label_is_read_by_enter(desk: Desk, add_patient: Callable[..., int]) -> None:
    desk.open(add_patient())
    desk.press(KEY.Key_B, CTRL)
    QTest.keyClicks(desk.page.input.line, "+A999BI4101/$$+3270331SN0001%")
    desk.press(KEY.Key_Return)
    assert desk.page.reading is not None
    assert desk.page.reading.read.serial == "SN0001"


def test_that_the_two_codes_of_one_sticker_are_read_together(desk: Desk, add_patient: Callable[..., int]) -> None:
    desk.open(add_patient())
    desk.scan("0109521234543213")
    desk.scan(f"17271231{'10LOTA1'}{GS}21SN0001")
    reading = desk.page.reading
    assert reading is not None
    assert (reading.read.device_identifier, reading.read.serial) == ("09521234543213", "SN0001")
    assert desk.page.earlier == ()


def test_that_a_picture_without_a_code_and_one_that_is_none_say_so(
    desk: Desk, qtbot: QtBot, tmp_path: Path, add_patient: Callable[..., int]
) -> None:
    desk.open(add_patient())
    desk.press(KEY.Key_B, CTRL)
    blank, text = tmp_path / "blank.png", tmp_path / "text.png"
    picture = QImage(200, 100, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    assert picture.save(str(blank))
    text.write_text("no picture")
    for path, words in ((blank, "No code was found in this picture."), (text, "no PNG or JPEG picture")):
        desk.page.input.read_picture(path)
        desk.wait()
        assert words in desk.said()


def test_that_a_picture_of_a_label_is_read(
    desk: Desk, tmp_path: Path, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    import zxingcpp

    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    code = zxingcpp.create_barcode("(01)09521234543213(21)SN0001", zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    drawn: Any = memoryview(cast(Any, code.to_image(scale=6)))
    height, width = drawn.shape
    path = tmp_path / "label.png"
    assert QImage(drawn.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).save(str(path))
    desk.open(patient_id)
    desk.press(KEY.Key_B, CTRL)
    desk.page.input.read_picture(path)
    desk.wait()
    desk.press(KEY.Key_R)
    desk.press(KEY.Key_Return)
    desk.put()
    kept = desk.device(operation_id, Side.RIGHT)
    assert (kept["serial"], kept["udi_raw"].entry) == ("SN0001", LabelEntry.PICTURE)


def test_that_a_label_scanned_while_an_operation_is_typed_goes_into_its_form_and_is_saved_with_it(
    desk: Desk, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    desk.open(patient_id, "history")
    with desk.qtbot.waitSignal(desk.history.first_button.clicked):
        desk.press(KEY.Key_O, CTRL)
    desk.wait()
    form = desk.history.editor.form
    values = operation_values()
    for name, typed in (("kind", values["kind"].value), ("right.event", "implanted"), ("left.event", "implanted")):
        form.boxes[name].editor.retype(typed)
    form.edited.emit()
    desk.scan(RIGHT)
    desk.press(KEY.Key_R)
    assert desk.rows()[0].target.operation_id is None
    desk.press(KEY.Key_Return)
    desk.put()
    assert desk.history.editor.isVisible()
    assert desk.focus().objectName() == "right.serial"
    assert form.values()["right.serial"] == "SN0001"
    assert form.values()[source_of("right.serial")] is Source.SCANNED
    assert "kept with this device when you save" in form.boxes["right.serial"].note.text()
    desk.scan(RIGHT)
    desk.press(KEY.Key_L)
    desk.press(KEY.Key_Return)
    assert desk.focus().objectName() == "sure_serial"  # the same label for both sides, though nothing is saved yet
    desk.press(KEY.Key_Escape)
    with desk.qtbot.waitSignal(desk.history.editor.save_button.clicked):
        desk.press(KEY.Key_S, CTRL)
    desk.wait()
    with desk.practice.database.unit_of_work(desk.practice.actor) as session:
        (row,) = read_history(session, patient_id).operations
    kept = desk.device(row.id, Side.RIGHT)
    assert (kept["udi_raw"].raw, kept["udi_di"]) == (RIGHT, "09521234543213")
    assert desk.device(row.id, Side.LEFT)["udi_raw"] is None


def test_that_a_first_operation_can_begin_with_its_label(desk: Desk, add_patient: Callable[..., int]) -> None:
    desk.open(add_patient())
    desk.scan(RIGHT)
    desk.press(KEY.Key_L)
    assert [row.accessibleName().partition(".")[0] for row in desk.rows()] == ["LEFT: A new operation"]
    desk.press(KEY.Key_Return)
    desk.put()
    assert desk.window.file.tabs.selected() == "history"
    assert desk.history.editor.form.values()["left.serial"] == "SN0001"
    assert desk.history.editor.form.values()["left.event"] is None


def test_that_reverting_the_form_takes_back_the_label_too(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    desk.open(patient_id, "history")
    surgeon = desk.history.editor.form.boxes["surgeon"].editor.inputs()[0]
    QTest.keyClicks(surgeon, "x")
    desk.scan(RIGHT)
    desk.press(KEY.Key_R)
    desk.press(KEY.Key_Return)
    desk.put()
    desk.history.editor.revert_button.click()
    desk.wait()
    QTest.keyClicks(surgeon, "y")
    desk.history.editor.save()
    desk.wait()
    kept = desk.device(operation_id, Side.RIGHT)
    assert (kept["serial"], kept["udi_raw"]) == (None, None)


def test_that_a_label_is_held_beside_what_somebody_saved_meanwhile(
    desk: Desk, practice: OpenPractice, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    operation_id = add_operation(patient_id)
    desk.open(patient_id)
    desk.scan(RIGHT)
    desk.press(KEY.Key_R)
    desk.press(KEY.Key_Return)
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_device(session, operation_id, Side.RIGHT)
        sure = {f"{name}_confirmed": value for name, value in opened.values.items()}
        save_device(session, opened, {**opened.values, **sure, "serial": "SN0009"}, operation_id, Side.RIGHT)
    desk.put()
    assert "somebody saved this device meanwhile" in desk.said()
    assert desk.page.compare.choices.keys() == {"serial"}
    assert desk.device(operation_id, Side.RIGHT)["serial"] == "SN0009"


def test_that_who_may_only_look_sees_the_label_and_cannot_put_it_anywhere(
    qtbot: QtBot, practice: OpenPractice, as_role: Callable[..., Background], add_patient: Callable[..., int]
) -> None:
    looking = as_role(Role.ANESTHESIA)
    desk = Desk(qtbot, looking, practice)
    desk.open(add_patient())
    desk.scan(RIGHT)
    assert desk.page.said.isVisible()
    assert not desk.page.put_button.isVisible()
    assert "may read this, not change it" in desk.said()


def test_that_a_scan_where_no_file_is_open_asks_for_the_patient(desk: Desk, add_patient: Callable[..., int]) -> None:
    desk.window.go(Place("patients"))
    desk.wait()
    desk.press(KEY.Key_B, CTRL)
    assert "Open the patient's file first" in desk.window.messages.words.text()


def test_that_a_question_in_its_own_window_is_not_answered_by_a_scanner(
    desk: Desk, qtbot: QtBot, add_patient: Callable[..., int]
) -> None:
    desk.open(add_patient())
    dialog = QDialog(desk.window)
    column = QVBoxLayout(dialog)
    reason, sign = QLineEdit(), QPushButton("Sign")
    column.addWidget(reason)
    column.addWidget(sign)
    sign.setDefault(True)
    sign.clicked.connect(dialog.accept)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    reason.setFocus()
    desk.scanner.scan(RIGHT)
    qtbot.wait_until(lambda: reason.text() == "")
    QApplication.processEvents()
    assert dialog.isVisible()
    assert desk.window.file.tabs.selected() == "overview"
    dialog.reject()
    qtbot.waitUntil(lambda: desk.window.file.tabs.selected() == "history")
    desk.wait()
    assert desk.label() == RIGHT


def test_that_the_palette_offers_it_and_a_scan_closes_the_palette(desk: Desk, add_patient: Callable[..., int]) -> None:
    desk.open(add_patient())
    desk.window.palette_box.open("scan or")
    desk.wait()
    desk.press(KEY.Key_Return)
    assert desk.page.isVisible()
    desk.press(KEY.Key_Escape)
    desk.window.palette_box.open("")
    desk.wait()
    desk.scan(RIGHT)
    assert not desk.window.palette_box.isVisible()
    assert desk.window.palette_box.line.text() == ""
