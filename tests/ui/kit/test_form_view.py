from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.operation import OPERATION_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.models.choices import UNKNOWN, OperationKind, Severity, Side, SideEvent, SmokingStatus, Source
from desktop.models.partial_date import PartialDate
from desktop.ui.kit.clock import set_clock
from desktop.ui.kit.form_view import FormView
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def fixed_clock() -> Iterator[None]:
    set_clock(NOW)
    yield
    set_clock(None)


@pytest.fixture
def form(qtbot: QtBot) -> FormView:
    view = FormView(PATIENT_FORM)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    return view


@pytest.fixture
def past(qtbot: QtBot) -> FormView:
    view = FormView(OPERATION_FORM)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    return view


def line(form: QWidget, name: str) -> QLineEdit:
    found = form.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def note(form: FormView, name: str) -> str:
    return form.boxes[name].note.text()


def test_that_values_come_back_as_they_were_loaded(form: FormView) -> None:
    values = PATIENT_FORM.empty() | {
        "family_name": "Okafor",
        "birth_date": dt.date(1981, 3, 14),
        "smoking": SmokingStatus.FORMER,
        "weight_kg": Decimal("62.5"),
        "height_cm": 165,
        "allergies": ({"id": 7, "substance": "Latex", "reaction": None, "severity": Severity.MILD},),
        "no_known_allergies": False,
        "medicines": (),
        "conditions": (),
    }
    form.load(values)
    assert form.values() == values
    assert not form.is_dirty()


def test_that_a_date_is_echoed_with_its_month_in_words(qtbot: QtBot, form: FormView) -> None:
    qtbot.keyClicks(line(form, "birth_date"), "1981-03-14")
    assert note(form, "birth_date") == "14 Mar 1981"


def test_that_half_a_date_is_a_problem_under_its_field_and_still_a_draft(qtbot: QtBot, form: FormView) -> None:
    qtbot.keyClicks(line(form, "birth_date"), "1981-0")
    assert form.boxes["birth_date"].note.property("tone") == "danger"
    assert form.draft()["birth_date"] == "1981-0"


def test_that_fields_nobody_visited_are_not_scolded(qtbot: QtBot, form: FormView) -> None:
    qtbot.keyClicks(line(form, "family_name"), "O")
    assert form.boxes["birth_date"].note.property("tone") == "muted"
    form.show_problems(everywhere=True)
    assert form.boxes["birth_date"].note.property("tone") == "danger"


def test_that_an_overlong_name_is_kept_and_said_to_be_too_long(form: FormView) -> None:
    form.load(PATIENT_FORM.empty() | {"family_name": "x" * 300})
    assert [p.message for p in form.problems() if p.field == "family_name"] == [
        "Family name holds at most 200 characters; this has 300."
    ]
    assert form.draft()["family_name"] == "x" * 300


def test_that_pasted_line_breaks_become_spaces(form: FormView) -> None:
    line(form, "family_name").setText("Okafor\n\tde Souza")
    assert form.values()["family_name"] == "Okafor de Souza"


def test_that_markup_stays_text(form: FormView) -> None:
    form.load(PATIENT_FORM.empty() | {"family_name": "<b>Bobby</b>"})
    assert form.values()["family_name"] == "<b>Bobby</b>"
    assert line(form, "family_name").text() == "<b>Bobby</b>"


def test_that_an_unlikely_weight_is_asked_and_can_be_confirmed(qtbot: QtBot, form: FormView) -> None:
    qtbot.keyClicks(line(form, "weight_kg"), "250")
    box = form.boxes["weight_kg"]
    assert box.confirm is not None
    assert box.confirm.isVisible()
    assert box.note.property("tone") == "warning"
    qtbot.mouseClick(box.confirm, Qt.MouseButton.LeftButton)
    assert not [p for p in form.problems() if p.field == "weight_kg"]
    qtbot.keyClicks(line(form, "weight_kg"), "1")
    assert [p for p in form.problems() if p.field == "weight_kg"]


def test_that_pounds_are_converted_only_when_written_as_pounds(qtbot: QtBot, form: FormView) -> None:
    qtbot.keyClicks(line(form, "weight_kg"), "137 lb")
    assert form.values()["weight_kg"].quantize(Decimal("0.1")) == Decimal("62.1")


def test_that_a_draft_comes_back_as_it_was_typed(form: FormView, qtbot: QtBot) -> None:
    form.load(PATIENT_FORM.empty())
    form.restore({"family_name": "Oka", "birth_date": "1981-", "allergies": [{"id": None, "substance": "pen"}]})
    assert line(form, "birth_date").text() == "1981-"
    assert form.is_dirty()
    assert form.values()["allergies"][0]["substance"] == "pen"


def test_that_a_row_is_added_and_removed_by_keyboard(form: FormView, qtbot: QtBot) -> None:
    form.load(PATIENT_FORM.empty())
    add = form.findChild(QWidget, "allergies")
    assert add is not None
    qtbot.keyClick(add, Qt.Key.Key_Space)
    qtbot.keyClicks(line(form, "allergies.substance"), "Latex")
    assert [row["substance"] for row in form.values()["allergies"]] == ["Latex"]


def test_that_a_blank_row_does_not_count(form: FormView, qtbot: QtBot) -> None:
    form.load(PATIENT_FORM.empty())
    add = form.findChild(QWidget, "allergies")
    assert add is not None
    qtbot.keyClick(add, Qt.Key.Key_Space)
    assert form.values()["allergies"] == ()
    assert not form.is_dirty()


