"""What is known about a patient can be read nowhere but in the encrypted store: no file, log, title or repr has it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import configure_mappers
from sqlalchemy.orm.attributes import set_committed_value

from desktop.bug_log import PlacesOnly, tell_of_bugs
from desktop.cli import MISTAKE, main
from desktop.errors import RecordChanged, Rejected, describe_bug
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Severity
from desktop.models.tables import Base
from desktop.opening import OpenPractice
from desktop.services.anesthesia import open_note, save_note, sign_note
from desktop.services.draft import DraftOf, keep_draft
from desktop.services.handout import issue_recovery_handout
from desktop.services.patient import save_patient
from desktop.services.plan_page import plan_page
from desktop.services.record import open_record
from desktop.services.revision import find_newest_case
from desktop.storage.backup import copy_store
from desktop.storage.vault import unlock
from tests.conftest import PASSWORD
from tests.factories import note_values
from tests.faults.hand import ALLERGY, CANARIES
from tests.faults.house import ROOT, SURGEON, hand, make_practice, surroundings
from tests.recovery_story import add_recovering_patient

FULL_NAME = f"{CANARIES['given_name']} {CANARIES['family_name']}"
SECRETS = (*CANARIES.values(), ALLERGY, "1981-03-14", "14 Mar 1981", "7392846105", "5016482937")
"""As typed, as understood, and as the search keeps it: the last is a phone number backwards."""


def betrayed(content: bytes) -> list[str]:
    """The secrets that can be read in these bytes, in either way in which text is usually written."""
    small = content.lower()
    return [
        secret for secret in SECRETS if secret.lower().encode() in small or secret.lower().encode("utf-16-le") in small
    ]


def files_below(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (each for each in folder.rglob("*") if each.is_file())


def leaks(*folders: Path) -> dict[str, list[str]]:
    found = {str(each): betrayed(each.read_bytes()) for each in files_below(*folders)}
    return {name: secrets for name, secrets in found.items() if secrets}


def test_that_the_search_for_secrets_finds_them() -> None:
    for secret in SECRETS:
        assert betrayed(f"… {secret.upper()} …".encode()) == [secret]
        assert betrayed(secret.encode("utf-16-le")) == [secret]


@pytest.mark.skipif(sys.platform == "win32", reason="the program's folders are found otherwise on Windows")
def test_that_no_file_title_log_or_report_names_a_patient_while_everything_goes_wrong(tmp_path: Path) -> None:
    folder = make_practice(tmp_path / "practice")
    with subprocess.Popen(
        hand("live_with_canaries", folder),
        cwd=ROOT,
        env=surroundings(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        seen = process.stdout.readline()
        while_open = leaks(tmp_path)
        process.kill()
        printed = seen + process.stdout.read() + process.stderr.read()
    assert betrayed(printed.encode()) == []
    told = json.loads(seen)
    assert set(told["titles"]) == {"", "Reprise", "Details of the mistake"}
    assert "ValueError" in told["report"]
    assert while_open == {}
    assert leaks(tmp_path) == {}
    logged = next(each for each in files_below(tmp_path) if each.suffix == ".log").read_text(encoding="utf-8")
    assert logged.count("ValueError") == 4
    assert "save_that_fails" in logged
    assert {"reprise.db", "reprise.db-wal", "vault.json"} <= {each.name for each in folder.iterdir()}


def test_that_what_is_signed_printed_given_drafted_backed_up_and_refused_stays_in_the_store(
    practice: OpenPractice,
    add_patient: Callable[..., int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    monkeypatch.setattr(tempfile, "tempdir", None)
    caplog.set_level(logging.DEBUG)
    patient_id, checklist = add_recovering_patient(practice, add_patient, **CANARIES)
    with practice.database.unit_of_work(practice.actor) as session:
        case = find_newest_case(session, patient_id)
        assert case is not None
        assert case.plan.id is not None
        assert plan_page(session, case.plan.id)
        note = save_note(session, open_note(session, checklist.case_id).note, note_values(), checklist.case_id)
        assert note.id is not None
        assert note.version is not None
        sign_note(session, note.id, note.version)
        assert issue_recovery_handout(session, patient_id).pdf
        keep_draft(session, DraftOf("patient", "new"), {**CANARIES, "allergies": [{"substance": ALLERGY}]}, None)
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, patient_id)
        allergy = {"substance": ALLERGY, "reaction": None, "severity": Severity.SEVERE}
        listed = {**opened.values, "no_known_allergies": False, "allergies": (allergy,)}
        save_patient(session, opened, listed)
    refusals = []
    for values in (listed | {"email": FULL_NAME}, listed | {"family_name": f"{FULL_NAME}\n"}, listed):
        with pytest.raises((Rejected, RecordChanged)) as refusal, practice.database.unit_of_work(practice.actor) as db:
            save_patient(db, opened, values)
        refusals.append(refusal.value)
    assert isinstance(refusals[-1], RecordChanged)
    copy_store(practice.folder / "reprise.db", unlock(practice.folder, SURGEON, PASSWORD), practice.folder / "copy.db")
    assert leaks(practice.folder, passing) == {}
    practice.close()
    assert leaks(practice.folder, passing) == {}
    assert betrayed(caplog.text.encode()) == []
    assert betrayed(" ".join(f"{each} {describe_bug(each)}" for each in refusals).encode()) == []


@pytest.mark.parametrize("table", sorted(Base.registry.mappers, key=str), ids=lambda mapper: mapper.class_.__name__)
def test_that_a_record_shows_its_class_and_number_and_nothing_it_holds(table: Any) -> None:
    configure_mappers()
    record = table.class_manager.new_instance()
    for name in table.columns.keys():  # noqa: SIM118
        set_committed_value(record, name, FULL_NAME if name != "id" else 7)
    assert betrayed(f"{record!r} {record} {[record]}".encode()) == []
    assert type(record).__name__ in repr(record)


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> list[Exception]:
    """What was shown of the mistakes nobody caught."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    shown: list[Exception] = []
    tell_of_bugs(shown.append)
    return shown


