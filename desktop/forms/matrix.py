"""What is asked about a matrix or mesh that an operation put in."""

from desktop.forms.device import MOST_MM
from desktop.forms.form import (
    ChoiceField,
    DateField,
    DecimalField,
    Form,
    NoteField,
    NumberField,
    PartialDateField,
    Section,
    SegmentField,
    TextField,
)
from desktop.forms.label_field import LabelField
from desktop.models.matrix import Matrix
from desktop.rules.matrix import check_matrix
from desktop.rules.permission import Verb

MATRIX_FORM = Form(
    Matrix,
    "Matrix or mesh",
    Verb.VIEW_CASE,
    Verb.EDIT_HISTORY,
    (
        Section(
            "What went in, and where",
            (
                SegmentField(Matrix.side, "Side"),
                (
                    ChoiceField(Matrix.kind, "Kind", past=True),
                    TextField(Matrix.product, "Product", past=True),
                    TextField(Matrix.manufacturer, "Manufacturer", past=True),
                ),
                (
                    NumberField(Matrix.length_mm, "Length", unit="mm", lowest=1, highest=MOST_MM, past=True),
                    NumberField(Matrix.width_mm, "Width", unit="mm", lowest=1, highest=MOST_MM, past=True),
                    DecimalField(Matrix.thickness_mm, "Thickness", unit="mm", past=True),
                ),
                (
                    ChoiceField(Matrix.position, "Position", past=True),
                    TextField(Matrix.orientation, "Orientation", past=True),
                    PartialDateField(Matrix.removed_on, "Came out", past=True, hint="empty while it is in place"),
                ),
                NoteField(Matrix.note, "Remarks", lines=2),
            ),
        ),
        Section(
            "Label",
            (
                (
                    TextField(Matrix.catalogue_no, "Catalogue number", past=True),
                    TextField(Matrix.serial, "Serial number", past=True),
                    TextField(Matrix.lot, "Lot", past=True),
                ),
                (
                    DateField(Matrix.made_on, "Made on", past=True),
                    DateField(Matrix.expires_on, "Usable through", past=True),
                    TextField(Matrix.udi_di, "Device identifier (UDI-DI)", past=True),
                    TextField(Matrix.distinct_id, "Distinct identification code", past=True),
                ),
                LabelField(Matrix.udi_raw, "Label as scanned"),
            ),
        ),
    ),
    check=check_matrix,
)
