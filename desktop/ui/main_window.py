"""The window of a person who is signed in: where they can go, and what they see there."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from desktop.errors import UserError, describe_bug
from desktop.rules.permission import Verb, may
from desktop.services.account import roles_label
from desktop.ui.anesthesia.screen import AnesthesiaScreen
from desktop.ui.chasing.patient_page import RecordsScreen
from desktop.ui.chasing.screen import ChasingScreen
from desktop.ui.handout.screen import DEVICE_CARD, DocumentsScreen
from desktop.ui.help.screen import HelpScreen
from desktop.ui.kit.background import Background
from desktop.ui.kit.bug_report import BugReport
from desktop.ui.kit.buttons import button
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.palette import Palette, Result
from desktop.ui.kit.palette_key import PaletteKey
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.scan_line import ScanLine
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.shell import Rail, RailEntry, TopBar
from desktop.ui.kit.theme import SPACE_L, SPACE_M, load_other_scripts, px
from desktop.ui.office.screen import OfficeScreen
from desktop.ui.operation.screen import HistoryScreen
from desktop.ui.patient.details_screen import PatientDetailsScreen
from desktop.ui.patient.file_page import PatientFilePage
from desktop.ui.patient.finding import ask_palette, palette_results
from desktop.ui.patient.list_screen import PatientListScreen
from desktop.ui.patient.merge_page import MergePage
from desktop.ui.patient.overview_screen import OverviewScreen
from desktop.ui.patient.undo_merge_page import UndoMergePage
from desktop.ui.recovery.board import RecoveryBoard
from desktop.ui.recovery.screen import RecoveryScreen
from desktop.ui.review.bar import ReviewBar
from desktop.ui.review.screen import ReviewScreen
from desktop.ui.revision.screen import RevisionScreen

TABS = {
    "overview": ("Overview", OverviewScreen),
    "history": ("Prior surgery & implants", HistoryScreen),
    "revision": ("Revision plan", RevisionScreen),
    "anesthesia": ("Anesthesia", AnesthesiaScreen),
    "recovery": ("Recovery", RecoveryScreen),
    "records": ("Missing records", RecordsScreen),
    "documents": ("Documents", DocumentsScreen),
    "details": ("Details", PatientDetailsScreen),
}

RAIL = (
    RailEntry("patients", "Patients", "patients"),
    RailEntry("review", "To decide", "sign"),
    RailEntry("board", "Recovery", "recovery"),
    RailEntry("chasing", "To chase", "worklists"),
)

COMMANDS = (
    Result("do:register", "Register a new patient", "Ctrl+N", group="DO"),
    Result("do:patients", "All patients", "list and search", group="DO"),
    Result("do:review", "Cases to decide", "what waits for the surgeon, the longest wait first", group="DO"),
    Result("do:board", "Recovery board", "who is recovering today", group="DO"),
    Result("do:chasing", "To chase", "records, specimens and warranties we wait for", group="DO"),
    Result("do:device_card", "Device card", "of the patient whose file is open", group="DO"),
    Result("do:merge", "Merge two records of one person", "this one and another, or any two", group="DO"),
    Result("do:scan", "Scan or paste a label", "Ctrl+B", group="DO"),
    Result("do:help", "Help", "F1", group="DO"),
    Result("do:office", "Settings", "practice, accounts, password, look, catalogue", group="DO"),
    Result("do:lock", "Lock", "Ctrl+L", group="DO"),
)

HELP = {
    "patients": "finding",
    "register": "duplicates",
    "history": "history",
    "documents": "records",
    "records": "records",
    "chasing": "records",
    "review": "review",
}
"""Which page of the help is about a place; the first page is about all others."""


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
        sees_cases = may(actor.roles, Verb.VIEW_CASE)
        rail = [entry for entry in RAIL if sees_cases or entry.key != "review"]
        self._commands = [each for each in COMMANDS if sees_cases or each.key != "do:review"]
        self.rail = Rail(practice_name, rail, f"{actor.name} · {roles_label(actor.roles).split(',')[0]}")
        self.top = TopBar("Search name, phone, date of birth, record number, implant serial …")
        self.new_patient = button("New patient", icon="add_patient")
        self.new_patient.clicked.connect(lambda: self.go(Place("register")))
        self.top.add_action(self.new_patient)
        self.messages = MessageBar()
        self.messages.hide()
        self._stack = QStackedWidget()
        self._screens: dict[str, Screen] = {}
        self.review_bar = ReviewBar()
        self.review_bar.went.connect(self.go)
        self.file = PatientFilePage(background, TABS)
        self._stack.addWidget(self.file)
        self._here = ""
        self._before_help = Place("patients")
        self._keyboard_before_help: QWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(px(26), px(SPACE_L), px(26), px(SPACE_M))
        column.setSpacing(px(SPACE_M))
        column.addWidget(self.top)
        column.addWidget(self.messages)
        column.addWidget(self.review_bar)
        column.addWidget(self._stack, 1)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.palette_box = Palette(self, self._ask)
        self._palette_key = PaletteKey(self)
        self.palette_box.chosen.connect(self._on_chosen)
        self.top.search_asked.connect(self.palette_box.open)
        self.rail.chosen.connect(lambda key: self.go(Place(key)))
        self.rail.settings_asked.connect(lambda: self.go(Place("office")))
        self.rail.lock_asked.connect(self.lock_asked)
        self.file.went.connect(self.go)
        background.failed.connect(self.show_failure)
        for keys, place in (("Ctrl+N", "register"), ("Ctrl+Shift+P", "patients")):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda name=place: self.go(Place(name)))
        self._scan_line = ScanLine(self._is_in_a_file, self)
        self._scan_line.scanned.connect(self._scan)
        QShortcut(QKeySequence("Ctrl+B"), self).activated.connect(self._scan)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self._help)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._step_back)

    def go(self, place: Place) -> None:
        """Show another place; what is being typed is kept as a draft first."""
        self.keep_drafts()
        if self.messages.is_loud():
            self._quiet()
        self.review_bar.follow(place)
        if place.patient_id is not None:
            self._here = "patient"
            self.rail.select("patients")
            self._stack.setCurrentWidget(self.file)
            self.file.open_patient(place.patient_id, place.name if place.name in TABS else "overview", place)
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
        elif isinstance(screen, HelpScreen):
            screen.show_page(place.text)
        elif isinstance(screen, MergePage):
            screen.begin(place.record_id)
        elif isinstance(screen, UndoMergePage):
            screen.look_at(place.record_id)
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
                "chasing": ChasingScreen,
                "review": ReviewScreen,
                "office": OfficeScreen,
                "help": HelpScreen,
                "merge": MergePage,
                "undo_merge": UndoMergePage,
            }[name](self._background)
            made.went.connect(self.go)
            if isinstance(made, OfficeScreen):
                made.renamed.connect(self.rail.set_practice)
            elif isinstance(made, PatientDetailsScreen):
                made.recognised.connect(self._open_recognised)
            elif isinstance(made, ReviewScreen):
                made.opened.connect(self.review_bar.begin)
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
        if self._here == "help":
            self.go(self._before_help)
            keyboard = self._keyboard_before_help
            if keyboard is not None and isValid(keyboard) and keyboard.isVisible():
                keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._here in ("patient", "register", "office", "board", "chasing", "review", "merge", "undo_merge"):
            self.go(Place("patients"))

    def _show_device_card(self) -> None:
        if self._here == "patient" and self.file.header is not None:
            self.go(Place("documents", self.file.header.id, text=DEVICE_CARD))
        else:
            self.go(Place("patients"))
            self.messages.show()
            self.messages.note("Open the patient first; the device card is then among the documents.")

    def _is_in_a_file(self) -> bool:
        return self._here == "patient" and self.file.header is not None and self.isVisible()

    def _scan(self, raw: str = "") -> None:
        """The page of labels in the open file: with what a scanner sent, or waiting for it."""
        if not self._is_in_a_file():
            self.messages.show()
            self.messages.note("Open the patient's file first; then scan the label.")
            return
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):  # what is asked there is answered first, and not by the scanner's Enter
            dialog.finished.connect(lambda _result: self._scan(raw), Qt.ConnectionType.SingleShotConnection)
            return
        if self.palette_box.isVisible():
            self.palette_box.close_palette()
        came_from = self.file.tabs.selected()
        self.file.show_tab("history")
        cast(HistoryScreen, self.file.screen_of("history")).scan(raw, came_from)

    def _help(self) -> None:
        """The page about where the person is; Esc comes back to it."""
        if self._here != "help":
            self._before_help = here = self.place()
            self._keyboard_before_help = QApplication.focusWidget()
            shown = self.file.screen_of(here.name) if here.patient_id is not None else None
            self.go(Place("help", text=(shown.help_page() if shown else "") or HELP.get(here.name, "")))

    def _ask(self, text: str, ticket: int) -> None:
        self._background.ask(
            self,
            ask_palette,
            text,
            done=lambda rows: self.palette_box.show_results(ticket, palette_results(rows, text, self._commands)),
        )

    def _on_chosen(self, key: object, with_ctrl: bool) -> None:
        kind, _, rest = str(key).partition(":")
        if kind == "patient":
            self.go(Place("recovery" if with_ctrl else "overview", int(rest)))
        elif kind == "register":
            self.go(Place("register", text=rest))
        elif rest == "lock":
            self.lock_asked.emit()
        elif rest == "help":
            self._help()
        elif rest == "scan":
            self._scan()
        elif rest == "device_card":
            self._show_device_card()
        else:
            here = self.file.header if rest == "merge" and self._here == "patient" else None
            self.go(Place(rest, record_id=here.id if here else None))

    def _open_recognised(self, patient_id: int, typed: object) -> None:
        """Whom somebody began to register is a patient already: her details open, with what was typed in them."""
        self.go(Place("details", patient_id))
        details = self.file.screen_of("details")
        if isinstance(details, PatientDetailsScreen) and isinstance(typed, dict):
            details.bring(patient_id, typed)
