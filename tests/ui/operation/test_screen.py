"""Prior surgery and implants, as somebody with a keyboard meets it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.forms.form import source_of
from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import UNKNOWN, Fill, OperationKind, Role, Side, SideEvent, Source
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.services.operation import History, read_history, save_operation
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.history import HistoryRow
from desktop.ui.kit.past_editor import PastEditor
from desktop.ui.kit.print_view import PrintView
from desktop.ui.operation.screen import HistoryScreen
from tests.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = HistoryScreen(background)
        super().__init__(qtbot, background, self.screen, 1180, 700)

    @property
    def form(self) -> Any:
        return self.screen.editor.form

    def show(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()

    def add(self) -> None:
        is_first = self.screen.empty.isVisible()
        button = self.screen.first_button if is_first else self.screen.overview.add_button
        self.press_by_shortcut(button, KEY.Key_O, CTRL)

    def save(self) -> None:
        self.press_by_shortcut(self.screen.editor.save_button, KEY.Key_S, CTRL)

    def rows(self) -> list[HistoryRow]:
        """The operations of the list, from the newest."""
        layout = self.screen.overview.list.layout()
        widgets = [layout.itemAt(at).widget() for at in range(layout.count())]
        rows = [widget for widget in widgets if isinstance(widget, HistoryRow)]
        self.qtbot.waitUntil(lambda: all(row.isVisible() for row in rows))
        return rows

    def note_of(self, name: str) -> str:
        return str(self.form.boxes[name].note.text())

    def editor(self, name: str) -> PastEditor:
        found = self.form.boxes[name].editor
        assert isinstance(found, PastEditor)
        return found


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Iterator[Desk]:
    yield Desk(qtbot, background)
    qtbot.waitUntil(background.is_idle)


@pytest.fixture
def add_operation(practice: OpenPractice) -> Callable[..., int]:
    def add(patient_id: int, when: str, **answers: Any) -> int:
        values = OPERATION_FORM.empty() | {"right.event": SideEvent.NONE, "left.event": SideEvent.NONE}
        values |= {"kind": OperationKind.AUGMENTATION, "happened_on": PartialDate.from_iso(when)}
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        with practice.database.unit_of_work(practice.actor) as session:
            saved = save_operation(session, Snapshot(None, None, {}), values, patient_id)
        assert saved.id is not None
        return saved.id

    return add


def history_of(practice: OpenPractice, patient_id: int) -> History:
    with practice.database.unit_of_work(practice.actor) as session:
        return read_history(session, patient_id)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)  # an open list
def test_that_a_first_operation_is_recorded_by_keyboard_corrected_saved_and_opened_again(
    desk: Desk, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    desk.show(patient_id)
    assert desk.screen.empty.isVisible()
    desk.add()
    assert desk.focus().objectName() == "kind"
    desk.type("aug")
    desk.tab_to("happened_on")
    desk.type("spring of love")
    assert "2009" in desk.note_of("happened_on")
    desk.press(KEY.Key_A, CTRL)
    desk.type("may 2014")
    assert desk.note_of("happened_on") == "May 2014"
    desk.tab_to("surgeon")
    desk.type("?")
    desk.tab_to("right.event")
    desk.choose("Device put in")
    desk.tab_to("right.manufacturer")
    desk.type("Mentor")
    desk.press(KEY.Key_F2)
    source = desk.editor("right.manufacturer").source
    while source.view().currentIndex().data() != "device card":
        qtbot.keyClick(source.view(), KEY.Key_Down)
    qtbot.keyClick(source.view(), KEY.Key_Return)
    assert source.currentText() == "device card"
    desk.activate()
    assert desk.focus().objectName() == "right.manufacturer"
    desk.tab_to("right.fill")
    desk.type("?")
    desk.tab_to("left.event")
    desk.choose("Device put in")
    desk.tab_to("left.volume_ml")
    desk.type("3250")
    assert desk.note_of("left.volume_ml") == "3,250 mL is outside 10–2,000 mL. Did you mean 325?"
    desk.save()
    assert "1 answer needs correction" in desk.screen.editor.messages.words.text()
    assert desk.focus().objectName() == "left.volume_ml"
    assert history_of(practice, patient_id).operations == ()
    desk.press(KEY.Key_Backspace)
    desk.save()
    assert desk.screen.editor.messages.words.text() == "Saved"
    assert desk.focus().objectName() == "left.volume_ml"

    again = Desk(qtbot, background)
    again.show(patient_id)
    values = again.form.values()
    assert values["kind"] is OperationKind.AUGMENTATION
    assert values["happened_on"] == PartialDate(2014, 5)
    assert values["surgeon"] is UNKNOWN
    assert values["right.manufacturer"] == "Mentor"
    assert values[source_of("right.manufacturer")] is Source.DEVICE_CARD
    assert values["right.fill"] is UNKNOWN
    assert values["left.volume_ml"] == 325
    assert again.screen.overview.in_place[Side.RIGHT][0].text() == "Mentor"
    assert "since May 2014" in again.screen.overview.in_place[Side.LEFT][1].text()


def test_that_unknown_is_said_in_a_word_and_taken_back_by_typing_deleting_or_a_second_press(
    desk: Desk, qtbot: QtBot, add_patient: Callable[..., int]
) -> None:
    desk.show(add_patient())
    desk.add()
    desk.tab_to("right.manufacturer")
    desk.type("?")
    line = desk.focus()
    assert isinstance(line, QLineEdit)
    assert (line.text(), line.placeholderText()) == ("", "Unknown")
    desk.type("Mentor?")
    assert desk.editor("right.manufacturer").value() == "Mentor?"
    assert line.placeholderText() == ""
    qtbot.mouseClick(desk.editor("right.manufacturer").unknown, Qt.MouseButton.LeftButton)
    assert (desk.editor("right.manufacturer").value(), line.text()) == (UNKNOWN, "")
    qtbot.mouseClick(desk.editor("right.manufacturer").unknown, Qt.MouseButton.LeftButton)
    assert desk.editor("right.manufacturer").value() == "Mentor?"
    desk.tab_to("right.surface")
    box = desk.focus()
    assert isinstance(box, QComboBox)
    desk.type("?")
    assert (box.currentIndex(), box.placeholderText()) == (-1, "Unknown")
    desk.press(KEY.Key_Delete)
    assert desk.editor("right.surface").value() is None
    desk.type("smooth")
    assert desk.editor("right.surface").value().label == "Smooth"


def test_that_a_source_is_asked_only_where_there_is_an_answer(desk: Desk, add_patient: Callable[..., int]) -> None:
    desk.show(add_patient())
    desk.add()
    editor = desk.editor("right.line")
    assert not editor.source.isVisible()
    desk.tab_to("right.line")
    desk.press(KEY.Key_F2)
    assert desk.focus().objectName() == "right.line"
    desk.type("MemoryGel")
    assert editor.source.isVisible()
    editor.set_source(Source.LETTER)
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Backspace)
    assert editor.source_value() is None
    assert not editor.source.isVisible()


def test_that_a_device_is_not_asked_about_where_none_went_in_and_what_is_written_can_be_removed_at_once(
    desk: Desk, add_patient: Callable[..., int]
) -> None:
    desk.show(add_patient())
    desk.add()
    desk.tab_to("left.event")
    desk.choose("Device put in")
    desk.tab_to("left.volume_ml")
    desk.type("325")
    desk.form.boxes["left.event"].editor.inputs()[0].setFocus()
    desk.choose("Device removed")
    assert not desk.form.boxes["left.serial"].isEnabled()
    assert desk.form.boxes["left.incision"].isEnabled()
    assert desk.form.boxes["left.volume_ml"].isEnabled()
    assert desk.note_of("left.event") == "No new device went into LEFT: nothing to describe below."
    assert desk.note_of("left.volume_ml") == "No device went in: remove this."
    assert desk.form.boxes["right.serial"].isEnabled()
    desk.tab_to("clear_left")
    desk.press(KEY.Key_Space)
    assert desk.editor("left.volume_ml").value() is None
    assert not desk.form.boxes["left.volume_ml"].isEnabled()
    assert desk.focus().objectName() == "left.event"


def test_that_the_same_device_in_left_copies_the_type_and_never_serial_or_lot_and_can_be_taken_back(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    both = {"right__event": SideEvent.IMPLANTED, "left__event": SideEvent.IMPLANTED, "left__volume_ml": 300}
    right = {"right__volume_ml": 325, "right__fill": UNKNOWN, "right__serial": "R-1", "right__lot": "L-1"}
    add_operation(patient_id, "2014-05-12", **both, **right, **{source_of("right.volume_ml"): Source.SCANNED})
    desk.show(patient_id)
    desk.screen.sides.copy_button.setFocus()
    desk.press(KEY.Key_Space)
    values = desk.form.values()
    assert (values["left.volume_ml"], values["left.fill"]) == (325, UNKNOWN)
    assert values[source_of("left.volume_ml")] is Source.SCANNED
    assert (values["left.serial"], values["left.lot"]) == (None, None)
    assert desk.screen.editor.messages.words.text() == "Not saved yet"
    assert desk.screen.sides.copy_button.text() == "Take the copy back"
    desk.press(KEY.Key_Space)
    assert desk.form.values()["left.volume_ml"] == 300
    desk.press(KEY.Key_Space)
    desk.screen.editor.revert()
    desk.wait()
    assert desk.form.values()["left.volume_ml"] == 300


def test_that_a_new_operation_that_was_left_comes_back_as_it_was_typed_and_only_for_its_patient(
    desk: Desk, qtbot: QtBot, background: Background, add_patient: Callable[..., int]
) -> None:
    first, second = add_patient(), add_patient(given_name="Maeve")
    desk.show(first)
    desk.add()
    desk.tab_to("happened_on")
    desk.type("somewhen in")
    desk.show(second)
    assert desk.screen.empty.isVisible()
    assert desk.screen.editor.snapshot is None
    again = Desk(qtbot, background)
    again.show(first)
    assert again.form.boxes["happened_on"].editor.typed()["text"] == "somewhen in"
    assert "Draft of" in again.screen.editor.messages.words.text()


def test_that_what_was_typed_in_one_operation_is_kept_while_another_is_looked_at(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    old = add_operation(patient_id, "2009", right__event=SideEvent.IMPLANTED)
    new = add_operation(patient_id, "2014-05-12", right__event=SideEvent.EXCHANGED)
    desk.show(patient_id)
    assert desk.screen.editor.snapshot is not None
    assert desk.screen.editor.snapshot.id == new
    desk.form.focus_first()
    desk.tab_to("surgeon")
    desk.type("Dr. Lindqvist")
    desk.rows()[1].setFocus()
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.screen.editor.snapshot.id == old
    assert desk.focus().objectName() == "kind"
    assert desk.form.values()["surgeon"] is None
    desk.screen.refresh()
    desk.wait()
    assert "typed, not saved yet" in desk.rows()[0].accessibleName()
    desk.screen.open_operation(new)
    desk.wait()
    assert desk.form.values()["surgeon"] == "Dr. Lindqvist"


def test_that_enter_on_a_bar_of_the_timeline_opens_the_operation_that_put_the_device_in(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    old = add_operation(patient_id, "2009", right__event=SideEvent.IMPLANTED, right__fill=Fill.SALINE_FIXED)
    add_operation(patient_id, "2014-05-12", right__event=SideEvent.EXCHANGED)
    desk.show(patient_id)
    lanes = desk.screen.overview.lanes
    told = "RIGHT: Unknown saline · about 2009, from about 2009 to 12 May 2014 (about 4 y), no longer in place"
    assert told in lanes.words()
    lanes.setFocus()
    desk.press(KEY.Key_Left)
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.screen.editor.snapshot is not None
    assert desk.screen.editor.snapshot.id == old


def test_that_another_patient_opens_on_her_devices_and_tab_comes_to_them_before_the_form(
    desk: Desk, qtbot: QtBot, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patients = [add_patient(), add_patient()]
    for patient_id in patients:
        add_operation(patient_id, "2014", right__event=SideEvent.IMPLANTED)
    desk.show(patients[0])
    bar = desk.form.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    desk.show(patients[1])
    assert bar.value() == 0
    desk.screen.overview.timeline.take_focus()
    desk.tab_to("kind")
    desk.press(KEY.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.screen.overview.isAncestorOf(desk.focus())
    bar.setValue(bar.maximum())
    desk.press_by_shortcut(desk.screen.overview.timeline.table_button, KEY.Key_T, CTRL)
    assert bar.value() == 0


def test_that_the_timeline_is_put_on_paper_by_keyboard_and_left_again(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    add_operation(patient_id, "2009", right__event=SideEvent.IMPLANTED)
    desk.show(patient_id)
    desk.screen.overview.lanes.setFocus()
    desk.press(KEY.Key_P)
    desk.wait()
    page = desk.screen.findChild(PrintView)
    assert page.isVisible()
    assert page.preview.page_count() == 1
    desk.press(KEY.Key_Escape)
    assert not page.isVisible()
    assert desk.screen.overview.lanes.hasFocus()


def test_that_a_page_ready_too_late_is_not_shown_in_the_file_of_somebody_else(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    first, second = add_patient(), add_patient(family_name="Novak", birth_date=dt.date(1970, 1, 1))
    for patient_id in (first, second):
        add_operation(patient_id, "2009", right__event=SideEvent.IMPLANTED)
    desk.show(first)
    desk.screen.overview.timeline.print_asked.emit()
    desk.show(second)
    assert desk.screen.findChild(PrintView) is None
    assert desk.screen.overview.isVisible()


def test_that_the_printed_page_takes_the_place_of_the_form_until_it_is_left(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    add_operation(patient_id, "2009", right__event=SideEvent.IMPLANTED)
    desk.show(patient_id)
    desk.screen.overview.timeline.print_asked.emit()
    desk.wait()
    page = desk.screen.findChild(PrintView)
    assert page is not None
    assert page.isVisible()
    assert not desk.screen.editor.isVisible()
    page.left.emit()
    assert desk.screen.editor.isVisible()
    assert desk.focus() is desk.screen.overview.lanes


def test_that_a_question_about_the_other_operations_is_answered_and_saved_by_keyboard(
    desk: Desk, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    desk.show(patient_id)
    desk.add()
    desk.choose("Implant exchange")
    desk.tab_to("right.event")
    desk.type("old")
    desk.tab_to("left.event")
    desk.type("not")
    desk.save()
    assert desk.focus().objectName() == "right.event"
    assert "No device is known to have been in RIGHT" in desk.note_of("right.event")
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Space)
    desk.save()
    history = history_of(practice, patient_id)
    assert [device.title for device in history.right] == ["Unknown device", "Unknown device, fill not known"]


def test_that_a_stored_unusual_volume_is_not_asked_about_again(
    desk: Desk, add_patient: Callable[..., int], add_operation: Callable[..., int]
) -> None:
    patient_id = add_patient()
    small = {"right__volume_ml": 60, "right__volume_ml_confirmed": 60}
    add_operation(patient_id, "2014", right__event=SideEvent.IMPLANTED, **small)
    desk.show(patient_id)
    desk.form.focus_first()
    desk.tab_to("surgeon")
    desk.type("Dr. Lindqvist")
    desk.save()
    assert desk.screen.editor.messages.words.text() == "Saved"


def test_that_the_front_desk_is_told_why_it_sees_nothing(
    qtbot: QtBot, as_role: Callable[..., Background], add_patient: Callable[..., int]
) -> None:
    desk = Desk(qtbot, as_role(Role.FRONT_DESK))
    desk.show(add_patient())
    assert "may not see the surgical history" in desk.screen.refused.words.text()
    assert desk.screen.refused.isVisible()


def test_that_anesthesia_reads_the_history_and_cannot_change_it(
    qtbot: QtBot,
    as_role: Callable[..., Background],
    add_patient: Callable[..., int],
    add_operation: Callable[..., int],
) -> None:
    patient_id = add_patient()
    add_operation(patient_id, "2009", right__event=SideEvent.IMPLANTED)
    desk = Desk(qtbot, as_role(Role.ANESTHESIA))
    desk.show(patient_id)
    assert not desk.screen.editor.save_button.isVisible()
    assert not desk.screen.overview.add_button.isVisible()
    assert desk.screen.editor.messages.words.text() == "Your role may read this, not change it."
    line = desk.form.boxes["surgeon"].editor.inputs()[0]
    line.setFocus()
    desk.type("?x")
    assert desk.form.values()["surgeon"] is None


def test_that_making_the_screen_opens_no_window_of_its_own(background: Background) -> None:
    made = HistoryScreen(background)
    strangers = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    made.deleteLater()
    assert strangers == []
