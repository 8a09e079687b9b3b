"""Answers that nobody gave yet: carried over, or out of a template, until a person confirms or changes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.rules.open_point import OpenPoint


def prefilled_points(prefilled: Collection[str], source: str | None) -> Iterator[OpenPoint]:
    """What is open while anything waits to be confirmed. Source: clinical reference §8, traps 20 and 25."""
    if prefilled:
        answers = "1 answer is" if len(prefilled) == 1 else f"{len(prefilled)} answers are"
        text = f"{answers} filled in from {source or 'elsewhere'} and not confirmed"
        yield OpenPoint(text, "Confirm or change each, or confirm all.")
