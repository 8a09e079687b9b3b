"""Gather what the letters say that ask for records, and set them in the language of whoever reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.handout import HandoutTemplate
from desktop.documents.records_letter import (
    AskedFor,
    RecordsLetter,
    render_records_release,
    render_records_request,
)
from desktop.errors import RecordMissing
from desktop.models.choices import DocumentKind, Side
from desktop.models.operation import Operation
from desktop.models.patient import Patient
from desktop.models.practice import Practice
from desktop.rules.dates import show_partial_date
from desktop.rules.missing_records import label_of, side_of
from desktop.services.context import today
from desktop.services.device_record import held_devices
from desktop.services.handout import Issued, issue_document, template_for
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.practice import is_demo
from desktop.services.record import get_record

_NUMBERS = (("serial", "serial"), ("lot", "lot"))
_DEVICE = {Side.RIGHT: "right_device", Side.LEFT: "left_device"}
_TITLE_LENGTH = 200


class LettersOf:
    """The request and the permission of one patient, from the answers of the form; nothing is kept until issued."""

    def __init__(
        self,
        session: Session,
        patient_id: int,
        operation_id: int | None,
        values: Mapping[str, Any],
        *,
        asked_on: dt.date,
        is_reminder: bool = False,
    ) -> None:
        patient = get_record(session, Patient, patient_id)
        practices = session.scalars(select(Practice.language)).one()
        self._session, self._patient_id = session, patient_id
        self._letter = _letter(session, patient, operation_id, values, asked_on, is_reminder)
        # Colleagues read the practice's language; what the patient signs is in her own, if there is a text in it.
        self._request, _note = template_for(DocumentKind.RECORDS_REQUEST, None, practices)
        self._release, self.language_note = template_for(DocumentKind.RECORDS_RELEASE, patient.language, practices)

    def request(self) -> bytes:
        return render_records_request(self._letter, self._request)

    def release(self) -> bytes:
        return render_records_release(self._letter, self._release)

    def issue_request(self) -> Issued:
        prefix = "Reminder: " if self._letter.is_reminder else ""
        return self._issue(DocumentKind.RECORDS_REQUEST, self._request, self.request(), prefix)

    def issue_release(self) -> Issued:
        return self._issue(DocumentKind.RECORDS_RELEASE, self._release, self.release())

    def _issue(self, kind: DocumentKind, template: HandoutTemplate, pdf: bytes, prefix: str = "") -> Issued:
        title = f"{prefix}{template.title}, to {self._letter.recipient[0]}"
        if len(title) > _TITLE_LENGTH:
            title = f"{title[: _TITLE_LENGTH - 1]}…"
        return issue_document(self._session, self._patient_id, kind, title, template.version, template.language, pdf)


def _letter(
    session: Session,
    patient: Patient,
    operation_id: int | None,
    values: Mapping[str, Any],
    asked_on: dt.date,
    is_reminder: bool,
) -> RecordsLetter:
    names = tuple(values.get("asked_for") or ())
    address = (values.get("recipient_address") or "").splitlines()
    recipient = (values.get("recipient_name"), values.get("recipient_contact"), *address)
    return RecordsLetter(
        practice=read_practice_lines(session),
        patient=read_patient_lines(session, patient.id),
        former_name=patient.former_name,
        recipient=tuple(line.strip() for line in recipient if line and line.strip()),
        about=tuple(_about(session, patient.id, operation_id)),
        asked_for=AskedFor(_labels(names, None), _labels(names, Side.RIGHT), _labels(names, Side.LEFT)),
        asked_on=asked_on,
        due_on=values.get("due_on"),
        issued_on=today(session),
        is_reminder=is_reminder,
        is_demo=is_demo(session),
    )


def _about(session: Session, patient_id: int, operation_id: int | None) -> Iterator[tuple[str, str]]:
    """Which operation is meant, and by which names and numbers its devices can be found in other people's books."""
    if operation_id is None:
        return
    operation = get_record(session, Operation, operation_id)
    if operation.patient_id != patient_id:
        raise RecordMissing  # never a word about one patient on the letter of another
    when = show_partial_date(operation.happened_on) if operation.happened_on else "date not known"
    yield "operation", f"{operation.kind.label}, {when}"
    by = ", ".join(filter(None, (operation.surgeon, operation.facility)))
    if by:
        yield "operated_by", by
    for held in held_devices(session, patient_id):
        if held.operation is operation:
            names = (held.answer(column) for column in ("manufacturer", "line", "style"))
            numbers = ((word, held.answer(column)) for word, column in _NUMBERS)
            known = [name for name in names if isinstance(name, str)]
            known += [f"{word} {number}" for word, number in numbers if isinstance(number, str)]
            if known:
                yield _DEVICE[held.side], ", ".join(known)


def _labels(names: Iterable[str], side: Side | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label_of(name) for name in names if side_of(name) is side))
