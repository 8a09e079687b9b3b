"""Shows what a person sees before anybody is signed in: set-up, sign-in, recovery, a store that cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.demo.password import DEMO_PASSWORD
from desktop.opening import read_vault
from desktop.tour.album import Album
from desktop.ui.set_up.wizard import SetUpWizard
from desktop.ui.sign_in.screen import SignInScreen
from desktop.ui.sign_in.store_problem import StoreProblemScreen
from desktop.ui.sign_in.wait import WaitScreen

_CODE = "7Q4M-K2XD-9RTV-3HBN-W5PZ-8CFG-J6YA-1SEN"
"""A made-up code for the picture; it opens nothing."""


def show_before_sign_in(album: Album, folder: Path, size: tuple[int, int]) -> None:
    _sign_in(album, folder, size)
    _set_up(album, size)
    problem = StoreProblemScreen(
        "The practice's store is missing from its folder. It was moved, renamed or never copied there. "
        "Put it back, or restore the folder from the latest backup, then try again."
    )
    _show(problem, size)
    album.take(problem, "store-problem", "a store that cannot be opened: what, why, what now")
    waiting = WaitScreen("Making the demo practice …")
    _show(waiting, size)
    album.take(waiting, "wait", "while the demo practice is made")
    for page in (problem, waiting):
        page.close()


def _sign_in(album: Album, folder: Path, size: tuple[int, int]) -> None:
    vault = read_vault(folder)
    accounts = [(slot.account_name, f"{slot.display_name} · {slot.roles_label}") for slot in vault.slots]
    screen = SignInScreen(
        vault.practice_name,
        accounts,
        hint=f"Demo practice. Everybody's password: {DEMO_PASSWORD}",
        greeting="Good morning",
    )
    _show(screen, size)
    album.take(screen, "sign-in", "the sign-in window")
    screen.refuse("This password does not open the account. Wait 10 seconds, then try again.", 10)
    album.take(screen, "sign-in-refused", "a wrong password; the next try has to wait")
    screen.show_locked(vault.slots[0].account_name)
    album.take(screen, "locked", "locked; drafts are kept")
    screen.open_recovery()
    album.take(screen, "recovery", "a new password by the recovery sheet")
    screen.close()


def _set_up(album: Album, size: tuple[int, int]) -> None:
    wizard = SetUpWizard(proves=lambda typed: typed == _CODE)
    _show(wizard, size)
    album.take(wizard, "set-up-welcome", "the first start")
    wizard.go_on()
    _fill(wizard, {"name": "Harbour Plastic Surgery", "phone": "555-0100", "after_hours_phone": "555-0199"})
    _fill(wizard, {"emergency_number": "911"})
    album.take(wizard, "set-up-practice", "the practice: what stands on its letterhead")
    wizard.go_on()
    _fill(wizard, {"display_name": "Dr. A. Marchetti", "name": "marchetti", "password": "short"})
    album.take(wizard, "set-up-person", "the first account; a password that is too short, and why")
    _fill(wizard, {"password": DEMO_PASSWORD})
    wizard.go_on()
    wizard.show_code(_CODE)
    album.take(wizard, "set-up-recovery", "the recovery sheet, to be printed or saved")
    wizard.go_on()
    album.take(wizard, "set-up-typed-back", "its code is typed back before anything goes on")
    wizard.close()


def _fill(page: QWidget, answers: dict[str, str]) -> None:
    """As if typed, into the fields that are in sight."""
    for name, text in answers.items():
        for line in page.findChildren(QLineEdit, name):
            if line.isVisible():
                line.setText(text)
                line.textEdited.emit(text)


def _show(page: QWidget, size: tuple[int, int]) -> None:
    page.resize(*size)
    page.show()
