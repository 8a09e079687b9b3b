"""What is asked when somebody else is asked for records."""

from desktop.forms.form import DateField, Field, Form, NoteField, Section, SegmentField, TextField
from desktop.models.records_request import RecordsRequest
from desktop.rules.permission import Verb
from desktop.rules.records_request import check_request


class FactsField(Field[list[str]]):
    """Facts of both sides and of the operation, by the names of `rules/missing_records.py`."""

    def show_known(self, value: list[str]) -> str:
        return f"{len(value)} facts"


RECORDS_REQUEST_FORM = Form(
    RecordsRequest,
    "Request for records",
    Verb.CHASE_RECORDS,
    Verb.CHASE_RECORDS,
    (
        Section(
            "Whom to ask",
            (
                SegmentField(RecordsRequest.recipient_kind, "Kind"),
                (
                    TextField(RecordsRequest.recipient_name, "Name"),
                    TextField(RecordsRequest.recipient_contact, "Hospital, department or person"),
                ),
                NoteField(RecordsRequest.recipient_address, "Address", lines=3),
                (
                    DateField(RecordsRequest.due_on, "Answer wanted by", required=True),
                    TextField(RecordsRequest.note, "Remark of our own", hint="not printed on the letters"),
                ),
            ),
        ),
        Section("What to ask for", (FactsField(RecordsRequest.asked_for, "What to ask for"),)),
    ),
    check=check_request,
)
