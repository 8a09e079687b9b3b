"""Walks through the demo practice as its people do."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeVar, cast

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QRadioButton, QWidget

from desktop.demo.build import build_demo
from desktop.demo.password import DEMO_PASSWORD
from desktop.errors import DocumentIncomplete
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import CardFormat, RequestState
from desktop.opening import Cost, OpenPractice, sign_in
from desktop.rules.search_key import name_key
from desktop.services.device_card import preview_device_card
from desktop.services.handout import list_documents, preview_recovery_handout, reprint
from desktop.services.patient import save_patient
from desktop.services.record import open_record
from desktop.services.records_request import list_requests
from desktop.services.search import find_patients
from desktop.services.timeline_page import print_timeline
from desktop.tour.album import Album, wait
from desktop.tour.before import show_before_sign_in
from desktop.tour.catalogue import show_catalogue
from desktop.tour.chest import show_chest
from desktop.tour.consent import show_consent
from desktop.tour.devices import show_devices
from desktop.tour.examination import show_examination
from desktop.tour.indications import show_indications
from desktop.tour.labels import show_labels
from desktop.tour.outcome import show_outcome
from desktop.tour.papers import show_papers, show_review
from desktop.tour.plan import show_plan
from desktop.tour.safety import show_safety
from desktop.tour.surgery import show_surgery
from desktop.ui.anesthesia.screen import AnesthesiaScreen
from desktop.ui.chasing.patient_page import CLOSE
from desktop.ui.chasing.request_page import PREVIEW_AFTER_MS
from desktop.ui.chasing.screen import OUTSTANDING, ChasingScreen
from desktop.ui.handout.screen import DEVICE_CARD
from desktop.ui.kit.background import Background
from desktop.ui.kit.clock import now, set_clock
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.preferences import keep_apart
from desktop.ui.kit.screen import Place
from desktop.ui.kit.theme import apply_theme
from desktop.ui.main_window import TABS, MainWindow
from desktop.ui.office.screen import OfficeScreen
from desktop.ui.operation.screen import HistoryScreen
from desktop.ui.patient.details_screen import PatientDetailsScreen
from desktop.ui.patient.likely_line import PAUSE_MS
from desktop.ui.patient.merge_page import MergePage
from desktop.ui.revision.screen import RevisionScreen

W = TypeVar("W", bound=QWidget)
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)

STORIES = (
    ("okafor", "ready to sign, with what needs attention"),
    ("ibarra", "operated on four times; a plan signed, amended and signed again"),
    ("suilleabhain", "never had an implant"),
    ("haddad", "in surgery today, the anesthesia note running"),
    ("novak", "day 7 of recovery with a red flag"),
    ("bobby", "a name that looks like markup"),
)
"""Whose file is shown on every tab, found as a person would find her, and why."""


def render_tour(folder: Path, theme: Literal["light", "dark"], size: tuple[int, int]) -> int:
    """How many pictures and documents are in `folder` now; `tour.json` there says what each shows."""
    app = QApplication.instance() or QApplication(["reprise"])
    assert isinstance(app, QApplication)
    qInstallMessageHandler(_pass_on)
    apply_theme(app, theme)
    album = Album(folder)
    morning = dt.datetime.now().astimezone().replace(hour=9, minute=58, second=0, microsecond=0)
    set_clock(morning.astimezone(dt.UTC))
    try:
        with tempfile.TemporaryDirectory() as place:
            keep_apart(Path(place) / "choices")
            practice_folder = Path(place) / "demo"
            build_demo(practice_folder, morning.date(), cost=CHEAP)
            show_before_sign_in(album, practice_folder, size)
            for account, walk in (("marchetti", _surgeon), ("duarte", _front_desk)):
                practice = sign_in(practice_folder, account, DEMO_PASSWORD, clock=now)
                window = _open(album, practice, size)
                try:
                    walk(album, window, practice)
                finally:
                    _close(album, window, practice)
    finally:
        set_clock(None)
        qInstallMessageHandler(None)
    album.write_contents(theme, size)
    return len(album.shots)


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """What Qt has to say, but for the one remark that painting into memory always brings."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def _open(album: Album, practice: OpenPractice, size: tuple[int, int]) -> MainWindow:
    album.background = Background(practice.database, practice.actor)
    window = MainWindow(album.background, "Harbour Plastic Surgery")
    window.resize(*size)
    window.show()
    return window


