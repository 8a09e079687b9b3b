"""Which diagnosis codes there are, on which days they are valid, and which go with an indication.

The program offers them and checks their dates; a person chooses. Source: clinical reference §7.1.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.models.choices import Indication, Side
from desktop.rules.dates import show_date
from desktop.rules.problem import Problem
from desktop.rules.reading import Unreadable, clean_line
from desktop.rules.toml_lines import BadLine, read_toml

SEVENTH: Final = {"A": "initial", "D": "subsequent", "S": "sequela"}
_PLACEHOLDER, _CATEGORY = "_", "-"
_SHAPE: Final = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?")
_COMPLICATIONS: Final = ("S", "T")
"""How the codes of chapter 19 begin."""
_KEYS: Final = {"code", "text", "note", "side", "for", "valid_from", "valid_to", "alone"}
_LONGEST_TEXT, _LONGEST_CODE = 200, 12


class UnreadableCodes(Unreadable):
    """The list cannot be followed; the message names the line and what is wrong there."""


@dataclass(frozen=True)
class Code:
    """`side` where the code itself says it. `alone`: no code of a complication goes beside it."""

    code: str
    text: str
    edition: str
    note: str = ""
    side: Side | None = None
    indications: tuple[Indication, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    alone: bool = False

    @property
    def is_category(self) -> bool:
        return self.code.endswith(_CATEGORY)

    def is_valid_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def covers(self, code: str) -> bool:
        return self.is_category and code.startswith(self.code.removesuffix(_CATEGORY)) and code != self.code


@dataclass(frozen=True)
class SuggestedCode:
    """A code for one indication of one side."""

    code: Code
    side: Side
    indication: Indication


@dataclass(frozen=True)
class CodeTable:
    """The codes of the office in the order in which they are offered."""

    edition: str
    codes: tuple[Code, ...]

    def find(self, code: str) -> Code | None:
        """The code itself, else the category that it belongs to."""
        exact = next((each for each in self.codes if each.code == code), None)
        return exact or next((each for each in self.codes if each.covers(code)), None)

    def search(self, typed: str, on: dt.date, first: Iterable[Indication] = ()) -> tuple[Code, ...]:
        """Every valid code in which all the typed words stand, those for the given indications before the others."""
        words, wanted = clean_line(typed).casefold().split(), set(first)
        found = [each for each in self.codes if each.is_valid_on(on) and not each.is_category and _has(each, words)]
        return tuple(sorted(found, key=lambda each: wanted.isdisjoint(each.indications)))

    def suggested(self, rows: Iterable[Mapping[str, Any]], on: dt.date) -> tuple[SuggestedCode, ...]:
        """What goes with the indications of a case, in their order; of codes with a 7th character the initial one."""
        reasons = dict.fromkeys((row.get("side"), row.get("indication")) for row in rows)
        return tuple(
            SuggestedCode(each, side, indication)
            for side, indication in reasons
            for each in self.codes
            if side
            and indication in each.indications
            and each.side in (None, side)
            and each.is_valid_on(on)
            and not each.is_category
            and not (_has_seventh(each.code) and each.code[-1] != "A")
        )

    def with_own(self, own: Iterable[Code]) -> CodeTable:
        """The office's own codes take the place of those with the same letters; new ones come behind."""
        by_code = {each.code: each for each in self.codes}
        for each in own:
            shipped = by_code.get(each.code)
            by_code[each.code] = replace(each, side=shipped.side, indications=shipped.indications) if shipped else each
        return replace(self, codes=tuple(by_code.values()))


def parse_codes(text: str) -> CodeTable:
    """A list as it stands in a file; `UnreadableCodes` for anything that is not understood whole."""
    try:
        told, lines = read_toml(text)
    except BadLine as error:
        raise UnreadableCodes(f"Line {error.line}: {error}") from None
    edition = told.get("edition")
    if not isinstance(edition, str) or not 0 < len(edition) <= _LONGEST_TEXT:
        raise UnreadableCodes('Line 1: write which edition this is, like edition = "ICD-10-CM, fiscal year 2025".')
    written = told.get("codes")
    if not isinstance(written, list) or not written:
        raise UnreadableCodes("Line 1: there is no [[codes]] in this list.")
    codes: dict[str, Code] = {}
    for at, table in enumerate(written):
        try:
            for code in _read(table, edition):
                if code.code in codes:
                    raise ValueError(f"{code.code} stands in the list twice")
                codes[code.code] = code
        except ValueError as wrong:
            raise UnreadableCodes(f"Line {lines.get(('codes', at), 1)}: {wrong}.") from None
    return CodeTable(edition, tuple(codes.values()))


def normal_code(typed: str) -> str:
    """`t85.44xa` is T85.44XA; the point after the third sign is put in where it was left out."""
    code = clean_line(typed).upper().replace(" ", "")
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and code.isalnum() else code


