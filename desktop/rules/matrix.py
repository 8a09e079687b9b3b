"""What may be said of a matrix or mesh that an operation put in."""

from __future__ import annotations

from decimal import Decimal

from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.device import check_label_days
from desktop.rules.problem import Circumstances, Problem, Values


def check_matrix(values: Values, circumstances: Circumstances) -> list[Problem]:
    """Sources: clinical reference §2.7 (what is recorded), §8 trap 12."""
    problems = check_label_days(values, circumstances.today)
    thickness = values.get("thickness_mm")
    if isinstance(thickness, Decimal) and not 0 < thickness < 100:
        problems.append(Problem("thickness_mm", "Write the thickness in mm, above 0 and below 100."))
    removed_on = values.get("removed_on")
    if isinstance(removed_on, PartialDate) and removed_on.earliest > circumstances.today:
        shown = f"{show_partial_date(removed_on)} is in the future; today is {show_date(circumstances.today)}."
        problems.append(Problem("removed_on", shown))
    if not any(values.get(name) is not None for name in ("kind", "product", "manufacturer", "catalogue_no", "udi_raw")):
        problems.append(Problem("kind", "Say what it is: its kind, product, maker or label; or that it is unknown."))
    return problems
