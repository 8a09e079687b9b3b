from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.storage.recovery_code import GROUPS, new_recovery_code, read_recovery_code, write_recovery_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets_of_a_practice = st.binary(min_size=20, max_size=20)
places = st.integers(0, GROUPS * 5 - 1)


def test_that_a_new_code_has_eight_groups_of_five_and_no_other_is_like_it() -> None:
    codes = {new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){7}", code) for code in codes)


@settings(deadline=None)
@given(secrets_of_a_practice)
def test_that_a_code_reads_back_as_it_was_written(secret: bytes) -> None:
    assert read_recovery_code(write_recovery_code(secret)) == secret


@settings(deadline=None)
@given(secrets_of_a_practice, st.lists(st.sampled_from(["", " ", "  ", "-", " – ", "\n", "\u00a0", "."]), min_size=40))
def test_that_case_separators_and_look_alikes_do_not_matter(secret: bytes, between: list[str]) -> None:
    code = write_recovery_code(secret).replace("-", "").lower()
    typed = "".join(sign + gap for sign, gap in zip(code, between, strict=False))
    if len(typed.replace("–", "-").replace("-", " ").replace(".", " ").split()) == GROUPS:
        typed = code  # a separator in odd places makes eight other groups: those are compared as they stand
    assert read_recovery_code(typed.replace("0", "o").replace("1", "l")) == secret
    assert read_recovery_code(code.replace("0", "O").replace("1", "I").replace("v", "u")) == secret


@settings(deadline=None)
@given(secrets_of_a_practice, places, st.sampled_from(ALPHABET))
def test_that_one_wrong_sign_is_noticed_and_its_group_is_named(secret: bytes, place: int, sign: str) -> None:
    signs = list(write_recovery_code(secret).replace("-", ""))
    assume(signs[place] != sign)
    signs[place] = sign
    with pytest.raises(UserError, match=rf"^Group {place // 5 + 1} of the recovery code is not as on the sheet"):
        read_recovery_code("".join(signs))


@settings(deadline=None)
@given(secrets_of_a_practice, places, places)
def test_that_two_exchanged_signs_are_noticed(secret: bytes, one: int, other: int) -> None:
    signs = list(write_recovery_code(secret).replace("-", ""))
    assume(signs[one] != signs[other])
    signs[one], signs[other] = signs[other], signs[one]
    with pytest.raises(UserError, match="not as on the sheet"):
        read_recovery_code("".join(signs))


@settings(deadline=None)
@given(secrets_of_a_practice, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_that_two_exchanged_groups_are_noticed_and_named(secret: bytes, one: int, other: int) -> None:
    assume(one < other)
    groups = write_recovery_code(secret).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(UserError, match=rf"^Groups {one + 1} and {other + 1} of"):
        read_recovery_code("-".join(groups))


def test_that_a_group_that_lacks_a_sign_is_named() -> None:
    groups = write_recovery_code(bytes(20)).split("-")
    groups[4] = groups[4][:-1]
    with pytest.raises(UserError, match=r"^Group 5 of"):
        read_recovery_code(" ".join(groups))


@pytest.mark.parametrize("typed", ["", "   ", "ABCDE", "A" * 41, "💥" * 40, "A" * 10_000])
def test_that_anything_else_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(UserError, match=r"recovery code .*\.$"):
        read_recovery_code(typed)


def test_that_the_sentence_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(UserError) as refused:
        read_recovery_code("Z" * 40)
    assert "ZZ" not in str(refused.value)
