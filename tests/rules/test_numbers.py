from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.numbers import (
    read_decimal,
    read_height_cm,
    read_length_mm,
    read_volume_ml,
    read_weight_kg,
    read_whole,
    show_cm,
    show_decimal,
)
from desktop.rules.reading import Unreadable


@pytest.mark.parametrize(
    ("typed", "number"), [("325", 325), (" 0325 ", 325), ("-5", -5), ("−5", -5), ("٣٢٥", 325), ("３２５", 325)]
)
def test_that_a_whole_number_is_read_in_every_script(typed: str, number: int) -> None:
    assert read_whole(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "x", "12.5", "12,5", "3,250", "1.500", "1 000", "5²", "½", "1e3", "0x10", "9" * 5000, "--5"]
)
def test_that_anything_else_is_no_whole_number(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_whole(typed)


def test_that_a_separator_between_thousands_is_refused_with_the_number_to_write() -> None:
    with pytest.raises(Unreadable, match="Write a whole number without point or comma: 3250"):
        read_whole("3,250")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("12.75", "12.75"),
        ("1234.567", "1234.567"),
        ("1.2345", "1.2345"),
        ("٦٢٫٥", "62.5"),
        ("６２．５", "62.5"),
        ("-2.5", "-2.5"),
        ("62", "62"),
    ],
)
def test_that_a_comma_and_a_point_are_both_decimal(typed: str, number: str) -> None:
    assert read_decimal(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1.500", "1,500", "12.345", "999,999", "-1.500"])
def test_that_thousands_and_thousandths_are_never_guessed(typed: str) -> None:
    with pytest.raises(Unreadable, match=r"can be .* or .*\. Write .* or .*\."):
        read_decimal(typed)


@pytest.mark.parametrize(
    "typed", ["", "x", "1.234,5", "1,234.5", "1 000", "1e5", "NaN", "Infinity", "5.", "1..5", "5²", "1" * 16]
)
def test_that_what_is_no_plain_number_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_decimal(typed)


@given(st.decimals(min_value=-99_999, max_value=99_999, places=2))
def test_that_what_is_shown_can_be_read_again(number: Decimal) -> None:
    assert read_decimal(show_decimal(number)) == number
    assert read_decimal(show_decimal(number).replace(".", ",")) == number


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_that_a_whole_number_is_read_as_it_was_written(number: int) -> None:
    assert read_whole(str(number)) == number


@given(st.text())
def test_that_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (read_whole, read_decimal, read_weight_kg, read_height_cm):
        try:
            read(text)
        except Unreadable as refusal:
            assert str(refusal).endswith((".", "in.", '"'))  # noqa: PT017


@pytest.mark.parametrize(
    ("typed", "kg"),
    [
        ("62", "62"),
        ("62 kg", "62"),
        ("62,5kg", "62.5"),
        ("62 KG.", "62"),
        ("137 lb", "62.1"),
        ("137lbs", "62.1"),
        ("1 pound", "0.5"),
        ("100 pounds", "45.4"),
    ],
)
def test_that_a_weight_is_kg_unless_pounds_are_written(typed: str, kg: str) -> None:
    assert read_weight_kg(typed) == Decimal(kg)


@pytest.mark.parametrize("typed", ["", "kg", "10 st", "62 g", "62 kg 5", "1,500 kg", "62 kg lb"])
def test_that_a_weight_in_another_unit_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_weight_kg(typed)


@given(st.decimals(min_value=1, max_value=900, places=1))
def test_that_pounds_convert_to_the_nearest_tenth_of_a_kilogram(pounds: Decimal) -> None:
    assert abs(read_weight_kg(f"{pounds} lb") - pounds * Decimal("0.45359237")) <= Decimal("0.05")


@pytest.mark.parametrize(
    ("typed", "cm"),
    [
        ("165", 165),
        ("165 cm", 165),
        ("164.5", 165),
        ("164,4 cm", 164),
        ("1.65 m", 165),
        ("1,65m", 165),
        ("1m65", 165),
        ("5'5\"", 165),
        ("5'5", 165),
        ("5’5”", 165),
        ("5 ft 5 in", 165),
        ("5ft 5.5", 166),
        ("5'", 152),
        ("65 in", 165),
        ('65"', 165),
    ],
)
def test_that_a_height_is_read_in_every_usual_unit(typed: str, cm: int) -> None:
    assert read_height_cm(typed) == cm


@pytest.mark.parametrize("typed", ["", "1.65", "5.5", "5'12\"", "165 kg", "tall", "3m65", "5'5'5"])
def test_that_a_height_without_a_clear_unit_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_height_cm(typed)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("5.0", "5"),
        ("0.50", "0.5"),
        (".5", "0.5"),
        ("1E+2", "100"),
        ("0.0000001", "0.0000001"),
        ("-0", "0"),
        ("1000.0", "1000"),
    ],
)
def test_that_no_zero_trails_and_none_is_missing_before_the_point(number: str, shown: str) -> None:
    assert show_decimal(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("typed", "length_mm"),
    [
        ("9.5", 95),
        ("9,5 cm", 95),
        ("9", 90),
        (".9", 9),
        ("95 mm", 95),
        ("95mm.", 95),
        ("3.75 in", 95),
        ("3 3/4 in", 95),
        ("3-3/4 inches", 95),
        ("3¾ in", 95),
        ('3/4"', 19),
        ("−2", -20),
        ("-3/4 in", -19),
        ("٩٫٥", 95),
        ("9.54", 95),
        ("9.55", 96),
        ("0", 0),
    ],
)
def test_that_a_length_is_centimeters_unless_another_unit_is_written(typed: str, length_mm: int) -> None:
    assert read_length_mm(typed) == length_mm


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3 3/4", "a fraction of what"),
        ("1.500", "can be 1.5 or 1500"),
        ("9.5 ft", "not a unit of length here"),
        ("9.5 m", "not a unit of length here"),
        ("9 5", "cannot be read"),
        ("9-10", "cannot be read"),
        ("3 5/4 in", "cannot be read"),
        ("3 3/7 in", "cannot be read"),
        ("1e3", "cannot be read"),
        ("9" * 40, "too long"),
    ],
)
def test_that_a_length_that_can_be_misread_is_refused_with_how_to_write_it(typed: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_length_mm(typed)


@pytest.mark.parametrize(("length_mm", "shown"), [(95, "9.5"), (100, "10.0"), (5, "0.5"), (0, "0.0"), (-20, "−2.0")])
def test_that_a_length_is_shown_in_centimeters_with_one_decimal(length_mm: int, shown: str) -> None:
    assert show_cm(length_mm) == shown


@given(st.integers(-5_000, 5_000))
def test_that_a_length_as_it_is_shown_is_read_as_itself(length_mm: int) -> None:
    assert read_length_mm(show_cm(length_mm)) == length_mm


@pytest.mark.parametrize("text", ["325", " 325 mL ", "325ml", "325 cc", "325cc.", "325 milliliters"])
def test_that_a_volume_is_read_in_ml_and_cc_is_the_same(text: str) -> None:
    assert read_volume_ml(text) == 325


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10 oz", "in ounces, which are not converted here"),
        ("11 fl. oz.", "in ounces"),
        ("300 g", "is a weight"),
        ("0.3 l", "“l” is not a unit of volume here"),
        ("300.5", "Write a whole number"),
        ("1.050 mL", "may be a fraction"),
        ("cc", "is not a number"),
        ("large", "is not a number"),
    ],
)
def test_that_a_volume_in_another_unit_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_volume_ml(text)
    assert said in str(refused.value)
