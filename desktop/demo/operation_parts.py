"""Writes down what hangs on an operation of a story, by the services of the pages that ask for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.demo.story import OperationStory
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.services.device import open_device, save_device
from desktop.services.drain import save_drain
from desktop.services.matrix import save_matrix
from desktop.services.record import Snapshot
from desktop.services.removal import save_removal


def record_parts(session: Session, operation_id: int, operation: OperationStory) -> None:
    nothing_yet = Snapshot(None, None, {})
    for side, answers in operation.devices.items():
        opened = open_device(session, operation_id, side)
        save_device(session, opened, {**opened.values, **answers}, operation_id, side)
    for side, answers in operation.removals.items():
        save_removal(session, nothing_yet, REMOVAL_FORM.empty() | dict(answers), operation_id, side)
    for answers in operation.matrices:
        save_matrix(session, nothing_yet, MATRIX_FORM.empty() | dict(answers), operation_id)
    for answers in operation.drains:
        save_drain(session, nothing_yet, DRAIN_FORM.empty() | dict(answers), operation_id)
