"""What is told about the findings of one indication of the demo practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.demo.answers import Table, read_answers, read_choice
from desktop.demo.days import read_moment
from desktop.forms.indication import indication_form
from desktop.models.choices import Indication, Side
from desktop.services.indication import open_finding, read_finding_page, save_finding
from desktop.services.revision import open_case

WRITTEN = dt.time(9, 40)
"""After the examination."""


@dataclass(frozen=True)
class FindingStory:
    """`study` counts the patient's imaging studies of this side, the newest first, from 1."""

    written_at: dt.datetime
    side: Side
    indication: Indication
    study: int | None
    answers: Mapping[str, Any]


def tell_finding(table: Table, case_on: str, today: dt.date) -> FindingStory:
    own = {name: told for name, told in table.items() if name not in ("on", "side", "indication", "study")}
    indication = read_choice(Indication, table["indication"])
    return FindingStory(
        written_at=read_moment(table.get("on", case_on), today, WRITTEN),
        side=read_choice(Side, table["side"]),
        indication=indication,
        study=table.get("study"),
        answers=read_answers(indication_form(indication), own, today),
    )


def write_finding(session: Session, patient_id: int, case_id: int, finding: FindingStory) -> None:
    """Of the first row of the case that names this indication of this side; ValueError where none does."""
    rows = open_case(session, case_id).values["indications"]
    of_row = (row["id"] for row in rows if (row["side"], row["indication"]) == (finding.side, finding.indication))
    indication_id = next(of_row, None)
    if indication_id is None:
        raise ValueError(f"findings of {finding.indication.label} are told, and the case does not name it")
    answers = dict(finding.answers)
    if finding.study is not None:
        studies = read_finding_page(session, patient_id, indication_id).studies
        if not 1 <= finding.study <= len(studies):
            raise ValueError(f"findings of {finding.indication.label} rest on study {finding.study} of that side")
        answers["imaging_id"] = studies[finding.study - 1].id
    opened = open_finding(session, indication_id)
    save_finding(session, opened, dict(opened.values) | answers, patient_id, indication_id)
