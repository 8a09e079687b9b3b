"""Keep the complications of a case, and tell them with the operations and devices they can hang on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import Rejected, UserError
from desktop.forms.complication import COMPLICATION_FORM
from desktop.models.choices import ClavienDindo, Side, SideEvent
from desktop.models.complication import Complication
from desktop.models.device import DeviceSpell
from desktop.models.revision import RevisionCase
from desktop.rules.complication import LinkFacts, check_links, highest
from desktop.rules.dates import show_partial_date
from desktop.rules.device import device_title
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.operation import OperationRow, read_history
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, open_record, save_record, snapshot_of


@dataclass(frozen=True)
class Link:
    """An operation or a device something can hang on; `side` None: of both sides, or of either."""

    id: int
    words: str
    side: Side | None = None


@dataclass(frozen=True)
class ComplicationRow:
    id: int
    version: int
    values: Mapping[str, Any]
    after: str
    """The operation and the device in words, as far as they are named."""


@dataclass(frozen=True)
class Complications:
    """Newest first; `operations` and `devices` are what there is to choose from."""

    rows: tuple[ComplicationRow, ...] = ()
    operations: tuple[Link, ...] = ()
    devices: tuple[Link, ...] = ()

    @property
    def highest(self) -> ClavienDindo | None:
        return highest(row.values["grade"] for row in self.rows)


def read_complications(session: Session, patient_id: int, case_id: int) -> Complications:
    require(session, Verb.VIEW_CASE)
    require_hers(session, get_record(session, RevisionCase, case_id).patient_id, patient_id)
    operations = tuple(_operation(row) for row in read_history(session, patient_id).operations)
    devices = _devices(session, patient_id)
    words = {("o", each.id): each.words for each in operations} | {("d", each.id): each.words for each in devices}
    found = session.scalars(select(Complication).where(Complication.case_id == case_id)).all()
    rows = [
        ComplicationRow(
            row.id,
            row.version,
            snapshot_of(COMPLICATION_FORM, row).values,
            " · ".join(filter(None, (words.get(("o", row.operation_id or 0)), words.get(("d", row.device_id or 0))))),
        )
        for row in found
    ]
    rows.sort(key=lambda row: (row.values["onset_on"].iso if row.values["onset_on"] else "", row.id), reverse=True)
    return Complications(tuple(rows), operations, devices)


def open_complication(session: Session, complication_id: int | None) -> Snapshot:
    return open_record(session, COMPLICATION_FORM, complication_id)


def save_complication(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int
) -> Snapshot:
    """Also into a case that is closed: what goes wrong late is still of that operation."""
    require(session, Verb.EDIT_COMPLICATION)
    require_hers(session, get_record(session, RevisionCase, case_id).patient_id, patient_id)
    if opened.id is not None:
        kept = get_record(session, Complication, opened.id)
        require_hers(session, kept.patient_id, patient_id)
        if kept.case_id != case_id:
            raise UserError("This complication belongs to another case of this patient. Open that case to change it.")
    if problems := check_links({**opened.values, **values}, link_facts(session, patient_id)):
        raise Rejected(problems)
    return save_record(session, COMPLICATION_FORM, opened, values, {"patient_id": patient_id, "case_id": case_id})


def link_facts(session: Session, patient_id: int) -> LinkFacts:
    operations = {row.id: (row.happened_on, _sides(row)) for row in read_history(session, patient_id).operations}
    return LinkFacts(operations, {each.id: each.side for each in _devices(session, patient_id) if each.side})


def _sides(row: OperationRow) -> frozenset[Side]:
    events = {Side.RIGHT: row.right, Side.LEFT: row.left}
    return frozenset(side for side, event in events.items() if event is not SideEvent.NONE)


def _operation(row: OperationRow) -> Link:
    when = show_partial_date(row.happened_on) if row.happened_on else "date unknown"
    sides = _sides(row)
    only = next(iter(sides)) if len(sides) == 1 else None
    where = " and ".join(side.label for side in Side if side in sides)
    return Link(row.id, ", ".join(filter(None, (f"{row.kind.label} {when}", where))), only)


def _devices(session: Session, patient_id: int) -> tuple[Link, ...]:
    spells = select(DeviceSpell).where(DeviceSpell.patient_id == patient_id).order_by(DeviceSpell.id.desc())
    return tuple(
        Link(spell.device_id, f"{spell.side.label} · {_title(spell)}", spell.side)
        for spell in session.scalars(spells.options(selectinload(DeviceSpell.device)))
    )


def _title(spell: DeviceSpell) -> str:
    device = spell.device
    serial = f", serial {device.serial}" if device.serial else ""
    return device_title(device.manufacturer, device.line, device.volume_ml, "Unknown device") + serial
