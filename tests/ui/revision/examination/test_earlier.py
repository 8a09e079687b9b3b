"""What an earlier visit found is said beside the field, with whatever keeps it from being compared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.forms.examination import EXAMINATION_FORM
from desktop.models.choices import Baker, BakerScale, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.trend import Change
from desktop.services.examination import Visit
from desktop.ui.revision.examination.earlier import earlier_words

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("practice")


def visit(on: dt.date, **found: Any) -> Visit:
    values = EXAMINATION_FORM.empty() | {name.replace("__", "."): value for name, value in found.items()}
    return Visit(1, 1, on, "Dr. A. Marchetti", None, None, None, values)


def words(name: str, *before: Visit, changes: tuple[Change, ...] = (), until: dt.date = TODAY) -> str:
    return earlier_words(EXAMINATION_FORM.field(name), before, changes, until)


def test_that_the_newest_visit_that_tells_it_is_said_with_its_day() -> None:
    newest, oldest = visit(dt.date(2026, 11, 19)), visit(dt.date(2026, 5, 2), left__base_width_mm=125)
    assert words("left.base_width_mm", newest, oldest) == "2 May: 12.5"
    assert words("right.base_width_mm", newest, oldest) == ""
    assert words("left.base_width_mm") == ""


def test_that_another_year_is_written_out() -> None:
    assert words("right.baker", visit(dt.date(2025, 2, 3), right__baker=Baker.II)) == "3 Feb 2025: Baker II"


def test_that_a_level_keeps_its_sign() -> None:
    seen = visit(dt.date(2026, 5, 2), left__nipple_above_fold_mm=15)
    assert words("left.nipple_above_fold_mm", seen) == "2 May: +1.5"


def test_that_another_device_since_is_said_of_its_side_only() -> None:
    seen = visit(dt.date(2025, 2, 3), right__baker=Baker.IV, left__baker=Baker.I)
    changed = (Change(Side.RIGHT, PartialDate(2026, 3)),)
    assert words("right.baker", seen, changes=changed) == "3 Feb 2025, another device: Baker IV"
    assert words("left.baker", seen, changes=changed) == "3 Feb 2025: Baker I"
    assert words("right.baker", seen, changes=changed, until=dt.date(2025, 9, 1)) == "3 Feb 2025: Baker IV"


def test_that_remarks_the_day_and_the_scale_are_not_repeated() -> None:
    seen = visit(
        dt.date(2026, 5, 2), note="seen", right__note="seen", right__baker_scale=BakerScale.BAKER, examined_by="X"
    )
    for name in ("note", "right.note", "right.baker_scale", "examined_on", "examined_by", "marks"):
        assert words(name, seen) == "", name
