from __future__ import annotations

import pytest

from desktop.errors import PermissionDenied, Rejected, UserError, WrongPassword
from desktop.models.choices import Role
from desktop.opening import OpenPractice, read_vault, sign_in
from desktop.rules.permission import Actor
from desktop.services.account import AccountRow, add_account, change_password, list_accounts, set_active
from desktop.services.practice import open_practice, save_practice
from desktop.storage.key_slots import VaultSlots
from desktop.storage.vault import Cost, unlock
from tests.conftest import PASSWORD

NURSE_PASSWORD = "gulls over the pier"
NO_COMMON: frozenset[str] = frozenset()


@pytest.fixture
def office(practice: OpenPractice) -> OpenPractice:
    """With key slots that cost nothing to try."""
    key = unlock(practice.folder, "marchetti", PASSWORD)
    practice.database.key_slots = VaultSlots(practice.folder, key, Cost(8, 1, 1))
    return practice


def add_nurse(office: OpenPractice, password: str = NURSE_PASSWORD) -> AccountRow:
    with office.database.unit_of_work(office.actor) as session:
        return add_account(session, "Pell", "Nurse J. Pell", (Role.NURSE,), password, NO_COMMON)


def names(office: OpenPractice) -> list[str]:
    return [slot.account_name for slot in read_vault(office.folder).slots]


def test_that_a_new_account_signs_in_with_its_roles(office: OpenPractice) -> None:
    add_nurse(office)
    opened = sign_in(office.folder, "pell", NURSE_PASSWORD)
    assert opened.actor.roles == {Role.NURSE}
    opened.close()


def test_that_a_refused_account_leaves_neither_row_nor_slot(office: OpenPractice) -> None:
    with pytest.raises(Rejected) as refusal:
        add_nurse(office, "short")
    assert [problem.field for problem in refusal.value.problems] == ["password"]
    assert names(office) == ["marchetti"]
    with office.database.unit_of_work(office.actor) as session:
        assert [row.name for row in list_accounts(session)] == ["marchetti"]


def test_that_a_sign_in_name_is_given_once(office: OpenPractice) -> None:
    add_nurse(office)
    with pytest.raises(Rejected, match="correction"):
        add_nurse(office)


def test_that_an_account_that_is_switched_off_opens_nothing_any_more(office: OpenPractice) -> None:
    row = add_nurse(office)
    with office.database.unit_of_work(office.actor) as session:
        set_active(session, row.id, False)
    assert names(office) == ["marchetti"]
    with pytest.raises(WrongPassword):
        sign_in(office.folder, "pell", NURSE_PASSWORD)


def test_that_switched_on_again_it_needs_a_new_password(office: OpenPractice) -> None:
    row = add_nurse(office)
    for is_active in (False, True):
        with office.database.unit_of_work(office.actor) as session:
            set_active(session, row.id, is_active)
    with pytest.raises(WrongPassword):
        sign_in(office.folder, "pell", NURSE_PASSWORD)
    with office.database.unit_of_work(office.actor) as session:
        change_password(session, row.id, "a lighthouse in fog", NO_COMMON)
    sign_in(office.folder, "pell", "a lighthouse in fog").close()


def test_that_nobody_switches_off_the_account_they_use(office: OpenPractice) -> None:
    with pytest.raises(UserError, match="signed in with"), office.database.unit_of_work(office.actor) as session:
        set_active(session, office.actor.account_id, False)


def test_that_a_nurse_changes_her_own_password_and_no_other(office: OpenPractice) -> None:
    row = add_nurse(office)
    nurse = Actor(row.id, row.display_name, frozenset({Role.NURSE}), "test")
    with office.database.unit_of_work(nurse) as session:
        change_password(session, row.id, "a lighthouse in fog", NO_COMMON)
    with pytest.raises(PermissionDenied), office.database.unit_of_work(nurse) as session:
        change_password(session, office.actor.account_id, "a lighthouse in fog", NO_COMMON)


def test_that_the_sign_in_window_follows_the_name_of_the_practice(office: OpenPractice) -> None:
    with office.database.unit_of_work(office.actor) as session:
        opened = open_practice(session)
        save_practice(session, opened, dict(opened.values) | {"name": "Quay Surgery"})
    assert read_vault(office.folder).practice_name == "Quay Surgery"
