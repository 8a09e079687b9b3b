"""Find the devices of a patient to which a label may belong, and what each of them and the label disagree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from desktop.exchange.read_label import ReadLabel
from desktop.forms.device import DEVICE_FORM
from desktop.forms.form import SIDE_PREFIX, Form, confirmed
from desktop.forms.matrix import MATRIX_FORM
from desktop.models.choices import UNKNOWN, OperationKind, Side
from desktop.models.device import DeviceSpell
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation, OperationSide
from desktop.models.partial_date import PartialDate
from desktop.rules.label import check_expiry, check_label, differences, label_facts, show_raw
from desktop.rules.problem import Problem
from desktop.rules.scanned_label import ScannedLabel
from desktop.rules.spell import describes_device
from desktop.rules.sticker import Placed, check_sticker
from desktop.services.catalogue import catalogue_facts
from desktop.services.context import circumstances
from desktop.services.device import reach_of
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot, snapshot_of
from desktop.services.sticker import ask_about_sticker

UNKNOWN_PRODUCT: Final = "udi_di"
"""Under which a label's product is told that no catalogue knows: to be read, and nothing to confirm."""


@dataclass(frozen=True)
class LabelTarget:
    """One device of one operation; a matrix has a number of its own. `operation_id` None: the one being typed now."""

    operation_id: int | None
    side: Side
    matrix_id: int | None = None


@dataclass(frozen=True)
class TypedOperation:
    """An operation as it stands in its form and not in the store; `id` None while it was never saved.

    `is_begun` False: nothing stands in the form yet, and the label may be the first of it. `held` is where the labels
    wait that were scanned into the form.
    """

    id: int | None
    values: Mapping[str, Any]
    is_begun: bool = True
    held: DraftOf | None = None


