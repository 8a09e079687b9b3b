"""Two records of one person become one and two again; nothing is lost, invented, mixed up or half done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import func, select, text

from desktop.errors import PermissionDenied, RecordChanged, RecordMerged, SignedIsFrozen, UserError
from desktop.forms.patient import PATIENT_FORM
from desktop.models.anesthesia import AnesthesiaNote
from desktop.models.audit import AuditEntry
from desktop.models.choices import Role, Severity, Side, SideEvent
from desktop.models.device import DeviceSpell
from desktop.models.document import IssuedDocument
from desktop.models.draft import Draft
from desktop.models.merge import PatientMerge
from desktop.models.operation import Operation
from desktop.models.partial_date import PartialDate
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.models.tables import Base
from desktop.opening import OpenPractice
from desktop.rules.merge import KEPT, OTHER, SEEN, Standing
from desktop.rules.permission import Actor
from desktop.services.device import open_device, save_device
from desktop.services.draft import DraftOf, keep_draft
from desktop.services.merge import merge_patients
from desktop.services.merge_preview import MergePreview, preview_merge
from desktop.services.merge_rows import STAYS, _paths, moving_columns, patient_columns, rows_of
from desktop.services.merge_undo import MergeLine, UndoPreview, list_merges, preview_undo, undo_merge
from desktop.services.operation import open_operation, read_history, save_operation
from desktop.services.patient import open_file, save_patient
from desktop.services.record import open_record
from desktop.services.revision import amend_plan, close_case, find_open_case
from desktop.services.search import find_patients
from desktop.services.signing import broken_signatures
from desktop.storage.check import check_store
from desktop.storage.triggers import drop_triggers, install_triggers
from tests.recovery_story import add_recovering_patient
from tests.revision_story import add_augmentation, add_case, add_plan, sign_all_the_same

PENICILLIN = {"substance": "Penicillin", "reaction": None, "severity": Severity.ANAPHYLAXIS}
LATEX = {"substance": "Latex", "reaction": "Rash", "severity": None}
ADD = Callable[..., int]


class House:
    """Asks the services as a screen does, one unit of work at a time."""

    def __init__(self, practice: OpenPractice, add_patient: ADD) -> None:
        self.practice = practice
        self.kept = add_patient(phone="555-0142", no_known_allergies=True)
        self.other = add_patient(family_name="Okafer", phone="555-0199", email="ro@example.org")

    def do(self, service: Callable[..., Any], *args: Any, roles: frozenset[Role] | None = None, **more: Any) -> Any:
        actor = self.practice.actor
        if roles is not None:
            actor = Actor(actor.account_id, "Somebody", roles, "test")
        with self.practice.database.unit_of_work(actor) as session:
            return service(session, *args, **more)

    def preview(self) -> MergePreview:
        return self.do(preview_merge, self.kept, self.other)

    def merge(self, chosen: Mapping[str, str] | None = None) -> int:
        preview = self.preview()
        answers = dict.fromkeys(preview.asked, KEPT) | {each.key: each.options[0][0] for each in preview.questions}
        return self.do(merge_patients, self.kept, self.other, answers | dict(chosen or {}), preview.fingerprint)

    def undo(self, merge_id: int) -> UndoPreview:
        preview: UndoPreview = self.do(preview_undo, merge_id)
        self.do(undo_merge, merge_id, preview.fingerprint)
        return preview

    def values(self, patient_id: int) -> dict[str, Any]:
        return dict(self.do(open_record, PATIENT_FORM, patient_id).values)

    def change(self, patient_id: int, **values: Any) -> None:
        def save(session: Any) -> None:
            opened = open_record(session, PATIENT_FORM, patient_id)
            save_patient(session, opened, dict(opened.values) | values)

        self.do(save)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything the store holds about patients; versions count on, and how a merge went is told elsewhere."""

        def read(session: Any) -> dict[str, list[tuple[Any, ...]]]:
            found = {}
            for table in Base.metadata.sorted_tables:
                if table.name in ("audit_entry", "patient_merge", "draft"):
                    continue
                columns = [column for column in table.columns if column.name != "version"]
                found[table.name] = sorted(map(tuple, session.execute(select(*columns))), key=repr)
            return found

        return self.do(read)

    def mixed_up(self) -> list[tuple[str, str]]:
        """Tables with a row of one patient that belongs to a row of another."""
        owned = {column.table.name: column for column in moving_columns()}

        def look(session: Any) -> list[tuple[str, str]]:
            found = []
            for column in owned.values():
                for other, path in _paths(column.table, owned):
                    for row_id, other_id in session.execute(path):
                        mine = select(column).where(column.table.c.id == row_id)
                        theirs = select(owned[other]).where(owned[other].table.c.id == other_id)
                        if session.scalar(mine) != session.scalar(theirs):
                            found.append((column.table.name, other))
            return found

        return self.do(look)

    def lists(self, patient_id: int, name: str) -> list[Any]:
        return [
            next(iter({k: v for k, v in row.items() if k != "id"}.values())) for row in self.values(patient_id)[name]
        ]


