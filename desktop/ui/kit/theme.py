"""Which colours, letters and distances a person sees, in light and in dark: the one place where they are named."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Literal, NamedTuple

# A class of Qt is made with all its enumerations when it is first looked at; those of `Qt` alone take a tenth of the
# start. What the first window does without is therefore named through its module, and the few choices it makes out of
# `Qt` are set by `setProperty`, in words.
from PySide6 import QtCore, QtGui
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.paths import resource
from desktop.ui.kit.style_sheet import style_sheet

Mode = Literal["light", "dark", "system"]
Tone = Literal["neutral", "accent", "danger", "warning", "good", "right", "left"]
Role = Literal["title", "heading", "strong", "label", "body", "muted", "small", "pill", "caption", "aloud", "spoken"]

SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
RADIUS, CARD_RADIUS = 8, 12

_SIZE_AND_WEIGHT: dict[Role, tuple[int, QFont.Weight]] = {
    "title": (22, QFont.Weight.Bold),
    "heading": (14, QFont.Weight.DemiBold),
    "strong": (13, QFont.Weight.DemiBold),
    "label": (12, QFont.Weight.DemiBold),
    "body": (13, QFont.Weight.Normal),
    "muted": (12, QFont.Weight.Normal),
    "small": (12, QFont.Weight.Normal),
    "pill": (12, QFont.Weight.DemiBold),
    "caption": (11, QFont.Weight.DemiBold),
    "aloud": (17, QFont.Weight.DemiBold),
    "spoken": (15, QFont.Weight.Normal),
}


class Theme(NamedTuple):
    name: Literal["light", "dark"]
    background: str
    surface: str
    sunken: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_soft: str
    on_accent: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    right: str
    left: str
    rail: str
    rail_selected: str
    rail_text: str
    rail_text_selected: str

    def words_of(self, tone: Tone) -> str:
        """The colour of a word that carries this tone."""
        return self.muted if tone == "neutral" else str(getattr(self, tone))

    def ground_of(self, tone: Tone) -> str:
        """The soft colour behind such a word."""
        if tone in ("neutral", "right", "left"):
            return self.surface if tone != "neutral" else self.sunken
        return str(getattr(self, f"{tone}_soft"))


LIGHT = Theme(
    name="light",
    background="#F6F5F2",
    surface="#FFFFFF",
    sunken="#EFEDE8",
    line="#DFDCD4",
    text="#1F2328",
    muted="#666B73",
    faint="#8B9098",
    accent="#0F6B6B",
    accent_soft="#DCEEEC",
    on_accent="#FFFFFF",
    danger="#B3261E",
    danger_soft="#FBE9E7",
    warning="#8A5A00",
    warning_soft="#FCF1DC",
    good="#2E6B3A",
    good_soft="#E4F1E6",
    right="#7A4E9F",
    left="#B0562B",
    rail="#16302F",
    rail_selected="#24504E",
    rail_text="#CFE0DE",
    rail_text_selected="#FFFFFF",
)
DARK = Theme(
    name="dark",
    background="#15191B",
    surface="#1D2326",
    sunken="#181D1F",
    line="#313A3E",
    text="#E7EAEB",
    muted="#A3ACB1",
    faint="#7C868B",
    accent="#58B7B0",
    accent_soft="#1F3D3B",
    on_accent="#0C1716",
    danger="#F2897F",
    danger_soft="#43211F",
    warning="#E7B75F",
    warning_soft="#3D301A",
    good="#8CC99A",
    good_soft="#20382A",
    right="#BE9BDD",
    left="#E29C74",
    rail="#101718",
    rail_selected="#223836",
    rail_text="#A9B8B7",
    rail_text_selected="#FFFFFF",
)


class _Look(QObject):
    """What is in force now; an object, because `system` listens to the desktop as long as the program lives."""

    theme = LIGHT
    mode: Mode = "light"
    scale = 1.0
    family: str | None = None
    other_scripts: tuple[str, ...] = ()
    listens = False
    is_fusion = False


_look = _Look()


def theme() -> Theme:
    return _look.theme


def scale() -> float:
    return _look.scale


def px(at_100_percent: float) -> int:
    """A distance drawn for 100 %, in pixels at the scale in force."""
    return max(1, round(at_100_percent * _look.scale))


def new_application(arguments: Sequence[str]) -> QApplication:
    """The one application, in Fusion from its birth: to look at a style afterwards makes hundreds of enumerations."""
    app = QApplication([*arguments, "-style", "Fusion"])
    _look.is_fusion = True
    return app


def apply_theme(app: QApplication, mode: Mode, scale_factor: float = 1.0) -> None:
    """Dress the whole application; `scale_factor` from 1 to 2. May be called again at any time."""
    _look.mode, _look.scale = mode, min(2.0, max(1.0, scale_factor))
    hints = app.styleHints()
    if not _look.listens:
        hints.colorSchemeChanged.connect(lambda: _follow_system(app))
        _look.listens = True
    if mode == "system":
        hints.unsetColorScheme()
        _look.theme = DARK if _desktop_is_dark(app) else LIGHT
    else:
        _look.theme = DARK if mode == "dark" else LIGHT
        hints.setProperty("colorScheme", "Dark" if mode == "dark" else "Light")
    _dress(app)


def font(role: Role = "body", *, tabular: bool = False) -> QFont:
    """The letters of a role; `tabular` gives every digit the same width, for numbers that are compared."""
    size, weight = _SIZE_AND_WEIGHT[role]
    made = QFont(_look.family) if _look.family else QFont(QApplication.font().family())
    if _look.other_scripts:
        made.setFamilies([made.family(), *_look.other_scripts])
    made.setPixelSize(px(size))
    made.setWeight(weight)
    if role == "caption":
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def load_other_scripts(app: QApplication) -> None:
    """Letters for names in other scripts where the desktop may have none: those of the prints. Not for the sign-in
    window, which is to be painted at once."""
    if sys.platform in ("win32", "darwin") or _look.other_scripts:
        return
    found: dict[str, None] = {}
    for file in sorted(resource("fonts").glob("*.ttf")):
        if (loaded := QFontDatabase.addApplicationFont(str(file))) >= 0:
            found |= dict.fromkeys(QFontDatabase.applicationFontFamilies(loaded))
    _look.other_scripts = tuple(found)
    app.setFont(font())


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def side_ground(side: Literal["right", "left"], alpha: float = 0.14) -> QColor:
    """A side's own colour, thinned so that words stay readable on it."""
    colour = QColor(theme().words_of(side))
    colour.setAlphaF(alpha)
    return colour


