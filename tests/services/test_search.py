"""Who is calling: everything somebody may say finds her, and the answer says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Role
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase
from desktop.models.search import NameWord, PatientKeys, PatientPhone, PatientWord, SearchIndex
from desktop.opening import OpenPractice, open_with_key
from desktop.rules.permission import Actor
from desktop.services.operation import open_operation, read_history, save_operation
from desktop.services.patient import open_file, save_patient
from desktop.services.record import Snapshot, open_record
from desktop.services.search import (
    LIST_PAGE,
    PALETTE_ROWS,
    RECENT_ROWS,
    PatientRow,
    find_by_record_number,
    find_patients,
    recent_patients,
)
from desktop.services.search_index import keep_findable
from desktop.services.search_rebuild import INDEX_VERSION, rebuild_search_index
from desktop.storage.database import Database
from desktop.storage.schema import VERSIONS
from desktop.storage.store import create_store
from desktop.storage.vault import Cost, SlotOwner, create_vault, unlock
from tests.conftest import NOW, PASSWORD
from tests.factories import operation_values

Add = Callable[..., int]
TODAY = NOW.date()


def rows(practice: OpenPractice, text: str, actor: Actor | None = None, limit: int = LIST_PAGE) -> list[PatientRow]:
    with practice.database.unit_of_work(actor or practice.actor, writing=False) as session:
        return list(find_patients(session, text, limit=limit))


def found(practice: OpenPractice, text: str) -> list[str]:
    return [row.list_name for row in rows(practice, text)]


def why(practice: OpenPractice, text: str) -> dict[str, str]:
    return {row.list_name: row.why for row in rows(practice, text)}


@contextmanager
def statements(practice: OpenPractice) -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        heard.append(statement)

    event.listen(practice.database.engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(practice.database.engine, "before_cursor_execute", hear)


@pytest.fixture
def maeve(add_patient: Add) -> int:
    """O'Brien, and two others of whom nobody asks."""
    add_patient(family_name="Haddad", given_name="Lina", birth_date=dt.date(1975, 5, 6), phone="555-0122")
    add_patient(family_name="Virtanen", given_name="Aino", birth_date=dt.date(1990, 1, 2), phone="555-0133")
    return add_patient(
        family_name="O'Brien",
        given_name="Maeve",
        former_name="Meyer-Sato",
        birth_date=dt.date(1981, 2, 3),
        phone="(555) 0181",
        mobile_phone="+44 20 7946 0142",
    )


MAEVE = "O'Brien, Maeve"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("obri", "name"), ("O'Brien", "name"), ("o’brien", "name"), ("OBRIEN", "name"), ("brien", "name"),
        ("rie", "name"), ("aev", "name"), ("maeve obr", "name"), ("obrien, maeve", "name"), ("brien maev", "name"),
        ("m o", "name"), ("o brien", "name"),
        ("meyer", "former name Meyer-Sato"), ("sato", "former name Meyer-Sato"),
        ("maeve sato", "former name Meyer-Sato"), ("eyer", "former name Meyer-Sato"),
        ("181", "phone …0181"), ("0181", "phone …0181"), ("5550181", "phone …5550181"), ("…0142", "mobile phone …0142"),
        ("+44 (0)20 7946-0142", "mobile phone …79460142"), ("020 7946 0142", "mobile phone …79460142"),
        ("3 feb 1981", "born 3 Feb 1981"), ("1981-02-03", "born 3 Feb 1981"),
        ("3/2/81", "born 3 Feb 1981 (read as day/month)"), ("2/3/81", "born 3 Feb 1981 (read as month/day)"),
        ("feb 1981", "born 3 Feb 1981"),
        ("000003", "record 000 003"), ("3", "record 000 003"), ("000 003", "record 000 003"),
        ("obrien 81", "born 3 Feb 1981"), ("sato 0142", "mobile phone …0142 · former name Meyer-Sato"),
        ("maeve 3/2/81", "born 3 Feb 1981 (read as day/month)"), ("3 obrien", "record 000 003"),
    ],
)  # fmt: skip
def test_that_she_is_found_and_it_says_why(practice: OpenPractice, maeve: int, text: str, reason: str) -> None:
    assert why(practice, text) == {MAEVE: reason}


