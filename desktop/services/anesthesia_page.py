"""Print the anesthesia note as it stands: before, during, after, and what was added later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.record import RecordPage, SectionBlock, TableBlock, render_record
from desktop.errors import UserError
from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.form import Field, ListField, MomentField, NumberField, Section
from desktop.models.anesthesia import AnesthesiaNote
from desktop.models.practice import Practice
from desktop.models.revision import RevisionCase
from desktop.rules.anesthesia_sums import aldrete_total, local_anesthetic_given, show_ml
from desktop.rules.anesthesia_tables import ALDRETE_CRITERION, ALDRETE_VERSION
from desktop.rules.dates import show_date, show_time
from desktop.rules.numbers import show_decimal
from desktop.rules.permission import Verb
from desktop.services.anesthesia import NoteFile, open_note
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.patient import read_header
from desktop.services.record import get_record


def print_anesthesia_note(session: Session, case_id: int) -> bytes:
    """The saved note as PDF; printing is audited. A note that was never saved is refused in words."""
    require(session, Verb.VIEW_ANESTHESIA)
    file = open_note(session, case_id)
    if file.note.id is None:
        raise UserError("There is nothing to print yet: save the note first.")
    case = get_record(session, RevisionCase, case_id)
    header = read_header(session, case.patient_id)
    practice = session.scalars(select(Practice)).one()
    note = get_record(session, AnesthesiaNote, file.note.id)
    write_audit(session, Verb.VIEW_ANESTHESIA, note, {"printed": [None, True]})
    return render_record(
        RecordPage(
            title=ANESTHESIA_FORM.title,
            practice=PracticeLines(
                name=practice.name,
                address_lines=tuple((practice.address or "").splitlines()),
                phone=practice.phone,
                after_hours_phone=practice.after_hours_phone,
                emergency_number=practice.emergency_number,
                paper_size=practice.paper_size,
            ),
            patient=PatientLines(header.full_name, header.birth_date, header.record_number),
            sections=note_sections(file),
            printed_at=now(session).astimezone(),
            signed_line=_signed_line(file),
            alerts=tuple(alert.text for alert in header.alerts),
            version=f"version {file.note.version}",
            is_demo=practice.is_demo,
        )
    )


def note_sections(file: NoteFile) -> tuple[SectionBlock, ...]:
    """The answers in the order of the form, rows as tables, then the totals and the addenda."""
    values = file.note.values
    blocks: list[SectionBlock] = []
    for section in ANESTHESIA_FORM.sections:
        if not isinstance(section, Section):
            continue
        tables = [field for field in section.fields if isinstance(field, ListField)]
        pairs = tuple((f.label, _shown(f, values)) for f in section.fields if not isinstance(f, ListField))
        if pairs:
            blocks.append(SectionBlock(section.title, pairs=pairs))
        blocks += [SectionBlock(field.label, table=_table(field, values)) for field in tables]
    blocks.append(SectionBlock("Added up", pairs=_sums(values)))
    if file.addenda:
        rows = tuple((_moment(line.added_at), line.author, line.reason, line.text) for line in file.addenda)
        blocks.append(SectionBlock("Addenda", table=TableBlock(("Added", "By", "Why", "What"), rows)))
    return tuple(blocks)


def _signed_line(file: NoteFile) -> str | None:
    if file.signed_at is None:
        return None
    return f"{file.signed_by}, {_moment(file.signed_at)}"


def _moment(at: dt.datetime) -> str:
    return f"{show_date(at.astimezone().date())} {show_time(at)}"


def _table(field: ListField, values: Mapping[str, Any]) -> TableBlock:
    day = values.get("performed_on")
    rows = tuple(tuple(_cell(column, row, day) for column in field.columns) for row in values.get(field.name) or ())
    return TableBlock(tuple(_heading(column) for column in field.columns), rows)


def _heading(column: Field[Any]) -> str:
    unit = getattr(column, "unit", "")
    return f"{column.label} {unit}".strip()


def _cell(column: Field[Any], row: Mapping[str, Any], day: Any) -> str:
    value = row.get(column.name)
    if value is None:
        return "–"
    if isinstance(column, MomentField):
        return column.show_on(value, day)
    if isinstance(column, NumberField):
        return str(value)
    return show_decimal(value) if hasattr(value, "as_tuple") else column.show(value)


def _shown(field: Field[Any], values: Mapping[str, Any]) -> str:
    value = values.get(field.name)
    if isinstance(field, MomentField) and value is not None:
        return field.show_on(value, values.get(field.day_field))
    return field.show(value)


def _sums(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    score = aldrete_total([values[name] for name in values if name.startswith("aldrete_")])
    total = "not complete: {0.lowest} to {0.highest} of 10" if score.total is None else "{0.total} of 10"
    pairs = [(f"Recovery score ({ALDRETE_VERSION}, compared with {ALDRETE_CRITERION})", total.format(score))]
    for each in local_anesthetic_given(values.get("drugs") or ()):
        mg = f"{show_decimal(each.mg)} mg" if each.mg is not None else f"mg: cannot calculate, {each.missing}"
        ml = show_ml(each.ml) if each.ml is not None else f"mL: cannot calculate, {each.missing}"
        pairs.append((f"{each.drug.label}, both sides together", f"{mg} · {ml}"))
    return tuple(pairs)
