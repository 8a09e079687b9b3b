"""Make two records of one person one; nothing of it happens without a person who looked at both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.patient import PATIENT_FORM
from desktop.models.merge import PatientMerge
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase
from desktop.rules.merge import OTHER, Standing, rows_to_add, unanswered
from desktop.rules.permission import Verb
from desktop.services.audit import write_audit
from desktop.services.context import now, require, today
from desktop.services.draft import follow_patient
from desktop.services.merge_preview import LISTS, OPEN_CASE, STATEMENT, MergePreview, both_records, preview_merge
from desktop.services.merge_rows import hand_over, rows_of
from desktop.services.operation import relink
from desktop.services.record import get_record, snapshot_of
from desktop.services.revision import find_open_case
from desktop.services.search_index import keep_findable, keep_name_keys
from desktop.services.stored_value import to_json


def merge_patients(session: Session, kept_id: int, merged_id: int, chosen: Mapping[str, str], seen: str) -> int:
    """Make two records one, whole or not at all; the number of the merge, by which it is undone.

    `chosen` says for each question which answer stands; `seen` is the fingerprint of the preview that was looked at.
    """
    actor = require(session, Verb.MERGE_PATIENTS)
    preview = preview_merge(session, kept_id, merged_id)
    if preview.fingerprint != seen:
        raise UserError(
            "Nothing was merged: one of the two records was changed while you looked at them. Look at both again."
        )
    if left := unanswered(preview.asked, preview.questions, chosen):
        things = "1 thing has" if len(left) == 1 else f"{len(left)} things have"
        raise UserError(f"Nothing was merged: {things} still to be decided.")
    kept, merged = both_records(session, kept_id, merged_id)
    merge = PatientMerge(kept_id=kept_id, merged_id=merged_id, merged_at=now(session), merged_by=actor.name)
    session.add(merge)
    session.flush()  # first, because the store lets signed rows follow only where a merge says so
    merge.before, merge.after = _take_over(kept, merged, preview, chosen)
    merge.copied = _copy_lists(session, kept, merged)
    merge.closed_case_id = _close_other_case(session, kept_id, merged_id, chosen)
    keep_name_keys(kept)
    session.flush()
    merge.moved = hand_over(session, rows_of(session, merged_id), merged_id, kept_id)
    follow_patient(session, merged_id, kept_id)
    merged.merged_into_id = kept_id
    relink(session, kept_id)
    for patient in (merged, kept):
        keep_findable(session, patient)
    changes = {name: [merge.before[name], merge.after[name]] for name in merge.after}
    number = merged.record_number
    write_audit(session, Verb.MERGE_PATIENTS, kept, {"merged": [None, number], "moved": [None, merge.moved], **changes})
    write_audit(session, Verb.MERGE_PATIENTS, merged, {"merged_into": [None, kept.record_number]})
    return merge.id


def _take_over(
    kept: Patient, merged: Patient, preview: MergePreview, chosen: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the answers that come from the other record; what stood there before, and what stands now."""
    takes = {
        pair.name
        for pair in preview.fields
        if pair.standing is Standing.OTHER or (pair.standing is Standing.ASKED and chosen[pair.name] == OTHER)
    }
    takes -= {field.name for field in LISTS}
    names = list(takes - {STATEMENT[0]})
    new = {name: getattr(merged, name) for name in names}
    has_allergies = bool(kept.allergies or merged.allergies)
    if has_allergies and kept.no_known_allergies:
        new |= {STATEMENT[0]: False, STATEMENT[1]: None, STATEMENT[2]: None}
    elif not has_allergies and STATEMENT[0] in takes:
        new |= {name: getattr(merged, name) for name in STATEMENT}
    before = {name: to_json(getattr(kept, name)) for name in new}
    for name, value in new.items():
        setattr(kept, name, value)
    return before, {name: to_json(value) for name, value in new.items()}


def _copy_lists(session: Session, kept: Patient, merged: Patient) -> dict[str, list[int]]:
    """Allergies, medicines and conditions are those of both; the record that goes keeps its own rows."""
    answers, others = (snapshot_of(PATIENT_FORM, patient).values for patient in (kept, merged))
    copied: dict[str, list[int]] = {}
    for field in LISTS:
        rows: list[Any] = [
            field.row(
                **{name: value for name, value in answer.items() if name != "id"},
                position=len(answers[field.name]) + at,
            )
            for at, answer in enumerate(rows_to_add(answers[field.name], others[field.name]))
        ]
        getattr(kept, field.name).extend(rows)
        session.flush()
        if rows:
            copied[field.name] = [row.id for row in rows]
    return copied


def _close_other_case(session: Session, kept_id: int, merged_id: int, chosen: Mapping[str, str]) -> int | None:
    if OPEN_CASE not in chosen:
        return None
    for patient_id in (kept_id, merged_id):
        case_id = find_open_case(session, patient_id)
        if case_id is not None and str(case_id) != chosen[OPEN_CASE]:
            case = get_record(session, RevisionCase, case_id)
            case.closed_on = today(session)
            write_audit(session, Verb.MERGE_PATIENTS, case, {"closed_on": [None, case.closed_on]})
            return case_id
    return None