@dataclass(frozen=True)
class LabelPlace:
    """A device to which the label may belong. `fills` are the empty answers it gives, `differs` maps an answer to what
    the record says and what the label says; `left_out` says which part of the label cannot be right."""

    target: LabelTarget
    title: str
    happened_on: PartialDate | None
    kind: OperationKind | None
    is_typed: bool
    opened: Snapshot
    fills: Mapping[str, Any]
    differs: Mapping[str, tuple[Any, Any]]
    remarks: tuple[str, ...]
    questions: tuple[Problem, ...]
    left_out: tuple[Problem, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether the very same label is kept with this device already, and says nothing that the record lacks."""
        return not self.fills and not self.questions and bool(self.remarks) and self.remarks[0] == SAME_LABEL


SAME_LABEL: Final = "This very label is kept with this device already."


@dataclass(frozen=True)
class Carrier:
    """A device as it stands, before a label is held beside it."""

    target: LabelTarget
    title: str
    form: Form
    opened: Snapshot
    happened_on: PartialDate | None = None
    kind: OperationKind | None = None
    device_id: int | None = None
    is_typed: bool = False
    was_removed: bool = False
    record_number: str = ""
    beside: Placed | None = None
    """The device in the other side of the same form, which the store does not know yet."""


def carriers(
    session: Session, patient_id: int, typed: TypedOperation | None, held: Mapping[Side, ScannedLabel]
) -> tuple[Carrier, ...]:
    """The operation that is being typed, then the others from the newest; in each the device before its matrices."""
    stored = [*_devices(session, patient_id), *_matrices(session, patient_id)]
    stored.sort(key=_newest_first)
    if typed is None:
        return tuple(stored)
    rest = [each for each in stored if each.target.operation_id != typed.id or each.target.matrix_id is not None]
    new = tuple(_being_typed(stored, typed, held))
    return (*new, *rest) if typed.is_begun else (*rest, *new)


def place_of(
    session: Session,
    patient_id: int,
    read: ReadLabel,
    label: ScannedLabel,
    carrier: Carrier,
    elsewhere: tuple[Problem, ...],
) -> LabelPlace:
    """What the label would fill in, and every question about it; `elsewhere` are those about other patients."""
    answers = carrier.opened.values
    differs = {name: (answers[name], fact) for name, fact in differences(read, answers).items()}
    facts = label_facts(read)
    wanted = {name: fact for name, fact in facts.items() if answers.get(name) in (None, UNKNOWN)}
    left_out = _refused(session, carrier, wanted)
    wrong = {problem.field for problem in left_out}
    catalogue = None
    if read.device_identifier is not None:
        catalogue = catalogue_facts(session, read.device_identifier, answers)
    expired = check_expiry(read.expires_on, carrier.happened_on)
    found = check_label(read, answers, carrier.happened_on, catalogue)
    found = [each for each in found if each in expired or each.field not in differs]
    remarks = [each.message for each in found if each.field == UNKNOWN_PRODUCT]
    questions = [each for each in found if each.field != UNKNOWN_PRODUCT]
    questions += ask_about_sticker(session, _placed(read, label, carrier), patient_id, carrier.device_id)
    if carrier.beside is not None:
        beside = replace(carrier.beside, record_number=carrier.record_number)
        questions += check_sticker(_placed(read, label, carrier), [beside])
    questions += elsewhere
    kept = answers.get("udi_raw")
    if isinstance(kept, ScannedLabel) and kept.raw == label.raw:
        remarks.insert(0, SAME_LABEL)
    elif isinstance(kept, ScannedLabel):
        questions.append(_replaces(kept))
    return LabelPlace(
        carrier.target,
        carrier.title,
        carrier.happened_on,
        carrier.kind,
        carrier.is_typed,
        carrier.opened,
        {name: fact for name, fact in wanted.items() if name not in wrong},
        differs,
        tuple(remarks),
        _one_each(questions),
        left_out,
    )


def as_stored(form: Form, opened: Snapshot) -> dict[str, Any]:
    """The stored answers, about which nobody is asked again."""
    return dict(opened.values) | {confirmed(each.name): opened.values.get(each.name) for each in form}


def _refused(session: Session, carrier: Carrier, wanted: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What the device's form would refuse if the label filled in all it can."""
    values = as_stored(carrier.form, carrier.opened) | dict(wanted)
    return tuple(each for each in carrier.form.problems(values, circumstances(session)) if each.field in wanted)


def _replaces(kept: ScannedLabel) -> Problem:
    message = (
        f"Another label is kept with this device: “{show_raw(kept.raw)}”. "
        "Confirm, and this one takes its place; the audit keeps the old text."
    )
    return Problem("udi_raw", message, is_question=True)


def _one_each(questions: list[Problem]) -> tuple[Problem, ...]:
    """One question for each answer, however many reasons there are to ask."""
    joined: dict[str, Problem] = {}
    for each in questions:
        before = joined.get(each.field)
        if before is None:
            joined[each.field] = each
        elif each.message not in before.message:
            joined[each.field] = replace(before, message=f"{before.message} {each.message}")
    return tuple(joined.values())


def _placed(read: ReadLabel, label: ScannedLabel, carrier: Carrier) -> Placed:
    return Placed(
        record_number=carrier.record_number,
        side=carrier.target.side,
        operation_id=carrier.target.operation_id,
        put_in_on=carrier.happened_on,
        was_removed=carrier.was_removed,
        device_identifier=read.device_identifier,
        serial=read.serial,
        raw=label.raw,
    )


def _devices(session: Session, patient_id: int) -> Iterator[Carrier]:
    rows = session.execute(
        select(DeviceSpell, Operation)
        .join(OperationSide, OperationSide.id == DeviceSpell.implanted_operation_side_id)
        .join(Operation, Operation.id == OperationSide.operation_id)
        .where(DeviceSpell.patient_id == patient_id)
        .options(joinedload(DeviceSpell.device))
    )
    for spell, operation in rows:
        device = spell.device
        volume = f"{device.volume_ml:,} mL" if device.volume_ml else ""
        name = " ".join(filter(None, (device.manufacturer, device.line))) or "Device not described yet"
        yield Carrier(
            LabelTarget(operation.id, spell.side),
            " · ".join(filter(None, (name, volume))),
            DEVICE_FORM,
            snapshot_of(DEVICE_FORM, device, reach_of(spell)),
            operation.happened_on,
            operation.kind,
            device.id,
            was_removed=spell.removed_operation_id is not None,
        )


def _matrices(session: Session, patient_id: int) -> Iterator[Carrier]:
    rows = session.execute(
        select(Matrix, Operation)
        .join(Operation, Operation.id == Matrix.operation_id)
        .where(Matrix.patient_id == patient_id)
    )
    for matrix, operation in rows:
        name = " ".join(filter(None, (matrix.manufacturer, matrix.product)))
        yield Carrier(
            LabelTarget(operation.id, matrix.side, matrix.id),
            f"Matrix or mesh: {name or 'not described yet'}",
            MATRIX_FORM,
            snapshot_of(MATRIX_FORM, matrix),
            operation.happened_on,
            operation.kind,
            was_removed=matrix.removed_on is not None,
        )


def _being_typed(stored: list[Carrier], typed: TypedOperation, held: Mapping[Side, ScannedLabel]) -> Iterator[Carrier]:
    """A device of the operation in the form: what stands in its column, and behind it what is stored."""
    happened_on = typed.values.get("happened_on")
    for side in Side:
        prefix = SIDE_PREFIX[side]
        event = typed.values.get(f"{prefix}event")
        if event is UNKNOWN or not describes_device(event):
            continue
        is_this = LabelTarget(typed.id, side)
        before = next((each for each in stored if each.target == is_this and typed.id is not None), None)
        values = dict(before.opened.values) if before else DEVICE_FORM.empty()
        values |= {name: typed.values[prefix + name] for name in values if prefix + name in typed.values}
        if side in held:
            values["udi_raw"] = held[side]
        yield Carrier(
            is_this,
            "The operation you are typing" if typed.is_begun else "A new operation",
            DEVICE_FORM,
            Snapshot(before.opened.id if before else None, before.opened.version if before else None, values),
            happened_on if isinstance(happened_on, PartialDate) else None,
            typed.values.get("kind"),
            before.device_id if before else None,
            is_typed=True,
            beside=_other_side(typed, held, side),
        )


def _other_side(typed: TypedOperation, held: Mapping[Side, ScannedLabel], side: Side) -> Placed:
    other = Side.LEFT if side is Side.RIGHT else Side.RIGHT
    serial, label = typed.values.get(f"{SIDE_PREFIX[other]}serial"), held.get(other)
    return Placed(
        record_number="",
        side=other,
        operation_id=typed.id,
        serial=serial if isinstance(serial, str) else None,
        raw=label.raw if label else None,
    )


def _newest_first(carrier: Carrier) -> tuple[int, int, int]:
    day = carrier.happened_on.earliest.toordinal() if carrier.happened_on else 0
    return (-day, -(carrier.target.operation_id or 0), carrier.target.matrix_id or 0)
