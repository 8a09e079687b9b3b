"""A trend as a picture: what is drawn where, and the same in words."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.choices import Baker, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.trend import Change, Seen, Trend, trends
from desktop.ui.kit.theme import apply_theme, theme
from desktop.ui.kit.trend_chart import TrendChart
from desktop.ui.kit.trend_drawing import TrendDrawing, day_words, marks_around

DAYS = (dt.date(2025, 2, 3), dt.date(2026, 3, 2), dt.date(2026, 11, 19))


@pytest.fixture
def trend() -> Trend:
    return told()


def told(*changes: Change) -> Trend:
    grades = ((Baker.I, Baker.I), (Baker.II, None), (Baker.III, Baker.I))
    visits = [Seen(on, {"right.baker": r, "left.baker": left}) for on, (r, left) in zip(DAYS, grades, strict=True)]
    return trends(visits, changes)[0]


def test_that_the_arrows_walk_the_visits_and_tell_each(qtbot: QtBot, trend: Trend) -> None:
    chart = TrendChart(trend)
    qtbot.addWidget(chart)
    chart.show()
    assert chart.accessibleDescription().startswith("RIGHT Baker: I (3 Feb 2025) → II (2 Mar 2026)")
    assert chart.detail() == "19 Nov 2026 · RIGHT III · LEFT I"
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleName() == "Baker, 2 Mar 2026 · RIGHT II"
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.day() == DAYS[0]
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.day() == DAYS[0]
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.day() == DAYS[-1]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ((70, 95), (70, 80, 90, 100)),
        ((95, 95), (94, 95)),
        ((-20, 15), (-20, 0, 20)),
        ((0, 410), (0, 200, 400, 600)),
        ((205, 216), (205, 210, 215, 220)),
    ],
)
def test_that_an_axis_has_even_marks_around_its_values(values: tuple[int, int], marks: tuple[int, ...]) -> None:
    assert marks_around(values) == marks


def test_that_the_days_of_both_sides_are_told_together(trend: Trend) -> None:
    assert day_words(trend, DAYS[1]) == "2 Mar 2026 · RIGHT II"


def drawn(trend: Trend, width: int = 420, height: int = 180) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(theme().surface)
    painter = QPainter(image)
    TrendDrawing(QRectF(6, 6, width - 12, height - 28), trend).paint(painter, None)
    painter.end()
    return image


def pixels_of(image: QImage, colour: str) -> int:
    wanted = int(colour.removeprefix("#"), 16)
    size = range(image.height()), range(image.width())
    return sum(1 for y in size[0] for x in size[1] if image.pixel(x, y) & 0xFFFFFF == wanted)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_both_sides_are_drawn_in_their_own_color(qapp: QApplication, mode: str) -> None:
    apply_theme(qapp, "dark" if mode == "dark" else "light")
    try:
        image = drawn(told())
        assert pixels_of(image, theme().right) > pixels_of(image, theme().left) > 0
    finally:
        apply_theme(qapp, "light")


def test_that_another_device_takes_the_line_out_of_the_picture(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    only_right = [Seen(on, {"right.baker": Baker.III}) for on in (DAYS[0], DAYS[2])]
    joined = drawn(trends(only_right, ())[0])
    # A year between two visits cannot be placed: no line joins them, and its band is paler than a line.
    parted = drawn(trends(only_right, [Change(Side.RIGHT, None), Change(Side.RIGHT, PartialDate(2026))])[0])
    middle = [y for y in range(60, 150) if joined.pixel(140, y) & 0xFFFFFF == int(theme().right[1:], 16)]
    assert middle
    assert not any(parted.pixel(140, y) & 0xFFFFFF == int(theme().right[1:], 16) for y in range(60, 150))


def test_that_many_changes_and_a_narrow_chart_are_drawn_without_a_fault(qapp: QApplication) -> None:
    changes = [Change(side, PartialDate(2025, month, 1)) for side in Side for month in (3, 4, 5)]
    assert pixels_of(drawn(told(*changes), 200, 160), theme().left) > 0
