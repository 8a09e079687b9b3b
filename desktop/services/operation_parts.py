"""Tell what hangs on an operation: the devices it put in, what came out, matrices and drains; and the imaging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.choices import Fluid, ImagingFinding, Side
from desktop.models.device import Device, DeviceSpell
from desktop.models.drain import Drain
from desktop.models.imaging import ImagingStudy
from desktop.models.matrix import Matrix
from desktop.models.operation import OperationSide
from desktop.models.removal import Removal, Specimen
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.device import device_title
from desktop.rules.permission import Verb
from desktop.services.context import require


@dataclass(frozen=True)
class PartRow:
    """One line of a card: what it is, and what is known of it."""

    id: int
    side: Side
    title: str
    detail: str


@dataclass(frozen=True)
class OperationParts:
    """`devices` names the device in each side into which one went; `removals` tells what is recorded of one that came
    out."""

    devices: Mapping[Side, str] = field(default_factory=lambda: MappingProxyType({}))
    removals: Mapping[Side, str] = field(default_factory=lambda: MappingProxyType({}))
    matrices: tuple[PartRow, ...] = ()
    drains: tuple[PartRow, ...] = ()
    imaging: tuple[PartRow, ...] = ()


def read_parts(session: Session, patient_id: int, operation_id: int | None) -> OperationParts:
    """`operation_id` None: of an operation that is not saved yet, on which nothing can hang."""
    require(session, Verb.VIEW_CASE)
    studies = session.scalars(select(ImagingStudy).where(ImagingStudy.patient_id == patient_id))
    imaging = tuple(_study(study) for study in sorted(studies, key=_when, reverse=True))
    if operation_id is None:
        return OperationParts(imaging=imaging)
    devices = session.execute(
        select(OperationSide.side, Device)
        .join(DeviceSpell, DeviceSpell.implanted_operation_side_id == OperationSide.id)
        .join(Device, Device.id == DeviceSpell.device_id)
        .where(OperationSide.operation_id == operation_id)
    )
    matrices = session.scalars(select(Matrix).where(Matrix.operation_id == operation_id).order_by(Matrix.id))
    drains = session.scalars(select(Drain).where(Drain.operation_id == operation_id).order_by(Drain.id))
    return OperationParts(
        MappingProxyType(
            {side: device_title(d.manufacturer, d.line, d.volume_ml, "Unknown device") for side, d in devices}
        ),
        MappingProxyType(_removals(session, operation_id)),
        _right_first(PartRow(each.id, each.side, *_matrix(each)) for each in matrices),
        _right_first(PartRow(each.id, each.side, *_drain(each)) for each in drains),
        imaging,
    )


def _right_first(rows: Iterable[PartRow]) -> tuple[PartRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.side is Side.LEFT))


def _matrix(matrix: Matrix) -> tuple[str, str]:
    title = " ".join(filter(None, (matrix.manufacturer, matrix.product)))
    kind = matrix.kind.label if matrix.kind else "Matrix or mesh"
    size = " × ".join(f"{each:,}" for each in (matrix.length_mm, matrix.width_mm) if each is not None)
    number = f"serial {matrix.serial}" if matrix.serial else f"lot {matrix.lot}" if matrix.lot else ""
    out = f"out {show_partial_date(matrix.removed_on)}" if matrix.removed_on else ""
    details = (
        kind if title else "",
        matrix.position.label.lower() if matrix.position else "",
        f"{size} mm" if size else "",
        number,
        out,
    )
    return title or kind, " · ".join(filter(None, details))


def _drain(drain: Drain) -> tuple[str, str]:
    size = f"{drain.size_french} French" if drain.size_french is not None else ""
    out = f"taken out {show_date(drain.removed_on)}" if drain.removed_on else ""
    if not out:
        out = "day of removal unknown" if "removed_on" in drain.unknown else "not recorded as taken out"
    details = (size, drain.exit_site, out)
    return f"Drain, {drain.kind.label}" if drain.kind else "Drain", " · ".join(filter(None, details))


def _removals(session: Session, operation_id: int) -> dict[Side, str]:
    removals = session.scalars(select(Removal).where(Removal.operation_id == operation_id)).all()
    waiting = session.execute(
        select(Specimen.removal_id, Specimen.kind)
        .join(Removal, Removal.id == Specimen.removal_id)
        .where(Removal.operation_id == operation_id, Specimen.result.is_(None))
        .order_by(Specimen.position)
    ).all()
    told = {}
    for removal in removals:
        kinds = [kind.label for removal_id, kind in waiting if removal_id == removal.id]
        fluid = removal.fluid
        details = (
            ", ".join(each.label for each in removal.condition),
            f"{fluid.label.lower()} fluid" if fluid is not None and fluid is not Fluid.NONE else "",
            removal.disposition.label.lower() if removal.disposition else "",
            f"waiting for {', '.join(kinds)}" if kinds else "",
        )
        told[removal.side] = " · ".join(filter(None, details)) or "recorded"
    return told


def _study(study: ImagingStudy) -> PartRow:
    when = show_partial_date(study.happened_on) if study.happened_on else "date unknown"
    finding = study.finding.label if study.finding else ""
    if study.finding is ImagingFinding.OTHER or not finding:
        finding = (study.note or finding or "finding not recorded").splitlines()[0]
    return PartRow(study.id, study.side, f"{study.kind.label} · {when}", finding)


def _when(study: ImagingStudy) -> tuple[int, int]:
    return (study.happened_on.earliest.toordinal() if study.happened_on else 0, study.id)
