"""The safety checklist of a case as it is shown: every phase, what is read aloud in it, and what of it is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.models.choices import SafetyAgain, SafetyItem, SafetyMoment, SafetyReply, Side
from desktop.models.revision import RevisionCase
from desktop.models.safety import SafetyAnswer, SafetyPhase
from desktop.rules.safety import BEFORE, GOES_ON, Line, SecondSide, lines_of, missing_in, second_side
from desktop.rules.safety_device import Said
from desktop.rules.safety_reading import SafetyFacts, as_text, read_aloud
from desktop.services.safety_facts import read_facts, sides_begun

CHANGED_SINCE = Said("This has changed since it was read aloud. Read it again.", "danger")


@dataclass(frozen=True)
class PhaseKey:
    moment: SafetyMoment
    round_no: int = 1


@dataclass(frozen=True)
class AnsweredLine:
    """`said` is what is read aloud now; of a signed phase, what was read then."""

    line: Line
    reply: SafetyReply | None
    comment: str
    said: tuple[Said, ...]
    answered_by: str

    @property
    def text(self) -> str:
        """What is read aloud, without the remark that it has changed."""
        return as_text(tuple(each for each in self.said if each is not CHANGED_SINCE))

    @property
    def has_changed(self) -> bool:
        return CHANGED_SINCE in self.said


@dataclass(frozen=True)
class Phase:
    """`id` is None while nobody answered anything in it. `waits_for` comes first and is not finished."""

    key: PhaseKey
    id: int | None
    version: int | None
    again_because: SafetyAgain | None
    present: str
    note: str
    lines: tuple[AnsweredLine, ...]
    missing: tuple[str, ...]
    signed_by: str | None
    signed_at: dt.datetime | None
    waits_for: SafetyMoment | None = None

    @property
    def is_finished(self) -> bool:
        return self.signed_at is not None

    @property
    def answered(self) -> int:
        return sum(line.reply is not None for line in self.lines)

    @property
    def sides(self) -> tuple[Side, ...]:
        named = {line.line.side for line in self.lines}
        return tuple(side for side in Side if side in named)


@dataclass(frozen=True)
class SafetyFile:
    """Every phase in the order of the day, and what is said about the second side."""

    patient: str
    """Name and birth date, as they are read aloud."""
    phases: tuple[Phase, ...]
    sides: frozenset[Side]
    second_side: SecondSide | None
    is_open: bool

    def phase(self, key: PhaseKey) -> Phase:
        return next(phase for phase in self.phases if phase.key == key)


def file_of(session: Session, case: RevisionCase, known: SafetyFacts | None = None) -> SafetyFile:
    """`known` is what the records hold, where it has been read already."""
    facts = known or read_facts(session, case)
    stored = {PhaseKey(each.moment, each.round_no): each for each in stored_phases(session, case.id)}
    again = sorted((key for key in stored if key.moment is SafetyMoment.TIME_OUT_AGAIN), key=lambda key: key.round_no)
    once = {moment: PhaseKey(moment) for moment in (SafetyMoment.SIGN_IN, SafetyMoment.TIME_OUT, SafetyMoment.SIGN_OUT)}
    order = (once[SafetyMoment.SIGN_IN], once[SafetyMoment.TIME_OUT], *again, once[SafetyMoment.SIGN_OUT])
    finished = {key.moment for key, phase in stored.items() if phase.signed_at is not None}
    phases = tuple(_waiting(_phase(key, stored.get(key), facts), finished) for key in order)
    stopped = {
        side
        for phase in phases
        if phase.again_because is SafetyAgain.SECOND_SIDE and phase.is_finished
        for side in phase.sides
    }
    second = second_side(facts.sides, sides_begun(session, case, facts), stopped)
    return SafetyFile(
        as_text(read_aloud(Line(SafetyItem.IDENTITY), facts)), phases, facts.sides, second, case.closed_on is None
    )


def _waiting(phase: Phase, finished: set[SafetyMoment]) -> Phase:
    before = BEFORE.get(phase.key.moment)
    return phase if before is None or before in finished or phase.is_finished else replace(phase, waits_for=before)


def _phase(key: PhaseKey, stored: SafetyPhase | None, facts: SafetyFacts) -> Phase:
    rows = {Line(row.item, row.side): row for row in stored.answers} if stored else {}
    is_signed = stored is not None and stored.signed_at is not None
    wanted = tuple(rows) if is_signed else lines_asked(stored, facts, key.moment)
    lines = tuple(_answered(line, rows.get(line), facts, is_signed=is_signed) for line in wanted)
    present = (stored.present if stored else None) or ""
    missing = () if is_signed else missing_in(wanted, {each.line: each.reply for each in lines}, present)
    return Phase(
        key=key,
        id=stored.id if stored else None,
        version=stored.version if stored else None,
        again_because=stored.again_because if stored else None,
        present=present,
        note=(stored.note if stored else None) or "",
        lines=lines,
        missing=tuple(missing),
        signed_by=stored.signed_by if stored else None,
        signed_at=stored.signed_at if stored else None,
    )


def _answered(line: Line, row: SafetyAnswer | None, facts: SafetyFacts, *, is_signed: bool) -> AnsweredLine:
    kept = (row.read_aloud if row else None) or ""
    now = read_aloud(line, facts)
    if is_signed:
        said = tuple(Said(text) for text in kept.splitlines())
    elif row is not None and row.reply is not None and line.item not in GOES_ON and kept != as_text(now):
        said = (*now, CHANGED_SINCE)
    else:
        said = now
    return AnsweredLine(
        line,
        row.reply if row else None,
        (row.comment if row else None) or "",
        said,
        (row.answered_by if row else None) or "",
    )


def lines_asked(stored: SafetyPhase | None, facts: SafetyFacts, moment: SafetyMoment | None = None) -> tuple[Line, ...]:
    """What is asked in this phase now; a time-out that was called again keeps what it was called for."""
    if stored is not None and stored.moment is SafetyMoment.TIME_OUT_AGAIN:
        return tuple(Line(row.item, row.side) for row in stored.answers)
    which = stored.moment if stored is not None else moment
    return lines_of(which, facts.sides) if which is not None else ()


def stored_phases(session: Session, case_id: int) -> list[SafetyPhase]:
    of_case = select(SafetyPhase).where(SafetyPhase.case_id == case_id).order_by(SafetyPhase.id)
    return list(session.scalars(of_case.options(selectinload(SafetyPhase.answers))))
