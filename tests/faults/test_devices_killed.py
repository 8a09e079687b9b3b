"""Killed while two records become one, become two again, a catalogue comes in or letters go out: all or nothing."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop.models.audit import AuditEntry
from desktop.models.catalogue import CatalogueEdition
from desktop.models.choices import DocumentKind
from desktop.models.document import IssuedDocument
from desktop.models.patient import Patient
from desktop.models.records_request import RecordsRequest
from desktop.opening import OpenPractice, open_with_key
from desktop.services.merge_rows import rows_of
from desktop.services.merge_undo import list_merges
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.services.signing import broken_signatures
from desktop.storage.check import check_store
from desktop.storage.vault import DataKey, unlock
from tests.conftest import PASSWORD
from tests.factories import operation_values
from tests.faults.house import ROOT, SURGEON
from tests.recovery_story import add_recovering_patient

KILLS = 8
LONGEST_SECONDS = 0.8
"""One round of everything takes a good half of this."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process in another way")
def test_that_a_kill_at_any_moment_leaves_all_of_it_or_nothing(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    kept = add_patient(phone="555-0142", no_known_allergies=True)
    other, _checklist = add_recovering_patient(practice, add_patient, family_name="Okafer")
    with practice.database.unit_of_work(practice.actor) as session:
        operation = save_operation(session, Snapshot(None, None, {}), operation_values(), kept).id
    practice.close()
    key = unlock(practice.folder, SURGEON, PASSWORD)
    chance = random.Random(20261123)
    for _ in range(KILLS):
        kill(practice.folder, key, (kept, other, operation), chance.uniform(0, LONGEST_SECONDS))
        look(practice.folder, key, kept, other)


def kill(folder: Path, key: DataKey, records: tuple[int | None, ...], after_seconds: float) -> None:
    """Let it work for so long after its first whole round."""
    command = [sys.executable, "-m", "tests.faults.merger", str(folder), key.hex(), *map(str, records)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as working:
        assert working.stdout is not None
        assert working.stderr is not None
        assert working.stdout.readline() == "0\n", working.stderr.read()
        with pytest.raises(subprocess.TimeoutExpired):
            working.wait(after_seconds)
        working.kill()
        assert working.stderr.read() == ""


def look(folder: Path, key: DataKey, kept: int, other: int) -> None:
    practice = open_with_key(folder, key, SURGEON)
    try:
        assert [(each.what, each.detail) for each in check_store(practice.database, folder) if not each.ok] == []
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            assert list(broken_signatures(session)) == []
            is_merged = bool(list_merges(session, kept))
            into = session.scalar(select(Patient.merged_into_id).where(Patient.id == other))
            assert into == (kept if is_merged else None)
            assert bool(rows_of(session, other)) is not is_merged
            kinds = list(session.scalars(select(IssuedDocument.kind)))
            editions = session.scalar(select(func.count()).select_from(CatalogueEdition))
            requests = session.scalar(select(func.count()).select_from(RecordsRequest))
            audited = list(session.scalars(select(AuditEntry.record)))
    finally:
        practice.close()
    letters = [kinds.count(kind) for kind in (DocumentKind.RECORDS_REQUEST, DocumentKind.RECORDS_RELEASE)]
    assert letters == [requests, requests]
    assert (audited.count("records_request"), audited.count("catalogue_edition")) == (requests, editions)