@pytest.fixture
def house(practice: OpenPractice, add_patient: ADD) -> House:
    return House(practice, add_patient)


@pytest.fixture
def full(practice: OpenPractice, add_patient: ADD, house: House) -> House:
    """The other record has a signed plan, a checklist, a document and all that belongs to them."""
    house.other, _checklist = add_recovering_patient(practice, add_patient, family_name="Okafer")
    return house


def test_that_every_reference_to_a_patient_either_moves_or_is_named_with_the_reason_why_not() -> None:
    columns = {str(column) for column in patient_columns()}
    assert set(STAYS) <= columns
    for column in moving_columns():
        assert column.name == "patient_id"
        assert [key.name for key in column.table.primary_key] == ["id"], f"{column} could not be undone row by row"
        unique = [{each.name for each in rule.columns} for rule in column.table.constraints if hasattr(rule, "columns")]
        assert not any("patient_id" in names and len(names) > 1 for names in unique), f"{column} could clash"


def test_that_the_preview_says_of_every_question_which_answer_stands(house: House) -> None:
    pairs = {pair.name: pair for pair in house.preview().fields}
    assert set(pairs) == {field.name for field in PATIENT_FORM}
    assert (pairs["family_name"].kept, pairs["family_name"].other) == ("Okafor", "Okafer")
    assert pairs["family_name"].standing is Standing.ASKED
    assert pairs["email"].standing is Standing.OTHER
    assert pairs["birth_date"].standing is Standing.SAME
    assert pairs["no_known_allergies"].standing is Standing.KEPT
    assert house.preview().asked == ("family_name", "phone")


def test_that_chosen_answers_stand_and_missing_ones_are_taken_over(house: House) -> None:
    house.merge({"phone": OTHER})
    values = house.values(house.kept)
    assert (values["family_name"], values["phone"], values["email"]) == ("Okafor", "555-0199", "ro@example.org")


def test_that_nothing_is_merged_while_something_is_undecided(house: House) -> None:
    before = house.dump()
    preview = house.preview()
    with pytest.raises(UserError, match="2 things have still to be decided"):
        house.do(merge_patients, house.kept, house.other, {}, preview.fingerprint)
    assert house.dump() == before


@pytest.mark.parametrize("which", ["kept", "other"])
def test_that_a_record_that_changed_since_it_was_looked_at_is_not_merged(house: House, which: str) -> None:
    preview = house.preview()
    house.change(getattr(house, which), address="12 Quay Street")
    before = house.dump()
    with pytest.raises(UserError, match="Look at both again"):
        house.do(merge_patients, house.kept, house.other, dict.fromkeys(preview.asked, KEPT), preview.fingerprint)
    assert house.dump() == before


