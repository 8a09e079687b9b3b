"""A process that merges, exchanges the catalogue and asks for records where the disk has no room, then where it has.

    python -m tests.faults.starver FOLDER KEY KEPT OTHER OPERATION

What each attempt was told it says as lines of JSON: first all that were refused, then `{"done": ...}` for each.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.errors import UserError
from desktop.opening import OpenPractice, open_with_key
from desktop.services.catalogue import import_edition, read_catalogue_page
from desktop.services.merge_undo import list_merges
from desktop.services.records_request import list_requests
from desktop.storage.vault import DataKey
from tests.faults.merger import CATALOGUE, ask, do, merge, undo

LONG = "".join(f"# line {number} of a list that needs room\n" for number in range(20_000))


def say(**seen: object) -> None:
    sys.stdout.write(json.dumps(seen) + "\n")


def told(work: Callable[[], object]) -> str:
    try:
        work()
    except UserError as refusal:
        return str(refusal)
    return "done"


def state(practice: OpenPractice, kept_id: int) -> tuple[int, int, str]:
    merges, requests = do(practice, list_merges, kept_id), do(practice, list_requests, kept_id)
    return len(merges), len(requests), do(practice, read_catalogue_page).edition.name


def main(folder: str, key: str, *records: str) -> None:
    kept_id, other_id, operation_id = map(int, records)
    practice = open_with_key(Path(folder), DataKey(bytes.fromhex(key)), "marchetti")
    attempts = {
        "merge": lambda: merge(practice, kept_id, other_id),
        "catalogue": lambda: do(practice, import_edition, CATALOGUE.format(number=1) + LONG),
        "letters": lambda: ask(practice, kept_id, operation_id),
    }
    before = state(practice, kept_id)
    ballast = Path(folder) / "ballast"
    for name, attempt in attempts.items():
        with contextlib.suppress(OSError), ballast.open("ab", buffering=0) as file:
            while True:
                file.write(bytes(512))
        say(tried=name, told=told(attempt), same=state(practice, kept_id) == before)
    ballast.unlink()
    for name, attempt in attempts.items():
        say(tried=name, told=told(attempt))
    with contextlib.suppress(OSError), ballast.open("ab", buffering=0) as file:
        while True:
            file.write(bytes(512))
    merge_id = do(practice, list_merges, kept_id)[0].id
    say(tried="undo", told=told(lambda: undo(practice, merge_id)), same=state(practice, kept_id)[0] == 1)
    ballast.unlink()
    say(tried="undo", told=told(lambda: undo(practice, merge_id)))
    practice.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
