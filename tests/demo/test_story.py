"""A story that cannot be told names its file, the patient and what is wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.demo.story import PatientStory, StoryFault, read_file
from desktop.models.choices import UNKNOWN, Fill, IndicationLayer, Side, Source

TODAY = dt.date(2026, 11, 23)

WHO = '[[patient]]\nregistered = "-2 d"\nfamily_name = "Okafor"\nbirth_date = 1981-03-14\n'

OPERATION = """
[[patient.operation]]
kind = "augmentation"
source = "patient"
surgeon = "Dr. Lindqvist"
[patient.operation.both]
event = "implanted"
source = "device_card"
fill = "silicone_gel"
volume_ml = 300
confirmed = ["event"]
[patient.operation.left]
volume_ml = 325
volume_ml_source = "imaging"
serial = "unknown"
"""


def told(text: str) -> PatientStory:
    (story,) = read_file("x.toml", WHO + text, TODAY)
    return story


def test_that_a_sides_own_answer_wins_over_what_is_told_of_both() -> None:
    answers = told(OPERATION).operations[0].answers
    assert (answers["right.volume_ml"], answers["left.volume_ml"]) == (300, 325)
    assert answers["right.fill"] is answers["left.fill"] is Fill.SILICONE_GEL


def test_that_a_fact_carries_the_nearest_source_that_is_told() -> None:
    answers = told(OPERATION).operations[0].answers
    assert answers["surgeon_source"] is Source.PATIENT
    assert answers["right.volume_ml_source"] is Source.DEVICE_CARD
    assert answers["left.volume_ml_source"] is Source.IMAGING


def test_that_unknown_is_an_answer_and_what_is_not_told_was_not_asked() -> None:
    answers = told(OPERATION).operations[0].answers
    assert answers["left.serial"] is UNKNOWN
    assert "right.serial" not in answers


def test_that_a_confirmed_answer_stands_beside_the_answer() -> None:
    answers = told(OPERATION).operations[0].answers
    assert answers["left.event_confirmed"] is answers["left.event"]


def test_that_an_indication_is_the_surgeons_unless_somebody_else_says_so() -> None:
    rows = '[{ side = "R", indication = "rippling" }, { side = "L", indication = "size_up", layer = "patient" }]'
    case = told(f'[patient.case]\non = "-1 d"\nindications = {rows}\n').case
    assert case is not None
    layers = [(row["side"], row["layer"]) for row in case.answers["indications"]]
    assert layers == [(Side.RIGHT, IndicationLayer.SURGEON), (Side.LEFT, IndicationLayer.PATIENT)]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('shoe_size = "38"', "shoe_size is no question of this form"),
        ('sex = "woman"', "Sex: 'woman' is not one of female, male, intersex"),
        ("given_name = 7", "Given name: 7 is no str"),
        ('height_cm = "168"', "Height: '168' is no int"),
        ('allergies = [{ substance = "Latex", grade = "bad" }]', "Allergies: grade is no column"),
        ('[[patient.operation]]\nhappened_on = "2009"', "When: '2009' is no day"),
        ('[[patient.plan]]\n[patient.plan.right]\nsteps = ["magic"]', "RIGHT Steps, in order: 'magic' is not one of"),
        ('[[patient.plan]]\nanesthesia_kind = "local"', "'on' is missing"),
        ("[patient.recovery]\nanswered_to = 3", "a recovery needs the case's day of surgery"),
    ],
)
def test_that_what_cannot_be_read_is_told_with_file_and_patient(text: str, complaint: str) -> None:
    with pytest.raises(StoryFault) as fault:
        told(text)
    assert str(fault.value).startswith("x.toml, Okafor: ")
    assert complaint in str(fault.value)


def test_that_a_file_that_is_no_toml_is_named() -> None:
    with pytest.raises(StoryFault, match=r"x\.toml: .*line"):
        told("= broken")
