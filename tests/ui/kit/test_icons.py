"""Every name has its drawing, and a drawing follows the theme."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from desktop.ui.kit.icons import NAMES, icon, load_icons
from desktop.ui.kit.theme import DARK, LIGHT, apply_theme


def inks(drawing: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image = drawing.pixmap(32, 32, mode).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(pixel.rgb()).name().upper() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_that_every_name_has_a_drawing(qapp: QApplication, name: str) -> None:
    assert not icon(name).pixmap(32, 32).toImage().allGray() or inks(icon(name)) or name


def test_that_an_unknown_name_is_refused_at_once(qapp: QApplication) -> None:
    with pytest.raises(KeyError, match="unicorn"):
        icon("unicorn")


def test_that_a_drawing_follows_the_theme(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    load_icons()
    drawing = icon("settings", "accent")
    assert LIGHT.accent in inks(drawing)
    apply_theme(qapp, "dark")
    assert DARK.accent in inks(drawing)
    apply_theme(qapp, "light")


def test_that_a_colour_may_be_given_outright(qapp: QApplication) -> None:
    assert "#FF0000" in inks(icon("lock", "#FF0000"))


def test_that_a_disabled_drawing_is_faint(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    assert LIGHT.faint in inks(icon("lock"), QIcon.Mode.Disabled)


def test_that_the_sign_in_parts_load_three_qt_modules_and_no_icon_font() -> None:
    asked = (
        "import sys; import desktop.ui.kit.theme, desktop.ui.kit.text, desktop.ui.kit.buttons, desktop.ui.kit.cards,"
        " desktop.ui.kit.message_bar, desktop.ui.kit.shell, desktop.ui.kit.icons;"
        "print(sorted(m for m in sys.modules if m.startswith(('PySide6.Qt', 'qtawesome', 'qtpy', 'sqlalchemy'))))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "['PySide6.QtCore', 'PySide6.QtGui', 'PySide6.QtWidgets']"


def test_that_the_drawings_come_from_a_font_and_load_no_library() -> None:
    asked = (
        "import sys; import desktop; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from desktop.ui.kit.icons import icon; assert not icon('lock').pixmap(32, 32).toImage().isNull();"
        "print([m for m in sys.modules if m in ('qtawesome', 'qtpy')])"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"
