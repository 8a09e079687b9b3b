"""The chest diagram never swaps sides, never invents a device, and says in words what it shows."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.choices import Baker, ChestPlace, MarkKind, Side
from desktop.rules.chest_mark import Mark
from desktop.ui.kit.chest import ChestDiagram, ChestSide, paint_chest
from desktop.ui.kit.chest_side import Direction, Presence, Quadrant
from desktop.ui.kit.theme import DARK, LIGHT, Theme

IN_PLACE = ChestSide("in_place", "Mentor MemoryGel", 325)
NONE = ChestSide("none")


def drawn(right: ChestSide, left: ChestSide, look: Theme = LIGHT, size: int = 400) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(look.surface))
    painter = QPainter(image)
    paint_chest(painter, QRectF(image.rect()), right, left, look)
    painter.end()
    return image


def like(image: QImage, colour: str, x_from: int, x_to: int, y_to: int) -> int:
    """How many pixels of a part of the picture have exactly this colour."""
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(x_from, x_to) for y in range(y_to))


def test_that_the_patients_right_is_drawn_on_the_left_of_the_screen(qapp: QApplication) -> None:
    image = drawn(IN_PLACE, NONE)
    assert like(image, LIGHT.right, 0, 200, 300) > 50
    assert like(image, LIGHT.right, 200, 400, 400) == 0


def test_that_the_patients_left_is_drawn_on_the_right_of_the_screen(qapp: QApplication) -> None:
    image = drawn(NONE, IN_PLACE)
    assert like(image, LIGHT.left, 200, 400, 300) > 50
    assert like(image, LIGHT.left, 0, 200, 400) == 0


@pytest.mark.parametrize("presence", ["none", "unknown"])
def test_that_no_circle_is_drawn_where_no_device_is_known(qapp: QApplication, presence: Presence) -> None:
    image = drawn(ChestSide(presence), ChestSide(presence))
    assert like(image, LIGHT.right, 0, 400, 300) == like(image, LIGHT.left, 0, 400, 300) == 0


def test_that_none_and_unknown_do_not_look_the_same(qapp: QApplication) -> None:
    assert drawn(NONE, NONE) != drawn(ChestSide("unknown"), ChestSide("unknown"))


def test_that_a_larger_device_is_drawn_larger(qapp: QApplication) -> None:
    widths = []
    for volume_ml in (150, 300, 500):
        image = drawn(ChestSide("in_place", "", volume_ml), NONE)
        wanted = QColor(LIGHT.right).rgb()
        inked = [x for x in range(200) if any(image.pixel(x, y) == wanted for y in range(300))]
        widths.append(max(inked) - min(inked))
    assert widths == sorted(set(widths))


FINDINGS = [
    *(ChestSide("in_place", "", 300, baker=grade) for grade in (Baker.II, Baker.III, Baker.IV)),
    *(ChestSide("in_place", "", 300, rippling=place) for place in get_args(Quadrant)),
    *(ChestSide("in_place", "", 300, displacement=way) for way in get_args(Direction)),
    ChestSide("in_place", "", 300, is_ruptured=True),
    ChestSide("in_place", "", 300, is_deflated=True),
    ChestSide("in_place", "", 300, has_symmastia=True),
]


def test_that_every_finding_has_its_own_drawing_and_its_own_words(qapp: QApplication) -> None:
    pictures = [drawn(side, NONE).copy(0, 0, 400, 330) for side in [IN_PLACE, *FINDINGS]]
    assert all(one != other for one, other in itertools.combinations(pictures, 2))
    assert len({side.words() for side in FINDINGS}) == len(FINDINGS)


def reds(image: QImage, x_from: int, x_to: int) -> list[int]:
    """Where across the picture there is ink in the colour of findings."""
    colours = ((x, image.pixelColor(x, y)) for x in range(x_from, x_to) for y in range(330))
    return [x for x, colour in colours if colour.red() > 1.8 * max(1, colour.green(), colour.blue())]


@pytest.mark.parametrize(("way", "points_outward"), [("outward", True), ("toward the midline", False)])
def test_that_an_arrow_points_the_same_way_on_the_body_on_both_sides(
    qapp: QApplication, way: Direction, points_outward: bool
) -> None:
    side = ChestSide(displacement=way)
    image = drawn(side, side)
    on_right, on_left = reds(image, 0, 200), reds(image, 200, 400)
    right_head = sum(x < (min(on_right) + max(on_right)) / 2 for x in on_right) > len(on_right) / 2
    left_head = sum(x > (min(on_left) + max(on_left)) / 2 for x in on_left) > len(on_left) / 2
    assert (right_head, left_head) == (points_outward, points_outward)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", [200, 300, 400, 600])
def test_that_nothing_is_painted_to_the_very_edge(qapp: QApplication, look: Theme, size: int) -> None:
    others = ("late seroma", "ptosis", "pain")
    busy = ChestSide("in_place", "x", 500, Baker.IV, "upper inner", "outward", True, others=others)
    image = drawn(busy, busy, look, size)
    ground = QColor(look.surface).rgb()
    assert all(image.pixel(0, y) == image.pixel(size - 1, y) == ground for y in range(size))


def test_that_the_widget_tells_both_sides_in_words(qtbot: QtBot) -> None:
    diagram = ChestDiagram()
    qtbot.addWidget(diagram)
    diagram.set_sides(ChestSide("in_place", "Mentor MemoryGel", 325, Baker.III, "upper inner"), NONE)
    assert diagram.accessibleDescription() == (
        "Patient RIGHT: device in place, Mentor MemoryGel, 325 mL; Baker III; rippling, upper inner. "
        "Patient LEFT: no device."
    )


def test_that_marks_are_drawn_and_told_beyond_what_was_found(qapp: QApplication) -> None:
    marks = (
        Mark(Side.RIGHT, MarkKind.RIPPLING, ChestPlace.UPPER_INNER),
        Mark(Side.RIGHT, MarkKind.SCAR, ChestPlace.FOLD, length_mm=45),
    )
    plain = ChestSide("in_place", "", 300, rippling="upper inner")
    marked = ChestSide("in_place", "", 300, rippling="upper inner", marks=marks)
    assert drawn(plain, NONE) != drawn(marked, NONE)
    assert marked.labels() == ["rippling, upper inner", "scar, fold 45 mm"]
    assert marked.words() == "device in place, 300 mL; rippling, upper inner; scar, fold 45 mm"
    assert marked.findings() == plain.findings()
    assert not marked.shows_rippling, "the mark shows it where it is"
    elsewhere = ChestSide(rippling="lower outer", displacement="outward", marks=marks)
    assert elsewhere.shows_rippling
    assert elsewhere.shows_displacement


@pytest.mark.parametrize("side", list(Side))
def test_that_a_mark_is_drawn_on_its_own_side(qapp: QApplication, side: Side) -> None:
    marked = ChestSide("none", marks=(Mark(side, MarkKind.LUMP, ChestPlace.UPPER_OUTER),))
    image = drawn(marked if side is Side.RIGHT else NONE, marked if side is Side.LEFT else NONE)
    half = (0, 200) if side is Side.RIGHT else (200, 400)
    assert like(image, LIGHT.danger, *half, 330) > 20
    assert like(image, LIGHT.danger, 0, 400, 330) == like(image, LIGHT.danger, *half, 330)


def test_that_an_untold_side_is_not_called_empty(qtbot: QtBot) -> None:
    diagram = ChestDiagram()
    qtbot.addWidget(diagram)
    assert diagram.words().count("not known whether a device is in place") == 2


def test_that_a_volume_already_in_the_device_is_not_said_twice() -> None:
    assert ChestSide("in_place", "Mentor 325 mL", 325).words() == "device in place, Mentor 325 mL"
    assert ChestSide("in_place").words() == "device in place"


def test_that_the_diagram_paints_at_any_size(qtbot: QtBot) -> None:
    diagram = ChestDiagram()
    qtbot.addWidget(diagram)
    diagram.set_sides(IN_PLACE, IN_PLACE)
    for size in (200, 350, 600):
        diagram.resize(size, size)
        assert not diagram.grab().isNull()
    assert diagram.focusPolicy() == Qt.FocusPolicy.NoFocus
