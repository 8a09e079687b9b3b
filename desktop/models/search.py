"""What finds a patient: the words of her names, her phones, the numbers of her devices, and who opened her last.

None of it is a record of its own: it can be made anew at any time, and so no row of it refers to a patient in a way
that would be looked up for each of millions.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Key, Note

Sound = Annotated[str, mapped_column(String(60))]


class PatientWord(Base):
    """One word of a patient's names. The key is the order of the answers, and the rows are kept in it.

    `rank` says whose word it is: 0 family, 1 given, 2 former name. `words` holds all of hers and how they sound, so
    that two words are asked for together without leaving the index; so does `born`.
    """

    __tablename__ = "patient_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: Mapped[Key] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    family_key: Mapped[Key] = mapped_column(primary_key=True)
    given_key: Mapped[Key] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[Note]
    born: Mapped[dt.date]


class PatientKeys(Base):
    """Under what a patient stands among the words: what to take away when her name changes."""

    __tablename__ = "patient_keys"

    patient_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    family_key: Mapped[Key]
    given_key: Mapped[Key]
    words: Mapped[Note]


class NameWord(Base):
    """Every word that occurs in any name, once: where the inside of words and their sound are looked up."""

    __tablename__ = "name_word"
    __table_args__ = (Index("ix_name_word_by_sound", "sound", "word"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    word: Mapped[Key] = mapped_column(unique=True)
    sound: Mapped[Sound]


class PatientPhone(Base):
    """The digits of each number under which a patient can be reached, backwards: its last digits are a prefix."""

    __tablename__ = "patient_phone"
    __table_args__ = (Index("ix_patient_phone_by_tail", "reversed_digits", "patient_id"),)

    patient_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reversed_digits: Mapped[Key] = mapped_column(primary_key=True)


class DeviceNumber(Base):
    """The serial and lot of a device or a matrix as they are searched for: capital letters and digits only."""

    __tablename__ = "device_number"
    __table_args__ = (
        Index("ix_device_number_by_serial", "serial_key", "patient_id", "kind", "record_id"),
        Index("ix_device_number_by_lot", "lot_key", "patient_id", "kind", "record_id"),
    )

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    patient_id: Mapped[int] = mapped_column(index=True)
    serial_key: Mapped[Key | None] = mapped_column(default=None)
    lot_key: Mapped[Key | None] = mapped_column(default=None)


class RecentPatient(Base):
    """Whose file an account opened last."""

    __tablename__ = "recent_patient"
    __table_args__ = (Index("ix_recent_patient_by_time", "account_id", "opened_at"),)

    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    patient_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_at: Mapped[dt.datetime]


class SearchIndex(Base):
    """One row: which way of spelling the keys in the tables above were made by."""

    __tablename__ = "search_index"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    version: Mapped[int]