def test_that_an_operation_recorded_meanwhile_counts_as_a_change(house: House) -> None:
    preview = house.preview()
    house.do(add_augmentation, house.other)
    with pytest.raises(UserError, match="Look at both again"):
        house.do(merge_patients, house.kept, house.other, dict.fromkeys(preview.asked, KEPT), preview.fingerprint)


def test_that_only_a_surgeon_merges(house: House) -> None:
    merge_id = house.merge()
    for role in set(Role) - {Role.SURGEON}:
        for service, args in ((preview_merge, (house.kept, house.other)), (preview_undo, (merge_id,))):
            with pytest.raises(PermissionDenied):
                house.do(service, *args, roles=frozenset({role}))


def test_that_a_record_is_not_merged_with_itself_or_twice(house: House, add_patient: ADD) -> None:
    with pytest.raises(UserError, match="one and the same record"):
        house.do(preview_merge, house.kept, house.kept)
    house.merge()
    third = add_patient(family_name="Third")
    for pair in ((house.kept, house.other), (third, house.other), (house.other, third)):
        with pytest.raises(UserError, match="merged into another record already"):
            house.do(preview_merge, *pair)


def test_that_allergies_are_those_of_both_and_the_statement_falls_only_when_a_person_knows(house: House) -> None:
    house.change(house.other, allergies=(PENICILLIN, LATEX))
    (question,) = house.preview().questions
    assert "Penicillin, Latex" in question.sentence
    with pytest.raises(UserError, match="1 thing has still to be decided"):
        house.merge({question.key: ""})
    house.merge()
    values = house.values(house.kept)
    assert house.lists(house.kept, "allergies") == ["Penicillin", "Latex"]
    assert values["no_known_allergies"] is False
    assert house.lists(house.other, "allergies") == ["Penicillin", "Latex"]


def test_that_the_same_allergy_in_both_is_one_and_an_allergy_beats_a_statement_of_the_other(house: House) -> None:
    house.change(house.kept, allergies=(LATEX,), no_known_allergies=False)
    house.change(house.other, allergies=({**LATEX, "substance": "latex"}, PENICILLIN))
    assert house.preview().questions == ()
    house.merge()
    assert house.lists(house.kept, "allergies") == ["Latex", "Penicillin"]


def test_that_who_stated_that_there_is_no_allergy_comes_with_the_statement(house: House) -> None:
    house.kept, house.other = house.other, house.kept
    house.merge()
    values = house.values(house.kept)
    assert values["no_known_allergies"] is True

    def by(session: Any) -> Any:
        patient = session.get_one(Patient, house.kept)
        return patient.no_known_allergies_by, patient.no_known_allergies_at is not None

    assert house.do(by) == ("Dr. A. Marchetti", True)


def test_that_two_who_are_hardly_alike_are_merged_only_by_somebody_who_knows_better(
    house: House, add_patient: ADD
) -> None:
    house.other = add_patient(family_name="Ibarra", given_name="Carmen", birth_date=dt.date(1972, 11, 15))
    (question,) = house.preview().questions
    assert question.sentence.startswith("Nothing says that these two are one person.")
    with pytest.raises(UserError, match="1 thing has still to be decided"):
        house.merge({question.key: ""})
    house.merge({question.key: SEEN})


def test_that_every_record_moves_and_signed_ones_stay_as_they_were_signed(full: House) -> None:
    def texts(session: Any) -> list[Any]:
        return list(
            session.execute(select(RevisionPlan.signed_content, RevisionPlan.signed_hash, RevisionPlan.version))
        )

    signed, documents = full.do(texts), full.do(lambda s: list(s.execute(select(IssuedDocument.sha256))))
    moving = full.do(rows_of, full.other)
    assert {"operation", "device", "device_spell", "revision_case", "revision_plan", "recovery_checklist"} <= set(
        moving
    )
    merge_id = full.merge()
    assert full.do(rows_of, full.other) == {}
    assert full.do(rows_of, full.kept) == moving
    assert full.do(lambda s: s.get_one(PatientMerge, merge_id).moved) == moving
    assert full.do(texts) == signed
    assert full.do(lambda s: list(s.execute(select(IssuedDocument.sha256)))) == documents
    assert full.do(lambda s: list(broken_signatures(s))) == []
    database = full.practice.database
    assert [each for each in check_store(database, full.practice.folder) if not each.ok] == []