def test_that_the_mouse_wheel_never_changes_a_choice(form: FormView, qtbot: QtBot) -> None:
    box = form.findChild(QComboBox, "language")
    assert isinstance(box, QComboBox)
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert form.values()["language"] is None


def test_that_unknown_is_an_answer_of_its_own(past: FormView, qtbot: QtBot) -> None:
    values = OPERATION_FORM.empty() | {
        "kind": OperationKind.AUGMENTATION,
        "happened_on": PartialDate(2009),
        "happened_on_source": Source.PATIENT,
        "right.event": SideEvent.IMPLANTED,
        "left.event": SideEvent.NONE,
        "right.serial": UNKNOWN,
        "right.volume_ml": 325,
        "right.volume_ml_source": Source.DEVICE_CARD,
    }
    past.load(values)
    shown = past.values()
    assert shown["right.serial"] is UNKNOWN
    assert shown["right.lot"] is None
    assert shown["happened_on"] == PartialDate(2009)
    assert shown["right.volume_ml_source"] is Source.DEVICE_CARD


def test_that_right_stands_left_of_left(past: FormView) -> None:
    def x(side: Side) -> int:
        box = past.boxes[f"{side.label.lower()}.volume_ml"]
        return box.mapTo(past, box.rect().topLeft()).x()

    assert x(Side.RIGHT) < x(Side.LEFT)


def test_that_every_input_has_a_name_that_can_be_spoken(past: FormView, form: FormView) -> None:
    for view in (past, form):
        for name, box in view.boxes.items():
            assert all(each.accessibleName() for each in box.editor.inputs()), name


def test_that_tab_comes_to_what_stands_over_the_form_before_the_form(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    tabs, view = QPushButton("Tabs"), FormView(OPERATION_FORM)
    view.add_above(above := QPushButton("Over the form"))
    column.addWidget(tabs)
    column.addWidget(view)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Tab)
    assert above.hasFocus()
    qtbot.keyClick(above, Qt.Key.Key_Tab)
    assert view.boxes["kind"].editor.inputs()[0].hasFocus()


def test_that_a_prefilled_answer_says_so_until_it_is_confirmed_or_changed(qtbot: QtBot) -> None:
    view = FormView(PLAN_FORM)
    qtbot.addWidget(view)
    view.load(PLAN_FORM.empty())
    view.prefill({"minutes_needed": 90, "routine_after_days": 7, "note": "Sizers first."}, "template “Exchange”")
    box = view.boxes["minutes_needed"]
    assert view.prefilled() == ("minutes_needed", "routine_after_days", "note")
    assert (box.note.text(), box.mark is not None and box.mark.text()) == ("◇ from template “Exchange”", "◇ Confirm")
    assert "Ctrl+Enter confirms it" in box.editor.inputs()[0].accessibleDescription()
    assert box.editor.inputs()[0].property("tone") == "prefilled"
    view.boxes["routine_after_days"].editor.retype("9")
    view.boxes["routine_after_days"].editor.edited.emit()
    assert box.mark is not None
    box.mark.click()
    assert view.prefilled() == ("note",)
    assert (box.note.text(), box.mark.isHidden()) == ("", True)
    assert view.values()["prefilled"] == ("note",)
    assert view.values()["prefilled_from"] == "template “Exchange”"


def test_that_what_waits_to_be_confirmed_comes_back_with_a_draft(qtbot: QtBot) -> None:
    view, again = FormView(PLAN_FORM), FormView(PLAN_FORM)
    for each in (view, again):
        qtbot.addWidget(each)
        each.load(PLAN_FORM.empty())
    view.prefill({"minutes_needed": 90, "note": "Sizers first."}, "case of 3 Mar 2024")
    view.confirm_prefilled("note")
    typed, _stood = view.changes()
    again.restore(typed)
    assert again.prefilled() == ("minutes_needed",)
    assert again.boxes["minutes_needed"].note.text() == "◇ from case of 3 Mar 2024"
    assert again.is_dirty()


def test_that_a_prefilled_answer_of_a_record_that_is_only_read_is_marked_and_cannot_be_confirmed(qtbot: QtBot) -> None:
    view = FormView(PLAN_FORM)
    qtbot.addWidget(view)
    view.load(PLAN_FORM.empty() | {"minutes_needed": 90, "prefilled": ("minutes_needed",), "prefilled_from": "X"})
    assert not view.is_dirty()
    view.set_read_only(True)
    box = view.boxes["minutes_needed"]
    assert (box.note.text(), box.waits_for_confirmation()) == ("◇ from X", False)
    assert box.mark is not None
    assert box.mark.isHidden()


def test_that_tab_comes_to_what_stands_below_right_after_the_form_and_it_is_in_sight(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    view, save, below = FormView(PATIENT_FORM, page), QPushButton("Save", page), QPushButton("Add a file")
    column.addWidget(view)
    column.addWidget(save)
    view.add_below(below)
    page.resize(900, 400)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    below.setFocus(Qt.FocusReason.TabFocusReason)
    seen = below.mapTo(view.viewport(), below.rect().center())
    assert view.viewport().rect().contains(seen)
    qtbot.keyClick(below, Qt.Key.Key_Backtab)
    before = QApplication.focusWidget()
    assert before is not None
    assert view.isAncestorOf(before)
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    qtbot.keyClick(below, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is save
