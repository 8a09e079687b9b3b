"""Put the devices of both breasts over time on paper."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.documents.timeline import PrintedLane, PrintedMark, PrintedSpell, TimelinePage, render_timeline
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Side
from desktop.models.patient import Patient
from desktop.rules.lane_span import Span
from desktop.rules.patient import patient_alerts
from desktop.rules.permission import Verb
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.practice import is_demo
from desktop.services.record import get_record, load_form, snapshot_of
from desktop.services.timeline import Timeline, in_place_words, read_timeline
from desktop.services.timeline_fact import SpellFact


def print_timeline(session: Session, patient_id: int) -> bytes:
    """Both lanes and every fact as PDF; printing is audited."""
    require(session, Verb.VIEW_CASE)
    timeline = read_timeline(session, patient_id)
    patient = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, patient_id)).values
    write_audit(session, "print_timeline", get_record(session, Patient, patient_id))
    return render_timeline(
        TimelinePage(
            practice=read_practice_lines(session),
            patient=read_patient_lines(session, patient_id),
            right=_lane(timeline, Side.RIGHT),
            left=_lane(timeline, Side.LEFT),
            rows=tuple(
                (str(r.number), r.side.label, r.what, r.since, r.until, r.how_long, r.plane, r.source)
                for r in timeline.rows
            ),
            as_of=timeline.as_of,
            printed_at=now(session).astimezone(),
            alerts=tuple(alert.text for alert in patient_alerts(patient)),
            is_demo=is_demo(session),
        )
    )


def _lane(timeline: Timeline, side: Side) -> PrintedLane:
    facts, today = timeline.of(side), timeline.as_of
    return PrintedLane(
        in_place=in_place_words(timeline.history, side, today),
        spells=tuple(_spell(each) for each in facts.spells),
        marks=tuple(
            PrintedMark(each.number, Span.known(each.on, today) if each.on else None, each.is_serious)
            for each in facts.events
        ),
        gaps=tuple(
            (Span.known(each.since, today), Span.known(each.until, today) if each.until else None)
            for each in facts.gaps
        ),
    )


def _spell(fact: SpellFact) -> PrintedSpell:
    plane = fact.plane.label if fact.plane else ""
    title = fact.device.title
    volume = f"{fact.device.volume_ml:,} mL" if fact.device.volume_ml else ""
    labels = (" · ".join(filter(None, (title, plane, fact.age))), title, title.partition(" · ")[0], volume)
    return PrintedSpell(
        number=fact.number,
        labels=tuple(dict.fromkeys(filter(None, labels))),
        start=fact.drawn.start,
        works_until=fact.drawn.works_until,
        lies_until=fact.drawn.lies_until,
        is_functionless=fact.device.occupation.is_functionless,
    )
