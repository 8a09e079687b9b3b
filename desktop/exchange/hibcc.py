"""What a HIBCC label says: a primary part that names the product, a secondary part that names the piece, or both."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from desktop.exchange.label_dates import read_mmddyy, read_mmyy, read_yyjjj, read_yymmdd, read_yyyymmdd
from desktop.exchange.read_label import LabelProblem, Outcome, Part, ReadLabel
from desktop.models.choices import UdiIssuer
from desktop.rules.reading import Unreadable

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
"""A character's value is its place. Source: clinical reference §2.8.2."""
_PRIMARY: Final = re.compile(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")
_OLD_DATE: Final = re.compile(r"(?P<date>[0-9]{5})(?P<rest>.*)")
_NAME: Final = re.compile(r"[A-Z0-9. -]{0,20}")
"""A lot or a serial number; a space inside belongs to it."""

_FLAGS: Final[dict[str, tuple[int, int, Callable[[str, dt.date], dt.date]]]] = {
    "0": (0, 4, read_mmyy),
    "1": (0, 4, read_mmyy),
    "2": (1, 6, read_mmddyy),
    "3": (1, 6, read_yymmdd),
    "4": (1, 8, read_yymmdd),
    "5": (1, 5, read_yyjjj),
    "6": (1, 7, read_yyjjj),
}
"""Where the digits of a date begin after its flag, how many there are and how they are read.

0 and 1 are themselves the first digit of a month; of 4 and 6 the last two digits are the hour.
"""
_HOURLY: Final = ("4", "6")
_QUANTITIES: Final = {"8": 2, "9": 5}
LINK, CHECK = "link", "check"
"""The codes of the characters that tie a secondary part to its primary one, and that end a part."""


def check_character(text: str) -> str:
    """The character that belongs behind `text`, which includes the `+`: the sum of all values modulo 43."""
    return ALPHABET[sum(ALPHABET.index(character) for character in text) % len(ALPHABET)]


def read_hibcc(text: str, today: dt.date) -> ReadLabel:
    """Every part of a HIBCC label; `Unreadable` unless each of its characters belongs to a part.

    A wrong check character takes away every fact. Centuries count from `today`. Source: clinical reference §2.8.2.
    """
    text = _unstarred(text)
    _check_alphabet(text)
    text = _without_pasted_spaces(text)
    body, check = text[1:-1], text[-1:]
    if body[:1].isalpha():
        first, *rest = body.split("/")
        if not _PRIMARY.fullmatch(first):
            raise Unreadable(f"“{first}” does not name a maker, a product and a unit as HIBCC writes them.")
        said = [Said("identifier", "Device identifier", first, "device_identifier", first)]
        said += _secondary(rest, today) if rest else []
    else:
        if len(body) < 2:
            raise Unreadable("The text ends too early.")
        said = _secondary(body[:-1].split("/"), today)
        said.append(Said(LINK, "Link character", body[-1]))
    said.append(Said(CHECK, "Check character", check))
    read = ReadLabel(raw=text, issuer=UdiIssuer.HIBCC, parts=tuple(each.part for each in said))
    if (expected := check_character(text[:-1])) != check:
        return read.without_facts([_wrong_check(text, expected)])
    return dataclasses.replace(read, **_facts(said))


@dataclasses.dataclass(frozen=True)
class Said:
    """One part, and the fact it states if it states one."""

    code: str
    title: str
    text: str
    name: str | None = None
    fact: Any = None

    @property
    def part(self) -> Part:
        return Part(self.code, self.title, self.text)


def _unstarred(text: str) -> str:
    """People read a HIBCC label between asterisks, which are the start and stop of its bars."""
    return text[1:-1] if len(text) > 2 and text.startswith("*") and text.endswith("*") else text


def _check_alphabet(text: str) -> None:
    stranger = next((character for character in text if character not in ALPHABET), None)
    if stranger is None:
        return
    if stranger.isascii() and stranger.islower():
        raise Unreadable("HIBCC labels have capital letters only. Caps Lock may be on: turn it off and scan again.")
    shown = f"“{stranger}”" if stranger.isprintable() else "a control character"
    raise Unreadable(f"The text holds {shown}, which no HIBCC label has.")


def _without_pasted_spaces(text: str) -> str:
    """A space at the end can be the check character; spaces are left out only where the label is whole without them."""
    pasted = len(text) - len(text.rstrip(" "))
    candidates = (text[: len(text) - left_out] for left_out in range(pasted + 1))
    return next((each for each in candidates if len(each) > 1 and check_character(each[:-1]) == each[-1]), text)


def _secondary(segments: list[str], today: dt.date) -> list[Said]:
    """What a secondary part says, which slashes divide."""
    said: list[Said] = []
    for place, segment in enumerate(segments):
        if place == 0 and segment.startswith("$"):
            said += _lot_or_serial(segment, today)
        elif place == 0 and (old := _OLD_DATE.fullmatch(segment)):
            expires_on = read_yyjjj(old["date"], today)
            said.append(Said("expiry", "Expires on", old["date"], "expires_on", expires_on))
            said += _named("", old["rest"])
        else:
            said.append(_further(segment))
    return said


def _lot_or_serial(segment: str, today: dt.date) -> list[Said]:
    dollars = "$$" if segment.startswith("$$") else "$"
    plus = "+" if segment[len(dollars) :].startswith("+") else ""
    rest = segment[len(dollars) + len(plus) :]
    said: list[Said] = []
    if dollars == "$$":
        said, rest = _counted(rest)
        dated, rest = _dated(rest, today, may_lack=bool(said))
        said += dated
    named = _named(plus, rest)
    if not said and not named:
        raise Unreadable(f"Nothing follows “{dollars}{plus}”.")
    return said + named


def _counted(text: str) -> tuple[list[Said], str]:
    length = _QUANTITIES.get(text[:1])
    if length is None:
        return [], text
    digits = text[1 : 1 + length]
    if len(digits) < length or not digits.isdecimal():
        raise Unreadable(f"“{text}” should begin with a quantity of {length} digits.")
    return [Said("quantity", "Quantity", digits, "quantity", int(digits))], text[1 + length :]


def _dated(text: str, today: dt.date, *, may_lack: bool) -> tuple[list[Said], str]:
    """The date that a flag announces. Behind a quantity it may lack, and then no digit follows."""
    flag = text[:1]
    if flag == "7":
        return [], text[1:]
    if may_lack and not flag.isdecimal():
        return [], text
    if flag not in _FLAGS:
        raise Unreadable(f"“{text}” should begin with a date flag, a digit from 0 to 7.")
    start, length, reader = _FLAGS[flag]
    digits = text[start : start + length]
    if len(digits) < length or not digits.isdecimal():
        raise Unreadable(f"“{text}” should begin with a date of {length} digits.")
    said = [Said("expiry", "Expires on", digits, "expires_on", reader(digits, today))]
    if flag in _HOURLY:
        if int(digits[-2:]) > 23:
            raise Unreadable(f"The date {digits} on the label does not exist: there is no hour {digits[-2:]}.")
        said.append(Said("hour", "Expires in the hour", digits[-2:]))
    return said, text[start + length :]


def _named(plus: str, text: str) -> list[Said]:
    if not _NAME.fullmatch(text):
        raise Unreadable(f"“{text}” is no lot and no serial number as HIBCC writes them.")
    if not text:
        return []
    return [Said("serial", "Serial number", text, "serial", text) if plus else Said("lot", "Lot", text, "lot", text)]


def _further(segment: str) -> Said:
    if found := re.fullmatch(r"S(.+)", segment):
        return _named("+", found[1])[0]
    if found := re.fullmatch(r"14D([0-9]{8})", segment):
        return Said("expiry", "Expires on", found[1], "expires_on", read_yyyymmdd(found[1]))
    if found := re.fullmatch(r"16D([0-9]{8})", segment):
        return Said("made", "Made on", found[1], "made_on", read_yyyymmdd(found[1]))
    if found := re.fullmatch(r"Q([0-9]{1,5})", segment):
        return Said("quantity", "Quantity", found[1], "quantity", int(found[1]))
    raise Unreadable(f"“{segment}” is no part of a HIBCC label.")


def _facts(said: Iterable[Said]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for each in said:
        if each.name is not None and facts.setdefault(each.name, each.fact) != each.fact:
            raise Unreadable(f"“{each.title}” stands on the label twice, and not the same.")
    return facts


def _wrong_check(text: str, expected: str) -> LabelProblem:
    def name(character: str) -> str:
        return "a space" if character == " " else character

    message = f"The check character of this label is {name(text[-1])} and should be {name(expected)}"
    if check_character(text) == " ":
        message += "; or it is a space that got lost at the end"
    message += (
        ". So something was read or typed wrong, and nothing was filled in. Scan it again, or compare it with the "
        "label character by character; spaces count."
    )
    return LabelProblem(Outcome.CHECK_WRONG, message)