@pytest.mark.parametrize(
    "text", ["obrien 82", "haddad 0142", "lina 3/2/81", "obrien virtanen", "xobrien", "ri", "42", "obrien 000001"]
)
def test_that_all_parts_have_to_be_true(practice: OpenPractice, maeve: int, text: str) -> None:
    assert found(practice, text) == []


@pytest.mark.parametrize(
    ("family_name", "given_name", "text"),
    [
        ("Müller", "Ann", "mueller"), ("Müller", "Ann", "muller"), ("Müller", "Ann", "MÜLLER"),
        ("Mueller", "Ann", "müller"), ("Søndergård", "Søren", "soren"), ("Søndergård", "Søren", "soendergaard"),
        ("Núñez", "Inês", "nunez ines"), ("Łukasiewicz", "Zoë", "zoe luk"), ("de la Cruz", "Ana", "delacruz"),
        ("de la Cruz", "Ana", "cruz"), ("van der Berg", "Ann", "berg ann"), ("Anne-Marie", "X", "marie"),
        ("Ó Súilleabháin", "Ann", "suil"),
        ("<b>Bobby</b>", None, "bobby"),
        ("<b>Bobby</b>", None, "<b>Bobby</b>"),
        ("O'Brien-Sato", "Ann", "obriensato"),
        ("St. John", "Ann", "st.john"),
        ("王", "小明", "小明"), ("王", "小明", "王"), ("王", "小明", "王小明"), ("王小明", None, "小明"),
        ("王小明", None, "明"), ("さくら井", "花子", "くら"), ("김", "민지", "민지"), ("김민지", None, "지"),
        ("Иванова", "Анна", "иван"), ("حداد", "فاطمة", "فاطمة"), ("शर्मा", "नेहा", "नेहा"),
    ],
)  # fmt: skip
def test_that_accents_spellings_and_scripts_make_no_difference(
    practice: OpenPractice, add_patient: Add, family_name: str, given_name: str | None, text: str
) -> None:
    patient_id = add_patient(family_name=family_name, given_name=given_name)
    add_patient(family_name="Okafor", given_name="Rosalind")
    assert [row.id for row in rows(practice, text)] == [patient_id]


@pytest.mark.parametrize("text", ["Meier", "maier", "mayer", "maier an"])
def test_that_who_only_sounds_like_it_comes_last_and_is_marked(
    practice: OpenPractice, add_patient: Add, text: str
) -> None:
    add_patient(family_name="Meyer", given_name="Anna")
    add_patient(family_name=text.split()[0], given_name="Anton")
    answer = rows(practice, text)
    assert [row.list_name for row in answer] == [f"{text.split()[0]}, Anton", "Meyer, Anna"]
    assert [row.sounds_like for row in answer] == [False, True]
    assert answer[1].why == f"sounds like “{text.split()[0].lower()}”"


def test_that_common_names_of_the_same_consonants_do_not_hide_who_is_meant(
    practice: OpenPractice, add_patient: Add
) -> None:
    for _ in range(5 * PALETTE_ROWS):
        add_patient(family_name="Adams", given_name="Maria")
    add_patient(family_name="Meyer", given_name="Anna")
    assert [row.list_name for row in rows(practice, "meier", limit=PALETTE_ROWS)] == ["Meyer, Anna"]


def test_that_a_name_that_sounds_alike_is_found_beside_a_date_too(practice: OpenPractice, maeve: int) -> None:
    (row,) = rows(practice, "maev 3/2/81")
    assert not row.sounds_like
    (row,) = rows(practice, "mave 3/2/81")
    assert row.sounds_like
    assert row.why == "born 3 Feb 1981 (read as day/month) · sounds like “mave”"


