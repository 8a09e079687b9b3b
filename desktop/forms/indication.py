"""What is asked about each reason for a revision: exactly what the clinical reference names for it (§1.5).

What an examination measures, what is known of the device and what the patient told about herself is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from desktop.forms.form import Form, NoteField, Section, SegmentField
from desktop.forms.indication_device import OF_DEVICE
from desktop.forms.indication_disease import OF_DISEASE
from desktop.forms.indication_question import Questions
from desktop.forms.indication_wish import OF_WISH
from desktop.models.choices import Indication
from desktop.models.indication import IndicationFinding
from desktop.rules.indication_finding import check_finding
from desktop.rules.permission import Verb

ASKED: Final[Mapping[Indication, Questions]] = {**OF_DEVICE, **OF_WISH, **OF_DISEASE}
HOW_SOON = Section(
    "How soon",
    (
        SegmentField(
            IndicationFinding.tier, "The surgeon's own tier", hint="empty: the tier that goes with the indication"
        ),
        NoteField(IndicationFinding.note, "Remarks", lines=2),
    ),
)


@cache
def indication_form(indication: Indication) -> Form:
    """The form of one indication; all of them are kept in one table and each asks only its own."""
    sections = [Section(title, rows) for title, rows in ASKED[indication].items()]
    return Form(
        IndicationFinding,
        indication.label,
        Verb.VIEW_CASE,
        Verb.EDIT_CASE,
        (*sections, HOW_SOON),
        check=check_finding(indication),
    )
