"""Hold a label beside a device: what it would fill in, what the two disagree on, and what is to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.exchange.read_label import ReadLabel
from desktop.forms.form import Form, confirmed
from desktop.models.choices import UNKNOWN, OperationKind
from desktop.models.partial_date import PartialDate
from desktop.rules.label import check_expiry, check_label, differences, label_facts, show_raw
from desktop.rules.problem import Problem
from desktop.rules.scanned_label import ScannedLabel
from desktop.rules.sticker import Placed, check_sticker
from desktop.services.catalogue import catalogue_facts
from desktop.services.context import circumstances
from desktop.services.label_carrier import Carrier, LabelTarget
from desktop.services.record import Snapshot
from desktop.services.sticker import ask_about_sticker

UNKNOWN_PRODUCT: Final = "udi_di"
"""Under which a label's product is told that no catalogue knows: to be read, and nothing to confirm."""


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
