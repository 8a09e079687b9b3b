"""Several answers in an order, chosen, moved and taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.choices import PlanStep
from desktop.ui.kit.many_editor import ManyEditor, remove_sign

ALT = Qt.KeyboardModifier.AltModifier
THREE = (PlanStep.CAPSULECTOMY_TOTAL, PlanStep.IMPLANT_EXCHANGE, PlanStep.SUPPORT_ADM)


@pytest.fixture
def editor(qtbot: QtBot) -> ManyEditor:
    made = ManyEditor(PlanStep, "Add a step …")
    qtbot.addWidget(made.widget)
    made.widget.resize(300, 300)
    made.widget.show()
    return made


def test_that_letters_and_enter_add_one_after_the_other(qtbot: QtBot, editor: ManyEditor) -> None:
    for letters in ("total caps", "exch", "matrix"):
        qtbot.keyClicks(editor.box, letters)
        qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.value() == THREE
    assert editor.box.currentText() == "Add a step …"


def test_that_nothing_is_added_on_the_way_to_it(qtbot: QtBot, editor: ManyEditor) -> None:
    qtbot.keyClicks(editor.box, "exch")
    qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    assert editor.value() == ()


def test_that_an_answer_is_not_added_twice(qtbot: QtBot, editor: ManyEditor) -> None:
    editor.set_value(THREE)
    qtbot.keyClicks(editor.box, "exch")
    qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.value() == THREE


def test_that_delete_takes_the_current_answer_away(qtbot: QtBot, editor: ManyEditor) -> None:
    editor.set_value(THREE)
    editor.chosen.setCurrentRow(1)
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(editor.chosen, Qt.Key.Key_Delete)
    assert editor.value() == (THREE[0], THREE[2])


def test_that_alt_with_the_arrows_moves_an_answer(qtbot: QtBot, editor: ManyEditor) -> None:
    editor.set_value(THREE)
    editor.chosen.setCurrentRow(2)
    qtbot.keyClick(editor.chosen, Qt.Key.Key_Up, ALT)
    assert editor.value() == (THREE[0], THREE[2], THREE[1])
    qtbot.keyClick(editor.chosen, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(editor.chosen, Qt.Key.Key_Up, ALT)
    assert editor.value() == (THREE[2], THREE[0], THREE[1])


def test_that_a_click_on_the_sign_takes_an_answer_away(qtbot: QtBot, editor: ManyEditor) -> None:
    editor.set_value(THREE)
    line = editor.chosen.visualItemRect(editor.chosen.item(0))
    qtbot.mouseClick(editor.chosen.viewport(), Qt.MouseButton.LeftButton, pos=remove_sign(line).center())
    assert editor.value() == THREE[1:]


@pytest.mark.parametrize(
    "attempt",
    [
        lambda qtbot, chosen: qtbot.keyClick(chosen, Qt.Key.Key_Delete),
        lambda qtbot, chosen: qtbot.keyClick(chosen, Qt.Key.Key_Down, ALT),
        lambda qtbot, chosen: qtbot.mouseClick(
            chosen.viewport(),
            Qt.MouseButton.LeftButton,
            pos=remove_sign(chosen.visualItemRect(chosen.item(0))).center(),
        ),
    ],
)
def test_that_what_is_only_read_stays(
    qtbot: QtBot, editor: ManyEditor, attempt: Callable[[QtBot, object], object]
) -> None:
    editor.set_value(THREE)
    editor.set_read_only(True)
    editor.chosen.setCurrentRow(0)
    attempt(qtbot, editor.chosen)
    assert editor.value() == THREE
    assert not editor.box.isVisible()


def test_that_every_step_can_be_chosen_and_comes_back_from_a_draft(editor: ManyEditor) -> None:
    editor.set_value(tuple(PlanStep))
    typed = editor.typed()
    editor.set_value(())
    editor.retype(typed)
    assert editor.value() == tuple(PlanStep)
    assert editor.chosen.height() >= len(PlanStep) * 30
