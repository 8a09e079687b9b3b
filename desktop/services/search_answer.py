"""Answer one reading of a question: which index to walk, how far, and why each patient was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from desktop.rules.search_key import ALIKE, likeness_of_sound, sound_of
from desktop.rules.search_question import Reading
from desktop.rules.search_reason import (
    FEWEST_INSIDE,
    are_hers,
    reason_of_birth,
    reason_of_names,
)
from desktop.services.search_count import Counts
from desktop.services.search_index import FAMILY, FAMILY_PART, GIVEN, MERGED, names_of, ranked_words
from desktop.services.search_plan import ORDER, Plan, beginning, filters_of, merged_reason, plan_of, reason_of, walks_of
from desktop.services.search_row import Key, PatientRow, key_by_word, shown
from desktop.services.search_source import MOST_CHOSEN, WORD_ORDER
from desktop.services.search_walk import one_patient, sounding, walk, walks_together, words_like_it

_WITH_REPETITIONS = 4
"""A patient may stand among the candidates with several words."""
_NO_SOUND = "-"
_MOST_INSIDE = 40
"""So long a part is looked for inside words; nobody types more of the middle of a name."""
_HER_OWN = (FAMILY, FAMILY_PART, GIVEN)


class Asking:
    """One question on its way through the store."""

    def __init__(self, session: Session, day: dt.date, limit: int) -> None:
        session.flush()
        self.day, self.limit = day, limit
        self._connection = session.connection()

    def rows(self, statement: Select[Any], **asked: Any) -> Sequence[Row[Any]]:
        return self._connection.execute(statement, {"rows": self.limit, **asked}).all()

    def answers(self, readings: Sequence[Reading]) -> list[list[PatientRow]]:
        """At most `limit` rows to each reading; all numbers and days are looked up in one statement."""
        plans = [plan_of(reading) for reading in readings]
        counts = Counts(self._connection, plans)
        plans = [counts.led(plan) for plan in plans]
        led = self._led([plan for plan in plans if plan.lead is not None], counts)
        return [_once(self._named(plan, counts) if plan.lead is None else next(led))[: self.limit] for plan in plans]

    def further(self, reading: Reading, after: Key) -> list[PatientRow]:
        """The page behind this one, where the reading is of names alone."""
        plan = plan_of(reading)
        if plan.lead is not None:
            return []
        return _once(self._named(plan, Counts(self._connection, [plan]), after))[: self.limit]

    def _led(self, plans: Sequence[Plan], counts: Counts) -> Iterator[list[PatientRow]]:
        """By the indexes of numbers and days, which name few; the names of those few are then compared."""
        walks: list[tuple[int, str]] = []
        shape: list[tuple[int, str, tuple[str, ...]]] = []
        asked: dict[str, Any] = {}
        for at, plan in enumerate(plans):
            for source, by_source in walks_of(plan.lead):
                rare = counts.rare(plan.words, source, by_source)
                if counts.is_nobody(rare):
                    continue
                filters, by_filters = filters_of(plan.words, plan.born, alike=True, rare=rare)
                asked |= {f"{name}_{len(shape)}": value for name, value in (by_filters | by_source).items()}
                shape.append((at, source, filters))
                walks.append((at, source))
        if not shape:
            return iter([[] for _ in plans])
        statement = walks_together(tuple(shape))
        most = self.limit + self.limit // 4
        rows = self.rows(statement, most=most, **asked)
        answers = self._told(plans, walks, rows)
        if len(rows) == most and len({row.id for answer in answers for row in answer}) < self.limit:
            # Many of the first were named twice, or were not meant: there may be more.
            answers = self._told(plans, walks, self.rows(statement, most=len(walks) * most, **asked))
        return iter(answers)

    def _told(
        self, plans: Sequence[Plan], walks: Sequence[tuple[int, str]], rows: Iterable[Row[Any]]
    ) -> list[list[PatientRow]]:
        found: list[list[Row[Any]]] = [[] for _ in walks]
        for row in rows:
            found[row.which].append(row)
        answers: list[list[PatientRow]] = [[] for _ in plans]
        for (at, source), named in zip(walks, found, strict=True):
            answers[at] += self._by_lead(plans[at], source, sorted(named, key=ORDER[source]))
        return [sorted(answer, key=lambda row: row.sounds_like) for answer in answers]

    def _by_lead(self, plan: Plan, source: str, rows: Iterable[Row[Any]]) -> Iterator[PatientRow]:
        for row in rows:
            if are_hers(plan.words, *names_of(row)):
                stands = self._standing(row)
                reason = reason_of(plan.lead, source, row, self.day) if stands is row else merged_reason(row)
                yield self._explained(stands, None, plan, reason)

    def _named(self, plan: Plan, counts: Counts, after: Key = ()) -> list[PatientRow]:
        """First whose words begin so, then whose words have it inside them, then who only sounds like it."""
        words = plan.words
        first = counts.rarest(words)
        filters, asked = filters_of([word for word in words if word != first], plan.born)
        behind = dict(zip(WORD_ORDER, after, strict=True)) if after else {}
        rows = self.rows(walk("words", filters, bool(after)), **asked, **beginning(first), **behind)
        found = [self._by_word(row, plan) for row in rows]
        if len(rows) < self.limit and not any(word.isdecimal() for word in words):
            ways = (self._inside, self._sounding) if len(words) > 1 or plan.born else (self._like_one_word,)
            for further in ways:
                if len(found) < self.limit:
                    more = (row for row in further(first, plan) if not (after and _begins(row, words)))
                    found += [self._explained(row, row.rank, plan) for row in more]
        return found

    def _like_one_word(self, word: str, plan_of: Plan) -> list[Row[Any]]:
        """Who has a word with this inside it, then who has one that sounds like it: mostly nobody, which is known at
        once from the words themselves."""
        if not FEWEST_INSIDE <= len(word) <= _MOST_INSIDE:
            return []
        asked = {"pattern": f"%{word}%", "sound": sound_of(word) or _NO_SOUND}
        likely = self._connection.execute(words_like_it(), asked).all()
        inside = sorted(each for each, is_inside in likely if is_inside and not each.startswith(word))
        found: list[Row[Any]] = []
        for at in range(0, len(inside), MOST_CHOSEN):
            if len(found) < _WITH_REPETITIONS * self.limit:
                found += self._chosen(inside[at : at + MOST_CHOSEN])
        if len(found) < self.limit:
            measures = {each: likeness_of_sound(word, each) for each, is_inside in likely if not is_inside}
            alike = {each: measure for each, measure in measures.items() if measure >= ALIKE and word not in each}
            best = sorted(alike, key=lambda each: (-alike[each], each))[:MOST_CHOSEN]
            found += sorted(self._chosen(best), key=lambda row: -alike[row.word])
        return found

    def _chosen(self, words: list[str], filters: tuple[str, ...] = (), **asked: Any) -> Sequence[Row[Any]]:
        if not words:
            return ()
        places = {f"word{number}": word for number, word in enumerate([*words, *[""] * MOST_CHOSEN][:MOST_CHOSEN])}
        return self.rows(walk("chosen", filters), rows=_WITH_REPETITIONS * self.limit, **places, **asked)

    def _inside(self, first: str, plan: Plan) -> Sequence[Row[Any]]:
        lead = _first_that(lambda word: FEWEST_INSIDE <= len(word) <= _MOST_INSIDE, first, plan.words)
        if not lead:
            return ()
        filters, asked = filters_of([word for word in plan.words if word != lead], plan.born, inside=True)
        return self.rows(walk("inside", filters), rows=_WITH_REPETITIONS * self.limit, pattern=f"%{lead}%", **asked)

    def _sounding(self, first: str, plan: Plan) -> Sequence[Row[Any]]:
        lead = _first_that(lambda word: bool(sound_of(word)), first, plan.words)
        if not lead:
            return ()
        same_sound = self._connection.execute(sounding(), {"sound": sound_of(lead)}).scalars()
        likeness = {word: measure for word in same_sound if (measure := likeness_of_sound(lead, word)) >= ALIKE}
        chosen = sorted(likeness, key=lambda word: (-likeness[word], word))[:MOST_CHOSEN]
        others = [word for word in plan.words if word != lead]
        filters, asked = filters_of(others, plan.born, alike=True)
        rows = self._chosen(chosen, filters, **asked)
        hers = [row for row in rows if not others or are_hers(others, *names_of(row))]
        return sorted(hers, key=lambda row: -likeness[row.word])

    def _standing(self, row: Row[Any]) -> Row[Any]:
        """The row of the record into which this one was merged, or itself."""
        while row.merged_into_id is not None:
            row = self._connection.execute(one_patient(), {"id": row.merged_into_id}).one()
        return row

    def _by_word(self, row: Row[Any], plan: Plan) -> PatientRow:
        """Of the words that begin so; mostly there is nothing to explain, and this runs for every line of every key."""
        key = key_by_word(row)
        is_plain = key[1] in _HER_OWN and plan.born is None and (len(plan.words) == 1 or not row.former_name)
        return shown(row, self.day, "name", key) if is_plain else self._explained(row, key[1], plan, key=key)

    def _explained(self, row: Row[Any], rank: int | None, plan: Plan, reason: str = "", key: Key = ()) -> PatientRow:
        """`rank` says whose word was found, and is None where none was walked by."""
        said, sounds_like = reason, False
        if rank == MERGED:
            said = _joined(said, "name of a record merged into this one")
        elif plan.words and not (key and rank in _HER_OWN and (len(plan.words) == 1 or not row.former_name)):
            of_names, sounds_like = reason_of_names(plan.words, *names_of(row))
            said = _joined(said, of_names)
        if plan.born is not None:
            said = _joined(said, reason_of_birth(row.birth_date, plan.born.as_read))
        return shown(row, self.day, said or "name", key, sounds_like)


def _once(found: list[PatientRow]) -> list[PatientRow]:
    """The first of several lines about one patient."""
    once = {row.id: row for row in reversed(found)}
    return found if len(once) == len(found) else [row for row in found if once[row.id] is row]


def _first_that(fits: Callable[[str], bool], first: str, words: Sequence[str]) -> str:
    """The rarest word if it fits, or the longest that does."""
    return next((word for word in (first, *sorted(words, key=len, reverse=True)) if fits(word)), "")


def _begins(row: Row[Any], words: Iterable[str]) -> bool:
    """Whether she was among those whose words begin so, on this page or one before."""
    hers = ranked_words(*names_of(row))
    return all(any(each.startswith(word) for each in hers) for word in words)


def _joined(said: str, more: str) -> str:
    return f"{said} · {more}" if said and more else said or more
