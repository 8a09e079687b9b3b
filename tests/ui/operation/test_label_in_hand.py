"""What is in hand belongs to the patient whose file is open, whenever the store answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.models.choices import LabelEntry
from desktop.opening import OpenPractice
from desktop.ui.kit.background import Background
from desktop.ui.operation.label_draft import WaitingLabels, waiting_labels
from desktop.ui.operation.label_in_hand import LabelInHand
from tests.ui.hands import settle

LABEL = "a text that may be a label"


@pytest.fixture
def hand(qtbot: QtBot, background: Background) -> Iterator[LabelInHand]:
    owner = QObject()
    yield LabelInHand(background, owner)
    settle(qtbot, background)


def waiting(practice: OpenPractice, patient_id: int) -> WaitingLabels:
    with practice.database.unit_of_work(practice.actor) as session:
        return waiting_labels(session, patient_id)


def take(hand: LabelInHand, qtbot: QtBot, patient_id: int, text: str = LABEL) -> None:
    hand.begin(patient_id, None)
    with qtbot.waitSignal(hand.taken):
        hand.take(text, LabelEntry.PASTED)


def test_that_a_label_that_waits_is_taken_up_again_by_coming_back(
    hand: LabelInHand, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    take(hand, qtbot, patient_id)
    hand.leave_patient()
    hand.begin(patient_id, None)
    with qtbot.waitSignal(hand.taken):
        hand.come_back()
    assert hand.reading is not None
    assert (hand.reading.label.raw, hand.reading.label.entry) == (LABEL, LabelEntry.PASTED)
    assert waiting(practice, patient_id).earlier == ()


def test_that_one_patients_waiting_label_is_never_taken_up_in_the_file_opened_since(
    hand: LabelInHand, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    first, second = add_patient(), add_patient()
    take(hand, qtbot, first)
    hand.leave_patient()
    hand.begin(first, None)
    hand.come_back()
    hand.leave_patient()
    hand.begin(second, None)
    settle(qtbot, background)
    assert hand.reading is None
    assert waiting(practice, second) == WaitingLabels()


def test_that_the_labels_that_wait_for_one_patient_are_never_offered_in_the_file_opened_since(
    hand: LabelInHand, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    first, second = add_patient(), add_patient()
    take(hand, qtbot, first, "one text that may be a label")
    take(hand, qtbot, first)
    assert [label.raw for label in hand.earlier] == ["one text that may be a label"]
    hand.let_go()
    hand.leave_patient()
    hand.begin(second, None)
    settle(qtbot, background)
    assert not hand.earlier
    assert len(waiting(practice, first).earlier) == 1