def check_code_rows(rows: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Every code has the shape of one, and none stands there twice for one side."""
    seen: dict[tuple[str, Side | None], int] = {}
    for number, row in enumerate(rows, start=1):
        if not row.get("code"):
            continue
        code = normal_code(row["code"])
        if not _SHAPE.fullmatch(code):
            return [_problem(number, f"“{code[:_LONGEST_CODE]}” is no code. Write it like T85.44XA, or choose one.")]
        key = (code, row.get("side"))
        if key in seen:
            return [_problem(number, f"says the same as code {seen[key]}: remove one.")]
        seen[key] = number
    return []


def check_codes(rows: Iterable[Mapping[str, Any]], table: CodeTable, on: dt.date) -> list[Problem]:
    """Against the list of the office and the day of surgery, the side that a code says, and which exclude others."""
    numbered = [(number, row, normal_code(row["code"])) for number, row in enumerate(rows, 1) if row.get("code")]
    problems = [problem for number, row, code in numbered for problem in _check_one(number, row, code, table, on)]
    apart = next((each for _n, _r, code in numbered if (each := table.find(code)) and each.alone), None)
    beside = next((code for _n, _r, code in numbered if code.startswith(_COMPLICATIONS)), None)
    if apart is not None and beside is not None:
        words = f"Beside {apart.code} no code of a complication is added, says the guideline; here is {beside}. "
        problems.append(Problem("codes", f"{words}Is it right?", is_question=True))
    return problems


def _check_one(number: int, row: Mapping[str, Any], code: str, table: CodeTable, on: dt.date) -> Iterator[Problem]:
    known = table.find(code)
    if known is None and (more := _what_it_lacks(code, table)):
        yield _problem(number, f"{code} lacks {more}.")
    elif known is None:
        yield _problem(number, f"{code} is not in the list of this office, {table.edition}. Is it right?", asks=True)
    elif not known.is_valid_on(on):
        since = known.valid_from is not None and on < known.valid_from
        when = f"only from {_day(known.valid_from)}" if since else f"only until {_day(known.valid_to)}"
        yield _problem(number, f"{code} is valid {when}, not on {show_date(on)}. {known.note}".strip())
    elif known.side is not None and row.get("side") not in (None, known.side):
        yield _problem(number, f"{code} says {known.side.label}: correct the side or the code.")


def _what_it_lacks(code: str, table: CodeTable) -> str:
    if any(each.code in (f"{code}A", f"{code}XA") for each in table.codes):
        return "its 7th character: A initial (active treatment), D subsequent, S sequela"
    category = next((each for each in table.codes if each.code in (f"{code}{_CATEGORY}", f"{code}.{_CATEGORY}")), None)
    return f"its further characters. {category.note}".removesuffix(".") if category else ""


def _problem(number: int, words: str, *, asks: bool = False) -> Problem:
    return Problem("codes", f"Code {number}: {words}", is_question=asks)


def _day(day: dt.date | None) -> str:
    return show_date(day) if day else ""


def _has(code: Code, words: list[str]) -> bool:
    letters = code.code.casefold()
    text = f"{letters} {letters.replace('.', '')} {code.text.casefold()}"
    return all(word in text for word in words)


def _has_seventh(code: str) -> bool:
    return len(code) == len("T85.41XA")


def _read(table: Any, edition: str) -> Iterator[Code]:
    if not isinstance(table, dict):
        raise ValueError("a code is written as [[codes]] with its lines under it")
    if strange := set(table) - _KEYS:
        raise ValueError(f"nobody knows what {', '.join(sorted(strange))} means")
    written, text = table.get("code"), table.get("text")
    if not isinstance(written, str) or not isinstance(text, str) or not text or len(text) > _LONGEST_TEXT:
        raise ValueError("a code needs its letters as code, and a text of at most 200 characters")
    side, told = table.get("side"), table.get("for", [])
    sides, named = {each.value: each for each in Side}, {each.value: each for each in Indication}
    if side is not None and side not in sides:
        raise ValueError(f"the side is R or L, not {side}")
    if not isinstance(told, list) or not set(map(str, told)) <= set(named):
        raise ValueError("for names indications that there are not")
    valid_from, valid_to = table.get("valid_from"), table.get("valid_to")
    for day in (valid_from, valid_to):
        if day is not None and not (isinstance(day, dt.date) and not isinstance(day, dt.datetime)):
            raise ValueError("a day is written like 2024-10-01")
    if valid_from and valid_to and valid_from > valid_to:
        raise ValueError("it is valid until before it is valid from")
    code = Code(
        written.upper(), text, edition, str(table.get("note", "")), sides.get(str(side)),
        tuple(named[each] for each in told), valid_from, valid_to, table.get("alone") is True,
    )  # fmt: skip
    if not code.code.endswith(_PLACEHOLDER):
        if not code.is_category and not _SHAPE.fullmatch(code.code):
            raise ValueError(f"{code.code} is no code")
        yield code
        return
    for letter, words in SEVENTH.items():
        whole = code.code.removesuffix(_PLACEHOLDER) + letter
        if not _SHAPE.fullmatch(whole):
            raise ValueError(f"{whole} is no code")
        yield replace(code, code=whole, text=f"{code.text}, {words}")