def test_that_a_signed_record_follows_nobody_without_a_merge(full: House) -> None:
    move = text("UPDATE revision_plan SET patient_id = :to WHERE signed_at IS NOT NULL")
    with pytest.raises(SignedIsFrozen):
        full.do(lambda s: s.execute(move, {"to": full.kept}))
    merge_id = full.merge()
    with pytest.raises(SignedIsFrozen):  # back only when the merge was undone
        full.do(lambda s: s.execute(move, {"to": full.other}))
    both = text("UPDATE revision_plan SET patient_id = :to, routine_after_days = 1 WHERE signed_at IS NOT NULL")
    full.undo(merge_id)
    with pytest.raises(SignedIsFrozen):
        full.do(lambda s: s.execute(both, {"to": full.kept}))


def test_that_merging_and_undoing_leaves_everything_as_it_was(full: House) -> None:
    full.do(add_augmentation, full.kept, happened_on=PartialDate(2001))
    full.change(full.kept, allergies=(LATEX,), no_known_allergies=False, medicines=())
    before = full.dump()
    merge_id = full.merge({"family_name": OTHER})
    assert full.dump() != before
    assert full.mixed_up() == []
    full.undo(merge_id)
    assert full.dump() == before
    assert full.mixed_up() == []
    assert full.do(lambda s: list(broken_signatures(s))) == []
    full.undo(full.merge())  # and again
    assert full.dump() == before


def test_that_what_was_answered_since_the_merge_stays_and_is_told(house: House) -> None:
    house.change(house.other, allergies=(PENICILLIN, LATEX))
    merge_id = house.merge({"phone": OTHER})
    rows = [dict(row) for row in house.values(house.kept)["allergies"]]
    rows[1]["reaction"] = "Swelling"
    house.change(house.kept, email="new@example.org", address="12 Quay Street", allergies=tuple(rows))
    preview = house.undo(merge_id)
    assert preview.answers_back == ("Phone",)
    assert preview.remarks == (
        "Answered again since the merge, so it stays as it is now: E-mail.",
        "The statement about known allergies stays as it is now.",
        "1 allergy of both was changed or removed since; that stays.",
    )
    values = house.values(house.kept)
    assert (values["phone"], values["email"], values["address"]) == ("555-0142", "new@example.org", "12 Quay Street")
    assert house.lists(house.kept, "allergies") == ["Latex"]
    assert values["no_known_allergies"] is False, "an allergy is listed, so the statement does not come back"
    assert house.lists(house.other, "allergies") == ["Penicillin", "Latex"]


def test_that_records_made_since_stay_but_for_what_belongs_to_those_that_go_back(full: House) -> None:
    merge_id = full.merge()
    plan_id = full.do(lambda s: s.scalar(select(RevisionPlan.id)))
    amended = full.do(amend_plan, plan_id, "Another size")
    sure = {f"{side}.event_confirmed": SideEvent.IMPLANTED for side in ("right", "left")}
    full.do(add_augmentation, full.kept, happened_on=PartialDate(2001), **sure)
    preview = full.undo(merge_id)
    assert preview.stays == ("2 devices", "1 operation")
    assert preview.remarks == (
        "Made since the merge, and goes along because it belongs to what goes: 1 revision plan.",
    )
    assert full.do(lambda s: s.get_one(RevisionPlan, amended.id).patient_id) == full.other
    assert len(full.do(read_history, full.kept).operations) == 1
    assert len(full.do(read_history, full.other).operations) == 1


