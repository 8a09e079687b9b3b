"""What was found for each indication of a case, in words, as it is signed and printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.record import Pair
from desktop.forms.indication import indication_form
from desktop.models.choices import Side
from desktop.models.indication import IndicationFinding
from desktop.models.revision import CaseIndication
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.record import snapshot_of

_OTHER_SIDE = "no indication of this side"


@dataclass(frozen=True)
class FindingWords:
    """`answers` are the questions that were answered, each with its answer as a person reads it."""

    side: Side
    title: str
    answers: tuple[tuple[str, str], ...]

    def plain(self) -> list[object]:
        """As it is signed."""
        return [self.side.value, self.title, [list(answer) for answer in self.answers]]


def read_finding_words(session: Session, case_id: int) -> tuple[FindingWords, ...]:
    """In the order of the indications; an indication of which nothing is written is left out."""
    require(session, Verb.VIEW_CASE)
    rows = session.execute(
        select(CaseIndication, IndicationFinding)
        .join(IndicationFinding, IndicationFinding.indication_id == CaseIndication.id)
        .where(CaseIndication.case_id == case_id)
        .order_by(CaseIndication.position)
    )
    told = (_words(row, finding) for row, finding in rows)
    return tuple(each for each in told if each.answers)


def from_signed(plain: Iterable[Sequence[object]]) -> tuple[FindingWords, ...]:
    """What `plain` made of it."""
    return tuple(
        FindingWords(Side.from_code(str(side)), str(title), tuple((str(label), str(words)) for label, words in answers))
        for side, title, answers in plain
        if isinstance(answers, list)
    )


def finding_pairs(findings: Sequence[FindingWords], side: Side) -> tuple[Pair, ...]:
    """What is an indication of the other side alone is said to be so, which is not the same as not recorded."""
    here = {
        each.title: "\n".join(f"{label}: {words}" for label, words in each.answers)
        for each in findings
        if each.side is side
    }
    return tuple((title, here.get(title, _OTHER_SIDE)) for title in dict.fromkeys(each.title for each in findings))


def _words(row: CaseIndication, finding: IndicationFinding) -> FindingWords:
    form = indication_form(row.indication)
    values = snapshot_of(form, finding).values
    answers = tuple((field.label, shown) for field in form if (shown := field.show(values.get(field.name))))
    return FindingWords(row.side, f"{row.indication.label} · {row.layer.label.lower()}", answers)
