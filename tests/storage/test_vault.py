from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import StoreUnavailable, UserError, WrongPassword
from desktop.storage.key_slots import VaultSlots
from desktop.storage.recovery_code import new_recovery_code
from desktop.storage.vault import (
    Slot,
    SlotOwner,
    add_slot,
    create_vault,
    read_vault,
    remove_slot,
    renew_recovery,
    replace_slot,
    unlock,
    unlock_with_recovery,
    verify_recovery,
)
from tests.storage.conftest import Made
from tests.storage.shelf import CHEAP, change_password_until_killed, pipe, start

NURSE = SlotOwner("okafor", "Nurse N. Okafor", "Nurse")


def test_that_the_right_password_gives_the_data_key(vault: Made) -> None:
    assert len(vault.key) == 48
    assert unlock(vault.folder, "marchetti", "correct horse battery") == vault.key


def test_that_a_wrong_password_gives_a_sentence_and_no_key(vault: Made) -> None:
    with pytest.raises(WrongPassword, match="not the password of this account"):
        unlock(vault.folder, "marchetti", "correct horse batterz")


def test_that_an_unknown_account_is_told_so(vault: Made) -> None:
    with pytest.raises(WrongPassword, match="no account named nobody"):
        unlock(vault.folder, "nobody", "correct horse battery")


def test_that_the_sign_in_window_learns_practice_and_accounts_without_a_password(vault: Made) -> None:
    add_slot(vault.folder, vault.key, NURSE, "another password", cost=CHEAP)
    seen = read_vault(vault.folder)
    assert (seen.practice_name, seen.is_demo) == ("Lakeside Plastic Surgery", False)
    assert seen.slots == (
        Slot("marchetti", "Dr. A. Marchetti", "Surgeon"),
        Slot("okafor", "Nurse N. Okafor", "Nurse"),
    )


def test_that_the_full_cost_is_the_default_and_is_kept_in_the_slot(tmp_path: Path) -> None:
    key, _code = create_vault(tmp_path, "P", NURSE, "a long enough password", is_demo=True)
    sealed = json.loads((tmp_path / "vault.json").read_text(encoding="utf-8"))["slots"][0]["sealed"]
    assert (sealed["memory_kib"], sealed["passes"], sealed["lanes"]) == (65536, 3, 4)
    assert unlock(tmp_path, "okafor", "a long enough password") == key
    assert read_vault(tmp_path).is_demo


def test_that_a_password_opens_however_the_keyboard_composes_its_letters(vault: Made) -> None:
    replace_slot(vault.folder, vault.key, "marchetti", "Ünïcödé é ﬁ password", cost=CHEAP)
    assert unlock(vault.folder, "marchetti", unicodedata.normalize("NFD", "Ünïcödé é ﬁ password")) == vault.key


def test_that_neither_key_nor_password_nor_code_is_in_the_file(vault: Made) -> None:
    content = (vault.folder / "vault.json").read_bytes()
    for secret in (vault.key.hex()[:64], vault.key.hex()[64:], "correct horse", vault.code, vault.code[:5]):
        assert secret.encode() not in content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_that_only_its_owner_may_read_the_file(vault: Made) -> None:
    assert stat.S_IMODE((vault.folder / "vault.json").stat().st_mode) == 0o600


def test_that_a_changed_password_closes_the_old_one(vault: Made) -> None:
    replace_slot(vault.folder, vault.key, "marchetti", "the new password", cost=CHEAP)
    assert unlock(vault.folder, "marchetti", "the new password") == vault.key
    with pytest.raises(WrongPassword):
        unlock(vault.folder, "marchetti", "correct horse battery")
    assert read_vault(vault.folder).slots[0].display_name == "Dr. A. Marchetti"


def test_that_the_recovery_code_gives_the_same_key_and_can_set_a_new_password(vault: Made) -> None:
    key = unlock_with_recovery(vault.folder, vault.code.lower().replace("-", " "))
    assert key == vault.key
    replace_slot(vault.folder, key, "marchetti", "after recovery", cost=CHEAP)
    assert unlock(vault.folder, "marchetti", "after recovery") == vault.key


def test_that_the_typed_back_code_is_told_right_wrong_or_mistyped(vault: Made) -> None:
    assert verify_recovery(vault.folder, vault.code)
    assert not verify_recovery(vault.folder, new_recovery_code())
    last = "0" if vault.code[-1] != "0" else "1"
    with pytest.raises(UserError, match="Group 8") as refused:
        verify_recovery(vault.folder, vault.code[:-1] + last)
    assert not isinstance(refused.value, WrongPassword)


def test_that_a_new_sheet_closes_the_old_one(vault: Made) -> None:
    code = renew_recovery(vault.folder, vault.key, cost=CHEAP)
    assert verify_recovery(vault.folder, code)
    assert not verify_recovery(vault.folder, vault.code)


def test_that_an_account_name_is_taken_once(vault: Made) -> None:
    with pytest.raises(UserError, match="exists already"):
        add_slot(vault.folder, vault.key, SlotOwner("marchetti", "x", "y"), "p", cost=CHEAP)


