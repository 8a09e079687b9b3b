"""Answer the safety checklist item by item, stop again, and finish a phase under a person's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desktop.errors import RecordChanged, SignedIsFrozen, UserError
from desktop.forms.safety import SAFETY_FORM
from desktop.models.choices import SafetyAgain, SafetyMoment, SafetyReply, Side
from desktop.models.revision import RevisionCase
from desktop.models.safety import SafetyAnswer, SafetyPhase
from desktop.rules.permission import Verb
from desktop.rules.reading import clean_line
from desktop.rules.safety import Line, lines_of, missing_words, skipped_words
from desktop.rules.safety_reading import as_text, read_aloud
from desktop.services.audit import write_audit
from desktop.services.context import require
from desktop.services.patient import require_hers
from desktop.services.record import check_values, get_record, snapshot_of
from desktop.services.safety_facts import read_facts
from desktop.services.safety_file import PhaseKey, SafetyFile, file_of, lines_asked, stored_phases
from desktop.services.signing import sign

_READ_ANEW = "Not answered: what is to be read has just changed. Read it again, then answer."


def read_safety(session: Session, patient_id: int, case_id: int) -> SafetyFile:
    require(session, Verb.VIEW_CASE)
    case = get_record(session, RevisionCase, case_id)
    require_hers(session, case.patient_id, patient_id)
    return file_of(session, case)


def answer_item(
    session: Session,
    case_id: int,
    key: PhaseKey,
    line: Line,
    reply: SafetyReply | None,
    comment: str = "",
    seen: str = "",
) -> SafetyFile:
    """Keep one answer together with what was read aloud for it; None takes the answer back.

    `seen` is what stood on the screen: an answer to something else than the records hold now is refused.
    """
    actor = require(session, Verb.RUN_CHECKLIST)
    case = _open_case(session, case_id)
    facts = read_facts(session, case)
    phase = _begin(session, case, key)
    said = as_text(read_aloud(line, facts))
    if line not in lines_asked(phase, facts, key.moment):
        raise UserError("Not answered: this item is not asked any more, for the plan changed. Read the list again.")
    if reply is not None and said != seen:
        raise UserError(_READ_ANEW)
    answer = next((row for row in phase.answers if Line(row.item, row.side) == line), None)
    if answer is None:
        answer = SafetyAnswer(item=line.item, side=line.side)
        phase.answers.append(answer)
    before = {"reply": answer.reply, "comment": answer.comment}
    answer.reply, answer.comment = reply, clean_line(comment) or None
    answer.read_aloud = (said or None) if reply is not None else None
    answer.answered_by = actor.name if reply is not None else None
    order = lines_of(key.moment, frozenset(Side), phase.again_because)
    phase.answers.sort(key=lambda row: _place(order, row))
    for position, row in enumerate(phase.answers):
        row.position = position
    after = {"reply": answer.reply, "comment": answer.comment}
    _write(session, phase, {f"{line.title} {name}": [before[name], after[name]] for name in after})
    return file_of(session, case, facts)


def name_present(session: Session, case_id: int, key: PhaseKey, present: str) -> SafetyFile:
    """Who stands at the table in this phase, in words."""
    require(session, Verb.RUN_CHECKLIST)
    case = _open_case(session, case_id)
    phase = _begin(session, case, key)
    before, phase.present = phase.present, present.strip() or None
    if before != phase.present:
        _write(session, phase, {"present": [before, phase.present]})
    return file_of(session, case)


def call_again(session: Session, case_id: int, because: SafetyAgain, side: Side | None = None) -> SafetyFile:
    """Stop once more, as often as needed; before the second side it is said which side that is."""
    require(session, Verb.RUN_CHECKLIST)
    case = _open_case(session, case_id)
    planned = read_facts(session, case).sides
    if because is SafetyAgain.SECOND_SIDE and side is None:
        raise UserError("No time-out was called: say whether RIGHT or LEFT is the second side.")
    if side is not None and side not in planned:
        raise UserError(f"No time-out was called: the plan does not operate on {side.label}. Say the other side.")
    earlier = [phase for phase in stored_phases(session, case_id) if phase.moment is SafetyMoment.TIME_OUT_AGAIN]
    if unfinished := [phase for phase in earlier if phase.signed_at is None]:
        raise UserError(f"Time-out again, round {unfinished[0].round_no}, is not finished. Finish that one first.")
    phase = _new(session, case, PhaseKey(SafetyMoment.TIME_OUT_AGAIN, len(earlier) + 1), because)
    sides = frozenset({side}) if side is not None else planned
    phase.answers = [
        SafetyAnswer(position=position, item=line.item, side=line.side)
        for position, line in enumerate(lines_of(phase.moment, sides, because))
    ]
    _write(session, phase, {"again_because": [None, because], "side": [None, side]})
    return file_of(session, case)


def finish_phase(session: Session, case_id: int, key: PhaseKey, version: int, reason: str = "") -> SafetyFile:
    """Freeze a phase in which everything is answered; `reason` is why the phase before it is not finished."""
    actor = require(session, Verb.RUN_CHECKLIST)
    case = _open_case(session, case_id)
    phase = _find(session, case_id, key)
    if phase is None or phase.version != version:
        raise RecordChanged
    if phase.signed_at is not None:
        raise SignedIsFrozen
    shown = file_of(session, case).phase(key)
    if shown.missing:
        raise UserError(f"Not finished. {missing_words(shown.missing)}")
    if changed := [each.line.title for each in shown.lines if each.has_changed]:
        raise UserError(f"Not finished: what was read aloud has changed since. Answer again: {'; '.join(changed)}.")
    if shown.waits_for is not None:
        why = clean_line(reason)
        if not why:
            raise UserError(f"Not finished: {skipped_words(shown.waits_for)} Write why this phase comes first.")
        phase.note = "\n".join(filter(None, (phase.note, f"{skipped_words(shown.waits_for)} {why}")))
        session.flush()
    content = {
        "form": SAFETY_FORM.name,
        "patient_id": case.patient_id,
        "answers": dict(snapshot_of(SAFETY_FORM, phase).values),
    }
    sign(session, phase, content, actor)
    write_audit(session, Verb.RUN_CHECKLIST, phase, {"signed_hash": [None, phase.signed_hash]})
    return file_of(session, case)


def _place(order: tuple[Line, ...], row: SafetyAnswer) -> tuple[int, int]:
    items = [line.item for line in order]
    return items.index(row.item), list(Side).index(row.side) if row.side else -1


def _write(session: Session, phase: SafetyPhase, changes: Mapping[str, Any]) -> None:
    """One line of the audit, not the whole list; the phase counts a new version all the same."""
    check_values(session, SAFETY_FORM, snapshot_of(SAFETY_FORM, phase).values)
    if phase.id is not None:
        flag_modified(phase, "moment")
    session.flush()
    write_audit(
        session, Verb.RUN_CHECKLIST, phase, {name: each for name, each in changes.items() if each[0] != each[1]}
    )
    session.flush()


def _begin(session: Session, case: RevisionCase, key: PhaseKey) -> SafetyPhase:
    phase = _find(session, case.id, key)
    if phase is not None and phase.signed_at is not None:
        raise UserError("This phase is finished and stays as it is. Call a time-out again where one is needed.")
    if phase is not None:
        return phase
    if key.moment is SafetyMoment.TIME_OUT_AGAIN:
        raise RecordChanged
    return _new(session, case, key)


def _new(session: Session, case: RevisionCase, key: PhaseKey, because: SafetyAgain | None = None) -> SafetyPhase:
    phase = SafetyPhase(
        patient_id=case.patient_id,
        case_id=case.id,
        moment=key.moment,
        round_no=key.round_no,
        again_because=because,
    )
    phase.answers = []
    session.add(phase)
    return phase


def _find(session: Session, case_id: int, key: PhaseKey) -> SafetyPhase | None:
    return next(
        (p for p in stored_phases(session, case_id) if (p.moment, p.round_no) == (key.moment, key.round_no)), None
    )


def _open_case(session: Session, case_id: int) -> RevisionCase:
    case = get_record(session, RevisionCase, case_id)
    if case.closed_on is not None:
        raise UserError("Nothing was changed: this case is closed. Open it again to go on with its checklist.")
    return case