def test_that_a_mistake_nobody_caught_is_shown_and_logged_without_its_words(
    bugs: list[Exception], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    mistake = ValueError(FULL_NAME)
    sys.excepthook(ValueError, mistake, None)
    assert bugs == [mistake]
    assert "ValueError" in caplog.text
    assert betrayed((caplog.text + "".join(capsys.readouterr())).encode()) == []


def test_that_a_mistake_that_cannot_be_shown_is_logged_without_its_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    def show(error: Exception) -> None:
        raise KeyError(str(error))

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    tell_of_bugs(show)
    sys.excepthook(ValueError, ValueError(FULL_NAME), None)
    assert "KeyError" in caplog.text
    assert betrayed((caplog.text + "".join(capsys.readouterr())).encode()) == []


def test_that_causes_are_told_by_their_places_alone() -> None:
    def fail() -> None:
        try:
            raise KeyError(FULL_NAME)
        except KeyError as cause:
            raise ValueError(FULL_NAME) from cause

    with pytest.raises(ValueError, match=FULL_NAME) as mistake:
        fail()
    told = describe_bug(mistake.value)
    assert "KeyError" in told
    assert "in fail" in told
    assert betrayed(told.encode()) == []


def test_that_what_a_library_logs_of_a_mistake_has_no_words_either() -> None:
    record = logging.LogRecord("a", logging.ERROR, __file__, 1, "met", (), (ValueError, ValueError(FULL_NAME), None))
    assert betrayed(PlacesOnly("%(message)s").format(record).encode()) == []


def test_that_the_command_line_tells_a_mistake_by_its_places_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> None:
        raise ValueError(FULL_NAME)

    monkeypatch.setattr("desktop.opening.sign_in", fail)
    monkeypatch.setattr("desktop.cli._password", str)
    assert main(["check", str(tmp_path), "--user", SURGEON, "--password-stdin"]) == MISTAKE
    answer = capsys.readouterr()
    assert "in fail" in answer.err
    assert "Traceback" not in answer.err
    assert betrayed((answer.out + answer.err).encode()) == []
