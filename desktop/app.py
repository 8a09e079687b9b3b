"""Puts the parts together: a window, somebody who signs in, the practice's store, and the screens over it.

Imports only what the sign-in window needs to be painted; the rest is loaded while the person types.
"""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QScreen
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.bug_log import log_handlers, tell_of_bugs
from desktop.errors import StoreUnavailable, UserError, WrongPassword, describe_bug
from desktop.loading import load_heavy
from desktop.paths import demo_practice_folder
from desktop.storage.vault_file import read_vault
from desktop.ui.kit.overriding import override
from desktop.ui.kit.preferences import apply_preferences, load_preferences
from desktop.ui.kit.theme import new_application
from desktop.ui.sign_in.screen import SignInScreen

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from desktop.opening import OpenPractice, PracticeInTheMaking
    from desktop.ui.kit.background import Background
    from desktop.ui.kit.screen import Place
    from desktop.ui.main_window import MainWindow
    from desktop.ui.set_up.answers import SetUpAnswers
    from desktop.ui.set_up.wizard import SetUpWizard

log = logging.getLogger(__name__)


_NOT_KEPT = (
    "What was typed last could not be kept, because the store took nothing more: its disk may be full or read-only. "
    "What was saved before is safe."
)

_FRAME = 40
"""What the desktop draws around a window, in pixels; more than any does."""