def test_that_a_device_put_into_a_moved_operation_since_goes_along_with_it(house: House) -> None:
    none = {f"right.{name}": None for name in ("manufacturer", "line", "volume_ml", "fill")}
    house.do(add_augmentation, house.other, **{"right.event": SideEvent.NONE, **none})
    house.do(add_augmentation, house.kept, happened_on=PartialDate(2001), **{"right.event": SideEvent.NONE, **none})
    merge_id = house.merge()

    def put_in(session: Any) -> None:
        operation_id = session.scalar(select(Operation.id).where(Operation.happened_on == PartialDate(2014, 5, 12)))
        opened = open_operation(session, operation_id)
        sure = {"right.event_confirmed": SideEvent.IMPLANTED, "left.event_confirmed": SideEvent.IMPLANTED}
        changed = {"right.event": SideEvent.IMPLANTED, "right.volume_ml": 300, **sure}
        save_operation(session, opened, dict(opened.values) | changed, house.kept)

    house.do(put_in)
    assert house.mixed_up() == []
    preview = house.undo(merge_id)
    assert preview.remarks[-1] == "Made since the merge, and goes along because it belongs to what goes: 1 device."
    assert house.mixed_up() == []
    assert len(house.do(read_history, house.other).right) == 1
    assert house.do(read_history, house.kept).right == ()


def test_that_a_new_device_that_got_the_number_of_a_removed_one_is_not_taken_for_it(house: House) -> None:
    """The store gives the highest number again once its row is gone."""
    house.do(add_augmentation, house.other)
    merge_id = house.merge()
    sides = {f"{side}.event": SideEvent.KEPT for side in ("right", "left")}
    facts = ("manufacturer", "line", "volume_ml", "fill")
    nothing = {f"{side}.{name}": None for side in ("right", "left") for name in facts}

    def take_out(session: Any) -> None:
        opened = open_operation(session, session.scalar(select(Operation.id)))
        save_operation(session, opened, dict(opened.values) | sides | nothing, house.kept)

    house.do(take_out)
    assert house.do(rows_of, house.kept) == {"operation": [1]}
    house.do(add_augmentation, house.kept, happened_on=PartialDate(2020))
    house.undo(merge_id)
    assert [row.id for row in house.do(read_history, house.other).operations] == [1]
    assert [row.id for row in house.do(read_history, house.kept).operations] == [2]
    assert house.mixed_up() == []


def test_that_a_signed_record_that_hangs_on_a_stranger_is_found(full: House) -> None:
    def tamper(session: Any) -> None:
        drop_triggers(session.connection())
        session.execute(text("UPDATE revision_plan SET patient_id = :to"), {"to": full.kept})
        install_triggers(session.connection())

    full.do(tamper)
    (found,) = full.do(lambda s: list(broken_signatures(s)))
    assert found.detail == "the record hangs on a patient for whom it was not signed"


def test_that_the_chains_of_devices_are_computed_again_on_both_sides(house: House) -> None:
    house.do(add_augmentation, house.kept, happened_on=PartialDate(2001))
    house.do(add_augmentation, house.other, happened_on=PartialDate(2014))
    keys = {each.key for each in house.preview().questions}
    assert keys == {"R.two_devices", "L.two_devices"}
    merge_id = house.merge()
    chain = house.do(read_history, house.kept).right
    assert [device.occupation.fate_unknown for device in chain] == [True, False]
    stored = select(DeviceSpell.fate_unknown).where(DeviceSpell.side == Side.RIGHT).order_by(DeviceSpell.id)
    assert house.do(lambda s: list(s.scalars(stored))) == [True, False]
    house.undo(merge_id)
    assert house.do(lambda s: list(s.scalars(stored))) == [False, False]


def test_that_an_operation_in_both_records_is_pointed_out(house: House) -> None:
    for patient_id in (house.kept, house.other):
        house.do(add_augmentation, patient_id)
    sentences = [each.sentence for each in house.preview().questions]
    assert any("Both have an operation of 12 May 2014" in sentence for sentence in sentences)


