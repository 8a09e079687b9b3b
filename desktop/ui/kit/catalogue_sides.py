"""The catalogue over the RIGHT and the LEFT device of a form, at one height in both."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.catalogue import Catalogue
from desktop.rules.side import field_at
from desktop.services.catalogue import read_catalogue
from desktop.ui.kit.aligned_sides import AlignedSides
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import Card
from desktop.ui.kit.catalogue_box import CatalogueBox
from desktop.ui.kit.form_view import FormView


class CatalogueSides(QObject):
    def __init__(self, form: FormView, background: Background) -> None:
        super().__init__(form)
        self._background = background
        cards = next(cards for cards in form.cards.values() if len(cards) == 2)
        self.boxes = {
            side: _put_over_manufacturer(form, field_at(side, ""), card)
            for side, card in zip((Side.RIGHT, Side.LEFT), cards, strict=True)
        }
        AlignedSides({field_at(side, "catalogue"): box for side, box in self.boxes.items()}, self)

    def refresh(self) -> None:
        self._background.read(self, read_catalogue, done=self._show)

    def begin(self, read_only: bool) -> None:
        """Another record is in the form."""
        for box in self.boxes.values():
            box.begin(read_only)

    def _show(self, catalogue: Catalogue) -> None:
        for box in self.boxes.values():
            box.show_catalogue(catalogue)


def _put_over_manufacturer(form: FormView, prefix: str, card: QWidget) -> CatalogueBox:
    assert isinstance(card, Card)
    box = CatalogueBox(form, prefix, parent=card)
    manufacturer = form.boxes[f"{prefix}manufacturer"]
    lines = (line for line in card.body.children() if isinstance(line, QHBoxLayout))
    line = next(line for line in lines if line.indexOf(manufacturer) >= 0)
    card.body.insertWidget(card.body.indexOf(line), box)
    return box
