"""What is asked about an operation in the past and the device it put into each side."""

from desktop.forms.form import (
    ChoiceField,
    Form,
    NoteField,
    NumberField,
    PartialDateField,
    Section,
    SidesSection,
    StatementField,
    TextField,
    VolumeField,
)
from desktop.models.device import Device, DeviceSpell
from desktop.models.operation import Operation, OperationSide
from desktop.rules.permission import Verb
from desktop.rules.spell import check_operation

OPERATION_FORM = Form(
    Operation,
    "Operation",
    Verb.VIEW_CASE,
    Verb.EDIT_HISTORY,
    (
        Section(
            "The operation",
            (
                (
                    ChoiceField(Operation.kind, "Kind"),
                    PartialDateField(
                        Operation.happened_on,
                        "When",
                        past=True,
                        hint="as precise as known: 2009, Apr 2009 or 17 Apr 2009",
                    ),
                ),
                (
                    TextField(Operation.surgeon, "Surgeon", past=True),
                    TextField(Operation.facility, "Hospital or clinic", past=True),
                ),
                (
                    ChoiceField(Operation.source, "Who or what says so"),
                    StatementField(Operation.was_elsewhere, "Done elsewhere"),
                ),
                NoteField(Operation.note, "Remarks", lines=2),
            ),
        ),
        SidesSection(
            "What was done",
            (
                ChoiceField(OperationSide.event, "Device", required=True),
                (
                    TextField(Device.manufacturer, "Manufacturer", past=True),
                    TextField(Device.line, "Line", past=True),
                ),
                (
                    TextField(Device.style, "Style", past=True),
                    VolumeField(Device.volume_ml, "Volume", past=True),
                ),
                (ChoiceField(Device.fill, "Fill", past=True), ChoiceField(Device.shape, "Shape", past=True)),
                (ChoiceField(Device.surface, "Surface", past=True), ChoiceField(Device.profile, "Profile", past=True)),
                (
                    ChoiceField(DeviceSpell.plane, "Plane", past=True),
                    ChoiceField(OperationSide.incision, "Incision", past=True),
                ),
                (
                    NumberField(
                        OperationSide.incision_mm, "Incision length", unit="mm", lowest=1, highest=999, past=True
                    ),
                    TextField(OperationSide.incision_detail, "Which pattern or scar", past=True),
                ),
                (TextField(Device.serial, "Serial number", past=True), TextField(Device.lot, "Lot", past=True)),
            ),
        ),
    ),
    check=check_operation,
)

DEVICE_FIELDS = ("manufacturer", "line", "style", "volume_ml", "fill", "shape", "surface", "profile", "serial", "lot")
"""Which of a side's answers describe the device itself."""
