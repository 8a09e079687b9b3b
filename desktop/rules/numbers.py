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
_HOW_VOLUME = "Write the volume in mL, like 325 or 325 cc."
_HOW_HEIGHT = "Write the height like 165 cm, 1.65 m, 5'5\" or 65 in."
HOW_LENGTH: Final = "Write the length like 9.5, 95 mm or 3 3/4 in."
_NUMBER = r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)"
_KG = ("", "kg", "kgs", "kilo", "kilos", "kilogram", "kilograms")
_LB = ("lb", "lbs", "pound", "pounds")
_MM = ("mm", "millimeter", "millimeters", "millimetre", "millimetres")
_CM = ("cm", "centimeter", "centimeters", "centimetre", "centimetres")
_M = ("m", "meter", "meters", "metre", "metres")
_ML = ("", "ml", "mls", "cc", "ccs", "ccm", "milliliter", "milliliters", "millilitre", "millilitres")
_GRAMS = ("g", "gr", "gm", "gms", "gram", "grams")
_OUNCES = ("oz", "ounce", "ounces", "floz")
_INCH = ("in", "inch", "inches", '"')
_FRACTION = re.compile(r"([+-]?)(?:(\d{1,2})[\s-])?([1-9]\d?)/(2|4|8|16)\s?([^\d\s.,]*)\.?")
_HALVES = {"¼": " 1/4", "½": " 1/2", "¾": " 3/4", "⅛": " 1/8", "⅜": " 3/8", "⅝": " 5/8", "⅞": " 7/8"}
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


def read_length_mm(text: str) -> int:
    """A short length in whole mm (half up): `9.5`, `9,5 cm`, `95 mm`, `3.75 in`, `3 3/4 in`, `3¾"`.

    A bare number is cm.
    Unreadable for a fraction without a unit, which only inches have, and for every other unit.
    Source: clinical reference §1.2 and §8, traps 6 and 7.
    """
    plain = _quotes(_plain("".join(_HALVES.get(character, character) for character in text)))
    if fraction := _FRACTION.fullmatch(plain):
        sign, whole, above, below, unit = fraction.groups()
        number = Decimal(whole or 0) + Decimal(above) / Decimal(below)
        if int(above) >= int(below):
            raise Unreadable(f"“{clean_line(text)[:40]}” cannot be read. {HOW_LENGTH}")
        if unit not in _INCH:
            raise Unreadable(f"“{clean_line(text)[:40]}” is a fraction of what? {HOW_LENGTH}")
        return _whole_mm((-number if sign == "-" else number) * CM_PER_INCH)
    number, unit = _number_and_unit(plain, HOW_LENGTH)
    if unit in ("", *_CM):
        return _whole_mm(number)
    if unit in _MM:
        return _whole_mm(number / 10)
    if unit in _INCH:
        return _whole_mm(number * CM_PER_INCH)
    raise Unreadable(f"“{unit[:20]}” is not a unit of length here. {HOW_LENGTH}")


def show_cm(length_mm: int) -> str:
    """`9.5`, `10.0`, `−2.0`: always one decimal, so that lengths under one another can be compared.

    Source: clinical reference §1.2.
    """
    return f"{'−' if length_mm < 0 else ''}{abs(length_mm) // 10}.{abs(length_mm) % 10}"


def read_volume_ml(text: str) -> int:
    """A volume in whole mL: `325`, `325 mL`, `325cc`; 1 cc is 1 mL exactly.

    Unreadable for every other unit: an ounce is not one volume, and a weight is none. Source: clinical reference
    §2.2, §8 traps 9 and 37.
    """
    plain = _plain(text)
    found = re.fullmatch(r"([^a-z³]*?)\s*([a-z][a-z.\s]*)", plain)
    number, unit = (found[1], re.sub(r"[.\s]", "", found[2])) if found else (plain, "")
    if unit in _ML and number:
        return read_whole(number)
    if unit in _GRAMS:
        raise Unreadable(f"“{clean_line(text)[:40]}” is a weight. {_HOW_VOLUME}")
    if unit in _OUNCES:
        raise Unreadable(f"“{clean_line(text)[:40]}” is in ounces, which are not converted here. {_HOW_VOLUME}")
    if unit and number:
        raise Unreadable(f"“{unit[:20]}” is not a unit of volume here. {_HOW_VOLUME}")
    return read_whole(text)


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


def _whole_mm(value_cm: Decimal) -> int:
    return int((value_cm * 10).quantize(Decimal(1), ROUND_HALF_UP))
