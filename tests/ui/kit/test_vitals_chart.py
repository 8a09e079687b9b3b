"""The chart joins only what was measured close together, and tells it in words."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.kit.vitals import reading_words, unbroken
from desktop.ui.kit.vitals_chart import Dose, DrugRow, Infusion, VitalsChart, VitalSigns

START = dt.datetime(2026, 12, 4, 8, 30, tzinfo=dt.UTC)


def at(minutes: float) -> dt.datetime:
    return START + dt.timedelta(minutes=minutes)


def pulses(*readings: tuple[float, float | None]) -> list[VitalSigns]:
    return [VitalSigns(at(minute), pulse_per_min=pulse) for minute, pulse in readings]


def runs(readings: list[VitalSigns]) -> list[list[float | None]]:
    return [[each.pulse_per_min for each in run] for run in unbroken(readings, lambda each: each.pulse_per_min)]


def test_that_readings_five_minutes_apart_are_joined() -> None:
    assert runs(pulses((0, 70), (5, 72), (10, 74))) == [[70, 72, 74]]


def test_that_readings_more_than_five_minutes_apart_are_not_joined() -> None:
    assert runs(pulses((0, 70), (5.1, 72), (10, 74))) == [[70], [72, 74]]


def test_that_a_missing_value_breaks_the_line() -> None:
    assert runs(pulses((0, 70), (2, None), (4, 74))) == [[70], [74]]


def test_that_nothing_measured_makes_no_line() -> None:
    assert runs(pulses((0, None), (5, None))) == []


def test_that_missing_values_are_never_shown_as_zero() -> None:
    assert reading_words(VitalSigns(START, 120), dt.UTC) == (
        "08:30 · BP 120/not measured mmHg · pulse not measured · SpO₂ not measured"
    )
    assert reading_words(VitalSigns(START, spo2_percent=98), dt.UTC) == (
        "08:30 · BP not measured · pulse not measured · SpO₂ 98 %"
    )


@pytest.fixture
def chart(qtbot: QtBot) -> VitalsChart:
    made = VitalsChart()
    qtbot.addWidget(made)
    made.resize(780, 560)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def fill(chart: VitalsChart, zone: dt.tzinfo = dt.UTC) -> None:
    chart.set_record(
        [
            DrugRow("Midazolam", "mg", (Dose(at(0), "1"), Dose(at(1), "1"))),
            DrugRow("Propofol", "mcg/kg/min", (), (Infusion(at(10), "50", at(90)), Infusion(at(95), "25"))),
            DrugRow("Ketamine", "mg"),
        ],
        [VitalSigns(at(5), 130, 80, 72, 98), VitalSigns(at(0), 128, 82, 74, 97)],
        started_at=at(0),
        until=at(97),
        zone=zone,
    )


def test_that_an_empty_record_says_what_belongs_there(chart: VitalsChart) -> None:
    assert chart.words() == "Nothing recorded yet. Press V for vitals."
    assert not chart.grab().isNull()


def test_that_drugs_and_readings_are_told_in_words(chart: VitalsChart) -> None:
    fill(chart)
    assert chart.accessibleDescription() == (
        "Midazolam: 1 mg at 08:30, 1 mg at 08:31. "
        "Propofol: 50 mcg/kg/min from 08:40 to 10:00, 25 mcg/kg/min from 10:05 still running. "
        "Ketamine: nothing given. 2 readings; last 08:35 · BP 130/80 mmHg · pulse 72 · SpO₂ 98 %."
    )


def test_that_times_are_those_of_the_clock_on_the_wall(chart: VitalsChart) -> None:
    fill(chart, dt.timezone(dt.timedelta(hours=-5)))
    assert "1 mg at 03:30" in chart.words()


def test_that_readings_are_walked_by_keyboard_in_order_of_time(chart: VitalsChart, qtbot: QtBot) -> None:
    fill(chart)
    chart.setFocus()
    reading = chart.reading()
    assert reading is not None
    assert reading.at == at(5)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    reading = chart.reading()
    assert reading is not None
    assert reading.at == at(0)
    assert "08:30 · BP 128/82" in chart.accessibleName()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    reading = chart.reading()
    assert reading is not None
    assert reading.at == at(5)
    qtbot.keyClick(chart, Qt.Key.Key_V)


@pytest.mark.parametrize("minutes", [1, 60, 240, 900])
@pytest.mark.parametrize("size", [(420, 260), (780, 560), (1600, 900)])
def test_that_short_and_long_records_are_drawn_at_any_size(
    qapp: QApplication, chart: VitalsChart, minutes: int, size: tuple[int, int]
) -> None:
    readings = [VitalSigns(at(minute), 250, 20, 190, 61) for minute in range(0, minutes, 5)]
    chart.set_record([DrugRow("Oxygen by nasal cannula with a long name", "L/min")], readings, until=at(minutes))
    chart.resize(*size)
    assert not chart.grab().isNull()


def test_that_drugs_alone_can_be_drawn(chart: VitalsChart) -> None:
    chart.set_record([DrugRow("Fentanyl", "mcg", (Dose(at(3), "50"),))], [], zone=dt.UTC)
    chart.setFocus()
    assert chart.reading() is None
    assert not chart.grab().isNull()
