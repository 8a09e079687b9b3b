"""A closed list is chosen from by typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.models.choices import Indication
from desktop.ui.kit.choice_box import ChoiceBox


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    made = ChoiceBox()
    made.addItem("", "")
    for choice in Indication:
        made.addItem(choice.label, choice.value)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("rip", "Rippling"),
        ("contr", "Capsular contracture"),
        ("malposition, s", "Malposition, superior"),
        ("ALCL", "BIA-ALCL"),
        ("12 months or", "Seroma, 12 months or later"),
        ("outside", "Gel rupture, outside the capsule"),
    ],
)
def test_that_letters_find_an_answer_wherever_they_stand(
    qtbot: QtBot, box: ChoiceBox, letters: str, found: str
) -> None:
    qtbot.keyClicks(box, letters)
    assert box.currentText() == found


def test_that_an_answer_that_begins_so_comes_before_one_that_contains_it(qtbot: QtBot, box: ChoiceBox) -> None:
    qtbot.keyClicks(box, "ptosis")
    assert box.currentText() == "Ptosis"


def test_that_a_letter_that_fits_nothing_begins_a_new_search(qtbot: QtBot, box: ChoiceBox) -> None:
    qtbot.keyClicks(box, "ripq")
    assert box.currentText() == "Rippling"
    qtbot.keyClicks(box, "mass")
    assert box.currentText() == "Mass"


def test_that_delete_takes_the_answer_back(qtbot: QtBot, box: ChoiceBox) -> None:
    qtbot.keyClicks(box, "rip")
    with qtbot.waitSignal(box.activated):
        qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert box.currentText() == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_letters_find_in_the_open_list_too(qtbot: QtBot, box: ChoiceBox) -> None:
    box.show()
    box.showPopup()
    qtbot.keyClicks(box.view(), "contr")
    assert box.view().currentIndex().data() == "Capsular contracture"
    assert box.currentText() == ""
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.currentText() == "Capsular contracture")


def test_that_an_answer_too_long_for_its_box_is_painted_without_losing_it(qtbot: QtBot, box: ChoiceBox) -> None:
    box.setCurrentText(Indication.TISSUE_CHANGE.label)
    box.resize(120, 34)
    picture = QImage(box.size(), QImage.Format.Format_ARGB32)
    box.render(picture, QPoint(0, 0))
    assert box.currentText() == Indication.TISSUE_CHANGE.label
