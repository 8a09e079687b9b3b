"""Whatever is pasted into a field is answered by a sentence under it or kept as it is, and never taken for anything."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.errors import DocumentIncomplete
from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.complication import COMPLICATION_FORM
from desktop.forms.consent import CONSENT_FORM
from desktop.forms.device import DEVICE_FORM
from desktop.forms.device_order import DEVICE_ORDER_FORM
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.form import Form, NoteField, TextField
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.indication import indication_form
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.operative_report import REPORT_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.plan_template import PLAN_TEMPLATE_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.forms.revision import CASE_FORM
from desktop.forms.safety import SAFETY_FORM
from desktop.forms.seroma_work_up import SEROMA_WORK_UP_FORM
from desktop.models.choices import (
    ComplicationKind,
    DeviceRole,
    Disposition,
    ImagingKind,
    Indication,
    OperationKind,
    OrderState,
    SafetyMoment,
    Side,
    SideEvent,
    WarrantyState,
)
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.services.anesthesia import save_note
from desktop.services.complication import open_complication, save_complication
from desktop.services.consent import open_consent, save_consent
from desktop.services.device import open_device, save_device
from desktop.services.device_order import open_order, save_order
from desktop.services.draft import DraftOf, find_draft
from desktop.services.drain import open_drain, save_drain
from desktop.services.examination import open_examination, save_examination
from desktop.services.handout import preview_recovery_handout
from desktop.services.imaging import open_imaging, save_imaging
from desktop.services.indication import open_finding, save_finding
from desktop.services.matrix import open_matrix, save_matrix
from desktop.services.operation import open_operation, save_operation
from desktop.services.operative_report import begin_report, open_report, save_report
from desktop.services.patient import save_patient
from desktop.services.plan_page import plan_page
from desktop.services.plan_template import keep_template, open_template, save_template
from desktop.services.record import Snapshot, open_record, save_record
from desktop.services.removal import open_removal, save_removal
from desktop.services.revision import find_newest_case, save_case, save_plan
from desktop.services.search import find_patients
from desktop.services.seroma_work_up import save_work_up
from desktop.ui.kit.background import Background
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.rows_editor import RowsEditor
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.patient.list_screen import PatientListScreen
from tests.consent_story import consent_answers
from tests.factories import (
    case_values,
    examination_values,
    indication_row,
    note_values,
    operation_values,
    patient_values,
    plan_values,
)
from tests.files import words_printed
from tests.recovery_story import add_recovering_patient
from tests.revision_story import add_augmentation, sign_all_the_same

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key
RIGHT, LEFT = Side.RIGHT, Side.LEFT

TEXTS = {
    "long": "Wolfeschlegelsteinhausenbergerdorff" * 9,
    "hebrew": "בת־שבע כהן",
    "arabic-with-vowels": "فَاطِمَة الزَّهْرَاء",
    "decomposed": unicodedata.normalize("NFD", "Åse Žižková Nguyễn"),
    "stacked-marks": "Z" + "\u0350\u0323\u0489" * 20 + "oe",
    "joiner": "क्‍ष می‌خواهم",
    "zero-width": "Ann\u200ba\u2060\ufeff Marie",
    "turned-round": "Anna\u202e reversed\u2066 name",
    "emoji": "Ada 👩‍⚕️🇨🇭",
    "markup": "<b>Bobby</b> <img src=x> &lt;i&gt; {{name}}",
    "typst": '#import "/etc/passwd" $x^2$ *bold* _it_ `code` @ref <label>',
    "sql": "Robert'); DROP TABLE patient;--",
    "formats": "%s %n {0} {values} ${HOME} \\x00 \\N{DIGIT ONE}",
    "ampersand": "Marks & Spencer && Co",
    "quotes": 'O\'Brien "Bee" `Tick`',
    "pasted-lines": "Anna\r\nMaria\n\nLee\u2028Rose",
    "control": "An\x00na\x07\x1b[31m Lee",
    "huge-number": "9" * 400,
    "tiny-number": "0." + "0" * 300 + "1",
    "minus": "-5",
    "infinity": "inf",
    "exponent": "1e400",
    "comma": "62,5",
    "thousands": "1,500",
    "units": "5 stone 3",
    "half": "½",
    "arabic-digits": "٦٢",
    "impossible-day": "31 Feb 2020",
    "far-day": "31 Dec 9999",
    "day-before-all-days": "0000-00-00",
    "ambiguous-day": "3/2/1981",
    "two-digit-year": "14 Mar 81",
    "time": "25:61",
    "only-spaces": " \t\u00a0\u3000 ",
    "question": "?",
}


@dataclass(frozen=True)
class Subject:
    form: Form
    values: Callable[[], dict[str, Any]]
    save: Callable[..., Snapshot]
    open: Callable[..., Snapshot]


def _sent_back() -> dict[str, Any]:
    """A device that came out, went to its maker, and for which somebody claimed."""
    claimed = {"warranty": WarrantyState.CLAIMED, "warranty_claimed_on": dt.date(2026, 11, 2)}
    return REMOVAL_FORM.empty() | {"disposition": Disposition.RETURNED} | claimed


def _open(form: Form) -> Callable[..., Snapshot]:
    return lambda session, record_id: open_record(session, form, record_id)


class Desk:
    """A record's editor on a new record of one form, and the hands on its keyboard."""

    def __init__(self, qtbot: QtBot, background: Background, form: Form, verbs: Verbs, key: str = "new") -> None:
        self.qtbot, self.background = qtbot, background
        self.failures: list[object] = []
        background.failed.connect(self.failures.append)
        self.editor = RecordEditor(form, background)
        qtbot.addWidget(self.editor)
        self.editor.resize(1100, 700)
        self.editor.show()
        self.editor.edit(verbs, DraftOf(form.name, key))
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(self.background.is_idle)
        assert self.failures == []

    def lines(self) -> list[QLineEdit | QPlainTextEdit]:
        form = self.editor.form
        return [*form.findChildren(QLineEdit), *form.findChildren(QPlainTextEdit)]

    def add_rows(self) -> None:
        for box in self.editor.form.boxes.values():
            if isinstance(box.editor, RowsEditor):
                box.editor.add_row()

    def paste_everywhere(self, text: str) -> None:
        for each in self.lines():
            if not each.isReadOnly():
                paste(each, text)

    def paste(self, name: str, text: str) -> None:
        inputs = self.editor.form.boxes[name].editor.inputs()
        paste(next(each for each in inputs if isinstance(each, QLineEdit | QPlainTextEdit)), text)

    def note(self, name: str) -> str:
        return self.editor.form.boxes[name].note.text()

    def save(self) -> None:
        self.editor.save()
        self.wait()

    def save_confirming(self) -> None:
        """Every question is answered with “It is right”."""
        self.save()
        for _ in range(4):
            for box in self.editor.form.boxes.values():
                if box.confirm is not None and not box.confirm.isHidden():
                    box.confirm.click()
            if self.editor.messages.words.text() != "Saved":
                self.save()


