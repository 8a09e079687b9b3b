"""The pages about one device, what came out, matrices, drains and imaging, as somebody with a keyboard meets them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import (
    UNKNOWN,
    LabelEntry,
    OperationKind,
    RemovedCondition,
    Role,
    Side,
    SideEvent,
    UdiIssuer,
)
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.device import open_device, save_device
from desktop.services.operation import open_operation, read_history, save_operation
from desktop.services.operation_parts import OperationParts, read_parts
from desktop.services.outstanding import list_outstanding
from desktop.services.record import Snapshot
from desktop.services.removal import open_removal
from desktop.ui.kit.background import Background
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.record_page import RecordPage
from desktop.ui.operation.screen import HistoryScreen
from tests.ui.hands import NONE, Hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key
RIGHT, LEFT = Side.RIGHT, Side.LEFT


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = HistoryScreen(background)
        super().__init__(qtbot, background, self.screen, 1180, 700)

    @property
    def page(self) -> RecordPage:
        page = self.screen.pages.shown()
        assert page is not None
        return page

    @override
    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        super().press(key, held)
        self.wait()

    def show(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()

    def push(self, name: str) -> None:
        """A button reached and pressed without a mouse."""
        found = next(each for each in self.screen.findChildren(QPushButton, name) if each.isVisible())
        found.setFocus()
        self.press(KEY.Key_Space)

    def save(self) -> None:
        self.press_by_shortcut(self.page.editor.save_button, KEY.Key_S, CTRL)

    def rows(self) -> list[str]:
        """The lines of the cards under the form."""
        rows = self.screen.pages.cards.findChildren(PickRow, "part")
        return [row.accessibleName() for row in rows if row.isVisible()]


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Iterator[Desk]:
    yield Desk(qtbot, background)
    qtbot.waitUntil(background.is_idle)


@pytest.fixture
def patient_id(add_patient: Callable[..., int]) -> int:
    return add_patient()


@pytest.fixture
def operate(practice: OpenPractice, patient_id: int) -> Callable[..., int]:
    def add(year: int, **answers: Any) -> int:
        values = OPERATION_FORM.empty() | {"right.event": SideEvent.NONE, "left.event": SideEvent.NONE}
        values |= {"kind": OperationKind.EXCHANGE, "happened_on": PartialDate(year, 5, 12), "facility": "Quay Clinic"}
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        with practice.database.unit_of_work(practice.actor) as session:
            saved = save_operation(session, Snapshot(None, None, {}), values, patient_id)
        assert saved.id is not None
        return saved.id

    return add


@pytest.fixture
def exchange(operate: Callable[..., int]) -> int:
    """Two devices of 2010, exchanged on the right in 2020 and taken out on the left."""
    operate(2010, right__event=SideEvent.IMPLANTED, right__manufacturer="Mentor", left__event=SideEvent.IMPLANTED)
    return operate(2020, right__event=SideEvent.EXCHANGED, right__manufacturer="Motiva", left__event=SideEvent.REMOVED)


def ask(practice: OpenPractice, verb: Callable[..., Any], *arguments: Any) -> Any:
    with practice.database.unit_of_work(practice.actor) as session:
        return verb(session, *arguments)


def parts_of(practice: OpenPractice, patient_id: int, operation_id: int) -> OperationParts:
    found = ask(practice, read_parts, patient_id, operation_id)
    assert isinstance(found, OperationParts)
    return found


def test_that_everything_about_a_device_is_recorded_on_its_page_and_shown_by_the_operation(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    desk.show(patient_id)
    desk.screen.editor.form.boxes["right.manufacturer"].editor.inputs()[0].setFocus()
    desk.press(KEY.Key_D, CTRL)
    assert desk.page.heading.text() == "RIGHT · Motiva"
    assert desk.page.heading.property("tone") == "right"
    assert desk.page.facts.text() == "put in 12 May 2020 at Quay Clinic"
    assert desk.focus().objectName() == "device_class"
    desk.tab_to("volume_ml")
    desk.type("325")
    desk.tab_to("diameter_mm")
    desk.type("?")
    desk.tab_to("expires_on")
    desk.type("31 mar 2024")
    desk.save()
    assert desk.page.editor.messages.words.text() == "Saved"
    stored = ask(practice, open_device, exchange, RIGHT).values
    assert (stored["volume_ml"], stored["diameter_mm"]) == (325, UNKNOWN)
    assert stored["expires_on"] == dt.date(2024, 3, 31)
    desk.press(KEY.Key_Escape)
    assert desk.screen.pages.shown() is None
    assert desk.focus().objectName() == "right.manufacturer"
    assert desk.screen.editor.form.values()["right.volume_ml"] == 325


def test_that_ctrl_d_never_guesses_a_side(desk: Desk, patient_id: int, operate: Callable[..., int]) -> None:
    operate(2010, right__event=SideEvent.IMPLANTED, left__event=SideEvent.IMPLANTED)
    desk.show(patient_id)
    desk.screen.editor.form.boxes["surgeon"].editor.inputs()[0].setFocus()
    desk.press(KEY.Key_D, CTRL)
    assert desk.screen.pages.shown() is None
    assert desk.focus().objectName() == "device_right"
    desk.screen.editor.form.boxes["left.line"].editor.inputs()[0].setFocus()
    desk.press(KEY.Key_D, CTRL)
    assert desk.page.heading.text() == "LEFT · Unknown device"


def test_that_what_was_typed_on_a_page_is_kept_when_it_is_left_and_belongs_to_its_side(
    desk: Desk, qtbot: QtBot, background: Background, patient_id: int, operate: Callable[..., int]
) -> None:
    operate(2010, right__event=SideEvent.IMPLANTED, left__event=SideEvent.IMPLANTED)
    desk.show(patient_id)
    desk.push("device_right")
    desk.tab_to("projection_mm")
    desk.type("4 cm")
    desk.press(KEY.Key_Escape)
    assert desk.focus().objectName() == "device_right"
    desk.push("device_left")
    assert desk.page.editor.form.draft()["projection_mm"]["text"] == ""
    again = Desk(qtbot, background)
    again.show(patient_id)
    again.push("device_right")
    assert again.page.editor.form.draft()["projection_mm"]["text"] == "4 cm"
    assert "Draft of" in again.page.editor.messages.words.text()


def test_that_a_label_is_shown_and_removed_and_never_typed(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    label = ScannedLabel("]d20109521234543213\x1d21SN0001 ", UdiIssuer.GS1, LabelEntry.SCANNED)
    opened = ask(practice, open_device, exchange, RIGHT)
    ask(practice, save_device, opened, {**opened.values, "udi_raw": label}, exchange, RIGHT)
    desk.show(patient_id)
    desk.push("device_right")
    desk.tab_to("udi_raw")
    line = desk.focus()
    assert isinstance(line, QLineEdit)
    assert line.text() == "]d20109521234543213␝21SN0001␠"
    desk.type("overwritten")
    assert desk.page.editor.form.values()["udi_raw"] == label
    assert not desk.page.editor.form.is_dirty()
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Space)
    assert line.placeholderText() == "No label was scanned"
    desk.save()
    assert ask(practice, open_device, exchange, RIGHT).values["udi_raw"] is None


def test_that_a_label_keeps_every_byte_as_a_draft_and_as_a_record(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    label = ScannedLabel("]C1+H999\x1d\x00\udcff/$$ ", UdiIssuer.HIBCC, LabelEntry.PICTURE)
    desk.show(patient_id)
    desk.push("device_right")
    desk.page.editor.type_in({"udi_raw": label.plain})
    desk.wait()
    desk.press(KEY.Key_Escape)
    assert ask(practice, open_device, exchange, RIGHT).values["udi_raw"] is None
    desk.push("device_right")
    assert desk.page.editor.form.values()["udi_raw"] == label
    desk.save()
    assert ask(practice, open_device, exchange, RIGHT).values["udi_raw"] == label


def test_that_what_came_out_is_described_with_its_specimens_and_then_chased(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    desk.show(patient_id)
    assert desk.screen.sides.pages[LEFT].recorded.text() == "Came out: not described yet"
    desk.push("removal_right")
    assert desk.page.heading.text() == "RIGHT · Mentor"
    assert desk.page.facts.text() == "came out 12 May 2020 at Quay Clinic"
    assert desk.focus().objectName() == "condition"
    desk.type("intact")
    desk.press(KEY.Key_Return)
    desk.type("deflated")
    desk.press(KEY.Key_Return)
    desk.save()
    assert "cannot be intact and deflated" in desk.page.editor.form.boxes["condition"].note.text()
    desk.page.editor.form.boxes["condition"].editor.inputs()[1].setFocus()
    desk.press(KEY.Key_Delete)
    desk.page.editor.form.boxes["specimens"].editor.inputs()[0].setFocus()
    desk.press(KEY.Key_Space)
    desk.qtbot.waitUntil(lambda: desk.focus().objectName() == "specimens.kind")
    desk.choose("CD30")
    desk.press(KEY.Key_Tab)
    desk.type("13 may 2020")
    desk.save()
    stored = ask(practice, open_removal, exchange, RIGHT).values
    assert stored["condition"] == (RemovedCondition.DEFLATED,)
    assert [one.what for one in ask(practice, list_outstanding)] == ["CD30"]
    desk.press(KEY.Key_Escape)
    assert desk.screen.sides.pages[RIGHT].recorded.text() == "Came out: Deflated · waiting for CD30"


def test_that_the_condition_of_a_device_can_be_stated_unknown(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    desk.show(patient_id)
    desk.push("removal_left")
    desk.type("?")
    desk.save()
    assert ask(practice, open_removal, exchange, LEFT).values["condition"] is UNKNOWN


def test_that_a_matrix_needs_a_side_in_words_and_is_corrected_and_taken_out_with_a_reason(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    desk.show(patient_id)
    desk.push("add_matrix")
    assert desk.page.heading.text() == "Matrix or mesh"
    desk.tab_to("product")
    desk.type("GalaFLEX")
    desk.save()
    assert desk.page.editor.form.boxes["side"].note.text() == "Side is needed."
    assert parts_of(practice, patient_id, exchange).matrices == ()
    desk.press(KEY.Key_Right)
    assert desk.page.heading.text() == "RIGHT · Matrix or mesh"
    desk.press(KEY.Key_Right)
    assert desk.page.heading.text() == "LEFT · Matrix or mesh"
    assert desk.page.heading.property("tone") == "left"
    desk.save()
    assert [row.side for row in parts_of(practice, patient_id, exchange).matrices] == [LEFT]
    desk.press(KEY.Key_Left)
    desk.save()
    assert "recorded for LEFT" in desk.page.editor.form.boxes["side"].note.text()
    confirm = desk.page.editor.form.boxes["side"].confirm
    assert confirm is not None
    confirm.setFocus()
    desk.press(KEY.Key_Space)
    desk.save()
    assert [row.side for row in parts_of(practice, patient_id, exchange).matrices] == [RIGHT]
    desk.press(KEY.Key_Escape)
    assert desk.rows() == ["RIGHT: GalaFLEX. Matrix or mesh"]
    row = desk.screen.pages.cards.findChildren(PickRow, "part")[0]
    row.setFocus()
    desk.press(KEY.Key_Return)
    desk.push("withdraw")
    assert desk.focus().objectName() == "withdraw_reason"
    desk.press(KEY.Key_Escape)
    assert desk.page.withdraw_line.isHidden()
    desk.push("withdraw")
    desk.press(KEY.Key_Return)
    assert parts_of(practice, patient_id, exchange).matrices
    desk.type("recorded twice")
    desk.press(KEY.Key_Return)
    assert desk.screen.pages.shown() is None
    assert parts_of(practice, patient_id, exchange).matrices == ()
    assert desk.rows() == []


def test_that_a_drain_and_an_imaging_study_are_added_and_stand_under_the_operation(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    desk.show(patient_id)
    desk.push("add_drain")
    desk.press(KEY.Key_Left)
    desk.tab_to("size_french")
    desk.type("15")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.push("add_imaging")
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Right)
    desk.tab_to("kind")
    desk.type("mri")
    desk.tab_to("happened_on")
    desk.type("apr 2019")
    desk.save()
    desk.press(KEY.Key_Escape)
    assert desk.rows() == [
        "RIGHT: Drain. 15 French · not recorded as taken out",
        "LEFT: MRI · Apr 2019. finding not recorded",
    ]


def test_that_an_operation_says_what_was_in_place_and_one_key_takes_it_out(
    desk: Desk, practice: OpenPractice, patient_id: int, operate: Callable[..., int]
) -> None:
    operate(2010, right__event=SideEvent.IMPLANTED, right__manufacturer="Mentor", left__event=SideEvent.IMPLANTED)
    desk.show(patient_id)
    words = desk.screen.sides.before[RIGHT].words
    assert words.text() == "Nothing is known to have been in place before."
    assert not desk.screen.sides.before[RIGHT].take_button.isVisible()
    desk.screen.add_operation()
    desk.wait()
    assert words.text() == "In place before: Mentor, since 12 May 2010"
    desk.tab_to("right.line")
    desk.type("Ergonomix")
    before = desk.screen.sides.before
    desk.press_by_shortcut(before[RIGHT].take_button, KEY.Key_R, CTRL | SHIFT)
    desk.press_by_shortcut(before[LEFT].take_button, KEY.Key_L, CTRL | SHIFT)
    values = desk.screen.editor.form.values()
    assert (values["right.event"], values["left.event"]) == (SideEvent.EXCHANGED, SideEvent.REMOVED)
    assert words.text() == "Came out: Mentor, since 12 May 2010"
    assert len(ask(practice, read_history, patient_id).operations) == 1


def test_that_a_removal_asked_from_the_timeline_begins_an_operation_and_saves_nothing(
    desk: Desk, practice: OpenPractice, patient_id: int, operate: Callable[..., int]
) -> None:
    operate(2010, right__event=SideEvent.IMPLANTED, left__event=SideEvent.IMPLANTED)
    desk.show(patient_id)
    desk.screen.take_out(LEFT)
    desk.wait()
    values = desk.screen.editor.form.values()
    assert (values["left.event"], values["right.event"], values["kind"]) == (SideEvent.REMOVED, None, None)
    assert len(ask(practice, read_history, patient_id).operations) == 1


def test_that_a_device_asked_for_from_the_timeline_opens_its_own_operation(
    desk: Desk, patient_id: int, exchange: int, operate: Callable[..., int]
) -> None:
    operate(2022, right__event=SideEvent.KEPT)
    desk.show(patient_id)
    desk.screen.open_device_of(exchange, RIGHT)
    desk.wait()
    desk.wait()
    assert desk.page.heading.text() == "RIGHT · Motiva"
    desk.press(KEY.Key_Escape)
    assert desk.screen.editor.snapshot is not None
    assert desk.screen.editor.snapshot.id == exchange


def test_that_an_operation_recorded_by_mistake_is_taken_out_with_a_reason(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    desk.show(patient_id)
    desk.push("withdraw_operation")
    desk.type("recorded twice")
    desk.press(KEY.Key_Return)
    desk.wait()
    (left,) = ask(practice, read_history, patient_id).operations
    assert left.id != exchange
    assert desk.screen.editor.snapshot is not None
    assert desk.screen.editor.snapshot.id == left.id


def test_that_newer_answers_of_the_other_form_are_shown_and_not_overwritten(
    desk: Desk, practice: OpenPractice, patient_id: int, exchange: int
) -> None:
    desk.show(patient_id)
    desk.push("device_right")
    desk.tab_to("volume_ml")
    desk.type("325")
    opened = ask(practice, open_operation, exchange)
    ask(practice, save_operation, opened, {**opened.values, "right.volume_ml": 300}, patient_id)
    desk.wait()
    desk.save()
    assert desk.page.editor.conflict is not None
    assert list(desk.page.editor.conflict.choices) == ["volume_ml"]
    assert ask(practice, open_device, exchange, RIGHT).values["volume_ml"] == 300


def test_that_nothing_of_a_page_stays_in_sight_when_another_patient_is_opened(
    desk: Desk, patient_id: int, exchange: int, add_patient: Callable[..., int]
) -> None:
    desk.show(patient_id)
    desk.push("device_right")
    desk.show(add_patient(given_name="Maeve"))
    assert desk.screen.empty.isVisible()
    assert desk.screen.pages.shown() is None


def test_that_whoever_may_only_read_sees_every_page_and_changes_nothing(
    qtbot: QtBot, as_role: Callable[..., Background], patient_id: int, exchange: int
) -> None:
    desk = Desk(qtbot, as_role(Role.ANESTHESIA))
    desk.show(patient_id)
    buttons = {each.objectName() for each in desk.screen.findChildren(QPushButton) if each.isVisible()}
    assert buttons.isdisjoint({"add_matrix", "add_drain", "add_imaging", "withdraw_operation", "take_out_right"})
    desk.push("device_right")
    assert desk.page.editor.messages.words.text() == "Your role may read this, not change it."
    assert not desk.page.editor.save_button.isVisible()
    desk.press(KEY.Key_Escape)
    desk.push("removal_left")
    assert not desk.page.withdraw_button.isVisible()