class Window(QStackedWidget):
    """The one window. Its title never names a patient."""

    closing = Signal()
    painted = Signal()
    """Once, when the first page stands on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._is_painted = False
        self.setWindowTitle("Reprise")
        self.resize(1440, 900)
        self.setMinimumSize(1200, 600)

    def show_on(self, screen: QScreen) -> None:
        """As large as it likes to be, or the whole of a smaller screen, so that nothing hangs over its edge."""
        room = screen.availableSize()
        if room.width() < self.width() + _FRAME or room.height() < self.height() + _FRAME:
            self.showMaximized()
        else:
            self.show()

    def show_only(self, page: QWidget) -> None:
        while (old := self.widget(0)) is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(page)
        self.setCurrentWidget(page)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)  # what stands on the page is painted after this

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)


class Application(QObject):
    """Which page the window shows, from start to sign-out."""

    _answered = Signal(object)

    def __init__(self, folder: Path, is_demo: bool = False) -> None:
        super().__init__()
        self.folder, self.is_demo = folder, is_demo
        self.window = Window()
        self.window.closing.connect(self.close_practice)
        self.sign_in_screen: SignInScreen | None = None
        self.wizard: SetUpWizard | None = None
        self.main_window: MainWindow | None = None
        self.background: Background | None = None
        self.practice: OpenPractice | None = None
        self._making: PracticeInTheMaking | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._loaded: Future[None] | None = None
        self._left: tuple[str, Place] | None = None
        self._answered.connect(lambda answer: answer())

    def start(self) -> None:
        """Show the first page; load the rest once it is painted."""
        self.window.painted.connect(self.load)
        self.show_first_page()
        self.window.show_on(self.window.screen())

    def load(self) -> None:
        if self._loaded is None:
            self._loaded = self._opening_thread().submit(load_heavy)
            self._loaded.add_done_callback(lambda _loaded: self._answered.emit(_collect_garbage))

    def show_first_page(self) -> None:
        if self.is_demo and not _is_of_today(self.folder):
            self._busy("Making the demo practice …", self._make_demo, lambda _none: self.show_first_page())
        elif _holds_practice(self.folder):
            self.show_sign_in()
        else:
            self._when_loaded(self.show_set_up)

    def show_sign_in(self, locked: str = "") -> None:
        try:
            vault = read_vault(self.folder)
        except UserError as problem:
            self.show_store_problem(str(problem))
            return
        accounts = [(slot.account_name, f"{slot.display_name} · {slot.roles_label}") for slot in vault.slots]
        hint = _demo_hint() if vault.is_demo else ""
        screen = SignInScreen(vault.practice_name, accounts, hint=hint, parent=self.window)
        screen.sign_in_asked.connect(self._sign_in)
        screen.recovery_asked.connect(self._recover)
        self.sign_in_screen = screen
        self.window.show_only(screen)
        if locked:
            screen.show_locked(locked)

    def show_store_problem(self, message: str) -> None:
        from desktop.ui.sign_in.store_problem import StoreProblemScreen

        screen = StoreProblemScreen(message)
        screen.retry_asked.connect(self.show_first_page)
        screen.quit_asked.connect(self.window.close)
        self.window.show_only(screen)

    def show_set_up(self) -> None:
        from desktop.ui.set_up.wizard import SetUpWizard

        wizard = SetUpWizard()
        wizard.proves = lambda typed: self._making is not None and self._making.proves(typed)
        wizard.begin_asked.connect(self._begin_practice)
        wizard.finish_asked.connect(self._finish_practice)
        wizard.demo_asked.connect(self._switch_to_demo)
        wizard.cancelled.connect(self._discard_practice)
        self.wizard = wizard
        self.window.show_only(wizard)

    def lock(self) -> None:
        """Drafts are kept, the store is closed and its keys are gone; what could not be kept is said."""
        if self.practice is None or self.main_window is None:
            return
        name = self.practice.account_name
        self._left = (name, self.main_window.place())
        is_kept = self.close_practice()
        self.show_sign_in(locked=name)
        if self.sign_in_screen is not None and not is_kept:
            self.sign_in_screen.refuse(_NOT_KEPT)

    def sign_out(self) -> None:
        self._left = None
        is_kept = self.close_practice()
        self.show_sign_in()
        if self.sign_in_screen is not None and not is_kept:
            self.sign_in_screen.refuse(_NOT_KEPT)

    def close_practice(self) -> bool:
        """Let go of the practice; whether everything typed and not saved was kept as a draft."""
        is_kept = True
        if self.main_window is not None:
            self.main_window.keep_drafts()
            self.main_window.hide()
        if self.background is not None:
            self.background.close()
            QCoreApplication.sendPostedEvents(self.background)  # the last answers, which say what was kept
        if self.main_window is not None:
            is_kept = self.main_window.keeps_everything()
        if self.practice is not None:
            self.practice.close()
        self.main_window = self.background = self.practice = None
        if self._making is not None:
            self._making.discard()
            self._making = None
        return is_kept

    def quit(self) -> None:
        self.close_practice()
        if self._thread is not None:
            self._thread.shutdown(wait=True)

    def show_failure(self, error: Exception) -> None:
        """What went wrong outside of any work on the store."""
        if self.main_window is not None:
            self.main_window.show_failure(error)

    def _sign_in(self, name: str, password: str) -> None:
        def work() -> OpenPractice:
            from desktop.opening import sign_in

            return sign_in(self.folder, name, password)

        self._open(work)

    def _recover(self, code: str, name: str, new_password: str) -> None:
        def work() -> OpenPractice:
            from desktop.opening import recover

            return recover(self.folder, code, name, new_password)

        self._open(work)

    def _open(self, work: Callable[[], OpenPractice]) -> None:
        assert self.sign_in_screen is not None
        self.load()
        self.sign_in_screen.set_busy(True)
        self._run(work, self._show_practice, self._refuse)

    def _refuse(self, error: Exception) -> None:
        screen = self.sign_in_screen
        if screen is None:
            return
        screen.set_busy(False)
        if isinstance(error, WrongPassword):
            screen.refuse(str(error), error.wait_seconds)
        elif isinstance(error, StoreUnavailable):
            self.show_store_problem(str(error))
        else:
            screen.refuse(_in_words(error))

    def _show_practice(self, practice: OpenPractice) -> None:
        try:
            self._show_window(practice)
        except Exception as error:  # whatever it was, nobody is left waiting for a window that does not come
            self.close_practice()
            if self.wizard is not None:
                self.wizard.refuse(_in_words(error))
            self._refuse(error)

    def _show_window(self, practice: OpenPractice) -> None:
        self.practice = practice
        from desktop.ui.kit.background import Background
        from desktop.ui.kit.screen import Place
        from desktop.ui.main_window import MainWindow

        self.background = Background(practice.database, practice.actor)
        self.main_window = MainWindow(self.background, read_vault(self.folder).practice_name)
        self.main_window.lock_asked.connect(self.lock)
        self.main_window.sign_out_asked.connect(self.sign_out)
        self.sign_in_screen = self.wizard = None
        self.window.show_only(self.main_window)
        left, self._left = self._left, None
        returns = left is not None and left[0] == practice.account_name
        self.main_window.go(left[1] if left and returns else Place("patients"))

    def _begin_practice(self, answers: SetUpAnswers, password: str) -> None:
        from desktop.opening import NewPractice, PracticeInTheMaking

        self._discard_practice()
        new = NewPractice(**vars(answers))
        self._run(
            lambda: PracticeInTheMaking(self.folder, new, password),
            self._show_code,
            lambda error: self.wizard.refuse(_in_words(error)) if self.wizard else None,
        )

    def _show_code(self, making: PracticeInTheMaking) -> None:
        self._making = making
        if self.wizard is not None:
            self.wizard.show_code(making.recovery_code)

    def _finish_practice(self, demo_first: bool) -> None:
        making, self._making = self._making, None
        if making is not None:
            done = self._leave_for_demo if demo_first else self._show_practice
            self._run(making.finish, done, partial(self._finishing_failed, making))

    def _leave_for_demo(self, practice: OpenPractice) -> None:
        practice.close()
        self._switch_to_demo()

    def _finishing_failed(self, making: PracticeInTheMaking, error: Exception) -> None:
        self._making = making
        if self.wizard is not None:
            self.wizard.refuse(_in_words(error))

    def _discard_practice(self) -> None:
        if self._making is not None:
            self._making.discard()
            self._making = None

    def _switch_to_demo(self) -> None:
        self.folder, self.is_demo = demo_practice_folder(), True
        self.show_first_page()

    def _make_demo(self) -> None:
        from desktop.demo.build import rebuild_demo

        rebuild_demo(self.folder, dt.datetime.now().astimezone().date())

    def _busy(self, words: str, work: Callable[[], None], done: Callable[[None], object]) -> None:
        from desktop.ui.sign_in.wait import WaitScreen

        self.window.show_only(WaitScreen(words))
        self._run(work, done, lambda error: self.show_store_problem(_in_words(error)))

    def _when_loaded(self, then: Callable[[], None]) -> None:
        self.load()
        self._run(lambda: None, lambda _none: then(), self._refuse)

    def _run(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        """Off the GUI thread, behind the loading; the answer comes back on it."""

        def answer(future: Future[Any]) -> None:
            error = future.exception()
            if error is None:
                self._answered.emit(partial(done, future.result()))
            elif isinstance(error, Exception):
                self._answered.emit(partial(failed, error))

        self._opening_thread().submit(work).add_done_callback(answer)

    def _opening_thread(self) -> ThreadPoolExecutor:
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor  # late: nothing works before the first page is painted

            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
        return self._thread


def run(folder: Path | None) -> int:
    """Open the practice in `folder`, or the demo practice."""
    logging.basicConfig(level=logging.WARNING, handlers=log_handlers())
    app = QApplication.instance() or new_application(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Reprise")
    apply_preferences(app, load_preferences())
    application = Application(folder or demo_practice_folder(), is_demo=folder is None)
    tell_of_bugs(application.show_failure)
    application.start()
    try:
        return app.exec()
    finally:
        application.quit()


def _collect_garbage() -> None:
    """Only from when all is loaded: before, it would walk what is being made while somebody types the password."""
    from desktop.ui.kit.collector import collect_on_gui_thread

    collect_on_gui_thread()


def _in_words(error: Exception) -> str:
    if isinstance(error, UserError):
        return str(error)
    log.error("opening failed\n%s", describe_bug(error))
    return "This failed in a way it should not. Nothing was changed. Try again."


def _holds_practice(folder: Path) -> bool:
    """Also when this computer's user may not look: then it is said, and no other practice is offered in its place."""
    try:
        return (folder / "vault.json").exists() or (folder / "reprise.db").exists()
    except OSError:
        return True


def _is_of_today(folder: Path) -> bool:
    """The demo practice tells of days around the one it was made on."""
    made_on = folder / "made-on.txt"
    return made_on.exists() and made_on.read_text(encoding="utf-8") == str(dt.datetime.now().astimezone().date())


def _demo_hint() -> str:
    from desktop.demo.password import DEMO_PASSWORD

    return f"Demo practice. Everybody's password: {DEMO_PASSWORD}"
