"""What blocks, what needs a reason and what is only to know."""

from __future__ import annotations

import pytest

from desktop.rules.open_point import OpenPoint, in_order, without_reason

BLOCKS, OPEN, TO_KNOW = OpenPoint("a", blocks=True), OpenPoint("b"), OpenPoint("c", to_know=True)


def test_that_only_what_is_open_and_does_not_block_can_be_signed_over() -> None:
    assert [point.needs_reason for point in (BLOCKS, OPEN, TO_KNOW)] == [False, True, False]


@pytest.mark.parametrize("reasons", [{}, {"b": ""}, {"b": "  "}, {"c": "because"}])
def test_that_a_blank_reason_is_none(reasons: dict[str, str]) -> None:
    assert without_reason([BLOCKS, OPEN, TO_KNOW], reasons) == [OPEN]
    assert without_reason([BLOCKS, OPEN, TO_KNOW], {"b": "because"}) == []


def test_that_what_blocks_comes_first_and_what_is_only_to_know_last() -> None:
    assert in_order([TO_KNOW, OPEN, BLOCKS]) == (BLOCKS, OPEN, TO_KNOW)
