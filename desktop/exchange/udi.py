"""What the label of a device says, read without a network: GS1, HIBCC or ICCBBA, scanned, photographed or typed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Final

from desktop.exchange.gs1 import SEPARATOR, read_gs1, read_gtin
from desktop.exchange.hibcc import CHECK, LINK, read_hibcc
from desktop.exchange.iccbba import read_iccbba
from desktop.exchange.read_label import FACTS, LabelProblem, Outcome, ReadLabel
from desktop.models.choices import UdiIssuer
from desktop.rules.device_identifier import check_digit
from desktop.rules.reading import Unreadable

LONGEST: Final = 1000
"""Characters of the longest text that can be a label, several codes of one sticker included."""

_LINES: Final = re.compile(r"[\r\n\t]+")
"""Scanners end a code by Enter or Tab, and neither stands in one."""
_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_SYMBOLOGIES: Final = ("]C1", "]d2", "]Q3", "]e0", "]J1")
_RETAIL_SYMBOLOGY: Final = "]E"
_PRODUCT: Final = re.compile(r"[0-9]{11,14}")
_SHORT_PRODUCT: Final = re.compile(r"[0-9]{8}")
_STARTS_WITH_PRODUCT: Final = re.compile(r"01[0-9]{14}")
_STARTS_WITH_DATE: Final = re.compile(r"1[17][0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}")
_WHAT_NOW: Final = "Nothing was filled in, and the text is kept. Scan it again, or type the numbers from the label."


def read_label(raw: str, today: dt.date) -> ReadLabel:
    """What the text of a label says; never raises, never guesses, and keeps `raw` as it is.

    Several codes of one sticker stand in lines of their own. A symbology prefix such as `]d2` is left out for reading
    only. Centuries count from `today`. Source: clinical reference §2.8, §8 traps 12 and 13.
    """
    try:
        lines, remarks = _lines(raw)
        read = _together(_read_lines(lines, today))
    except Unreadable as refusal:
        problem = LabelProblem(Outcome.NOT_READ, f"This label could not be read. {refusal} {_WHAT_NOW}")
        return ReadLabel(raw=raw, problems=(problem,))
    return dataclasses.replace(read, raw=raw, remarks=(*read.remarks, *remarks))


def _lines(raw: str) -> tuple[list[str], tuple[str, ...]]:
    """The codes in the text, each once; HIBCC may end with a space, so that nothing is trimmed at the end."""
    if len(raw) > LONGEST:
        raise Unreadable(f"The text has {len(raw):,} characters, more than any label.")
    lines = [line.lstrip(" ") for line in _LINES.split(raw) if line.strip(" ")]
    if not lines:
        raise Unreadable("The text is empty.")
    once = list(dict.fromkeys(_once(line) for line in lines))
    if len(once) == len(lines) and all(line in once for line in lines):
        return once, ()
    return once, ("The same code was scanned more than once; it was read once.",)


def _once(line: str) -> str:
    """Half of a line that holds the same text twice, as when a scanner was pressed twice."""
    half, rest = divmod(len(line), 2)
    return line[:half] if rest == 0 and line[:half] == line[half:] else line


def _read_lines(lines: list[str], today: dt.date) -> list[ReadLabel]:
    reads: list[ReadLabel] = []
    for line in lines:
        beside_gs1 = any(_is_gs1(other) for other in lines if other is not line)
        reads.append(_read_line(line, beside_gs1, today))
    return reads


def _is_gs1(line: str) -> bool:
    return line.startswith((*_GS1_SYMBOLOGIES, "(")) or _names_gs1_product(_without_symbology(line))


def _names_gs1_product(text: str) -> bool:
    return _STARTS_WITH_PRODUCT.match(text) is not None


def _without_symbology(line: str) -> str:
    found = _SYMBOLOGY.match(line)
    return line[found.end() :] if found else line


def _read_line(line: str, beside_gs1: bool, today: dt.date) -> ReadLabel:
    text = _without_symbology(line)
    if line.startswith(_GS1_SYMBOLOGIES):
        return read_gs1(text.rstrip(" "), today)
    if text.startswith(("+", "*+")):
        return read_hibcc(text, today)
    text = text.rstrip(" ")
    if text.startswith(("=", "&,1", "\\T\\,1")):
        return read_iccbba(text)
    if text.startswith("("):
        return read_gs1(text, today)
    if _PRODUCT.fullmatch(text) or (line.startswith(_RETAIL_SYMBOLOGY) and _SHORT_PRODUCT.fullmatch(text)):
        return read_gtin(text)
    if _SHORT_PRODUCT.fullmatch(text):
        raise Unreadable("Eight digits alone can be a serial number as well as a product number.")
    if _names_gs1_product(text.lstrip(SEPARATOR)) or (beside_gs1 and _STARTS_WITH_DATE.match(text)):
        return read_gs1(text, today)
    if SEPARATOR in text.strip(SEPARATOR) or _STARTS_WITH_DATE.match(text):
        return _only_with_product(read_gs1(text, today))
    raise Unreadable("It is no GS1, HIBCC or ICCBBA label.")


def _only_with_product(read: ReadLabel) -> ReadLabel:
    """Digits that begin like a date could be anything; a product number with its check digit shows what they are."""
    identifier = read.part("01")
    if identifier is None or check_digit(identifier[:-1]) != identifier[-1]:
        raise Unreadable("It may be a part of a GS1 label, but it names no product. Scan both codes of the label.")
    return read


def _together(reads: list[ReadLabel]) -> ReadLabel:
    """One label from the codes of one sticker, which must belong together and not contradict each other."""
    if len(reads) == 1:
        return reads[0]
    if len({read.issuer for read in reads}) > 1:
        raise Unreadable("The codes are labels of different kinds. Scan the codes of one device only.")
    _check_link(reads)
    facts = _merged(reads)
    parts = tuple(dict.fromkeys(part for read in reads for part in read.parts))
    problems = tuple(problem for read in reads for problem in read.problems)
    remarks = tuple(remark for read in reads for remark in read.remarks if not _has_piece(facts))
    read = ReadLabel(raw="", issuer=reads[0].issuer, parts=parts, problems=problems, remarks=remarks)
    if read.outcome is Outcome.CHECK_WRONG:
        return read
    return dataclasses.replace(read, **facts)


def _has_piece(facts: dict[str, Any]) -> bool:
    return any(facts[name] is not None for name in ("lot", "serial", "expires_on"))


def _check_link(reads: Iterable[ReadLabel]) -> None:
    """A secondary HIBCC code repeats the check character of its primary one."""
    hibcc = [read for read in reads if read.issuer is UdiIssuer.HIBCC]
    links = {read.part(LINK) for read in hibcc if read.part(LINK) is not None}
    checks = {read.part(CHECK) for read in hibcc if read.part(LINK) is None}
    for link in links - checks:
        raise Unreadable(
            f"These codes do not belong together: one asks for a code that ends with “{link}”, and none of them does."
        )


def _merged(reads: list[ReadLabel]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for name in FACTS:
        said = {fact for read in reads if (fact := getattr(read, name)) is not None}
        if len(said) > 1:
            raise Unreadable("The codes contradict each other, so they are of two labels. Scan one device only.")
        merged[name] = next(iter(said), None)
    return merged
