"""The demo practice, read back by the services that made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from desktop.demo.build import DEMO_ACCOUNTS, DEMO_PASSWORD, build_demo, rebuild_demo
from desktop.demo.story import StoryFault
from desktop.errors import StoreUnavailable
from desktop.models.choices import Indication, RecoveryState, RequestState, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice, sign_in
from desktop.paths import resource
from desktop.rules.found_at_surgery import suspected_and_found
from desktop.rules.password import check_password, read_common_passwords
from desktop.rules.recovery import DayState
from desktop.rules.report_comparison import compare
from desktop.services.account import list_accounts
from desktop.services.anesthesia import open_note
from desktop.services.document import read_documents
from desktop.services.operation import read_history
from desktop.services.overview import read_overview
from desktop.services.patient import read_header
from desktop.services.practice import is_demo
from desktop.services.records_request import list_requests, list_waiting
from desktop.services.recovery_view import read_recovery
from desktop.services.report_file import read_report_file
from desktop.services.revision import open_case_file
from desktop.services.search import find_patients
from desktop.services.signing import broken_signatures
from desktop.storage.check import check_store
from desktop.storage.vault import Cost

TODAY = dt.date(2026, 11, 23)
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


def noon() -> dt.datetime:
    return dt.datetime.combine(TODAY, dt.time(12)).astimezone(dt.UTC)


def open_demo(folder: Path) -> OpenPractice:
    return sign_in(folder, "marchetti", DEMO_PASSWORD, clock=noon)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPractice]:
    folder = tmp_path_factory.mktemp("demo") / "practice"
    build_demo(folder, TODAY, cost=CHEAP)
    practice = open_demo(folder)
    yield practice
    practice.close()


def ask(demo: OpenPractice, service: Any, *given: Any) -> Any:
    with demo.database.unit_of_work(demo.actor, writing=False) as session:
        return service(session, *given)


def patient_id(demo: OpenPractice, family_name: str, given_name: str) -> int:
    rows = ask(demo, find_patients, "")
    (found,) = [row.id for row in rows if row.list_name == f"{family_name}, {given_name}"]
    return int(found)


def case_of(demo: OpenPractice, patient_id: int) -> Any:
    case_id = ask(demo, read_header, patient_id).case_id
    return ask(demo, open_case_file, patient_id, case_id) if case_id else None


def everything(demo: OpenPractice) -> list[Any]:
    """All that the services tell of each patient."""
    told = []
    for row in ask(demo, find_patients, ""):
        header = ask(demo, read_header, row.id)
        told += [row, header, ask(demo, read_overview, row.id), ask(demo, read_recovery, row.id)]
        told += [ask(demo, read_documents, row.id)]
        if header.case_id:
            told += [ask(demo, open_note, header.case_id)]
    return told


def test_that_every_indication_appears(demo: OpenPractice) -> None:
    cases = [case_of(demo, row.id) for row in ask(demo, find_patients, "")]
    seen = {row["indication"] for file in cases if file for row in file.case.values["indications"]}
    assert seen == set(Indication)


def test_that_the_same_day_makes_the_same_practice(demo: OpenPractice, tmp_path: Path) -> None:
    build_demo(tmp_path / "again", TODAY, cost=CHEAP)
    again = open_demo(tmp_path / "again")
    try:
        assert everything(again) == everything(demo)
    finally:
        again.close()


def test_that_another_day_makes_a_practice_that_is_just_as_old(demo: OpenPractice, tmp_path: Path) -> None:
    leap_day = dt.date(2028, 2, 29)
    build_demo(tmp_path / "later", leap_day, cost=CHEAP)
    later = sign_in(
        tmp_path / "later",
        "marchetti",
        DEMO_PASSWORD,
        clock=lambda: dt.datetime.combine(leap_day, dt.time(12)).astimezone(dt.UTC),
    )
    try:
        open_today = [(row.list_name, row.open_today) for row in ask(later, find_patients, "")]
    finally:
        later.close()
    assert open_today == [(row.list_name, row.open_today) for row in ask(demo, find_patients, "")]


def test_that_a_name_is_text_whatever_it_looks_like(demo: OpenPractice) -> None:
    bobby = patient_id(demo, "Tabler", "<b>Bobby</b>")
    assert ask(demo, read_header, bobby).full_name == "<b>Bobby</b> Tabler"


def test_that_names_of_many_scripts_and_lengths_are_kept(demo: OpenPractice) -> None:
    names = [row.list_name for row in ask(demo, find_patients, "")]
    for name in ("王, 小明", "O'Brien, Maeve", "Ó Súilleabháin, Gráinne", "Соколова, Анна", "حداد, فاطمة", "शर्मा, नेहा"):
        assert name in names
    assert "Ratnasari" in names
    assert max(len(name) for name in names) >= 90
    assert 28 <= len(names) <= 40


def test_that_the_chain_of_four_operations_is_told_side_by_side(demo: OpenPractice) -> None:
    consuelo = patient_id(demo, "Ibarra", "Consuelo")
    history = ask(demo, read_history, consuelo)
    assert len(history.operations) == 4
    assert history.operations[-1].happened_on == PartialDate(TODAY.year - 28)
    assert [device.title for device in history.right] == [
        "Unknown device, fill not known",
        "Allergan Natrelle · 300 mL",
    ]
    assert [device.title for device in history.left] == ["Unknown device, fill not known", "Mentor MemoryGel · 350 mL"]
    assert [device.occupation.is_in_place for device in history.right] == [False, True]
    assert [device.occupation.is_in_place for device in history.left] == [False, True]
    assert [(row.right, row.left) for row in reversed(history.operations)] == [
        (SideEvent.IMPLANTED, SideEvent.IMPLANTED),
        (SideEvent.EXCHANGED, SideEvent.NONE),
        (SideEvent.KEPT, SideEvent.REMOVED),
        (SideEvent.NONE, SideEvent.IMPLANTED),
    ]


def test_that_somebody_never_had_an_implant(demo: OpenPractice) -> None:
    grainne = patient_id(demo, "Ó Súilleabháin", "Gráinne")
    history = ask(demo, read_history, grainne)
    assert history.operations == ()
    reasons = {row["indication"] for row in case_of(demo, grainne).case.values["indications"]}
    assert Indication.TISSUE_CHANGE in reasons


def test_that_rosalind_is_as_in_the_pictures(demo: OpenPractice) -> None:
    rosalind = patient_id(demo, "Okafor", "Rosalind")
    header, file = ask(demo, read_header, rosalind), case_of(demo, rosalind)
    assert header.birth_date == dt.date(1981, 3, 14)
    assert [alert.text for alert in header.alerts] == ["Penicillin — anaphylaxis", "Apixaban — hold per plan"]
    assert ask(demo, read_history, rosalind).in_place(Side.RIGHT).title == "Mentor MemoryGel · 325 mL"
    assert file.case.values["surgery_on"] == TODAY + dt.timedelta(days=12)
    assert file.signed_by is None
    assert not [point for point in file.open_points if point.blocks]


def test_that_todays_surgery_has_a_note_that_runs(demo: OpenPractice) -> None:
    lina = patient_id(demo, "Haddad", "Lina")
    note = ask(demo, open_note, ask(demo, read_header, lina).case_id)
    values = note.note.values
    times = [row["at"] for row in values["vitals"]]
    assert note.signed_at is None
    assert values["performed_on"] == TODAY
    assert values["discharged_at"] is None
    assert {later - earlier for earlier, later in pairwise(times)} == {dt.timedelta(minutes=5)}
    assert values["drugs"]


def test_that_todays_report_is_half_answered_and_a_finished_one_is_signed_with_its_difference(
    demo: OpenPractice,
) -> None:
    lina, emi = (patient_id(demo, *name) for name in (("Haddad", "Lina"), ("Sato", "Emi")))
    running, done = (ask(demo, read_report_file, each, ask(demo, read_header, each).case_id) for each in (lina, emi))
    answered = {row["side"] for row in running.facts.report["steps"] if row["outcome"] is not None}
    assert answered == {Side.RIGHT}
    assert running.newest.signed_at is None
    assert [version.signed_at is not None for version in done.versions] == [True, True]
    assert [line.performed for line in compare(done.facts) if line.differs] == ["Capsulotomy"]
    told = {line.indication: line.verdict for line in suspected_and_found(done.facts) if line.side is Side.LEFT}
    assert told[Indication.RUPTURE_GEL_INTRA] == "Found, not suspected"
    assert len(ask(demo, read_history, emi).operations) == 2


def test_that_a_signed_plan_was_amended(demo: OpenPractice) -> None:
    versions = case_of(demo, patient_id(demo, "Ibarra", "Consuelo")).versions
    assert [version.signed_by for version in versions] == ["Dr. A. Marchetti"] * 2
    assert versions[1].amends_reason


def test_that_recoveries_stand_on_different_days_and_one_reports_a_red_flag(demo: OpenPractice) -> None:
    checklists = [
        file.checklist
        for row in ask(demo, find_patients, "")
        if (file := ask(demo, read_recovery, row.id)).checklist is not None
    ]
    days = {checklist.today for checklist in checklists}
    assert {1, 2, 3, 5, 7} <= days
    assert sum(len(checklist.reports) for checklist in checklists) == 1
    answers = {item.state for checklist in checklists for group in checklist.days for item in group.items}
    assert answers == set(RecoveryState)
    assert DayState.RED_FLAG in {group.state for checklist in checklists for group in checklist.days}


def test_that_somebody_was_given_the_page_to_take_home(demo: OpenPractice) -> None:
    given = [ask(demo, read_documents, row.id).given for row in ask(demo, find_patients, "")]
    assert sum(bool(documents) for documents in given) >= 5


def test_that_records_were_asked_for_with_every_outcome_and_one_answer_is_overdue(demo: OpenPractice) -> None:
    rows = [row for patient in ask(demo, find_patients, "") for row in ask(demo, list_requests, patient.id)]
    assert {row.state for row in rows} == set(RequestState)
    assert [row.is_overdue for row in ask(demo, list_waiting)] == [True, False]
    assert any(row.reminded_on for row in rows)


def test_that_phone_numbers_are_nobodys(demo: OpenPractice) -> None:
    phones = [ask(demo, read_header, row.id).phone for row in ask(demo, find_patients, "")]
    assert all(phone.startswith("555-01") for phone in phones)
    assert len(set(phones)) == len(phones)


def test_that_store_chain_and_signatures_verify(demo: OpenPractice) -> None:
    assert [finding for finding in check_store(demo.database, demo.folder) if not finding.ok] == []
    assert ask(demo, lambda session: list(broken_signatures(session))) == []


def test_that_it_says_that_it_is_a_demo(demo: OpenPractice) -> None:
    assert ask(demo, is_demo)


def test_that_everybody_can_sign_in_with_the_password_that_is_shown(demo: OpenPractice) -> None:
    assert {row.name for row in ask(demo, list_accounts)} == {account.name for account in DEMO_ACCOUNTS}
    common = read_common_passwords(resource("rules", "common_passwords.txt").read_text(encoding="utf-8"))
    for account in DEMO_ACCOUNTS:
        assert check_password(DEMO_PASSWORD, (account.name, account.display_name), common) is None
        practice = sign_in(demo.folder, account.name, DEMO_PASSWORD, clock=noon)
        practice.close()
        assert practice.actor.roles == frozenset(account.roles)


def test_that_a_story_the_services_refuse_leaves_no_practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stories = tmp_path / "demo"
    stories.mkdir()
    text = '[[patient]]\nregistered = "-1 d"\nfamily_name = "Early"\nbirth_date = "+1 d"\n'
    (stories / "x.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("desktop.demo.build.resource", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.raises(StoryFault, match=r"x\.toml, Early: birth_date: .* in the future"):
        build_demo(tmp_path / "practice", TODAY, cost=CHEAP)
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_that_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreUnavailable):
        build_demo(tmp_path, TODAY, cost=CHEAP)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_that_the_demo_of_another_day_is_replaced_and_nothing_else_ever_is(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "made-on.txt").write_text("2026-11-22", encoding="utf-8")
    rebuild_demo(folder, TODAY, cost=CHEAP)
    assert (folder / "made-on.txt").read_text(encoding="utf-8") == "2026-11-23"
    practice = open_demo(folder)
    try:
        assert {row.open_today for row in ask(practice, find_patients, "Haddad")} == {"Surgery today"}
    finally:
        practice.close()
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    (folder / "made-on.txt").unlink()
    with pytest.raises(StoreUnavailable, match="left as it is"):
        rebuild_demo(folder, TODAY, cost=CHEAP)
    open_demo(folder).close()


def test_that_a_reported_red_flag_needs_attention_on_the_overview(demo: OpenPractice) -> None:
    flags = ask(demo, read_overview, patient_id(demo, "Novak", "Petra")).red_flags
    assert [flag.title for flag in flags] == ["Fever, chills, redness, pus"]
    assert "Nurse J. Pell" in flags[0].detail
