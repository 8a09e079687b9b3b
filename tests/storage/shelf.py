"""Tables and processes of the storage tests' own, so that they hold whatever the models become."""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desktop.errors import UserError
from desktop.models.audit import AuditEntry
from desktop.storage.database import Database
from desktop.storage.key_slots import VaultSlots
from desktop.storage.sealed_key import Cost
from desktop.storage.store import open_store

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
KEY = bytes(range(48))


class ShelfBase(DeclarativeBase):
    pass


class Box(ShelfBase):
    __tablename__ = "box"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()
    signed_at: Mapped[dt.datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Paper(ShelfBase):
    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("box.id", ondelete="RESTRICT"))


def audit_entry(number: int, at: dt.datetime) -> AuditEntry:
    return AuditEntry(
        at=at,
        account_id=1,
        account_name="Dr. Ærø",
        workstation="front",
        verb="save_patient",
        patient_id=number,
        record="box",
        record_id=number,
        changes={"weight_kg": [None, "61.5"], "note": ["a", "b – c"], "n": [0.1, 3, True]},
    )


def save_and_break_off(database: Database, record: object) -> None:
    """Raises KeyError after the record was written and before it was saved."""
    with database.unit_of_work() as session:
        session.add(record)
        session.flush()
        raise KeyError


def start(target: Callable[..., None], *args: Any) -> multiprocessing.process.BaseProcess:
    """Run `target` in another process, forked from one that has imported all of this already where that is possible."""
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([__name__]) if "forkserver" in methods else None
    process: multiprocessing.process.BaseProcess = context.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def pipe() -> tuple[Connection, Connection]:
    return multiprocessing.Pipe(duplex=False)


def save_until_killed(folder: Path, says: Connection) -> None:
    """Save box after box, each with its audit entry, and say the number of each after it is saved."""
    database = open_store(folder, KEY)
    while True:
        with database.unit_of_work() as session:
            box = Box(label="x" * 3_000)
            session.add(box)
            session.flush()
            session.add(audit_entry(box.id, database.clock()))
            number = box.id
        says.send(number)


def change_password_until_killed(folder: Path, key: bytes, says: Connection) -> None:
    slots = VaultSlots(folder, key, CHEAP)
    for number in itertools.count(1):
        slots.put("marchetti", "Dr. A. Marchetti", "Surgeon", f"password number {number}")
        says.send(number)


def open_as_somebody_else(path: Path, says: Connection) -> None:
    """Try to open a store without any right to write in its folder, and say what a person would read."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        Database(path, KEY).close()
        says.send("opened")
    except UserError as error:
        says.send(str(error))


def fill_a_disk_with_faults(path: Path, says: Connection) -> None:
    """Save until the operating system refuses to write more, and say what a person would read."""
    import resource

    database = Database(path, KEY)
    room = path.stat().st_size + 200_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        for _ in range(100):
            with database.unit_of_work() as session:
                session.add(Box(label="x" * 20_000))
        says.send("all saved")
    except UserError as error:
        says.send(str(error))