def paste(widget: QLineEdit | QPlainTextEdit, text: str) -> None:
    """As by Ctrl+V over all that is there, without the desktop's own clipboard."""
    widget.selectAll()
    if isinstance(widget, QLineEdit):
        widget.insert(text)
    else:
        widget.insertPlainText(text)


@pytest.fixture
def subjects(practice: OpenPractice, add_patient: Callable[..., int]) -> dict[str, Subject]:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        rows = (indication_row(), indication_row(LEFT, Indication.INFECTION))
        case = save_case(session, Snapshot(None, None, {}), case_values(indications=rows), patient_id)
        both = {"right.event": SideEvent.IMPLANTED, "left.event": SideEvent.REMOVED}
        values = OPERATION_FORM.empty() | both | {"kind": OperationKind.EXCHANGE}
        values |= {"left.event_confirmed": SideEvent.REMOVED}
        operation_id = save_operation(session, Snapshot(None, None, {}), values, patient_id).id or 0
        device = open_device(session, operation_id, RIGHT)
    infection_id = case.values["indications"][1]["id"]
    case_id, without_case = case.id or 0, add_patient(family_name="Without a case")
    return {
        "patient": Subject(PATIENT_FORM, patient_values, save_patient, _open(PATIENT_FORM)),
        "operation": Subject(
            OPERATION_FORM, operation_values, lambda s, o, v: save_operation(s, o, v, patient_id), open_operation
        ),
        "case": Subject(CASE_FORM, case_values, lambda s, o, v: save_case(s, o, v, without_case), _open(CASE_FORM)),
        "examination": Subject(
            EXAMINATION_FORM,
            examination_values,
            lambda s, o, v: save_examination(s, o, v, patient_id),
            open_examination,
        ),
        "plan": Subject(
            PLAN_FORM, plan_values, lambda s, o, v: save_plan(s, o, v, patient_id, case_id), _open(PLAN_FORM)
        ),
        "anesthesia": Subject(
            ANESTHESIA_FORM, note_values, lambda s, o, v: save_note(s, o, v, case_id), _open(ANESTHESIA_FORM)
        ),
        "device": Subject(
            DEVICE_FORM,
            DEVICE_FORM.empty,
            lambda s, o, v: save_device(s, device if o.id is None else o, v, operation_id, RIGHT),
            lambda s, _id: open_device(s, operation_id, RIGHT),
        ),
        "removal": Subject(
            REMOVAL_FORM,
            _sent_back,
            lambda s, o, v: save_removal(s, o, v, operation_id, LEFT),
            lambda s, _id: open_removal(s, operation_id, LEFT),
        ),
        "matrix": Subject(
            MATRIX_FORM,
            lambda: MATRIX_FORM.empty() | {"side": LEFT, "product": "TIGR"},
            lambda s, o, v: save_matrix(s, o, v, operation_id),
            open_matrix,
        ),
        "drain": Subject(
            DRAIN_FORM,
            lambda: DRAIN_FORM.empty() | {"side": RIGHT},
            lambda s, o, v: save_drain(s, o, v, operation_id),
            open_drain,
        ),
        "work_up": Subject(
            SEROMA_WORK_UP_FORM,
            SEROMA_WORK_UP_FORM.empty,
            lambda s, o, v: save_work_up(s, o, v, patient_id, case_id, LEFT),
            _open(SEROMA_WORK_UP_FORM),
        ),
        "consent": Subject(
            CONSENT_FORM,
            consent_answers,
            lambda s, o, v: save_consent(s, o, v, patient_id, case_id),
            open_consent,
        ),
        "finding": Subject(
            indication_form(Indication.INFECTION),
            indication_form(Indication.INFECTION).empty,
            lambda s, o, v: save_finding(s, o, v, patient_id, infection_id),
            lambda s, _id: open_finding(s, infection_id),
        ),
        "order": Subject(
            DEVICE_ORDER_FORM,
            lambda: DEVICE_ORDER_FORM.empty() | {"side": LEFT, "role": DeviceRole.SIZER, "state": OrderState.TO_ORDER},
            lambda s, o, v: save_order(s, o, v, patient_id, case_id),
            open_order,
        ),
        "template": Subject(
            PLAN_TEMPLATE_FORM,
            lambda: PLAN_TEMPLATE_FORM.empty() | {"name": "Exchange"},
            lambda s, o, v: keep_template(s, v, plan_values()) if o.id is None else save_template(s, o, v),
            open_template,
        ),
        "imaging": Subject(
            IMAGING_FORM,
            lambda: IMAGING_FORM.empty() | {"side": RIGHT, "kind": ImagingKind.MRI},
            lambda s, o, v: save_imaging(s, o, v, patient_id),
            open_imaging,
        ),
        "complication": Subject(
            COMPLICATION_FORM,
            lambda: COMPLICATION_FORM.empty() | {"kind": ComplicationKind.OTHER},
            lambda s, o, v: save_complication(s, o, v, patient_id, case_id),
            open_complication,
        ),
        "safety": Subject(
            SAFETY_FORM,
            lambda: SAFETY_FORM.empty() | {"moment": SafetyMoment.SIGN_IN, "round_no": 1},
            lambda s, o, v: save_record(s, SAFETY_FORM, o, v, {"patient_id": patient_id, "case_id": case_id}),
            _open(SAFETY_FORM),
        ),
        "report": Subject(
            REPORT_FORM, REPORT_FORM.empty, lambda s, o, v: _save_report(s, o, v, without_case), open_report
        ),
    }


