"""Tell where a swelling may be a late seroma, and keep what is documented of its work-up, one for each side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged
from desktop.forms.seroma_work_up import SEROMA_WORK_UP_FORM
from desktop.models.choices import UNKNOWN, Indication, Side, Surface, YesNo
from desktop.models.indication import IndicationFinding, SeromaWorkUp
from desktop.models.partial_date import PartialDate
from desktop.models.revision import RevisionCase
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.indication import needs_prior_implant
from desktop.rules.late_seroma import LateSeroma, Onset, judge_seroma
from desktop.rules.patient import rows_of
from desktop.rules.permission import Verb
from desktop.rules.side import answer_at
from desktop.services.context import require, today
from desktop.services.operation import DeviceInSide, History, read_history
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, open_record, save_record, snapshot_of

_SEROMA = frozenset({Indication.SEROMA_EARLY, Indication.SEROMA_LATE})
_TEXTURED = frozenset(Surface) - {Surface.SMOOTH}


@dataclass(frozen=True)
class Seroma:
    """A swelling that is a late seroma or may be one. `textured` says of both sides what is known of the surfaces."""

    late: LateSeroma
    work_up: Snapshot
    textured: tuple[tuple[Side, str], ...]


def open_work_up(session: Session, case_id: int, side: Side) -> Snapshot:
    """What is documented for that side; nothing yet where nobody wrote anything."""
    require(session, Verb.VIEW_CASE)
    return _work_up(session, case_id, side) or open_record(session, SEROMA_WORK_UP_FORM, None)


def save_work_up(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int, side: Side
) -> Snapshot:
    require(session, Verb.EDIT_CASE)
    require_hers(session, get_record(session, RevisionCase, case_id).patient_id, patient_id)
    stored = _work_up(session, case_id, side)
    if stored is not None and stored.id != opened.id:
        raise RecordChanged(stored)
    belongs = {"patient_id": patient_id, "case_id": case_id, "side": side}
    return save_record(session, SEROMA_WORK_UP_FORM, opened, values, belongs)


def read_seromas(
    session: Session, patient_id: int, case_id: int, case: Mapping[str, Any], examination: Snapshot | None
) -> Mapping[Side, Seroma]:
    """The sides whose swelling is late, or cannot be said not to be.

    `case` holds the answers of the case, `examination` is its newest.
    """
    require(session, Verb.VIEW_CASE)
    swollen = [side for side in Side if _swelling_words(case, examination, side)]
    if not swollen:
        return {}
    history = read_history(session, patient_id)
    found = {}
    for side in swollen:
        work_up = open_work_up(session, case_id, side)
        onset = _onset(session, case, examination, work_up, side)
        implants = (device.occupation for device in history.chain(side))
        late = judge_seroma(
            side,
            onset,
            implants,
            today(session),
            implant_expected=_expects_implant(case, side),
            is_named_late=any(row["indication"] is Indication.SEROMA_LATE for row in _seroma_rows(case, side)),
        )
        if late is not None and late.opens_work_up:
            found[side] = Seroma(late, work_up, tuple(_surfaces(history)))
    return found


def _work_up(session: Session, case_id: int, side: Side) -> Snapshot | None:
    stored = select(SeromaWorkUp).where(SeromaWorkUp.case_id == case_id, SeromaWorkUp.side == side)
    row = session.scalars(stored).one_or_none()
    return None if row is None else snapshot_of(SEROMA_WORK_UP_FORM, row)


def _seroma_rows(case: Mapping[str, Any], side: Side) -> list[Mapping[str, Any]]:
    """The reasons that say so, in any layer: hers, the surgeon's, or what was found at surgery."""
    rows = rows_of(case.get("indications"))
    return [row for row in rows if row.get("side") is side and row.get("indication") in _SEROMA]


def _swelling_words(case: Mapping[str, Any], examination: Snapshot | None, side: Side) -> str:
    if rows := _seroma_rows(case, side):
        return f"indication {rows[0]['indication'].label.lower()}"
    if examination is not None and answer_at(examination.values, side, "swelling") is YesNo.YES:
        return "examination"
    return ""


def _onset(
    session: Session, case: Mapping[str, Any], examination: Snapshot | None, work_up: Snapshot, side: Side
) -> Onset:
    """Since when, from what says it best: the finding, the work-up, else the day on which it was examined."""
    ids = [row["id"] for row in _seroma_rows(case, side) if row.get("id") is not None]
    noticed = select(IndicationFinding.noticed_on).where(
        IndicationFinding.indication_id.in_(ids), IndicationFinding.noticed_on.is_not(None)
    )
    found = [date for date in session.scalars(noticed) if date is not None] if ids else []
    if found:
        return Onset(min(found, key=lambda date: date.earliest), "findings of the indication")
    if work_up.values.get("onset_on") is not None:
        return Onset(work_up.values["onset_on"], "work-up")
    told_by = _swelling_words(case, examination, side)
    examined = examination.values.get("examined_on") if examination else None
    if examined is not None:
        return Onset(PartialDate.of(examined), f"{told_by}; seen at the examination on {show_date(examined)}")
    return Onset(None, told_by)


def _expects_implant(case: Mapping[str, Any], side: Side) -> bool:
    rows = rows_of(case.get("indications"))
    named = [row["indication"] for row in rows if row.get("side") is side and row.get("indication")]
    return any(needs_prior_implant(indication) for indication in named)


def _surfaces(history: History) -> Iterator[tuple[Side, str]]:
    """A textured implant in any side and any year counts, and what is not known is not said to be smooth."""
    for side in Side:
        chain = history.chain(side)
        textured = [_device_words(each) for each in chain if each.facts.get("surface") in _TEXTURED]
        unknown = [_device_words(each) for each in chain if each.facts.get("surface") in (None, UNKNOWN)]
        said = [f"textured: {', '.join(textured)}"] if textured else []
        said += [f"surface not known: {', '.join(unknown)}"] if unknown else []
        yield side, "; ".join(said) or ("no textured implant recorded" if chain else "no implant recorded")


def _device_words(device: DeviceInSide) -> str:
    surface = device.facts.get("surface")
    named = f"{device.title}, {surface.label.lower()}" if isinstance(surface, Surface) else device.title
    since = device.occupation.since
    return f"{named} ({show_partial_date(since)})" if since else named
