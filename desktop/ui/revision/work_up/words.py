"""How a late seroma is called on the screen, no surer than it is known."""

from __future__ import annotations

from desktop.rules.late_seroma import Answer, LateSeroma

_SAID = {
    Answer.LATE: "late seroma: work-up before a revision",
    Answer.CANNOT_BE_EXCLUDED: "a late seroma cannot be excluded",
    Answer.NOT_LATE: "called a late seroma, but not by these dates",
}


def headline(late: LateSeroma) -> str:
    """`LEFT · late seroma: work-up before a revision`."""
    if late.answer is Answer.CANNOT_BE_EXCLUDED and late.is_named_late:
        return f"{late.side.label} · called a late seroma; these dates do not tell"
    return f"{late.side.label} · {_SAID[late.answer]}"