def _save_report(session: Any, opened: Snapshot, values: Any, patient_id: int) -> Snapshot:
    """A report is begun from a signed plan, and its steps stand there from the beginning."""
    if opened.id is None:
        add_augmentation(session, patient_id)
        case_id = save_case(session, opened, case_values(), patient_id).id or 0
        plan = save_plan(session, opened, plan_values(), patient_id, case_id)
        sign_all_the_same(session, plan.id or 0, plan.version or 0)
        opened = begin_report(session, case_id).report
        values = {**values, "steps": opened.values["steps"]}
    return save_report(session, opened, values, patient_id)


KINDS = (
    "patient", "operation", "case", "plan", "anesthesia", "device", "removal", "matrix", "drain", "imaging", "consent",
    "work_up", "finding", "order", "template", "report", "complication", "safety",
)  # fmt: skip


def is_a_sentence(words: str) -> bool:
    internals = ("Traceback", "Error", "Exception", "sqlalchemy", "decimal.", "None", "<class")
    return bool(words) and words[-1] in ".?" and not any(each in words for each in internals)


@pytest.mark.parametrize("kind", KINDS)
def test_that_anything_pasted_into_every_field_is_answered_kept_as_a_draft_and_comes_back(
    qtbot: QtBot, background: Background, practice: OpenPractice, subjects: dict[str, Subject], kind: str
) -> None:
    subject = subjects[kind]
    new = Verbs(lambda _session: Snapshot(None, None, subject.form.empty()), subject.save)
    desk = Desk(qtbot, background, subject.form, new)
    desk.add_rows()
    again = FormView(subject.form)
    qtbot.addWidget(again)
    of = DraftOf(subject.form.name, "new")
    for name, text in TEXTS.items():
        desk.paste_everywhere(text)
        view = desk.editor.form
        for problem in view.show_problems(everywhere=True):
            said = desk.note(problem.field)
            assert said == problem.message, (name, problem.field)
            assert is_a_sentence(said), (name, problem.field, said)
        typed = view.draft()
        desk.editor.keep_draft()
        desk.wait()
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            kept = find_draft(session, of)
        assert kept is not None
        again.load(subject.form.empty())
        again.restore(kept.typed)
        assert again.draft() == typed, name
        if view.problems():
            desk.save()
            assert desk.editor.messages.is_loud(), name
            assert view.draft() == typed, name


