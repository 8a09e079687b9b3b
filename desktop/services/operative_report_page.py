"""Put an operative report on paper: what was signed as it was signed, or what is written now as a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.record import Pair, RecordPage, SectionBlock, TableBlock, render_record
from desktop.forms.device import DEVICE_FORM
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.form import Form
from desktop.forms.kept_answers import thaw_answer
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.operative_report import REPORT_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import Indication, IndicationLayer, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.patient import patient_alerts
from desktop.rules.permission import Verb
from desktop.rules.side import field_at
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.operative_report import content_now
from desktop.services.plan_page import signed_line
from desktop.services.practice import is_demo
from desktop.services.record import load_form, snapshot_of

_OF_DEVICE = ("manufacturer", "line", "style", "catalogue_no", "volume_ml", "filled_ml", "fill", "shape", "surface")
_OF_LABEL = ("serial", "lot", "expires_on", "udi_di")
_OF_REMOVAL = ("condition", "capsule", "capsulectomy", "fluid", "fluid_ml", "specimens", "note")
_OF_MATRIX = ("kind", "product", "manufacturer", "position", "serial", "lot", "expires_on")
_OF_DRAIN = ("kind", "size_french", "exit_site", "note")
Content = Mapping[str, Any]
"""What is signed, as plain data: codes, numbers, ISO dates."""


def operative_report_page(session: Session, report_id: int) -> bytes:
    """The page of one version of a report as PDF; looking at it is audited."""
    require(session, Verb.VIEW_CASE)
    report = load_form(session, REPORT_FORM, report_id)
    text = report.signed_content if report.signed_at else content_now(session, report)
    patient = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, report.patient_id)).values
    write_audit(session, "print_operative_report", report)
    return render_record(
        RecordPage(
            title="Operative report",
            practice=read_practice_lines(session),
            patient=read_patient_lines(session, report.patient_id),
            sections=tuple(_sections(json.loads(text), is_signed=report.signed_at is not None)),
            printed_at=now(session).astimezone(),
            signed_line=signed_line(report.signed_by, report.signed_at, report.signed_hash)
            if report.signed_at
            else None,
            alerts=tuple(alert.text for alert in patient_alerts(patient)),
            version=str(report.report_version),
            is_demo=is_demo(session),
        )
    )


def _sections(content: Content, *, is_signed: bool) -> Iterable[SectionBlock]:
    answers, operation = content["answers"], content["operation"]
    yield SectionBlock("The operation", _operation(content))
    yield SectionBlock("Suspected and found", table=_found(content["found"]))
    yield SectionBlock("Planned and performed", table=_compared(content["compared"]))
    yield SectionBlock(
        "What was found and done", right_pairs=_notes(answers, Side.RIGHT), left_pairs=_notes(answers, Side.LEFT)
    )
    yield _by_side("Put in", operation["devices"], DEVICE_FORM, (*_OF_DEVICE, *_OF_LABEL), "no device")
    yield _by_side("Taken out", operation["removals"], REMOVAL_FORM, _OF_REMOVAL, "nothing recorded")
    for title, rows, form, names in (
        ("Matrix or mesh", operation["matrices"], MATRIX_FORM, _OF_MATRIX),
        ("Drains", operation["drains"], DRAIN_FORM, _OF_DRAIN),
    ):
        if rows:
            yield SectionBlock(title, table=_rows(rows, form, names))
    if answers.get("note"):
        yield SectionBlock("Remarks", (("Remarks", answers["note"]),))
    points = tuple((text, detail) for text, detail in content["open_points"])
    title = "Known and open when it was signed" if is_signed else "Open before signing"
    yield SectionBlock(title, points or (("Nothing", "was open" if is_signed else "is open"),))


def _operation(content: Content) -> tuple[Pair, ...]:
    answers, operation = content["answers"], content["operation"]["answers"]
    on, plan = operation.get("happened_on"), content["plan"]
    names = ("assistant", "anesthesia_kind", "minutes_taken", "blood_loss_ml", "counts_right")
    return (
        ("Day", show_partial_date(PartialDate.from_iso(on)) if isinstance(on, str) else None),
        ("Surgeon", operation.get("surgeon") if isinstance(operation.get("surgeon"), str) else None),
        *((REPORT_FORM.field(name).label, _shown(REPORT_FORM, name, answers.get(name))) for name in names),
        ("Plan", f"version {plan['version']}, signed"),
        *((("Amended because", content["amends"]),) if content.get("amends") else ()),
    )


def _found(lines: Iterable[Any]) -> TableBlock:
    rows = []
    for side, indication, suspected_by, is_found, verdict in lines:
        by = ", ".join(IndicationLayer.from_code(code).label for code in suspected_by)
        found = "yes" if is_found else "not recorded"
        rows.append((_side(side), Indication.from_code(indication).label, by or "nobody", found, verdict or "–"))
    return TableBlock(("Side", "Indication", "Suspected by", "Found", "Together"), tuple(rows))


def _compared(lines: Iterable[Any]) -> TableBlock:
    rows = tuple(
        (_side(side), what, planned or "–", performed, ": ".join(filter(None, (difference, why))) or "–")
        for side, what, planned, performed, difference, why in lines
    )
    return TableBlock(("Side", "What", "Planned", "Performed", "Difference, and why"), rows)


def _notes(answers: Content, side: Side) -> tuple[Pair, ...]:
    told = {name: answers.get(field_at(side, name)) for name in ("note", "differs_because")}
    labels = {name: REPORT_FORM.field(field_at(side, name)).label for name in told}
    return tuple((labels[name], text) for name, text in told.items() if text or name == "note")


def _by_side(title: str, of: Content, form: Form, names: tuple[str, ...], nothing: str) -> SectionBlock:
    """Both columns name the same questions, so that RIGHT and LEFT stay beside each other."""
    asked = [name for name in names if any(answers.get(name) not in (None, []) for answers in of.values())]
    columns = []
    for side in Side:
        answers = of.get(side.value)
        pairs = [(form.field(name).label, _shown(form, name, answers.get(name))) for name in asked] if answers else []
        columns.append(tuple(pairs) or ((title, nothing),))
    return SectionBlock(title, right_pairs=columns[0], left_pairs=columns[1])


def _rows(rows: Iterable[Content], form: Form, names: tuple[str, ...]) -> TableBlock:
    told = tuple((_side(row["side"]), *(_shown(form, name, row.get(name)) for name in names)) for row in rows)
    return TableBlock(("Side", *(form.field(name).label for name in names)), told)


def _shown(form: Form, name: str, plain: Any) -> str:
    field = form.field(name)
    return field.show(thaw_answer(field, plain))


def _side(code: str) -> str:
    return Side.from_code(code).label
