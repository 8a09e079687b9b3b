"""A practice's own templates of plans: kept from a plan, offered for the next one, renamed, replaced, retired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Rejected, UserError
from desktop.forms.kept_answers import Thawed, freeze_answers, thaw_what_can_be
from desktop.forms.plan import PLAN_FORM
from desktop.forms.plan_template import PLAN_TEMPLATE_FORM, template_answers
from desktop.models.choices import Indication
from desktop.models.plan import PlanTemplate
from desktop.models.revision import CaseIndication
from desktop.rules.permission import Verb
from desktop.rules.plan_template import source_words, suits
from desktop.rules.problem import Problem
from desktop.services.audit import write_audit
from desktop.services.context import require, today
from desktop.services.record import Snapshot, get_record, open_record, save_record


@dataclass(frozen=True)
class TemplateRow:
    """One version of a template; `suits_case` says whether it is meant for a reason of the case it is offered for."""

    id: int
    name: str
    template_version: int
    suits: tuple[Indication, ...]
    answer_count: int
    author: str
    made_on: dt.date
    is_retired: bool
    suits_case: bool = False

    @property
    def source(self) -> str:
        return source_words(self.name, self.template_version)


@dataclass(frozen=True)
class TemplateContent:
    """What a template fills in, where that comes from, and a sentence for each answer that could not be used."""

    source: str
    answers: Mapping[str, Any]
    lost: tuple[str, ...]


def list_templates(session: Session) -> tuple[TemplateRow, ...]:
    """Every template in its newest version, in the order of their names; retired ones last."""
    require(session, Verb.VIEW_CASE)
    return tuple(sorted(_newest(session), key=lambda row: (row.is_retired, row.name.casefold())))


def offer_templates(session: Session, case_id: int) -> tuple[TemplateRow, ...]:
    """Those with which a plan can begin: what suits most of the case's indications first."""
    require(session, Verb.VIEW_CASE)
    reasons = session.scalars(select(CaseIndication.indication).where(CaseIndication.case_id == case_id)).all()
    offered = [row for row in _newest(session, reasons) if not row.is_retired]
    return tuple(sorted(offered, key=lambda row: (-suits(row.suits, reasons), row.name.casefold())))


def read_template(session: Session, template_id: int) -> TemplateContent:
    """What of it this edition of the plan's form still knows."""
    require(session, Verb.VIEW_CASE)
    template = get_record(session, PlanTemplate, template_id)
    thawed: Thawed = thaw_what_can_be(PLAN_FORM, template.answers, template.answers)
    return TemplateContent(source_words(template.name, template.template_version), thawed.answers, thawed.lost)


def open_template(session: Session, template_id: int | None) -> Snapshot:
    return open_record(session, PLAN_TEMPLATE_FORM, template_id)


def keep_template(
    session: Session,
    values: Mapping[str, Any],
    plan: Mapping[str, Any],
    with_texts: bool = False,
    replaces_id: int | None = None,
) -> Snapshot:
    """Keep the answers of a plan under a name; as the next version when it `replaces` the template of that number."""
    actor = require(session, Verb.EDIT_TEMPLATES)
    answers = freeze_answers(template_answers(plan, with_texts))
    if not answers:
        raise UserError("Nothing is planned that a template could keep. Plan first, then keep it.")
    replaced = get_record(session, PlanTemplate, replaces_id) if replaces_id is not None else None
    _refuse_taken_name(session, values.get("name"), replaced.name if replaced else None)
    version = 1
    if replaced is not None:
        numbers = select(PlanTemplate.template_version).where(PlanTemplate.name == replaced.name)
        version = max(session.scalars(numbers)) + 1
        _rename_all(session, replaced.name, values["name"])
    belongs = {"answers": answers, "author": actor.name, "made_on": today(session), "template_version": version}
    return save_record(session, PLAN_TEMPLATE_FORM, Snapshot(None, None, {}), values, belongs)


def save_template(session: Session, opened: Snapshot, values: Mapping[str, Any]) -> Snapshot:
    """Another name, or other indications; every version of it goes by the new name."""
    require(session, Verb.EDIT_TEMPLATES)
    if opened.id is None:
        raise UserError("A template is kept from a plan. Open the plan, then press “Keep as a template”.")
    template = get_record(session, PlanTemplate, opened.id)
    before = template.name
    _refuse_taken_name(session, values.get("name"), before)
    saved = save_record(session, PLAN_TEMPLATE_FORM, opened, values)
    if saved.values["name"] != before:
        _rename_all(session, before, saved.values["name"])
    return saved


def retire_template(session: Session, template_id: int, retired: bool = True) -> None:
    """Offered no more, or again; plans that began with it stay as they are."""
    require(session, Verb.EDIT_TEMPLATES)
    template = get_record(session, PlanTemplate, template_id)
    if template.is_retired != retired:
        write_audit(session, Verb.EDIT_TEMPLATES, template, {"is_retired": [template.is_retired, retired]})
        template.is_retired = retired
        session.flush()


def _newest(session: Session, reasons: Any = ()) -> list[TemplateRow]:
    newest: dict[str, PlanTemplate] = {}
    for template in session.scalars(select(PlanTemplate).order_by(PlanTemplate.template_version)):
        newest[template.name] = template
    return [
        TemplateRow(
            id=each.id,
            name=each.name,
            template_version=each.template_version,
            suits=each.suits,
            answer_count=len(each.answers),
            author=each.author,
            made_on=each.made_on,
            is_retired=each.is_retired,
            suits_case=suits(each.suits, reasons) > 0,
        )
        for each in newest.values()
    ]


def _refuse_taken_name(session: Session, name: Any, but: str | None) -> None:
    if not isinstance(name, str):
        return
    wanted = name.strip().casefold()
    taken = {each for each in session.scalars(select(PlanTemplate.name)) if each != but}
    if wanted in {each.strip().casefold() for each in taken}:
        message = f"“{name}” is there already. Choose another name, or make a new version of that one."
        raise Rejected([Problem("name", message)])


def _rename_all(session: Session, before: str, after: str) -> None:
    """A template is known by its name: its versions share it."""
    if before != after:
        for template in session.scalars(select(PlanTemplate).where(PlanTemplate.name == before)):
            template.name = after
        session.flush()
