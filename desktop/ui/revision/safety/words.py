"""How a phase is called, and what is said about its state."""

from __future__ import annotations

from desktop.models.choices import SafetyAgain, SafetyMoment
from desktop.rules.dates import show_date, show_time
from desktop.rules.safety import skipped_words
from desktop.services.safety_file import Phase
from desktop.ui.kit.theme import Tone


def title_of(phase: Phase) -> str:
    """`Time out · LEFT` is the one before the second side."""
    if phase.key.moment is not SafetyMoment.TIME_OUT_AGAIN:
        return phase.key.moment.label
    if phase.again_because is SafetyAgain.SECOND_SIDE and phase.sides:
        return f"Time out again · {phase.sides[0].label}"
    return f"Time out again · {phase.again_because.label.lower() if phase.again_because else phase.key.round_no}"


def tab_of(phase: Phase) -> str:
    state = "finished" if phase.is_finished else "unfinished" if phase.id is not None else ""
    return ": ".join(filter(None, (title_of(phase), state)))


def state_of(phase: Phase) -> tuple[str, Tone]:
    if phase.signed_at is not None:
        on = f"{show_date(phase.signed_at.astimezone().date())} {show_time(phase.signed_at)}"
        return f"Finished {on} · {phase.signed_by}", "good"
    if phase.id is None:
        return f"Not begun · {len(phase.lines)} items", "neutral"
    return f"{phase.answered} of {len(phase.lines)} answered", "warning"


def remark_of(phase: Phase) -> str:
    """What comes first and is not finished, or why it was passed over."""
    if phase.waits_for is not None:
        return f"{skipped_words(phase.waits_for)} This phase can be answered; whoever finishes it says why."
    return phase.note
