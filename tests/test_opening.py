from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest

from desktop.errors import StoreUnavailable, UserError, WrongPassword
from desktop.models.choices import Language, PaperSize
from desktop.opening import NewPractice, OpenPractice, PracticeInTheMaking, recover, sign_in
from desktop.storage.check import check_store
from desktop.storage.vault import Cost
from tests.conftest import NOW, PASSWORD

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
NEW = NewPractice("P", None, None, None, None, PaperSize.A4, Language.ENGLISH, "marchetti", "Dr. A. Marchetti")


def test_that_signing_in_opens_what_set_up_made(practice: OpenPractice) -> None:
    practice.close()
    again = sign_in(practice.folder, "marchetti", PASSWORD)
    assert again.actor == practice.actor
    again.close()


def test_that_a_wrong_password_opens_nothing_and_waits_longer_and_longer(practice: OpenPractice) -> None:
    waits = [0]
    for _ in range(6):
        at = NOW + dt.timedelta(seconds=sum(waits) + len(waits))
        with pytest.raises(WrongPassword) as refusal:
            sign_in(practice.folder, "marchetti", "wrong" * 4, clock=partial(dt.datetime.astimezone, at, dt.UTC))
        waits.append(refusal.value.wait_seconds)
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]


def test_that_the_recovery_sheet_gives_a_new_password(tmp_path: Path) -> None:
    making = PracticeInTheMaking(tmp_path / "p", NEW, PASSWORD, cost=CHEAP)
    code = making.recovery_code
    making.finish().close()
    recover(tmp_path / "p", code.lower().replace("-", " "), "marchetti", "another calm harbour").close()
    sign_in(tmp_path / "p", "marchetti", "another calm harbour").close()
    with pytest.raises(WrongPassword):
        sign_in(tmp_path / "p", "marchetti", PASSWORD)


def test_that_a_practice_that_was_not_finished_is_none(tmp_path: Path) -> None:
    making = PracticeInTheMaking(tmp_path / "p", NEW, PASSWORD, cost=CHEAP)
    assert not (tmp_path / "p").exists()
    making.discard()
    assert list(tmp_path.iterdir()) == []


def test_that_set_up_never_takes_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreUnavailable, match="not empty"):
        PracticeInTheMaking(tmp_path, NEW, PASSWORD, cost=CHEAP)


def test_that_the_recovery_code_must_be_typed_as_it_was_printed(tmp_path: Path) -> None:
    making = PracticeInTheMaking(tmp_path / "p", NEW, PASSWORD, cost=CHEAP)
    assert making.proves(making.recovery_code)
    with pytest.raises(UserError):
        making.proves(("A" if making.recovery_code[0] != "A" else "B") + making.recovery_code[1:])
    making.discard()


def test_that_a_missing_store_is_said_and_none_is_made(practice: OpenPractice) -> None:
    practice.database.close()
    (practice.folder / "reprise.db").unlink()
    with pytest.raises(StoreUnavailable):
        sign_in(practice.folder, "marchetti", PASSWORD)
    assert not (practice.folder / "reprise.db").exists()


def test_that_a_new_practice_passes_every_check(practice: OpenPractice) -> None:
    assert [(f.what, f.detail) for f in check_store(practice.database, practice.folder) if not f.ok] == []


def test_that_the_audit_is_still_sound_after_closing_and_opening_again(practice: OpenPractice) -> None:
    practice.close()
    again = sign_in(practice.folder, "marchetti", PASSWORD)
    assert all(f.ok for f in check_store(again.database, again.folder))
    again.close()
