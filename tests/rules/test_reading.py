import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.reading import clean_line, is_one_line, plain_digits


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rosalind   Okafor ", "Rosalind Okafor"),
        ("Rosalind\r\nOkafor\tJones", "Rosalind Okafor Jones"),
        ("line\u2028separator\u2029paragraph", "line separator paragraph"),
        ("no\u00a0break", "no break"),
        ("bell\x07 null\x00", "bell null"),
        ("Jose\u0301", "José"),
        ("lone \ud800 half", "lone half"),
        ("\ufeffzero\u200bwidth", "zerowidth"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_that_a_line_is_trimmed_composed_and_free_of_breaks_and_controls(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_that_signs_which_turn_the_direction_of_a_name_around_are_removed(sign: str) -> None:
    assert clean_line(f"Ana{sign}Lopez") == "AnaLopez"
    assert not is_one_line(f"Ana{sign}Lopez")


@pytest.mark.parametrize(
    "name",
    ["شیرین حیدری", "می\u200cخواهم", "क\u094d\u200dष", "מרים לוי", "Nguyễn", "山田 花子", "'; DROP", "<b>Bobby</b>"],
)
def test_that_letters_marks_and_joiners_of_every_script_are_kept(name: str) -> None:
    assert clean_line(name) == unicodedata.normalize("NFC", name)
    assert is_one_line(name)


@pytest.mark.parametrize("text", ["two\nlines", "a\rb", "tab\there", "a\u2028b", "\x00"])
def test_that_breaks_and_controls_are_noticed(text: str) -> None:
    assert not is_one_line(text)


@given(st.text())
def test_that_a_clean_line_is_one_line_and_stays_as_it_is(text: str) -> None:
    once = clean_line(text)
    assert clean_line(once) == once
    assert is_one_line(once)
    assert once == once.strip()
    once.encode()


def test_that_only_decimal_digits_become_plain() -> None:
    assert plain_digits("٣٢٥ ３２５ ३२५") == "325 325 325"
    assert plain_digits("5² ½ ①") == "5² ½ ①"
