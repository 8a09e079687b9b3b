"""What a case, its signed plan and what was typed into both said before findings were kept by visit, they say after."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import Baker, Displacement
from desktop.opening import OpenPractice, open_with_key
from desktop.services.draft import DraftOf, KeptDraft, find_draft, list_drafts
from desktop.services.examination import read_visits
from desktop.services.operating_sheet import operating_sheet
from desktop.services.plan_page import plan_page
from desktop.services.revision import amend_plan, open_case_file
from desktop.services.signing import broken_signatures
from desktop.storage.check import check_store
from desktop.storage.connection import connect
from desktop.storage.store import STORE_NAME
from desktop.storage.vault import DataKey
from tests.faults.house import SURGEON
from tests.faults.test_upgrade import ROWS, Row, leave_behind

SIDE = {"manufacturer": "Mentor", "line": "MemoryGel", "volume_ml": 325, "fill": "silicone_gel", "shape": "round"}
SIDE |= {"surface": "smooth", "plane": "subglandular", "incision": "inframammary", "drain_count": 1, "note": None}
DAY = {"anesthesia_kind": "local_sedation", "minutes_needed": 90, "routine_after_days": 7}
DAY |= {"contingencies": "If ruptured: capsulectomy", "note": None}
ANSWERS = {f"right.{name}": value for name, value in (SIDE | {"steps": ["implant_exchange"]}).items()}
ANSWERS |= {f"left.{name}": None for name in SIDE} | {"left.steps": []} | DAY
CASE = {"own_words": None, "indications": [], "examined_on": "2026-10-03", "right.baker": "3", "surgery_on": None}
CONTENT = json.dumps(
    {"answers": ANSWERS, "case": CASE, "patient_id": 1, "open_points": [], "in_place": {"R": None, "L": None}}
)
STOOD = "stood there before"


def signed_plan() -> dict[str, Any]:
    hashed = hashlib.sha256(CONTENT.encode()).hexdigest()
    signature = {"signed_by": "Dr. A. Marchetti", "signed_content": CONTENT, "signed_hash": hashed}
    return {"patient_id": 1, "case_id": 1, "plan_version": 1} | DAY | signature


def case_rows() -> list[Row]:
    """One case that was examined, its plan signed, and one in which nobody looked yet."""
    case = {"patient_id": 1, "opened_on": "2026-10-01"}
    draft = {"account_id": 1, "form": CASE_FORM.name, "kept_at": "2026-11-22 15:00:00.000000"}
    typed = {"own_words": "Too heavy", "right.baker": "4", "left.pain_nrs": "7", "examined_on": "20 nov"}
    stood = {"own_words": "", "right.baker": "3", "left.pain_nrs": "", "examined_on": "3 Oct 2026"}
    begun = {"left.note": "Fold", STOOD: {"left.note": ""}}
    return [
        *((table, ROWS[table]) for table in ("practice", "account", "patient")),
        ("revision_case", case | {"version": 3, "examined_on": "2026-10-03", "examined_by": "Dr. A. Marchetti"}),
        ("side_finding", {"case_id": 1, "side": "L", "displacement": "lateral", "pain_nrs": 2, "note": "of the left"}),
        ("side_finding", {"id": 2, "case_id": 1, "side": "R", "baker": "3", "note": "of the right"}),
        ("revision_plan", signed_plan()),
        ("plan_side", {"plan_id": 1, "side": "L", "steps": []}),
        ("plan_side", {"id": 2, "plan_id": 1, "side": "R", "steps": ["implant_exchange"]} | SIDE),
        ("revision_case", case | {"id": 2, "closed_on": "2026-10-02"}),
        ("side_finding", {"id": 3, "case_id": 2, "side": "R"}),
        ("draft", draft | {"record_key": "1", "opened_version": 3, "typed": typed | {STOOD: stood}}),
        ("draft", draft | {"record_key": "2", "opened_version": 1, "typed": begun}),
        ("draft", draft | {"record_key": "patient 1", "typed": {"right.ptosis": "2", STOOD: {"right.ptosis": ""}}}),
    ]


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, DataKey]:
    folder, key = leave_behind(tmp_path, ("0001", "0002"), case_rows())
    connection = connect(folder / STORE_NAME, key)  # signed last: then its sides are frozen
    connection.execute("UPDATE revision_plan SET signed_at = '2026-11-01 15:00:00.000000'")
    connection.close()
    return folder, key


@pytest.fixture
def practice(old: tuple[Path, DataKey]) -> Any:
    opened = open_with_key(*old, SURGEON)
    yield opened
    opened.close()


def test_that_findings_become_a_visit_of_their_case_each_on_its_own_side(practice: OpenPractice) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        (visit,) = read_visits(session, 1).rows
        assert (visit.case_id, str(visit.examined_on), visit.examined_by) == (1, "2026-10-03", "Dr. A. Marchetti")
        assert visit.values["right.baker"] is Baker.III
        assert visit.values["left.baker"] is None
        assert visit.values["left.displacement"] is Displacement.LATERAL
        assert (visit.values["right.pain_nrs"], visit.values["left.pain_nrs"]) == (None, 2)
        assert (visit.values["right.note"], visit.values["left.note"]) == ("of the right", "of the left")


def test_that_a_plan_signed_before_is_still_what_was_signed_prints_and_is_amended(practice: OpenPractice) -> None:
    assert [each for each in check_store(practice.database, practice.folder) if not each.ok] == []
    with practice.database.unit_of_work(practice.actor) as session:
        # Written by hand, it has no entry in the audit; what is asked before that, text and record, is as it was.
        assert [each.detail for each in broken_signatures(session)] == ["the audit knows of no signature"]
        assert plan_page(session, 1).startswith(b"%PDF")
        assert operating_sheet(session, 1).startswith(b"%PDF")
        amended = amend_plan(session, 1, "A spare size")
        assert amended.values["right.volume_ml"] == 325
        assert open_case_file(session, 1, 1).plan_version == 2


def test_that_what_was_typed_and_not_saved_is_found_where_it_is_asked_now(practice: OpenPractice) -> None:
    def draft(form: str, key: str) -> KeptDraft:
        with practice.database.unit_of_work(practice.actor) as session:
            kept = find_draft(session, DraftOf(form, key))
        assert kept is not None
        return kept

    assert draft(CASE_FORM.name, "1").typed == {"own_words": "Too heavy", STOOD: {"own_words": ""}}
    stood = {"right.baker": "3", "left.pain_nrs": "", "examined_on": "3 Oct 2026"}
    visit = draft(EXAMINATION_FORM.name, "1")
    assert visit.typed == {"right.baker": "4", "left.pain_nrs": "7", "examined_on": "20 nov", STOOD: stood}
    assert visit.opened_version == 1
    assert draft(EXAMINATION_FORM.name, "case 2").typed["left.note"] == "Fold"
    assert draft(EXAMINATION_FORM.name, "patient 1").typed["right.ptosis"] == "2"
    with practice.database.unit_of_work(practice.actor) as session:
        assert len(list_drafts(session)) == 4
