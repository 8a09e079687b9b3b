"""Keep an operation true to its report: what was done in each side, and with it which device is in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Rejected
from desktop.forms.answers import known
from desktop.forms.device import DEVICE_FORM
from desktop.forms.form import confirmed, is_confirmed, source_of
from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import Side, SideEvent
from desktop.models.operative_report import OperativeReport
from desktop.models.removal import Removal
from desktop.rules.device import device_title
from desktop.rules.performed import following_event, operation_kind, steps_expected
from desktop.rules.problem import Problem
from desktop.rules.side import field_at
from desktop.rules.spell import PUTS_IN, TAKES_OUT, not_asked_after
from desktop.services.device import open_device
from desktop.services.label_place import as_stored
from desktop.services.operation import open_operation, save_operation

Answers = Mapping[str, Any]


def follow_report(session: Session, report: OperativeReport, before: Answers, after: Answers, sent: Answers) -> None:
    """Change the operation where the answers to the report changed what it says; what somebody wrote there otherwise
    stays. Refused is what would lose a device or a finding that is recorded already."""
    operation = open_operation(session, report.operation_id)
    changes: dict[str, Any] = {}
    for side in Side:
        changes |= _event(side, operation.values, before, after)
        changes |= _plane_and_incision(side, {**operation.values, **changes}, before, after)
    changes |= _kind(operation.values, before, after)
    changes = {name: value for name, value in changes.items() if operation.values.get(name) != value}
    if not changes:
        return
    if lost := [problem for side in Side if (problem := _would_be_lost(session, report.operation_id, side, changes))]:
        raise Rejected(lost[:1])
    if is_confirmed(sent, "steps"):
        changes |= {confirmed(name): value for name, value in changes.items()}
    try:
        save_operation(session, operation, {**as_stored(OPERATION_FORM, operation), **changes}, report.patient_id)
    except Rejected as refused:
        raise Rejected([_about_steps(refused)]) from refused


def _event(side: Side, operation: Answers, before: Answers, after: Answers) -> dict[str, Any]:
    name = field_at(side, "event")
    is_now = following_event(side, operation[name], before, after)
    if is_now is operation[name]:
        return {}
    gone = [field_at(side, fact) for fact in not_asked_after(is_now)]
    return {name: is_now} | dict.fromkeys(gone) | dict.fromkeys(map(source_of, gone))


def _plane_and_incision(side: Side, operation: Answers, before: Answers, after: Answers) -> dict[str, Any]:
    """Written once, in the report; an answer that the history has of its own is left alone."""
    event, prefix, found = operation[field_at(side, "event")], field_at(side, ""), {}
    for name in ("plane", "incision"):
        answer = after.get(prefix + name)
        belongs = event in PUTS_IN if name == "plane" else event is not SideEvent.NONE
        if belongs and known(operation, prefix + name) in (None, before.get(prefix + name)):
            found[prefix + name] = answer
    return found


def _kind(operation: Answers, before: Answers, after: Answers) -> dict[str, Any]:
    was, is_now = (operation_kind({side: steps_expected(each, side) for side in Side}) for each in (before, after))
    return {"kind": is_now} if operation["kind"] is was is not is_now else {}


def _would_be_lost(session: Session, operation_id: int, side: Side, changes: Answers) -> Problem | None:
    event = changes.get(field_at(side, "event"))
    if event is None:
        return None
    of_side = select(Removal.id).where(Removal.operation_id == operation_id, Removal.side == side)
    if event not in TAKES_OUT and session.scalars(of_side).first() is not None:
        message = (
            f"What came out of {side.label} is recorded, and by these steps nothing did. Correct the steps, or take "
            "that out of the record first, in the history."
        )
        return Problem("steps", message)
    device = None if event in PUTS_IN else _device(session, operation_id, side)
    if device is None:
        return None
    return Problem(
        "steps",
        f"{device} is recorded as put into {side.label}, and by these steps none was. Correct the steps; or, if it "
        "never went in, correct the operation in the history first.",
    )


def _device(session: Session, operation_id: int, side: Side) -> str | None:
    """The device of a side of which anything is recorded; its plane is the report's own answer."""
    operation = open_operation(session, operation_id).values
    if operation[field_at(side, "event")] not in PUTS_IN:
        return None
    device = open_device(session, operation_id, side).values
    if all(device[field.name] is None for field in DEVICE_FORM if field.key != "plane"):
        return None
    manufacturer, line, volume_ml = (known(device, name) for name in ("manufacturer", "line", "volume_ml"))
    return device_title(manufacturer, line, volume_ml, "A device")


def _about_steps(refused: Rejected) -> Problem:
    """What the operation is asked or refused, said where the steps are."""
    words = " ".join(problem.message for problem in refused.problems)
    return Problem("steps", words, is_question=all(problem.is_question for problem in refused.problems))
