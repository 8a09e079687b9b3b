"""Every kind of mark has its own shape, and none crosses to the other side of the chest."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.rules.chest_figure import AREOLA_LINES, BODY_HALF, BREAST_LINES, HALF_WIDTH, HEIGHT, Stroke
from desktop.rules.chest_mark import PLACE_POINTS, REACH, Mark, drawn_points
from desktop.rules.chest_symbol import marks_of_side, strokes_of, symbol, thousandths_of, units_of

WAYS = [way for way in Displacement if way is not Displacement.NONE]


def points(strokes: tuple[Stroke, ...]) -> list[tuple[float, float]]:
    """Every point and every handle: a curve lies within them."""
    return [(part[at], part[at + 1]) for stroke in strokes for part in stroke.path for at in range(0, len(part), 2)]


def test_that_every_kind_has_a_shape_of_its_own_without_its_color() -> None:
    shapes = [tuple((stroke.path, stroke.is_filled, stroke.is_dashed) for stroke in symbol(kind)) for kind in MarkKind]
    assert all(one != other for one, other in itertools.combinations(shapes, 2))


def test_that_every_way_of_a_displacement_has_an_arrow_of_its_own() -> None:
    arrows = [symbol(MarkKind.DISPLACEMENT, way) for way in (None, *WAYS)]
    assert all(one != other for one, other in itertools.combinations(arrows, 2))


@pytest.mark.parametrize("way", WAYS)
def test_that_an_arrow_ends_where_it_points(way: Displacement) -> None:
    (_start, (x, y)) = symbol(MarkKind.DISPLACEMENT, way)[0].path
    assert {Displacement.SUPERIOR: y < 0, Displacement.INFERIOR: y > 0}.get(way, y == 0)
    assert {Displacement.LATERAL: x > 0, Displacement.MEDIAL: x < 0}.get(way, x == 0)


@given(
    kind=st.sampled_from([kind for kind in MarkKind if kind is not MarkKind.DISPLACEMENT]),
    place=st.sampled_from(ChestPlace),
    across=st.integers(*REACH[0]),
    down=st.integers(*REACH[1]),
    length_mm=st.one_of(st.none(), st.integers(1, 400)),
)
def test_that_no_symbol_crosses_the_midline(
    kind: MarkKind, place: ChestPlace, across: int, down: int, length_mm: int | None
) -> None:
    mark = Mark(Side.RIGHT, kind, place, across=across, down=down, length_mm=length_mm)
    [(_mark, at, strokes)] = marks_of_side((mark,), Side.RIGHT)
    assert at == units_of(across, down)
    assert min(x for x, _y in points(strokes)) > 0


@given(st.integers(*REACH[0]), st.integers(*REACH[1]))
def test_that_a_point_goes_to_the_drawing_and_back(across: int, down: int) -> None:
    x, y = thousandths_of(*units_of(across, down))
    assert (round(x), round(y)) == (across, down)


def test_that_a_longer_scar_is_drawn_longer() -> None:
    def width(length_mm: int | None) -> float:
        mark = Mark(Side.LEFT, MarkKind.SCAR, ChestPlace.FOLD, length_mm=length_mm)
        line = points(strokes_of(mark, units_of(*PLACE_POINTS[ChestPlace.FOLD]))[:1])
        return max(x for x, _y in line) - min(x for x, _y in line)

    assert width(20) < width(None) < width(60) < width(200)
    assert width(200) == width(400), "no longer than the breast"


def test_that_what_concerns_the_whole_breast_has_a_ring_round_it() -> None:
    whole = Mark(Side.RIGHT, MarkKind.FIRMNESS, ChestPlace.WHOLE)
    ring = strokes_of(whole, units_of(*drawn_points((whole,))[0]))[0]
    assert max(x for x, _y in points((ring,))) > 130
    assert ring.is_dashed


def test_that_the_figure_lies_within_its_frame() -> None:
    for x, y in points((*BODY_HALF, *BREAST_LINES, *AREOLA_LINES)):
        assert 0 < x < HALF_WIDTH
        assert 0 < y < HEIGHT
