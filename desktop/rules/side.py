"""Whether a record may change sides: what was recorded for RIGHT does not become LEFT by a slip."""

from __future__ import annotations

from typing import Any

from desktop.models.choices import Side
from desktop.rules.problem import Problem


def check_side_stays(was: Any, is_now: Any) -> list[Problem]:
    """A question when a stored side changes. Source: clinical reference §8, trap 1."""
    if not isinstance(was, Side) or not isinstance(is_now, Side) or was is is_now:
        return []
    message = f"This was recorded for {was.label}. Confirm {is_now.label} only if the side was recorded wrongly."
    return [Problem("side", message, is_question=True)]