def test_that_both_readings_of_a_date_are_shown_and_neither_hides_the_other(
    practice: OpenPractice, add_patient: Add
) -> None:
    for number in range(PALETTE_ROWS + 3):
        add_patient(family_name=f"Feb{'x' * number}", birth_date=dt.date(1981, 2, 3))
    add_patient(family_name="Mar", birth_date=dt.date(1981, 3, 2))
    answer = rows(practice, "3/2/81", limit=PALETTE_ROWS)
    assert len(answer) == PALETTE_ROWS
    assert answer[-1].list_name == "Mar, Rosalind"
    assert answer[-1].why == "born 2 Mar 1981 (read as month/day)"


def test_that_whoever_is_called_just_so_stands_first(practice: OpenPractice, add_patient: Add) -> None:
    for family_name, given_name in (
        ("Ashford-Li", "Ann"), ("Adams", "Li"), ("Lindqvist", "Bo"), ("Li", "Mei"), ("Berg", "Lisa"),
    ):  # fmt: skip
        add_patient(family_name=family_name, given_name=given_name)
    assert found(practice, "li") == ["Li, Mei", "Ashford-Li, Ann", "Adams, Li", "Lindqvist, Bo", "Berg, Lisa"]


def test_that_phones_of_those_who_care_for_her_find_her(practice: OpenPractice, add_patient: Add) -> None:
    add_patient(emergency_phone="555-0191", responsible_adult_name="Grace", responsible_adult_phone="555-0192")
    assert list(why(practice, "0191").values()) == ["emergency contact’s phone …0191"]
    assert list(why(practice, "0192").values()) == ["responsible adult’s phone …0192"]


@pytest.fixture
def implanted(practice: OpenPractice, maeve: int) -> int:
    """Devices with serial and lot in both sides, put in on 12 May 2014."""
    with practice.database.unit_of_work(practice.actor) as session:
        numbers = {
            "right.serial": "SN-7712/04 R",
            "left.serial": "SN-7713/04 L",
            "right.lot": "LOT 55-1",
            "left.lot": "8812345",
        }
        save_operation(session, Snapshot(None, None, {}), operation_values(**numbers), maeve)
    return maeve


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sn-7712/04 r", "serial SN-7712/04 R"), ("SN771204R", "serial SN-7712/04 R"),
        ("sn 7713 04", "serial SN-7713/04 L"), ("sn7713", "serial SN-7713/04 L"),
        ("lot 55-1", "lot LOT 55-1"), ("8812345", "lot 8812345"), ("8812", "lot 8812345"),
        ("obrien 8812", "lot 8812345"),
    ],
)  # fmt: skip
def test_that_a_serial_or_lot_finds_who_carries_it(
    practice: OpenPractice, implanted: int, text: str, reason: str
) -> None:
    assert why(practice, text) == {MAEVE: reason}


def test_that_who_may_not_see_the_case_finds_nobody_by_a_device(practice: OpenPractice, implanted: int) -> None:
    desk = Actor(77, "Desk", frozenset({Role.FRONT_DESK}), "test")
    assert rows(practice, "8812345", desk) == []
    assert rows(practice, "12 may 2014", desk) == []
    assert rows(practice, "week 20 2014", desk) == []


