"""What a GS1 label says: application identifiers, in parentheses for people or with separators from a scanner."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from desktop.exchange.label_dates import read_yymmdd
from desktop.exchange.read_label import LabelProblem, Outcome, Part, ReadLabel
from desktop.models.choices import UdiIssuer
from desktop.rules.device_identifier import check_digit
from desktop.rules.reading import Unreadable

if TYPE_CHECKING:
    from biip import ParseConfig
    from biip.gs1_element_strings import GS1ElementString

SEPARATOR: Final = "\x1d"
_SPELLED: Final = re.compile(r"␝|<GS>|\{GS\}|\[GS\]|\^\]")
"""How some scanners spell the separator; only the second could stand in a lot, and nobody writes it there."""
_CHARACTERS: Final = re.compile(r"[!-\"%-?A-Z_a-z]*")
"""GS1's character set 82: neither spaces nor # $ @ (clinical reference §2.8.1)."""
_FOR_PEOPLE: Final = re.compile(r"(?:\([0-9]{2,4}\)[^()]*)+")
_ONE_FOR_PEOPLE: Final = re.compile(r"\(([0-9]{2,4})\)([^()]*)")

_TITLES: Final = {
    "01": "Device identifier (GTIN)",
    "10": "Lot",
    "11": "Made on",
    "17": "Expires on",
    "20": "Variant",
    "21": "Serial number",
    "240": "Additional product number",
    "250": "Second serial number",
    "30": "Count",
}
_LOT, _SERIAL, _COUNT = "10", "21", "30"
_FACTS: Final = {"01": "device_identifier", _LOT: "lot", _SERIAL: "serial"}
_DATES: Final = {"11": "made_on", "17": "expires_on"}
_CHECKED: Final = ("00", "01", "02", "03", "41")
"""Identifiers whose last digit is a check digit."""


def read_gtin(digits: str) -> ReadLabel:
    """A product number alone, padded to 14 digits: a device identifier, and nothing about the piece in hand."""
    padded = digits.zfill(14)
    read = ReadLabel(raw=digits, issuer=UdiIssuer.GS1, parts=(Part("01", _TITLES["01"], padded),))
    if (expected := check_digit(padded[:-1])) != padded[-1]:
        return read.without_facts([_wrong_digit("product number", padded, expected)])
    remark = "This is only the number of the product. Scan the other code of the label for lot, serial and expiry."
    return dataclasses.replace(read, device_identifier=padded, remarks=(remark,))


def read_gs1(text: str, today: dt.date) -> ReadLabel:
    """Every part of a GS1 label; `Unreadable` unless each of its characters belongs to a part.

    Centuries count from `today`. A part whose end cannot be known, because the separators are lost, is no fact.
    """
    if text.startswith("("):
        elements, hidden = _for_people(text), None
    else:
        text = _separated(text)
        elements = _from_scanner(text)
        hidden = None if SEPARATOR in text else _hides_parts(elements, today)
    values: dict[str, str] = {}
    for element in elements:
        if values.setdefault(element.ai.ai, element.value) != element.value:
            raise Unreadable(f"The part {element.ai} stands on the label twice, and not the same.")
    parts = tuple(Part(code, _title(code, elements), value) for code, value in values.items())
    read = ReadLabel(raw=text, issuer=UdiIssuer.GS1, parts=parts)
    wrong = [_wrong_check(element) for element in elements if _has_error(element)]
    facts: dict[str, Any] = {
        name: read_yymmdd(values[c], today, day_may_lack=True) for c, name in _DATES.items() if c in values
    }
    if wrong:
        return read.without_facts(wrong)
    facts |= {name: values[code] for code, name in _FACTS.items() if code in values and code != hidden}
    if _COUNT in values and hidden != _COUNT:
        facts["quantity"] = int(values[_COUNT])
    problems = (_lost_separator(hidden, values[hidden]),) if hidden else ()
    return dataclasses.replace(read, problems=problems, **facts)


def _separated(text: str) -> str:
    spelled = _SPELLED.search(text)
    if spelled and SEPARATOR in text:
        raise Unreadable(f"The text holds real separators and “{spelled[0]}”, so what the latter means is not clear.")
    text = _SPELLED.sub(SEPARATOR, text)
    _check_characters(text.replace(SEPARATOR, ""))
    return text


def _check_characters(text: str) -> None:
    position = _CHARACTERS.match(text)
    assert position is not None  # it matches the empty text
    if position.end() < len(text):
        stranger = text[position.end()]
        shown = "a space" if stranger == " " else f"“{stranger}”" if stranger.isprintable() else "a control character"
        raise Unreadable(f"The text holds {shown}, which no GS1 label has inside a part.")


