"""Names, serial numbers and birth dates go through search, scan, merge, letters and cards, and stay in the store."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import RecordMerged, UserError, describe_bug
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import CardFormat, LabelEntry, RecipientKind, Side, Source
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.merge import KEPT
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.catalogue import import_edition
from desktop.services.device_card import issue_device_card
from desktop.services.draft import DraftOf
from desktop.services.duplicate import find_likely_same, register_patient
from desktop.services.label import LabelTarget, hold_label, keep_label, read_scan
from desktop.services.merge import merge_patients
from desktop.services.merge_preview import preview_merge
from desktop.services.merge_undo import preview_undo, undo_merge
from desktop.services.operation import save_operation
from desktop.services.patient import save_patient
from desktop.services.record import Snapshot, open_record
from desktop.services.records_closing import close_answered
from desktop.services.records_request import list_requests, make_request, new_request, remind
from desktop.services.search import find_patients
from desktop.services.timeline_page import print_timeline
from tests.factories import operation_values
from tests.faults.hand import CANARIES
from tests.faults.test_privacy import FULL_NAME, leaks

NEW = Snapshot(None, None, {})
SERIAL = "QZX7739145"
LOT = "ZOXYLOT88"
SURGEON = "Dr. Vandergriftova"
LABEL = f"]d201095212345432131727123110{LOT}\x1d21{SERIAL}"
WRONG = f"(01)10888628001228(10){LOT}(21){SERIAL}"
SECRETS = (SERIAL, LOT, SURGEON, *CANARIES.values(), "1981-03-14", "14 Mar 1981")


REFUSALS = 10
"""So many things are refused on the way; each of them says why."""


def told(words: str) -> list[str]:
    small = words.casefold()
    return [secret for secret in SECRETS if secret.casefold() in small]


def files_that_tell(*folders: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = leaks(*folders)
    for folder in folders:
        for file in (each for each in folder.rglob("*") if each.is_file()):
            content = file.read_bytes().lower()
            if seen := [s for s in (SERIAL, LOT, SURGEON) if s.lower().encode() in content]:
                found[str(file)] = seen
    return found


class Desk:
    """Asks the services as a screen does; what was refused is kept."""

    def __init__(self, practice: OpenPractice) -> None:
        self.practice = practice
        self.refusals: list[Exception] = []

    def do(self, service: Callable[..., Any], *arguments: Any) -> Any:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return service(session, *arguments)

    def refused(self, service: Callable[..., Any], *arguments: Any) -> None:
        with pytest.raises(UserError) as refusal:
            self.do(service, *arguments)
        self.refusals.append(refusal.value)


def test_that_scanning_searching_merging_asking_and_printing_leave_nothing_outside_the_store(
    practice: OpenPractice,
    add_patient: Callable[..., int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    monkeypatch.setattr(tempfile, "tempdir", None)
    caplog.set_level(logging.DEBUG)
    desk = Desk(practice)
    kept, other = add_patient(**CANARIES), add_patient(family_name="Okafor", phone="555-0142")
    answers = operation_values(
        surgeon=SURGEON, facility="Quay Clinic", happened_on=PartialDate(2014, 5, 12), source=Source.LETTER
    )
    operation_id = desk.do(save_operation, NEW, answers, kept).id
    desk.do(save_operation, NEW, answers | {"right.serial": SERIAL}, other)
    reading = desk.do(read_scan, kept, LABEL, LabelEntry.SCANNED)
    place = reading.place(LabelTarget(operation_id, Side.RIGHT))
    label = ScannedLabel(LABEL, entry=LabelEntry.SCANNED)
    desk.refused(keep_label, kept, place.target, label, place.opened)
    sure = {each.field: each.message for each in place.questions}
    desk.do(keep_label, kept, place.target, label, place.opened, (), sure)
    desk.refused(keep_label, kept, place.target, label, place.opened, (), sure)
    desk.do(read_scan, kept, WRONG, LabelEntry.PASTED)
    desk.do(hold_label, DraftOf("held_label", "1"), Side.LEFT, label)
    for text in (*CANARIES.values(), SERIAL, LOT, "14 mar 1981", f"{FULL_NAME} {SERIAL}"):
        assert desk.do(find_patients, text) or text == CANARIES["address"]
    values = PATIENT_FORM.empty() | CANARIES | {"birth_date": dt.date(1981, 3, 14)}
    assert desk.do(find_likely_same, values)
    desk.refused(register_patient, Snapshot(None, None, PATIENT_FORM.empty()), values)
    request = desk.do(new_request).values | {
        "recipient_kind": RecipientKind.SURGEON,
        "recipient_name": SURGEON,
        "asked_for": ["left.lot"],
        "due_on": dt.date(2026, 12, 7),
    }
    made = desk.do(make_request, NEW, request, kept, operation_id)
    desk.do(remind, made.row.id, made.row.version)
    desk.refused(remind, made.row.id, made.row.version)
    for size in CardFormat:
        assert desk.do(issue_device_card, kept, size).pdf
    assert desk.do(print_timeline, kept)
    desk.refused(import_edition, f'name = "{FULL_NAME} {SERIAL}"\n[[makers]]\nnme = "{SURGEON}"\n')
    opened = desk.do(open_record, PATIENT_FORM, other)
    preview = desk.do(preview_merge, kept, other)
    chosen = dict.fromkeys(preview.asked, KEPT) | {each.key: each.options[0][0] for each in preview.questions}
    desk.refused(merge_patients, kept, other, chosen, "seen another time")
    merge_id = desk.do(merge_patients, kept, other, chosen, preview.fingerprint)
    desk.refused(save_patient, opened, dict(opened.values) | {"email": "r@example.org"})
    desk.refused(save_operation, NEW, answers, other)
    assert isinstance(desk.refusals[-1], RecordMerged)
    desk.refused(undo_merge, merge_id, "seen another time")
    desk.do(undo_merge, merge_id, desk.do(preview_undo, merge_id).fingerprint)
    (waiting,) = desk.do(list_requests, kept)
    desk.do(close_answered, waiting.id, waiting.version, Source.LETTER)
    desk.refused(close_answered, waiting.id, waiting.version, Source.LETTER)
    assert files_that_tell(practice.folder, passing) == {}
    practice.close()
    assert files_that_tell(practice.folder, passing) == {}
    assert told(caplog.text) == []
    assert len(desk.refusals) == REFUSALS
    for refusal in desk.refusals:
        problems = getattr(refusal, "problems", ())
        words = " ".join((str(refusal), *(problem.message for problem in problems)))
        assert [secret for secret in told(words) if secret != SERIAL] == []  # the one that was just scanned
        assert told(f"{refusal!r} {describe_bug(refusal)}") == []


def test_that_a_mistake_with_a_label_a_merge_or_a_letter_at_hand_is_told_without_them(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    """What a log may hold of a mistake are places and kinds; neither is the repr of what services hand out."""
    desk = Desk(practice)
    kept, other = add_patient(**CANARIES), add_patient(family_name="Okafor")

    def fail(session: Any) -> None:
        preview = preview_merge(session, kept, other)
        reading = read_scan(session, kept, LABEL, LabelEntry.SCANNED)
        raise KeyError(f"{preview} {reading} {find_patients(session, FULL_NAME)}")

    with pytest.raises(KeyError) as mistake:
        desk.do(fail)
    assert told(str(mistake.value)) != []
    assert told(describe_bug(mistake.value)) == []
