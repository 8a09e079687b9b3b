"""Where patients are looked up: each source names them in the order of one index, each filter asks one thing more.

Words and birth date stand in the index of words itself, so that two words are asked for together without reading a
row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.functions import GenericFunction

from desktop.models.tables import Base

ABOVE_EVERY_KEY: Final = "\U0010ffff"
MOST_WORDS: Final = 500
"""So many words, in their order, are looked at for a part inside words, or for a sound."""
MOST_CHOSEN: Final = 20
"""So many of those of one sound, the most alike, are looked for."""

TRIGRAMS = table("name_trigram", column("word", String))
"""The words again, found by what is inside them; `storage/search_index.py` makes it."""

# Tables and not records: nothing but rows comes out, and a statement costs a third of what it would.
_TABLES = Base.metadata.tables
PATIENT, WORD, _KEYS, _PHONE = (_TABLES[f"patient{part}"].c for part in ("", "_word", "_keys", "_phone"))
_CASE = _TABLES["revision_case"].c
_OPERATION, _DEVICE, _MATRIX, _NUMBER = (_TABLES[name].c for name in ("operation", "device", "matrix", "device_number"))
DICTIONARY = _TABLES["name_word"].c

STANDS = func.coalesce(PATIENT.merged_into_id, 0) == 0
"""Not merged into another record; so written that no engine looks this up, which is true of nearly everybody."""

WORD_ORDER: Final = ("word", "rank", "family_key", "given_key", "patient_id")


class position_of(GenericFunction[int]):  # noqa: N801  as it is written in a statement
    """Where the second text begins in the first; 0 is nowhere."""

    type = Integer()
    inherit_cache = True


@compiles(position_of)
def _instr(element: position_of, compiler: Any, **how: Any) -> str:
    return f"instr({compiler.process(element.clauses, **how)})"


@compiles(position_of, "postgresql")
def _strpos(element: position_of, compiler: Any, **how: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **how)})"


@dataclass(frozen=True)
class Source:
    """`order` names columns of `found`, those of an index; `words` and `born` are at hand in the index of words."""

    found: Select[Any]
    order: tuple[str, ...]
    patient_id: Any
    words: Any = None
    born: Any = None


def words_that_begin(is_further: bool = False) -> Source:
    """Words that begin so. Of a patient with several such words, the first in the order counts."""
    word = WORD.word
    # Never greater; but of "equal" an engine thinks that hardly any row passes, and then it sorts instead of walking.
    is_first = position_of(WORD.words, literal(" ") + text_asked("low")) >= position_of(
        WORD.words, literal(" ") + word + literal(" ")
    )
    if not is_further:
        return _of_words(begins_so(word), is_first)
    columns = (WORD[name] for name in WORD_ORDER)
    behind = (number_asked(name) if name in ("rank", "patient_id") else text_asked(name) for name in WORD_ORDER)
    return _of_words(tuple_(*columns) > tuple_(*behind), word < text_asked("high"), is_first)


def _inside() -> Source:
    holding = select(TRIGRAMS.c.word).where(TRIGRAMS.c.word.like(text_asked("pattern")))
    return _of_words(WORD.word.in_(holding.order_by(TRIGRAMS.c.word).limit(MOST_WORDS)))


def _chosen() -> Source:
    """Words that were chosen, in as many places as there are at most."""
    return _of_words(WORD.word.in_([text_asked(f"word{number}") for number in range(MOST_CHOSEN)]))


def _of_words(*conditions: ColumnElement[bool]) -> Source:
    columns = [WORD[name] for name in WORD_ORDER]
    found = select(*columns).where(*conditions)
    return Source(found, WORD_ORDER, WORD.patient_id, WORD.words, WORD.born)


def _phone() -> Source:
    found = select(_PHONE.patient_id, _PHONE.reversed_digits.label("detail"))
    return Source(found.where(begins_so(_PHONE.reversed_digits)), ("detail", "patient_id"), _PHONE.patient_id)


def _born() -> Source:
    found = select(PATIENT.id.label("patient_id"), PATIENT.birth_date, PATIENT.family_key, PATIENT.given_key)
    found = found.where(PATIENT.birth_date.between(_date("first"), _date("last")), STANDS)
    return Source(found, ("birth_date", "family_key", "given_key", "patient_id"), PATIENT.id, born=PATIENT.birth_date)


def _record() -> Source:
    found = select(PATIENT.id.label("patient_id"), PATIENT.record_number)
    found = found.where(PATIENT.record_number.in_((text_asked("typed"), text_asked("padded"))))
    return Source(found, ("record_number",), PATIENT.id, born=PATIENT.birth_date)


def _record_beginning() -> Source:
    found = select(PATIENT.id.label("patient_id"), PATIENT.record_number).where(begins_so(PATIENT.record_number))
    return Source(found, ("record_number",), PATIENT.id, born=PATIENT.birth_date)


def _device(key: str, name: str) -> Source:
    numbers = _NUMBER[key]
    found = select(
        _NUMBER.patient_id,
        numbers.label("key"),
        _NUMBER.kind,
        _NUMBER.record_id,
        func.coalesce(_DEVICE[name], _MATRIX[name]).label("detail"),
    )
    found = found.outerjoin(_TABLES["device"], and_(_NUMBER.kind == "device", _DEVICE.id == _NUMBER.record_id))
    found = found.outerjoin(_TABLES["matrix"], and_(_NUMBER.kind == "matrix", _MATRIX.id == _NUMBER.record_id))
    order = ("key", "patient_id", "kind", "record_id")
    return Source(found.where(begins_so(numbers)), order, _NUMBER.patient_id)


def _planned() -> Source:
    found = select(_CASE.patient_id, _CASE.surgery_on.label("detail"))
    found = found.where(_CASE.surgery_on.between(_date("first"), _date("last")))
    return Source(found, ("detail", "patient_id"), _CASE.patient_id)


def _operated() -> Source:
    """On a day that is known; `2026-11` alone is before every day of that month."""
    found = select(_OPERATION.patient_id, _OPERATION.happened_on.label("detail"))
    found = found.where(_OPERATION.happened_on >= text_asked("from"), _OPERATION.happened_on <= text_asked("until"))
    return Source(found, ("detail", "patient_id"), _OPERATION.patient_id)


OF_WORDS: Final[dict[str, Callable[[], Source]]] = {"inside": _inside, "chosen": _chosen}
OF_NUMBERS: Final[dict[str, Callable[[], Source]]] = {
    "phone": _phone,
    "born": _born,
    "record": _record,
    "record_beginning": _record_beginning,
    "serial": lambda: _device("serial_key", "serial"),
    "lot": lambda: _device("lot_key", "lot"),
    "planned": _planned,
    "operated": _operated,
}


def counted_in(source: str) -> Select[Any]:
    """The entries of an index that a source would walk, read from the index alone."""
    one: Any = literal_column("1")
    if source == "words":
        return select(one).where(begins_so(WORD.word))
    if source == "born":
        return select(one).where(PATIENT.birth_date.between(_date("first"), _date("last")))
    return OF_NUMBERS[source]().found.with_only_columns(one, maintain_column_froms=True)


def found_by(asked: Source, filters: tuple[str, ...]) -> Select[Any]:
    found = asked.found.order_by(*(asked.found.selected_columns[name] for name in asked.order))
    for number, kind in enumerate(filters):
        found = found.where(_FILTERS[kind](asked, str(number)))
    return found.limit(number_asked("rows"))


def renamed(statement: Select[Any], number: int, shared: Collection[str] = ("rows",)) -> Select[Any]:
    """The same with parameters of its own, so that it can stand beside others in one statement."""

    def renamed(element: Any, **_kept: Any) -> Any:
        if isinstance(element, BindParameter) and not element.unique and element.key not in shared:
            return bindparam(f"{element.key}_{number}", type_=element.type)
        return None

    copied: Any = visitors.replacement_traverse(statement, {}, renamed)
    assert isinstance(copied, Select)
    return copied


def _has(asked: Source, number: str) -> ColumnElement[bool]:
    return _among_words(asked, lambda words: position_of(words, text_asked(f"needle{number}")) > 0)


def _is_alike(asked: Source, number: str) -> ColumnElement[bool]:
    def alike(words: Any) -> ColumnElement[bool]:
        either = (position_of(words, text_asked(f"{name}{number}")) > 0 for name in ("needle", "sound"))
        return or_(*either)

    return _among_words(asked, alike)


def _among_words(asked: Source, holds: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    if asked.words is not None:
        return holds(asked.words)
    return exists().where(_KEYS.patient_id == asked.patient_id, holds(_KEYS.words))


def _begins(asked: Source, number: str) -> ColumnElement[bool]:
    """Of one of the words that begin so, all of which are read first: each number is then looked up among them."""
    begin_so = and_(WORD.word >= text_asked(f"low{number}"), WORD.word < text_asked(f"high{number}"))
    return func.coalesce(asked.patient_id, 0).in_(select(WORD.patient_id).where(begin_so))


def _is_born(asked: Source, number: str) -> ColumnElement[bool]:
    first, last = _date(f"first{number}"), _date(f"last{number}")
    if asked.born is not None:
        # So written that no engine looks up everybody born then instead of walking in the order that is asked for.
        return func.coalesce(asked.born, last).between(first, last)
    patient = _TABLES["patient"].alias().c
    return exists().where(patient.id == asked.patient_id, patient.birth_date.between(first, last))


_FILTERS: Final[dict[str, Callable[[Source, str], ColumnElement[bool]]]] = {
    "has": _has,
    "alike": _is_alike,
    "begins": _begins,
    "born": _is_born,
}


def begins_so(key: Any) -> ColumnElement[bool]:
    return and_(key >= text_asked("low"), key < text_asked("high"))


def text_asked(name: str) -> Any:
    return bindparam(name, type_=String())


def number_asked(name: str) -> Any:
    return bindparam(name, type_=Integer())


def _date(name: str) -> Any:
    return bindparam(name, type_=Date())
