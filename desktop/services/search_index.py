"""Keep what finds a patient beside her record, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from desktop.models.device import Device
from desktop.models.matrix import Matrix
from desktop.models.patient import Patient
from desktop.models.search import DeviceNumber, PatientKeys, PatientPhone, PatientWord
from desktop.rules.search_key import (
    LONGEST_KEY,
    device_key,
    digits,
    name_key,
    sound_of,
    whole_names,
    whole_words,
    words_of,
)

FAMILY, FAMILY_PART, GIVEN, FORMER, MERGED = RANKS = (0, 1, 2, 3, 4)
"""Whose word it is: the whole family name or a part of it, of the given or the former name, or of the names in a
record that was merged into hers. Somebody called just so stands first."""

NEW_WORD: Final = text("INSERT INTO name_word (word, sound) VALUES (:word, :sound) ON CONFLICT (word) DO NOTHING")


def ranked_words(
    family: str, given: str, former: str, ranks_of: Callable[[str, int], Mapping[str, int]] | None = None
) -> dict[str, int]:
    """Every word that finds somebody of these names, and whose word it is: the best where it is of two names."""
    of = ranks_of or words_with_rank
    ranked = {**of(former, FORMER), **of(given, GIVEN), **of(family, FAMILY)}
    if not (family.isascii() or given.isascii()):
        ranked |= dict.fromkeys(whole_names(family, given), FAMILY)
    return ranked


def words_with_rank(name: str, rank: int) -> dict[str, int]:
    if rank != FAMILY:
        return dict.fromkeys(words_of(name), rank)
    return dict.fromkeys(words_of(name), FAMILY_PART) | dict.fromkeys(whole_words(name), FAMILY)


def keep_findable(session: Session, patient: Patient) -> None:
    """Everything that finds a patient, after rows of hers changed hands."""
    keep_name_keys(patient)
    session.flush()
    keep_patient(session, patient)
    session.execute(delete(DeviceNumber).where(DeviceNumber.patient_id == patient.id))
    devices = session.scalars(select(Device).where(Device.patient_id == patient.id))
    matrices = session.scalars(select(Matrix).where(Matrix.patient_id == patient.id))
    for device in (*devices, *matrices):
        keep_device_numbers(session, device)


def keep_patient(session: Session, patient: Patient) -> None:
    """The words and phones that find her, also those of a record that was merged into hers, which finds nobody."""
    records = [] if patient.merged_into_id is not None else [patient, *_merged_into(session, patient.id)]
    ranked: dict[str, int] = {}
    for record in records:
        for word, rank in ranked_words(*names_of(record)).items():
            ranked.setdefault(word, rank if record is patient else MERGED)
    _keep_words(session, patient, ranked)
    session.execute(delete(PatientPhone).where(PatientPhone.patient_id == patient.id))
    if tails := reversed_phones(phone for record in records for phone in phones_of(record)):
        session.execute(insert(PatientPhone), [{"patient_id": patient.id, "reversed_digits": tail} for tail in tails])


def keep_name_keys(patient: Patient) -> None:
    """The two keys in whose order patients are listed."""
    keys = {"family_key": name_key(patient.family_name), "given_key": name_key(patient.given_name or "")}
    for name, key in keys.items():
        if getattr(patient, name) != key[:LONGEST_KEY]:
            setattr(patient, name, key[:LONGEST_KEY])


def keep_device_numbers(session: Session, device: Device | Matrix) -> None:
    """The serial and lot of a device or a matrix, as they are now and for the patient who carries it."""
    session.flush()
    forget_device_numbers(session, device)
    serial, lot = device_key(device.serial or ""), device_key(device.lot or "")
    if serial or lot:
        row = {"kind": device.__tablename__, "record_id": device.id, "patient_id": device.patient_id}
        session.execute(insert(DeviceNumber), [{**row, "serial_key": serial or None, "lot_key": lot or None}])


def forget_device_numbers(session: Session, device: Device | Matrix) -> None:
    """Of a device that is taken out of the record."""
    of_this = (DeviceNumber.kind == device.__tablename__, DeviceNumber.record_id == device.id)
    session.execute(delete(DeviceNumber).where(*of_this))


def names_of(patient: Any) -> tuple[str, str, str]:
    """Of a record, or of a row of one."""
    return (patient.family_name, patient.given_name or "", patient.former_name or "")


def phones_of(patient: Any) -> tuple[str | None, ...]:
    return (patient.phone, patient.mobile_phone, patient.emergency_phone, patient.responsible_adult_phone)


def joined_words(words: Iterable[str], sounds: Iterable[str]) -> str:
    """All of them in one text, each between blanks and in order, then how they sound."""
    spoken = sorted(set(sounds) - {""})
    return f" {' '.join(sorted(words))} ~{' ~'.join(spoken)} " if spoken else f" {' '.join(sorted(words))} "


def reversed_phones(phones: Iterable[str | None]) -> list[str]:
    return sorted({digits(phone)[:LONGEST_KEY][::-1] for phone in phones if phone} - {""})


def _merged_into(session: Session, patient_id: int) -> Sequence[Patient]:
    found: list[Patient] = []
    waiting = [patient_id]
    while waiting:
        merged = session.scalars(select(Patient).where(Patient.merged_into_id == waiting.pop())).all()
        found += merged
        waiting += [record.id for record in merged]
    return found


def _keep_words(session: Session, patient: Patient, ranked: dict[str, int]) -> None:
    old = session.get(PatientKeys, patient.id)
    if old is not None:
        stood = (PatientWord.family_key == old.family_key, PatientWord.given_key == old.given_key)
        words = [word for word in old.words.split() if not word.startswith("~")]
        by_key = (
            PatientWord.word.in_(words),
            PatientWord.rank.in_(RANKS),
            *stood,
            PatientWord.patient_id == patient.id,
        )
        session.execute(delete(PatientWord).where(*by_key))
        session.delete(old)
        session.flush()
    if not ranked:
        return
    sounds = {word: sound_of(word) for word in ranked}
    joined = joined_words(ranked, sounds.values())
    family, given = patient.family_key, patient.given_key
    session.add(PatientKeys(patient_id=patient.id, family_key=family, given_key=given, words=joined))
    shared = {"family_key": family, "given_key": given, "patient_id": patient.id, "words": joined}
    rows = [{"word": word, "rank": rank, "born": patient.birth_date, **shared} for word, rank in sorted(ranked.items())]
    session.execute(insert(PatientWord), rows)
    session.execute(NEW_WORD, [{"word": word, "sound": sounds[word]} for word in sorted(ranked)])
