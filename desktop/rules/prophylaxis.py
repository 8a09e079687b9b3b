"""What may be written of prophylaxis: it is recorded as ordered, and nothing is proposed."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.models.choices import ProphylaxisKind
from desktop.rules.anesthesia import check_drug
from desktop.rules.anesthesia_tables import ANTIBIOTICS
from desktop.rules.patient import rows_of
from desktop.rules.problem import Problem, Values
from desktop.rules.rows import Row, check_rows

LIST = "prophylaxis"
_OF_A_DRUG = ("drug", "dose", "unit")


def check_prophylaxis(values: Values) -> list[Problem]:
    """A dose is a number with its unit of a drug; "none, on purpose" stands alone.

    Sources: clinical reference §4.13 (names and units), §8 trap 3 (mg and mcg), trap 25 (nothing is filled in).
    """
    rows = rows_of(values.get(LIST))
    if len(rows) > 1 and any(row.get("kind") is ProphylaxisKind.NONE for row in rows):
        none = ProphylaxisKind.NONE.label
        return [Problem(LIST, f"“{none}” cannot stand beside something that is given. Remove one of them.")]
    return check_rows(values, LIST, "Prophylaxis", lambda row: list(_about(row)))


def _about(row: Row) -> Iterator[Problem]:
    kind, drug, dose, unit = (row.get(name) for name in ("kind", *_OF_A_DRUG))
    given = [name for name in _OF_A_DRUG if row.get(name) is not None]
    if kind is ProphylaxisKind.NONE and (given or row.get("given_when")):
        yield Problem(LIST, f"“{ProphylaxisKind.NONE.label}” has no drug, dose or time. Remove them.")
        return
    if kind is ProphylaxisKind.THROMBOSIS_DEVICE and given:
        yield Problem(LIST, "stockings and pumps are no drug. Choose another kind, or remove the drug.")
        return
    if drug is None and (dose is not None or unit is not None):
        yield Problem(LIST, "the dose belongs to no drug. Choose the drug, or write it as the remark.")
    if dose is not None and unit is None:
        yield Problem(LIST, "the dose needs its unit.")
    if unit is not None and dose is None:
        yield Problem(LIST, f"{unit.label} of what? Write the dose.")
    if kind is ProphylaxisKind.OTHER and drug is None and not row.get("note"):
        yield Problem(LIST, "say in the remark what it is.")
    if kind is ProphylaxisKind.ANTIBIOTIC and drug is not None and drug not in ANTIBIOTICS:
        yield Problem(LIST, f"{drug.label} is not among the antibiotics. Is the kind right?", is_question=True)
    yield from check_drug(row)
