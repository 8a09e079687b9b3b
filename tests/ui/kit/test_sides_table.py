"""Numbers of both sides as a table: differences, and what is said beside and under a row."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.forms.examination import EXAMINATION_FORM
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.text import Text


@pytest.fixture
def form(qtbot: QtBot) -> FormView:
    made = FormView(EXAMINATION_FORM, only=("Measurements",))
    qtbot.addWidget(made)
    made.resize(760, 500)
    made.show()
    made.load(EXAMINATION_FORM.empty())
    return made


def type_in(form: FormView, qtbot: QtBot, name: str, text: str) -> None:
    line = form.boxes[name].editor.inputs()[0]
    line.setFocus()
    qtbot.keyClicks(line, text)


def names(form: FormView) -> set[str]:
    return {text.accessibleName() for text in form.findChildren(Text)}


def shown(form: FormView) -> set[str]:
    return {text.text() for text in form.findChildren(Text) if text.isVisible()}


def test_that_a_difference_needs_both_sides(form: FormView, qtbot: QtBot) -> None:
    assert "Base width, RIGHT minus LEFT: not known" in names(form)
    type_in(form, qtbot, "right.base_width_mm", "12.5")
    assert "Base width, RIGHT minus LEFT: not known" in names(form)
    type_in(form, qtbot, "left.base_width_mm", "13")
    assert "Base width, RIGHT minus LEFT: −0.5 cm" in names(form)
    type_in(form, qtbot, "left.base_width_mm", "x")
    assert "Base width, RIGHT minus LEFT: not known" in names(form)


def test_that_what_is_wrong_stands_under_the_row_with_its_side_and_goes_again(form: FormView, qtbot: QtBot) -> None:
    form.boxes["left.base_width_mm"].say_before("19 Nov: 12.0")
    type_in(form, qtbot, "left.base_width_mm", "125")
    said = "LEFT: 125.0 cm is outside 8.0–20.0 cm. Did you mean 12.5 cm?"
    assert said in shown(form)
    box = form.boxes["left.base_width_mm"]
    assert box.note.text() == "19 Nov: 12.0"
    assert box.confirm is not None
    box.confirm.click()
    assert said not in shown(form)
    assert form.problems() == []


def test_that_a_reading_is_said_back_where_it_could_be_mistaken(form: FormView, qtbot: QtBot) -> None:
    for typed, echo in (("12", ""), ("12.5", ""), ("12,5", "12.5 cm"), ("4 3/4 in", "12.1 cm"), ("125 mm", "12.5 cm")):
        form.load(EXAMINATION_FORM.empty())
        type_in(form, qtbot, "right.base_width_mm", typed)
        assert form.boxes["right.base_width_mm"].note.text() == echo, typed


def test_that_a_stored_level_says_its_direction_in_words(form: FormView) -> None:
    form.load(EXAMINATION_FORM.empty() | {"right.nipple_above_fold_mm": -20})
    box = form.boxes["right.nipple_above_fold_mm"]
    assert (box.editor.typed(), box.note.text()) == ("−2.0", "below the fold")
