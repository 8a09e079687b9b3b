"""What is told about a consent of one patient of the demo practice: how it was written, filed and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.demo.answers import Table, read_answers
from desktop.demo.days import read_moment
from desktop.forms.consent import CONSENT_FORM
from desktop.models.choices import AttachmentKind
from desktop.services.attachment import BelongsTo, NewFile, add_attachment
from desktop.services.consent import file_consent, save_consent, withdraw_consent
from desktop.services.consent_page import preview_consent_record
from desktop.services.record import Snapshot

WRITTEN, FILED, WITHDRAWN = dt.time(11, 30), dt.time(11, 45), dt.time(15, 15)


@dataclass(frozen=True)
class ConsentStory:
    written_at: dt.datetime
    answers: Mapping[str, Any]
    filed_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    because: str
    scan: str


def tell_consent(table: Table, today: dt.date) -> ConsentStory:
    """`initialled` stands beside every item of the form but those that `not_initialled` names; `scan` is the title of
    the file that is kept with it."""
    besides = ("on", "filed", "withdrawn", "because", "scan", "initialled", "not_initialled")
    answers = read_answers(CONSENT_FORM, {key: told for key, told in table.items() if key not in besides}, today)
    if "initialled" in table:
        answers["items"] = tuple(_items(table["item_count"], table["initialled"], table.get("not_initialled", ())))
    return ConsentStory(
        written_at=read_moment(table["on"], today, WRITTEN),
        answers=answers,
        filed_at=read_moment(table["filed"], today, FILED) if "filed" in table else None,
        withdrawn_at=read_moment(table["withdrawn"], today, WITHDRAWN) if "withdrawn" in table else None,
        because=table.get("because", ""),
        scan=table.get("scan", ""),
    )


def write_consent(session: Session, patient_id: int, case_id: int, consent: ConsentStory) -> Snapshot:
    answers = CONSENT_FORM.empty() | dict(consent.answers)
    return save_consent(session, Snapshot(None, None, {}), answers, patient_id, case_id)


def file_written(session: Session, patient_id: int, written: Snapshot, consent: ConsentStory) -> None:
    """The scan that is kept with it is our own page of it: nobody in the demo has paper."""
    assert written.id is not None
    assert written.version is not None
    file_consent(session, written.id, written.version)
    if consent.scan:
        scan = NewFile(AttachmentKind.CONSENT, consent.scan, preview_consent_record(session, written.id))
        add_attachment(session, BelongsTo(patient_id, consent_id=written.id), scan)


def take_back(session: Session, written: Snapshot, consent: ConsentStory) -> None:
    assert written.id is not None
    assert consent.withdrawn_at is not None
    withdraw_consent(session, written.id, consent.withdrawn_at.date(), consent.because)


def _items(count: int, initials: str, without: tuple[int, ...]) -> list[dict[str, Any]]:
    return [
        {"item": str(number), "initials": None if number in without else initials} for number in range(1, count + 1)
    ]
