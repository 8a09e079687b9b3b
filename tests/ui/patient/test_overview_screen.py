"""The overview tells one patient's revision, and fills what it has for the next one instead of making it anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import ConsentKind, OperationKind, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.history import HistoryRow
from desktop.ui.kit.text import Text
from desktop.ui.patient.overview_screen import OverviewScreen
from tests.consent_story import add_consent, add_filed_consent
from tests.revision_story import add_case, add_plan


@pytest.fixture
def overview(qtbot: QtBot, background: Background) -> OverviewScreen:
    made = OverviewScreen(background)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


@pytest.fixture
def operated(practice: OpenPractice, add_patient: Callable[..., int]) -> Callable[..., int]:
    """A patient with an implantation in RIGHT in each of these years."""

    def add(*years: int) -> int:
        patient_id = add_patient()
        for year in years:
            event = SideEvent.IMPLANTED if year == min(years) else SideEvent.EXCHANGED
            values = OPERATION_FORM.empty() | {"right.event": event, "left.event": SideEvent.NONE}
            values |= {"kind": OperationKind.AUGMENTATION, "happened_on": PartialDate(year)}
            with practice.database.unit_of_work(practice.actor) as session:
                save_operation(session, Snapshot(None, None, {}), values, patient_id)
        return patient_id

    return add


def opened(overview: OverviewScreen, background: Background, qtbot: QtBot, patient_id: int) -> list[str]:
    """What is read on the screen once it is there."""
    overview.show_patient(patient_id)
    assert said(overview) == []
    qtbot.waitUntil(lambda: background.is_idle() and overview.in_place.isVisible())
    return said(overview)


def said(overview: OverviewScreen) -> list[str]:
    return [each.text() for each in overview.findChildren(Text) if each.isVisible()]


def made(overview: OverviewScreen) -> set[QWidget]:
    return {each for card in (overview.in_place, overview.happened) for each in card.findChildren(QWidget)}


def test_that_the_next_patient_is_told_in_the_widgets_of_the_one_before(
    overview: OverviewScreen, background: Background, qtbot: QtBot, operated: Callable[..., int]
) -> None:
    first = opened(overview, background, qtbot, operated(2011, 2016))
    assert {"since 2016 (about 10 y)".replace(" y", "\u00a0y"), "2011"} <= set(" · ".join(first).split(" · "))
    before = made(overview)
    again = opened(overview, background, qtbot, operated(2013, 2018))
    assert {"2013", "2018"} <= set(again)
    assert not {"2011", "2016"} & set(again)
    assert made(overview) == before


def test_that_a_patient_without_operations_leaves_nothing_of_the_one_before(
    overview: OverviewScreen, background: Background, qtbot: QtBot, operated: Callable[..., int]
) -> None:
    opened(overview, background, qtbot, operated(2011, 2016))
    words = opened(overview, background, qtbot, operated())
    assert "Operations, visits to the plan and documents appear here." in words
    assert words.count("No device recorded") == 2
    assert not [row for row in overview.findChildren(HistoryRow) if row.isVisible()]


def test_that_what_is_read_too_late_is_not_shown_in_the_file_opened_since(
    overview: OverviewScreen, background: Background, qtbot: QtBot, operated: Callable[..., int]
) -> None:
    first, second = operated(2011), operated(2018)
    told: list[list[str]] = []
    overview.show_patient(first)
    background.read(overview, lambda _session: None, done=lambda _nothing: told.append(said(overview)))
    overview.show_patient(second)
    qtbot.waitUntil(lambda: background.is_idle() and overview.in_place.isVisible())
    assert told == [[]]
    assert "2018" in said(overview)


def test_that_how_the_consents_stand_is_said_beside_the_plan(
    overview: OverviewScreen,
    background: Background,
    qtbot: QtBot,
    practice: OpenPractice,
    add_patient: Callable[..., int],
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        case_id = add_case(session, patient_id).id or 0
        add_plan(session, patient_id, case_id)
    assert "Consent: missing" in opened(overview, background, qtbot, patient_id)
    with practice.database.unit_of_work(practice.actor) as session:
        add_filed_consent(session, patient_id, case_id)
        checklist = {"kind": ConsentKind.DECISION_CHECKLIST, "right.procedure": None, "left.procedure": None}
        add_consent(session, patient_id, case_id, **checklist, patient_signed_on=None)
    overview.refresh()
    qtbot.waitUntil(lambda: "Consent: awaiting signature" in said(overview))
