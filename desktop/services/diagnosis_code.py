"""Read the diagnosis codes of the office, take in a newer list whole or not at all, and check the codes of a case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.errors import Rejected, UserError
from desktop.forms.answers import unconfirmed
from desktop.models.indication import DiagnosisCode
from desktop.models.revision import RevisionCase
from desktop.paths import resource
from desktop.rules.diagnosis_code import Code, CodeTable, UnreadableCodes, check_codes, normal_code, parse_codes
from desktop.rules.patient import rows_of
from desktop.rules.permission import Verb
from desktop.services.audit import write_audit
from desktop.services.context import require, today


def read_codes(session: Session) -> CodeTable:
    """The list that came with Reprise, with the office's own codes in and over it."""
    require(session, Verb.VIEW_PATIENT)
    return _codes(session)


def import_codes(session: Session, file: str | bytes) -> CodeTable:
    """Use the codes of this file from now on, in the place of those that were imported before.

    A file with a single fault changes nothing. Codes that were chosen for a case stay as they were chosen.
    """
    require(session, Verb.EDIT_PRACTICE)
    try:
        offered = parse_codes(file if isinstance(file, str) else file.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError("The list was not imported: this file is no text. Choose a text file in UTF-8.") from None
    except UnreadableCodes as error:
        raise UserError(f"The list was not imported, and the one in use stays. {error}") from error
    before = _codes(session).edition
    session.execute(delete(DiagnosisCode))
    rows = [
        DiagnosisCode(
            code=each.code,
            text=each.text,
            edition=each.edition,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
        )
        for each in offered.codes
    ]
    session.add_all(rows)
    session.flush()
    write_audit(
        session, Verb.EDIT_PRACTICE, rows[0], {"edition": [before, offered.edition], "codes": [None, len(rows)]}
    )
    return _codes(session)


def use_shipped_codes(session: Session) -> CodeTable:
    """The list that came with Reprise, after another one was imported."""
    require(session, Verb.EDIT_PRACTICE)
    first = session.scalars(select(DiagnosisCode).order_by(DiagnosisCode.id).limit(1)).one_or_none()
    if first is not None:
        write_audit(session, Verb.EDIT_PRACTICE, first, {"edition": [first.edition, _shipped().edition]})
        session.execute(delete(DiagnosisCode))
    return _codes(session)


def codes_of_case(session: Session, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers with every code spelled as the list does; `Rejected` where one cannot stand or is asked about."""
    rows = rows_of(values.get("codes"))
    if not rows:
        return values
    problems = check_codes(rows, _codes(session), values.get("surgery_on") or today(session))
    if open_ones := unconfirmed(problems, values):
        raise Rejected(open_ones)
    return {**values, "codes": tuple({**row, "code": normal_code(row["code"])} for row in rows)}


def date_codes(session: Session, case: RevisionCase) -> None:
    """Keep with each new code by which edition and when it was chosen."""
    table = _codes(session) if any(row.edition is None for row in case.codes) else None
    for row in case.codes:
        if table is not None and row.edition is None:
            known = table.find(row.code)
            row.edition = known.edition if known else table.edition
            row.coded_on = today(session)


def _codes(session: Session) -> CodeTable:
    shipped = _shipped()
    own = [
        Code(row.code, row.text, row.edition, valid_from=row.valid_from, valid_to=row.valid_to)
        for row in session.scalars(select(DiagnosisCode).order_by(DiagnosisCode.id))
    ]
    return shipped.with_own(own)


@lru_cache(maxsize=1)
def _shipped() -> CodeTable:
    return parse_codes(resource("rules", "icd10cm.toml").read_text(encoding="utf-8"))