def test_that_of_two_open_cases_a_person_says_which_goes_on_and_undoing_opens_the_other_again(house: House) -> None:
    cases = [house.do(add_case, patient_id).id for patient_id in (house.kept, house.other)]
    house.do(add_plan, house.other, cases[1])
    (question,) = house.preview().questions
    assert [value for value, _words in question.options] == [str(case_id) for case_id in cases]
    merge_id = house.merge({question.key: str(cases[1])})
    assert house.do(find_open_case, house.kept) == cases[1]
    assert house.do(lambda s: s.get_one(RevisionCase, cases[0]).closed_on) == dt.date(2026, 11, 23)
    house.undo(merge_id)
    assert [house.do(find_open_case, patient_id) for patient_id in (house.kept, house.other)] == cases


def test_that_a_case_is_not_opened_again_beside_another_one(house: House) -> None:
    cases = [house.do(add_case, patient_id).id for patient_id in (house.kept, house.other)]
    merge_id = house.merge({"open_case": str(cases[1])})
    house.do(close_case, cases[1])
    third = house.do(add_case, house.kept).id
    preview = house.undo(merge_id)
    assert "The revision case that the merge closed stays as it is now." in preview.remarks
    assert house.do(find_open_case, house.kept) == third


def test_that_a_merged_record_leads_to_the_one_that_stays_and_takes_nothing_in(house: House) -> None:
    house.merge()
    header = house.do(open_file, house.other)
    assert header.id == house.kept
    assert header.led_here == (
        "Record 000 002 (Rosalind Okafer) was merged into this one by Dr. A. Marchetti on 23 Nov 2026."
    )
    assert house.do(open_file, house.kept).led_here == ""
    with pytest.raises(RecordMerged):
        house.do(add_augmentation, house.other)
    with pytest.raises(RecordMerged):
        house.change(house.other, address="12 Quay Street")


def test_that_what_was_open_while_its_row_changed_hands_is_not_saved_into_another_record(house: House) -> None:
    house.do(add_augmentation, house.other)
    operation_id = house.do(read_history, house.other).operations[0].id
    merge_id = house.merge()
    device, operation = house.do(open_device, operation_id, Side.RIGHT), house.do(open_operation, operation_id)
    house.undo(merge_id)
    with pytest.raises(RecordChanged):
        house.do(save_device, device, dict(device.values) | {"serial": "7001-1"}, operation_id, Side.RIGHT)
    with pytest.raises(UserError):
        house.do(save_operation, operation, dict(operation.values) | {"surgeon": "Dr. Bell"}, house.kept)
    assert house.do(open_device, operation_id, Side.RIGHT).values["serial"] is None


def test_that_a_merged_record_is_found_by_its_own_name_and_opens_the_one_that_stays(house: House) -> None:
    merge_id = house.merge()
    assert [row.id for row in house.do(find_patients, "")] == [house.kept]
    for typed in ("okafer", "000002", "5550199"):
        assert [row.id for row in house.do(find_patients, typed)] == [house.kept], typed
        assert "merged into this one" in house.do(find_patients, typed)[0].why, typed
    house.undo(merge_id)
    first, *_sounding_alike = house.do(find_patients, "okafer")
    assert first.id == house.other
    assert "merged" not in first.why


def test_that_merges_are_undone_the_last_one_first(house: House, add_patient: ADD) -> None:
    third, fourth = add_patient(family_name="Okafor", email="third@example.org"), add_patient(family_name="Okafor")
    first = house.merge()
    house.other = third
    second = house.merge()
    with pytest.raises(UserError, match="Record 000 003 was merged into this one later"):
        house.do(preview_undo, first)
    house.kept, house.other = fourth, house.kept
    third_merge = house.merge()
    with pytest.raises(UserError, match="merged into record 000 004 since"):
        house.do(preview_undo, second)
    assert house.do(open_file, third).id == fourth
    for merge_id in (third_merge, second, first):
        house.undo(merge_id)
    with pytest.raises(UserError, match="undone already"):
        house.do(preview_undo, first)


