"""The practice's own products and a newer edition of the list: taken in whole or not at all, and found at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import func, select

from desktop.errors import PermissionDenied, RecordChanged, Rejected, UserError
from desktop.forms.catalogue import CATALOGUE_FORM
from desktop.models.audit import AuditEntry
from desktop.models.catalogue import CatalogueEdition
from desktop.models.choices import Fill, MatrixKind, Role, Shape
from desktop.opening import OpenPractice
from desktop.paths import resource
from desktop.rules.catalogue_entry import OWN, facts_of
from desktop.rules.catalogue_file import parse_catalogue
from desktop.rules.permission import Actor
from desktop.services.catalogue import (
    CatalogueRefused,
    OlderEdition,
    catalogue_facts,
    export_edition,
    import_edition,
    open_product,
    read_catalogue,
    read_catalogue_page,
    retire_product,
    save_product,
    use_shipped_edition,
)
from desktop.services.record import Snapshot

NEW = Snapshot(None, None, {})
T = TypeVar("T")

NEWER = """\
name = "A newer list"
as_of = 2027-01-31

[[makers]]
name = "Quay"
mark = "K"

[[devices]]
manufacturer = "Quay"
line = "Calm"
fill = "silicone_gel"
mark = "K"
"""


class Office:
    """Each step is a unit of work of its own."""

    def __init__(self, practice: OpenPractice) -> None:
        self.practice = practice

    def do(self, service: Callable[..., T], *arguments: Any) -> T:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return service(session, *arguments)

    def add(self, **values: Any) -> Snapshot:
        answers = {"manufacturer": "Quay", "line": "Calm"} | values
        return self.do(save_product, NEW, CATALOGUE_FORM.empty() | answers)

    def titles(self, text: str) -> list[str]:
        return [entry.title for entry in self.do(read_catalogue).suggest(text)]

    def count(self, table: Any) -> int:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def office(practice: OpenPractice) -> Office:
    return Office(practice)


def test_that_the_list_that_came_with_reprise_is_in_use_at_first(office: Office) -> None:
    page = office.do(read_catalogue_page)
    assert (page.edition.kept_by, page.edition.newer_shipped) == (None, None)
    assert page.edition.as_of == parse_catalogue(resource("catalogue", "devices.toml").read_text("utf-8")).as_of
    assert office.titles("mentor memorygel")[0] == "Mentor MemoryGel"


def test_that_an_own_product_is_found_changed_and_offered_no_more_and_again(office: Office) -> None:
    saved = office.add(volume_ml=300)
    assert saved.id is not None
    assert office.titles("quay") == ["Quay Calm"]
    office.do(save_product, saved, dict(saved.values) | {"line": "Calmer"})
    assert office.titles("quay") == ["Quay Calmer"]
    office.do(retire_product, saved.id)
    assert office.titles("quay") == []
    assert [entry.title for entry in office.do(read_catalogue_page).retired] == ["Quay Calmer"]
    office.do(retire_product, saved.id, False)
    assert office.titles("quay") == ["Quay Calmer"]
    assert office.do(open_product, saved.id).values["line"] == "Calmer"


def test_that_two_people_do_not_overwrite_each_others_product(office: Office) -> None:
    saved = office.add()
    office.do(save_product, saved, dict(saved.values) | {"note": "from one"})
    with pytest.raises(RecordChanged):
        office.do(save_product, saved, dict(saved.values) | {"note": "from the other"})


def test_that_the_same_product_or_the_same_number_is_not_added_twice(office: Office) -> None:
    office.add(udi_di="10888628001206", catalogue_no="1")
    with pytest.raises(Rejected) as refused:
        office.add(udi_di="10888628001206", catalogue_no="2")
    assert refused.value.problems[0].field == "udi_di"
    office.add(line="Other")
    with pytest.raises(Rejected) as refused:
        office.add(line="OTHER")
    assert refused.value.problems[0].field == "line"
    assert len(office.titles("quay")) == 2


def test_that_a_wrong_number_is_refused_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(Rejected):
        office.add(udi_di="10888628001228")
    assert office.titles("quay") == []


def test_that_a_file_with_a_fault_changes_nothing_and_names_the_line(office: Office) -> None:
    before = office.count(AuditEntry)
    with pytest.raises(CatalogueRefused) as refused:
        office.do(import_edition, NEWER.replace('"silicone_gel"', '"gel"'))
    assert "Line 11: fill “gel” is not known" in str(refused.value)
    assert "the one in use stays" in str(refused.value)
    assert [fault.line for fault in refused.value.faults] == [11]
    assert (office.count(CatalogueEdition), office.count(AuditEntry)) == (0, before)
    assert office.titles("mentor memorygel")[0] == "Mentor MemoryGel"


def test_that_many_faults_are_told_as_the_first_few_and_a_number(office: Office) -> None:
    devices = "".join(f'\n[[devices]]\nmanufacturer = "Nobody {at}"\nline = "A"\nmark = "K"\n' for at in range(9))
    with pytest.raises(CatalogueRefused) as refused:
        office.do(import_edition, NEWER + devices)
    assert str(refused.value).count("Line ") == 5
    assert "There are 4 more." in str(refused.value)


def test_that_a_newer_edition_is_used_whole_with_the_own_products_and_audited(office: Office) -> None:
    office.add(line="Own")
    assert office.do(import_edition, NEWER).as_of == dt.date(2027, 1, 31)
    assert office.titles("mentor") == []
    assert sorted(office.titles("quay")) == ["Quay", "Quay Calm", "Quay Own"]
    page = office.do(read_catalogue_page)
    assert (page.edition.name, page.edition.kept_by) == ("A newer list", "Dr. A. Marchetti")
    with office.practice.database.unit_of_work(office.practice.actor) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
        assert (entry.verb, entry.record) == ("edit_catalogue", "catalogue_edition")
        assert entry.changes["as_of"] == ["2026-11-23", "2027-01-31"]


def test_that_a_list_of_a_far_day_is_refused_because_none_could_follow_it(office: Office) -> None:
    with pytest.raises(UserError, match="more than a year from now"):
        office.do(import_edition, NEWER.replace("2027-01-31", "9999-12-31"))
    assert office.do(read_catalogue_page).edition.as_of == dt.date(2026, 11, 23)


def test_that_an_older_edition_is_taken_only_when_it_is_meant(office: Office) -> None:
    office.do(import_edition, NEWER)
    older = NEWER.replace("2027-01-31", "2020-01-31")
    with pytest.raises(OlderEdition) as refused:
        office.do(import_edition, older)
    assert "31 Jan 2020" in str(refused.value)
    assert office.do(read_catalogue_page).edition.as_of.year == 2027
    office.do(import_edition, older, True)
    page = office.do(read_catalogue_page)
    assert page.edition.as_of.year == 2020
    assert page.edition.newer_shipped == dt.date(2026, 11, 23)
    office.do(use_shipped_edition)
    assert office.titles("mentor")[0] == "Mentor"
    assert office.do(read_catalogue_page).edition.newer_shipped is None


def test_that_what_is_exported_can_be_imported_and_holds_the_own_products(office: Office) -> None:
    office.add(line="Own", manufacturer="Quay", volume_ml=300, fill=Fill.SILICONE_GEL, udi_di="A999BI4101")
    office.add(line="Net", matrix_kind=MatrixKind.MESH_RESORBABLE)
    office.add(manufacturer="McGhan", line="Natrelle 410", shape=Shape.ANATOMICAL)
    office.do(retire_product, office.add(line="Gone").id)
    text = office.do(export_edition)
    assert text.startswith(resource("catalogue", "devices.toml").read_text("utf-8"))
    own = [entry for entry in parse_catalogue(text).entries if entry.mark == OWN]
    assert [entry.title for entry in own] == ["Quay", "Quay Own", "Quay Net"]  # the list has Natrelle 410
    assert facts_of(own[1])["volume_ml"] == 300
    office.do(import_edition, text)
    assert office.do(export_edition) == text


def test_that_the_catalogue_tells_a_scan_what_a_product_is_and_none_for_a_stranger(office: Office) -> None:
    facts = office.do(catalogue_facts, "10888628001206")
    assert facts is not None
    assert (facts["style"], facts["fill"]) == ("10", Fill.SILICONE_GEL)
    assert office.do(catalogue_facts, "10888628001228") is None
    office.add(udi_di="10888628001228"[:13] + "0", volume_ml=300)
    own = office.do(catalogue_facts, "10888628001220")
    assert own is not None
    assert (own["manufacturer"], own["volume_ml"]) == ("Quay", 300)


def test_that_a_maker_typed_by_a_former_name_is_no_difference_to_the_catalogue(office: Office) -> None:
    for typed, told in (("McGhan", "McGhan"), ("Mentor", "Allergan")):
        facts = office.do(catalogue_facts, "10888628001206", {"manufacturer": typed})
        assert facts is not None
        assert facts["manufacturer"] == told


def test_that_somebody_who_only_reads_changes_nothing(practice: OpenPractice) -> None:
    desk = Actor(practice.actor.account_id, "Front desk", frozenset({Role.FRONT_DESK}), "test")
    with practice.database.unit_of_work(desk, writing=False) as session:
        assert read_catalogue_page(session).may_edit is False
    with pytest.raises(PermissionDenied), practice.database.unit_of_work(desk) as session:
        import_edition(session, NEWER)
