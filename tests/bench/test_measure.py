"""A figure holds up to its limit, and the ninety-ninth of a hundred is one that was seen."""

from __future__ import annotations

import pytest

from tests.bench.measure import against, percentile, within


@pytest.mark.parametrize(("value_ms", "holds"), [(4.9, True), (5.0, True), (5.1, False)])
def test_that_a_measure_holds_up_to_its_limit(value_ms: float, holds: bool) -> None:
    assert within("P4", "a question", value_ms, 5).holds is holds
    assert against("P4", "a question", value_ms, "bare driver", 2.5, 2).holds is holds


@pytest.mark.parametrize(
    ("values", "part", "expected"),
    [([3.0], 99, 3.0), (list(range(1, 101)), 50, 51), (list(range(1, 101)), 99, 100), ([5.0, 1.0, 9.0], 99, 9.0)],
)
def test_that_a_percentile_is_a_value_that_was_seen(values: list[float], part: float, expected: float) -> None:
    assert percentile(values, part) == expected
