"""A swelling of a case or an examination is held against the devices of its side; each side has its own work-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.forms.seroma_work_up import SEROMA_WORK_UP_FORM
from desktop.models.choices import Indication, IndicationLayer, Side, Surface, YesNo
from desktop.models.indication import IndicationFinding
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.late_seroma import Answer
from desktop.services.record import Snapshot
from desktop.services.revision import open_case_file
from desktop.services.seroma_work_up import open_work_up, save_work_up
from tests.revision_story import add_augmentation, add_case, add_examination, reason

L, R = Side.LEFT, Side.RIGHT
NEW = Snapshot(None, None, {})


class Chart:
    def __init__(self, practice: OpenPractice, patient_id: int) -> None:
        self.practice, self.patient_id, self.case_id = practice, patient_id, 0

    def write(self, act: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return act(session, *given, **more)

    def open(self, *indications: dict[str, Any]) -> Chart:
        self.case_id = self.write(add_case, self.patient_id, indications=indications).id
        return self

    def save(self, side: Side, opened: Snapshot = NEW, **answers: Any) -> Snapshot:
        values = SEROMA_WORK_UP_FORM.empty() | dict(opened.values) | answers
        saved = self.write(save_work_up, opened, values, self.patient_id, self.case_id, side)
        assert isinstance(saved, Snapshot)
        return saved

    def file(self) -> Any:
        return self.write(open_case_file, self.patient_id, self.case_id)

    def points(self) -> list[str]:
        return [point.text for point in self.file().open_points if "seroma" in point.text and not point.to_know]


@pytest.fixture
def chart(practice: OpenPractice, add_patient: Callable[..., int]) -> Chart:
    """Both sides since 12 May 2014; today is 23 Nov 2026."""
    made = Chart(practice, add_patient())
    made.write(add_augmentation, made.patient_id, **{"left.surface": Surface.MACROTEXTURED})
    return made


@pytest.mark.parametrize("layer", IndicationLayer)
def test_that_a_seroma_of_any_layer_is_held_against_the_implant_of_its_side(
    chart: Chart, layer: IndicationLayer
) -> None:
    chart.open(reason(L, Indication.SEROMA_EARLY, layer=layer))
    chart.write(add_examination, chart.patient_id, chart.case_id)
    seromas = chart.file().seromas
    assert set(seromas) == {L}
    late = seromas[L].late
    assert (late.answer, late.fewest, late.latest_implant) == (Answer.LATE, 150, PartialDate(2014, 5, 12))
    assert "seen at the examination on 19 Nov 2026" in late.words()
    assert chart.points() == ["LEFT: late seroma work-up not documented"]


def test_that_a_swelling_found_at_the_examination_is_enough(chart: Chart) -> None:
    chart.open(reason(R, Indication.RIPPLING))
    assert chart.file().seromas == {}
    chart.write(add_examination, chart.patient_id, chart.case_id, **{"right.swelling": YesNo.YES})
    assert set(chart.file().seromas) == {R}
    assert chart.points() == ["RIGHT: late seroma work-up not documented"]


def test_that_the_onset_of_the_finding_comes_before_that_of_the_work_up_and_the_examination(chart: Chart) -> None:
    chart.open(reason(L, Indication.SEROMA_LATE))
    chart.write(add_examination, chart.patient_id, chart.case_id)
    chart.save(L, onset_on=PartialDate(2026, 8))
    assert chart.file().seromas[L].late.onset.on == PartialDate(2026, 8)
    row_id = chart.file().case.values["indications"][0]["id"]
    finding = IndicationFinding(patient_id=chart.patient_id, indication_id=row_id, noticed_on=PartialDate(2026, 7))
    chart.write(lambda session: session.add(finding))
    onset = chart.file().seromas[L].late.onset
    assert (onset.on, onset.told_by) == (PartialDate(2026, 7), "findings of the indication")


def test_that_no_implant_on_record_is_never_taken_for_none(practice: OpenPractice, add_patient: Any) -> None:
    chart = Chart(practice, add_patient()).open(reason(L, Indication.SEROMA_LATE))
    late = chart.file().seromas[L].late
    assert late.answer is Answer.CANNOT_BE_EXCLUDED
    assert "no implant LEFT is recorded" in late.words()
    assert chart.points() == ["LEFT: late seroma work-up not documented"]


def test_that_textured_implants_of_both_sides_are_told(chart: Chart) -> None:
    chart.open(reason(R, Indication.SEROMA_LATE))
    told = dict(chart.file().seromas[R].textured)
    assert told[R] == "surface not known: Mentor MemoryGel · 325 mL (12 May 2014)"
    assert told[L] == "textured: Mentor MemoryGel · 325 mL, macrotextured (12 May 2014)"


def test_that_each_side_has_a_work_up_of_its_own(chart: Chart) -> None:
    chart.open(reason(L, Indication.SEROMA_LATE), reason(R, Indication.SEROMA_LATE))
    chart.save(L, aspirated_on=dt.date(2026, 11, 20), aspirate_ml=120)
    assert chart.write(open_work_up, chart.case_id, R).id is None
    assert chart.write(open_work_up, chart.case_id, L).values["aspirate_ml"] == 120
    assert chart.points() == ["RIGHT: late seroma work-up not documented", "LEFT: late seroma work-up not complete"]


def test_that_two_people_who_begin_it_do_not_write_it_twice(chart: Chart) -> None:
    chart.open(reason(L, Indication.SEROMA_LATE))
    first = chart.save(L, mass=YesNo.NO)
    with pytest.raises(RecordChanged):
        chart.save(L, mass=YesNo.YES)
    assert chart.save(L, first, rash=YesNo.NO).values["mass"] is YesNo.NO


def test_that_a_work_up_is_refused_for_somebody_else_and_with_days_to_come(
    chart: Chart, add_patient: Callable[..., int]
) -> None:
    chart.open(reason(L, Indication.SEROMA_LATE))
    with pytest.raises(Rejected):
        chart.save(L, aspirated_on=dt.date(2026, 11, 24))
    chart.patient_id = add_patient(family_name="Somebody else")
    with pytest.raises(UserError):
        chart.save(L)
