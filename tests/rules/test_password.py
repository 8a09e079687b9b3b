from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.password import LONGEST, SHORTEST, check_password, read_common_passwords

LIST = Path(__file__).parents[2] / "resources" / "rules" / "common_passwords.txt"
COMMON = read_common_passwords(LIST.read_text(encoding="utf-8"))
NAMES = ("marchetti", "Dr. A. Marchetti", "Harbour Plastic Surgery")


@pytest.mark.parametrize(
    "password",
    [
        "a calm quay at dawn",
        "seven grey herons wait",
        "сорок девять журавлей",
        "灯台 から 見える 海 の 色 は 青 い",
        "tea-with-Marchetti-and-forty-herons",
        "no capitals no digits",
        "x" * 20 + "some more words here",
    ],
)
def test_that_a_long_uncommon_password_is_taken_whatever_its_characters(password: str) -> None:
    assert check_password(password, NAMES, COMMON) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("quay at dawn", "Too short: 12 of at least 15"),
        ("herons " * 20, "Too long: 140 of at most 128"),
        ("passwordpassword", "list of passwords"),
        ("PasswordPassword1!", "list of passwords"),
        ("correct horse battery staple", "list of passwords"),
        ("P@ssw0rdP@ssw0rd", "repeated"),
        ("quayatquayatquayat", "repeated"),
        ("aaaaaaaaaaaaaaaaa", "only a few characters"),
        ("1010101010101010", "only a few characters"),
        ("abcdefghijklmnopq", "order of the alphabet"),
        ("poiuytrewqlkjhgf", "order of the alphabet"),
        ("0987654321qwerty", "order of the alphabet"),
        ("1q2w3e4r5t6y7u8i", "order of the alphabet"),
        ("qwertzuiopasdfghjk!", "order of the alphabet"),
        ("Marchetti-2026!!", "the name “marchetti”"),
        ("Harbour Plastic Surgery!", "the name “Harbour Plastic Surgery”"),
    ],
)
def test_that_a_guessable_password_is_refused_with_its_reason(password: str, reason: str) -> None:
    refusal = check_password(password, NAMES, COMMON)
    assert refusal is not None
    assert reason in refusal


@pytest.mark.parametrize("length", [SHORTEST, LONGEST])
def test_that_the_shortest_and_the_longest_length_are_taken(length: int) -> None:
    password = "ten herons wade by the quay, nine boats drift; a gull looks on as fog lifts off our bay. " * 2
    assert check_password(password[:length], NAMES, COMMON) is None
    assert check_password(password[: SHORTEST - 1], NAMES, COMMON) is not None


@given(st.text(max_size=200))
def test_that_any_text_is_taken_or_refused_with_a_sentence(password: str) -> None:
    refusal = check_password(password, NAMES, COMMON)
    assert refusal is None or refusal.endswith(".")


def test_that_the_list_has_no_remarks_and_is_in_the_form_in_which_it_is_compared() -> None:
    assert read_common_passwords("# remark\n\n Let Me In \nletmein\n") == frozenset({"letmein"})
    assert len(COMMON) > 300
    assert not any(one.startswith("#") or one != one.casefold() for one in COMMON)
