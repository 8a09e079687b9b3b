"""Take back that two records were made one: each has again what was its own, and nothing that came since is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.patient import PATIENT_FORM
from desktop.models.merge import PatientMerge
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase
from desktop.rules.merge import rows_to_add
from desktop.rules.patient import show_record_number
from desktop.rules.permission import Verb
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.merge_preview import LISTS, STATEMENT, in_words
from desktop.services.merge_rows import fingerprint, hand_over, hanging_on, rows_of
from desktop.services.operation import relink
from desktop.services.patient import PatientHeader, full_name, read_header
from desktop.services.record import get_record, load_form, snapshot_of
from desktop.services.revision import find_open_case
from desktop.services.search_index import keep_findable, keep_name_keys
from desktop.services.stored_value import from_json, to_json


@dataclass(frozen=True)
class MergeLine:
    """A merge that stands: which record was merged into the patient's, when and by whom."""

    id: int
    merged_id: int
    name: str
    birth_date: dt.date
    record_number: str
    merged_at: dt.datetime
    merged_by: str


@dataclass(frozen=True)
class UndoPreview:
    """What goes back, what stays with the record that was kept because it came after the merge, and what is told."""

    line: MergeLine
    kept: PatientHeader
    goes_back: tuple[str, ...]
    stays: tuple[str, ...]
    answers_back: tuple[str, ...]
    remarks: tuple[str, ...]
    fingerprint: str


def list_merges(session: Session, patient_id: int) -> tuple[MergeLine, ...]:
    """The records that were merged into this one and not taken out again, the newest first."""
    require(session, Verb.VIEW_PATIENT)
    rows = session.execute(
        select(PatientMerge, Patient)
        .join(Patient, Patient.id == PatientMerge.merged_id)
        .where(PatientMerge.kept_id == patient_id, PatientMerge.undone_at.is_(None))
        .order_by(PatientMerge.id.desc())
    )
    return tuple(_line(merge, patient) for merge, patient in rows)


def preview_undo(session: Session, merge_id: int) -> UndoPreview:
    require(session, Verb.MERGE_PATIENTS)
    merge = get_record(session, PatientMerge, merge_id)
    _refuse_unless_last(session, merge)
    back = hanging_on(session, merge.kept_id, merge.moved)
    all_rows = rows_of(session, merge.kept_id)
    others = {name: sorted(set(ids) - set(back.get(name, []))) for name, ids in all_rows.items()}
    kept = load_form(session, PATIENT_FORM, merge.kept_id)
    merged = load_form(session, PATIENT_FORM, merge.merged_id)
    return UndoPreview(
        line=_line(merge, merged),
        kept=read_header(session, merge.kept_id),
        goes_back=tuple(in_words(back)),
        stays=tuple(in_words({name: ids for name, ids in others.items() if ids})),
        answers_back=tuple(_labels(_unchanged(merge, kept, merged))),
        remarks=tuple(_remarks(session, merge, kept, merged, back)),
        fingerprint=fingerprint(session, merge.kept_id, merge.merged_id),
    )


def undo_merge(session: Session, merge_id: int, seen: str) -> None:
    """Two records again, whole or not at all; `seen` is the fingerprint of the preview that was looked at."""
    actor = require(session, Verb.MERGE_PATIENTS)
    if preview_undo(session, merge_id).fingerprint != seen:
        raise UserError("Nothing was undone: the record was changed while you looked at it. Look at it again.")
    merge = get_record(session, PatientMerge, merge_id)
    kept = load_form(session, PATIENT_FORM, merge.kept_id)
    merged = load_form(session, PATIENT_FORM, merge.merged_id)
    merge.undone_at, merge.undone_by = now(session), actor.name
    merged.merged_into_id = None
    session.flush()  # first, because the store lets signed rows go back only where an undone merge says so
    _take_out_copies(merge, kept, merged)
    changes = {}
    for name in _unchanged(merge, kept, merged):
        column = Patient.__table__.c[name]
        changes[name] = [merge.after[name], merge.before[name]]
        setattr(kept, name, from_json(column.type, merge.before[name]))
    keep_name_keys(kept)
    session.flush()
    back = hand_over(session, hanging_on(session, merge.kept_id, merge.moved), merge.kept_id, merge.merged_id)
    _open_case_again(session, merge)
    for patient in (kept, merged):
        relink(session, patient.id)
        keep_findable(session, patient)
    number = merged.record_number
    write_audit(session, Verb.MERGE_PATIENTS, kept, {"merged": [number, None], "moved": [back, None], **changes})
    write_audit(session, Verb.MERGE_PATIENTS, merged, {"merged_into": [kept.record_number, None]})


