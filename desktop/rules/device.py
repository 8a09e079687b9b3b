"""What may be said of one device: its volumes, sizes, surface and label, beside each other."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from desktop.models.choices import DeviceClass, Fill, Port, Shape, Surface, SurfaceEdition
from desktop.rules.dates import show_date
from desktop.rules.device_identifier import read_identifier
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.reading import Unreadable
from desktop.rules.spell import POSSIBLE_VOLUME_ML, check_volume

LEAST_ML, MOST_ML = 0, POSSIBLE_VOLUME_ML[1]
"""What a device can hold; an expander may go in empty. Source: clinical reference §2.2, registry fields §4.1."""

FILLED_BY_MAKER: Final = frozenset({Fill.SILICONE_GEL, Fill.SILICONE_GEL_DUAL, Fill.LIGHTWEIGHT_GEL})
WITHOUT_GEL: Final = frozenset({Fill.SALINE_FIXED, Fill.SALINE_ADJUSTABLE, Fill.SALINE_STRUCTURED, Fill.SOYA_OIL})
FILLED_LATER: Final = frozenset({Fill.SALINE_ADJUSTABLE, Fill.DOUBLE_LUMEN_GEL_INNER, Fill.DOUBLE_LUMEN_SALINE_INNER})
GRADED: Final = frozenset({Surface.SMOOTH, Surface.MICROTEXTURED, Surface.MACROTEXTURED})
"""The classes of ISO 14607; the others are words of their own. Source: clinical reference §2.3."""

FILL_RANGE: Final = ("fill_least_ml", "fill_most_ml", "filled_ml")
_NOT_OF_A_PORT: Final = (
    "volume_ml", "fill", *FILL_RANGE, "gel", "shape", "profile", "profile_name", "projection_mm",
)  # fmt: skip


def device_title(manufacturer: str | None, line: str | None, volume_ml: int | None, unnamed: str) -> str:
    """`Mentor MemoryGel · 325 mL`, as far as it is known; `unnamed` where neither maker nor line is."""
    name = " ".join(filter(None, (manufacturer, line))) or unnamed
    return name if volume_ml is None else f"{name} · {volume_ml:,} mL"


def check_device(values: Values, circumstances: Circumstances) -> list[Problem]:
    """What is wrong or unlikely in the description of one device that was put in.

    No class is ever computed from a name. Sources: clinical reference §2.2, §2.3, §2.8.1, §8 traps 12 and 19.
    """
    return [
        *_check_class(values),
        *check_volume("volume_ml", values.get("volume_ml")),
        *_check_filling(values),
        *_check_surface(values),
        *_check_sizes(values),
        *_check_label(values, circumstances.today),
    ]


def _check_class(values: Values) -> list[Problem]:
    kind, port = values.get("device_class"), values.get("port")
    if kind is DeviceClass.SIZER:
        message = "A sizer is tried during the operation and never stays, so it was not put in. Choose what stayed."
        return [Problem("device_class", message)]
    if kind is DeviceClass.PORT:
        problems = [
            Problem(name, "A port has none: remove this.") for name in _NOT_OF_A_PORT if values.get(name) is not None
        ]
        if port in (Port.INTEGRATED_MAGNETIC, Port.INTEGRATED_RFID):
            message = "A port inside an expander is no device of its own. Choose where this one lies."
            problems.append(Problem("port", message))
        return problems
    if isinstance(port, Port) and kind is DeviceClass.IMPLANT and values.get("fill") not in FILLED_LATER:
        message = "An implant with a port can be filled later, and this one is not recorded as adjustable. Is it right?"
        return [Problem("port", message, is_question=True)]
    return []


def _check_filling(values: Values) -> list[Problem]:
    fill = values.get("fill")
    if fill in FILLED_BY_MAKER:
        message = "A gel device is filled by its maker and has no fill range: remove this."
        return [Problem(name, message) for name in FILL_RANGE if values.get(name) is not None]
    problems = []
    if fill in WITHOUT_GEL and values.get("gel") is not None:
        problems.append(Problem("gel", f"{fill.label} holds no gel: remove this."))
    least, most, filled = (values.get(name) for name in FILL_RANGE)
    if _is_less(most, least):
        problems.append(Problem("fill_most_ml", f"The most, {most:,} mL, is below the least, {least:,} mL."))
    elif _is_less(filled, least) or _is_less(most, filled):
        outside = f"below {least:,} mL" if _is_less(filled, least) else f"above {most:,} mL"
        message = f"It was filled with {filled:,} mL, {outside}, which the label allows. Confirm it if it is right."
        problems.append(Problem("filled_ml", message, is_question=True))
    return problems


def _check_surface(values: Values) -> list[Problem]:
    surface, edition = values.get("surface"), values.get("surface_edition")
    if edition is not None and surface is None:
        return [Problem("surface_edition", "An edition grades a class: choose the class too, or remove the edition.")]
    if surface in GRADED and edition is None:
        message = (
            "Editions of ISO 14607 grade differently. Say by which one the maker states this class, or choose "
            f"“{SurfaceEdition.NOT_STATED.label}”; or confirm."
        )
        return [Problem("surface", message, is_question=True)]
    return []


def _check_sizes(values: Values) -> list[Problem]:
    shape, problems = values.get("shape"), []
    if shape is Shape.ANATOMICAL and isinstance(values.get("diameter_mm"), int):
        message = "An anatomical device has a width and a height instead of a diameter. Is it right?"
        problems.append(Problem("diameter_mm", message, is_question=True))
    if shape in (Shape.ROUND, Shape.ERGONOMIC_ROUND):
        for name in ("width_mm", "height_mm"):
            if isinstance(values.get(name), int):
                message = "A round device has a diameter instead of a width and a height. Is it right?"
                problems.append(Problem(name, message, is_question=True))
    return problems


def _check_label(values: Values, today: dt.date) -> list[Problem]:
    problems = check_label_days(values, today)
    number = values.get("udi_di")
    if isinstance(number, str):
        try:
            read_identifier(number)
        except Unreadable as wrong:
            problems.append(Problem("udi_di", f"{wrong} Confirm it only if the label really says so.", True))
    return problems


def check_label_days(values: Values, today: dt.date) -> list[Problem]:
    """The two days on any label: made before it expires, and not in the future."""
    made, expires = values.get("made_on"), values.get("expires_on")
    if isinstance(made, dt.date) and made > today:
        return [Problem("made_on", f"{show_date(made)} is in the future; today is {show_date(today)}.")]
    if isinstance(made, dt.date) and isinstance(expires, dt.date) and expires < made:
        return [Problem("expires_on", f"It expired before it was made on {show_date(made)}. Look at the label again.")]
    return []


def _is_less(one: Any, other: Any) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one < other
