import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.search_key import digits, name_key, name_keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Anne-Marie", "annemarie"),
        ("St. John", "st john"),
        ("  van   der Berg ", "van der berg"),
        ("Müller", "muller"),
        ("Weiß", "weiss"),
        ("WEISS", "weiss"),
        ("Søren", "soren"),
        ("Łukasz", "lukasz"),
        ("Đặng", "dang"),
        ("Nguyễn", "nguyen"),
        ("Þóra", "thora"),
        ("Ægir", "aegir"),
        ("İpek", "ipek"),
        ("Işık", "isik"),
        ("Иванова", "иванова"),
        ("Фёдорова", "федорова"),
        ("Ｓｍｉｔｈ", "smith"),
        ("山田", "山田"),
        ("김민지", "김민지"),
        ("Novak, Petra", "novak petra"),
        ("<b>Bobby</b>", "b bobby b"),
        ("مُحَمَّد", "محمد"),
        ("Jose\u0301", "jose"),
        ("", ""),
        ("'-.", ""),
    ],
)
def test_that_one_name_has_one_key_however_it_is_written(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Müller", ("muller", "mueller")),
        ("Jöns", ("jons", "joens")),
        ("Åse", ("ase", "aase")),
        ("Søren", ("soren", "soeren")),
        ("Mu\u0308ller", ("muller", "mueller")),
        ("Smith", ("smith",)),
    ],
)
def test_that_letters_with_two_spellings_are_looked_for_under_both(name: str, keys: tuple[str, ...]) -> None:
    assert name_keys(name) == keys


@given(st.text())
def test_that_the_key_of_a_key_is_itself(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert key == " ".join(key.split())


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F)))
def test_that_case_never_changes_a_key(text: str) -> None:
    assert name_key(text.casefold()) == name_key(text) == name_key(text.upper().casefold())


@pytest.mark.parametrize(
    ("text", "expected"), [("(555) 0142", "5550142"), ("+44 20 7946", "44207946"), ("٥٥٥", "555"), ("x²", ""), ("", "")]
)
def test_that_only_the_digits_of_a_number_remain(text: str, expected: str) -> None:
    assert digits(text) == expected