@pytest.mark.parametrize("kind", KINDS)
def test_that_any_text_is_saved_and_comes_back_as_it_was_read(
    qtbot: QtBot, background: Background, practice: OpenPractice, subjects: dict[str, Subject], kind: str
) -> None:
    subject = subjects[kind]
    start = Snapshot(None, None, subject.values())
    desk = Desk(qtbot, background, subject.form, Verbs(lambda _session: start, subject.save))
    fields = [f.name for f in subject.form if isinstance(f, TextField) and f.name not in OF_A_KIND]
    fields = [name for name in fields if name in desk.editor.form.boxes]
    assert fields
    for name, text in TEXTS.items():
        if name in ("long", "huge-number", "tiny-number", "only-spaces", "question"):
            continue
        for field in fields:
            desk.paste(field, text)
        read = {field: desk.editor.form.boxes[field].editor.value() for field in fields}
        desk.save_confirming()
        assert desk.editor.messages.words.text() == "Saved", (name, desk.editor.form.problems())
        saved = desk.editor.snapshot
        assert saved is not None
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            stored = subject.open(session, saved.id)
        for field in fields:
            is_note = isinstance(subject.form.field(field), NoteField)
            assert stored.values[field] == read[field] == (text_as_lines(text) if is_note else text_on_one_line(text))
        assert {field: desk.editor.form.values()[field] for field in fields} == read


