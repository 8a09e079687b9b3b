"""A process that saves patients until it is killed, and says after each commit which one is saved."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from pathlib import Path

from desktop.forms.patient import PATIENT_FORM
from desktop.opening import open_with_key
from desktop.services.patient import save_patient
from desktop.services.record import Snapshot
from desktop.storage.vault import DataKey


def main(folder: str, key: str, run: str) -> None:
    practice = open_with_key(Path(folder), DataKey(bytes.fromhex(key)), "marchetti")
    for number in itertools.count():
        values = PATIENT_FORM.empty() | {
            "family_name": f"Run {run} number {number}",
            "birth_date": dt.date(1981, 3, 14),
            "phone": f"555-{number:04}",
            "allergies": ({"substance": "Latex", "reaction": None, "severity": None},),
        }
        with practice.database.unit_of_work(practice.actor) as session:
            saved = save_patient(session, Snapshot(None, None, {}), values)
            if number:
                phone = {"phone": f"556-{number:04}"}
                save_patient(session, saved, dict(saved.values) | phone)
        sys.stdout.write(f"{saved.id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
