"""The list of cases to decide, and the filters a person keeps, on a real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import event

from desktop.errors import RecordMissing, UserError
from desktop.models.choices import ComplicationKind, Indication, Side, UrgencyTier
from desktop.models.complication import Complication
from desktop.models.revision import RevisionCase
from desktop.opening import OpenPractice
from desktop.rules.case_review import CaseFilter, Waiting
from desktop.services.case_review import CaseLine, forget_filter, keep_filter, list_cases, list_filters
from desktop.services.record import get_record
from desktop.services.revision import close_case
from tests.revision_story import add_case, add_plan, add_planned_patient, reason, sign_all_the_same

TODAY = dt.date(2026, 11, 23)
AddPatient = Callable[..., int]


def listed(practice: OpenPractice, wanted: CaseFilter = CaseFilter()) -> tuple[CaseLine, ...]:  # noqa: B008  frozen
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return list_cases(session, wanted)


def test_that_each_open_case_says_what_waits_in_it(practice: OpenPractice, add_patient: AddPatient) -> None:
    add_planned_patient(practice, add_patient)
    urgent = add_patient(family_name="Novak")
    with practice.database.unit_of_work(practice.actor) as session:
        add_case(session, urgent, surgery_on=None, indications=(reason(Side.LEFT, Indication.INFECTION),))
    first, second = listed(practice)
    assert [what for what, _since in first.waits] == [Waiting.NOT_SIGNED]
    assert first.reasons == "RIGHT Capsular contracture · LEFT Malposition, inferior"
    assert (second.patient_name.split(",")[0], second.tier) == ("Novak", UrgencyTier.U1)
    assert [what for what, _since in second.waits] == [Waiting.URGENT, Waiting.NOT_PLANNED]


def test_that_a_case_leaves_the_list_when_nothing_waits_and_when_it_is_closed(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    assert len(listed(practice)) == 1
    with practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, plan.id or 0, plan.version or 0)
    assert listed(practice) == ()
    with practice.database.unit_of_work(practice.actor) as session:
        session.add(Complication(patient_id=patient_id, case_id=case_id, kind=ComplicationKind.SEROMA, side=Side.LEFT))
    assert [what for what, _since in listed(practice)[0].waits] == [Waiting.NOT_GRADED]
    with practice.database.unit_of_work(practice.actor) as session:
        close_case(session, case_id)
    assert listed(practice) == ()


def test_that_what_has_waited_longest_stands_first_and_a_filter_narrows_the_list(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    for days, name in ((3, "Late"), (40, "Early")):
        patient_id = add_patient(family_name=name)
        with practice.database.unit_of_work(practice.actor) as session:
            case = add_case(session, patient_id, surgery_on=TODAY)
            get_record(session, RevisionCase, case.id or 0).opened_on = TODAY - dt.timedelta(days=days)
    names = [line.patient_name.split(",")[0] for line in listed(practice)]
    assert names == ["Early", "Late"]
    assert len(listed(practice, CaseFilter(indications=(Indication.CAPSULAR_CONTRACTURE,), within_days=7))) == 2
    assert listed(practice, CaseFilter(waiting=(Waiting.NOT_SIGNED,))) == ()


def test_that_the_list_asks_the_same_number_of_questions_for_one_case_and_for_many(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    def count() -> int:
        asked: list[str] = []

        def hear(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(practice.database.engine, "before_cursor_execute", hear)
        listed(practice)
        event.remove(practice.database.engine, "before_cursor_execute", hear)
        return len(asked)

    add_planned_patient(practice, add_patient)
    few = count()
    for _ in range(3):
        patient_id = add_patient()
        with practice.database.unit_of_work(practice.actor) as session:
            add_plan(session, patient_id, add_case(session, patient_id).id or 0)
    assert count() == few


def test_that_a_filter_is_kept_replaced_and_forgotten_by_name(practice: OpenPractice) -> None:
    wanted = CaseFilter((Waiting.NOT_SIGNED,), (UrgencyTier.U2,), (Indication.RIPPLING,), 14)
    with practice.database.unit_of_work(practice.actor) as session:
        keep_filter(session, " My Mondays ", wanted)
        kept = keep_filter(session, "My Mondays", replace(wanted, within_days=7))
        assert [(each.name, each.wanted.within_days) for each in list_filters(session)] == [("My Mondays", 7)]
        assert list_filters(session)[0].wanted == replace(wanted, within_days=7)
        forget_filter(session, kept.id)
        assert list_filters(session) == ()
        with pytest.raises(RecordMissing):
            forget_filter(session, kept.id)


def test_that_a_filter_without_a_name_is_refused_in_words(practice: OpenPractice) -> None:
    with (
        pytest.raises(UserError, match="write a name"),
        practice.database.unit_of_work(practice.actor) as session,
    ):
        keep_filter(session, "  ", CaseFilter())
