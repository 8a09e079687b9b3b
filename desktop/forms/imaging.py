"""What is asked about an imaging study of one side."""

from desktop.forms.form import ChoiceField, Form, NoteField, PartialDateField, Section, SegmentField, TextField
from desktop.models.imaging import ImagingStudy
from desktop.rules.imaging import check_imaging
from desktop.rules.permission import Verb

IMAGING_FORM = Form(
    ImagingStudy,
    "Imaging",
    Verb.VIEW_CASE,
    Verb.EDIT_HISTORY,
    (
        Section(
            "The study",
            (
                SegmentField(ImagingStudy.side, "Side", hint="a study of both sides is recorded once for each"),
                (
                    ChoiceField(ImagingStudy.kind, "Kind"),
                    PartialDateField(
                        ImagingStudy.happened_on, "When", past=True, hint="as precise as known: 2019, Apr 2019"
                    ),
                ),
                (
                    ChoiceField(ImagingStudy.finding, "What the report says", past=True),
                    TextField(ImagingStudy.facility, "Where", past=True),
                ),
                NoteField(ImagingStudy.note, "Remarks", lines=3),
            ),
        ),
    ),
    check=check_imaging,
)
