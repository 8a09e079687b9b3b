"""How a measurement is read from what people type: in its own unit, and with its direction where it has one."""

from __future__ import annotations

from desktop.rules.measurement import Measurement, Unit
from desktop.rules.numbers import read_length_mm, read_volume_ml, read_whole, show_cm
from desktop.rules.reading import Unreadable, clean_line


def read_measurement(measurement: Measurement, text: str) -> int:
    """What was typed, in the unit in which it is stored.

    Of a measurement with a direction the sign or the word has to be written: `+2`, `2 below`, `right 1.5`; a bare 2 is
    refused, because it can be either. Source: clinical reference §1.2.
    """
    if measurement.unit is Unit.PERCENT:
        return read_whole(text.strip().removesuffix("%"))
    if measurement.unit is Unit.VOLUME:
        return read_volume_ml(text)
    direction = measurement.direction
    if direction is None:
        return read_length_mm(text)
    plain = clean_line(text).casefold()
    if plain == direction.zero:
        return 0
    for sign, *names in ((1, direction.plus, direction.plus_word), (-1, direction.minus, direction.minus_word)):
        for name in map(str.casefold, names):
            if plain.startswith(f"{name} ") or plain.endswith(f" {name}"):
                return sign * _unsigned(plain.removeprefix(f"{name} ").removesuffix(f" {name}"))
    value = read_length_mm(plain)
    if value and plain[0] not in "+-−":
        shown = show_cm(value)
        raise Unreadable(
            f"{shown} cm {direction.plus} or {direction.minus}? Write {shown} {direction.plus_word} or "
            f"{shown} {direction.minus_word}, or a sign: +{shown}, −{shown}."
        )
    return value


def _unsigned(text: str) -> int:
    value = read_length_mm(text)
    if value < 0:
        raise Unreadable(f"“{text}” has a sign and a word. Write one of the two.")
    return value