ANSWERED = (
    ("patient", "birth_date", "31 feb 1981", "There is no 31 Feb 1981."),
    ("patient", "birth_date", "1981-13-01", "There is no month 13."),
    ("patient", "birth_date", "14 mar 2081", "in the future"),
    ("patient", "birth_date", "24 Nov 2026", "in the future"),
    ("patient", "birth_date", "14 mar 1881", "more than 120 years ago"),
    ("patient", "birth_date", "3/2/1981", "Write the month as a word"),
    ("patient", "birth_date", "14 mar 81", "has two digits"),
    ("patient", "birth_date", "1981", "day and the month are missing"),
    ("patient", "birth_date", "9" * 400, "Write the date like"),
    ("patient", "birth_date", "+99999999999999", "Write the date like"),
    ("patient", "birth_date", "14 mar 99999", "year"),
    ("patient", "weight_kg", "-5", "above 0"),
    ("patient", "weight_kg", "1,500", "can be 1.5 or 1500"),
    ("patient", "weight_kg", "62 stone", "not a unit of weight"),
    ("patient", "weight_kg", "1e400", "Write the weight like"),
    ("patient", "weight_kg", "9" * 400, "too long"),
    ("patient", "weight_kg", "140", None),
    ("patient", "weight_kg", "320", "If this is in pounds write 320 lb"),
    ("patient", "height_cm", "1.65", "what?"),
    ("patient", "height_cm", "-165", "above 0"),
    ("patient", "height_cm", "99999999999999 m", None),
    ("operation", "happened_on", "31 apr 2009", "There is no 31 Apr 2009."),
    ("operation", "happened_on", "about 17 apr 2009", "Write"),
    ("operation", "happened_on", "dec 2026", "future"),
    ("operation", "left.volume_ml", "325.5", "without a point or comma"),
    ("operation", "left.volume_ml", "-325", "outside"),
    ("operation", "left.volume_ml", "11 oz", "in ounces"),
    ("plan", "right.volume_ml", "300 g", "is a weight"),
    ("operation", "left.volume_ml", "1" * 30, "too long"),
    ("case", "surgery_on", "30 feb 2027", "There is no 30 Feb 2027."),
    ("plan", "routine_after_days", "-7", "outside"),
    ("plan", "routine_after_days", "a week", "not a number"),
    ("plan", "routine_after_days", "7 days", "not a number"),
    ("device", "volume_ml", "3250", "Did you mean 325?"),
    ("device", "filled_ml", "-1", "outside"),
    ("device", "diameter_mm", "12.5", "without a point or comma"),
    ("device", "diameter_mm", "1" * 14, "outside"),
    ("device", "expires_on", "2026", "day and the month are missing"),
    ("device", "made_on", "24 Nov 2026", "in the future"),
    ("device", "udi_di", "09521234543214", "check digit"),
    ("removal", "fluid_ml", "20 mL", "not a number"),
    ("removal", "warranty_claimed_on", "24 Nov 2026", "future"),
    ("removal", "disposition_on", "24 Nov 2026", None),
    ("matrix", "thickness_mm", "0", "above 0"),
    ("matrix", "removed_on", "2027", "future"),
    ("matrix", "length_mm", "0", "outside"),
    ("drain", "size_french", "150", "outside"),
    ("drain", "removed_on", "31 feb 2026", "There is no 31 Feb 2026."),
    ("imaging", "happened_on", "dec 2026", "future"),
    ("finding", "temperature_c", "101", "101 °F is 38.3 °C"),
    ("finding", "temperature_c", "38,9 C", "not a number"),
    ("finding", "redness_mm", "-1", "outside"),
    ("finding", "noticed_on", "dec 2026", "future"),
    ("anesthesia", "performed_on", "31 nov 2026", "There is no 31 Nov 2026."),
    ("anesthesia", "weight_kg", "0", "above 0"),
    ("anesthesia", "last_clear_fluid_at", "25:61", "Write the time like"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_that_what_cannot_be_right_is_answered_under_its_field_and_kept(
    qtbot: QtBot, background: Background, subjects: dict[str, Subject], kind: str
) -> None:
    subject = subjects[kind]
    start = Snapshot(None, None, subject.values())
    desk = Desk(qtbot, background, subject.form, Verbs(lambda _session: start, subject.save))
    for of, name, text, words in ANSWERED:
        if of != kind:
            continue
        desk.paste(name, text)
        if words is not None:
            assert words in desk.note(name), (name, text, desk.note(name))
        assert is_a_sentence(desk.note(name)), (name, text, desk.note(name))
        typed = desk.editor.form.draft()
        desk.save()
        assert desk.editor.messages.is_loud(), (name, text)
        assert desk.editor.form.draft() == typed
        desk.editor.form.boxes[name].editor.set_value(start.values.get(name))


UNDERSTOOD = (
    ("patient", "birth_date", "1981-03-14", dt.date(1981, 3, 14)),
    ("patient", "birth_date", "١٤ mar ١٩٨١", dt.date(1981, 3, 14)),
    ("patient", "weight_kg", "62,5", Decimal("62.5")),
    ("patient", "weight_kg", "137 lb", Decimal("62.1")),
    ("patient", "weight_kg", "٦٢", Decimal(62)),
    ("patient", "height_cm", "5'5\"", 165),
    ("patient", "height_cm", "1,65 m", 165),
    ("operation", "happened_on", "about 2009", PartialDate(2009)),
    ("operation", "left.volume_ml", " 0325 ", 325),
    ("plan", "routine_after_days", "+7", 7),
    ("plan", "right.volume_ml", "300cc", 300),
    ("device", "filled_ml", "0", 0),
    ("matrix", "thickness_mm", "1,5", Decimal("1.5")),
)


@pytest.mark.parametrize(("kind", "name", "text", "value"), UNDERSTOOD)
def test_that_what_can_be_read_in_only_one_way_is_read_saved_and_shown_again(
    qtbot: QtBot, background: Background, subjects: dict[str, Subject], kind: str, name: str, text: str, value: object
) -> None:
    subject = subjects[kind]
    start = Snapshot(None, None, subject.values())
    desk = Desk(qtbot, background, subject.form, Verbs(lambda _session: start, subject.save))
    desk.paste(name, text)
    desk.save_confirming()
    saved = desk.editor.snapshot
    assert saved is not None
    assert saved.values[name] == value
    assert desk.editor.form.values()[name] == value


NAMES = [text for name, text in TEXTS.items() if name not in {"long", "huge-number", "tiny-number", "only-spaces"}]


@pytest.fixture
def window(qtbot: QtBot, background: Background) -> Iterator[MainWindow]:
    made = MainWindow(background, "Harbour Plastic Surgery")
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    yield made
    qtbot.waitUntil(background.is_idle)


def test_that_a_name_is_shown_found_and_opened_as_it_was_written_on_every_screen(
    qtbot: QtBot, window: MainWindow, background: Background, practice: OpenPractice
) -> None:
    failures: list[object] = []
    background.failed.connect(failures.append)
    for family_name in map(text_on_one_line, NAMES):
        with practice.database.unit_of_work(practice.actor) as session:
            values = patient_values(family_name=family_name, given_name=None, former_name=family_name)
            patient_id = save_patient(session, Snapshot(None, None, {}), values).id
            found = [row.id for row in find_patients(session, family_name)]
            whole = find_patients(session, "")
        assert {row.list_name for row in whole if row.id == patient_id} == {family_name}
        if family_name[0].isalpha():  # what begins with a digit is looked up as a number or a date
            assert patient_id in found, family_name
        window.go(Place("overview", patient_id))
        qtbot.waitUntil(lambda: window.file.header is not None)
        qtbot.waitUntil(background.is_idle)
        assert window.file.banner.name.text() == family_name
        assert window.grab().width() >= 1280
    screen = window.screen_of("patients")
    assert isinstance(screen, PatientListScreen)
    window.go(Place("patients"))
    qtbot.waitUntil(background.is_idle)
    shown = {screen.model.index(row, 0).data() for row in range(screen.model.rowCount())}
    assert {f"{name}  (formerly {name})" for name in map(text_on_one_line, NAMES)} == shown
    window.palette_box.open()
    for text in ("<b>Bobby</b>", "Robert'); DROP TABLE", "%s", "{{name}}", "O'Brien \"", "*", "\x00", "#import"):
        asked = window.palette_box.findChild(QLineEdit)
        assert asked is not None
        paste(asked, text)
        qtbot.waitUntil(background.is_idle)
    assert failures == []


@pytest.mark.parametrize("name", ["markup", "typst", "sql", "formats", "quotes", "ampersand", "minus"])
def test_that_a_name_is_printed_letter_by_letter(
    practice: OpenPractice, add_patient: Callable[..., int], name: str
) -> None:
    written = text_on_one_line(TEXTS[name])
    patient_id, _ = add_recovering_patient(
        practice, add_patient, family_name=written, given_name=None, plan={"contingencies": TEXTS[name]}
    )
    with practice.database.unit_of_work(practice.actor) as session:
        case = find_newest_case(session, patient_id)
        assert case is not None
        pages = preview_recovery_handout(session, patient_id), plan_page(session, case.plan.id or 0)
    for page in pages:
        assert without_blanks(written) in without_blanks(words_printed(page))
    assert without_blanks(words_printed(pages[1])).count(without_blanks(written)) >= 2


@pytest.mark.parametrize("name", ["hebrew", "arabic-with-vowels", "decomposed", "stacked-marks", "joiner", "emoji"])
def test_that_a_name_no_font_can_draw_is_said_before_printing_and_any_other_is_printed(
    practice: OpenPractice, add_patient: Callable[..., int], name: str
) -> None:
    written = text_on_one_line(TEXTS[name])
    patient_id, _ = add_recovering_patient(practice, add_patient, family_name=written, given_name=None)
    with practice.database.unit_of_work(practice.actor) as session:
        page, missing = page_or_missing(session, patient_id)
    assert page.startswith(b"%PDF") or missing
    assert all(is_a_sentence(sentence) and "No font here can draw" in sentence for sentence in missing)


def page_or_missing(session: Any, patient_id: int) -> tuple[bytes, tuple[str, ...]]:
    try:
        return preview_recovery_handout(session, patient_id), ()
    except DocumentIncomplete as incomplete:
        return b"", tuple(incomplete.missing.values())


def without_blanks(text: str) -> str:
    """Lines may break anywhere between words, and a name may be broken inside one."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if not character.isspace())


OF_A_KIND = frozenset(
    f"{owner}{what}" for owner in ("", "mobile_", "emergency_", "responsible_adult_") for what in ("phone", "email")
)
"""Lines that must be a phone number or an address, which these texts are not."""

_GONE = "\u200b\u2060\ufeff\u202e\u2066\x00\x07\x1b"


def text_on_one_line(text: str) -> str:
    kept = "".join(character for character in text if character not in _GONE)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def text_as_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\u2028", "\n").strip()
