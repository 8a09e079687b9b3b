"""What is asked about a product that the practice adds to its catalogue."""

from typing import Any

from desktop.forms.form import ChoiceField, Form, NumberField, Section, TextField
from desktop.models.base import Attribute
from desktop.models.catalogue import CatalogueProduct
from desktop.rules.catalogue_file import DIMENSION_MM, VOLUME_ML
from desktop.rules.catalogue_product import check_product
from desktop.rules.permission import Verb


def _volume(attribute: Attribute[Any], label: str) -> NumberField:
    """Source of the range: clinical reference §2.2, volume plausibility."""
    return NumberField(attribute, label, unit="mL", lowest=VOLUME_ML[0], highest=VOLUME_ML[1])


def _dimension(attribute: Attribute[Any], label: str) -> NumberField:
    return NumberField(attribute, label, unit="mm", lowest=DIMENSION_MM[0], highest=DIMENSION_MM[1])


CATALOGUE_FORM = Form(
    CatalogueProduct,
    "Product",
    Verb.VIEW_PATIENT,
    Verb.EDIT_CATALOGUE,
    (
        Section(
            "What it is called",
            (
                (
                    TextField(CatalogueProduct.manufacturer, "Manufacturer"),
                    TextField(CatalogueProduct.line, "Line, or name of the matrix"),
                ),
                (
                    TextField(CatalogueProduct.style, "Style"),
                    TextField(CatalogueProduct.catalogue_no, "Catalogue number"),
                ),
                (
                    TextField(
                        CatalogueProduct.udi_di,
                        "Product number of the label (UDI-DI)",
                        hint="the same on every piece; a scan compares it",
                    ),
                    TextField(CatalogueProduct.note, "Remark"),
                ),
            ),
        ),
        Section(
            "What it is",
            (
                (
                    ChoiceField(CatalogueProduct.device_class, "Kind of device"),
                    ChoiceField(CatalogueProduct.matrix_kind, "Matrix or mesh", hint="only for a matrix or a mesh"),
                ),
                (
                    ChoiceField(CatalogueProduct.fill, "Fill"),
                    TextField(CatalogueProduct.gel, "Gel", hint="the maker's own name"),
                ),
                (
                    _volume(CatalogueProduct.volume_ml, "Volume"),
                    _volume(CatalogueProduct.fill_least_ml, "Filled with at least"),
                    _volume(CatalogueProduct.fill_most_ml, "Filled with at most"),
                ),
                (
                    ChoiceField(CatalogueProduct.shape, "Shape"),
                    ChoiceField(CatalogueProduct.port, "Port"),
                ),
                (
                    TextField(CatalogueProduct.surface_name, "Surface, as the maker calls it"),
                    ChoiceField(CatalogueProduct.surface, "Class of surface", hint="only as the maker states it"),
                    ChoiceField(CatalogueProduct.surface_edition, "Stated by"),
                ),
                (
                    TextField(CatalogueProduct.profile_name, "Profile, as the maker calls it"),
                    ChoiceField(CatalogueProduct.profile, "Profile"),
                ),
                (
                    _dimension(CatalogueProduct.diameter_mm, "Diameter"),
                    _dimension(CatalogueProduct.width_mm, "Width"),
                    _dimension(CatalogueProduct.height_mm, "Height"),
                    _dimension(CatalogueProduct.projection_mm, "Projection"),
                ),
            ),
        ),
    ),
    check=check_product,
)
