"""Asking others for records: what is missing, the letters, the reminder, and what closing writes into the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import PermissionDenied, RecordChanged, RecordMissing, Rejected, UserError
from desktop.forms.form import source_of
from desktop.models.audit import AuditEntry
from desktop.models.choices import UNKNOWN, DocumentKind, RecipientKind, RequestState, Role, SideEvent, Source
from desktop.models.device import Device
from desktop.models.document import IssuedDocument
from desktop.models.partial_date import PartialDate
from desktop.models.practice import Practice
from desktop.models.records_request import RecordsRequest
from desktop.opening import OpenPractice
from desktop.rules.missing_records import State
from desktop.rules.permission import Actor
from desktop.services.handout import list_documents, reprint
from desktop.services.missing_records import read_missing, read_missing_in_place
from desktop.services.operation import open_operation, read_history, save_operation
from desktop.services.record import Snapshot
from desktop.services.records_closing import (
    close_answered,
    close_nothing_kept,
    open_closing,
    withdraw_request,
)
from desktop.services.records_request import (
    PAGE,
    Made,
    RequestRow,
    list_requests,
    list_waiting,
    make_request,
    new_request,
    preview_letters,
    remind,
)
from tests.conftest import NOW
from tests.documents.conftest import read_pdf  # noqa: F401  the reader of printed pages
from tests.factories import operation_values

AddPatient = Callable[..., int]
ReadPdf = Callable[[bytes], Any]
NEW = Snapshot(None, None, {})
TODAY = dt.date(2026, 11, 23)
DESK = Actor(77, "Front desk", frozenset({Role.FRONT_DESK}), "test")


class Chase:
    """One patient operated on elsewhere by Dr. Lindqvist; lot and serial of both sides were never asked."""

    def __init__(self, practice: OpenPractice, patient_id: int, **operation: Any) -> None:
        self.practice, self.patient_id = practice, patient_id
        saved = self.ask(save_operation, NEW, operation_values(**operation), patient_id)
        self.operation_id: int = saved.id

    def ask(self, work: Callable[..., Any], *args: Any, actor: Actor | None = None) -> Any:
        with self.practice.database.unit_of_work(actor or self.practice.actor) as session:
            return work(session, *args)

    def values(self, **changes: Any) -> dict[str, Any]:
        whom = self.ask(read_missing, self.patient_id).to_ask[0]
        asked = self.ask(new_request, whom)
        return dict(asked.values) | {"due_on": dt.date(2026, 12, 7), "recipient_address": "4 Old Pier Road"} | changes

    def make(self, **changes: Any) -> Made:
        made: Made = self.ask(make_request, NEW, self.values(**changes), self.patient_id, self.operation_id)
        return made

    def operation(self) -> dict[str, Any]:
        return dict(self.ask(open_operation, self.operation_id).values)

    def type_facts(self, **facts: Any) -> None:
        opened = self.ask(open_operation, self.operation_id)
        self.ask(save_operation, opened, {**opened.values, **facts}, self.patient_id)

    def rows(self) -> tuple[RequestRow, ...]:
        rows: tuple[RequestRow, ...] = self.ask(list_requests, self.patient_id)
        return rows


@pytest.fixture
def chase(practice: OpenPractice, add_patient: AddPatient) -> Chase:
    return Chase(practice, add_patient(former_name="Bennett"), source=None)


class TestWhatIsMissing:
    def test_that_both_devices_are_looked_through_with_what_was_not_asked(self, chase: Chase) -> None:
        right, left = chase.ask(read_missing, chase.patient_id).devices
        assert (right.device.title, right.device.is_in_place) == ("Mentor MemoryGel · 325 mL", True)
        assert [gap.fact.label for gap in right.gaps] == [
            "serial number", "lot number", "operation report", "profile", "incision",
        ]  # fmt: skip
        assert right.completeness == left.completeness == "9 of 14 facts known"

    def test_that_stated_unknown_is_told_apart(self, chase: Chase) -> None:
        chase.type_facts(**{"left.serial": UNKNOWN})
        _right, left = chase.ask(read_missing, chase.patient_id).devices
        assert left.gaps[0].words == "serial number: stated unknown"

    @pytest.mark.parametrize(
        "facts", [{"source": Source.OPERATION_REPORT}, {source_of("left.volume_ml"): Source.OPERATION_REPORT}]
    )
    def test_that_a_report_somebody_read_is_no_longer_missing(self, chase: Chase, facts: dict[str, Any]) -> None:
        chase.type_facts(**facts)
        left = chase.ask(read_missing, chase.patient_id).devices[1]
        assert "operation report" not in {gap.fact.label for gap in left.gaps}

    def test_that_only_devices_in_place_are_told_on_the_overview(self, chase: Chase) -> None:
        removal = operation_values(
            happened_on=None,
            **{f"{side}.{name}": None for side in ("right", "left") for name in _DEVICE},
            **{"right.event": SideEvent.NONE, "left.event": SideEvent.NONE},
        )
        assert len(chase.ask(read_missing_in_place, chase.patient_id)) == 2
        out = removal | {"left.event": SideEvent.REMOVED, "happened_on": _LATER}
        chase.ask(save_operation, NEW, out, chase.patient_id)
        assert [each.device.side.label for each in chase.ask(read_missing_in_place, chase.patient_id)] == ["RIGHT"]
        assert len(chase.ask(read_missing, chase.patient_id).devices) == 2

    def test_that_a_patient_without_devices_lacks_nothing(
        self, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            missing = read_missing(session, add_patient())
        assert (missing.devices, missing.to_ask) == ((), ())


class TestMaking:
    def test_that_a_request_is_filled_in_from_the_operation(self, chase: Chase) -> None:
        whom = chase.ask(read_missing, chase.patient_id).to_ask[0]
        values = chase.ask(new_request, whom).values
        assert (values["recipient_kind"], values["recipient_name"]) == (RecipientKind.SURGEON, "Dr. Lindqvist")
        assert values["asked_for"][:4] == ["right.serial", "left.serial", "right.lot", "left.lot"]
        assert values["due_on"] is None  # no clinical source gives a number of days; the office sets one

    def test_that_the_day_comes_from_the_offices_own_setting(self, chase: Chase) -> None:
        with chase.practice.database.unit_of_work(chase.practice.actor) as session:
            session.scalars(select(Practice)).one().records_due_days = 14
        assert chase.ask(new_request).values["due_on"] == dt.date(2026, 12, 7)

    def test_that_the_address_of_an_earlier_letter_comes_back(self, chase: Chase) -> None:
        chase.make()
        whom = chase.ask(read_missing, chase.patient_id).to_ask[0]
        assert chase.ask(new_request, whom).values["recipient_address"] == "4 Old Pier Road"

    def test_that_both_letters_are_kept_exactly_as_they_were_seen(self, chase: Chase) -> None:
        seen = chase.ask(preview_letters, chase.values(), chase.patient_id, chase.operation_id)
        made = chase.make()
        assert (made.request.pdf, made.release.pdf) == (seen.request, seen.release)
        given = chase.ask(list_documents, chase.patient_id)
        assert [each.title for each in given] == [
            "Permission to release my records, to Dr. Lindqvist", "Request for records, to Dr. Lindqvist",
        ]  # fmt: skip
        assert chase.ask(reprint, made.request.id) == seen.request
        assert chase.ask(reprint, made.release.id) == seen.release

    def test_that_the_letters_say_which_operation_and_what_is_asked(
        self,
        chase: Chase,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        chase.type_facts(**{"right.lot": "L-1234567"})
        text = read_pdf(chase.make().request.pdf).text
        for words in (
            "Dr. Lindqvist", "4 Old Pier Road", "Formerly Bennett", "Augmentation, 12 May 2014",
            "RIGHT device Mentor, MemoryGel, lot L-1234567", "• serial number", "Monday 7 December 2026",
        ):  # fmt: skip
            assert words in text, words

    def test_that_it_waits_and_is_audited(self, chase: Chase) -> None:
        row = chase.make().row
        assert (row.state, row.asked_on, row.due_words) == (RequestState.OPEN, TODAY, "due in 14 days")
        assert row.facts_words.startswith("RIGHT serial number, lot number, profile, incision · LEFT serial number")
        with chase.practice.database.unit_of_work(chase.practice.actor, writing=False) as session:
            entries = session.scalars(select(AuditEntry).where(AuditEntry.record == "records_request")).all()
            kinds = session.scalars(select(IssuedDocument.kind)).all()
        assert [entry.verb for entry in entries] == ["chase_records"]
        assert set(kinds) == {DocumentKind.RECORDS_REQUEST, DocumentKind.RECORDS_RELEASE}

    @pytest.mark.parametrize(
        ("but", "field"),
        [
            ({"due_on": dt.date(2026, 11, 22)}, "due_on"),
            ({"due_on": None}, "due_on"),
            ({"asked_for": []}, "asked_for"),
            ({"recipient_name": None}, "recipient_name"),
            ({"recipient_kind": None}, "recipient_kind"),
        ],
    )
    def test_that_a_request_that_nobody_could_answer_is_refused(
        self, chase: Chase, but: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Rejected) as refused:
            chase.make(**but)
        assert field in {problem.field for problem in refused.value.problems}

    def test_that_nothing_is_kept_when_a_letter_cannot_be_printed(self, chase: Chase) -> None:
        with chase.practice.database.unit_of_work(chase.practice.actor) as session:
            session.scalars(select(Practice)).one().phone = None
        with pytest.raises(UserError, match="phone is missing"):
            chase.make()
        assert chase.rows() == ()
        assert chase.ask(list_documents, chase.patient_id) == ()

    def test_that_another_patients_operation_never_stands_on_a_letter(
        self, chase: Chase, add_patient: AddPatient
    ) -> None:
        other_id = add_patient(family_name="Bell")
        for work, args in (
            (preview_letters, (chase.values(), other_id, chase.operation_id)),
            (make_request, (NEW, chase.values(), other_id, chase.operation_id)),
        ):
            with pytest.raises(RecordMissing):
                chase.ask(work, *args)
        assert chase.ask(list_requests, other_id) == ()


class TestReminding:
    def test_that_a_reminder_is_a_letter_of_its_own_with_the_day_of_the_first(
        self,
        chase: Chase,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        row = chase.make().row
        issued = chase.ask(remind, row.id, row.version)
        assert issued.title == "Reminder: Request for records, to Dr. Lindqvist"
        assert "We wrote to you on 23 November 2026" in read_pdf(issued.pdf).text
        (reminded,) = chase.rows()
        assert (reminded.reminded_on, reminded.due_on) == (TODAY, dt.date(2026, 12, 7))

    def test_that_nobody_is_reminded_of_what_changed_meanwhile_or_is_closed(self, chase: Chase) -> None:
        row = chase.make().row
        chase.ask(remind, row.id, row.version)
        with pytest.raises(RecordChanged):
            chase.ask(remind, row.id, row.version)
        (row,) = chase.rows()
        chase.ask(withdraw_request, row.id, row.version, "she found her card")
        (row,) = chase.rows()
        with pytest.raises(UserError, match="closed already"):
            chase.ask(remind, row.id, row.version)


class TestClosing:
    def test_that_closing_shows_each_fact_as_it_stands_now(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(**{"right.serial": "7001-1", "left.serial": UNKNOWN})
        facts = {fact.name: fact for fact in chase.ask(open_closing, row.id).facts}
        assert (facts["right.serial"].label, facts["right.serial"].shown) == ("RIGHT Serial number", "7001-1")
        assert facts["left.serial"].state is State.UNKNOWN
        assert facts["right.lot"].is_empty
        assert facts["report"].state is None

    def test_that_an_answer_gives_its_source_to_what_is_recorded_and_has_none(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(
            **{"right.serial": "7001-1", "left.serial": "7001-2", "right.lot": UNKNOWN},
            **{source_of("left.serial"): Source.SCANNED},
        )
        closed = chase.ask(close_answered, row.id, row.version, Source.LETTER)
        now = chase.operation()
        assert now[source_of("right.serial")] is Source.LETTER
        assert now[source_of("left.serial")] is Source.SCANNED  # who said so first stays
        assert (now["right.lot"], now[source_of("right.lot")]) == (UNKNOWN, None)
        assert now[source_of("right.volume_ml")] is None  # was not asked for
        assert (closed.state, closed.closed_source, closed.closed_on) == (RequestState.ANSWERED, Source.LETTER, TODAY)
        assert closed.closed_by == "Dr. A. Marchetti"

    def test_that_what_closing_writes_is_audited_as_a_change_of_the_operation(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(**{"right.serial": "7001-1"})
        chase.ask(close_answered, row.id, row.version, Source.LETTER)
        with chase.practice.database.unit_of_work(chase.practice.actor, writing=False) as session:
            entry = session.scalars(
                select(AuditEntry).where(AuditEntry.record == "operation").order_by(AuditEntry.seq.desc())
            ).first()
        assert entry is not None
        assert entry.changes == {source_of("right.serial"): [None, "letter"]}

    def test_that_an_unlikely_answer_somebody_confirmed_before_is_not_asked_again(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(
            **{"right.volume_ml": 1200, "right.volume_ml_confirmed": 1200, "right.serial": "A", "left.serial": "A"},
            **{"left.serial_confirmed": "A"},
        )
        chase.ask(close_answered, row.id, row.version, Source.DEVICE_CARD)
        assert chase.operation()[source_of("left.serial")] is Source.DEVICE_CARD

    def test_that_only_confirmed_and_still_empty_facts_become_unknown(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(**{"left.lot": "L9"})
        chase.ask(close_nothing_kept, row.id, row.version, ["right.serial", "left.lot", "report"])
        now = chase.operation()
        assert now["right.serial"] is UNKNOWN
        assert now["left.lot"] == "L9"
        assert now["right.lot"] is None  # nobody confirmed it
        right = chase.ask(read_missing, chase.patient_id).devices[0]
        assert "operation report: stated unknown" in [gap.words for gap in right.gaps]

    def test_that_nothing_that_was_not_asked_for_becomes_unknown(self, chase: Chase) -> None:
        row = chase.make().row
        with pytest.raises(UserError, match="was not asked for"):
            chase.ask(close_nothing_kept, row.id, row.version, ["surgeon"])
        assert chase.rows()[0].state is RequestState.OPEN

    def test_that_no_longer_needed_wants_a_reason(self, chase: Chase) -> None:
        row = chase.make().row
        for nothing in ("  ", "\x00\u202e"):
            with pytest.raises(UserError, match="write why"):
                chase.ask(withdraw_request, row.id, row.version, nothing)
        closed = chase.ask(withdraw_request, row.id, row.version, " she\x00 found\u202e her\ncard")
        assert (closed.state, closed.closed_note) == (RequestState.WITHDRAWN, "she found her card")
        assert chase.operation()["right.serial"] is None

    def test_that_a_request_that_changed_meanwhile_is_not_closed_nor_anything_written(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(**{"right.serial": "7001-1"})
        chase.ask(remind, row.id, row.version)
        with pytest.raises(RecordChanged):
            chase.ask(close_answered, row.id, row.version, Source.LETTER)
        assert chase.operation()[source_of("right.serial")] is None
        assert chase.rows()[0].state is RequestState.OPEN

    def test_that_when_the_record_refuses_the_request_stays_open(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(**{"right.serial": "7001-1"})
        with chase.practice.database.unit_of_work(chase.practice.actor) as session:
            session.scalars(select(Device)).first().volume_ml = 5  # as no form would take it
        with pytest.raises(Rejected):
            chase.ask(close_answered, row.id, row.version, Source.LETTER)
        assert chase.operation()[source_of("right.serial")] is None
        assert chase.rows()[0].state is RequestState.OPEN

    def test_that_a_request_about_no_recorded_operation_closes_without_writing(self, chase: Chase) -> None:
        made = chase.ask(make_request, NEW, chase.values(), chase.patient_id, None)
        before = chase.operation()
        closed = chase.ask(close_answered, made.row.id, made.row.version, Source.LETTER)
        assert closed.state is RequestState.ANSWERED
        assert chase.operation() == before


class TestWaiting:
    def test_that_the_overdue_come_first_and_say_so_in_words(self, chase: Chase) -> None:
        for day in (dt.date(2026, 12, 20), dt.date(2026, 11, 23), dt.date(2026, 12, 1)):
            chase.make(due_on=day)
        with chase.practice.database.unit_of_work(chase.practice.actor) as session:
            session.scalars(select(RecordsRequest)).first().due_on = dt.date(2026, 11, 14)
        waiting = chase.ask(list_waiting)
        assert [row.due_words for row in waiting] == ["9 days overdue", "due today", "due in 8 days"]
        assert [row.is_overdue for row in waiting] == [True, False, False]

    def test_that_what_is_closed_is_waited_for_no_longer(self, chase: Chase) -> None:
        row = chase.make().row
        chase.ask(withdraw_request, row.id, row.version, "found")
        assert chase.ask(list_waiting) == ()
        assert chase.rows()[0].due_words == ""

    def test_that_pages_follow_one_another_without_a_gap_or_a_repetition(self, chase: Chase) -> None:
        with chase.practice.database.unit_of_work(chase.practice.actor) as session:
            for number in range(2 * PAGE + 30):
                due_on = None if number % 7 == 0 else TODAY + dt.timedelta(days=number % 5)
                session.add(
                    RecordsRequest(
                        patient_id=chase.patient_id,
                        recipient_kind=RecipientKind.HOSPITAL,
                        recipient_name=f"Clinic {number}",
                        due_on=due_on,
                    )
                )
        seen: list[RequestRow] = []
        while page := chase.ask(list_waiting, seen[-1] if seen else None):
            assert len(page) <= PAGE
            seen += page
        assert len({row.id for row in seen}) == len(seen) == 2 * PAGE + 30
        days = [row.due_on for row in seen]
        dated = [day for day in days if day is not None]
        assert dated == sorted(dated)
        assert days == dated + [None] * (len(days) - len(dated))


class TestWhoMay:
    def test_that_the_front_desk_reminds_and_withdraws_and_sees_names_without_values(self, chase: Chase) -> None:
        row = chase.make().row
        chase.type_facts(**{"right.serial": "7001-1"})
        closing = chase.ask(open_closing, row.id, actor=DESK)
        assert {(fact.shown, fact.state) for fact in closing.facts} == {("", None)}
        chase.ask(remind, row.id, row.version, actor=DESK)
        (row,) = chase.ask(list_requests, chase.patient_id, actor=DESK)
        chase.ask(withdraw_request, row.id, row.version, "found", actor=DESK)

    @pytest.mark.parametrize("work", [read_missing, read_missing_in_place, read_history])
    def test_that_the_front_desk_does_not_see_what_is_missing(self, chase: Chase, work: Callable[..., Any]) -> None:
        with pytest.raises(PermissionDenied):
            chase.ask(work, chase.patient_id, actor=DESK)

    def test_that_the_front_desk_closes_nothing_that_writes_facts(self, chase: Chase) -> None:
        row = chase.make().row
        for work, more in ((close_answered, Source.LETTER), (close_nothing_kept, ())):
            with pytest.raises(PermissionDenied):
                chase.ask(work, row.id, row.version, more, actor=DESK)


_DEVICE = (
    "manufacturer", "line", "style", "volume_ml", "fill", "shape", "surface", "profile", "plane", "incision",
    "serial", "lot",
)  # fmt: skip
_LATER = PartialDate.of(NOW.date() - dt.timedelta(days=30))
