"""What is asked about a drain that an operation left in."""

from desktop.forms.form import ChoiceField, DateField, Form, NoteField, NumberField, Section, SegmentField, TextField
from desktop.models.drain import Drain
from desktop.rules.drain import check_drain
from desktop.rules.permission import Verb

DRAIN_FORM = Form(
    Drain,
    "Drain",
    Verb.VIEW_CASE,
    Verb.EDIT_HISTORY,
    (
        Section(
            "The drain",
            (
                SegmentField(Drain.side, "Side"),
                (
                    ChoiceField(Drain.kind, "Kind", past=True),
                    NumberField(Drain.size_french, "Size", unit="French", lowest=1, highest=99, past=True),
                    TextField(Drain.exit_site, "Where it leaves the skin", past=True),
                ),
                DateField(Drain.removed_on, "Taken out on", past=True, hint="empty while it is in place"),
                NoteField(Drain.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_drain,
)