def paint_focus_ring(painter: QtGui.QPainter, ring: QtCore.QRectF, radius: float = RADIUS) -> None:
    """The ring every painted control draws around what has the focus."""
    painter.save()
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    painter.setPen(QtGui.QPen(QColor(theme().accent), px(2)))
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(ring, radius, radius)
    painter.restore()


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _desktop_is_dark(app: QApplication) -> bool:
    if _look.is_fusion and _look.family is None:  # undressed yet, Fusion wears the desktop's scheme; this is quicker
        return app.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark


def _follow_system(app: QApplication) -> None:
    wanted = DARK if _desktop_is_dark(app) else LIGHT
    if _look.mode == "system" and wanted is not _look.theme:
        _look.theme = wanted
        _dress(app)


def _dress(app: QApplication) -> None:
    if not _look.is_fusion:
        app.setStyle(QStyleFactory.create("Fusion"))
        _look.is_fusion = True
    if _look.family is None:
        _look.family = _ui_family()
    app.setPalette(_palette(_look.theme))
    app.setFont(font())
    tick = resource("icons", f"tick-{_look.theme.name}.svg").as_posix()
    app.setStyleSheet(style_sheet(_look.theme._asdict(), px, tick))


def _ui_family() -> str:
    """The platform's own letters where it has good ones, else the bundled ones, else what there is."""
    if sys.platform in ("win32", "darwin"):
        return _platform_family()
    bundled: list[str] = []
    for name in ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf", "Inter-Italic.otf"):
        file = resource("fonts", name)
        if file.is_file() and (loaded := QFontDatabase.addApplicationFont(str(file))) >= 0:
            bundled += QFontDatabase.applicationFontFamilies(loaded)
    return bundled[0] if bundled else _platform_family()


def _platform_family() -> str:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def _palette(look: Theme) -> QPalette:
    role, made = QPalette.ColorRole, QPalette()
    for colour, roles in (
        (look.background, (role.Window,)),
        (look.surface, (role.Base, role.Button, role.ToolTipBase, role.Light)),
        (look.sunken, (role.AlternateBase, role.Midlight)),
        (look.line, (role.Mid, role.Dark)),
        (look.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText)),
        (look.muted, (role.PlaceholderText,)),
        (look.accent, (role.Highlight, role.Accent, role.Link, role.LinkVisited)),
        (look.on_accent, (role.HighlightedText,)),
    ):
        for each in roles:
            made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(look.faint))
    return made
