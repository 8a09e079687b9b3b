"""Makes wrong passwords wait longer and longer, also when the program is started again in between."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import WrongPassword
from desktop.storage.clock import Clock, utc_now
from desktop.storage.whole_file import replace_file

ATTEMPTS_NAME = "attempts.json"
RECOVERY = ""
"""Tries of the recovery code are counted under this name, which no account has."""

_FREE_TRIES = 3
_FIRST_WAIT_SECONDS = 5
_LONGEST_WAIT_SECONDS = 900


@dataclass(frozen=True)
class _Wrong:
    tries: int
    last_at: dt.datetime


@contextmanager
def counted_try(folder: Path, account_name: str, *, clock: Clock = utc_now) -> Iterator[None]:
    """Put `unlock` inside: it is not even tried while a wait lasts, and a success forgets the wrong tries.

    The try is counted before it is made, so ending the program while it is checked does not make it free.
    """
    if wait := seconds_to_wait(folder, account_name, clock=clock):
        raise WrongPassword(f"Too many wrong tries. The next one is possible in {_in_words(wait)}.", wait)
    kept = _read(folder)
    tries = kept[account_name].tries + 1 if account_name in kept else 1
    _write(folder, kept | {account_name: _Wrong(tries, clock())})
    try:
        yield
    except WrongPassword as wrong:
        wait = _wait_after(tries)
        then = f"The next try is possible in {_in_words(wait)}." if wait else "Try again."
        raise WrongPassword(f"{wrong} {then}", wait) from wrong
    except Exception:
        _write(folder, kept)  # it was not the password that failed
        raise
    _write(folder, {name: wrong for name, wrong in kept.items() if name != account_name})


def seconds_to_wait(folder: Path, account_name: str, *, clock: Clock = utc_now) -> int:
    """0 when a try is possible now, never more than 900; a clock set back starts the wait anew from now."""
    kept = _read(folder)
    wrong = kept.get(account_name)
    if wrong is None:
        return 0
    now = clock()
    if now < wrong.last_at:
        _write(folder, kept | {account_name: _Wrong(wrong.tries, now)})
    passed = max(0.0, (now - wrong.last_at).total_seconds())
    return max(0, math.ceil(_wait_after(wrong.tries) - passed))


def _wait_after(tries: int) -> int:
    if tries < _FREE_TRIES:
        return 0
    doublings = min(tries - _FREE_TRIES, 20)
    return min(_FIRST_WAIT_SECONDS << doublings, _LONGEST_WAIT_SECONDS)


def _in_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((minutes, "minute"), (rest, "second")) if n]
    return " ".join(parts)


def _read(folder: Path) -> dict[str, _Wrong]:
    """An unreadable file counts as empty: it slows guessing down, and must never lock a practice out."""
    try:
        content = json.loads((folder / ATTEMPTS_NAME).read_bytes())
        kept = {
            str(name): _Wrong(int(wrong["tries"]), dt.datetime.fromisoformat(wrong["last_at"]))
            for name, wrong in content.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {name: wrong for name, wrong in kept.items() if wrong.last_at.tzinfo is not None}


def _write(folder: Path, kept: dict[str, _Wrong]) -> None:
    content = {name: {"tries": wrong.tries, "last_at": wrong.last_at.isoformat()} for name, wrong in kept.items()}
    replace_file(folder / ATTEMPTS_NAME, json.dumps(content, ensure_ascii=False, indent=1).encode())