def test_that_a_removed_account_opens_nothing_and_the_last_one_stays(vault: Made) -> None:
    add_slot(vault.folder, vault.key, NURSE, "another password", cost=CHEAP)
    remove_slot(vault.folder, vault.key, "marchetti")
    with pytest.raises(WrongPassword):
        unlock(vault.folder, "marchetti", "correct horse battery")
    with pytest.raises(UserError, match="only account"):
        remove_slot(vault.folder, vault.key, "okafor")
    assert unlock(vault.folder, "okafor", "another password") == vault.key


def test_that_the_key_of_another_practice_is_never_put_into_a_slot(vault: Made) -> None:
    with pytest.raises(ValueError, match="another practice"):
        replace_slot(vault.folder, bytes(48), "marchetti", "locked out", cost=CHEAP)
    assert unlock(vault.folder, "marchetti", "correct horse battery") == vault.key


def test_that_a_practice_is_never_made_over_another(vault: Made) -> None:
    before = (vault.folder / "vault.json").read_bytes()
    with pytest.raises(StoreUnavailable, match="already holds a practice"):
        create_vault(vault.folder, "Other", NURSE, "p", cost=CHEAP)
    assert (vault.folder / "vault.json").read_bytes() == before


def test_that_slots_exchanged_in_the_file_open_nothing(vault: Made) -> None:
    add_slot(vault.folder, vault.key, NURSE, "another password", cost=CHEAP)
    path = vault.folder / "vault.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    one, other = content["slots"]
    one["sealed"], other["sealed"] = other["sealed"], one["sealed"]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(WrongPassword):
        unlock(vault.folder, "marchetti", "another password")


def test_that_services_reach_the_slots_and_a_key_is_not_shown(vault: Made) -> None:
    slots = VaultSlots(vault.folder, vault.key, CHEAP)
    slots.add("okafor", "Nurse N. Okafor", "Nurse", "first password")
    slots.put("okafor", "Dr. R. Okafor", "Surgeon", "second password")
    assert unlock(vault.folder, "okafor", "second password") == vault.key
    slots.remove("okafor")
    assert len(read_vault(vault.folder).slots) == 1
    assert repr(vault.key) not in repr(slots)


def test_that_a_missing_vault_is_told_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"no practice in .*missing"):
        read_vault(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"{}", b"\xff\xfe", b'{"format": "1"}', b'{"format": 1, "slots": [1]}'],
)
def test_that_a_damaged_vault_is_told_and_left_alone(vault: Made, content: bytes) -> None:
    path = vault.folder / "vault.json"
    path.write_bytes(content)
    for action in (
        lambda: read_vault(vault.folder),
        lambda: unlock(vault.folder, "marchetti", "correct horse battery"),
        lambda: verify_recovery(vault.folder, vault.code),
    ):
        with pytest.raises(StoreUnavailable, match="damaged"):
            action()
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "damage",
    [{"salt": "xyz"}, {"nonce": ""}, {"memory_kib": 10**9}, {"passes": 0}, {"lanes": 10**6}, {"wrapped": None}],
)
def test_that_a_damaged_slot_is_told_without_exhausting_the_computer(vault: Made, damage: dict[str, Any]) -> None:
    path = vault.folder / "vault.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["slots"][0]["sealed"] |= damage
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="key of this account is damaged"):
        unlock(vault.folder, "marchetti", "correct horse battery")
    assert verify_recovery(vault.folder, vault.code)


def test_that_a_vault_of_a_newer_program_is_refused(vault: Made) -> None:
    path = vault.folder / "vault.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"format": 2}), encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="newer Reprise"):
        read_vault(vault.folder)


def test_that_a_password_change_killed_at_any_moment_leaves_one_whole_vault(vault: Made) -> None:
    replace_slot(vault.folder, vault.key, "marchetti", "password number 0", cost=CHEAP)
    for kill in range(20):
        hears, says = pipe()
        process = start(change_password_until_killed, vault.folder, vault.key, says)
        says.close()
        told = 0
        while told < 1 + kill:
            told = hears.recv()
        process.kill()
        process.join()
        try:
            while True:
                told = hears.recv()
        except EOFError:
            hears.close()
        assert vault.key in {opened_with(vault.folder, f"password number {number}") for number in (told, told + 1)}
        assert verify_recovery(vault.folder, vault.code)


def opened_with(folder: Path, password: str) -> bytes | None:
    try:
        return unlock(folder, "marchetti", password)
    except WrongPassword:
        return None


def test_that_the_sign_in_window_reads_the_vault_without_loading_anything_slow(vault: Made) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from desktop.storage.attempts import seconds_to_wait\n"
        "from desktop.storage.vault import read_vault\n"
        f"read_vault(Path({str(vault.folder)!r})); seconds_to_wait(Path({str(vault.folder)!r}), 'x')\n"
        "slow = {'sqlalchemy', 'argon2', 'cryptography', 'alembic', 'sqlcipher3', 'hypothesis'} & set(sys.modules)\n"
        "sys.exit(', '.join(slow) or 0)"
    )
    root = Path(__file__).parents[2]
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=os.environ, capture_output=True, text=True, check=False
    )
    assert (loaded.returncode, loaded.stderr) == (0, "")
