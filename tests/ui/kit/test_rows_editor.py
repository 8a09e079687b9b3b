"""Rows of a list: two lines where the form says so, and Tab through them in the order of reading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.forms.plan import PLAN_FORM
from desktop.models.choices import ContingencyWhen, PlanStep, Side
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.rows_editor import RowsEditor

ROW = {
    "id": 3,
    "side": Side.LEFT,
    "happens": ContingencyWhen.RUPTURED,
    "detail": "outside",
    "steps": (PlanStep.CAPSULECTOMY_TOTAL, PlanStep.SUPPORT_MESH),
    "then": "Gel to pathology.",
}


def shown(qtbot: QtBot) -> FormView:
    view = FormView(PLAN_FORM)
    qtbot.addWidget(view)
    view.resize(820, 600)
    view.load(PLAN_FORM.empty() | {"contingency_list": (ROW, ROW | {"id": 4, "detail": None})})
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view


def test_that_a_row_with_several_answers_in_one_comes_back_as_it_was(qtbot: QtBot) -> None:
    view = shown(qtbot)
    assert view.values()["contingency_list"][0] == ROW
    typed = view.draft()["contingency_list"]
    assert typed[0]["steps"] == ["capsulectomy_total", "support_mesh"]
    view.boxes["contingency_list"].editor.retype(typed)
    assert view.values()["contingency_list"][0] == ROW


def test_that_what_stands_beneath_is_named_and_inside_the_row(qtbot: QtBot) -> None:
    view = shown(qtbot)
    row = view.boxes["contingency_list"].editor._rows[0]
    first, second = row.editors["happens"].widget, row.editors["then"].widget
    assert second.mapTo(view, second.rect().topLeft()).y() > first.mapTo(view, first.rect().bottomLeft()).y()
    assert second.accessibleName() == "Contingency: In words"
    assert second.width() > 150


def test_that_tab_comes_to_the_rows_in_order_and_then_to_add(qtbot: QtBot) -> None:
    view = shown(qtbot)
    editor = view.boxes["contingency_list"].editor
    view.boxes["devices"].editor.add_button.setFocus()
    seen: list[str] = []
    while (here := QApplication.focusWidget()) is not None and here is not editor.add_button and len(seen) < 40:
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        seen.append(focus.objectName() or focus.accessibleName() if focus else "")
    a_row = ["Side: LEFT", "happens", "detail", "steps", "then", "Remove this contingency"]
    told = [name.removeprefix("contingency_list.") for name in seen]
    assert told == [*a_row, *a_row, "contingency_list"]


def test_that_a_row_that_served_another_record_shows_nothing_of_it(qtbot: QtBot) -> None:
    view = shown(qtbot)
    editor = view.boxes["contingency_list"].editor
    assert isinstance(editor, RowsEditor)
    first = editor._rows[0]
    view.load(PLAN_FORM.empty())
    assert view.values()["contingency_list"] == ()
    assert not first.editors["then"].widget.isVisible()
    editor.add_row()
    assert editor._rows[0] is first
    assert first.record_id is None
    assert first.is_blank()
    assert first.editors["then"].widget.isVisible()
    view.load(PLAN_FORM.empty() | {"contingency_list": (ROW | {"then": None},)})
    assert view.values()["contingency_list"] == (ROW | {"then": None},)


def test_that_a_row_taken_away_twice_by_quick_fingers_goes_once(qtbot: QtBot) -> None:
    view = shown(qtbot)
    editor = view.boxes["contingency_list"].editor
    assert isinstance(editor, RowsEditor)
    remove = editor._rows[0].remove
    remove.clicked.emit()
    remove.clicked.emit()
    assert [row["id"] for row in view.values()["contingency_list"]] == [4]


def test_that_the_keyboard_stays_in_its_answer_when_what_was_saved_is_shown_anew(qtbot: QtBot) -> None:
    view = shown(qtbot)
    editor = view.boxes["contingency_list"].editor
    assert isinstance(editor, RowsEditor)
    editor.focus_answer(editor._rows[1], "then")
    view.load(view.values())
    assert editor.row_with_keyboard() is editor._rows[1]
    assert editor._answer_with_keyboard(editor._rows[1]) == "then"