def _from_scanner(text: str) -> list[GS1ElementString]:
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    elements: list[GS1ElementString] = []
    position = 0
    while position < len(text):
        if text[position] == SEPARATOR:
            position += 1
            continue
        rest = text[position:]
        try:
            element = GS1ElementString.extract(rest, config=_config())
        except ParseError:
            raise Unreadable(f"“{_start(rest)}” is no part of a GS1 label.") from None
        _check_element(element, rest[: len(element)])
        position += len(element)
        if element.ai.separator_required and position < len(text) and text[position] != SEPARATOR:
            name = _TITLES.get(element.ai.ai, str(element.ai))
            raise Unreadable(f"Where the part “{name}” ends cannot be known: the scanner sent no separator behind it.")
        elements.append(element)
    if not elements:
        raise Unreadable("The text is empty.")
    return elements


def _for_people(text: str) -> list[GS1ElementString]:
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    if not _FOR_PEOPLE.fullmatch(text):
        raise Unreadable("The parentheses of the text are not those of a GS1 label, such as (01) or (17).")
    elements = []
    for code, value in _ONE_FOR_PEOPLE.findall(text):
        value = value.strip(" ")  # between two parts a space is only layout; inside of one it is refused
        _check_characters(value)
        try:
            element = GS1ElementString.parse(code + value, config=_config())
        except ParseError:
            raise Unreadable(f"“({code}){_start(value)}” is no part of a GS1 label.") from None
        if element.ai.ai != code:
            raise Unreadable(f"“({code})” is no part of a GS1 label.")
        _check_element(element, code + value)
        elements.append(element)
    return elements


def _config() -> ParseConfig:
    from biip import ParseConfig

    return ParseConfig(gs1_element_strings_verify_date=False)  # biip reads the clock for centuries; we read the dates


def _check_element(element: GS1ElementString, text: str) -> None:
    if not element.value or element.ai.ai + element.value != text:
        raise Unreadable(f"“{_start(text)}” is no part of a GS1 label.")


def _has_error(element: GS1ElementString) -> bool:
    return any((element.gtin_error, element.sscc_error, element.gln_error))


def _wrong_check(element: GS1ElementString) -> LabelProblem:
    expected = check_digit(element.value[:-1])
    if not element.ai.ai.startswith(_CHECKED) or expected == element.value[-1]:
        raise Unreadable(f"“{element.ai}{_start(element.value)}” is no part of a GS1 label.")
    name = "device identifier" if element.ai.ai == "01" else f"part {element.ai}"
    return _wrong_digit(name, element.value, expected)


def _wrong_digit(name: str, value: str, expected: str) -> LabelProblem:
    message = (
        f"The check digit of the {name} {value} is {value[-1]} and should be {expected}, so something on this label "
        "was read or typed wrong. Nothing was filled in. Scan it again, or compare it with the label digit by digit."
    )
    return LabelProblem(Outcome.CHECK_WRONG, message)


def _hides_parts(elements: list[GS1ElementString], today: dt.date) -> str | None:
    """The identifier of the last part when it may be two parts between which a separator was lost."""
    last = elements[-1]
    seen = frozenset(element.ai.ai for element in elements)
    may_end = range(1, len(last.value))
    if last.ai.separator_required and any(_reads_on(last.value[end:], seen, today) for end in may_end):
        return last.ai.ai
    return None


def _reads_on(text: str, seen: frozenset[str], today: dt.date) -> bool:
    """Whether the text can be the further parts that a device's label carries, none of which was seen yet."""
    code, value = text[:2], text[2:]
    if code in seen or not value:
        return False
    if code in (_LOT, _SERIAL):
        return len(value) <= 20
    if code in _DATES:
        length, is_one = 6, re.match(r"[0-9]{6}", value) is not None and _is_date(value[:6], today)
    elif code == "01":
        length, is_one = 14, re.match(r"[0-9]{14}", value) is not None and check_digit(value[:13]) == value[13]
    else:
        return False
    return is_one and (len(value) == length or _reads_on(value[length:], seen | {code}, today))


def _is_date(text: str, today: dt.date) -> bool:
    try:
        read_yymmdd(text, today, day_may_lack=True)
    except Unreadable:
        return False
    return True


def _lost_separator(code: str, value: str) -> LabelProblem:
    name = _TITLES.get(code, f"part ({code})").lower()
    message = (
        f"Where the {name} ends cannot be known: the text holds no separators, and “{value}” may be the {name} alone "
        f"or several parts in a row. It was not filled in. Read it off the label, and let the scanner send separators."
    )
    return LabelProblem(Outcome.DOUBTFUL, message)


def _title(code: str, elements: list[GS1ElementString]) -> str:
    return _TITLES.get(code) or next(element.ai.description for element in elements if element.ai.ai == code)


def _start(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"
