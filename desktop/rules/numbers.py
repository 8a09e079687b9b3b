"""How numbers are read from what people type, with a comma or a point, and how they are shown."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from desktop.rules.reading import Unreadable, clean_line, plain_digits

KG_PER_LB: Final = Decimal("0.45359237")
CM_PER_INCH: Final = Decimal("2.54")
"""Both exact by definition. Source: clinical reference §4.8."""

_LONGEST = 15
_HOW_WEIGHT = "Write the weight like 62 kg or 137 lb."
_HOW_HEIGHT = "Write the height like 165 cm, 1.65 m, 5'5\" or 65 in."
_NUMBER = r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)"
_KG = ("", "kg", "kgs", "kilo", "kilos", "kilogram", "kilograms")
_LB = ("lb", "lbs", "pound", "pounds")
_CM = ("cm", "centimeter", "centimeters", "centimetre", "centimetres")
_M = ("m", "meter", "meters", "metre", "metres")
_INCH = ("in", "inch", "inches", '"')
_FEET = re.compile(r"(\d{1,2})\s?(?:'|ft|feet|foot)\s?(?:(\d{1,2}(?:[.,]\d{1,2})?)\s?(?:\"|''|in|inch|inches)?)?")


def read_whole(text: str) -> int:
    """A whole number; digits of any script. Unreadable for fractions and for separators between thousands."""
    plain = _plain(text)
    if not re.fullmatch(r"[+-]?\d+", plain):
        if re.fullmatch(_NUMBER, plain):
            grouped = re.sub(r"[.,]", "", plain)
            raise Unreadable(
                f"“{clean_line(text)}” may be a fraction. Write a whole number without point or comma: {grouped}."
                if _is_ambiguous(plain)
                else "Write a whole number, without a point or comma."
            )
        raise Unreadable(f"“{clean_line(text)[:40]}” is not a number. Write digits only, like 325.")
    _refuse_long(plain)
    return int(plain)


def read_decimal(text: str) -> Decimal:
    """A number with a decimal point or comma: `1,5` and `1.5` are 1.5.

    Unreadable for `1.500` and `1,500`, which are a thousand and a half in one country and one and a half in another,
    and for every separator between thousands. Source: clinical reference §8, trap 7.
    """
    plain = _plain(text)
    if not re.fullmatch(_NUMBER, plain):
        raise Unreadable(
            f"“{clean_line(text)[:40]}” is not a number. Write it like 12.5, without a sign between thousands."
        )
    _refuse_long(plain)
    if _is_ambiguous(plain):
        whole, part = re.split(r"[.,]", plain)
        shorter = show_decimal(Decimal(f"{whole}.{part}"))
        raise Unreadable(f"“{clean_line(text)}” can be {shorter} or {whole}{part}. Write {shorter} or {whole}{part}.")
    return Decimal(plain.replace(",", "."))


def read_weight_kg(text: str) -> Decimal:
    """A body weight in kg: `62`, `62 kg`, `62,5kg` exactly; `137 lb` is converted (× 0.45359237) and kept to 0.1 kg.

    Pounds are read only when they are written. Unreadable for other units. Whether the weight is likely is asked by
    `rules.patient`. Source: clinical reference §4.8 and §8, trap 6.
    """
    number, unit = _number_and_unit(text, _HOW_WEIGHT)
    if unit in _KG:
        return number
    if unit in _LB:
        return (number * KG_PER_LB).quantize(Decimal("0.1"))
    raise Unreadable(f"“{unit[:20]}” is not a unit of weight here. {_HOW_WEIGHT}")


def read_height_cm(text: str) -> int:
    """A body height in whole cm (half up): `165`, `165 cm`, `1.65 m`, `1m65`, `5'5"`, `5 ft 5 in`, `65 in`.

    A bare number is cm. Unreadable for a bare 1.65 or 5.5, which are no cm. Source: clinical reference §4.8.
    """
    plain = _quotes(_plain(text))
    if split := re.fullmatch(r"([12])\s?m\s?(\d\d)", plain):
        return int(split[1] + split[2])
    if feet := _FEET.fullmatch(plain):
        return _whole_cm((int(feet[1]) * 12 + _inches(feet[2])) * CM_PER_INCH)
    number, unit = _number_and_unit(plain, _HOW_HEIGHT)
    if unit == "" and abs(number) >= 10:
        return _whole_cm(number)
    if unit == "":
        raise Unreadable(f"{show_decimal(number)} what? {_HOW_HEIGHT}")
    if unit in _CM:
        return _whole_cm(number)
    if unit in _M:
        return _whole_cm(number * 100)
    if unit in _INCH:
        return _whole_cm(number * CM_PER_INCH)
    raise Unreadable(f"“{unit[:20]}” is not a unit of height here. {_HOW_HEIGHT}")


def show_decimal(value: Decimal | int) -> str:
    """`5`, `0.5`, `1234.25`: no zeros at the end, always one before the point, never an exponent.

    Source: clinical reference §8, trap 8.
    """
    text = format(Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(text: str) -> str:
    return (
        plain_digits(clean_line(text))
        .casefold()
        .replace("−", "-")
        .replace("٫", ".")
        .replace("．", ".")
        .replace("，", ",")
    )


def _quotes(plain: str) -> str:
    return re.sub("[’′‘]", "'", re.sub("[”″“]", '"', plain))


def _is_ambiguous(plain: str) -> bool:
    """One to three digits that begin with no zero, a separator, exactly three digits: thousands or thousandths."""
    return re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", plain) is not None


def _refuse_long(plain: str) -> None:
    if len(plain) > _LONGEST:
        raise Unreadable(f"This number is too long. Write at most {_LONGEST} digits.")


def _number_and_unit(text: str, how: str) -> tuple[Decimal, str]:
    found = re.fullmatch(rf"({_NUMBER})\s?([^\d\s.,]*)\.?", _plain(text))
    if found is None:
        raise Unreadable(f"“{clean_line(text)[:40]}” cannot be read. {how}")
    return read_decimal(found[1]), found[2]


def _inches(text: str | None) -> Decimal:
    inches = Decimal((text or "0").replace(",", "."))
    if inches >= 12:
        raise Unreadable(f"{show_decimal(inches)} inches are more than a foot. {_HOW_HEIGHT}")
    return inches


def _whole_cm(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
