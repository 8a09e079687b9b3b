"""Make everything that finds patients anew, for a store that was upgraded or filled in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, String, delete, insert, select, type_coerce
from sqlalchemy.orm import Session

from desktop.models.device import Device
from desktop.models.matrix import Matrix
from desktop.models.patient import Patient
from desktop.models.search import DeviceNumber, NameWord, PatientKeys, PatientPhone, PatientWord, SearchIndex
from desktop.models.tables import Base
from desktop.rules.search_key import device_key, sound_of
from desktop.services.search_index import (
    MERGED,
    joined_words,
    names_of,
    phones_of,
    ranked_words,
    reversed_phones,
    words_with_rank,
)

INDEX_VERSION: Final = 1
"""Raised whenever the keys are spelled in another way; a store of another version is indexed anew when it is opened."""

_AT_ONCE = 10_000
_TABLES = tuple(
    Base.metadata.tables[kind.__tablename__]
    for kind in (PatientWord, PatientKeys, PatientPhone, DeviceNumber, NameWord)
)
_WORDS, _KEYS, _PHONES, _NUMBERS, _DICTIONARY = _TABLES
_GATHERED = "gathered_word"
_PATIENTS = select(
    Patient.id,
    Patient.family_name,
    Patient.given_name,
    Patient.former_name,
    type_coerce(Patient.birth_date, String).label("birth_date"),  # as the engine keeps it: it only passes through
    Patient.family_key,
    Patient.given_key,
    Patient.phone,
    Patient.mobile_phone,
    Patient.emergency_phone,
    Patient.responsible_adult_phone,
    Patient.merged_into_id,
)
_Known = Any
"""A row of `_PATIENTS`."""


def refresh_search_index(session: Session) -> None:
    """Make the index anew if it is missing, or if its keys are spelled in another way than today."""
    if session.scalar(select(SearchIndex.version)) != INDEX_VERSION:
        rebuild_search_index(session)


def rebuild_search_index(session: Session) -> None:
    """Streamed and in bulk, whatever stood there before; all of it, or nothing when it breaks off."""
    connection = session.connection()
    indexes = [index for table in (_PHONES, _NUMBERS, _DICTIONARY) for index in table.indexes]
    for table in _TABLES:
        connection.execute(delete(table))
    for index in indexes:
        index.drop(connection)
    _index_patients(connection)
    for kind in (Device, Matrix):
        _index_devices(connection, kind)
    for index in indexes:
        index.create(connection)
    connection.execute(delete(SearchIndex))
    connection.execute(insert(SearchIndex), [{"version": INDEX_VERSION}])


def _index_patients(connection: Connection) -> None:
    """The words are gathered first and put in in their order: a million words put each in its place take minutes."""
    gathered = ("word", "rank", "patient_id", "born")
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {_GATHERED} AS SELECT {', '.join(gathered)} FROM {_WORDS.name} WHERE 1 = 0"
    )
    gathering = _Gathering(_merged(connection))
    for patients in connection.execute(_PATIENTS.execution_options(yield_per=_AT_ONCE)).partitions():
        words, keys, phones = gathering.rows(patients)
        _put(connection, _GATHERED, gathered, words)
        _put(connection, _KEYS.name, ("patient_id", "family_key", "given_key", "words"), keys)
        _put(connection, _PHONES.name, ("patient_id", "reversed_digits"), phones)
    listed = ", ".join(column.name for column in _WORDS.columns)
    order = ", ".join(column.name for column in _WORDS.primary_key)
    connection.exec_driver_sql(
        f"INSERT INTO {_WORDS.name} ({listed}) SELECT {listed} FROM {_GATHERED} JOIN {_KEYS.name} USING (patient_id) "
        f"ORDER BY {order}"
    )
    connection.exec_driver_sql(f"DROP TABLE {_GATHERED}")
    _put(connection, _DICTIONARY.name, ("word", "sound"), sorted(gathering.sounds.items()))


class _Gathering:
    """Rows of the index for patients; a name that comes again is not taken apart again."""

    def __init__(self, merged: dict[int, list[_Known]]) -> None:
        self.merged = merged
        self.sounds: dict[str, str] = {}
        self._ranks_of = cache(self._new_name)

    def rows(self, patients: Iterable[_Known]) -> tuple[list[Any], list[Any], list[Any]]:
        words: list[Any] = []
        keys: list[Any] = []
        phones: list[Any] = []
        sound_of_word = self.sounds.__getitem__
        for patient in patients:
            patient_id, family, given, former, born, family_key, given_key, *phones_of_her, merged_into = patient
            if merged_into is not None:
                continue
            ranked = ranked_words(family, given or "", former or "", self._ranks_of)
            if not (family_key.isascii() and given_key.isascii()):
                self._hear(ranked)
            if patient_id in self.merged:
                phones_of_her += self._add_merged(ranked, self.merged[patient_id])
            joined = joined_words(ranked, map(sound_of_word, ranked))
            keys.append((patient_id, family_key, given_key, joined))
            words += [(word, rank, patient_id, born) for word, rank in ranked.items()]
            phones += [(patient_id, tail) for tail in reversed_phones(phones_of_her)]
        return words, keys, phones

    def _add_merged(self, ranked: dict[str, int], records: Iterable[_Known]) -> list[str | None]:
        phones: list[str | None] = []
        for record in records:
            more = ranked_words(*names_of(record), self._ranks_of)
            self._hear(more)
            for word in more:
                ranked.setdefault(word, MERGED)
            phones += phones_of(record)
        return phones

    def _new_name(self, name: str, rank: int) -> dict[str, int]:
        ranks = words_with_rank(name, rank)
        self._hear(ranks)
        return ranks

    def _hear(self, words: Iterable[str]) -> None:
        for word in words:
            if word not in self.sounds:
                self.sounds[word] = sound_of(word)


def _merged(connection: Connection) -> dict[int, list[_Known]]:
    """The records that were merged into others, by the one that stands."""
    records = connection.execute(_PATIENTS.where(Patient.merged_into_id.is_not(None))).all()
    into = {record.id: record.merged_into_id for record in records}
    found = defaultdict(list)
    for record in records:
        stands = record.merged_into_id
        while stands in into:
            stands = into[stands]
        found[stands].append(record)
    return dict(found)


def _index_devices(connection: Connection, kind: type[Device | Matrix]) -> None:
    numbers = select(kind.id, kind.patient_id, kind.serial, kind.lot).order_by(kind.id)
    columns = ("kind", "record_id", "patient_id", "serial_key", "lot_key")
    for devices in connection.execute(numbers.execution_options(yield_per=_AT_ONCE)).partitions():
        rows = [
            (kind.__tablename__, device_id, patient_id, device_key(serial or "") or None, device_key(lot or "") or None)
            for device_id, patient_id, serial, lot in devices
            if serial or lot
        ]
        _put(connection, _NUMBERS.name, columns, rows)


def _put(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
    """By the driver itself: to bind two million rows by name takes as long as to write them."""
    if rows:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        marks = ", ".join([mark] * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(rows))
