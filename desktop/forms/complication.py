"""What is asked about a complication: what it was, how it was treated, and the grade that follows from that."""

from desktop.forms.form import (
    ChoiceField,
    Form,
    NoteField,
    PartialDateField,
    Section,
    SegmentField,
    TextField,
)
from desktop.forms.link_field import LinkField
from desktop.models.complication import Complication
from desktop.rules.complication import SUFFIX, check_complication
from desktop.rules.permission import Verb

COMPLICATION_FORM = Form(
    Complication,
    "Complication",
    Verb.VIEW_CASE,
    Verb.EDIT_COMPLICATION,
    (
        Section(
            "What happened",
            (
                (
                    ChoiceField(Complication.kind, "Complication"),
                    SegmentField(Complication.side, "Side", hint="empty: of no side"),
                ),
                (
                    PartialDateField(Complication.onset_on, "Began"),
                    PartialDateField(Complication.resolved_on, "Resolved"),
                ),
                (
                    LinkField(Complication.operation_id, "After the operation"),
                    LinkField(Complication.device_id, "Of the device"),
                ),
            ),
        ),
        Section(
            "How it was treated",
            (
                TextField(Complication.treatment, "Treatment, in words"),
                (
                    ChoiceField(Complication.anesthetic, "Anesthetic of the treatment"),
                    SegmentField(Complication.no_anesthetic, "Treated without anesthetic"),
                ),
            ),
        ),
        Section(
            "Grade, Clavien-Dindo 2004",
            (
                SegmentField(Complication.grade, "Grade by the treatment"),
                SegmentField(Complication.has_disability, "Suffix d", hint=SUFFIX),
                NoteField(Complication.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_complication,
)
