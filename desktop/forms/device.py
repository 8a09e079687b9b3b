"""Everything that is asked about one device that was put in."""

from desktop.forms.form import ChoiceField, DateField, Form, NumberField, Section, TextField, VolumeField
from desktop.forms.label_field import LabelField
from desktop.models.choices import Side
from desktop.models.device import Device, DeviceSpell
from desktop.rules.device import LEAST_ML, MOST_ML, check_device
from desktop.rules.permission import Verb

MOST_MM = 999
"""Three digits: a length in mm that has more was not measured in mm."""

DEVICE_FORM = Form(
    Device,
    "Device",
    Verb.VIEW_CASE,
    Verb.EDIT_HISTORY,
    (
        Section(
            "What it is",
            (
                (
                    ChoiceField(Device.device_class, "Kind of device", past=True),
                    TextField(Device.manufacturer, "Manufacturer", past=True),
                    TextField(Device.line, "Line", past=True),
                ),
                (
                    TextField(Device.style, "Style", past=True),
                    TextField(Device.catalogue_no, "Catalogue number", past=True),
                    ChoiceField(DeviceSpell.plane, "Plane", past=True),
                ),
            ),
        ),
        Section(
            "Volume and fill",
            (
                (
                    VolumeField(Device.volume_ml, "Volume on the label", past=True),
                    ChoiceField(Device.fill, "Fill", past=True),
                    TextField(Device.gel, "Gel", past=True, hint="as the maker calls it"),
                ),
                (
                    *(
                        NumberField(column, label, unit="mL", lowest=LEAST_ML, highest=MOST_ML, past=True)
                        for column, label in (
                            (Device.fill_least_ml, "To be filled from"),
                            (Device.fill_most_ml, "To be filled to"),
                            (Device.filled_ml, "Filled with"),
                        )
                    ),
                    ChoiceField(Device.port, "Port", past=True),
                ),
            ),
        ),
        Section(
            "Shape, surface and size",
            (
                (
                    ChoiceField(Device.shape, "Shape", past=True),
                    ChoiceField(Device.profile, "Profile", past=True),
                    TextField(Device.profile_name, "Profile, the maker's word", past=True),
                ),
                (
                    ChoiceField(Device.surface, "Surface as the maker classes it", past=True),
                    ChoiceField(Device.surface_edition, "Classed by", past=True),
                    TextField(Device.surface_name, "Surface, the maker's word", past=True),
                ),
                tuple(
                    NumberField(column, label, unit="mm", lowest=1, highest=MOST_MM, past=True)
                    for column, label in (
                        (Device.diameter_mm, "Diameter"),
                        (Device.width_mm, "Width"),
                        (Device.height_mm, "Height"),
                        (Device.projection_mm, "Projection"),
                    )
                ),
            ),
        ),
        Section(
            "Label",
            (
                (
                    TextField(Device.serial, "Serial number", past=True),
                    TextField(Device.lot, "Lot", past=True),
                    DateField(Device.made_on, "Made on", past=True),
                    DateField(Device.expires_on, "Usable through", past=True),
                ),
                (
                    TextField(Device.udi_di, "Device identifier (UDI-DI)", past=True),
                    TextField(Device.distinct_id, "Distinct identification code", past=True),
                ),
                LabelField(Device.udi_raw, "Label as scanned"),
            ),
        ),
    ),
    check=check_device,
)


def draft_key(operation_id: int, side: Side) -> str:
    """How a draft is named that belongs to one side of an operation."""
    return f"{operation_id}:{side.value}"
