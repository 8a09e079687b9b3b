"""A point has one place and a place one point, alike on both sides; the words say what is drawn, and no more."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.rules.chest_mark import (
    PLACE_POINTS,
    REACH,
    Mark,
    all_words,
    check_marks,
    drawn_points,
    mark_words,
    place_at,
    read_marks,
    side_words,
    within_reach,
)

R, L = Side.RIGHT, Side.LEFT
POINTED = [place for place in ChestPlace if place is not ChestPlace.WHOLE]

marks = st.builds(
    Mark,
    st.sampled_from(Side),
    st.sampled_from(MarkKind),
    st.sampled_from(ChestPlace),
)


def row(mark: Mark) -> dict[str, object]:
    return {
        "id": None,
        "side": mark.side,
        "kind": mark.kind,
        "place": mark.place,
        "direction": mark.direction,
        "across_permille": mark.across,
        "down_permille": mark.down,
        "length_mm": mark.length_mm,
        "note": mark.note or None,
    }


def test_that_every_place_has_a_point() -> None:
    assert set(PLACE_POINTS) == set(ChestPlace)
    assert len(set(PLACE_POINTS.values())) == len(ChestPlace)


@pytest.mark.parametrize("place", POINTED)
def test_that_the_point_of_a_place_lies_in_that_place(place: ChestPlace) -> None:
    assert place_at(*PLACE_POINTS[place]) is place


@given(st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_that_every_point_has_a_place_and_the_whole_breast_is_none(across: float, down: float) -> None:
    point = within_reach(across, down)
    assert place_at(*point) is not ChestPlace.WHOLE
    assert within_reach(*point) == point


def test_that_no_mark_comes_to_the_midline() -> None:
    """The midline lies 1375 thousandths inward of the nipple, and a symbol reaches 152."""
    assert REACH[0][0] > -1375 + 152


@pytest.mark.parametrize(
    ("across", "down", "place"),
    [
        (300, -300, ChestPlace.UPPER_OUTER),
        (-300, -300, ChestPlace.UPPER_INNER),
        (300, 300, ChestPlace.LOWER_OUTER),
        (-300, 300, ChestPlace.LOWER_INNER),
        (0, -1900, ChestPlace.ABOVE),
        (0, 1500, ChestPlace.BELOW),
        (-1150, -1500, ChestPlace.MIDLINE),
        (-1150, 900, ChestPlace.MIDLINE),
        (1050, 0, ChestPlace.OUTER),
        (1000, -1500, ChestPlace.AXILLA),
        (500, 780, ChestPlace.FOLD),
    ],
)
def test_that_points_in_between_are_told_by_the_nearest_words(across: int, down: int, place: ChestPlace) -> None:
    assert place_at(across, down) is place


@given(st.lists(marks, max_size=8))
def test_that_marks_of_one_side_do_not_lie_over_each_other(several: list[Mark]) -> None:
    drawn = drawn_points(several)
    for one in range(len(several)):
        for other in range(one):
            if several[one].side is several[other].side:
                assert math.dist(drawn[one], drawn[other]) >= 300, (several[one], several[other])


@given(st.lists(marks, max_size=8))
def test_that_both_sides_are_drawn_alike(several: list[Mark]) -> None:
    right = [Mark(R, mark.kind, mark.place) for mark in several]
    left = [Mark(L, mark.kind, mark.place) for mark in several]
    assert drawn_points(right) == drawn_points(left)
    assert drawn_points([*right, *left]) == drawn_points(right) + drawn_points(left)


def test_that_what_somebody_put_somewhere_is_drawn_just_there() -> None:
    placed = Mark(R, MarkKind.PAIN, ChestPlace.UPPER_OUTER, across=450, down=-450)
    drawn = drawn_points([Mark(R, MarkKind.LUMP, ChestPlace.UPPER_OUTER), placed])
    assert drawn[1] == (450, -450)
    assert drawn[0] != (450, -450)
    assert place_at(*drawn[0]) is ChestPlace.UPPER_OUTER


def test_that_the_words_name_side_kind_and_place() -> None:
    several = (
        Mark(L, MarkKind.DISPLACEMENT, ChestPlace.WHOLE, Displacement.INFERIOR),
        Mark(R, MarkKind.RIPPLING, ChestPlace.UPPER_INNER),
    )
    assert all_words(several) == "RIGHT · rippling, upper inner; LEFT · displacement downward"
    assert all_words(()) == "Nothing is marked"


def test_that_marks_of_one_kind_are_told_together_and_their_notes_stay_with_them() -> None:
    several = (
        Mark(R, MarkKind.PAIN, ChestPlace.UPPER_OUTER),
        Mark(R, MarkKind.SCAR, ChestPlace.FOLD, length_mm=45, note="widened"),
        Mark(L, MarkKind.PAIN, ChestPlace.NIPPLE),
        Mark(R, MarkKind.PAIN, ChestPlace.FOLD),
        Mark(R, MarkKind.PAIN, ChestPlace.WHOLE, note="at night"),
    )
    assert side_words(several, R) == (
        "pain, upper outer, fold and whole breast (at night)",
        "scar, fold 45 mm (widened)",
    )
    assert side_words(several, L) == ("pain, nipple",)


@given(marks)
def test_that_every_mark_is_told_in_words_of_its_own_side_only(mark: Mark) -> None:
    other = L if mark.side is R else R
    assert mark.kind.label.lower() in mark_words(mark)
    assert all_words((mark,)).startswith(mark.side.label)
    assert side_words((mark,), other) == ()


def test_that_a_displacement_says_which_way() -> None:
    lost = row(Mark(L, MarkKind.DISPLACEMENT, ChestPlace.WHOLE))
    [problem] = check_marks([row(Mark(R, MarkKind.PAIN, ChestPlace.FOLD)), lost])
    assert problem.field == "marks"
    assert "Mark 2, LEFT displacement" in problem.message
    assert not check_marks([lost | {"direction": Displacement.MEDIAL}])


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (Mark(R, MarkKind.PAIN, ChestPlace.FOLD, Displacement.MEDIAL), "only a displacement has a direction"),
        (Mark(R, MarkKind.PAIN, ChestPlace.FOLD, length_mm=4), "only a scar and an incision have a length"),
        (Mark(R, MarkKind.PAIN, ChestPlace.FOLD, across=-1400, down=0), "outside its side"),
    ],
)
def test_that_what_a_mark_cannot_say_is_refused(mark: Mark, said: str) -> None:
    [problem] = check_marks([row(mark)])
    assert said in problem.message


def test_that_a_row_nobody_finished_is_no_mark() -> None:
    assert read_marks(None) == ()
    assert read_marks([row(Mark(R, MarkKind.PAIN, ChestPlace.FOLD)) | {"kind": None}]) == ()
