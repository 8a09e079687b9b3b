"""What is measured on a chest: names, definitions, units, ranges, and the difference between RIGHT and LEFT."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.models.choices import Side
from desktop.rules.numbers import CM_PER_INCH, show_cm, show_decimal
from desktop.rules.problem import Problem, Values
from desktop.rules.side import answer_at, field_at


class Unit(enum.Enum):
    """The value is how it is written; lengths are stored in mm and shown in cm."""

    LENGTH = "cm"
    PERCENT = "%"
    VOLUME = "mL"

    def show(self, value: int) -> str:
        """The number alone."""
        return show_cm(value) if self is Unit.LENGTH else f"{value:,}".replace("-", "−")


@dataclass(frozen=True)
class Direction:
    """What the sign of a measurement means: in full, and the one word that is enough when it is typed."""

    plus: str
    minus: str
    zero: str
    plus_word: str
    minus_word: str

    def of(self, value: int) -> str:
        return self.plus if value > 0 else self.minus if value < 0 else self.zero


@dataclass(frozen=True)
class Measurement:
    """`code` is its name in clinical reference §1.2, `name` its column. Outside `lowest` to `highest` a person is
    asked; None: the reference gives no range."""

    code: str
    name: str
    label: str
    definition: str
    unit: Unit = Unit.LENGTH
    lowest: int | None = None
    highest: int | None = None
    direction: Direction | None = None

    @property
    def limit(self) -> int:
        """What lies beyond it on either side was not measured on a chest: ten times the range, as when cm are taken for
        mm; without a range a meter, or 10 liters. Our own bound."""
        return 10 * max(abs(self.lowest or 0), self.highest) if self.highest is not None else _LIMIT[self.unit]

    def show(self, value: int) -> str:
        """`9.5 cm`, `2.0 cm below the fold`."""
        if self.direction is None:
            return f"{self.unit.show(value)} {self.unit.value}"
        length = f"{self.unit.show(abs(value))} {self.unit.value} " if value else ""
        return f"{length}{self.direction.of(value)}"

    def show_number(self, value: int) -> str:
        """`9.5`, and with its sign where that means something: `+1.5`, `−2.0`."""
        return f"{'+' if self.direction and value > 0 else ''}{self.unit.show(value)}"

    def show_range(self) -> str:
        if self.lowest is None or self.highest is None:
            return ""
        joined = " to " if self.lowest < 0 else "–"
        return f"{self.show_number(self.lowest)}{joined}{self.show_number(self.highest)} {self.unit.value}"


_LIMIT: Final = {Unit.LENGTH: 1_000, Unit.PERCENT: 1_000, Unit.VOLUME: 10_000}

FOLD_LEVEL: Final = Direction("above the fold", "below the fold", "at the fold", "above", "below")
FOLD_DIFFERENCE: Final = Direction("higher on the RIGHT", "higher on the LEFT", "equal", "right", "left")

OF_A_SIDE: Final = (
    Measurement("SN_N", "notch_to_nipple_mm", "Notch to nipple", "straight line, standing, arms at side",
                lowest=120, highest=400),
    Measurement("N_IMF_REST", "nipple_to_fold_mm", "Nipple to fold", "along the skin, relaxed",
                lowest=20, highest=200),
    Measurement("N_IMF_STRETCH", "nipple_to_fold_stretched_mm", "Nipple to fold, stretched",
                "along the skin, under maximal stretch", lowest=20, highest=200),
    Measurement("N_IMF_LEVEL", "nipple_above_fold_mm", "Nipple level at the fold", "vertical; + above, − below",
                lowest=-150, highest=100, direction=FOLD_LEVEL),
    Measurement("BASE_WIDTH", "base_width_mm", "Base width", "caliper, medial to lateral edge",
                lowest=80, highest=200),
    Measurement("PINCH_UP", "pinch_upper_mm", "Pinch, upper pole", "caliper, the full fold, not halved",
                lowest=2, highest=80),
    Measurement("PINCH_LOW", "pinch_lower_mm", "Pinch, lower pole", "caliper, the full fold, not halved",
                lowest=2, highest=80),
    Measurement("PINCH_MED", "pinch_medial_mm", "Pinch, medial", "caliper, the full fold, not halved",
                lowest=2, highest=80),
    Measurement("PINCH_LAT", "pinch_lateral_mm", "Pinch, lateral", "caliper, the full fold, not halved",
                lowest=2, highest=80),
    Measurement("APSS", "skin_stretch_mm", "Skin stretch", "areolar skin pulled forward", lowest=0, highest=80),
    Measurement("PCSEF", "envelope_fill_percent", "Envelope fill", "parenchyma to stretched envelope",
                Unit.PERCENT, lowest=0, highest=150),
    Measurement("AREOLA_DIAM", "areola_width_mm", "Areola, across", "diameter", lowest=15, highest=120),
    Measurement("AREOLA_DIAM", "areola_height_mm", "Areola, up and down", "diameter", lowest=15, highest=120),
    Measurement("N_MID", "nipple_to_midline_mm", "Nipple to midline", "straight line", lowest=50, highest=180),
    Measurement("VOL_EST", "volume_estimate_ml", "Volume, estimate", "by eye or 3-D scan", Unit.VOLUME),
)  # fmt: skip
"""Per side. Source: clinical reference §1.2."""

ACROSS: Final = (
    Measurement("INTERMAMM", "between_breasts_mm", "Between the breasts", "medial edges, over the sternum",
                lowest=0, highest=80),
    Measurement("N_N", "nipple_to_nipple_mm", "Nipple to nipple", "straight line", lowest=120, highest=320),
    Measurement("IMF_ASYM", "fold_difference_mm", "Fold height, R−L", "+ RIGHT is higher, − LEFT is higher",
                direction=FOLD_DIFFERENCE),
)  # fmt: skip
"""Once for both. Source: clinical reference §1.2."""

NAMED: Final = {each.name: each for each in (*OF_A_SIDE, *ACROSS)}


def check_measurements(values: Values) -> list[Problem]:
    """What was measured of both sides and across."""
    problems = [
        problem
        for each in OF_A_SIDE
        for side in Side
        if (problem := _problem(each, field_at(side, each.name), answer_at(values, side, each.name)))
    ]
    problems += [problem for each in ACROSS if (problem := _problem(each, each.name, values.get(each.name)))]
    return problems + _shorter_when_stretched(values)


def difference(right: int | None, left: int | None) -> int | None:
    """RIGHT minus LEFT; none while one of the two is missing, because missing is not zero (§8, trap 19)."""
    return None if right is None or left is None else right - left


def show_difference(measurement: Measurement, right: int | None, left: int | None) -> str:
    """`+0.5 cm`, `−25 mL`, `equal`, or nothing while there is none."""
    by = difference(right, left)
    if by is None:
        return ""
    return f"{'+' if by > 0 else '−'}{measurement.unit.show(abs(by))} {measurement.unit.value}" if by else "equal"


def _problem(measurement: Measurement, name: str, value: object) -> Problem | None:
    """Impossible is refused; unlikely is asked, with what it would be had it been typed in the other unit."""
    if not isinstance(value, int):
        return None
    shown = measurement.show(value)
    if value < 0 and measurement.direction is None:
        return Problem(name, f"{shown} cannot be measured: write it without a sign.")
    if abs(value) > measurement.limit:
        how = " Write it in cm, like 9.5, or with its unit, like 95 mm." if measurement.unit is Unit.LENGTH else ""
        return Problem(name, f"{shown} is impossible here.{how}")
    if measurement.lowest is None or measurement.highest is None or _fits(measurement, value):
        return None
    asked = f"{shown} is outside {measurement.show_range()}."
    meant = _meant(measurement, value)
    return Problem(name, f"{asked} {meant or 'Is that right?'}", is_question=True)


def _meant(measurement: Measurement, value: int) -> str:
    """`Did you mean 9.5 cm?` where mm or inches were typed without saying so, and only one of the two can be."""
    if measurement.unit is not Unit.LENGTH:
        return ""
    in_mm, in_inches = round(value / 10), round(value * float(CM_PER_INCH))
    if _fits(measurement, in_mm) is _fits(measurement, in_inches):
        return ""
    if _fits(measurement, in_mm):
        return f"Did you mean {measurement.show(in_mm)}?"
    inches = show_decimal(Decimal(value) / 10)
    return f"Did you mean {inches} in, which is {measurement.show(in_inches)}?"


def _fits(measurement: Measurement, value: int) -> bool:
    return (
        measurement.lowest is not None
        and measurement.highest is not None
        and (measurement.lowest <= value <= measurement.highest)
    )


def _shorter_when_stretched(values: Values) -> list[Problem]:
    stretched = "nipple_to_fold_stretched_mm"
    return [
        Problem(field_at(side, stretched), "This is shorter than the relaxed skin. Is that right?", is_question=True)
        for side in Side
        if (by := difference(answer_at(values, side, stretched), answer_at(values, side, "nipple_to_fold_mm")))
        is not None
        and by < 0
    ]
