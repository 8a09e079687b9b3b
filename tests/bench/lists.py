"""P7 and P13: pages of the list of patients at any depth, and frames of scrolling through it."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import select

from desktop.models.patient import Patient
from desktop.services.search import LIST_PAGE, find_patients
from tests.bench.measure import Measure, against, median_of, percentile, took, within
from tests.bench.places import Places
from tests.scale.statements import listening

ROWS = 1_000
FRAMES = 400


def measures(places: Places) -> Iterator[Measure]:
    practice = places.big
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        for part in (0, 50, 95):
            after = _place(session, places.patients * part // 100)
            with listening(practice.database.engine) as heard:
                find_patients(session, "", after)
            spent = median_of(50, find_patients, session, "", after)
            yield within("P7", f"page of {LIST_PAGE} after {part} % of all, {len(heard)} statements", spent, 1)
        rows = _rows(session)
    yield from _frames(places, rows)


def _place(session: Any, depth: int) -> tuple[str, str, int] | None:
    keys = select(Patient.family_key, Patient.given_key, Patient.id)
    ordered = keys.order_by(Patient.family_key, Patient.given_key, Patient.id)
    row = session.execute(ordered.offset(depth - 1).limit(1)).one() if depth else None
    return None if row is None else (row[0], row[1], row[2])


def _rows(session: Any) -> list[Any]:
    found: list[Any] = []
    while len(found) < ROWS:
        found += find_patients(session, "", found[-1].key if found else None)
    return found


def _frames(places: Places, rows: list[Any]) -> Iterator[Measure]:
    """The list of patients beside the same texts in a model of Qt's own, each in the same table."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel

    from desktop.ui.kit.background import Background
    from desktop.ui.kit.tables import ListTable
    from desktop.ui.patient.list_screen import COLUMNS, PatientListScreen

    app = places.app
    background = Background(places.big.database, places.big.actor)
    screen = PatientListScreen(background)
    screen.resize(1180, 800)
    screen.show()
    screen.refresh()
    scroll = screen.table.verticalScrollBar()
    while screen.model.rowCount() < ROWS:
        app.processEvents(app_wait())
        scroll.setValue(scroll.maximum())
    standard = QStandardItemModel()
    for row in rows:
        standard.appendRow([QStandardItem(column.show(row)) for column in COLUMNS])
    other = ListTable(cast(Any, standard), COLUMNS)
    other.resize(screen.table.size())
    other.show()
    app.processEvents()
    seen: tuple[list[float], list[float]] = ([], [])
    for number in range(FRAMES):
        for at, table in enumerate((screen.table, other)):
            bar = table.verticalScrollBar()
            bar.setValue(number * 37 % (40 * (ROWS - 50)))
            seen[at].append(took(table.viewport().repaint))
    for widget in (screen, other):
        widget.hide()
        widget.deleteLater()
    background.close()
    app.processEvents()
    ours, theirs = (statistics.median(each) for each in seen)
    yield against("P13", "frame of scrolling, p50", ours, "Qt's own model", theirs, 1.5)
    yield within("P13", "frame of scrolling, p99", percentile(seen[0], 99), 16.7)


def app_wait() -> Any:
    from PySide6.QtCore import QEventLoop

    return QEventLoop.ProcessEventsFlag.WaitForMoreEvents
