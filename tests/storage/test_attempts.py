from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import StoreUnavailable, UserError, WrongPassword
from desktop.storage.attempts import ATTEMPTS_NAME, RECOVERY, counted_try, seconds_to_wait
from tests.storage.conftest import SetClock


def try_wrongly(folder: Path, clock: SetClock, account: str = "marchetti") -> WrongPassword:
    with pytest.raises(WrongPassword) as refused, counted_try(folder, account, clock=clock):
        raise WrongPassword("This is not the password of this account.")
    return refused.value


def test_that_three_tries_are_free_and_then_each_waits_twice_as_long_up_to_a_quarter_of_an_hour(
    tmp_path: Path, clock: SetClock
) -> None:
    waits = []
    for _ in range(13):
        waits.append(try_wrongly(tmp_path, clock).wait_seconds)
        clock.pass_seconds(waits[-1])
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]


def test_that_a_try_during_the_wait_is_not_made_and_not_counted(tmp_path: Path, clock: SetClock) -> None:
    for _ in range(3):
        try_wrongly(tmp_path, clock)
    clock.pass_seconds(1.5)
    for _ in range(4):
        with (
            pytest.raises(WrongPassword, match="possible in 4 seconds") as refused,
            counted_try(tmp_path, "marchetti", clock=clock),
        ):
            pytest.fail("the password was tried")
        assert refused.value.wait_seconds == 4
    clock.pass_seconds(3.5)
    assert try_wrongly(tmp_path, clock).wait_seconds == 10


def test_that_the_sentence_says_how_long(tmp_path: Path, clock: SetClock) -> None:
    assert str(try_wrongly(tmp_path, clock)) == "This is not the password of this account. Try again."
    for _ in range(7):
        clock.pass_seconds(900)
        refused = try_wrongly(tmp_path, clock)
    assert str(refused).endswith("The next try is possible in 2 minutes 40 seconds.")


def test_that_a_success_forgets_the_wrong_tries(tmp_path: Path, clock: SetClock) -> None:
    try_wrongly(tmp_path, clock)
    try_wrongly(tmp_path, clock)
    with counted_try(tmp_path, "marchetti", clock=clock):
        pass
    assert [try_wrongly(tmp_path, clock).wait_seconds for _ in range(3)] == [0, 0, 5]


def test_that_each_account_and_the_recovery_code_wait_for_themselves(tmp_path: Path, clock: SetClock) -> None:
    for _ in range(3):
        try_wrongly(tmp_path, clock)
    assert seconds_to_wait(tmp_path, "marchetti", clock=clock) == 5
    assert seconds_to_wait(tmp_path, "okafor", clock=clock) == 0
    with counted_try(tmp_path, RECOVERY, clock=clock):
        pass
    assert seconds_to_wait(tmp_path, "marchetti", clock=clock) == 5


def test_that_ending_the_program_during_a_try_does_not_make_it_free(tmp_path: Path, clock: SetClock) -> None:
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt), counted_try(tmp_path, "marchetti", clock=clock):
            raise KeyboardInterrupt
    assert seconds_to_wait(tmp_path, "marchetti", clock=clock) == 5


@pytest.mark.parametrize("fault", [StoreUnavailable("vault.json is damaged"), UserError("Group 3"), RuntimeError()])
def test_that_what_is_not_a_wrong_password_is_not_counted(tmp_path: Path, clock: SetClock, fault: Exception) -> None:
    for _ in range(5):
        with pytest.raises(type(fault)), counted_try(tmp_path, "marchetti", clock=clock):
            raise fault
    assert try_wrongly(tmp_path, clock).wait_seconds == 0


def test_that_a_clock_set_back_makes_nobody_wait_longer_than_once_more(tmp_path: Path, clock: SetClock) -> None:
    for _ in range(4):
        clock.pass_seconds(900)
        try_wrongly(tmp_path, clock)
    clock.pass_seconds(-400 * 86_400)
    assert seconds_to_wait(tmp_path, "marchetti", clock=clock) == 10
    clock.pass_seconds(4)
    assert seconds_to_wait(tmp_path, "marchetti", clock=clock) == 6
    clock.pass_seconds(6)
    assert seconds_to_wait(tmp_path, "marchetti", clock=clock) == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"marchetti": 3}', b'{"marchetti": {"tries": 9, "last_at": "2026-03-02T09:00"}}', b"\xff"],
)
def test_that_a_damaged_record_of_tries_locks_nobody_out(tmp_path: Path, clock: SetClock, content: bytes) -> None:
    (tmp_path / ATTEMPTS_NAME).write_bytes(content)
    assert seconds_to_wait(tmp_path, "marchetti", clock=clock) == 0
    assert try_wrongly(tmp_path, clock).wait_seconds == 0