def test_that_a_number_that_was_corrected_or_taken_out_is_not_found_any_more(
    practice: OpenPractice, implanted: int
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_operation(session, read_history(session, implanted).operations[0].id)
        save_operation(session, opened, dict(opened.values) | {"right.lot": "991"}, implanted)
    assert found(practice, "lot551") == []
    assert found(practice, "991") == [MAEVE]


@pytest.mark.parametrize("text", ["week 20 2014", "2014-W20", "2014-05-12", "12 may 2014", "obrien 2014-W20"])
def test_that_the_week_of_a_past_operation_finds_her(practice: OpenPractice, implanted: int, text: str) -> None:
    assert why(practice, text) == {MAEVE: "operated 12 May 2014 (week 20)"}


@pytest.mark.parametrize(
    "text", ["this week", "week 48", "2026-W48", "Nov 23", "25 nov", "2026-11-25", "maeve week 48"]
)
def test_that_the_week_of_a_planned_surgery_finds_her(practice: OpenPractice, maeve: int, text: str) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        session.add(RevisionCase(patient_id=maeve, opened_on=dt.date(2026, 10, 1), surgery_on=dt.date(2026, 11, 25)))
    (row,) = rows(practice, text)
    assert (row.why, row.open_today) == ("surgery planned 25 Nov 2026 (week 48)", "Surgery planned")
    assert found(practice, "next week") == []
    desk = Actor(77, "Desk", frozenset({Role.FRONT_DESK}), "test")
    assert list(rows(practice, text, desk)) == [row]


@pytest.mark.parametrize(
    ("surgery_on", "closed_on", "state"),
    [
        (None, None, "Planning"),
        (TODAY, None, "Surgery today"),
        (TODAY + dt.timedelta(days=1), None, "Surgery planned"),
        (TODAY - dt.timedelta(days=1), None, "Planning"),
        (TODAY, TODAY, ""),
    ],
)
def test_that_what_is_open_today_stands_beside_her(
    practice: OpenPractice, maeve: int, surgery_on: dt.date | None, closed_on: dt.date | None, state: str
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        session.add(
            RevisionCase(patient_id=maeve, opened_on=dt.date(2026, 10, 1), surgery_on=surgery_on, closed_on=closed_on)
        )
    assert {row.open_today for row in rows(practice, "obrien")} == {state}


def test_that_a_changed_name_and_phone_are_found_at_once_and_the_old_ones_are_not(
    practice: OpenPractice, maeve: int
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, maeve)
        changed = {"family_name": "Okonkwo", "phone": "555-0177", "birth_date": dt.date(1982, 4, 5)}
        save_patient(session, opened, dict(opened.values) | changed)
        assert [row.id for row in find_patients(session, "okonkwo 82")] == [maeve]
    assert found(practice, "obrien") == found(practice, "0181") == found(practice, "maeve 81") == []
    assert why(practice, "0177") == {"Okonkwo, Maeve": "phone …0177"}


def test_that_nothing_is_found_of_a_save_that_was_taken_back(practice: OpenPractice, add_patient: Add) -> None:
    values = PATIENT_FORM.empty() | {"family_name": "Okafor", "birth_date": dt.date(1981, 3, 14)}

    def save_and_fail() -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            save_patient(session, Snapshot(None, None, {}), values)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_and_fail()
    assert found(practice, "okafor") == []
    with practice.database.unit_of_work(practice.actor) as session:
        assert session.scalar(select(func.count()).select_from(NameWord)) == 0


def merge(session: Session, kept: int, merged: int) -> None:
    session.execute(update(Patient).where(Patient.id == merged).values(merged_into_id=kept))
    session.expire_all()
    for patient_id in (merged, kept):
        keep_findable(session, session.get_one(Patient, patient_id))


@pytest.fixture
def merged(practice: OpenPractice, maeve: int, add_patient: Add) -> int:
    """A record of the same person under another name, merged into one that was merged into hers."""
    oldest = add_patient(family_name="Quirke", given_name="Mae", birth_date=dt.date(1981, 3, 2), phone="555-0166")
    between = add_patient(family_name="Rourke", given_name="Mae", birth_date=dt.date(1981, 3, 2))
    with practice.database.unit_of_work(practice.actor) as session:
        merge(session, between, oldest)
        merge(session, maeve, between)
    return oldest


@pytest.mark.parametrize("text", ["000004", "4", "000 004"])
def test_that_the_number_of_a_merged_record_leads_to_the_one_that_stands(
    practice: OpenPractice, maeve: int, merged: int, text: str
) -> None:
    (row,) = rows(practice, text)
    assert (row.id, row.record_number) == (maeve, "000 003")
    assert row.why == "record number 000004 was merged into this one"
    with practice.database.unit_of_work(practice.actor) as session:
        assert find_by_record_number(session, text) == maeve


def test_that_a_merged_record_is_never_shown_but_its_name_and_phone_find_who_stands(
    practice: OpenPractice, maeve: int, merged: int
) -> None:
    assert why(practice, "quirke") == {MAEVE: "name of a record merged into this one"}
    assert why(practice, "0166") == {MAEVE: "phone …0166 of a record merged into this one"}
    assert found(practice, "2 mar 1981") == []
    assert merged not in [row.id for row in rows(practice, "")]
    with practice.database.unit_of_work(practice.actor) as session:
        rebuild_search_index(session)
    assert why(practice, "quirke") == {MAEVE: "name of a record merged into this one"}
    assert why(practice, "0166") == {MAEVE: "phone …0166 of a record merged into this one"}


HOSTILE = [
    "%",
    "_",
    "' OR 1=1 --",
    '"',
    "\\",
    "*",
    "zzz",
    "\x00",
    "; DROP TABLE patient",
    "\ud800",
    "\U0010ffff",
    "a" * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_that_any_text_is_a_safe_question(practice: OpenPractice, add_patient: Add, text: str) -> None:
    add_patient()
    assert found(practice, text) == []


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[oO]?[\w %_'*\"\-]{0,12}[0-9/. -]{0,12}", fullmatch=True)))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_that_no_text_at_all_is_an_error(practice: OpenPractice, text: str) -> None:
    for row in rows(practice, text):
        assert row.why


def test_that_the_record_number_is_looked_up_exactly(practice: OpenPractice, maeve: int) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        assert find_by_record_number(session, " 000 003 ") == maeve
        for text in ("", "4", "00003x", "\x00", "%"):
            with pytest.raises(UserError, match="No patient has the record number"):
                find_by_record_number(session, text)


def test_that_pages_follow_one_another_without_gap_or_repetition(practice: OpenPractice, add_patient: Add) -> None:
    for number in range(LIST_PAGE + 5):
        add_patient(family_name="Same-Same", given_name=f"Name {number % 3}", former_name="Samson")
    add_patient(family_name="Balsam")
    for text, count in (("", LIST_PAGE + 6), ("sam", LIST_PAGE + 6)):
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            pages = [find_patients(session, text)]
            while pages[-1]:
                pages.append(find_patients(session, text, pages[-1][-1].key))
        ids = [row.id for page in pages for row in page]
        assert len(pages[0]) == LIST_PAGE
        assert len(ids) == len(set(ids)) == count


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("s", 1),
        ("sa", 1),
        ("sam", 1),
        ("0142", 1),
        ("3/2/81", 1),
        ("week 48", 1),
        ("zzzz", 2),
        ("same name", 4),
        ("same 0142", 4),
    ],
)
def test_that_a_key_asks_few_statements_however_many_there_are(
    practice: OpenPractice, add_patient: Add, text: str, most: int
) -> None:
    for number in range(PALETTE_ROWS + 1):
        add_patient(family_name="Samers", given_name=f"Name {number}", birth_date=dt.date(1981, 2, 3), phone="555-0142")
    with practice.database.unit_of_work(practice.actor, writing=False) as session, statements(practice) as heard:
        session.connection()
        heard.clear()
        find_patients(session, text, limit=PALETTE_ROWS)
    assert len(heard) <= most


def test_that_a_key_walks_an_index_and_sorts_nothing(practice: OpenPractice, maeve: int) -> None:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        for text in ("ob", "", "0142", "1981-02-03", "8812345"):
            with statements(practice) as heard:
                find_patients(session, text, limit=PALETTE_ROWS)
            for statement in [each for each in heard if each.startswith("SELECT")]:
                marks = [None] * statement.count("?")
                plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(marks))
                steps = [row.detail for row in plan]
                walked = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
                assert not [step for step in walked if "found" not in step and "(subquery" not in step], steps


def test_that_whose_file_was_open_last_comes_first(practice: OpenPractice, add_patient: Add, maeve: int) -> None:
    others = [add_patient(family_name=f"Other {number}") for number in range(RECENT_ROWS + 2)]
    with practice.database.unit_of_work(practice.actor) as session:
        for minute, patient_id in enumerate([maeve, *others, maeve]):
            session.info["now"] = lambda minute=minute: NOW + dt.timedelta(minutes=minute)
            open_file(session, patient_id)
        recent = [row.id for row in recent_patients(session)]
    assert recent == [maeve, *others[:-RECENT_ROWS:-1]]
    somebody_else = Actor(practice.actor.account_id + 1, "Else", practice.actor.roles, "test")
    with practice.database.unit_of_work(somebody_else) as session:
        assert recent_patients(session) == ()


def everything(session: Session) -> list[Any]:
    return [
        sorted(tuple(row) for row in session.execute(select(kind.__table__)))
        for kind in (PatientWord, PatientKeys, PatientPhone)
    ] + [sorted(tuple(row) for row in session.execute(select(NameWord.word, NameWord.sound)))]


def test_that_the_index_made_anew_is_the_index_that_was_kept(
    practice: OpenPractice, implanted: int, merged: int, add_patient: Add
) -> None:
    for family_name, given_name in (
        ("王", "小明"),
        ("Müller", "Anne-Marie"),
        ("Ó Súilleabháin", None),
        ("حداد", "فاطمة"),
    ):
        add_patient(family_name=family_name, given_name=given_name, former_name="van der Berg")
    texts = ["quirke", "小明", "mueller", "8812345", "sn7712", "berg", "0166", "maier"]
    with practice.database.unit_of_work(practice.actor) as session:
        before = everything(session), [find_patients(session, text) for text in texts]
        rebuild_search_index(session)
        assert (everything(session), [find_patients(session, text) for text in texts]) == before


def test_that_a_store_indexed_in_an_older_way_is_indexed_anew_when_it_is_opened(
    practice: OpenPractice, maeve: int
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        session.execute(update(SearchIndex).values(version=INDEX_VERSION - 1))
        session.execute(PatientWord.__table__.delete())
    key = unlock(practice.folder, "marchetti", PASSWORD)
    again = open_with_key(practice.folder, key, "marchetti", clock=lambda: NOW)
    try:
        assert found(again, "obrien") == [MAEVE]
        with again.database.unit_of_work(again.actor) as session:
            assert session.scalar(select(SearchIndex.version)) == INDEX_VERSION
    finally:
        again.close()


def test_that_patients_of_the_first_version_are_found_after_the_upgrade(tmp_path: Path) -> None:
    first, folder = tmp_path / "versions", tmp_path / "old"
    first.mkdir()
    folder.mkdir()
    (first / "0001_first.py").write_bytes((VERSIONS / "0001_first.py").read_bytes())
    owner = SlotOwner("marchetti", "Dr. A. Marchetti", "Surgeon")
    key, _code = create_vault(folder, "Harbour", owner, PASSWORD, cost=Cost(8, 1, 1))
    create_store(folder, key, versions=first)
    old = Database(folder / "reprise.db", key, clock=lambda: NOW)
    with old.engine.begin() as connection:
        for table, answers in (
            ("account", {"name": "marchetti", "display_name": "Dr. A. Marchetti", "roles": '["surgeon"]'}),
            ("practice", {"name": "Harbour", "paper_size": "a4", "language": "en", "next_record_number": 2}),
            ("patient", {"record_number": "000001", "family_name": "O'Brien", "given_name": "Maeve",
                         "birth_date": "1981-02-03", "phone": "555-0181", "family_key": "obrien",
                         "given_key": "maeve"}),
            ("device", {"patient_id": 1, "serial": "SN-77/1", "unknown": "[]", "sources": "{}"}),
            ("patient_name", {"patient_id": 1, "word": "obrien"}),
            ("patient_phone", {"patient_id": 1, "reversed_digits": "1810555"}),
        ):  # fmt: skip
            columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
            needed = {column.name: 1 for column in columns if column.notnull and column.name not in answers}
            row = needed | answers
            marks = ", ".join("?" * len(row))
            connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    old.close()
    opened = open_with_key(folder, key, "marchetti", clock=lambda: NOW)
    try:
        for text in ("brien", "0181", "3/2/81", "sn771", "maeve 81", "1"):
            assert found(opened, text) == [MAEVE], text
    finally:
        opened.close()
