import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.search_key import (
    ALIKE,
    LONGEST_KEY,
    device_key,
    digits,
    likeness_of_sound,
    name_key,
    name_keys,
    sound_of,
    whole_names,
    whole_words,
    words_of,
)


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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Smith", {"smith"}),
        ("O'Brien-Sato", {"obriensato", "obrien", "sato", "o", "brien"}),
        ("de la Cruz", {"de", "la", "cruz", "delacruz"}),
        ("Müller", {"muller", "mueller"}),
        ("St. John", {"st", "john", "stjohn"}),
        ("王小明", {"王小明", "小明", "明"}),
        ("김민지", {"김민지", "민지", "지"}),
        ("さくら", {"さくら", "くら", "ら"}),
        ("", set()),
        ("'-.", set()),
    ],
)
def test_that_a_name_is_found_by_each_of_its_words(name: str, words: set[str]) -> None:
    assert words_of(name) == words


def test_that_the_whole_name_is_one_word_in_each_spelling() -> None:
    assert whole_words("van der Möhlen") == {"vandermohlen", "vandermoehlen"}
    assert words_of("van der Möhlen") > whole_words("van der Möhlen")


def test_that_names_without_blanks_between_them_are_one_word_either_way_round() -> None:
    assert whole_names("王", "小明") == ("王小明", "小明王")
    assert whole_names("Wang", "小明") == ()
    assert whole_names("王", "") == ()


@given(st.text(max_size=250))
def test_that_no_word_is_empty_or_longer_than_its_column(name: str) -> None:
    for word in words_of(name) | whole_words(name):
        assert 0 < len(word) <= LONGEST_KEY
        assert " " not in word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("meyer", "maier"), ("meier", "mayer"), ("smith", "smyth"), ("katherine", "kathryn"), ("stephen", "steven"),
        ("thompson", "thomson"), ("hoffmann", "hofman"), ("virtanen", "wirtanen"), ("phillips", "filips"),
        ("hussein", "hussain"), ("schultz", "schulz"), ("brown", "braun"), ("christin", "kristin"),
    ],
)  # fmt: skip
def test_that_names_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""


@pytest.mark.parametrize("word", ["", "li", "a", "王小明", "анна", "x1", "7"])
def test_that_what_says_too_little_has_no_sound(word: str) -> None:
    assert sound_of(word) == ""


@pytest.mark.parametrize("text", ["SN-7712/04", "sn 7712 04", "Sn7712.04", "sn७७१२०४"])
def test_that_a_serial_has_one_key_however_it_is_written(text: str) -> None:
    assert device_key(text) == "SN771204"


@given(st.text())
def test_that_the_key_of_a_serial_is_its_own_key(text: str) -> None:
    assert device_key(device_key(text)) == device_key(text)


@pytest.mark.parametrize(("one", "other"), [("meyer", "maier"), ("philip", "filip"), ("mohamed", "muhammad")])
def test_that_names_of_one_sound_are_alike(one: str, other: str) -> None:
    assert likeness_of_sound(one, other) >= ALIKE


@pytest.mark.parametrize("other", ["maria", "moreau", "mary", "moore", "smith", "", "王"])
def test_that_two_consonants_alone_make_no_name_like_another(other: str) -> None:
    assert likeness_of_sound("meier", other) < ALIKE
