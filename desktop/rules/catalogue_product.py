"""What may be said of a product that the practice adds to its catalogue, and the entry it becomes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from desktop.models.choices import SurfaceEdition
from desktop.rules.catalogue_entry import OWN, Entry, Kind, kind_of, loose_key
from desktop.rules.catalogue_file import DEVICE_FIELDS
from desktop.rules.device_identifier import read_identifier
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.reading import Unreadable

_SHARED: Final = ("manufacturer", "catalogue_no")
_NOT_OF_A_MATRIX: Final = tuple(name for name in DEVICE_FIELDS if name not in (*_SHARED, "line"))


def check_product(values: Values, circumstances: Circumstances) -> list[Problem]:
    """Its number is one (check digit included), its class of surface names its edition, a matrix is no implant.

    Sources: clinical reference §2.3 (a class is stored as the maker states it, with the edition), §2.8.1.
    """
    problems = [
        Problem(name, "Write it with letters or digits, so that it can be found.")
        for name in ("manufacturer", "line")
        if isinstance(values.get(name), str) and not loose_key(values[name])
    ]
    number = values.get("udi_di")
    if isinstance(number, str):
        try:
            read_identifier(number)
        except Unreadable as error:
            problems.append(Problem("udi_di", str(error)))
    if values.get("surface") is not None and values.get("surface_edition") is None:
        said = SurfaceEdition.NOT_STATED.label
        message = f"Say by which edition the maker states the class, or “{said}”; never conclude it from the name."
        problems.append(Problem("surface_edition", message))
    least, most = values.get("fill_least_ml"), values.get("fill_most_ml")
    if isinstance(least, int) and isinstance(most, int) and most < least:
        problems.append(Problem("fill_most_ml", "The most it may be filled with is below the least."))
    if values.get("matrix_kind") is not None:
        for name in _NOT_OF_A_MATRIX:
            if values.get(name) is not None:
                problems.append(Problem(name, "A matrix or mesh has none: remove this."))
    return problems


def product_entry(product_id: int | None, values: Values) -> Entry:
    """The entry of the catalogue that an own product is."""
    facts: dict[str, Any] = {name: values[name] for name in DEVICE_FIELDS if values.get(name) is not None}
    if number := values.get("udi_di"):
        facts["udi_di"] = read_identifier(number)
    kind = kind_of(facts)
    if matrix_kind := values.get("matrix_kind"):
        kind, facts["product"], facts["kind"] = Kind.MATRIX, facts.pop("line", ""), matrix_kind
    note = values.get("note") or ""
    return Entry(kind, MappingProxyType(facts), OWN, note=note, product_id=product_id)
