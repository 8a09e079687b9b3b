"""P9: one answer changed and saved with its audit entry, against forcing 4 KiB to the same disk."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

from tests.bench.measure import Measure, against, in_turn
from tests.bench.places import Places


def measures(places: Places) -> Iterator[Measure]:
    from desktop.forms.patient import PATIENT_FORM
    from desktop.services.patient import save_patient
    from desktop.services.record import Snapshot

    practice = places.practice
    with practice.database.unit_of_work(practice.actor) as session:
        born = {"family_name": "Okafor", "birth_date": dt.date(1981, 3, 14)}
        saved = save_patient(session, Snapshot(None, None, {}), PATIENT_FORM.empty() | born)

    def save(number: int) -> None:
        nonlocal saved
        with practice.database.unit_of_work(practice.actor) as session:
            saved = save_patient(session, saved, dict(saved.values) | {"email": f"a{number}@example.org"})

    with (places.folder / "sync").open("wb", buffering=0) as file:

        def sync(_number: int) -> None:
            file.write(b"x" * 4096)
            os.fdatasync(file.fileno())

        saves, syncs = in_turn(save, sync, 200)
    yield against("P9", "durable save with audit", saves, "fdatasync", syncs, 10)
