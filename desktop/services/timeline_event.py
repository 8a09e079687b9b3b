"""What was seen in a side or done to it beside new devices: ruptures, imaging, contracture, matrices, removals."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.choices import (
    Baker,
    ImagingFinding,
    Indication,
    IndicationLayer,
    OperationKind,
    RemovedCondition,
    Side,
    SideEvent,
)
from desktop.models.examination import Examination, ExaminationSide
from desktop.models.imaging import ImagingStudy
from desktop.models.matrix import Matrix
from desktop.models.partial_date import PartialDate
from desktop.models.removal import Removal
from desktop.models.revision import CaseIndication, RevisionCase
from desktop.services.context import today
from desktop.services.operation import DeviceInSide, History, OperationRow
from desktop.services.timeline_fact import EventFact, EventKind
from desktop.services.timeline_words import source_labels

_RUPTURED = {RemovedCondition.RUPTURE_INTRACAPSULAR, RemovedCondition.RUPTURE_EXTRACAPSULAR, RemovedCondition.DEFLATED}
_SEEN_RUPTURED = {ImagingFinding.RUPTURE_INTRACAPSULAR, ImagingFinding.RUPTURE_EXTRACAPSULAR}
_RUPTURES_FOUND = (Indication.RUPTURE_GEL_INTRA, Indication.RUPTURE_GEL_EXTRA, Indication.DEFLATION_SALINE)
_KINDS_OF_A_DEVICE = {
    OperationKind.AUGMENTATION,
    OperationKind.EXCHANGE,
    OperationKind.REMOVAL,
    OperationKind.AUGMENTATION_MASTOPEXY,
}


def read_events(session: Session, patient_id: int, history: History) -> tuple[EventFact, ...]:
    """In no order; both sides together. One statement for each kind of record."""
    removals = session.scalars(select(Removal).where(Removal.patient_id == patient_id)).all()
    by_place = {(removal.operation_id, removal.side): removal for removal in removals}
    operated = [
        event
        for row in history.operations
        for side, done in ((Side.RIGHT, row.right), (Side.LEFT, row.left))
        if (event := _operated(row, side, done, by_place.get((row.id, side)), history)) is not None
    ]
    return (
        *operated,
        *_imaging(session, patient_id),
        *_graded(session, patient_id),
        *_found_at_surgery(session, patient_id, operated),
        *_matrices(session, patient_id, history),
    )


def _operated(
    row: OperationRow, side: Side, done: SideEvent, removal: Removal | None, history: History
) -> EventFact | None:
    """What a bar does not show by its ends; an exchange is such an end, unless somebody told how the old device was."""
    conditions = removal.condition if removal else ()
    found = ", ".join(each.label[:1].lower() + each.label[1:] for each in conditions)
    if done in (SideEvent.REMOVED, SideEvent.EXCHANGED) and (done is SideEvent.REMOVED or found):
        words = ": ".join(filter(None, ("device removed" if done is SideEvent.REMOVED else "old device out", found)))
        is_ruptured = not _RUPTURED.isdisjoint(conditions)
        kind = EventKind.RUPTURE if is_ruptured else EventKind.REMOVED
        return EventFact(side, kind, row.happened_on, words, operation_id=row.id, is_serious=is_ruptured)
    if done in (SideEvent.LEFT_IN, SideEvent.ADDED) and _lost(row, history.chain(side)):
        words = "device left in, without function"
        return EventFact(side, EventKind.FUNCTIONLESS, row.happened_on, words, operation_id=row.id)
    if done in (SideEvent.KEPT, SideEvent.LEFT_IN):
        words = "operated, device unchanged" if row.kind in _KINDS_OF_A_DEVICE else row.kind.label.lower()
        return EventFact(side, EventKind.UNCHANGED, row.happened_on, words, operation_id=row.id)
    return None


def _lost(row: OperationRow, chain: tuple[DeviceInSide, ...]) -> bool:
    """Whether a device lost its function by this operation; one that had lost it before is left in once more."""
    return any(device.occupation.functionless_by == row.id for device in chain)


def _imaging(session: Session, patient_id: int) -> Iterator[EventFact]:
    for study in session.scalars(select(ImagingStudy).where(ImagingStudy.patient_id == patient_id)):
        found = study.finding.label[:1].lower() + study.finding.label[1:] if study.finding else "result not recorded"
        if "finding" in study.unknown:
            found = "result unknown"
        is_ruptured = study.finding in _SEEN_RUPTURED
        yield EventFact(
            study.side,
            EventKind.RUPTURE if is_ruptured else EventKind.IMAGING,
            study.happened_on,
            f"{study.kind.label}: {found}",
            ", ".join(dict.fromkeys(filter(None, (study.facility or "", *source_labels(study.sources))))) or "imaging",
            is_serious=is_ruptured or study.finding is ImagingFinding.RUPTURE_SUSPECTED,
            is_undated="happened_on" in study.unknown,
        )


def _graded(session: Session, patient_id: int) -> Iterator[EventFact]:
    """A grade belongs to who examined and to the day; another grade of another day is another event."""
    rows = session.execute(
        select(Examination.examined_on, Examination.examined_by, ExaminationSide.side, ExaminationSide.baker)
        .join(ExaminationSide, ExaminationSide.examination_id == Examination.id)
        .where(Examination.patient_id == patient_id, ExaminationSide.baker.is_not(None))
    )
    for on, by, side, baker in rows:
        assert baker is not None
        words = f"{baker.label}, by {by}" if by else f"{baker.label}, examiner not recorded"
        when = PartialDate.of(on) if on else None
        is_serious = baker in (Baker.III, Baker.IV)
        yield EventFact(side, EventKind.CONTRACTURE, when, words, by or "", is_serious=is_serious)


def _found_at_surgery(session: Session, patient_id: int, operated: list[EventFact]) -> Iterator[EventFact]:
    """A rupture that the case tells; not once more where the removal of that day tells it already."""
    told = {(each.side, each.on) for each in operated if each.kind is EventKind.RUPTURE}
    rows = session.execute(
        select(RevisionCase.surgery_on, CaseIndication.side, CaseIndication.indication)
        .join(CaseIndication, CaseIndication.case_id == RevisionCase.id)
        .where(
            RevisionCase.patient_id == patient_id,
            CaseIndication.layer == IndicationLayer.FOUND,
            CaseIndication.indication.in_(_RUPTURES_FOUND),
        )
    )
    for on, side, indication in rows:
        when = PartialDate.of(on) if on and on <= today(session) else None
        if when is None or (side, when) not in told:
            words = f"{indication.label[:1].lower()}{indication.label[1:]}, found at surgery"
            yield EventFact(side, EventKind.RUPTURE, when, words, "our own record", is_serious=True)


def _matrices(session: Session, patient_id: int, history: History) -> Iterator[EventFact]:
    dates = {row.id: row.happened_on for row in history.operations}
    for matrix in session.scalars(select(Matrix).where(Matrix.patient_id == patient_id)):
        name = " ".join(filter(None, (matrix.manufacturer, matrix.product)))
        what = (matrix.kind.label if matrix.kind else "Matrix or mesh").lower()
        source = ", ".join(dict.fromkeys(source_labels(matrix.sources)))
        words = ": ".join(filter(None, (f"{what} put in", name)))
        put_in_on = dates.get(matrix.operation_id)
        yield EventFact(matrix.side, EventKind.MATRIX, put_in_on, words, source, matrix.operation_id)
        if matrix.removed_on is not None:
            words = ": ".join(filter(None, (f"{what} taken out", name)))
            yield EventFact(matrix.side, EventKind.MATRIX, matrix.removed_on, words, source, matrix.operation_id)
