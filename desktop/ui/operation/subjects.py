"""Which page shows what hangs on an operation: its title, its draft, and the services behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from desktop.forms.device import DEVICE_FORM, draft_key
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.form import Form
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import Side
from desktop.rules.catalogue_entry import Kind
from desktop.services.device import open_device, save_device
from desktop.services.draft import DraftOf
from desktop.services.drain import open_drain, save_drain
from desktop.services.matrix import open_matrix, save_matrix
from desktop.services.removal import open_removal, save_removal
from desktop.services.withdrawal import withdraw_drain, withdraw_matrix, withdraw_removal
from desktop.ui.kit.catalogue_box import OF_A_DEVICE, OF_A_MATRIX
from desktop.ui.kit.record_editor import Verbs
from desktop.ui.kit.record_page import Subject

PICKS: Final[Mapping[str, frozenset[Kind]]] = {DEVICE_FORM.name: OF_A_DEVICE, MATRIX_FORM.name: OF_A_MATRIX}
"""What of the catalogue fills a form."""


def device_subject(operation_id: int, side: Side, device: str, facts: str) -> Subject:
    verbs = Verbs(
        lambda session: open_device(session, operation_id, side),
        lambda session, opened, values: save_device(session, opened, values, operation_id, side),
    )
    return _of_side(DEVICE_FORM, device, facts, operation_id, side, verbs)


def removal_subject(operation_id: int, side: Side, device: str, facts: str) -> Subject:
    verbs = Verbs(
        lambda session: open_removal(session, operation_id, side),
        lambda session, opened, values: save_removal(session, opened, values, operation_id, side),
    )
    return _of_side(REMOVAL_FORM, device, facts, operation_id, side, verbs, withdraw_removal)


def matrix_subject(operation_id: int, matrix_id: int | None, operation: str) -> Subject:
    def verbs(record_id: int | None) -> Verbs:
        return Verbs(
            lambda session: open_matrix(session, record_id),
            lambda session, opened, values: save_matrix(session, opened, values, operation_id),
        )

    return _numbered(MATRIX_FORM, operation, matrix_id, verbs, f"operation {operation_id}", withdraw_matrix)


def drain_subject(operation_id: int, drain_id: int | None, operation: str) -> Subject:
    def verbs(record_id: int | None) -> Verbs:
        return Verbs(
            lambda session: open_drain(session, record_id),
            lambda session, opened, values: save_drain(session, opened, values, operation_id),
        )

    return _numbered(DRAIN_FORM, operation, drain_id, verbs, f"operation {operation_id}", withdraw_drain)


def _of_side(
    form: Form,
    title: str,
    facts: str,
    operation_id: int,
    side: Side,
    verbs: Verbs,
    withdraw: Callable[..., None] | None = None,
) -> Subject:
    """One for each side of an operation: its draft keeps one name, whether it has a number yet or not."""
    of = DraftOf(form.name, draft_key(operation_id, side))
    return Subject(title, facts, side, None, lambda _number: verbs, lambda _number: of, withdraw)


def _numbered(
    form: Form,
    operation: str,
    record_id: int | None,
    verbs: Callable[[int | None], Verbs],
    new_key: str,
    withdraw: Callable[..., Any],
) -> Subject:
    def draft_of(number: int | None) -> DraftOf:
        return DraftOf(form.name, new_key if number is None else str(number))

    return Subject(form.title, operation, None, record_id, verbs, draft_of, withdraw)
