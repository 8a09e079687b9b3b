"""What is asked about one line of a case's order list."""

from desktop.forms.form import (
    ChoiceField,
    DateField,
    Form,
    NoteField,
    NumberField,
    Section,
    SegmentField,
    TextField,
    VolumeField,
)
from desktop.models.plan import DeviceOrder
from desktop.rules.permission import Verb
from desktop.rules.plan_device import check_order

DEVICE_ORDER_FORM = Form(
    DeviceOrder,
    "Order",
    Verb.VIEW_CASE,
    Verb.ORDER_DEVICES,
    (
        Section(
            "Where it stands",
            (
                SegmentField(DeviceOrder.state, "State"),
                TextField(DeviceOrder.supplier, "Supplier"),
                (DateField(DeviceOrder.ordered_on, "Ordered on"), DateField(DeviceOrder.arrived_on, "Arrived on")),
            ),
        ),
        Section(
            "Which device",
            (
                (SegmentField(DeviceOrder.side, "Side"), ChoiceField(DeviceOrder.role, "What for")),
                (TextField(DeviceOrder.manufacturer, "Manufacturer"), TextField(DeviceOrder.line, "Line or product")),
                (TextField(DeviceOrder.style, "Style"), TextField(DeviceOrder.catalogue_no, "Catalogue number")),
                (
                    VolumeField(DeviceOrder.volume_ml, "Volume"),
                    NumberField(DeviceOrder.quantity, "How many", lowest=1, highest=20),
                ),
            ),
        ),
        Section(
            "What arrived",
            (
                (TextField(DeviceOrder.lot, "Lot"), TextField(DeviceOrder.serial, "Serial number")),
                DateField(DeviceOrder.expires_on, "Usable through"),
                NoteField(DeviceOrder.note, "Remarks", lines=2),
            ),
        ),
    ),
    check=check_order,
)