def test_that_a_record_that_changed_since_the_undo_was_looked_at_is_left_alone(house: House) -> None:
    merge_id = house.merge()
    preview = house.do(preview_undo, merge_id)
    house.change(house.kept, address="12 Quay Street")
    with pytest.raises(UserError, match="Look at it again"):
        house.do(undo_merge, merge_id, preview.fingerprint)
    assert house.do(list_merges, house.kept)[0].id == merge_id


def test_that_the_merges_of_a_record_are_listed_until_they_are_undone(house: House) -> None:
    merge_id = house.merge()
    (line,) = house.do(list_merges, house.kept)
    assert isinstance(line, MergeLine)
    assert (line.id, line.name, line.record_number) == (merge_id, "Rosalind Okafer", "000 002")
    house.undo(merge_id)
    assert house.do(list_merges, house.kept) == ()


def test_that_both_patients_have_the_merge_and_its_undoing_in_their_audit(house: House) -> None:
    house.undo(house.merge())
    entries = house.do(
        lambda s: list(
            s.execute(select(AuditEntry.patient_id, AuditEntry.changes).where(AuditEntry.verb == "merge_patients"))
        )
    )
    assert [patient_id for patient_id, _changes in entries] == [house.kept, house.other, house.kept, house.other]
    assert entries[1][1] == {"merged_into": [None, "000001"]}
    assert entries[0][1]["email"] == [None, "ro@example.org"]


def test_that_what_people_typed_for_something_new_goes_along_and_typed_details_are_told(house: House) -> None:
    for of in (
        DraftOf("operation", f"new:{house.other}"),
        DraftOf("records_request", f"new:{house.other}:7:surgeon"),
        DraftOf("revision_case", f"patient {house.other}"),
        DraftOf("patient", str(house.other)),
    ):
        house.do(keep_draft, of, {"surgeon": "Dr. Lind"}, None)
    assert house.preview().remarks == (
        "Somebody typed into the Details of record 000 002 and has not saved. That text stays with this record.",
    )
    house.merge()
    keys = house.do(lambda s: sorted(s.scalars(select(Draft.record_key))))
    kept = house.kept
    assert keys == sorted([f"new:{kept}", f"new:{kept}:7:surgeon", f"patient {kept}", str(house.other)])


def test_that_signing_after_a_merge_and_undoing_it_keeps_every_signature_whole(full: House) -> None:
    merge_id = full.merge()
    plan_id = full.do(lambda s: s.scalar(select(RevisionPlan.id)))
    amended = full.do(amend_plan, plan_id, "Another size")
    full.do(sign_all_the_same, amended.id, amended.version)
    full.undo(merge_id)
    assert full.do(lambda s: s.get_one(RevisionPlan, amended.id).patient_id) == full.other
    assert full.do(lambda s: list(broken_signatures(s))) == []


def test_that_a_merge_that_fails_at_its_end_leaves_nothing_behind(full: House) -> None:
    before, preview = full.dump(), full.preview()
    chosen = dict.fromkeys(preview.asked, KEPT) | {each.key: SEEN for each in preview.questions}

    def fail(session: Any) -> None:
        merge_patients(session, full.kept, full.other, chosen, preview.fingerprint)
        raise UserError("the power went")

    with pytest.raises(UserError, match="the power went"):
        full.do(fail)
    assert full.dump() == before
    assert full.do(lambda s: s.scalar(select(func.count()).select_from(PatientMerge))) == 0
    assert full.do(lambda s: s.scalar(select(func.count()).select_from(Operation))) == 1
    assert full.do(lambda s: s.scalar(select(func.count()).select_from(AnesthesiaNote))) == 0
