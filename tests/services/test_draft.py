from __future__ import annotations

from collections.abc import Callable

from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.revision import CASE_FORM
from desktop.opening import OpenPractice
from desktop.services.draft import DraftOf, drop_draft, find_draft, keep_draft, list_drafts
from desktop.services.record import Snapshot
from desktop.services.revision import save_case

OF = DraftOf("patient", "new")


def test_that_a_draft_keeps_what_was_typed_readable_or_not(practice: OpenPractice) -> None:
    typed = {"birth_date": "1981-0", "allergies": [{"id": None, "substance": "pen"}], "no_known_allergies": False}
    with practice.database.unit_of_work(practice.actor) as session:
        keep_draft(session, OF, typed, 3)
    with practice.database.unit_of_work(practice.actor) as session:
        kept = find_draft(session, OF)
    assert kept is not None
    assert kept.typed == typed
    assert kept.opened_version == 3


def test_that_the_newer_typing_replaces_the_older(practice: OpenPractice) -> None:
    for text in ("a", "ab"):
        with practice.database.unit_of_work(practice.actor) as session:
            keep_draft(session, OF, {"family_name": text}, None)
    with practice.database.unit_of_work(practice.actor) as session:
        kept = find_draft(session, OF)
        assert list_drafts(session) == (OF,)
    assert kept is not None
    assert kept.typed == {"family_name": "ab"}


def test_that_a_dropped_draft_is_gone(practice: OpenPractice) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        keep_draft(session, OF, {"family_name": "a"}, None)
        drop_draft(session, OF)
    with practice.database.unit_of_work(practice.actor) as session:
        assert find_draft(session, OF) is None


def test_that_a_visit_begun_before_there_was_a_case_is_found_in_the_case_that_came(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        keep_draft(session, DraftOf(EXAMINATION_FORM.name, f"patient {patient_id}"), {"right.note": "Fold"}, None)
        keep_draft(session, DraftOf(EXAMINATION_FORM.name, "patient 99"), {"right.note": "another's"}, None)
    with practice.database.unit_of_work(practice.actor) as session:
        case = save_case(session, Snapshot(None, None, CASE_FORM.empty()), CASE_FORM.empty(), patient_id)
    with practice.database.unit_of_work(practice.actor) as session:
        kept = find_draft(session, DraftOf(EXAMINATION_FORM.name, f"case {case.id}"))
        assert kept is not None
        assert kept.typed == {"right.note": "Fold"}
        assert len(list_drafts(session)) == 2
