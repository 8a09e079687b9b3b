"""Read a device's label that was scanned in a patient's file, and keep it with one of her devices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, RecordMissing, Rejected
from desktop.exchange.read_label import Outcome, ReadLabel
from desktop.exchange.udi import read_label
from desktop.forms.device import DEVICE_FORM
from desktop.forms.form import confirmed, source_of
from desktop.forms.matrix import MATRIX_FORM
from desktop.models.choices import LabelEntry, Side, Source
from desktop.models.device import Device
from desktop.models.matrix import Matrix
from desktop.models.patient import Patient
from desktop.models.search import DeviceNumber
from desktop.rules.permission import Verb, may
from desktop.rules.problem import Problem
from desktop.rules.scanned_label import ScannedLabel
from desktop.rules.search_key import device_key
from desktop.rules.sticker import Placed, check_sticker
from desktop.services.catalogue import read_catalogue
from desktop.services.context import require, today
from desktop.services.device import save_device
from desktop.services.draft import DraftOf, drop_draft, find_draft, keep_draft
from desktop.services.label_carrier import LabelTarget, TypedOperation, carriers
from desktop.services.label_place import LabelPlace, as_stored, place_of
from desktop.services.matrix import save_matrix
from desktop.services.operation import open_operation, save_operation
from desktop.services.record import Snapshot
from desktop.services.sticker import record_number_of

__all__ = [
    "LabelPlace",
    "LabelReading",
    "LabelTarget",
    "TypedOperation",
    "hold_label",
    "keep_label",
    "read_scan",
    "save_with_labels",
]


@dataclass(frozen=True)
class LabelReading:
    """What a label says, what the catalogue knows of its product, and where it may belong.

    `elsewhere` tells of the same serial number in other patients, whichever device of this one it may belong to.
    """

    read: ReadLabel
    label: ScannedLabel
    product: str
    product_detail: str
    elsewhere: tuple[str, ...]
    places: tuple[LabelPlace, ...]
    may_keep: bool

    def places_in(self, side: Side) -> tuple[LabelPlace, ...]:
        return tuple(place for place in self.places if place.target.side is side)

    def place(self, target: LabelTarget) -> LabelPlace | None:
        return next((place for place in self.places if place.target == target), None)


def read_scan(
    session: Session,
    patient_id: int,
    raw: str,
    entry: LabelEntry,
    typed: TypedOperation | None = None,
    before: str = "",
) -> LabelReading:
    """`typed` is the operation whose form is open with answers that nobody saved; `before` is the label that was
    scanned just before, of which this may be the other code."""
    actor = require(session, Verb.VIEW_CASE)
    raw = _with_other_code(before, raw, today(session))
    read = read_label(raw, today(session))
    is_read = read.outcome in (Outcome.READ, Outcome.DOUBTFUL)
    label = ScannedLabel(raw, read.issuer if is_read else None, entry)
    known = read_catalogue(session).by_identifier(read.device_identifier) if read.device_identifier else None
    number = record_number_of(session, patient_id)
    elsewhere = _elsewhere(session, patient_id, number, read)
    held = _held(session, typed.held) if typed is not None and typed.held is not None else {}
    places = tuple(
        place_of(session, patient_id, read, label, replace(carrier, record_number=number), elsewhere)
        for carrier in carriers(session, patient_id, typed, held)
    )
    return LabelReading(
        read,
        label,
        known.title if known else "",
        known.detail if known else "",
        tuple(each.message for each in elsewhere),
        places,
        may(actor.roles, Verb.EDIT_HISTORY),
    )


def keep_label(
    session: Session,
    patient_id: int,
    target: LabelTarget,
    label: ScannedLabel,
    opened: Snapshot,
    chosen: Collection[str] = (),
    sure: Mapping[str, str] | None = None,
) -> Snapshot:
    """Keep the text with a device and fill in its empty answers; the whole device is saved, or nothing.

    Where the record says otherwise the label's word is taken for the answers in `chosen` only. `sure` maps an answer
    to the question about it to which somebody said “it is right”: any other question refuses. `opened` is the device
    as that person saw it.
    """
    require(session, Verb.EDIT_HISTORY)
    reading = read_scan(session, patient_id, label.raw, label.entry or LabelEntry.SCANNED)
    place = reading.place(target)
    if place is None or target.operation_id is None:
        raise RecordMissing
    if (place.opened.id, place.opened.version) != (opened.id, opened.version):
        raise RecordChanged(place.opened)
    answered = sure or {}
    if unanswered := [each for each in place.questions if answered.get(each.field) != each.message]:
        raise Rejected(unanswered)
    values = _filled(place, reading.label, chosen)
    values |= {confirmed(name): values.get(name) for name in answered}
    if target.matrix_id is not None:
        return save_matrix(session, opened, values, target.operation_id)
    return save_device(session, opened, values, target.operation_id, target.side)


def hold_label(session: Session, waiting: DraftOf, side: Side, label: ScannedLabel) -> None:
    """Keep the label until the operation that is being typed is saved; one for each side, the last one."""
    require(session, Verb.EDIT_HISTORY)
    held = _held(session, waiting) | {side: label}
    keep_draft(session, waiting, {each.value: kept.plain for each, kept in held.items()}, None)


def save_with_labels(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, waiting: DraftOf
) -> Snapshot:
    """Save an operation with the labels that were held for it while it was being typed; all of it, or nothing.

    What they say stands in the form already where it has a question for it, and what was asked about them there is
    answered: so whatever a person typed over it since stays. A label of a side into which nothing went goes on waiting.
    """
    saved = save_operation(session, opened, values, patient_id)
    held = _held(session, waiting)
    if saved.id is None or not held:
        return saved
    drop_draft(session, waiting)
    for side, label in held.items():
        reading = read_scan(session, patient_id, label.raw, label.entry or LabelEntry.SCANNED)
        place = reading.place(LabelTarget(saved.id, side))
        if place is None:
            hold_label(session, waiting, side, label)
            continue
        filled = _filled(place, reading.label, ())
        filled |= {confirmed(name): filled.get(name) for name in place.opened.values}
        save_device(session, place.opened, filled, saved.id, side)
    session.expire_all()  # versions were counted since
    return open_operation(session, saved.id)


def _held(session: Session, waiting: DraftOf) -> dict[Side, ScannedLabel]:
    draft = find_draft(session, waiting)
    read = {side: ScannedLabel.from_plain(draft.typed.get(side.value)) for side in Side} if draft else {}
    return {side: label for side, label in read.items() if label is not None}


def _filled(place: LabelPlace, label: ScannedLabel, chosen: Collection[str]) -> dict[str, Any]:
    """The answers of the device with those of the label; what the label says carries the scanner as its source."""
    form = MATRIX_FORM if place.target.matrix_id is not None else DEVICE_FORM
    values = as_stored(form, place.opened)
    taken = dict(place.fills) | {name: said for name, (_recorded, said) in place.differs.items() if name in chosen}
    for name, fact in taken.items():
        values[name], values[source_of(name)] = fact, Source.SCANNED
    values["udi_raw"] = label
    return values


def _with_other_code(before: str, raw: str, day: dt.date) -> str:
    """Both codes of one sticker, where each says only a part and together they say all; else the last one alone."""
    if not before or any(_is_whole(read_label(text, day)) for text in (before, raw)):
        return raw
    together = f"{before}\n{raw}"
    return together if _is_whole(read_label(together, day)) else raw


def _is_whole(read: ReadLabel) -> bool:
    return read.device_identifier is not None and (read.lot is not None or read.serial is not None)


def _elsewhere(session: Session, patient_id: int, number: str, read: ReadLabel) -> tuple[Problem, ...]:
    """Whether another patient carries a device or a matrix with this serial number."""
    if (key := device_key(read.serial or "")) == "":
        return ()
    this = Placed(record_number=number, side=Side.RIGHT, device_identifier=read.device_identifier, serial=read.serial)
    others: list[Placed] = []
    for kind in (Device, Matrix):
        rows = session.execute(
            select(kind.serial, kind.udi_di, Patient.record_number)
            .select_from(DeviceNumber)
            .join(kind, kind.id == DeviceNumber.record_id)
            .join(Patient, Patient.id == kind.patient_id)
            .where(DeviceNumber.serial_key == key, DeviceNumber.kind == kind.__tablename__)
            .where(DeviceNumber.patient_id != patient_id)
            .order_by(Patient.record_number)
        )
        others += [
            Placed(record_number=record_number, side=Side.RIGHT, serial=serial, device_identifier=identifier)
            for serial, identifier, record_number in rows
        ]
    return tuple(check_sticker(this, others))
