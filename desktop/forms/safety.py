"""What is kept of one phase of the safety checklist; it is answered item by item on its own screen."""

from desktop.forms.form import ChoiceField, Form, ListField, NoteField, NumberField, Section, SegmentField, TextField
from desktop.models.safety import SafetyAnswer, SafetyPhase
from desktop.rules.permission import Verb
from desktop.rules.safety import check_phase

SAFETY_FORM = Form(
    SafetyPhase,
    "Safety checklist",
    Verb.VIEW_CASE,
    Verb.RUN_CHECKLIST,
    (
        Section(
            "The phase",
            (
                (
                    ChoiceField(SafetyPhase.moment, "Phase"),
                    NumberField(SafetyPhase.round_no, "Round"),
                    ChoiceField(SafetyPhase.again_because, "Why again"),
                ),
                NoteField(SafetyPhase.present, "Who is present", lines=2),
                NoteField(SafetyPhase.note, "Remarks", lines=2),
            ),
        ),
        Section(
            "Answers",
            (
                ListField(
                    SafetyPhase.answers,
                    "Items",
                    one="Item",
                    columns=(
                        SegmentField(SafetyAnswer.side, "Side"),
                        ChoiceField(SafetyAnswer.item, "Item"),
                        SegmentField(SafetyAnswer.reply, "Answer"),
                        TextField(SafetyAnswer.comment, "Comment"),
                        NoteField(SafetyAnswer.read_aloud, "Read aloud"),
                        TextField(SafetyAnswer.answered_by, "Answered by"),
                    ),
                ),
            ),
        ),
    ),
    check=check_phase,
)
