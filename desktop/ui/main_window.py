"""The window of a person who is signed in: where they can go, and what they see there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError, describe_bug
from desktop.rules.dates import show_date
from desktop.services.account import roles_label
from desktop.services.patient import PatientRow, find_patients
from desktop.ui.anesthesia.screen import AnesthesiaScreen
from desktop.ui.handout.screen import DocumentsScreen
from desktop.ui.kit.background import Background
from desktop.ui.kit.bug_report import BugReport
from desktop.ui.kit.buttons import button
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.palette import Palette, Result
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.shell import Rail, RailEntry, TopBar
from desktop.ui.kit.theme import SPACE_L, SPACE_M, load_other_scripts, px
from desktop.ui.office.screen import OfficeScreen
from desktop.ui.operation.screen import HistoryScreen
from desktop.ui.patient.details_screen import PatientDetailsScreen
from desktop.ui.patient.file_page import PatientFilePage
from desktop.ui.patient.list_screen import PatientListScreen
from desktop.ui.patient.overview_screen import OverviewScreen
from desktop.ui.recovery.board import RecoveryBoard
from desktop.ui.recovery.screen import RecoveryScreen
from desktop.ui.revision.screen import RevisionScreen

TABS = {
    "overview": ("Overview", OverviewScreen),
    "history": ("Prior surgery & implants", HistoryScreen),
    "revision": ("Revision plan", RevisionScreen),
    "anesthesia": ("Anesthesia", AnesthesiaScreen),
    "recovery": ("Recovery", RecoveryScreen),
    "documents": ("Documents", DocumentsScreen),
    "details": ("Details", PatientDetailsScreen),
}

RAIL = (RailEntry("patients", "Patients", "patients"), RailEntry("board", "Recovery", "recovery"))

COMMANDS = (
    Result("do:register", "Register a new patient", "Ctrl+N", group="DO"),
    Result("do:patients", "All patients", "list and search", group="DO"),
    Result("do:board", "Recovery board", "who is recovering today", group="DO"),
    Result("do:office", "Settings", "practice, accounts, password, look", group="DO"),
    Result("do:lock", "Lock", "Ctrl+L", group="DO"),
)


class MainWindow(QWidget):
    lock_asked = Signal()
    sign_out_asked = Signal()

    def __init__(self, background: Background, practice_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            load_other_scripts(app)
        self._background = background
        actor = background.actor
        self.rail = Rail(practice_name, RAIL, f"{actor.name} · {roles_label(actor.roles).split(',')[0]}")
        self.top = TopBar("Search name, phone, date of birth, record number …")
        self.new_patient = button("New patient", icon="add_patient")
        self.new_patient.clicked.connect(lambda: self.go(Place("register")))
        self.top.add_action(self.new_patient)
        self.messages = MessageBar()
        self.messages.hide()
        self._stack = QStackedWidget()
        self._screens: dict[str, Screen] = {}
        self.file = PatientFilePage(background, TABS)
        self._stack.addWidget(self.file)
        self._here = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(px(26), px(SPACE_L), px(26), px(SPACE_M))
        column.setSpacing(px(SPACE_M))
        column.addWidget(self.top)
        column.addWidget(self.messages)
        column.addWidget(self._stack, 1)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.palette_box = Palette(self, self._ask)
        self.palette_box.chosen.connect(self._on_chosen)
        self.top.search_asked.connect(self.palette_box.open)
        self.rail.chosen.connect(lambda key: self.go(Place(key)))
        self.rail.settings_asked.connect(lambda: self.go(Place("office")))
        self.rail.lock_asked.connect(self.lock_asked)
        self.file.went.connect(self.go)
        background.failed.connect(self.show_failure)
        for keys, place in (("Ctrl+N", "register"), ("Ctrl+Shift+P", "patients")):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda name=place: self.go(Place(name)))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._step_back)

    def go(self, place: Place) -> None:
        """Show another place; what is being typed is kept as a draft first."""
        self.keep_drafts()
        if self.messages.is_loud():
            self._quiet()
        if place.patient_id is not None:
            self._here = "patient"
            self.rail.select("patients")
            self._stack.setCurrentWidget(self.file)
            self.file.open_patient(place.patient_id, place.name if place.name in TABS else "overview")
            return
        if place.name == "sign_out":
            self.sign_out_asked.emit()
            return
        screen = self.screen_of(place.name)
        self._here = place.name
        self.rail.select("patients" if place.name == "register" else place.name)
        self._stack.setCurrentWidget(screen)
        if isinstance(screen, PatientDetailsScreen):
            screen.register(place.text)
        else:
            screen.refresh()
        if isinstance(screen, PatientListScreen):
            screen.focus_search()
        elif isinstance(screen, OfficeScreen):
            screen.tabs.setFocus(Qt.FocusReason.OtherFocusReason)  # never on Sign out

    def screen_of(self, name: str) -> Screen:
        """A place outside any patient's file, made the first time somebody goes there."""
        if name not in self._screens:
            made: Screen = {
                "patients": PatientListScreen,
                "register": PatientDetailsScreen,
                "board": RecoveryBoard,
                "office": OfficeScreen,
            }[name](self._background)
            made.went.connect(self.go)
            if isinstance(made, OfficeScreen):
                made.renamed.connect(self.rail.set_practice)
            self._screens[name] = made
            self._stack.addWidget(made)
        return self._screens[name]

    def place(self) -> Place:
        """Where the person is now, to come back to after a lock."""
        if self._here == "patient" and self.file.header is not None:
            return Place(self.file.tabs.selected(), self.file.header.id)
        return Place(self._here or "patients")

    def keep_drafts(self) -> None:
        self.file.keep_drafts()
        for screen in self._screens.values():
            screen.keep_drafts()

    def keeps_everything(self) -> bool:
        """Whether the store has taken every draft that it was given."""
        return all(editor.keeps_everything() for editor in self.findChildren(RecordEditor))

    def show_failure(self, error: Exception) -> None:
        """What no screen answered for: a refusal in words, a bug with details to copy that hold no patient's values."""
        self.messages.show()
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
            return
        report = BugReport(describe_bug(error), self)
        self.messages.refuse(
            "Something went wrong that should not.",
            "What was saved before is safe, and what you typed is kept as a draft.",
            "Go on working; if it happens again, tell whoever looks after Reprise.",
            actions=(("Details to copy", report.open),),
        )

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_drafts()
        super().closeEvent(event)

    def _quiet(self) -> None:
        self.messages.clear()
        self.messages.hide()

    def _step_back(self) -> None:
        if self._here in ("patient", "register", "office", "board"):
            self.go(Place("patients"))

    def _ask(self, text: str, ticket: int) -> None:
        def find(session: Any) -> tuple[PatientRow, ...]:
            return find_patients(session, text)[:8]

        self._background.read(
            self, find, done=lambda rows: self.palette_box.show_results(ticket, self._results(rows, text))
        )

    def _results(self, rows: tuple[PatientRow, ...], text: str) -> list[Result]:
        """Patients first, then what can be done; a name that was typed can be registered as it is."""
        found = [
            Result(f"patient:{row.id}", row.list_name, _detail(row), pill=row.open_today, tone="accent") for row in rows
        ]
        wanted = text.strip().casefold()
        commands = [command for command in COMMANDS if not wanted or wanted in command.title.casefold()]
        if any(letter.isalpha() for letter in wanted) and not any(letter.isdigit() for letter in wanted):
            named = f"Register a new patient named “{text.strip()}”"
            commands.append(Result(f"register:{text.strip()}", named, "Ctrl+N", group="DO"))
        return found + commands

    def _on_chosen(self, key: object, with_ctrl: bool) -> None:
        kind, _, rest = str(key).partition(":")
        if kind == "patient":
            self.go(Place("recovery" if with_ctrl else "overview", int(rest)))
        elif kind == "register":
            self.go(Place("register", text=rest))
        elif rest == "lock":
            self.lock_asked.emit()
        else:
            self.go(Place(rest))


def _detail(row: PatientRow) -> str:
    formerly = f"formerly {row.former_name}" if row.former_name else ""
    born = f"born {show_date(row.birth_date)}"
    return " · ".join(filter(None, (formerly, born, row.phone, f"record {row.record_number}")))
