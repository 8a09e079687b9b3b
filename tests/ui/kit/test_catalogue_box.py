"""Picking from the catalogue by keyboard: it fills what is empty, keeps what was typed, and one key takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.form import source_of
from desktop.models.choices import UNKNOWN, Fill, MatrixKind, Profile, Role, Shape, Side
from desktop.opening import OpenPractice
from desktop.rules.catalogue_entry import Kind
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.operation.screen import HistoryScreen
from tests.factories import operation_values
from tests.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background, patient_id: int, *, adds: bool = True) -> None:
        self.screen = HistoryScreen(background)
        super().__init__(qtbot, background, self.screen, 1180, 800)
        self.screen.show_patient(patient_id)
        qtbot.waitUntil(background.is_idle)
        if adds:
            self.screen.add_operation()
            qtbot.waitUntil(background.is_idle)

    @property
    def form(self) -> Any:
        return self.screen.editor.form

    @property
    def right(self) -> Any:
        return next(iter(self.screen.catalogue.boxes.values()))

    def answer(self, name: str) -> Any:
        return self.form.boxes[name].editor.value()

    def said(self) -> str:
        return str(self.right.said.text())

    def put_in(self) -> None:
        self.tab_to("right.event")
        self.choose("Device put in")


@pytest.fixture
def desk(qtbot: QtBot, background: Background, add_patient: Callable[..., int]) -> Iterator[Desk]:
    made = Desk(qtbot, background, add_patient())
    made.put_in()
    yield made
    qtbot.waitUntil(background.is_idle)


def test_that_a_line_is_picked_by_typing_and_enter_and_fills_what_is_empty_without_a_source(desk: Desk) -> None:
    desk.tab_to("right.catalogue")
    desk.type("mentor memoryshape")
    assert desk.right.suggesting.shown()[0].title == "Mentor MemoryShape"
    desk.press(KEY.Key_Return)
    assert desk.answer("right.manufacturer") == "Mentor"
    assert desk.answer("right.line") == "MemoryShape"
    assert desk.answer("right.fill") is Fill.SILICONE_GEL
    assert desk.answer("right.shape") is Shape.ANATOMICAL
    assert desk.answer("right.surface") is None
    assert desk.form.values()[source_of("right.fill")] is None
    assert desk.answer("left.manufacturer") is None
    assert desk.said().startswith("Mentor MemoryShape. Filled in: Manufacturer · Line")
    assert desk.form.is_dirty()
    assert desk.focus().objectName() == "right.catalogue"
    assert desk.focus().text() == ""


def test_that_arrows_choose_among_what_is_found(desk: Desk) -> None:
    desk.tab_to("right.catalogue")
    desk.type("mentor")
    titles = [each.title for each in desk.right.suggesting.shown()]
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        desk.press(key)
    desk.press(KEY.Key_Return)
    assert desk.said().startswith(f"{titles[1]}.")


def test_that_what_was_typed_or_said_to_be_unknown_is_kept_and_named(desk: Desk) -> None:
    desk.tab_to("right.line")
    desk.type("Memory Shape II")
    desk.tab_to("right.fill")
    desk.type("?")
    desk.tab_to("right.shape")
    desk.type("round")
    desk.right.line.setFocus()
    desk.type("memoryshape")
    desk.press(KEY.Key_Return)
    assert desk.answer("right.line") == "Memory Shape II"
    assert desk.answer("right.fill") is UNKNOWN
    assert desk.answer("right.shape") is Shape.ROUND
    assert desk.answer("right.manufacturer") == "Mentor"
    assert "Kept as typed: Line Memory Shape II; the catalogue says MemoryShape" in desk.said()
    assert "Fill Unknown; the catalogue says Silicone gel" in desk.said()
    assert "Shape Round; the catalogue says Anatomical" in desk.said()


def test_that_a_volume_typed_otherwise_is_kept_and_named(desk: Desk, qtbot: QtBot) -> None:
    (entry,) = (e for e in desk.right._catalogue.suggest("spectrum") if e.kind is Kind.LINE)
    told = dict(entry.facts) | {"volume_ml": 300}
    desk.tab_to("right.volume_ml")
    desk.type("325")
    desk.right.pick(type(entry)(entry.kind, told, entry.mark))
    assert desk.answer("right.volume_ml") == 325
    assert "Kept as typed: Volume 325 mL; the catalogue says 300 mL." in desk.said()


def test_that_one_key_takes_the_picking_back_but_not_what_was_changed_since(desk: Desk) -> None:
    desk.tab_to("right.catalogue")
    desk.type("memoryshape")
    desk.press(KEY.Key_Return)
    desk.tab_to("right.line")
    desk.press(KEY.Key_End)
    desk.type(" III")
    desk.right.line.setFocus()
    desk.press(KEY.Key_Delete)
    assert desk.answer("right.manufacturer") is None
    assert desk.answer("right.fill") is None
    assert desk.answer("right.line") == "MemoryShape III"
    assert desk.said() == "What was picked is taken back."


def test_that_a_button_takes_the_picking_back_too(desk: Desk, qtbot: QtBot) -> None:
    desk.tab_to("right.catalogue")
    desk.type("memoryshape")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Tab)
    assert desk.focus() is desk.right.back_button
    desk.press(KEY.Key_Space)
    assert desk.answer("right.manufacturer") is None
    assert not desk.right.back_button.isVisible()
    assert desk.focus().objectName() == "right.catalogue"


def test_that_esc_closes_the_list_and_nothing_is_filled(desk: Desk) -> None:
    desk.tab_to("right.catalogue")
    desk.type("mentor")
    assert desk.right.suggesting.is_open()
    desk.press(KEY.Key_Escape)
    assert not desk.right.suggesting.is_open()
    desk.press(KEY.Key_Return)
    assert desk.answer("right.manufacturer") is None


def test_that_what_the_catalogue_does_not_know_is_said(desk: Desk) -> None:
    desk.tab_to("right.catalogue")
    desk.type("quay")
    assert "does not know this" in desk.said()
    assert not desk.right.suggesting.is_open()


def test_that_nothing_is_picked_where_no_device_went_in(desk: Desk) -> None:
    desk.tab_to("right.event")
    desk.type("not op")
    assert not desk.right.line.isEnabled()
    desk.type("device put")
    assert desk.right.line.isEnabled()


def test_that_a_style_with_a_size_fills_what_its_letters_say_and_no_volume(desk: Desk) -> None:
    desk.tab_to("right.catalogue")
    desk.type("scf-400")
    desk.press(KEY.Key_Return)
    assert desk.answer("right.style") == "SCF"
    assert desk.answer("right.volume_ml") is None


def test_that_a_former_name_of_a_maker_is_told_and_replaced_only_when_asked(desk: Desk) -> None:
    desk.tab_to("right.manufacturer")
    desk.type("McGhan")
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_Tab)
    assert desk.answer("right.manufacturer") == "McGhan"
    assert desk.said() == "“McGhan” is a name of Allergan."
    desk.right.use_button.click()
    assert desk.answer("right.manufacturer") == "Allergan"
    assert desk.said() == ""


def test_that_a_former_name_kept_as_typed_is_not_asked_about_again(desk: Desk) -> None:
    for _ in range(2):
        desk.tab_to("right.manufacturer")
        desk.focus().selectAll()
        desk.type("Inamed")
        desk.press(KEY.Key_Escape)
        desk.press(KEY.Key_Tab)
        desk.right.keep_button.click()
    assert desk.answer("right.manufacturer") == "Inamed"
    assert not desk.right.keep_button.isVisible()


def test_that_typing_a_maker_suggests_its_name_and_enter_alone_chooses_nothing(desk: Desk) -> None:
    desk.tab_to("right.manufacturer")
    desk.type("mcg")
    shown = desk.screen.findChildren(QWidget, "")
    assert any(type(each).__name__ == "_List" and each.isVisible() for each in shown)
    desk.press(KEY.Key_Return)
    assert desk.answer("right.manufacturer") == "mcg"
    desk.tab_to("right.manufacturer")
    desk.press(KEY.Key_End)
    desk.type("h")
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    assert desk.answer("right.manufacturer") == "Allergan"


def test_that_lines_are_suggested_of_the_maker_that_stands_there(desk: Desk) -> None:
    desk.tab_to("right.manufacturer")
    desk.type("surgitek")
    desk.press(KEY.Key_Tab)
    assert desk.focus().objectName() == "right.line"
    desk.type("me")
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    assert desk.answer("right.line") == "Même"


def test_that_another_operation_begins_with_nothing_to_take_back(desk: Desk) -> None:
    desk.tab_to("right.catalogue")
    desk.type("memoryshape")
    desk.press(KEY.Key_Return)
    desk.screen.editor.revert()
    desk.qtbot.waitUntil(desk.background.is_idle)
    desk.right.line.setFocus()
    desk.press(KEY.Key_Delete)
    assert desk.said() == ""
    assert not desk.right.back_button.isVisible()


def test_that_whoever_may_only_read_picks_nothing(
    qtbot: QtBot, as_role: Callable[..., Background], add_patient: Callable[..., int]
) -> None:
    desk = Desk(qtbot, as_role(Role.ANESTHESIA), add_patient())
    assert not desk.right.isVisible()


@pytest.fixture
def with_device(
    qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> Iterator[Desk]:
    """Somebody with one operation, of whose devices nothing is known."""
    patient_id = add_patient()
    facts = ("manufacturer", "line", "volume_ml", "fill", "shape", "surface")
    nothing = {f"{side}.{name}": None for side in ("right", "left") for name in facts}
    with practice.database.unit_of_work(practice.actor) as session:
        save_operation(session, Snapshot(None, None, {}), operation_values(**nothing), patient_id)
    desk = Desk(qtbot, background, patient_id, adds=False)
    yield desk
    qtbot.waitUntil(background.is_idle)


def page_of(desk: Desk) -> Any:
    desk.qtbot.waitUntil(desk.background.is_idle)
    return desk.screen.pages.shown()


def test_that_the_page_of_one_device_is_filled_from_the_line_over_its_first_field(with_device: Desk) -> None:
    desk = with_device
    desk.screen.pages.open_device(Side.RIGHT)
    page = page_of(desk)
    first = page.editor.form.boxes["device_class"].editor.inputs()[0]
    assert desk.focus() is first
    desk.qtbot.keyClick(first, KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.focus() is page.catalogue.line
    desk.type("sientra opus hsc+")
    desk.press(KEY.Key_Return)
    boxes = page.editor.form.boxes
    assert boxes["gel"].editor.value() == "HSC+"
    assert boxes["udi_di"].editor.value() is None


def test_that_a_matrix_is_picked_among_matrices_only(with_device: Desk) -> None:
    desk = with_device
    desk.screen.pages.open_matrix(None)
    page = page_of(desk)
    page.catalogue.line.setFocus()
    desk.type("mentor")
    assert not page.catalogue.suggesting.is_open()
    page.catalogue.line.selectAll()
    desk.type("tiloop")
    desk.press(KEY.Key_Return)
    assert page.editor.form.boxes["product"].editor.value() == "TiLOOP"
    assert page.editor.form.boxes["kind"].editor.value() is MatrixKind.MESH_PERMANENT


def test_that_a_profile_typed_otherwise_is_not_given_the_makers_word_of_another(with_device: Desk) -> None:
    desk = with_device
    desk.screen.pages.open_device(Side.RIGHT)
    page = page_of(desk)
    boxes = page.editor.form.boxes
    boxes["profile"].editor.inputs()[0].setFocus()
    desk.type("low")
    page.catalogue.line.setFocus()
    desk.type("mentor high")
    desk.press(KEY.Key_Return)
    assert boxes["profile"].editor.value() is Profile.LOW
    assert boxes["profile_name"].editor.value() is None
    assert "Kept as typed: Profile Low; the catalogue says High." in page.catalogue.said.text()
    assert boxes["line"].editor.value() == "MemoryGel"
