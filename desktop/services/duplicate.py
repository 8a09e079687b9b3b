"""Find who may be registered already, and register somebody who is not; a person decides, never the program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import UserError
from desktop.forms.patient import PATIENT_FORM
from desktop.models.patient import Patient
from desktop.models.search import PatientPhone, PatientWord
from desktop.rules.duplicate import Likeness, Person, likeness, near_birth_dates, phone_tails
from desktop.rules.patient import show_record_number
from desktop.rules.permission import Verb
from desktop.rules.search_key import LONGEST_KEY, name_key
from desktop.services.audit import write_audit
from desktop.services.context import require
from desktop.services.patient import full_name, save_patient, standing_id
from desktop.services.record import Snapshot, snapshot_of
from desktop.services.search_index import FAMILY

MOST_SHOWN = 5
_MOST_BORN, _MOST_OTHERS = 300, 50
"""So many rows are compared at most; in a million patients about forty share a birth date."""
_ABOVE_EVERY_DIGIT = ":"

_FACTS = select(
    Patient.id,
    Patient.merged_into_id,
    Patient.record_number,
    Patient.family_name,
    Patient.given_name,
    Patient.former_name,
    Patient.birth_date,
    Patient.phone,
    Patient.mobile_phone,
    Patient.email,
)


@dataclass(frozen=True)
class LikelySame:
    """A registered patient and how alike she is; `values` are the answers of her form."""

    id: int
    name: str
    birth_date: dt.date
    record_number: str
    values: Mapping[str, Any]
    likeness: Likeness


class PerhapsRegistered(UserError):
    """A person has to look first: `likely` may be the one who is being registered."""

    def __init__(self, likely: tuple[LikelySame, ...]) -> None:
        count = "Somebody" if len(likely) == 1 else f"{len(likely)} people"
        super().__init__(f"Not registered yet: {count} much like her can be found already. Compare, then decide.")
        self.likely = likely


def find_likely_same(session: Session, values: Mapping[str, Any], not_id: int | None = None) -> tuple[LikelySame, ...]:
    """The few most alike first, out of who shares a birth date, a phone number or a whole name.

    Nobody is found by a name alone: beside it a birth date or a phone number has to be known.
    """
    require(session, Verb.VIEW_PATIENT)
    person = person_of(values)
    found: dict[int, Likeness] = {}
    for row in _candidates(session, person):
        alike = likeness(person, person_of(row))
        patient_id = row["id"]
        if row["merged_into_id"] is not None:
            patient_id = standing_id(session, patient_id)
            merged = f"as in record {show_record_number(row['record_number'])}, which was merged into hers"
            alike = Likeness(alike.score, (*alike.reasons, merged), alike.doubts)
        if patient_id != not_id and alike.is_worth_asking:
            found[patient_id] = max(found.get(patient_id, alike), alike, key=lambda each: each.score)
    best = sorted(found, key=lambda patient_id: (-found[patient_id].score, patient_id))[:MOST_SHOWN]
    return _shown(session, best, found)


def register_patient(
    session: Session, opened: Snapshot, values: Mapping[str, Any], denied: Collection[int] = ()
) -> Snapshot:
    """Register somebody, unless she may be registered already as one whom nobody has looked at and denied.

    Whom a person saw and said to be somebody else is kept in the audit of the new record.
    """
    require(session, Verb.EDIT_PATIENT)
    likely = find_likely_same(session, values)
    if any(each.id not in denied for each in likely):
        raise PerhapsRegistered(likely)
    saved = save_patient(session, opened, values)
    if likely and saved.id is not None:
        seen = {each.record_number: [None, [*each.likeness.reasons, *each.likeness.doubts]] for each in likely}
        write_audit(session, "deny_same_person", session.get_one(Patient, saved.id), seen)
    return saved


def _candidates(session: Session, person: Person) -> Iterator[Mapping[Any, Any]]:
    """By one index each, so that a million patients make no difference."""
    if not name_key(person.family_name) and not name_key(person.given_name):
        return
    if (born := person.birth_date) is not None:
        near = near_birth_dates(born)
        same_day = [born, *(day for day in near if (day.year, day.day, day.month) == (born.year, born.month, born.day))]
        yield from session.execute(_FACTS.where(Patient.birth_date.in_(same_day)).limit(_MOST_BORN)).mappings()
        for named in _whole_names(person):
            both = named.where(PatientWord.born.in_(near)).limit(_MOST_OTHERS)
            yield from session.execute(_FACTS.where(Patient.id.in_(both))).mappings()
    for tail in phone_tails(person.phone, person.mobile_phone):
        start = tail[::-1]
        ends_so = select(PatientPhone.patient_id).where(
            PatientPhone.reversed_digits >= start, PatientPhone.reversed_digits < start + _ABOVE_EVERY_DIGIT
        )
        yield from session.execute(_FACTS.where(Patient.id.in_(ends_so.limit(_MOST_OTHERS)))).mappings()


def _whole_names(person: Person) -> Iterator[Select[Any]]:
    """The name as it is, the other way round, and with the former name, each found in the index of words alone."""
    family, given = name_key(person.family_name), name_key(person.given_name)
    for one, other in dict.fromkeys(((family, given), (given, family), (name_key(person.former_name), given))):
        if one:
            yield select(PatientWord.patient_id).where(
                PatientWord.word == one.replace(" ", "")[:LONGEST_KEY],
                PatientWord.rank == FAMILY,
                PatientWord.family_key == one[:LONGEST_KEY],
                PatientWord.given_key == other[:LONGEST_KEY],
            )


def person_of(facts: Mapping[Any, Any]) -> Person:
    """What tells her apart, of a row or of answers, some of which may not have been given yet."""
    born = facts.get("birth_date")
    texts = ("family_name", "given_name", "former_name", "phone", "mobile_phone", "email")
    return Person(**{name: facts.get(name) or "" for name in texts}, birth_date=born)


def _shown(session: Session, ids: list[int], found: Mapping[int, Likeness]) -> tuple[LikelySame, ...]:
    lists = (Patient.allergies, Patient.medicines, Patient.conditions)
    patients = session.scalars(select(Patient).where(Patient.id.in_(ids)).options(*map(selectinload, lists)))
    by_id = {patient.id: patient for patient in patients} if ids else {}
    return tuple(
        LikelySame(
            id=patient_id,
            name=full_name(by_id[patient_id]),
            birth_date=by_id[patient_id].birth_date,
            record_number=show_record_number(by_id[patient_id].record_number),
            values=snapshot_of(PATIENT_FORM, by_id[patient_id]).values,
            likeness=found[patient_id],
        )
        for patient_id in ids
    )
