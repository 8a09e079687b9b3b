"""What is asked about a revision case."""

from desktop.forms.case_field import CodesField, IndicationsField
from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    NoteField,
    Section,
    SegmentField,
    TextField,
)
from desktop.models.indication import CaseCode
from desktop.models.revision import CaseIndication, RevisionCase
from desktop.rules.permission import Verb
from desktop.rules.revision import check_case

CASE_FORM = Form(
    RevisionCase,
    "Assessment",
    Verb.VIEW_CASE,
    Verb.EDIT_CASE,
    (
        Section(
            "Why the patient came",
            (
                NoteField(RevisionCase.own_words, "In the patient's own words", lines=2),
                IndicationsField(
                    RevisionCase.indications,
                    "Indications, most important first",
                    one="Indication",
                    columns=(
                        SegmentField(CaseIndication.side, "Side"),
                        ChoiceField(CaseIndication.indication, "Indication"),
                        ChoiceField(CaseIndication.layer, "Who says so", required=True),
                    ),
                    beneath=(TextField(CaseIndication.note, "Remark"),),
                ),
            ),
        ),
        Section(
            "Diagnosis codes",
            (
                CodesField(
                    RevisionCase.codes,
                    "Codes, the first one first",
                    one="Code",
                    columns=(
                        SegmentField(CaseCode.side, "Side"),
                        TextField(CaseCode.code, "Code"),
                        TextField(CaseCode.text, "Diagnosis"),
                    ),
                ),
            ),
        ),
        Section(
            "The day",
            (
                DateField(RevisionCase.surgery_on, "Surgery on"),
                NoteField(RevisionCase.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_case,
)
