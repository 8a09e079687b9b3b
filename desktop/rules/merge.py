"""How the answers of two records of one person become one: what stands, what a person has to choose, what is asked.

Nothing is invented: every answer that stands was given in one of the two. Allergies, medicines and conditions are
always those of both. Source: clinical reference §8, traps 19, 21 and 35.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import Side
from desktop.rules.duplicate import Likeness
from desktop.rules.lane import Occupation

KEPT: Final = "kept"
OTHER: Final = "other"
SEEN: Final = "seen"


class Standing(enum.Enum):
    """Which of two answers stands after merging."""

    SAME = "the same in both"
    KEPT = "only in the record that stays"
    OTHER = "only in the record that goes; it is taken over"
    ASKED = "different"
    BOTH = "those of both"


@dataclass(frozen=True)
class Question:
    """What a person has to decide or to have seen before two records become one; `options` are value and words."""

    key: str
    sentence: str
    options: tuple[tuple[str, str], ...]


def standing(kept: Any, other: Any) -> Standing:
    """For an answer of which there is one: an answer that is missing never replaces one that is there."""
    mine, theirs = _plain(kept), _plain(other)
    if mine == theirs:
        return Standing.SAME
    if theirs is None:
        return Standing.KEPT
    return Standing.OTHER if mine is None else Standing.ASKED


def rows_to_add(kept: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The rows of the other record that do not stand in the kept one already, word for word."""
    there = [_row(row) for row in kept]
    return tuple(row for row in other if _row(row) not in there)


def likeness_questions(alike: Likeness) -> tuple[Question, ...]:
    """Two records that are hardly alike are merged only by somebody who knows better."""
    if alike.is_worth_asking:
        return ()
    agree = f"Beside {', '.join(alike.reasons)} nothing" if alike.reasons else "Nothing"
    sentence = f"{agree} says that these two are one person. Look at names and birth dates again: are they?"
    return (Question("one_person", sentence, ((SEEN, "I know that they are one person"),)),)


def allergy_questions(kept: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Question, ...]:
    """Somebody stated that there is no allergy, and one is listed: the allergy stands, and a person has to know."""
    rows = (*(kept.get("allergies") or ()), *(other.get("allergies") or ()))
    if not rows or not (kept.get("no_known_allergies") or other.get("no_known_allergies")):
        return ()
    named = ", ".join(dict.fromkeys(str(row["substance"]) for row in rows))
    sentence = f"One record says “no known allergies”, the other lists {named}. Ask her again if nobody is sure."
    return (Question("no_known_allergies", sentence, ((SEEN, "The allergies stand; the statement is taken back"),)),)


def chain_questions(side: Side, apart: Sequence[Occupation], together: Sequence[Occupation]) -> tuple[Question, ...]:
    """What does not fit together in one side once the operations of both records stand in one row."""
    questions = []
    if sum(one.fate_unknown for one in together) > sum(one.fate_unknown for one in apart):
        sentence = (
            f"{side.label}: two devices would be in place at the same time, because nobody recorded the first coming "
            "out. Both stay in the history until somebody puts it right."
        )
        questions.append(Question(f"{side.value}.two_devices", sentence, ((SEEN, "I have seen this"),)))
    if _unknown_out(together) > _unknown_out(apart):
        sentence = f"{side.label}: a device would come out that nobody recorded going in."
        questions.append(Question(f"{side.value}.unknown_out", sentence, ((SEEN, "I have seen this"),)))
    return tuple(questions)


def unanswered(names: Sequence[str], questions: Sequence[Question], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The fields and questions that a person has still to decide."""
    fields = [name for name in names if chosen.get(name) not in (KEPT, OTHER)]
    asked = [each.key for each in questions if chosen.get(each.key) not in dict(each.options)]
    return (*fields, *asked)


def _unknown_out(chain: Sequence[Occupation]) -> int:
    return sum(one.spell_id is None for one in chain)


def _row(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(_plain(value) for name, value in sorted(row.items()) if name != "id")


def _plain(value: Any) -> Any:
    """Upper and lower case and nothing at all make no difference; no answer is the same as an empty one."""
    return (" ".join(value.split()).casefold() if isinstance(value, str) else value) or None
