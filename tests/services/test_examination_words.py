"""A visit on paper: both sides beside each other, and nothing said of what was not measured."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from desktop.documents.record import TableBlock
from desktop.forms.examination import EXAMINATION_FORM
from desktop.services.examination_words import measured_table, visit_pairs

NOTHING = EXAMINATION_FORM.empty()


def test_that_only_what_was_measured_is_printed_and_missing_is_not_zero() -> None:
    assert measured_table(NOTHING) is None
    found = {"right.base_width_mm": 125, "left.base_width_mm": 130, "left.nipple_above_fold_mm": -20}
    assert measured_table(NOTHING | found) == TableBlock(
        ("Measured", "RIGHT", "LEFT", "RIGHT − LEFT"),
        (
            ("Nipple level at the fold", "not measured", "2.0 cm below the fold", ""),
            ("Base width", "12.5 cm", "13.0 cm", "−0.5 cm"),
        ),
    )


def test_that_who_examined_and_what_is_asked_once_is_printed_where_it_was_answered() -> None:
    assert visit_pairs(NOTHING) == (("Examined", ""),)
    found = {
        "examined_on": dt.date(2026, 11, 19),
        "examined_by": "Dr. A. Marchetti",
        "weight_kg": Decimal("62.5"),
        "fold_difference_mm": 12,
    }
    assert visit_pairs(NOTHING | found) == (
        ("Examined", "19 Nov 2026, Dr. A. Marchetti"),
        ("Weight", "62.5 kg"),
        ("Fold height, R−L", "1.2 cm higher on the RIGHT"),
    )


def test_that_what_was_signed_before_there_were_measurements_prints_without_them() -> None:
    assert measured_table({"right.baker": None}) is None
    assert visit_pairs({"examined_on": None, "examined_by": None}) == (("Examined", ""),)