def _close(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    window.close()
    album.settle()
    window.deleteLater()
    if album.background is not None:
        album.background.close()
    album.background = None
    practice.close()


def _surgeon(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    window.go(Place("patients"))
    album.take(window, "patients", "every patient, with what is open today")
    _type(window, "search", "obri")
    album.take(window, "patients-found", "the list while three letters are typed")
    _type(window, "search", "nobody at all")
    album.take(window, "patients-none", "a search that finds nobody")
    _type(window, "search", "")
    album.settle()
    window.palette_box.open("obri")
    album.take(window, "find-anyone", "Ctrl+K: patients first, then commands")
    window.palette_box.close_palette()
    _register(album, window)
    _duplicates(album, window, practice)
    _merging(album, window, practice)
    for text, why in STORIES:
        patient_id = _find(practice, text)
        for tab, (label, _screen) in TABS.items():
            window.go(Place(tab, patient_id))
            album.take(window, f"{_plain(text)}-{tab}", f"{label}: {why}")
    _plan_and_signing(album, window, practice)
    _timeline(album, window, practice)
    _while_it_runs(album, window, practice)
    _warning_sign(album, window, practice)
    _conflict(album, window, practice)
    _chasing(album, window, practice)
    window.go(Place("board"))
    album.take(window, "recovery-board", "everybody who is recovering, day by day")
    for section in ("practice", "accounts", "password", "look", "catalogue", "codes", "about"):
        window.go(Place("office"))
        cast(OfficeScreen, window.screen_of("office")).open_section(section)
        album.take(window, f"settings-{section}", f"settings: {section}")
    for page in ("finding", "scanning"):
        window.go(Place("help", text=page))
        album.take(window, f"help-{page}", f"F1, the help: {page}")
    show_examination(album, window, lambda text: _find(practice, text))
    show_devices(album, window, lambda text: _find(practice, text))
    show_consent(album, window, practice, lambda text: _find(practice, text))
    show_indications(album, window, lambda text: _find(practice, text))
    show_catalogue(album, window, _find(practice, "okafor"))
    show_chest(album, window, lambda text: _find(practice, text))
    show_labels(album, window, _find(practice, "okafor"))
    show_plan(album, window, lambda text: _find(practice, text))
    show_surgery(album, window, practice, lambda text: _find(practice, text))
    show_safety(album, window, lambda text: _find(practice, text))
    show_outcome(album, window, lambda text: _find(practice, text))
    show_papers(album, window, practice, lambda text: _find(practice, text))
    show_review(album, window)
    window.show_failure(RuntimeError("shown on the tour"))
    album.take(window, "mistake", "what a person sees when the program made a mistake")
    _press(window.messages, "Details to copy")
    album.take(_dialog(), "mistake-details", "the details that can be copied; they hold no patient's values")
    _dialog().close()
    _documents(album, practice)


def _register(album: Album, window: MainWindow) -> None:
    window.go(Place("register"))
    album.take(window, "register", "the registration of a new patient, empty")
    _type(window, "family_name", "Bell")
    _type(window, "birth_date", "3/2/1981")
    _type(window, "weight_kg", "137")
    _type(window, "height_cm", "165")
    _press(window.screen_of("register"), "Save")
    album.take(window, "register-problems", "answers that need correction, each said under its field")
    _press(window.screen_of("register"), "Revert")
    album.settle()


def _duplicates(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    """Somebody who is registered already calls, and her name is heard with a slip."""
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        stored = open_record(session, PATIENT_FORM, _find(practice, "okafor")).values
    window.go(Place("register"))
    album.settle()
    _type(window, "family_name", f"{stored['family_name'][:-1]}e")
    _type(window, "given_name", stored["given_name"])
    _type(window, "birth_date", stored["birth_date"].isoformat())
    _type(window, "email", "ro@example.org")
    _type(window, "weight_kg", "62")
    register = window.screen_of("register")
    assert isinstance(register, PatientDetailsScreen)
    wait(PAUSE_MS)
    album.take(window, "register-likely", "while typing: who is much like her, in one quiet line")
    _press(register, "save")
    album.settle()
    album.take(window, "register-compare", "is she registered already? both side by side before a second record exists")
    assert register.question is not None
    _press(register, "Somebody else: register")
    album.settle()


def _merging(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    """The second record of one person, made a moment ago, is found out and merged."""
    kept_id, goes_id = _find(practice, "okafor"), _find(practice, "okafoe")
    window.go(Place("merge", record_id=kept_id))
    album.settle()
    page = window.screen_of("merge")
    assert isinstance(page, MergePage)
    album.take(window, "merge-pick", "which record is the same person's: who is much like her comes first")
    page.compare(kept_id, goes_id)
    album.settle()
    album.take(window, "merge-preview", "two records before they become one: what stands, what moves, what is decided")
    for name in ("family_name.kept", "email.kept"):
        for choice in _visible(page.findChildren(QRadioButton, name)):
            choice.click()
    assert page.view is not None
    number = page.view.preview.merged.record_number
    _type(page, "confirm_number", number)
    album.take(window, "merge-decided", "everything is decided, and the number of the record that goes is typed")
    _press(page, "merge")
    album.settle()
    window.go(Place("overview", goes_id))
    album.take(window, "merged-record", "the record that went leads to the one that stayed, and says so")
    window.go(Place("details", kept_id))
    album.settle()
    details = window.file.screen_of("details")
    _press(details, f"Undo merging record {number}")
    album.settle()
    album.take(window, "merge-undo", "what goes back and what stays before a merge is undone")


def _plan_and_signing(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    window.go(Place("revision", _find(practice, "okafor")))
    album.settle()
    screen = cast(RevisionScreen, window.file.screen_of("revision"))
    screen.case.show_part("assessment")
    album.take(window, "assessment", "why she came, and what was found in each side")
    screen.case.show_part("plan")
    album.settle()
    _press(screen, "sign")
    album.settle()
    album.take(_dialog(), "sign-plan", "the one question before a plan is frozen")
    _dialog().close()
    _press(screen, "print_plan")
    album.take(window, "plan-page", "the plan as a page, before it is printed")


def _timeline(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    patient_id = _find(practice, "ibarra")
    window.go(Place("history", patient_id))
    album.settle()
    timeline = cast(HistoryScreen, window.file.screen_of("history")).overview.timeline
    timeline.show_table(False)
    timeline.lanes.setFocus()
    for _ in range(4):
        timeline.lanes.zoom(1.5)
    album.take(window, "timeline-near", "the devices over time, gone nearer to what is in place today")
    timeline.lanes.fit()
    timeline.show_table(True)
    album.take(window, "timeline-table", "the same facts as a table, in the order of time")
    timeline.show_table(False)
    _press(window.file.screen_of("history"), "print_timeline")
    album.take(window, "timeline-page", "the devices over time as a page, before it is printed")
    with practice.database.unit_of_work(practice.actor) as session:
        album.keep(print_timeline(session, patient_id), "timeline", "the devices over time, printed")


def _while_it_runs(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    window.go(Place("anesthesia", _find(practice, "haddad")))
    album.settle()
    note = cast(AnesthesiaScreen, window.file.screen_of("anesthesia")).note
    note.record.begin("vitals")
    album.take(window, "anesthesia-vitals", "V: a row of vitals, its time filled in")
    _press(window.file.screen_of("anesthesia"), "entry.leave")
    note.record.begin("drugs")
    album.take(window, "anesthesia-drug", "D: a drug, its dose and unit")
    for part, name in ((0, "before"), (2, "after")):
        note.steps.choose(part)
        album.take(window, f"anesthesia-{name}", f"the part {name} of the anesthesia note")


def _warning_sign(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    window.go(Place("recovery", _find(practice, "virtanen")))
    album.settle()
    screen = window.file.screen_of("recovery")
    screen.findChildren(PickRow, "RF2")[0].opened.emit()
    album.take(window, "warning-sign", "a warning sign: what to do, at once and before anything is stored")


def _conflict(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    patient_id = _find(practice, "okafor")
    window.go(Place("details", patient_id))
    album.settle()
    _type(window, "phone", "555-0111")
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, patient_id)
        save_patient(session, opened, dict(opened.values) | {"phone": "555-0122"})
    _press(window.file.screen_of("details"), "save")
    album.take(window, "conflict", "somebody saved the same record meanwhile: both versions, field by field")
    _press(window.file.screen_of("details"), "settle")
    album.settle()


def _chasing(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    """What the office waits for, a request while it is made, and one while it is closed."""
    window.go(Place("chasing"))
    album.take(window, "to-chase", "requests for records by the day of their answer, the overdue first")
    to_chase = window.screen_of("chasing")
    assert isinstance(to_chase, ChasingScreen)
    to_chase.show_list(OUTSTANDING)
    album.take(window, "to-chase-specimens", "specimens without a result, and warranties to be claimed")
    patient_id = _find(practice, "beaumont")
    window.go(Place("records", patient_id))
    album.settle()
    screen = window.file.screen_of("records")
    _press(screen, "request_records")
    album.settle()
    _type(window, "due_on", (now().date() + dt.timedelta(days=21)).isoformat())
    wait(PREVIEW_AFTER_MS)
    album.take(window, "request-for-records", "whom to ask, what for and until when; both letters beside it")
    _press(screen, "back")
    album.settle()
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        waiting = next(row for row in list_requests(session, patient_id) if row.state is RequestState.OPEN)
    window.go(Place("records", patient_id, waiting.id, CLOSE))
    album.take(window, "closing-a-request", "what came of a request, and each fact as it stands now")
    window.go(Place("documents", _find(practice, "okafor"), text=DEVICE_CARD))
    album.take(window, "device-card", "the device card before it is given")


def _front_desk(album: Album, window: MainWindow, practice: OpenPractice) -> None:
    for tab in ("overview", "revision", "anesthesia", "recovery", "records", "documents"):
        window.go(Place(tab, _find(practice, "okafor")))
        album.take(window, f"front-desk-{tab}", f"what the front desk sees of: {TABS[tab][0]}")


def _documents(album: Album, practice: OpenPractice) -> None:
    for text, _why in (*STORIES, ("小明", ""), ("فاطمة", "")):
        patient_id = _find(practice, text)
        try:
            with practice.database.unit_of_work(practice.actor, writing=False) as session:
                pdf = preview_recovery_handout(session, patient_id)
        except DocumentIncomplete:
            continue  # shown on her documents screen with what is missing
        album.keep(pdf, f"handout-{_plain(text)}", "the recovery handout as it would be given")
    with practice.database.unit_of_work(practice.actor) as session:
        given = list_documents(session, _find(practice, "okafor"))
        for number, document in enumerate(reversed([each for each in given if ", to " in each.title]), start=1):
            album.keep(reprint(session, document.id), f"letter-{number}", document.title)
        for text in ("okafor", "hohenfels"):
            for size in CardFormat:
                card = preview_device_card(session, _find(practice, text), size)
                album.keep(card, f"card-{text}-{size.value}", f"the device card: {size.label.lower()}")


def _plain(text: str) -> str:
    """A file name of plain letters."""
    return name_key(text) if name_key(text).isascii() else f"name-{sum(map(ord, text))}"


def _find(practice: OpenPractice, text: str) -> int:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return find_patients(session, text)[0].id


def _type(window: QWidget, name: str, text: str) -> None:
    """As if typed, so that the form answers."""
    line = next(line for line in _visible(window.findChildren(QLineEdit, name)))
    line.setText(text)
    line.textEdited.emit(text)


def _press(inside: QWidget, name: str) -> None:
    buttons = _visible(inside.findChildren(QPushButton))
    next(each for each in buttons if name in (each.objectName(), each.accessibleName(), each.text())).click()
    for _ in range(3):
        QApplication.processEvents()


def _visible(widgets: Iterable[W]) -> list[W]:
    return [widget for widget in widgets if widget.isVisible()]


def _dialog() -> QDialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())