def _refuse_unless_last(session: Session, merge: PatientMerge) -> None:
    """Merges are undone in the opposite order, so that each finds what it left."""
    if merge.undone_at is not None:
        raise UserError("This merge was undone already. Nothing was changed.")
    kept = get_record(session, Patient, merge.kept_id)
    if kept.merged_into_id is not None:
        into = show_record_number(get_record(session, Patient, kept.merged_into_id).record_number)
        raise UserError(f"This record was merged into record {into} since. Undo that merge first.")
    newest = list_merges(session, merge.kept_id)[0]
    if newest.id != merge.id:
        raise UserError(f"Record {newest.record_number} was merged into this one later. Undo that merge first.")


def _unchanged(merge: PatientMerge, kept: Patient, merged: Patient) -> list[str]:
    """The answers that still stand as the merge set them; what somebody answered since is newer and stays."""
    has_allergy_of_its_own = len(kept.allergies) > len(_copies(merge, "allergies", kept, merged))
    return [
        name
        for name in merge.after
        if to_json(getattr(kept, name)) == merge.after[name]
        and not (name in STATEMENT and merge.before[STATEMENT[0]] and has_allergy_of_its_own)
    ]


def _take_out_copies(merge: PatientMerge, kept: Patient, merged: Patient) -> None:
    for field in LISTS:
        rows = getattr(kept, field.name)
        for row in _copies(merge, field.name, kept, merged):
            rows.remove(row)


def _copies(merge: PatientMerge, name: str, kept: Patient, merged: Patient) -> list[Any]:
    """The copied rows that nobody changed since."""
    others = snapshot_of(PATIENT_FORM, merged).values[name]
    mine = {answer["id"]: answer for answer in snapshot_of(PATIENT_FORM, kept).values[name]}
    rows = (row for row in getattr(kept, name) if row.id in merge.copied.get(name, []))
    return [row for row in rows if not rows_to_add(others, [mine[row.id]])]


def _remarks(
    session: Session, merge: PatientMerge, kept: Patient, merged: Patient, back: Mapping[str, list[int]]
) -> list[str]:
    """What does not simply go back to where it was."""
    said = []
    back_again = _unchanged(merge, kept, merged)
    if newer := _labels(name for name in merge.after if name not in (*back_again, *STATEMENT)):
        said.append(f"Answered again since the merge, so it stays as it is now: {', '.join(newer)}.")
    if STATEMENT[0] in merge.after and STATEMENT[0] not in back_again:
        said.append("The statement about known allergies stays as it is now.")
    for field in LISTS:
        if edited := len(merge.copied.get(field.name, [])) - len(_copies(merge, field.name, kept, merged)):
            noun = field.one.lower() if edited == 1 else field.label.lower()
            said.append(
                f"{edited} {noun} of both {'was' if edited == 1 else 'were'} changed or removed since; that stays."
            )
    since = {name: sorted(set(ids) - set(merge.moved.get(name, []))) for name, ids in back.items()}
    if since := {name: ids for name, ids in since.items() if ids}:
        said.append(
            f"Made since the merge, and goes along because it belongs to what goes: {', '.join(in_words(since))}."
        )
    if merge.closed_case_id is not None and not _may_open(session, merge):
        said.append("The revision case that the merge closed stays as it is now.")
    return said


def _may_open(session: Session, merge: PatientMerge) -> bool:
    """Whether the case that was closed then is still closed as it was, and no other would be open beside it."""
    case = get_record(session, RevisionCase, merge.closed_case_id or 0)
    goes_back = merge.closed_case_id in merge.moved.get("revision_case", [])
    stays_open = find_open_case(session, case.patient_id)
    is_beside = stays_open is not None and (stays_open in merge.moved.get("revision_case", [])) == goes_back
    return case.closed_on == merge.merged_at.astimezone().date() and not is_beside


def _open_case_again(session: Session, merge: PatientMerge) -> None:
    if merge.closed_case_id is None or not _may_open(session, merge):
        return
    case = get_record(session, RevisionCase, merge.closed_case_id)
    before, case.closed_on = case.closed_on, None
    write_audit(session, Verb.MERGE_PATIENTS, case, {"closed_on": [before, None]})


def _labels(names: Iterable[str]) -> list[str]:
    labels = {field.name: field.label for field in PATIENT_FORM}
    return [labels[name] for name in names if name in labels]


def _line(merge: PatientMerge, patient: Patient) -> MergeLine:
    return MergeLine(
        id=merge.id,
        merged_id=patient.id,
        name=full_name(patient),
        birth_date=patient.birth_date,
        record_number=show_record_number(patient.record_number),
        merged_at=merge.merged_at,
        merged_by=merge.merged_by,
    )
