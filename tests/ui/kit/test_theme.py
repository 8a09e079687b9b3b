"""The look can be read by everybody: contrast, scale, focus, and one switch between light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.kit.buttons import Button, button, icon_button
from desktop.ui.kit.history import HistoryEntry, HistoryRow
from desktop.ui.kit.lanes import DeviceLanes
from desktop.ui.kit.shell import TabRow
from desktop.ui.kit.theme import DARK, LIGHT, Theme, Tone, apply_theme, contrast, font, px, theme
from desktop.ui.kit.vitals_chart import VitalsChart

TONES: tuple[Tone, ...] = ("neutral", "accent", "danger", "warning", "good")


@pytest.fixture(autouse=True)
def _light_afterwards(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


def words_and_grounds(look: Theme) -> list[tuple[str, str]]:
    """Every pair of words and ground that the kit paints. The sides' colours stand on cards and on the window only;
    muted words do not stand on a selection."""
    plain = [(word, ground) for ground in ("background", "surface", "sunken") for word in ("text", "muted")]
    tones = [(tone, f"{tone}_soft") for tone in TONES if tone != "neutral"]
    return [
        *plain,
        *tones,
        *((tone, ground) for tone, _soft in tones for ground in ("background", "surface", "sunken")),
        *((side, ground) for side in ("right", "left") for ground in ("background", "surface")),
        *(("text", f"{soft}_soft") for soft in ("accent", "danger", "warning", "good")),
        ("on_accent", "accent"),
        ("on_accent", "danger"),
        ("rail_text", "rail"),
        ("rail_text_selected", "rail"),
        ("rail_text_selected", "rail_selected"),
    ]


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_that_every_word_can_be_read_on_its_ground(look: Theme) -> None:
    ratios = {pair: contrast(getattr(look, pair[0]), getattr(look, pair[1])) for pair in words_and_grounds(look)}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_that_every_pill_can_be_read(look: Theme, tone: Tone) -> None:
    assert contrast(look.words_of(tone), look.ground_of(tone)) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["background", "surface", "sunken"])
def test_that_the_focus_ring_stands_out(look: Theme, ground: str) -> None:
    assert contrast(look.accent, getattr(look, ground)) >= 3


def test_that_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_that_both_themes_name_the_same_tokens_as_colours() -> None:
    for look in (LIGHT, DARK):
        for token, colour in look._asdict().items():
            if token != "name":
                assert QColor(colour).isValid(), token


@pytest.mark.parametrize(("mode", "look"), [("light", LIGHT), ("dark", DARK)])
def test_that_the_whole_application_is_dressed(qapp: QApplication, mode: str, look: Theme) -> None:
    apply_theme(qapp, "dark" if mode == "dark" else "light")
    assert theme() is look
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(look.background)
    assert qapp.style().name().lower() == "fusion" or qapp.styleSheet()


def test_that_system_follows_the_desktop(qapp: QApplication) -> None:
    apply_theme(qapp, "system")
    wanted = DARK if qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    assert theme() is wanted


def test_that_everything_grows_with_the_scale_and_no_further_than_200_percent(qapp: QApplication) -> None:
    assert (px(12), font("title").pixelSize()) == (12, 22)
    apply_theme(qapp, "light", 1.5)
    assert (px(12), font("title").pixelSize(), qapp.font().pixelSize()) == (18, 33, 20)
    apply_theme(qapp, "light", 9)
    assert px(12) == 24


def test_that_the_bundled_letters_are_used_where_the_platform_has_none() -> None:
    assert QFontInfo(font()).family().startswith("Inter")


def test_that_digits_can_be_made_equally_wide() -> None:
    narrow, wide = "1111", "0000"
    metrics = QFontMetricsF(font("body", tabular=True))
    assert metrics.horizontalAdvance(narrow) == metrics.horizontalAdvance(wide)


def prefilled(field: QWidget) -> QWidget:
    field.setProperty("tone", "prefilled")
    return field


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: button("Save", primary=True),
        lambda: button("Revert"),
        lambda: Button("Today", "rail"),
        lambda: icon_button("close", "Close"),
        lambda: QPushButton("Plain"),
        QLineEdit,
        QComboBox,
        lambda: prefilled(QLineEdit()),
        lambda: prefilled(QComboBox()),
        lambda: QCheckBox("Yes"),
        lambda: QRadioButton("Yes"),
        QTableView,
        lambda: TabRow([("a", "One"), ("b", "Two")]),
        DeviceLanes,
        VitalsChart,
        lambda: HistoryRow(HistoryEntry("2014", "Augmentation", key="1"), is_first=True, is_last=True),
    ],
)
def test_that_focus_can_be_seen(qtbot: QtBot, qapp: QApplication, mode: str, make: type[QWidget]) -> None:
    apply_theme(qapp, "dark" if mode == "dark" else "light")
    window, made = QWidget(), make()
    qtbot.addWidget(window)
    other = QLineEdit(window)
    made.setParent(window)
    made.setGeometry(10, 60, 460, 320)
    window.resize(500, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    without = made.grab().toImage()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    assert made.hasFocus()
    assert made.grab().toImage() != without
