"""A process that merges, undoes, exchanges the catalogue and asks for records until it is killed.

python -m tests.faults.merger FOLDER KEY KEPT OTHER OPERATION
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.models.choices import RecipientKind
from desktop.opening import OpenPractice, open_with_key
from desktop.rules.merge import KEPT
from desktop.services.catalogue import import_edition
from desktop.services.merge import merge_patients
from desktop.services.merge_preview import preview_merge
from desktop.services.merge_undo import list_merges, preview_undo, undo_merge
from desktop.services.record import Snapshot
from desktop.services.records_request import make_request, new_request
from desktop.storage.vault import DataKey

CATALOGUE = 'name = "List {number}"\nas_of = 2027-01-31\n\n[[makers]]\nname = "Quay"\nmark = "K"\n'


def do(practice: OpenPractice, service: Callable[..., Any], *arguments: Any) -> Any:
    with practice.database.unit_of_work(practice.actor) as session:
        return service(session, *arguments)


def merge(practice: OpenPractice, kept_id: int, merged_id: int) -> None:
    preview = do(practice, preview_merge, kept_id, merged_id)
    chosen = dict.fromkeys(preview.asked, KEPT) | {each.key: each.options[0][0] for each in preview.questions}
    do(practice, merge_patients, kept_id, merged_id, chosen, preview.fingerprint)


def undo(practice: OpenPractice, merge_id: int) -> None:
    do(practice, undo_merge, merge_id, do(practice, preview_undo, merge_id).fingerprint)


def ask(practice: OpenPractice, patient_id: int, operation_id: int) -> None:
    answers = {
        "recipient_kind": RecipientKind.SURGEON,
        "recipient_name": "Dr. Lindqvist",
        "asked_for": ["right.lot"],
        "due_on": dt.date(2100, 1, 1),
    }
    values = dict(do(practice, new_request).values) | answers
    do(practice, make_request, Snapshot(None, None, {}), values, patient_id, operation_id)


def main(folder: str, key: str, kept: str, other: str, operation: str) -> None:
    practice = open_with_key(Path(folder), DataKey(bytes.fromhex(key)), "marchetti")
    for number in itertools.count():
        if merges := do(practice, list_merges, int(kept)):
            undo(practice, merges[0].id)
        else:
            merge(practice, int(kept), int(other))
        do(practice, import_edition, CATALOGUE.format(number=number))
        ask(practice, int(kept), int(operation))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
