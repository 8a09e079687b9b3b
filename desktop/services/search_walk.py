"""How the store is asked who it may be: one statement for each kind of question, built once, walking indexes in order.

Whatever is asked, a row tells the same of a patient, and what is open for her today is told in the same statement.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, Text, cast, exists, func, literal_column, null, or_, select, tuple_, union_all

from desktop.models.tables import Base
from desktop.services.search_source import (
    DICTIONARY,
    MOST_WORDS,
    OF_NUMBERS,
    OF_WORDS,
    PATIENT,
    STANDS,
    TRIGRAMS,
    WORD_ORDER,
    counted_in,
    found_by,
    number_asked,
    renamed,
    text_asked,
    words_that_begin,
)

_TABLES = Base.metadata.tables
_CASE, _PLAN, _CHECKLIST = (_TABLES[name].c for name in ("revision_case", "revision_plan", "recovery_checklist"))
_RECENT = _TABLES["recent_patient"].c
_OTHER_PHONES = (PATIENT.emergency_phone, PATIENT.responsible_adult_phone)


@lru_cache
def walk(source: str, filters: tuple[str, ...] = (), is_further: bool = False) -> Select[Any]:
    """At most `:rows` patients of a source of words who pass the filters, with what a screen shows of them.

    The parameters of a filter end in its number. `is_further` goes on from behind the row of `:word`, `:rank` …
    """
    asked = words_that_begin(is_further) if source == "words" else OF_WORDS[source]()
    inner = found_by(asked, filters).subquery("found")
    shown = _shown(inner.c.word, inner.c.rank).join(inner, inner.c.patient_id == PATIENT.id)
    return shown.where(STANDS).order_by(*(inner.c[name] for name in WORD_ORDER))


@lru_cache
def walks_together(walks: tuple[tuple[int, str, tuple[str, ...]], ...]) -> Select[Any]:
    """Several sources of numbers and days, each with the number of its reading and its filters, in one statement:
    `which` says by which of them.

    Each walks in its order and stops at `:rows`, but the rows come as they like. The parameters of the second source
    end in `_1`, and so on. Of all they name, `:most` are read and told of: the first of each reading, then the second
    of each.
    """
    parts = []
    for number, (reading, source, filters) in enumerate(walks):
        asked = OF_NUMBERS[source]()
        inner = renamed(found_by(asked, filters), number).subquery(f"found_{number}")
        told = (cast(inner.c[name] if name in inner.c else null(), Text).label(name) for name in ("detail", "kind"))
        place = func.row_number().over(order_by=[inner.c[name] for name in asked.order]).label("place")
        numbers = (
            literal_column(str(value), Integer).label(name) for name, value in (("which", number), ("of", reading))
        )
        parts.append(select(*numbers, inner.c.patient_id, *told, place))
    named = union_all(*parts).subquery("found_by_each").c
    turn = func.row_number().over(partition_by=named.of, order_by=(named.which, named.place))
    in_turn = select(named.which, named.patient_id, named.detail, named.kind).order_by(turn, named.of)
    found = in_turn.limit(number_asked("most")).subquery("found")
    shown = _shown(found.c.which, found.c.detail, found.c.kind, *_OTHER_PHONES)
    # A record that was merged into another is shown nowhere, but its number leads on.
    leads_on = [number for number, (_, source, _) in enumerate(walks) if source == "record"]
    stands = or_(STANDS, found.c.which.in_(leads_on)) if leads_on else STANDS
    return shown.join(found, found.c.patient_id == PATIENT.id).where(stands)


@lru_cache
def one_patient() -> Select[Any]:
    """The patient of `:id`, whatever became of the record; as `walks_together` tells of her."""
    nothing = (null().label(name) for name in ("which", "detail", "kind"))
    return _shown(*nothing, *_OTHER_PHONES).where(PATIENT.id == number_asked("id"))


@lru_cache
def whole_list(is_further: bool = False) -> Select[Any]:
    """Everybody by name, at most `:rows`; `is_further` from behind `:family_key`, `:given_key`, `:patient_id`."""
    order = (PATIENT.family_key, PATIENT.given_key, PATIENT.id)
    listed = _shown().where(STANDS).order_by(*order).limit(number_asked("rows"))
    if not is_further:
        return listed
    return listed.where(
        tuple_(*order) > tuple_(text_asked("family_key"), text_asked("given_key"), number_asked("patient_id"))
    )


@lru_cache
def recently_opened() -> Select[Any]:
    """Whose files `:account_id` opened last, at most `:rows`."""
    recent = select(_RECENT.patient_id, _RECENT.opened_at).where(_RECENT.account_id == number_asked("account_id"))
    inner = recent.order_by(_RECENT.opened_at.desc(), _RECENT.patient_id).limit(number_asked("rows")).subquery("recent")
    shown = _shown().join(inner, inner.c.patient_id == PATIENT.id).where(STANDS)
    return shown.order_by(inner.c.opened_at.desc(), PATIENT.id)


@lru_cache
def sounding() -> Select[Any]:
    """Words of this sound, in their order."""
    alike = select(DICTIONARY.word).where(DICTIONARY.sound == text_asked("sound"))
    return alike.order_by(DICTIONARY.word).limit(MOST_WORDS)


@lru_cache
def words_like_it() -> Select[Any]:
    """Words with `:pattern` inside them, and words of the same `:sound`, each kind in its order."""
    holding = select(TRIGRAMS.c.word, literal_column("1", Integer).label("is_inside"))
    holding = holding.where(TRIGRAMS.c.word.like(text_asked("pattern"))).order_by(TRIGRAMS.c.word).limit(MOST_WORDS)
    alike = select(DICTIONARY.word, literal_column("0", Integer).label("is_inside"))
    alike = alike.where(DICTIONARY.sound == text_asked("sound")).order_by(DICTIONARY.word).limit(MOST_WORDS)
    both = union_all(*(select(each.c.word, each.c.is_inside) for each in (holding.subquery(), alike.subquery())))
    found = both.subquery()
    return select(found.c.word, found.c.is_inside)


@lru_cache
def how_many(sources: tuple[str, ...]) -> Select[Any]:
    """How many entries each of these sources would walk, counted up to `:most_0`, `:most_1` …"""
    counts = []
    for number, source in enumerate(sources):
        entries = renamed(counted_in(source).limit(number_asked("most")), number, ()).subquery()
        counts.append(select(func.count()).select_from(entries).scalar_subquery())
    return select(*counts)


def _shown(*more: Any) -> Select[Any]:
    """What is shown of a patient, and what tells what is open for her today: her open case, in the same statement.

    `search_row.shown` takes these apart by their places.
    """
    others = _TABLES["revision_case"].alias().c
    newest = select(func.max(others.id)).where(others.patient_id == PATIENT.id, others.closed_on.is_(None))
    signed = exists().where(_PLAN.case_id == _CASE.id, _PLAN.signed_at.is_not(None))
    recovering = select(_CHECKLIST.surgery_on).where(_CHECKLIST.case_id == _CASE.id)
    return (
        select(
            PATIENT.id,
            PATIENT.family_name,
            PATIENT.given_name,
            PATIENT.former_name,
            PATIENT.birth_date,
            PATIENT.record_number,
            PATIENT.phone,
            PATIENT.mobile_phone,
            PATIENT.family_key,
            PATIENT.given_key,
            PATIENT.merged_into_id,
            _CASE.id.label("case_id"),
            _CASE.surgery_on,
            signed.label("has_signed_plan"),
            recovering.scalar_subquery().label("recovering_since"),
            *more,
        )
        .select_from(_TABLES["patient"])
        .outerjoin(_TABLES["revision_case"], _CASE.id == newest.scalar_subquery())
    )
