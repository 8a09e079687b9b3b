"""What is still open before something is signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OpenPoint:
    """Something to settle or to know before signing.

    `blocks` keeps it from being signed. What is only `to_know` asks for nothing. Every other point can be signed over
    with a reason, which is kept and printed.
    """

    text: str
    detail: str = ""
    blocks: bool = False
    to_know: bool = False

    @property
    def needs_reason(self) -> bool:
        return not (self.blocks or self.to_know)


def without_reason(points: Iterable[OpenPoint], reasons: Mapping[str, str]) -> list[OpenPoint]:
    """The points that cannot be signed over yet; `reasons` holds what was written, by the text of the point."""
    return [point for point in points if point.needs_reason and not reasons.get(point.text, "").strip()]


def in_order(points: Iterable[OpenPoint]) -> tuple[OpenPoint, ...]:
    """What blocks first, then what needs a reason, then what is only to know."""
    return tuple(sorted(points, key=lambda point: (not point.blocks, point.to_know)))
